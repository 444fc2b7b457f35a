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
from digest.running import PLAIN, Kept, Runner, count, timed
from digest.search.indexed import Indexed, fragment_of
from digest.search.pages import UNDATED, Shelved, find_page, list_site, read_pages
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


@dataclass(frozen=True, slots=True)
class _Month:
    """The index of a month, and what the lists of its language say of that. Once made it stays as it is while its pages do."""

    files: Mapping[str, bytes]
    """By their places in the folder of the search."""
    cost: tuple[int, int]
    """As `cost_of` tells it."""
    topics: tuple[tuple[str, str, str], ...]
    """The id of each topic, its title, and the language of that."""
    outlets: tuple[str, ...]
    langs: tuple[str, ...]
    """Of titles and sentences."""


def write_search(placing: Placing, settings: Settings, runner: Runner = PLAIN) -> None:
    """Write the index of a built site into it; that of a month whose pages did not change is as it was.

    Raises:
        SiteError: Pagefind could not make it.
    """
    listed = {(lang, month): tuple(pages) for lang, found in list_site(placing.site, settings, runner)
              for month, pages in groupby(sorted(found, key=_place), key=lambda one: one.month)}
    found = _find_months(listed, placing.site, settings, runner)
    for lang, group in groupby(found, key=lambda place: place[0]):
        months = {month: found[lang, month] for _, month in group}
        for name, content in (row for month in months.values() for row in month.files.items()):
            placing.put(f"{FOLDER}/{name}", content)
        for name, rows in _lists(months, lang, settings).items():
            placing.put(f"{FOLDER}/{lang}/{name}.json", pack(rows))


def _place(shelved: Shelved) -> tuple[str, str]:
    return shelved.month, shelved.address


def _find_months(listed: Mapping[tuple[str, str], Sequence[Shelved]], site: Path, settings: Settings,
                 runner: Runner) -> dict[tuple[str, str], _Month]:
    """Return the months of each language; of those that are kept no page is read."""
    kept = Kept("months of the search", runner)
    with timed("months of the search"):
        told = runner.keys.of(settings)
        keys = {place: runner.keys.of(told, place, pages).encode() for place, pages in listed.items()}
        missing = {place: pages for place, pages in listed.items() if keys[place] not in kept}
        count("months of the search", len(keys), len(missing))
        read = read_pages(site, (one for pages in missing.values() for one in pages), runner)
        made = {place: [find_page(one, read[one.address], load_catalog(place[0]), settings) for one in pages]
                for place, pages in missing.items()}
        shelves = [Shelf(*place, tuple(pages)) for place, pages in made.items()]
        found = {(shelf.lang, shelf.month): _make_month(shelf, missing[shelf.lang, shelf.month], parts)
                 for shelf, parts in zip(shelves, index_shelves(shelves, runner), strict=True)}
        for place, month in found.items():
            kept[keys[place]] = month
        return {place: found.get(place) or kept[keys[place]] for place in listed}


def _make_month(shelf: Shelf, shelved: Sequence[Shelved], parts: Mapping[str, bytes]) -> _Month:
    """Return a month, of which these are the files of Pagefind."""
    files = {**parts, "facets.json": pack(_facets(parts, {one.address: one for one in shelved}))}
    return _Month(
        files={name if name == SCRIPT else "/".join(filter(None, (shelf.lang, shelf.month, name))): content
               for name, content in files.items()},
        cost=cost_of(parts),
        topics=tuple((one.topic, page.title, page.lang) for one, page in zip(shelved, shelf.pages, strict=True) if one.kind == "topic"),
        outlets=tuple(sorted({outlet for one in shelved for outlet in one.outlets})),
        langs=tuple(sorted({lang for page in shelf.pages for lang in (page.lang, *(line.lang for line in page.lines))})))


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


def _facets(parts: Mapping[str, bytes], shelved: Mapping[str, Shelved]) -> dict[str, list[str]]:
    """Return the topic and outlets of each page by the name of its fragment."""
    pages = {name: shelved[fragment_of(content)["url"]] for name, content in sorted(parts.items()) if name.startswith("fragment/")}
    return {Path(name).stem: [one.topic, *one.outlets] for name, one in pages.items() if one.topic}


def _lists(months: Mapping[str, _Month], lang: str, settings: Settings) -> dict[str, object]:
    """Return what the lists of a language say."""
    outlets = {outlet.id: outlet.name for month in months.values() for ident in month.outlets if (outlet := settings.outlet(ident))}
    topics = (topic for month in months.values() for topic in month.topics)
    langs = {spoken for month in months.values() for spoken in month.langs}
    return {
        "list": {"months": [[name, load_catalog(lang).partial(name), *month.cost] for name, month in sorted(months.items(), reverse=True)
                            if name],
                 "outlets": sorted(map(list, outlets.items()), key=lambda row: (row[1].casefold(), row[0])),
                 "backwards": sorted(spoken for spoken in langs if direction(spoken) == "rtl")},
        "topics": {"topics": sorted(map(list, topics), key=lambda row: (row[1].casefold(), row[0]))}}


def pack(value: object) -> bytes:
    """Return a list of ours as it stands in the site."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
