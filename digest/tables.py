"""The statements and differences of a topic as tables (CSV, RFC 4180): a row for each sentence, with its source and its place.

A spreadsheet takes a cell that begins with one of some signs for a formula. Such a cell gets an apostrophe in front, as OWASP advises,
and so does one that begins with an apostrophe: whoever takes one away from the front of a cell has the original.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from digest.findings import Findings
from digest.models import Article

__all__ = ["TABLES", "format_table", "table_file", "table_of", "tables_in"]

Row = Sequence[object]
Topic = Mapping[str, Any]
"""The data of a topic."""
Source = Callable[[Mapping[str, Any]], Row]
"""Returns the cells that tell of a citation where it stands."""

_SOURCE = ("article", "outlet", "published", "lang", "url", "version", "start", "end", "quote", "translation", "translated_by")
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_BOM = "\ufeff"
"""Without it, Excel takes UTF-8 for an older encoding."""


def format_table(rows: Iterable[Row]) -> str:
    """Return a table as CSV: every cell in quotation marks, none a formula."""
    written = io.StringIO(newline="")
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([list(map(_cell, row)) for row in rows])
    return _BOM + written.getvalue()


def _cell(value: object) -> str:
    """Return a cell: nothing for what is not known, yes and no for what is so or not."""
    text = "" if value is None else ("no", "yes")[value] if isinstance(value, bool) else str(value)
    return f"'{text}" if text.lstrip().startswith(_SIGNS) or text.startswith(_SIGNS) else text


def _statements(topic: Topic, source: Source) -> Iterator[Row]:
    yield ("topic", "statement", "separate_texts", "passage", "only_in", "attributed_to", *_SOURCE)
    for number, found in enumerate(topic["statements"], 1):
        said = found["separate_texts"], found["passage"], found["only_in"], found["attributed_to"]
        yield from ((topic["id"], number, *said, *source(cited)) for cited in found["citations"])


def _differences(topic: Topic, source: Source) -> Iterator[Row]:
    yield ("topic", "difference", "what", "about", "within_one_text", "value", "shown", "assumed", *_SOURCE)
    for number, found in enumerate(topic["differences"], 1):
        for value in found["values"]:
            for cited, words in zip(value["citations"], value["spans"], strict=True):
                yield (topic["id"], number, found["what"], found["about"], found["within"], value["value"], words["quote"],
                       value["assumed"], *source(cited))


TABLES = {"statements": _statements, "differences": _differences}
"""The tables of a topic, by what their files are called."""


def table_file(slug: str, kind: str) -> str:
    """Return where a table of a topic is, from the index of the data."""
    return f"topics/{slug}.{kind}.csv"


def tables_in(found: Findings) -> tuple[str, ...]:
    """Return the kinds of tables that a topic with these findings has: none is without a row."""
    return tuple(kind for kind in TABLES if getattr(found, kind))


def table_of(kind: str, topic: Topic, articles: Mapping[str, Article]) -> str:
    """Return a table of a topic as CSV, made from the topic's data."""
    told = {(row["article"], row["start"], row["end"]): row for row in topic["translations"]}
    return format_table(TABLES[kind](topic, partial(_source, articles=articles, told=told)))


def _source(cited: Mapping[str, Any], articles: Mapping[str, Article], told: Mapping[tuple[Any, ...], Topic]) -> Row:
    """Return where a sentence stands, and how it is told in the language of the data."""
    article, translation = articles[cited["article"]], told.get((cited["article"], cited["start"], cited["end"]))
    how = translation["translated"] if translation else {"engine": "", "model": ""}
    return (article.id, article.outlet, article.published.iso if article.published else None, article.lang, article.url,
            cited["version"], cited["start"], cited["end"], cited["quote"],
            translation["text"] if translation else None, f"{how['engine']} {how['model']}".strip())
