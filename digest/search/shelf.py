"""Lay the index out in the site: `search/<language>/` holds what has no date, and in it a folder for each month.

Beside Pagefind's own files lie lists of ours: `list.json` with the months, newest first, and the outlets, `topics.json` with the topics,
and in each folder `facets.json` with the topic and the outlets of each of its pages, by the name of its fragment.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from digest.catalog import direction, load_catalog
from digest.placing import Placing
from digest.running import PLAIN, Runner
from digest.search.indexed import Indexed, fragment_of
from digest.search.pages import UNDATED, Shelved, read_site
from digest.search.program import SCRIPT, Pagefind, open_pagefind
from digest.settings import Settings

__all__ = ["FOLDER", "Shelf", "cost_of", "index_shelves", "pack", "write_search"]

FOLDER = "search"
_ENTRY = "pagefind-entry.json"
_INDEX = (".pf_meta", ".pf_index", ".pf_fragment")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The pages that one index is made of, in their order."""

    lang: str
    month: str
    """Nothing for pages without a date."""
    pages: tuple[Indexed, ...]


def write_search(placing: Placing, settings: Settings, runner: Runner = PLAIN) -> None:
    """Write the index of a built site into it; that of a month whose pages did not change is as it was.

    Raises:
        SiteError: Pagefind could not make it.
    """
    for lang, pages in read_site(placing.site, settings, runner):
        for name, content in _files(pages, lang, settings, runner):
            placing.put(f"{FOLDER}/{name}", content)


def _files(pages: Sequence[Shelved], lang: str, settings: Settings, runner: Runner) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one language."""
    months: list[list[str | int]] = []
    ordered = sorted(pages, key=lambda one: (one.month, one.page.address))
    found = {month: {one.page.address: one for one in shelved} for month, shelved in groupby(ordered, key=lambda one: one.month)}
    shelves = [Shelf(lang, month, tuple(one.page for one in shelved.values())) for month, shelved in found.items()]
    for (month, shelved), parts in zip(found.items(), index_shelves(shelves, runner), strict=True):
        for name, content in [*parts.items(), ("facets.json", pack(_facets(parts, shelved)))]:
            yield (name if name == SCRIPT else "/".join(filter(None, (lang, month, name)))), content
        if month:
            months.insert(0, [month, load_catalog(lang).partial(month), *cost_of(parts)])
    yield f"{lang}/list.json", pack({"months": months, "outlets": _outlets(pages, settings), "backwards": _backwards(pages)})
    topics = ([one.topic, one.page.title, one.page.lang] for one in pages if one.page.kind == "topic")
    yield f"{lang}/topics.json", pack({"topics": sorted(topics, key=lambda row: (row[1].casefold(), row[0]))})


def index_shelves(shelves: Sequence[Shelf], runner: Runner) -> Iterator[dict[str, bytes]]:
    """Yield for each shelf the files that browsers need of the index of its pages.

    Those that all months share stand with the pages that have no date.

    Raises:
        SiteError: Pagefind could not make it.
    """
    return runner.together("search indexes", _index, shelves)


def _index(shelves: Sequence[Shelf]) -> list[dict[str, bytes]]:
    with open_pagefind() as program:
        return [_parts(shelf, program) for shelf in shelves]


def _parts(shelf: Shelf, program: Pagefind) -> dict[str, bytes]:
    made = program.index(shelf.pages, shelf.lang)
    stems = next((entry["wasm"] for entry in json.loads(made[_ENTRY])["languages"].values()), None)  # none where no page has a word
    shared = {SCRIPT, f"wasm.{stems or 'unknown'}.pagefind"}
    return {name: content for name, content in made.items()
            if name == _ENTRY or name.endswith(_INDEX) or (shelf.month == UNDATED and name in shared)}


def cost_of(parts: Mapping[str, bytes]) -> tuple[int, int]:
    """Return how many bytes a search loads of an index: the lists of its pages, and on the average for each word a part."""
    chunks = [len(content) for name, content in parts.items() if name.startswith("index/")]
    lists = sum(len(content) for name, content in parts.items() if name == _ENTRY or name.endswith(".pf_meta"))
    return lists, sum(chunks) // max(1, len(chunks))


def _facets(parts: Mapping[str, bytes], found: Mapping[str, Shelved]) -> dict[str, list[str]]:
    """Return the topic and outlets of each page by the name of its fragment."""
    pages = {name: found[fragment_of(content)["url"]] for name, content in sorted(parts.items()) if name.startswith("fragment/")}
    return {Path(name).stem: [one.topic, *one.outlets] for name, one in pages.items() if one.topic}


def _outlets(pages: Sequence[Shelved], settings: Settings) -> list[list[str]]:
    """Return the outlets that pages are of, and their names."""
    named = {ident: outlet.name for one in pages for ident in one.outlets if (outlet := settings.outlet(ident))}
    return [[ident, name] for ident, name in sorted(named.items(), key=lambda row: (row[1].casefold(), row[0]))]


def _backwards(pages: Sequence[Shelved]) -> list[str]:
    """Return the languages of titles and sentences that are written from right to left."""
    return sorted(lang for lang in {lang for one in pages for lang in (one.page.lang, *(line.lang for line in one.page.lines))}
                  if direction(lang) == "rtl")


def pack(value: object) -> bytes:
    """Return a list of ours as it stands in the site."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
