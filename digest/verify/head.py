"""Hold what the head of a page tells search engines and shared links against the page: every word of it stands there too."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from lxml import etree

from digest.catalog import Catalog, locale_code
from digest.described import describe, plain
from digest.escape import visible
from digest.marks import QUOTE, parse_quote_mark
from digest.translation import EDITOR
from digest.verify.evidence import Evidence
from digest.verify.words import is_interface

__all__ = ["MISSING", "PageHead"]

MISSING = "404.html"
"""The page of an address that does not exist: it has no place of its own, and speaks all languages of the site."""
_ONCE = ("description", "og:description", "og:title", "og:site_name", "og:type", "og:locale")
"""What every page tells, once."""
_PLAIN = {
    "viewport": re.compile("width=device-width, ?initial-scale=1"), "robots": re.compile("[a-z, ]{1,40}"),
    "generator": re.compile(r"mkdocs-[\w.]{1,20}, mkdocs-material-[\w.+]{1,20}"), "referrer": re.compile("[a-z-]{1,40}"),
    "color-scheme": re.compile("[a-z ]{1,20}"), "theme-color": re.compile("#[0-9a-fA-F]{3,8}"), "og:type": re.compile("website|article"),
}
"""The `<meta>` that say nothing of the news."""
_MARKS = etree.XPath(f".//@{QUOTE}")
_CANONICAL = etree.XPath("//link[@rel = 'canonical']/@href")


@dataclass(frozen=True, slots=True)
class PageHead:
    """The head of a page, and what it may say."""

    tree: etree._Element
    main: etree._Element
    address: str
    """That of the page, from the site's root."""
    lang: str
    """The language that its text is told in, as `digest.yml` names it."""
    catalog: Catalog
    """The words of its text."""
    frame: Catalog
    """The words around its text."""
    told: frozenset[str]
    """Its headings, and what stands in every footer."""
    evidence: Evidence

    def faults(self) -> Iterator[str]:
        """Yield what it says that does not stand on the page, and what it does not say."""
        checks, names = self._checks(), []
        for meta in self.tree.iter("meta"):
            if meta.get("http-equiv") is None and meta.get("charset") is None:
                name, content = meta.get("name", meta.get("property", "")), visible(meta.get("content", ""))
                names.append(name)
                if not checks.get(name, partial(self._is_plain, name))(content):
                    yield f"<meta> {name[:40]} “{content[:80]}” is no quotation, no heading of the page and no word of the interface"
        links, known = _CANONICAL(self.tree), self._addresses()
        if self.address == MISSING:
            return
        if [link in known for link in links] != [True] * bool(known):
            yield f"is found under “{str(links)[:120]}”, not under its own address"
        once = (*_ONCE, "og:url") if known else _ONCE
        yield from (f"has {names.count(name) or 'no'} <meta> {name}" for name in once if names.count(name) != 1)

    def _checks(self) -> Mapping[str, Callable[[str], bool]]:
        """Return what decides, by its name, whether a `<meta>` is true."""
        title, own = visible(self.evidence.settings.title), locale_code(self.lang)
        others = {locale_code(lang) for lang in self.evidence.settings.languages} - {own}
        home = self.address == self.evidence.tree_of(self.address)
        return {"description": self._describes, "og:description": self._describes, "og:site_name": title.__eq__, "og:locale": own.__eq__,
                "og:locale:alternate": others.__contains__, "og:url": lambda content: [content] == list(_CANONICAL(self.tree)),
                "og:title": title.__eq__ if home else self._is_heading}

    def _addresses(self) -> set[str]:
        """Return where search engines may look for the page: at its own address, or that of the same place in the first language."""
        base = self.evidence.address
        return {base + self.address, base + self.address.removeprefix(self.evidence.tree_of(self.address))} if base else set()

    def _is_plain(self, name: str, content: str) -> bool:
        return (name in _PLAIN and _PLAIN[name].fullmatch(content) is not None) or self._is_heading(content)

    def _is_heading(self, content: str) -> bool:
        return content in self.told or is_interface(content, self.frame.lang)

    def _describes(self, content: str) -> bool:
        """Return whether a description is a quotation of the page or a word of the interface; that a program translated has to be said."""
        title = self.evidence.titles.get(self.address, {"translated": None})["translated"]
        silent = title is not None and title["engine"] != EDITOR
        bare = content.removesuffix(f" {plain(self.catalog, 'machine_notice')}") if silent else content
        if is_interface(bare, self.catalog.lang):
            return bare != content or not silent
        return any(told == (content if by_machine else bare) and (by_machine or bare != content or not silent)
                   for told, by_machine in self._quotations())

    def _quotations(self) -> Iterator[tuple[str, bool]]:
        """Yield the page's quotations as a description has them, and whether a program translated them."""
        for mark in dict.fromkeys(map(str, _MARKS(self.main))):
            quoted, told = parse_quote_mark(mark), self.evidence.translations.get((self.lang, mark))
            article = self.evidence.articles.get(quoted.article) if quoted else None
            if quoted is None or article is None or article.version != quoted.version:
                continue
            outlet = self.evidence.settings.outlet(article.outlet)
            say = partial(describe, self.catalog, outlet.name if outlet else None, article.text[quoted.start:quoted.end])
            for translation in (told, None) if told else (None,):
                by_machine = translation is not None and translation.engine != EDITOR
                yield say((), translation), by_machine
                yield say(self.evidence.aids(quoted), translation), by_machine
