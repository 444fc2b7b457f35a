"""Import sources: find the articles in each, and put them on the shelf; what cannot be used is refused by name."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import ArticleError
from digest.ingest.listed import read_addresses
from digest.ingest.names import host_of
from digest.ingest.raw import Dropped, RawArticle
from digest.ingest.shelf import Shelf, outlet_of
from digest.ingest.sources import LISTS, READERS, Found, find_articles, suffix_of
from digest.locking import alone_in
from digest.settings import Settings, load_settings

if TYPE_CHECKING:
    from digest.fetch.web import Web

__all__ = ["Added", "add_files", "iter_added", "put_found"]

log = logging.getLogger(__name__)

_USED = frozenset({"title", "header", "address", "source"})
"""Kinds of lines that are no part of the text, but tell something of the article."""
_SHOWN = 60
"""Characters of a dropped line that are told."""
_NOT_PRESENT = ("published", "outlet", "url", "authors")
_IN_FOLDERS = {*READERS, *LISTS} - {".json"}
"""Kinds of files that a folder is searched for; JSON may be anything."""
_NAMED = (".csv", ".json", ".opml")
"""Kinds that are read where they are named."""
_ADDRESSES = ("http://", "https://")
_KINDS = 8
"""Kinds of files passed over that are told."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article of a source."""

    source: str
    """A file, an address, or a place in a file."""
    article: Path | None
    """The file that was written, or was there already."""
    state: str
    """`added`, `unchanged`, `updated` or `refused`."""
    unknown: tuple[str, ...] = ()
    """Fields that the source does not tell."""
    notes: tuple[str, ...] = ()
    problem: str | None = None
    """Why it was refused."""


def add_files(sources: Sequence[Path | str], content: Path) -> tuple[Added, ...]:
    """Import files, folders and addresses into `content/articles`; one result an article, in the order found.

    Raises:
        SettingsError: the folder's settings are wrong.
    """
    return tuple(iter_added(sources, content))


def iter_added(sources: Sequence[Path | str], content: Path, web: "Web | None" = None) -> Iterator[Added]:
    """Import sources as `add_files` does, each when its result is asked for; `web` is what addresses are fetched with."""
    settings = load_settings(content)
    missing = not content.exists()
    with nullcontext() if missing else alone_in(content):
        for added in _added(sources, Shelf.of(content, settings), settings, cache(lambda: web or _open_web(settings, content))):
            if missing and added.article:
                log.info("%s is a new content folder", content)
                missing = False
            yield added


def _open_web(settings: Settings, content: Path) -> "Web":
    from digest.fetch.web import open_web

    return open_web(settings, content)


def _added(sources: Sequence[Path | str], shelf: Shelf, settings: Settings, web: "Callable[[], Web]") -> Iterator[Added]:
    for source in _sources(sources, shelf.content):
        if isinstance(source, Found):
            yield put_found(source, shelf, settings)
        elif isinstance(source, Path) and suffix_of(source) == ".opml":
            yield from _outlets(source, shelf.content)
        else:
            yield from (put_found(found, shelf, settings) for found in _found(source, web))


def _sources(sources: Sequence[Path | str], content: Path) -> Iterator[Path | str | Found]:
    """Yield the files and addresses named, and the files in folders that have a reader, sorted; hidden ones are passed over."""
    seen: set[Path | str | Found] = set()
    for source in sources:
        for found in (source,) if isinstance(source, str) and source.startswith(_ADDRESSES) else _files(source, content):
            if found not in seen:
                seen.add(found)
                yield found


def _files(source: Path | str, content: Path) -> Iterator[Path | Found]:
    """Yield the file of a name, or the files of a folder; what may be no source at all is refused."""
    path = Path(source)
    if not str(source).strip():
        yield Found(name="“”", problem="an empty name; expected a file, a folder or an address")
        return
    if not path.is_dir():
        yield path
        return
    if content.exists() and content.resolve().is_relative_to(path.resolve()):
        yield Found(name=str(path), problem="the digest itself lies in this folder; name files, or a folder with nothing but articles")
        return
    inner = [found for found in sorted(path.rglob("*")) if not _is_hidden(found, path) and found.is_file()]
    others = Counter(suffix_of(found) or "without an ending" for found in inner if suffix_of(found) not in _IN_FOLDERS)
    if others:
        kinds = [f"{kind} ({count})" if count > 1 else kind for kind, count in sorted(others.items())]
        more = f" and {len(kinds) - _KINDS} more kinds" if len(kinds) > _KINDS else ""
        named = " and ".join(kind for kind in _NAMED if kind in others)
        log.info("%s: passed over in a folder: %s%s%s", path, ", ".join(kinds[:_KINDS]), more, f"; name {named} itself" if named else "")
    yield from (found for found in inner if suffix_of(found) in _IN_FOLDERS)


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _at_address(url: str, web: "Callable[[], Web]") -> Iterator[Found]:
    from digest.fetch.pages import fetch_articles

    yield from fetch_articles(url, web(), datetime.now(UTC).date())


def _found(source: Path | str, web: "Callable[[], Web]") -> Iterator[Found]:
    """Yield the articles of a source; the web is opened when the first address is met."""
    try:
        if isinstance(source, str):
            yield from _at_address(source, web)
        elif suffix_of(source) == ".csv":
            for url in read_addresses(source):
                yield from (replace(found, name=f"{source}: {found.name}") for found in _at_address(url, web))
        else:
            yield from find_articles(source)
    except ArticleError as error:
        yield Found(name=str(source), problem=error.problem)


def _outlets(source: Path, content: Path) -> Iterator[Added]:
    from digest.ingest.opml import add_feeds

    try:
        yield from (Added(f"{source}: {row.feed}", None if row.problem else row.file, row.state, problem=row.problem)
                    for row in add_feeds(source, content))
    except ArticleError as error:
        yield Added(str(source), None, "refused", problem=error.problem)


def put_found(found: Found, shelf: Shelf, settings: Settings) -> Added:
    """Put an article that was found on the shelf, or tell why not."""
    raw = found.raw
    if raw is None:
        return Added(found.name, None, "refused", problem=found.problem)
    outlet = outlet_of(raw, settings, found.fetched)
    try:
        article, state, note = shelf.put(raw, outlet)
    except ArticleError as error:
        return Added(found.name, None, "refused", problem=error.problem)
    told = {"published": raw.published, "outlet": outlet, "url": raw.url, "authors": raw.authors}
    host = host_of(found.fetched or raw.url) if outlet is None else None
    hint = f"{host} is among no outlet's domains in outlets.yml" if host else None
    unknown = (*(key for key in _NOT_PRESENT if not told[key]), *(() if raw.lang else ("lang",)))
    return Added(found.name, article, state, unknown, (*raw.notes, *_dropped(raw), *filter(None, (note, hint))))


def _dropped(raw: RawArticle) -> tuple[str, ...]:
    """Return one note that counts the lines that are not the article's."""
    lines = [line for line in raw.dropped if line.kind not in _USED]
    kinds = Counter(line.kind for line in lines)
    names = ", ".join(_kind(kind, count, lines) for kind, count in sorted(kinds.items()))
    return (f"{len(lines)} line{'s' if len(lines) > 1 else ''} dropped: {names}",) if lines else ()


def _kind(kind: str, count: int, lines: Sequence[Dropped]) -> str:
    """Return how many lines of a kind there were, and of a subheading what it says: it may have been part of the text."""
    said = [f"“{line.text[:_SHOWN]}{'…' if len(line.text) > _SHOWN else ''}”" for line in lines if line.kind == kind == "subheading"]
    return " ".join((kind if count == 1 else f"{kind} ({count})", *said))
