"""Import files: find them, read each by its kind, and put it on the shelf; what cannot be used is refused by name."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from digest.errors import ArticleError
from digest.ingest.decode import load_source
from digest.ingest.raw import RawArticle
from digest.ingest.shelf import Shelf, outlet_of
from digest.settings import Settings, load_settings

__all__ = ["READERS", "Added", "add_files", "iter_added"]

log = logging.getLogger(__name__)

READERS = {
    ".txt": "digest.ingest.text:read_text",
    ".html": "digest.ingest.html:read_html",
    ".htm": "digest.ingest.html:read_html",
    ".xhtml": "digest.ingest.html:read_html",
    ".md": "digest.ingest.markdown:read_markdown",
    ".markdown": "digest.ingest.markdown:read_markdown",
}
"""Which reader takes a file, by its suffix: "module:function", imported when used."""
_OTHER_KINDS = {
    ".csv", ".doc", ".docx", ".epub", ".gif", ".gz", ".jpeg", ".jpg", ".json", ".odt", ".pdf", ".png", ".rtf", ".xml", ".yml", ".zip",
}
_LONGEST_TITLE = 1_000
_NOT_PRESENT = ("published", "outlet", "url", "authors")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one source."""

    source: Path
    article: Path | None
    """The article file that was written, or was there already."""
    state: str
    """`added`, `unchanged`, `updated` or `refused`."""
    unknown: tuple[str, ...] = ()
    """Fields that the source does not tell."""
    notes: tuple[str, ...] = ()
    problem: str | None = None
    """Why it was refused."""


def add_files(paths: Sequence[Path], content: Path) -> tuple[Added, ...]:
    """Import files and folders into `content/articles`; one result a file, in the order found.

    Raises:
        SettingsError: the folder's settings are wrong.
    """
    return tuple(iter_added(paths, content))


def iter_added(paths: Sequence[Path], content: Path) -> Iterator[Added]:
    """Import files and folders as `add_files` does, each when its result is asked for."""
    settings = load_settings(content)
    shelf = Shelf.of(content, settings)
    missing = not content.exists()
    for path in _sources(paths):
        added = _add(path, shelf, settings)
        if missing and added.article:
            log.info("%s is a new content folder", content)
            missing = False
        yield added


def _sources(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files named, and those in folders that have a reader, sorted; hidden ones are passed over."""
    seen = set()
    for path in paths:
        found = (inner for inner in sorted(path.rglob("*")) if _is_source(inner, path)) if path.is_dir() else (path,)
        for source in found:
            if source not in seen:
                seen.add(source)
                yield source


def _is_source(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.suffix.casefold() in READERS and path.is_file()


def _add(source: Path, shelf: Shelf, settings: Settings) -> Added:
    try:
        raw = _read(source)
        outlet = outlet_of(raw, settings)
        article, state, note = shelf.put(raw, outlet)
    except ArticleError as error:
        return Added(source, None, "refused", problem=error.problem)
    told = {"published": raw.published, "outlet": outlet, "url": raw.url, "authors": raw.authors}
    unknown = (*(key for key in _NOT_PRESENT if not told[key]), *(() if raw.lang else ("lang",)))
    return Added(source, article, state, unknown, (*raw.notes, *_dropped(raw), *((note,) if note else ())))


def _dropped(raw: RawArticle) -> tuple[str, ...]:
    """Return one note that counts the lines that are not the article's."""
    kinds = Counter(line.kind for line in raw.dropped if line.kind not in {"title", "header"})
    total = kinds.total()
    names = ", ".join(kind if count == 1 else f"{kind} ({count})" for kind, count in sorted(kinds.items()))
    return (f"{total} line{'s' if total > 1 else ''} dropped: {names}",) if total else ()


def _read(source: Path) -> RawArticle:
    suffix = source.suffix.casefold()
    if suffix in _OTHER_KINDS:
        raise ArticleError(source, f"{suffix} files are not read; expected text, HTML or Markdown ({', '.join(sorted(READERS))})")
    text = load_source(source, html="html" in READERS.get(suffix, "html"))
    module, _, function = READERS.get(suffix, _sniffed(text)).partition(":")
    article: RawArticle = getattr(import_module(module), function)(text, str(source))
    if len(article.title) > _LONGEST_TITLE:
        raise ArticleError(source, f"a title of more than {_LONGEST_TITLE:,} characters")
    return article


def _sniffed(text: str) -> str:
    """Return the reader for a file without a known suffix, by how it begins."""
    start = text.lstrip("\ufeff \t\r\n")[:2_000].casefold()
    if start.startswith(("<!doctype html", "<html")) or ("<html" in start and start.startswith("<")):
        return READERS[".html"]
    return READERS[".md"] if start.startswith("---\n") and "\ntitle:" in start else READERS[".txt"]
