"""The handbook: the documents in `docs/`, a page each, in English and the same in every digest of this version of the program."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from markdown import Markdown

__all__ = ["HANDBOOK", "PACKAGED_DOCS", "Chapter", "load_chapters"]

HANDBOOK = "handbook/"
"""Where it stands in a site: once for all languages."""
_PROGRAM = Path(__file__).parent
PACKAGED_DOCS = _PROGRAM / "docs" if (_PROGRAM / "docs").is_dir() else _PROGRAM.parent / "docs"
"""The documents that come with the program: inside the package in a wheel, beside it in the repository; it works without them."""
_FIRST = "README"
"""The document that lists all others."""
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>\n")
_LINK = re.compile(r'<a href="([\w-]+)\.md(#[\w-]+)?">')
_LONG = 4
"""A chapter of so many parts begins with a list of them."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the handbook."""

    address: str
    """From the site's root."""
    title: str
    html: str
    """What stands below the title, as one element."""


@cache
def load_chapters() -> Mapping[str, Chapter]:
    """Return the chapters by address; none where the program came without its documents."""
    if not (PACKAGED_DOCS / f"{_FIRST}.md").is_file():
        return {}
    chapters = [_read(path) for path in sorted(PACKAGED_DOCS.glob("*.md"))]
    return {chapter.address: chapter for chapter in chapters}


def _address(name: str) -> str:
    return HANDBOOK if name == _FIRST else f"{HANDBOOK}{name}/"


def _read(path: Path) -> Chapter:
    """Return a document as a chapter: below its title the way back to the list of chapters and, where it is long, its parts."""
    reader = Markdown(extensions=["fenced_code", "tables", "toc"], extension_configs={"toc": {"toc_depth": "2-2"}})
    written, address = reader.convert(path.read_text("utf-8")), _address(path.stem)
    title = _HEADING.match(written)
    up = "" if path.stem == _FIRST else f'<p class="up"><a href="{_FIRST}.md">Handbook</a></p>\n'
    parts = reader.toc if len(reader.toc_tokens) >= _LONG and up else ""
    text = _LINK.sub(lambda link: f'<a href="{_relative(link[1], address)}{link[2] or ""}">', up + parts + _HEADING.sub("", written, 1))
    return Chapter(address, unescape(title[1]) if title else path.stem, f'<div class="handbook" lang="en" dir="ltr">\n{text}\n</div>')


def _relative(name: str, address: str) -> str:
    """Return the link to a chapter from the one at an address."""
    return posixpath.relpath(_address(name), address) + "/"
