"""Bring the generated pages on disk up to date with the content: the Markdown that MkDocs reads."""

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from digest.content import write_file
from digest.pipeline import load_digest
from digest.render import render_pages, template_folders

__all__ = ["Written", "stamp_of", "write_pages"]

log = logging.getLogger(__name__)

_PROGRAM = Path(__file__).parent
_LIBRARIES = ("anyascii", "babel", "jinja2", "justext", "PyStemmer", "sentencex")
"""What the pages depend on beside this program."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, or was found up to date."""

    day: date | None
    """The edition's day."""
    warnings: tuple[str, ...]
    left_out: int
    """Articles left out."""
    topics: int
    articles: int


def stamp_of(pages: Path) -> Path:
    """Return the file that tells what the pages in a folder were made from."""
    return pages.with_name(f"{pages.name}.json")


def write_pages(content: Path, root: Path, pages: Path, *, drafts: bool = False, default_title: str = "Digest") -> Written:
    """Write the pages of a content folder's digest into `pages`, unless they are there and nothing changed since.

    A stamp stands beside them as long as any of them does, and tells that they are ours.

    Raises:
        DigestError: settings, records or templates are wrong; the pages stay as they were.
    """
    stamp = stamp_of(pages)
    fingerprint = _fingerprint(content, root, f"{drafts} {default_title}")
    if pages.is_dir() and (known := _read_stamp(stamp, fingerprint, pages)):
        return known
    log.info("reading and grouping the articles of %s", content.name)
    digest, warnings = load_digest(content, drafts=drafts, default_title=default_title)
    files = render_pages(digest, root)
    write_file(stamp, "{}")
    _synchronize(pages, files)
    topics = digest.edition.topics
    written = Written(digest.edition.day, warnings, len(digest.edition.left_out), len(topics), len(digest.articles))
    day = written.day.isoformat() if written.day else None
    write_file(stamp, json.dumps({"fingerprint": fingerprint, "pages": _written(pages), "day": day, "warnings": warnings,
                                  "left_out": written.left_out, "topics": written.topics, "articles": written.articles}))
    return written


def _read_stamp(path: Path, fingerprint: str, pages: Path) -> Written | None:
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["fingerprint"] != fingerprint or found["pages"] != _written(pages):
            return None
        day = date.fromisoformat(found["day"]) if found["day"] else None
        return Written(day, tuple(found["warnings"]), found["left_out"], found["topics"], found["articles"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _fingerprint(content: Path, root: Path, options: str) -> str:
    """Return a hash of everything the pages are made from: content, templates, this program, options."""
    seen = hashlib.sha256(options.encode())
    for path in _inputs(content, root):
        seen.update(f"\0{path}\0".encode(errors="surrogateescape"))
        seen.update(_hash(path))
    for library in _LIBRARIES:
        seen.update(f"{library} {version(library)}".encode())
    return seen.hexdigest()


def _hash(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return b"unreadable"


def _written(pages: Path) -> str:
    """Return a hash of the pages as they lie there, so that a missing or changed one is noticed."""
    seen = hashlib.sha256()
    for path in sorted(pages.rglob("*")):
        if path.is_file():
            seen.update(path.relative_to(pages).as_posix().encode() + b"\0" + _hash(path))
    return seen.hexdigest()


def _inputs(content: Path, root: Path) -> Iterator[Path]:
    own = [content / name for name in ("digest.yml", "outlets.yml", "overrides.yml", "withdrawn.yml", "ledger.json")]
    yield from (path for path in own if path.is_file())
    for folder in (content / "articles", content / "editions", content / "versions", *template_folders(root), _PROGRAM):
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in _READ)


_READ = {".md", ".json", ".yml", ".jinja", ".html", ".css", ".py"}


def _synchronize(pages: Path, files: dict[str, str]) -> None:
    """Make a folder hold exactly these files; what is right already is not touched."""
    for name, text in files.items():
        path = pages / name
        if not path.is_file() or path.read_bytes() != text.encode():
            write_file(path, text)
    for path in sorted(pages.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(pages).as_posix() not in files:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
