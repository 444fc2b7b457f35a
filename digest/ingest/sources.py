"""Find the articles that a file holds: one, or a list of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from digest.errors import ArticleError
from digest.ingest.addresses import tidy_address
from digest.ingest.decode import load_source
from digest.ingest.raw import RawArticle

__all__ = ["LISTS", "READERS", "Found", "attempt", "find_articles", "suffix_of"]

READERS = {
    ".txt": "digest.ingest.text:read_text",
    ".html": "digest.ingest.html:read_html",
    ".htm": "digest.ingest.html:read_html",
    ".xhtml": "digest.ingest.html:read_html",
    ".md": "digest.ingest.markdown:read_markdown",
    ".markdown": "digest.ingest.markdown:read_markdown",
}
"""Which reader takes a file of one article, by its suffix: "module:function", imported when used."""
LISTS = {
    ".rss": "digest.ingest.feed_file:read_feed_file",
    ".atom": "digest.ingest.feed_file:read_feed_file",
    ".xml": "digest.ingest.feed_file:read_feed_file",
    ".json": "digest.ingest.feed_file:read_feed_file",
    ".warc": "digest.ingest.warc:read_warc",
    ".warc.gz": "digest.ingest.warc:read_warc",
}
"""Which reader takes a file of many articles."""
_OTHER_KINDS = {
    ".doc": "a Word document", ".docx": "a Word document", ".epub": "an e-book", ".gif": "an image", ".gz": "an archive",
    ".jpeg": "an image", ".jpg": "an image", ".odt": "a text document", ".pdf": "a PDF", ".png": "an image", ".rtf": "a text document",
    ".yml": "settings", ".yaml": "settings", ".zip": "an archive",
}
_LONGEST_TITLE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that a source holds, or why it cannot be used."""

    name: str
    """What to call it to people: a file, an address, or a place in a file."""
    raw: RawArticle | None = None
    problem: str | None = None
    fetched: str | None = None
    """The address that it was really found at; None where only its own word tells."""


def find_articles(path: Path) -> Iterator[Found]:
    """Yield the articles of a file.

    Raises:
        ArticleError: the file as a whole cannot be used.
    """
    suffix = suffix_of(path)
    if suffix in LISTS:
        yield from _loaded(LISTS[suffix])(path)
        return
    yield Found(name=str(path), raw=_checked(_read(path, suffix), path))


def suffix_of(path: Path) -> str:
    """Return a file's suffix, in small letters; both of a packed archive."""
    name = path.name.casefold()
    return ".warc.gz" if name.endswith(".warc.gz") else path.suffix.casefold()


def _checked(raw: RawArticle, path: Path) -> RawArticle:
    """Return an article with a tidy address.

    Raises:
        ArticleError: it has a title that is none.
    """
    if len(raw.title) > _LONGEST_TITLE:
        raise ArticleError(path, f"a title of more than {_LONGEST_TITLE:,} characters")
    return replace(raw, url=tidy_address(raw.url)) if raw.url else raw


def attempt(name: str, read: Callable[[], RawArticle], fetched: str | None = None) -> Found:
    """Return what a reader makes of one of many articles: one that cannot be used costs no other."""
    try:
        return Found(name=name, raw=_checked(read(), Path(name)), fetched=fetched)
    except ArticleError as error:
        return Found(name=name, problem=error.problem)


def _read(path: Path, suffix: str) -> RawArticle:
    if kind := _OTHER_KINDS.get(suffix):
        expected = ", ".join(sorted((*READERS, *LISTS, ".csv", ".opml")))
        raise ArticleError(path, f"{kind} is not read; expected text, HTML, Markdown, a feed, a web archive or a list ({expected})")
    text = load_source(path, html="html" in READERS.get(suffix, "html"))
    article: RawArticle = _loaded(READERS.get(suffix, _sniffed(text)))(text, str(path))
    return article


def _loaded(name: str) -> Any:
    """Return the reader of a "module:function"."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def _sniffed(text: str) -> str:
    """Return the reader for a file without a known suffix, by how it begins."""
    start = text.lstrip("\ufeff \t\r\n")[:2_000].casefold()
    if start.startswith(("<!doctype html", "<html")) or ("<html" in start and start.startswith("<")):
        return READERS[".html"]
    return READERS[".md"] if start.startswith("---\n") and "\ntitle:" in start else READERS[".txt"]
