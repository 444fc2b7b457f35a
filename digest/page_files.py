"""The Markdown pages that a site is made from, as they lie on disk: what has to be known of all of them to build a few."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

__all__ = ["PageFile", "describe_file", "nav_pages", "stub_of", "told_pages"]

_UNTOLD = "\ntold: false\n"
_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
_KEPT = re.compile(r"^(?:title|lang|body|tree|told): .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file among the pages: a page, or something that is published as it is."""

    path: str
    """From the folder of the pages."""
    version: str
    """The SHA-256 of what it holds."""
    told: bool = True
    """Whether search engines may take a page for one in the language of its tree."""

    @property
    def is_page(self) -> bool:
        """Whether it is Markdown."""
        return self.path.endswith(".md")


def describe_file(path: str, text: str) -> PageFile:
    """Return what is to be known of a file."""
    return PageFile(path, sha256(text.encode()).hexdigest(), not (path.endswith(".md") and _UNTOLD in _front(text)))


def told_pages(files: Iterable[PageFile]) -> dict[str, bool]:
    """Return the paths of all pages, and whether search engines may take each for one in the language of its tree."""
    return {file.path: file.told for file in files if file.is_page}


def _front(text: str) -> str:
    found = _FRONT.match(text)
    return f"\n{found[1]}" if found else ""


def stub_of(text: str) -> str:
    """Return of a page what those that link to it in the navigation say of it."""
    return f"---\n{''.join(_KEPT.findall(_front(text)))}---\n"


def nav_pages(nav: Any, languages: Iterable[str]) -> Iterator[str]:
    """Yield the pages of a navigation, as mkdocs.yml lists them, in the trees of all languages."""
    _, *others = languages
    for place in _places(nav):
        yield from (place, *(f"{lang}/{place}" for lang in others))


def _places(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _places(item)
