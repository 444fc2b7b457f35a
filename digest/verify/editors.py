"""What editors decided and wrote in `overrides.yml`: nothing else may stand on a page as theirs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from digest.catalog import Catalog
from digest.editors.overrides import Overrides
from digest.escape import visible

__all__ = ["Entry", "find_entries", "titles_of", "written"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision as it stands in the file."""

    articles: frozenset[str]
    """The ids of the articles that it names."""
    why: str | None = None
    until: date | None = None


def find_entries(overrides: Overrides, what: str, line: int) -> Iterator[Entry]:
    """Yield the decisions of a kind in a line."""
    for rule in (*overrides.stories, *overrides.topics):
        if (rule.kind, rule.line) == (what, line):
            yield Entry(frozenset(rule.articles))
    for kind, marks in (("pin", overrides.pin), ("close", overrides.close)):
        yield from (Entry(frozenset(), until=mark.until) for mark in marks if (kind, mark.line) == (what, line))
    if what == "hide":
        yield from (Entry(frozenset({row.article}), row.why) for row in overrides.hide if row.line == line)
    if what == "title":
        yield from (Entry(frozenset()) for titled in overrides.titles if titled.line == line)
    for row in overrides.keypoints:
        sentences = {"keypoint-pin": row.pin, "keypoint-drop": row.drop}.get(what)
        if sentences and row.line == line:
            yield Entry(frozenset(sentence.partition("#")[0] for sentence in sentences), row.why)


def titles_of(overrides: Overrides, names: Collection[str]) -> list[tuple[str, str]]:
    """Return the titles, each with its language, that editors gave to a topic by one of its names: its id, or that of an article."""
    return [(lang, text) for titled in overrides.titles if titled.topic in names for lang, text in titled.title.items()]


def written(overrides: Overrides, line: int, field: str, catalog: Catalog) -> list[str]:
    """Return what editors wrote in a line: a reason, the text of a correction, who signed it, a day."""
    notes = [note.correction for note in overrides.corrections if note.correction.line == line]
    reasons = [*((row.why, row.line) for row in overrides.keypoints), *((row.why, row.line) for row in overrides.hide)]
    found = {"text": [note.text for note in notes], "by": [note.by for note in notes], "date": [catalog.day(note.day) for note in notes],
             "why": [why for why, at in reasons if at == line and why],
             "until": [catalog.day(mark.until) for mark in (*overrides.pin, *overrides.close) if mark.line == line and mark.until]}
    return [visible(text) for text in found.get(field, ())]
