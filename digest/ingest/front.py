"""Read the front matter of other people's Markdown: known keys by many names, wrong values left out and noted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from digest._yaml import Block, read_block
from digest.clean import clean_line
from digest.errors import ArticleError
from digest.ingest.dates import parse_stated
from digest.models import When
from digest.settings import is_address

__all__ = ["Front", "has_keys", "read_front"]

_NAMES = {
    "title": ("title", "headline"),
    "subtitle": ("subtitle", "dek", "standfirst"),
    "published": ("published", "date", "datePublished", "pubdate"),
    "reposted": ("reposted",),
    "outlet": ("outlet", "source", "publisher", "site", "sitename"),
    "lang": ("lang", "language", "locale"),
    "url": ("url", "link", "canonical", "canonical_url"),
    "authors": ("authors", "author", "byline"),
    "tags": ("tags", "keywords"),
    "section": ("section", "category"),
    "summary": ("summary", "description", "excerpt"),
    "retrieved": ("retrieved",),
}
_OURS = {"title", "published", "outlet", "lang", "url"}
"""Keys that every article file of ours has."""
_PAIR = re.compile(r"^([A-Za-z_-]{2,30})[ \t]*:[ \t]+(\S.{0,2000})$", re.MULTILINE)
_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What a front matter says; None where it is silent or makes no sense."""

    title: str | None = None
    subtitle: str | None = None
    published: When | None = None
    reposted: When | None = None
    outlet: str | None = None
    lang: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: str | None = None
    summary: str | None = None
    retrieved: When | None = None
    ours: bool = False
    """Whether it is that of an article file of ours."""
    notes: tuple[str, ...] = ()


def has_keys(front: str) -> bool:
    """Return whether a text between rules has lines of keys and values."""
    return bool(_PAIR.search(front))


def read_front(front: str, name: str) -> Front:
    """Read a front matter; of one that is no YAML, the values that stand on a line of their own."""
    try:
        block = read_block(front, Path(name), fault=lambda path, problem, line: ArticleError(path, problem, line=line), first_line=2)
    except ArticleError as error:
        return _front(_salvaged(front), [f"front matter read line by line; line {error.line}: {error.problem}"], ours=False)
    if block is None:
        return Front()
    notes: list[str] = []
    return _front(_known(block, notes), notes, ours=all(key in block for key in _OURS))


def _salvaged(front: str) -> dict[str, tuple[str, ...]]:
    pairs: dict[str, str] = {}
    for key, value in _PAIR.findall(front):
        if value[0] not in "[{!&*|>%@`":
            pairs.setdefault(key, clean_line(value.strip(" \"'")))
    found = {ours: next((pairs[key] for key in keys if pairs.get(key)), None) for ours, keys in _NAMES.items()}
    return {ours: (value,) for ours, value in found.items() if value}


def _known(block: Block, notes: list[str]) -> dict[str, tuple[str, ...]]:
    values = {}
    for ours, keys in _NAMES.items():
        for key in (key for key in keys if key in block and ours not in values):
            try:
                read = block.texts(key) if ours in {"authors", "tags"} else (block.text(key) or "",)
            except ArticleError as error:
                notes.append(f"left out: {error.problem}")
                continue
            if lines := tuple(line for value in read if (line := clean_line(value))):
                values[ours] = lines
    return values


def _front(values: dict[str, tuple[str, ...]], notes: list[str], *, ours: bool) -> Front:
    def one(key: str, read: Callable[[str], _T | None]) -> _T | None:
        if key not in values:
            return None
        value = read(values[key][0])
        if value is None:
            notes.append(f"left out: {key} is {values[key][0][:60]!r}")
        return value

    return Front(
        title=one("title", str), subtitle=one("subtitle", str), published=one("published", parse_stated),
        reposted=one("reposted", parse_stated), outlet=one("outlet", str), lang=one("lang", _lang), url=one("url", _url),
        authors=values.get("authors", ()), tags=values.get("tags", ()), section=one("section", str), summary=one("summary", str),
        retrieved=one("retrieved", parse_stated), ours=ours, notes=tuple(notes),
    )


def _lang(value: str) -> str | None:
    tag = value.replace("_", "-")
    return tag if _LANG.fullmatch(tag) else None


def _url(value: str) -> str | None:
    return value if is_address(value) else None
