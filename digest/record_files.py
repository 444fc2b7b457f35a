"""Read and write the committed memory: `ledger.json` and `editions/`.

Only `digest stories --record` writes them; everything else reads.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from digest.content import write_file
from digest.errors import RecordError
from digest.records import UNKNOWN_LANGUAGE, EditionRecord, Given, Ledger, QuoteRecord, TopicRecord
from digest.settings import is_slug

__all__ = ["read_editions", "read_ledger", "write_edition", "write_ledger"]

FORMAT = 1


def read_ledger(content: Path) -> Ledger:
    """Read `ledger.json`; an empty ledger where there is none.

    Raises:
        RecordError: it is damaged.
    """
    path = content / "ledger.json"
    kinds = _read(path)
    return Ledger(_kind(path, kinds, "topics"), _kind(path, kinds, "stories"), _names(path, kinds.get("names", [])),
                  _digest(path, kinds.get("digest", "")))


def _names(path: Path, slugs: Any) -> tuple[str, ...]:
    if not isinstance(slugs, list) or not all(isinstance(slug, str) and is_slug(slug) for slug in slugs):
        raise RecordError(path, "names: expected addresses of names; restore the file from git")
    return tuple(slugs)


def _digest(path: Path, ident: Any) -> str:
    if ident and not (isinstance(ident, str) and is_slug(ident)):
        raise RecordError(path, f"digest: {ident!r} is no id; restore the file from git")
    return str(ident or "")


def _kind(path: Path, kinds: Mapping[str, Any], kind: str) -> dict[str, Given]:
    rows = kinds.get(kind, {})
    if not isinstance(rows, dict):
        raise RecordError(path, f"{kind}: expected ids and what they stand for; restore the file from git")
    return {ident: _given(path, ident, row) for ident, row in rows.items()}


def _given(path: Path, ident: str, row: Any) -> Given:
    try:
        given = Given(tuple(map(str, row["articles"])), row.get("slug"), bool(row.get("former")))
        right = given.slug is None or is_slug(given.slug)
    except (TypeError, KeyError, AttributeError) as error:
        raise RecordError(path, f"{ident}: expected articles and perhaps a slug; restore the file from git") from error
    if not right:
        raise RecordError(path, f"{ident}: {given.slug!r} is no address; restore the file from git")
    return given


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        place = f" as JSON from line {error.lineno} on" if isinstance(error, json.JSONDecodeError) else f" ({error})"
        raise RecordError(path, f"cannot be read{place}; restore the file from git") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise RecordError(path, f"expected format {FORMAT}; a newer version of the program wrote this file, or it is damaged")
    return found


def write_ledger(content: Path, ledger: Ledger) -> None:
    """Write `ledger.json`, one sorted line an id, so that two branches merge line by line."""
    kinds = [f'"digest": {_json(ledger.digest)}'] if ledger.digest else []
    for kind, ids in (("topics", ledger.topics), ("stories", ledger.stories)):
        rows = ",\n".join(f"{_json(ident)}: {_json(_row(given))}" for ident, given in sorted(ids.items()))
        kinds.append(f'"{kind}": {{\n{rows}\n}}')
    if ledger.names:
        kinds.append('"names": [\n' + ",\n".join(map(_json, ledger.names)) + "\n]")
    write_file(content / "ledger.json", f'{{"format": {FORMAT},\n' + ",\n".join(kinds) + "\n}\n")


def _row(given: Given) -> dict[str, object]:
    return {"articles": given.articles} | ({"slug": given.slug} if given.slug else {}) | ({"former": True} if given.former else {})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def read_editions(content: Path) -> tuple[EditionRecord, ...]:
    """Read all records of editions, oldest first.

    Raises:
        RecordError: one is damaged.
    """
    return tuple(_edition(path, _read(path)) for path in sorted((content / "editions").glob("*.json")))


def _edition(path: Path, found: Mapping[str, Any]) -> EditionRecord:
    try:
        return EditionRecord(date.fromisoformat(found["day"]), tuple(map(_read_topic, found["topics"])))
    except (TypeError, KeyError, ValueError) as error:
        raise RecordError(path, f"not a record of an edition ({error!r}); restore the file from git") from error


def _read_topic(topic: Any) -> TopicRecord:
    return TopicRecord(_text(topic["id"]), _slug(topic["slug"]), _text(topic["title"]), _text(topic["title_article"]),
                       _read_points(topic["summary"]), _read_points(topic["stories"]),
                       _text(topic.get("title_lang", UNKNOWN_LANGUAGE)), _text(topic.get("title_from", "article")),
                       tuple(map(_text, topic.get("title_terms", ()))))


def _read_points(points: Any) -> tuple[tuple[QuoteRecord, ...], ...]:
    return tuple(tuple(QuoteRecord(_slug(c["article"]), _text(c["version"]), int(c["start"]), int(c["end"]), _text(c["quote"]))
                       for c in point["citations"]) for point in points)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a text, found {value!r}")
    return value


def _slug(value: Any) -> str:
    if not is_slug(_text(value)):
        raise ValueError(f"{value!r} is no part of an address")
    return str(value)


def write_edition(content: Path, record: EditionRecord) -> Path:
    """Write the record of an edition; return where."""
    topics = [{"id": t.id, "slug": t.slug, "title": t.title, "title_article": t.title_article, "title_lang": t.title_lang,
               "title_from": t.title_from} | ({"title_terms": t.title_terms} if t.title_terms else {})
              | {"summary": _point_rows(t.points), "stories": _point_rows(t.story_points)} for t in record.topics]
    path = content / "editions" / f"{record.day.isoformat()}.json"
    write_file(path, json.dumps({"format": FORMAT, "day": record.day.isoformat(), "topics": topics}, ensure_ascii=False, indent=1) + "\n")
    return path


def _point_rows(points: Iterable[Sequence[QuoteRecord]]) -> list[dict[str, object]]:
    return [{"citations": [{"article": c.article, "version": c.version, "start": c.start, "end": c.end, "quote": c.quote} for c in point]}
            for point in points]
