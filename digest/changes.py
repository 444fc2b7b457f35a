"""What a change does to the published pages, told to its reviewers: `python -m digest.changes BASE NEW`.

BASE and NEW are the `data/` folders of two built sites; the comparison is printed as Markdown. Every word of an article or
of its id is escaped.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from markupsafe import Markup

from digest.escape import escape

__all__ = ["compare", "main"]

_LONGEST_LIST = 100
"""More lines than this under one heading are only counted: a job's summary holds 1 MiB."""
_LONGEST_QUOTE = 300
"""Characters of a quotation that are shown."""


@dataclass(frozen=True, slots=True)
class _Topic:
    """What is compared of one published topic."""

    id: str
    title: str
    articles: frozenset[str]
    quotes: tuple[tuple[str, str], ...]
    """Article and quoted words of each key point, in the summary's order."""


@dataclass(frozen=True, slots=True)
class _Site:
    """What is compared of one site."""

    topics: Mapping[str, _Topic]
    incomplete: Mapping[str, tuple[str, ...]]
    """Articles that lack an outlet or a date, and what they lack."""

    @property
    def topic_of(self) -> dict[str, str]:
        """The topic's id of each article."""
        return {article: topic.id for topic in self.topics.values() for article in sorted(topic.articles)}


def compare(base: Path, new: Path) -> list[str]:
    """Return the lines of a Markdown report on what differs between the `data/` folders of two sites.

    A base that cannot be read counts as empty, and the report says so.

    Raises:
        ValueError: a file of `new` is missing or not in the format that sites publish.
    """
    now = _read_site(new)
    try:
        old, notes = _read_site(base), []
    except ValueError:
        old, notes = _Site({}, {}), ["There are no readable pages to compare with, so everything counts as new.", ""]
    merged = _merged(old, now)
    sections = (
        ("New topics", [f"{_name(t)}: {_articles(len(t.articles))}" for t in now.topics.values() if t.id not in old.topics]),
        ("Merged topics", [f"{_name(old.topics[gone])} into {_name(now.topics[into])}" for gone, into in merged.items()]),
        ("Topics that are gone", [_name(t) for t in old.topics.values() if t.id not in now.topics and t.id not in merged]),
        ("Articles that moved to another topic", _moved(old, now, merged)),
        ("Changed key points", _changed_quotes(old, now)),
        ("Articles without an outlet or a date", [f"{_code(id_)}: no {' and no '.join(lacks)}" for id_, lacks in now.incomplete.items()]),
    )
    shown = [line for heading, entries in sections if entries for line in _section(heading, entries)]
    nothing = ["Nothing: topics, key points and sources are the same."]
    return ["## What this changes on the published pages", "", *notes, *(shown or nothing)]


def _read_site(data: Path) -> _Site:
    try:
        topics = [_read(data / "topics" / f"{entry['slug']}.json") for entry in _read(data / "index.json")["topics"]]
        articles = sorted((a for topic in topics for a in topic["articles"]), key=lambda a: str(a["id"]))
        lacking = {a["id"]: tuple(name for name, key in (("outlet", "outlet"), ("date", "published")) if a[key] is None) for a in articles}
        return _Site({topic["id"]: _topic(topic) for topic in topics}, {id_: lacks for id_, lacks in lacking.items() if lacks})
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"{data}: not the data of a site: {error!r}") from error


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def _topic(found: Mapping[str, Any]) -> _Topic:
    cited = [point["citations"][0] for point in found["summary"]]
    return _Topic(found["id"], (found["title"].get("original") or found["title"])["text"], frozenset(a["id"] for a in found["articles"]),
                  tuple((citation["article"], citation["quote"]) for citation in cited))


def _merged(old: _Site, now: _Site) -> dict[str, str]:
    """Return each topic that is gone while most of its articles are in one other topic, with that topic."""
    merged, topic_of = {}, now.topic_of
    for topic in old.topics.values():
        homes = Counter(topic_of[article] for article in sorted(topic.articles) if article in topic_of)
        if topic.id not in now.topics and homes:
            home, count = homes.most_common(1)[0]
            if count * 2 > len(topic.articles):
                merged[topic.id] = home
    return merged


def _moved(old: _Site, now: _Site, merged: Mapping[str, str]) -> list[str]:
    """Tell of each article that left its topic for another; of those that went along with a merged topic it was told."""
    before, after = old.topic_of, now.topic_of
    return [f"{_code(article)}: from {_name(old.topics[before[article]])} to {_name(now.topics[after[article]])}"
            for article in sorted(before.keys() & after.keys())
            if after[article] not in (before[article], merged.get(before[article]))]


def _changed_quotes(old: _Site, now: _Site) -> list[str]:
    lines = []
    for topic in now.topics.values():
        was = old.topics[topic.id].quotes if topic.id in old.topics else topic.quotes
        changes = [*(f"  - removed: {_quote(q)}" for q in was if q not in topic.quotes),
                   *(f"  - added: {_quote(q)}" for q in topic.quotes if q not in was)]
        if changes:
            lines.append("\n".join([_name(topic), *changes]))
    return lines


def _section(heading: str, entries: Sequence[str]) -> Iterable[str]:
    yield from (f"### {heading} ({len(entries)})", "")
    yield from (f"- {entry}" for entry in entries[:_LONGEST_LIST])
    if len(entries) > _LONGEST_LIST:
        yield f"- and {len(entries) - _LONGEST_LIST} more"
    yield ""


def _name(topic: _Topic) -> Markup:
    return Markup("{} ({})").format(escape(topic.title), _code(topic.id))


def _code(id_: str) -> Markup:
    return Markup("<code>{}</code>").format(escape(id_))


def _quote(quote: tuple[str, str]) -> Markup:
    article, words = quote
    shown = words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE] + "…"
    return Markup("“{}” ({})").format(escape(shown), _code(article))


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"


def main(arguments: Sequence[str]) -> int:
    """Print the comparison of two sites' data; return the exit code."""
    if len(arguments) != 2:
        click.echo("usage: python -m digest.changes BASE_SITE/data NEW_SITE/data", err=True)
        return 2
    base, new = map(Path, arguments)
    try:
        lines = compare(base, new)
    except ValueError as error:
        click.echo(f"the sites cannot be compared: {error}", err=True)
        return 1
    click.echo("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
