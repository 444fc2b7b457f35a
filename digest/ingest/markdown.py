"""Read Markdown: its front matter as data, its body as plain paragraphs. HTML in it stays text."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from digest._yaml import Block, read_block
from digest.clean import clean_line, clean_text
from digest.errors import ArticleError
from digest.ingest.dates import parse_stated
from digest.ingest.header import read_header
from digest.ingest.language import detect_language, settle_language
from digest.ingest.plain import plain_lines
from digest.ingest.raw import RawArticle
from digest.ingest.sift import Sifted, sift_lines
from digest.ingest.text import assemble, unescape_evident
from digest.models import When
from digest.settings import is_address

__all__ = ["read_markdown"]

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n?^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_PAIR = re.compile(r"^([A-Za-z_-]{2,30})[ \t]*:[ \t]+(\S.{0,2000})$", re.MULTILINE)
_NAMES = {
    "title": ("title", "headline"), "subtitle": ("subtitle", "dek", "standfirst"), "published": ("published", "date", "datePublished", "pubdate"), "reposted": ("reposted",),
    "outlet": ("outlet", "source", "publisher", "site", "sitename"), "lang": ("lang", "language", "locale"), "url": ("url", "link", "canonical", "canonical_url"),
    "authors": ("authors", "author", "byline"), "tags": ("tags", "keywords"), "section": ("section", "category"), "summary": ("summary", "description", "excerpt"),
    "retrieved": ("retrieved",),
}
_OURS = ("title", "published", "outlet", "lang", "url")
"""Keys that every article file of ours has: its body is kept as it stands."""


def read_markdown(text: str, name: str) -> RawArticle:
    """Read a Markdown text.

    Raises:
        ArticleError: it has no title or no body.
    """
    text = clean_text(text)
    front, body = _part(text)
    values, notes = _front_values(front, name) if front is not None else ({}, ())
    if front is not None and not values:
        body, notes = (text, ()) if not _PAIR.search(front) else (body, notes)
    title = values.get("title")
    fields, wrong = _fields(values)
    article = _own(body, str(title), name) if title and all(key in values for key in _OURS) else _foreign(body, str(title) if title else None, name)
    article = replace(article, **{key: value for key, value in fields.items() if value}, notes=(*notes, *wrong))
    return replace(article, lang=settle_language(article.lang, f"{article.title}\n{article.text}") if "lang" not in fields else article.lang)


def _part(text: str) -> tuple[str | None, str]:
    found = _FRONT.match(text)
    return (found[1], text[found.end():]) if found else (None, text)


def _own(body: str, title: str, name: str) -> RawArticle:
    """Take the body of an article file of ours as it stands."""
    paragraphs = tuple(line for part in body.split("\n") if (line := " ".join(part.split())))
    if not paragraphs:
        raise ArticleError(Path(name), "no text after the front matter")
    return RawArticle(title=title, paragraphs=paragraphs, lang=detect_language(body))


def _foreign(body: str, title: str | None, name: str) -> RawArticle:
    marked, lines, dropped = plain_lines(unescape_evident(body))
    sifted = sift_lines(lines)
    title = title or marked
    header = read_header(sifted.kept, title)
    if not header.title:
        raise ArticleError(Path(name), "no title found; expected `title:` in the front matter or a first heading")
    return assemble(header, Sifted(sifted.kept, (*sifted.dropped, *dropped)), name)


def _front_values(front: str, name: str) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return the values of the front matter by our names; of one that is no YAML, those that stand on a line of their own."""
    try:
        block = read_block(front, Path(name), fault=lambda path, problem, line: ArticleError(path, problem, line=line), first_line=2)
    except ArticleError as error:
        return _salvaged(front), (f"front matter read line by line: {error.problem}",)
    return ({}, ()) if block is None else _known(block)


def _salvaged(front: str) -> dict[str, object]:
    pairs: dict[str, str] = {}
    for key, value in _PAIR.findall(front):
        if value[0] not in "[{!&*|>%@`":
            pairs.setdefault(key, clean_line(value.strip(" \"'")))
    return {ours: pairs[key] for ours, keys in reversed(_NAMES.items()) for key in reversed(keys) if pairs.get(key)}


def _known(block: Block) -> tuple[dict[str, object], tuple[str, ...]]:
    values: dict[str, object] = {}
    notes = []
    for ours, keys in _NAMES.items():
        read = block.texts if ours in {"authors", "tags"} else block.text
        for key in (key for key in keys if key in block and ours not in values):
            try:
                values[ours] = _cleaned(read(key))
            except ArticleError as error:
                notes.append(f"left out: {error.problem}")
    return values, tuple(notes)


def _cleaned(value: str | tuple[str, ...] | None) -> object:
    if isinstance(value, tuple):
        return tuple(line for part in value if (line := clean_line(part)))
    return clean_line(value or "") or None


def _fields(values: dict[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """Return the optional values that are what they should be, and notes on the others."""
    fields: dict[str, object] = {}
    notes = []
    for key, value in values.items():
        if value is None or key == "title":
            continue
        read = _READ.get(key, _as_is)(value)
        if read is None:
            notes.append(f"left out: {key} is {str(value)[:60]!r}")
        else:
            fields[key] = read
    return fields, tuple(notes)


def _as_is(value: object) -> object:
    return value


def _when(value: object) -> When | None:
    return parse_stated(value)


def _url(value: object) -> str | None:
    return str(value) if is_address(str(value)) else None


def _lang(value: object) -> str | None:
    tag = str(value).replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag) else None


def _many(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


_READ: dict[str, Callable[[object], object]] = {
    "published": _when, "reposted": _when, "retrieved": _when, "url": _url, "lang": _lang, "authors": _many, "tags": _many,
}
