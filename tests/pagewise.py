"""The pages of a built site as readers' programs see them: each with its language, direction and links."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from conftest import Desk
from lxml import etree

from digest.built import read_page
from digest.catalog import load_catalog
from digest.settings import Settings, load_settings

__all__ = ["BuiltPage", "pages_of"]


@dataclass(frozen=True)
class BuiltPage:
    """One page of a built site."""

    address: str
    """From the site's root."""
    tree: etree._Element
    settings: Settings

    @property
    def lang(self) -> str:
        """The language of the settings in whose tree it lies."""
        return next((lang for lang in self.settings.languages[1:] if self.address.startswith(f"{lang}/")), self.settings.language)

    @property
    def place(self) -> str:
        """Its address within its tree."""
        return self.address.removeprefix(f"{self.lang}/") if self.lang != self.settings.language else self.address

    @property
    def frame(self) -> str:
        """The language in which the words around it are."""
        return load_catalog(self.lang).lang

    @property
    def is_source(self) -> bool:
        return self.address.startswith("sources/")

    @property
    def is_handbook(self) -> bool:
        """Whether it is a chapter, in English and the same in every digest."""
        return self.address.startswith("handbook/")

    @property
    def is_shared(self) -> bool:
        """Whether it stands once for all languages."""
        return self.is_source or self.is_handbook

    @cached_property
    def main(self) -> etree._Element:
        found: etree._Element = self.tree.find(".//main//article")
        return found

    @cached_property
    def fallen(self) -> bool:
        """Whether it is told in the site's own language in the place of its tree's."""
        return bool(self.main.xpath(".//p[@class='fallback']"))

    @property
    def told_in(self) -> str:
        """The language of the settings that its text is told in."""
        return self.settings.language if self.fallen else self.lang

    def lang_of(self, element: etree._Element) -> str:
        """Return the language that an element is said to be in."""
        return self._nearest(element, "lang")

    def dir_of(self, element: etree._Element) -> str:
        """Return the direction in which an element runs; that of the page's text where nothing says another."""
        return self._nearest(element, "dir")

    def _nearest(self, element: etree._Element, name: str) -> str:
        return next(value for holder in (element, *element.iterancestors()) if (value := holder.get(name)))

    def marked(self, name: str) -> list[etree._Element]:
        """Return the elements of its text with a mark."""
        return list(self.main.xpath(f".//*[@{name}]"))

    def target(self, link: str) -> str:
        """Return where one of its links leads, from the site's root."""
        path = unquote(link.partition("#")[0])
        joined = posixpath.normpath(posixpath.join("/", self.address, path)).lstrip("/")
        return f"{joined}/" if joined and not Path(joined).suffix else joined


def pages_of(desk: Desk) -> list[BuiltPage]:
    """Return all pages of a site but its error page."""
    settings = load_settings(desk.content)
    return list(_read(desk.site, settings))


def _read(site: Path, settings: Settings) -> Iterator[BuiltPage]:
    for path in sorted(site.rglob("index.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        yield BuiltPage(address, read_page(path.read_bytes()), settings)
