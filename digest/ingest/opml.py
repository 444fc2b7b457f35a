"""Read a list of subscriptions (OPML 2.0): its feeds become outlets of `outlets.yml`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.clean import clean_line
from digest.content import format_scalar, write_file
from digest.errors import ArticleError
from digest.files import read_file
from digest.ingest.names import host_of, name_of_host
from digest.ingest.shelf import outlet_at
from digest.settings import is_address, load_settings, read_editors_file
from digest.slugs import free_id

__all__ = ["Listed", "add_feeds"]

_MAX_BYTES = 5_000_000
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Listed:
    """What became of a feed of a list."""

    feed: str
    file: Path
    state: str
    """`added`, `unchanged` or `refused`."""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    feed: str
    name: str
    homepage: str | None


def add_feeds(path: Path, content: Path) -> tuple[Listed, ...]:
    """Write the feeds of a list to `outlets.yml`, those of one host as one outlet; what stands there already stays as it is.

    A host, and not all of its site: many outlets share `substack.com`.

    Raises:
        ArticleError: the file is no list of feeds.
        SettingsError: `outlets.yml` is wrong.
    """
    file = content / "outlets.yml"
    settings = load_settings(content)
    known = {feed for outlet in settings.outlets.values() for feed in outlet.feeds}
    results, fresh = [], dict[str, list[_Row]]()
    for row in _rows(path):
        host = host_of(row.homepage or row.feed) or row.feed
        if row.feed in known:
            results.append(Listed(row.feed, file, "unchanged"))
        elif owner := outlet_at(host, settings):
            results.append(Listed(row.feed, file, "refused", f"{owner} stands in outlets.yml; write this feed among its feeds"))
        else:
            results.append(Listed(row.feed, file, "added"))
            fresh.setdefault(host, []).append(row)
    if fresh:
        _append(file, [_block(host, rows) for host, rows in fresh.items()], set(settings.outlets))
    return tuple(results)


def _rows(path: Path) -> Iterator[_Row]:
    seen = set()
    for outline in _outlines(path):
        feed = (outline.get("xmlUrl") or "").strip()
        home = (outline.get("htmlUrl") or "").strip()
        name = clean_line(outline.get("title") or outline.get("text") or "")[:200]
        if is_address(feed) and feed not in seen:
            seen.add(feed)
            yield _Row(feed, name or name_of_host(host_of(feed) or feed), home if is_address(home) else None)
    if not seen:
        raise ArticleError(path, "no feeds in it; expected an OPML file with outlines that have an xmlUrl")


def _outlines(path: Path) -> list[Any]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        raw = read_file(path, _MAX_BYTES)
        if len(raw) > _MAX_BYTES:
            raise ArticleError(path, f"larger than {_MAX_BYTES // 1_000_000} MB")
        root = etree.fromstring(raw, parser)
    except OSError as error:
        raise ArticleError(path, f"cannot be read: {error.strerror or error}") from error
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError(path, "no XML that can be read") from error
    return [] if root is None else list(root.iter("outline"))[:_MOST]


def _block(host: str, rows: list[_Row]) -> dict[str, object]:
    """Return what a list tells of an outlet: nothing of it is guessed, so an editor has the rest to add."""
    first = min(rows, key=lambda row: len(row.name))
    return {"name": first.name, "homepage": next((row.homepage for row in rows if row.homepage), None), "domains": [host],
            "feeds": [row.feed for row in rows]}


def _append(file: Path, blocks: list[dict[str, object]], ids: set[str]) -> None:
    """Add outlets at the end of the file, and keep it only if it can be read then."""
    before = read_editors_file(file)
    text = before if not before or before.endswith("\n") else f"{before}\n"
    for block in blocks:
        ident = free_id(str(block["name"]), ids)
        lines = [f"- id: {ident}", *(f"  {key}: {format_scalar(value)}" for key, value in block.items() if value)]
        text += "\n".join(lines) + "\n"
    write_file(file, text)
