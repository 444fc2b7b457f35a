"""What the last fetch of each feed said: `content/feeds.json`, committed, so that whoever reads it asks neither clock nor web."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from digest.content import write_file
from digest.errors import RecordError

__all__ = ["FEEDS", "STATES", "FeedRecord", "FeedRecords", "Gone", "Seen", "forget_article", "health", "read_feed_records",
           "write_feed_records"]

FEEDS = "feeds.json"
"""The file's name in a content folder."""
FORMAT = 1
STATES = ("failed", "moved", "broken", "empty", "undated", "stale", "fine")
"""How a feed can be, the worst first."""
_STALE = timedelta(days=14)
"""A feed without anything newer is stale."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of an entry of a feed."""

    mark: str
    """A hash of its title and of when it changed; another one means that it is to be looked at again."""
    article: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRecord:
    """What is known of a feed."""

    outlet: str
    checked: str
    """When it was asked for last: ISO 8601, in UTC."""
    good: str | None = None
    """When it could be read last."""
    problem: str | None = None
    """Why it could not, the last time."""
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None
    """Its new address, where the server says that it moved for good."""
    title: str | None = None
    entries: int = 0
    undated: int = 0
    newest: str | None = None
    """The newest time that an entry states, as far as it is not in the future: ISO 8601."""
    notes: tuple[str, ...] = ()
    seen: Mapping[str, Seen] = field(default_factory=dict)
    """By the entry's key; only what the feed still has."""


@dataclass(frozen=True, slots=True)
class Gone:
    """An article whose page its outlet took away."""

    status: int
    checked: str
    """When that was seen: ISO 8601, in UTC."""


@dataclass(frozen=True, slots=True)
class FeedRecords:
    """All of the file."""

    feeds: Mapping[str, FeedRecord] = field(default_factory=dict)
    """By address."""
    gone: Mapping[str, Gone] = field(default_factory=dict)
    """By the article's id."""


def health(record: FeedRecord) -> tuple[str, ...]:
    """Return how a feed is, in words of `STATES`; only from what its record holds."""
    found = {
        "failed": bool(record.problem),
        "moved": bool(record.moved),
        "broken": any("well-formed" in note for note in record.notes),
        "empty": record.good is not None and not record.entries,
        "undated": record.entries > 0 and record.undated == record.entries,
        "stale": _is_stale(record),
    }
    return tuple(state for state in STATES if found.get(state)) or ("fine",)


def _is_stale(record: FeedRecord) -> bool:
    newest, good = _moment(record.newest), _moment(record.good)
    return newest is not None and good is not None and good - newest > _STALE


def _moment(stated: str | None) -> datetime | None:
    moment = datetime.fromisoformat(stated) if stated else None
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment


def read_feed_records(content: Path) -> FeedRecords:
    """Read `feeds.json`; nothing where there is none.

    Raises:
        RecordError: it is damaged.
    """
    path = content / FEEDS
    try:
        return _records(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return FeedRecords()
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        problem = f"not a record of feeds ({error}); restore it from git, or delete it: the next digest fetch asks for everything anew"
        raise RecordError(path, problem) from error


def _records(found: Any) -> FeedRecords:
    if found["format"] != FORMAT:
        raise ValueError(f"expected format {FORMAT}")
    return FeedRecords({str(url): _feed(row) for url, row in found["feeds"].items()},
                       {str(ident): Gone(int(row["status"]), str(row["checked"])) for ident, row in found.get("gone", {}).items()})


def _feed(row: Mapping[str, Any]) -> FeedRecord:
    record = FeedRecord(**{key: value for key, value in row.items() if key not in ("seen", "notes")}, notes=tuple(row.get("notes", ())),
                        seen={str(key): Seen(*seen) for key, seen in row.get("seen", {}).items()})
    for stated in (record.checked, record.good, record.newest):
        _moment(stated)
    return record


def write_feed_records(content: Path, records: FeedRecords) -> None:
    """Write `feeds.json`, one sorted line an entry, so that two branches merge line by line."""
    feeds = ",\n".join(f"{_json(url)}: {_feed_json(record)}" for url, record in sorted(records.feeds.items()))
    gone = ",\n".join(f"{_json(ident)}: {_json(asdict(row))}" for ident, row in sorted(records.gone.items()))
    write_file(content / FEEDS, f'{{"format": {FORMAT},\n"feeds": {{\n{feeds}\n}},\n"gone": {{\n{gone}\n}}\n}}\n')


def _feed_json(record: FeedRecord) -> str:
    """Return a feed as JSON: its own facts on a line, then its entries."""
    bare = replace(record, seen={})
    facts = {name: value for name in bare.__slots__ if name != "seen" and (value := getattr(bare, name)) not in (None, (), 0)}
    seen = ",\n".join(f" {_json(key)}: {_json(_seen_row(row))}" for key, row in sorted(record.seen.items()))
    return f'{_json(facts)[:-1]}, "seen": {{\n{seen}\n}}}}' if seen else _json(facts)


def _seen_row(seen: Seen) -> list[str | None]:
    row = [seen.mark, seen.article, seen.problem]
    return row if seen.problem else row[:2]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def forget_article(content: Path, ident: str) -> None:
    """Take an article out of what feeds had, and of what is gone.

    Raises:
        RecordError: the file is damaged.
    """
    before = read_feed_records(content)
    feeds = {url: replace(record, seen={key: seen for key, seen in record.seen.items() if seen.article != ident})
             for url, record in before.feeds.items()}
    after = FeedRecords(feeds, {key: row for key, row in before.gone.items() if key != ident})
    if after != before:
        write_feed_records(content, after)
