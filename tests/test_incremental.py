"""A site is the same, byte for byte, whatever was built and kept before, in whatever order, on however many processors."""

import os
import random
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path
from time import time_ns
from typing import BinaryIO

import pytest
from click.testing import Result
from conftest import Desk
from markdown import Markdown

from digest.files import open_file
from digest.placing import Placing
from digest.running import Hashes

Run = Callable[..., Result]

LANGUAGES = "languages: [en, tr]"


def add(desk: Desk) -> None:
    desk.write("late-harbour-news", "The harbour of Pellin opened a new pier on 2 July 2031.", "Ferries call there twice a day.",
               published="2031-07-02")


def change(desk: Desk) -> None:
    desk.edit(desk.article("late-harbour-news"), "twice", "seven times")


def hide(desk: Desk) -> None:
    (desk.content / "overrides.yml").write_text("hide: [{article: late-harbour-news, why: It is a test.}]\n", "utf-8")


def speak(desk: Desk) -> None:
    desk.edit(desk.content / "digest.yml", r"languages: \[en\]", LANGUAGES)


def rename(desk: Desk) -> None:
    desk.edit(desk.content / "outlets.yml", "name: Open Gazette", "name: The Open Gazette")


def dress(desk: Desk) -> None:
    own = desk.root / "templates" / "theme" / "partials"
    own.mkdir(parents=True)
    shutil.copy(Path(__file__).parent.parent / "templates" / "theme" / "partials" / "head.html", own)
    with (own / "head.html").open("a", encoding="utf-8") as file:
        file.write('<meta name="color-scheme" content="light dark">\n')


def remove(desk: Desk) -> None:
    (desk.content / "overrides.yml").unlink()
    desk.article("late-harbour-news").unlink()


def damage(desk: Desk) -> None:
    """Spoil a third of what is kept, each in another way, and take a third away."""
    chance = random.Random(7)
    kept = sorted(path for path in (desk.root / "build" / "cache").rglob("*") if path.is_file())
    assert len(kept) > 50
    for path in kept:
        whole, fate = path.read_bytes(), chance.randrange(3)
        path.unlink()
        if fate:
            path.write_bytes(whole if fate == 1 else chance.choice([b"", whole[:-1], whole[16:], whole[:20] + b"x" + whole[21:]]))
    shutil.rmtree(desk.site)


def test_whatever_changes_the_site_is_as_if_it_were_built_at_once(built: Desk, tmp_path: Path, digest: Run) -> None:
    for step in (add, change, hide, speak, rename, dress, remove, damage):
        step(built)
        assert digest(built, "build").exit_code == 0, step.__name__
        fresh = Desk(tmp_path / step.__name__)
        for name in ("content", "templates"):
            if (built.root / name).is_dir():
                shutil.copytree(built.root / name, fresh.root / name)
        shutil.copy(built.root / "mkdocs.yml", fresh.root)
        done = digest(fresh, "build", "--no-cache", "--jobs", "1")
        assert done.exit_code == 0, done.stderr
        ours, theirs = built.snapshot(), fresh.snapshot()
        assert ours.keys() == theirs.keys(), step.__name__
        assert [name for name in ours if ours[name] != theirs[name]] == [], step.__name__
        assert not list((fresh.root / "build").glob("cache*"))


def made(profile: str) -> dict[str, list[int]]:
    """Return of each stage how many items it had, and how many of them were made."""
    rows = {re.split("  +", line)[0]: line for line in profile.splitlines() if " items, " in line}
    return {name: [int(number) for number in re.findall(r"(\d+) (?:items|made)", line)] for name, line in rows.items()}


def test_only_what_changed_is_made(built: Desk, digest: Run) -> None:
    add(built)
    done = digest(built, "build", "--profile")
    counts = made(done.stderr)
    assert counts["quotations"][1] == 1 < counts["quotations"][0]
    assert counts["titles"][1] == 1 < counts["titles"][0]
    assert 0 < counts["pages"][1] < counts["pages"][0] / 2
    for stage in ("data of topics", "search"):
        assert 0 < counts[stage][1] < counts[stage][0], stage
    assert done.exit_code == 0


def test_of_a_month_of_the_search_that_stays_no_page_is_read(built: Desk, digest: Run) -> None:
    """Where an article changes, its month is made anew, and no other one."""
    for step in (add, change):
        step(built)
        counts = made(digest(built, "build", "--profile").stderr)
    assert counts["months of the search"] == [4, 1]
    assert counts["texts of pages"][0] == 2
    shutil.rmtree(built.site)
    counts = made(digest(built, "build", "--profile").stderr)
    assert counts["months of the search"] == [4, 0]
    assert "texts of pages" not in counts


def test_nothing_changed_nothing_is_built(built: Desk, digest: Run) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.site.rglob("*.html")}
    done = digest(built, "build")
    assert done.exit_code == 0
    assert "nothing changed since the site was built and proven" in done.stderr
    assert before == {path: path.stat().st_mtime_ns for path in built.site.rglob("*.html")}


def test_what_nobody_wrote_is_not_read_to_compare_a_site(built: Desk, tmp_path: Path, digest: Run,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of its own: those of a desk have names in others too, and one more name, given meanwhile, changes a file's time."""
    own = Desk(shutil.copytree(built.root, tmp_path / "own"))
    monkeypatch.setattr("digest.running.hashes.time_ns", lambda: time_ns() + 5_000_000_000)
    digest(own, "build")
    read: list[str] = []

    def watched(path: str) -> AbstractContextManager[BinaryIO]:
        read.append(path)
        return open_file(path)

    monkeypatch.setattr("digest.running.hashes.open_file", watched)
    assert "nothing changed" in digest(own, "build").stderr
    assert read == []
    page = own.site / "index.html"
    times, text = page.stat(), page.read_text("utf-8")
    page.unlink()
    page.write_text(text.replace("Pellin", "Nillep"), "utf-8")
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    done = digest(own, "build")
    assert done.exit_code == 0
    assert "site/index.html" in read
    assert page.read_text("utf-8") == text


def test_what_stays_is_the_same_file_in_the_new_site(built: Desk, digest: Run) -> None:
    before = {path: path.stat().st_ino for path in built.site.rglob("*") if path.is_file()}
    linked = built.site / "data" / "schema.json"
    linked.rename(built.root / "schema.json")
    linked.symlink_to(built.root / "schema.json")
    add(built)
    assert digest(built, "build").exit_code == 0
    assert not linked.is_symlink()
    stays = {path.relative_to(built.site).as_posix() for path, number in before.items() if path.exists() and path.stat().st_ino == number}
    kinds = {"sources/honey-thieves-leave-note-in-pellin/index.html", "index.html", "search/en/2031-05/facets.json"}
    assert kinds & stays == {"sources/honey-thieves-leave-note-in-pellin/index.html", "search/en/2031-05/facets.json"}
    assert any(name.startswith("data/topics/") for name in stays)


def no_links(*_: object) -> None:
    raise OSError


def test_a_file_system_without_further_names_has_the_same_site(built: Desk, tmp_path: Path, digest: Run,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Desk(tmp_path / "fresh")
    add(built)
    shutil.copytree(built.content, fresh.content)
    shutil.copy(built.root / "mkdocs.yml", fresh.root)
    monkeypatch.setattr("digest.placing.os.link", no_links)
    assert digest(built, "build").exit_code == 0
    assert digest(fresh, "build").exit_code == 0
    assert built.snapshot() == fresh.snapshot()


def test_what_was_taken_away_or_changed_meanwhile_is_not_kept(tmp_path: Path) -> None:
    former, site = tmp_path / "former", tmp_path / "site"
    former.mkdir()
    (former / "page").write_text("one", "utf-8")
    version = sha256(b"one").digest()
    placing = Placing(site, former, Hashes())
    assert placing.has("page", version)
    (former / "page").write_text("two", "utf-8")
    assert not placing.keep("page", version)
    (former / "page").unlink()
    assert not placing.keep("page", version)
    assert not site.exists()


@pytest.mark.parametrize("name", ["index.html", "data/index.json", "stray.html"])
def test_a_site_that_somebody_changed_is_built_again(built: Desk, newsroom: Desk, digest: Run, name: str) -> None:
    path = built.site / name
    path.unlink(missing_ok=True)
    path.write_text("A claim", "utf-8")
    assert digest(built, "build").exit_code == 0
    assert built.snapshot() == newsroom.snapshot()


def test_a_withdrawn_article_leaves_what_is_kept(built: Desk, digest: Run) -> None:
    shutil.copytree(built.root / "build" / "cache", built.root / "build" / "cache-anew")  # as a killed build --no-cache leaves it
    assert digest(built, "withdraw", "honey-thieves-leave-note-in-pellin", "--reason", "The outlet took it back.").exit_code == 0
    assert not list((built.root / "build").glob("cache*"))


def test_another_look_converts_no_markdown(built: Desk, digest: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    converted: list[str] = []
    convert = Markdown.convert

    def watched(self: Markdown, source: str) -> str:
        converted.append(source)
        return convert(self, source)

    monkeypatch.setattr(Markdown, "convert", watched)
    (built.root / "build" / "cache").rename(built.root / "former-cache")
    for change, all_of_them in ((dress, True), (lambda desk: desk.edit(desk.root / "mkdocs.yml", "slate", "default"), False)):
        change(built)
        converted.clear()
        assert digest(built, "build", "--jobs", "1").exit_code == 0
        assert any(converted) is all_of_them
        assert len(converted) >= len(list(built.site.rglob("index.html")))


def test_without_the_cache_nothing_stays_as_it_was_written(built: Desk, digest: Run) -> None:
    before = built.snapshot()
    again = digest(built, "build", "--no-cache", "--profile", "--jobs", "1")
    shutil.rmtree(built.root / "build")
    shutil.rmtree(built.site)
    first = digest(built, "build", "--profile", "--jobs", "1")
    assert (again.exit_code, first.exit_code) == (0, 0)
    assert made(again.stderr) == made(first.stderr)
    assert {"gists", "quotations", "topics", "pages", "proofs"} <= made(again.stderr).keys()
    assert built.snapshot() == before
