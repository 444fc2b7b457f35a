"""`digest verify` refuses a search index that tells anything but what the pages show, or that is not Pagefind's."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Desk
from test_verify import LIE, Run, refused

from digest.running import PLAIN
from digest.search.indexed import SIGNATURE, Indexed, Line, read_fragment
from digest.search.shelf import Shelf, index_shelves

STUCK, HERALD = "sources/drawbridge-of-orvane-stuck-open/", "The Quay Herald"
MAY, BASE = "en/2031-05", "en"
SAYS, TITLE = "says there", "is not the title of"
Change = Callable[[Indexed], Indexed | None]


def write(path: Path, content: bytes) -> None:
    """Write a file that may be a hard link."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def forge(desk: Desk, folder: str, change: Change, *more: Indexed) -> None:
    """Have Pagefind make the index of a folder from changed pages, as a forger would."""
    place, pages = desk.site / "search" / folder, list(more)
    for path in [*place.glob("fragment/*"), *place.glob("index/*"), *place.glob("pagefind.*")]:
        if path.suffix == ".pf_fragment":
            pages += filter(None, [change(read_fragment(path.read_bytes()))])
        path.unlink()
    lang, _, month = folder.partition("/")
    parts, = index_shelves([Shelf(lang, month, tuple(sorted(pages, key=lambda page: page.address)))], PLAIN)
    for name, content in parts.items():
        write(place / name if name != "pagefind.js" else place.parent / name, content)


def lines(address: str, **changes: str) -> Change:
    """Return what changes the first sentence of a page."""
    def change(page: Indexed) -> Indexed:
        first, *others = page.lines
        return replace(page, lines=(replace(first, **changes), *others)) if page.address == address else page
    return change


def titled(page: str, **changes: object) -> Change:
    """Return what changes the page at an address."""
    return lambda found: replace(found, **changes) if found.address == page else found  # type: ignore[arg-type]


@pytest.mark.parametrize(("folder", "change", "what"), [
    pytest.param(MAY, lines(STUCK, text=LIE), f"“{LIE}” is not what", id="a planted sentence"),
    pytest.param(MAY, lines(STUCK, text="The drawbridge of Orvane has been stuck open since Monday morning."), SAYS, id="half a sentence"),
    pytest.param(MAY, lines(STUCK, outlet="Open Gazette"), SAYS, id="of another outlet"),
    pytest.param(MAY, lines(STUCK, outlet=""), SAYS, id="of no outlet"),
    pytest.param(MAY, lines(STUCK, day="13 May 2031"), SAYS, id="of another day"),
    pytest.param(MAY, lines(STUCK, place="s-deadbeef"), SAYS, id="at a place that is not there"),
    pytest.param(MAY, lines(STUCK, lang="tr"), SAYS, id="in another language"),
    pytest.param(MAY, lines(STUCK, how=LIE), SAYS, id="as a translation"),
    pytest.param(MAY, titled(STUCK, title=LIE), TITLE, id="a title"),
    pytest.param(MAY, titled(STUCK, lang="tr"), TITLE, id="a title's language"),
    pytest.param(MAY, titled(STUCK, how=LIE), TITLE, id="a title that is translated"),
    pytest.param(MAY, titled(STUCK, address="sources/nowhere/"), "“sources/nowhere/” is no source", id="a page that is not there"),
    pytest.param(MAY, titled(STUCK, address="topics/"), "is no source", id="a page of another kind"),
    pytest.param(MAY, titled(STUCK, kind=LIE), "is no The mayor", id="another kind"),
    pytest.param("en/2031-06", titled("none"), f"“{STUCK}” is not of 2031-06", id="in another month"),
    pytest.param(BASE, titled("about/method/", lines=(Line(LIE, "", "", "", "en"),)), "by more than its title", id="beside a title"),
])
def test_refuses_what_pages_do_not_show(built: Desk, digest: Run, folder: str, change: Change, what: str) -> None:
    """Even if Pagefind itself made all of the index."""
    stuck = [page for path in built.site.rglob("*.pf_fragment") if (page := read_fragment(path.read_bytes())).address == STUCK]
    forge(built, folder, change, *(stuck if folder == "en/2031-06" else ()))
    refused(digest, built, f"search/{folder}/fragment/", what)


@pytest.mark.parametrize("address", [STUCK, "topics/honey"])
def test_every_page_with_a_sentence_is_found(built: Desk, digest: Run, address: str) -> None:
    folder = MAY if address == STUCK else "en/2031-06"
    forge(built, folder, lambda page: None if page.address.startswith(address) else page)
    refused(digest, built, address, "is not in the search index of en")


def only(built: Desk, pattern: str) -> Path:
    """Return the first file of the index with a name like this."""
    return next(iter(sorted((built.site / "search").glob(pattern))))


@pytest.mark.parametrize("pattern", [
    "pagefind.js", "en/wasm.en.pagefind", "en/pagefind-entry.json", "en/*.pf_meta", "en/2031-05/pagefind-entry.json",
    "en/2031-05/*.pf_meta", "en/2031-05/index/*", "en/list.json", "en/topics.json", "en/facets.json", "en/2031-05/facets.json"])
@pytest.mark.parametrize("what", ["changed", "missing"])
def test_every_file_is_pagefinds_or_ours(built: Desk, digest: Run, pattern: str, what: str) -> None:
    path = only(built, pattern)
    content = path.read_bytes()
    path.unlink()
    if what == "changed":
        path.write_bytes(content + b" ")
    refused(digest, built, path.relative_to(built.site).as_posix(), "is not what Pagefind makes" if what == "changed" else "is missing")


@pytest.mark.parametrize("name", ["lie.txt", "index.html", "en/lie.js", "en/2031-05/index/lie.pf_index", "tr/list.json", "en/2031-07/x"])
def test_nothing_else_lies_there(built: Desk, digest: Run, name: str) -> None:
    path = built.site / "search" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LIE, "utf-8")
    refused(digest, built, f"search/{name}", "is neither a part of the search index nor Pagefind's")


@pytest.mark.parametrize("content", [b"", LIE.encode(), gzip.compress(LIE.encode()), gzip.compress(SIGNATURE + b"[]"),
                                     gzip.compress(SIGNATURE + b"[" * 100_000), gzip.compress(SIGNATURE + b'{"url":"x"}'),
                                     gzip.compress(SIGNATURE + b" " * 50_000_000)], ids=range(7))
def test_what_is_no_fragment_is_told_in_one_line(built: Desk, digest: Run, content: bytes) -> None:
    path = only(built, f"{MAY}/fragment/*")
    write(path, content)
    refused(digest, built, path.relative_to(built.site).as_posix(), "is no compressed file|cannot be read|holds no page|lacks a part")


def test_a_word_in_the_index_alone_is_found(built: Desk, digest: Run) -> None:
    """An index of other sentences under true fragments."""
    kept = {path: path.read_bytes() for path in built.site.glob(f"search/{MAY}/fragment/*")}
    forge(built, MAY, lines(STUCK, text=LIE))
    for path in built.site.glob(f"search/{MAY}/fragment/*"):
        path.unlink()
    for path, content in kept.items():
        path.write_bytes(content)
    refused(digest, built, f"search/{MAY}/index/", "is neither a part of the search index|is missing")


@pytest.mark.parametrize(("change", "what"), [
    (lambda line: replace(line, how=""), SAYS),
    (lambda line: replace(line, how=f"{line.how} {LIE}"), SAYS),
    (lambda line: replace(line, text=LIE), SAYS),
    (lambda line: replace(line, lang="en"), SAYS),
], ids=["without its label", "another label", "other words", "another language"])
def test_refuses_translations_told_otherwise(told: Desk, tmp_path: Path, digest: Run, change: Callable[[Line], Line], what: str) -> None:
    desk = told.copy(tmp_path / "retold")
    forge(desk, "tr/2031-05", lambda page: replace(page, lines=tuple(change(line) if line.how else line for line in page.lines)))
    refused(digest, desk, "search/tr/2031-05/fragment/", what)


def test_refuses_a_page_of_another_language(told: Desk, tmp_path: Path, digest: Run) -> None:
    desk = told.copy(tmp_path / "retold")
    english = [read_fragment(path.read_bytes()) for path in desk.site.glob("search/en/2031-05/fragment/*")]
    forge(desk, "tr/2031-05", lambda page: page, *(page for page in english if page.kind == "topic"))
    refused(digest, desk, "search/tr/2031-05/fragment/", "is no topic of this language")
