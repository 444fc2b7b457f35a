"""Read and write article files (`content/articles/`); every file of a digest is written by `write_file`."""

import errno
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from digest._yaml import Block, did_you_mean, read_block
from digest.editors.withdrawn import Withdrawal, read_withdrawals
from digest.errors import ArticleError
from digest.files import read_file
from digest.models import Article, LeftOut, When
from digest.settings import RIGHTS, is_address, is_slug
from digest.strays import find_strays

__all__ = [
    "Articles", "article_path", "find_article", "format_article", "format_scalar", "normalize_text", "parse_article", "read_article",
    "read_articles", "write_file",
]

MAX_BYTES = 2_000_000
"""A file over this size is no article."""
_FRONT = re.compile(r"---\n(.*?\n)?---\n", re.DOTALL)
_OTHER_KEYS = ("retrieved", "summary")


@dataclass(frozen=True, slots=True)
class Articles:
    """What a content folder holds."""

    articles: tuple[Article, ...]
    """In `Article.order`."""
    left_out: tuple[LeftOut, ...]
    """What could not be used."""
    drafts: tuple[LeftOut, ...]
    """What is not to be published yet."""
    warnings: tuple[str, ...]
    withdrawn: tuple[Withdrawal, ...] = ()
    """What was taken out, oldest first."""


def normalize_text(text: str) -> str:
    """Return a text in the form that offsets count in: NFC, line ends LF."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_articles(content: Path, *, drafts: bool = False) -> Articles:
    """Read every article of a content folder; what cannot be read is left out and named.

    Raises:
        SettingsError: `withdrawn.yml` is wrong.
    """
    seen: dict[str, Path] = {}
    withdrawn = read_withdrawals(content)
    articles, left_out, drafted, warnings = [], [], [], list(find_strays(content))
    for path in sorted((content / "articles").rglob("*.md")):
        try:
            _refuse_withdrawn(path, withdrawn)
            article, unknown = read_article(path)
            _refuse_double(path, seen.get(article.id))
        except ArticleError as error:
            left_out.append(LeftOut(path, error.problem))
            warnings.append(f"left out: {error}")
            continue
        seen[article.id] = path
        warnings.extend(unknown)
        if article.draft and not drafts:
            drafted.append(LeftOut(path, "draft"))
        else:
            articles.append(article)
    taken = tuple(sorted(withdrawn.values(), key=lambda w: (w.day, w.article)))
    return Articles(tuple(sorted(articles, key=lambda a: a.order)), tuple(left_out), tuple(drafted), tuple(warnings), taken)


def _refuse_withdrawn(path: Path, withdrawn: Mapping[str, Withdrawal]) -> None:
    if taken := withdrawn.get(path.stem):
        raise ArticleError(path, f"withdrawn on {taken.day}, but its file is here; remove it, or run digest withdraw {path.stem} again")


def _refuse_double(path: Path, other: Path | None) -> None:
    if other:
        raise ArticleError(path, f"a file of this name is in {other.parent.name} too; rename one of them")


def read_article(path: Path) -> tuple[Article, tuple[str, ...]]:
    """Read one article file; return it and warnings about keys that nobody knows.

    Raises:
        ArticleError: it cannot be used.
    """
    try:
        raw = read_file(path, MAX_BYTES, linked=False)
        if len(raw) > MAX_BYTES:
            raise ArticleError(path, f"larger than {MAX_BYTES // 1_000_000} MB; an article is text")
        return parse_article(raw.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise ArticleError(path, "not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        linked = error.errno == errno.ELOOP
        raise ArticleError(path, "a link; put the article itself here" if linked else f"cannot be read: {error.strerror}") from error


def parse_article(raw: str, path: Path) -> tuple[Article, tuple[str, ...]]:
    """Read the content of an article file; return the article and warnings about unknown keys.

    Raises:
        ArticleError: it cannot be used.
    """
    raw = normalize_text(raw)
    found = _FRONT.match(raw)
    if not found:
        raise ArticleError(path, "expected front matter between two lines of ---; or import the file with digest add", line=1)
    block = read_block(found[1] or "", path, fault=lambda p, problem, line: ArticleError(p, problem, line=line), first_line=2)
    if block is None:
        raise ArticleError(path, "title is missing; expected a text", line=1)
    text = raw[found.end():]
    if not text.strip():
        raise ArticleError(path, "no text after the front matter")
    if not is_slug(path.stem):
        raise ArticleError(path, "expected a file name of small letters, digits and hyphens, at most 60; rename it")
    article = Article(
        id=path.stem, path=path, text=text, title=_title(block), lang=_lang(block), outlet=block.text("outlet"),
        published=_when(block, "published"), url=_url(block), authors=block.texts("authors"), subtitle=block.text("subtitle"),
        reposted=_when(block, "reposted"), republished_by=block.text("republished_by"), section=block.text("section"),
        tags=block.texts("tags"), copy_of=block.text("copy_of"), draft=block.flag("draft", default=False),
        rights=block.choice("rights", RIGHTS),
    )
    block.skip(*_OTHER_KEYS)
    return article, tuple(str(block.error(f"unknown key {key!r}; it is kept and not used", at=key)) for key in block.unknown())


def _title(block: Block) -> str:
    title = " ".join(block.need("title").split())
    if not title:
        raise block.error("title is empty; expected a text", at="title")
    return title


def _lang(block: Block) -> str:
    lang = block.need("lang")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
        raise block.error(f"lang: expected a language code like en or pt-BR, found {lang!r}", at="lang")
    return lang


def _when(block: Block, key: str) -> When | None:
    value = block.text(key)
    if value is None:
        return None
    try:
        when = When.parse(value)
    except ValueError as error:
        problem = f"{key}: expected a day like 2021-02-18 or a time like 2021-02-18T14:05+03:00, found {value!r}"
        raise block.error(problem, at=key) from error
    if not date(1800, 1, 1) <= when.day <= date(2200, 1, 1):
        raise block.error(f"{key}: {value!r} is not a publication day", at=key)
    return when


def _url(block: Block) -> str | None:
    value = block.text("url")
    if value is not None and not is_address(value):
        raise block.error(f"url: expected an address that starts with https:// or http://, found {value!r}", at="url")
    return value


def find_article(articles: Sequence[Article], ident: str, content: Path) -> Article:
    """Return the article of an id.

    Raises:
        ArticleError: there is none.
    """
    found = next((article for article in articles if article.id == ident), None)
    if found is None:
        hint = did_you_mean(ident, [article.id for article in articles]) or "; see digest stories for the ids"
        raise ArticleError(content / "articles", f"no article {ident!r} is here{hint}")
    return found


def article_path(content: Path, article_id: str, published: When | None) -> Path:
    """Return where an article's file belongs."""
    folder = f"{published.day.year}/{published.day.month:02}" if published else "undated"
    return Path(content, "articles", folder, f"{article_id}.md")


def format_article(front: dict[str, object], paragraphs: Sequence[str]) -> str:
    """Return the content of an article file: front matter in the order given, None as `null`, then the paragraphs."""
    head = "".join(f"{key}: {format_scalar(value)}\n" for key, value in front.items())
    return f"---\n{head}---\n" + "\n\n".join(paragraphs) + "\n"


def format_scalar(value: object) -> str:
    """Return a value as YAML on one line, in quotation marks only where they are needed."""
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_quoted(str(part), not_plain=',') for part in value)}]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(str(value))


def _quoted(text: str, not_plain: str = "\n") -> str:
    """Return a text as a YAML scalar on one line, in quotation marks only where they are needed."""
    text = unicodedata.normalize("NFC", text)
    if _PLAIN.fullmatch(text) and text not in _RESERVED and not_plain not in text:
        return text
    return yaml.dump(text, allow_unicode=True, default_style='"', width=10**6).strip()


_PLAIN = re.compile(r"[^\W_](?:[\w.,;/+?=&%~’–()'-]|:(?=\S)|\b#|/#| (?=\S)(?!#))*")
"""Texts that YAML reads back as they are without quotation marks (a careful part of them)."""
_RESERVED = {"null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"}


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: to a temporary place beside it, then moved. Text is written in UTF-8."""
    beside, written = path.with_name(f".{path.name}.new"), content.encode() if isinstance(content, str) else content
    try:
        beside.write_bytes(written)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(written)
    os.replace(beside, path)


