"""Hold the search index against the pages: it may tell what they show and nothing else, and is all that Pagefind makes of that.

Each fragment of the index is read and held against its page. Then Pagefind is given what the fragments tell once more, and every other
file has to come out byte for byte: a word that no fragment tells cannot be in the index, nor a program that is not Pagefind's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from digest.catalog import Catalog, direction, load_catalog
from digest.described import origin_text
from digest.escape import visible
from digest.marks import QuoteMark, parse_quote_mark
from digest.models import Article
from digest.running import PLAIN, Runner
from digest.search.indexed import Indexed, Line, read_fragment
from digest.search.program import SCRIPT
from digest.search.shelf import FOLDER, Shelf, cost_of, index_shelves, pack
from digest.search.spacing import findable
from digest.verify.evidence import Evidence

__all__ = ["check_search"]

_KINDS = {"topics": "topic", "sources": "source", "outlets": "outlet", "names": "name", "about": "page"}
"""The kinds of pages that can be found, by the first part of their addresses."""
_TOLD = ("topic", "source")
"""Those that are found by their sentences, where they show any; the others by their titles."""


def check_search(evidence: Evidence, runner: Runner = PLAIN) -> None:
    """Check the index of each language.

    Raises:
        SiteError: Pagefind cannot be run.
    """
    found = {path.relative_to(evidence.site / FOLDER).as_posix(): path for path in (evidence.site / FOLDER).rglob("*") if path.is_file()}
    due: dict[str, bytes] = {}
    for tree, lang in evidence.trees.items():
        check = _Check(evidence, tree, lang, load_catalog(lang))
        due |= check.files({name: path for name, path in found.items() if name.startswith(f"{lang}/")}, runner)
    for name in sorted({*found, *due}):
        path = evidence.site / FOLDER / name
        if name not in due:
            evidence.fault(path, "is neither a part of the search index nor Pagefind's")
        elif name not in found:
            evidence.fault(path, "is missing")
        elif path.read_bytes() != due[name]:
            evidence.fault(path, "is not what Pagefind makes of the pages")


def _by_words(shown: Iterable[tuple[str, str]]) -> dict[str, list[QuoteMark]]:
    """Return where sentences of a page stand, by their words as the index has them."""
    found: dict[str, list[QuoteMark]] = {}
    for mark, text in shown:
        if quoted := parse_quote_mark(mark):
            found.setdefault(findable(text), []).append(quoted)
    return found


class _Check:
    """The check of the index of one language."""

    def __init__(self, evidence: Evidence, tree: str, lang: str, catalog: Catalog) -> None:
        self.evidence, self.tree, self.lang, self.catalog = evidence, tree, lang, catalog
        self.topics = {f"{tree}topics/{slug}/": ident for slug, ident in evidence.slugs.items()}
        self.home = {article: ident for ident in self.topics.values() for article in evidence.members.get(ident, ())}
        self.pages: dict[str, Indexed] = {}
        """By address."""

    def files(self, found: Mapping[str, Path], runner: Runner) -> dict[str, bytes]:
        """Return what files the index must have by what its fragments tell; note what they tell that their pages do not show."""
        folders: dict[str, dict[str, Indexed]] = {}
        for name, path in sorted(found.items()):
            folder, _, last = name.rpartition("/fragment/")
            if folder and (page := self._page(path, folder.removeprefix(self.lang).removeprefix("/"))):
                folders.setdefault(folder, {})[last] = page
        due: dict[str, bytes] = {}
        months: list[list[str | int]] = []
        shelves = [Shelf(self.lang, folder.removeprefix(self.lang).removeprefix("/"),
                         tuple(sorted(pages.values(), key=lambda page: page.address))) for folder, pages in sorted(folders.items())]
        for (folder, pages), parts in zip(sorted(folders.items()), index_shelves(shelves, runner), strict=True):
            due |= {name if name == SCRIPT else f"{folder}/{name}": content for name, content in parts.items()}
            facets = {Path(last).stem: marks for last, page in sorted(pages.items()) if (marks := self._facets(page.address))}
            due[f"{folder}/facets.json"] = pack(facets)
            if month := folder.removeprefix(self.lang).removeprefix("/"):
                months.insert(0, [month, self.catalog.partial(month), *cost_of(parts)])
        self._find_missing()
        lists = {"list": {"months": months, **self._lists()}, "topics": {"topics": self._topics()}}
        return due | {f"{self.lang}/{name}.json": pack(found) for name, found in lists.items()}

    def _page(self, path: Path, month: str) -> Indexed | None:
        """Return the page that a fragment tells of, if it tells what the page shows."""
        try:
            page = read_fragment(path.read_bytes())
        except ValueError as error:
            self.evidence.fault(path, str(error))
            return None
        faults = list(self._faults(page, month))
        for fault in faults:
            self.evidence.fault(path, fault)
        if faults:
            return None
        self.pages[page.address] = page
        return page

    def _faults(self, page: Indexed, month: str) -> Iterator[str]:
        facts, kind = self.evidence.pages.get(page.address), self._kind(page.address)
        if facts is None or kind != page.kind:
            yield f"“{page.address[:80]}” is no {page.kind[:20]} of this language"
            return
        if page.address in self.pages:
            yield f"“{page.address[:80]}” is in the index twice"
        if month != self._month(page.address):
            yield f"“{page.address[:80]}” is not of {month or 'no month'}"
        title, lang, told = facts.title
        if (page.title, page.lang, page.how) != (findable(title), lang, self._origin(page.address, told)):
            yield f"“{page.title[:80]}” is not the title of {page.address[:80]}"
        alone = page.lines == (Line(page.title, "", "", "", page.lang),)
        if kind not in _TOLD and not alone:
            yield f"{page.address[:80]} is found by more than its title"
        elif kind in _TOLD and (facts.said or not alone):
            shown = {True: _by_words(facts.told), False: _by_words(facts.said)}
            yield from (f"“{line.text[:80]}” is not what {page.address[:80]} says there" for line in page.lines
                        if line.place not in facts.anchors
                        or not any(self._credits(page.address, mark, line) for mark in shown[bool(line.how)].get(line.text, ())))

    def _credits(self, address: str, mark: QuoteMark, line: Line) -> bool:
        article = self.evidence.text_of(mark)
        if article is None or article.former:
            return False
        outlet = self.evidence.settings.outlet(article.outlet)
        name = visible(outlet.name) if outlet else str(self.catalog.text("unknown_outlet").unescape())
        day = self.catalog.day(article.published.day) if article.published else ""
        told = self.evidence.told.get(address, self.lang), self._origin(address, str(mark))
        lang, how = told if line.how else (article.lang, "")
        return (line.outlet, line.day, line.lang, line.how) == (name, day, lang, how)

    def _origin(self, address: str, mark: str) -> str:
        """Return what a page must say of how something on it was translated; nothing where it is none."""
        lang = self.evidence.told.get(address, self.lang)
        known = self.evidence.translations.get((lang, mark))
        return origin_text(known, load_catalog(lang)) if known else ""

    def _kind(self, address: str) -> str | None:
        """Return what kind of page an address of this language is of; sources are of all."""
        first = address.removeprefix(self.tree).partition("/")[0]
        return _KINDS.get(first) if address.startswith((self.tree, "sources/")) else None

    def _articles(self, address: str) -> list[Article]:
        """Return the articles that a page is of."""
        topic, source = self.topics.get(address), address.removeprefix("sources/").rstrip("/")
        idents = sorted(self.evidence.members.get(topic, ())) if topic else [source] if address == f"sources/{source}/" else []
        return [self.evidence.articles[ident] for ident in idents if ident in self.home and ident in self.evidence.articles]

    def _month(self, address: str) -> str:
        days = [article.published.day for article in self._articles(address) if article.published]
        return f"{max(days):%Y-%m}" if days else ""

    def _facets(self, address: str) -> list[str]:
        articles = self._articles(address)
        return [self.home[articles[0].id], *sorted({article.outlet for article in articles if article.outlet})] if articles else []

    def _lists(self) -> dict[str, Sequence[object]]:
        outlets = {ident for page in self.pages.values() for ident in self._facets(page.address)[1:]}
        named = sorted(((outlet.name, ident) for ident in outlets if (outlet := self.evidence.settings.outlet(ident))),
                       key=lambda row: (row[0].casefold(), row[1]))
        langs = {lang for page in self.pages.values() for lang in (page.lang, *(line.lang for line in page.lines))}
        return {"outlets": [[ident, name] for name, ident in named], "backwards": sorted(x for x in langs if direction(x) == "rtl")}

    def _topics(self) -> list[list[str]]:
        rows = [[self.topics[page.address], page.title, page.lang] for page in self.pages.values() if page.address in self.topics]
        return sorted(rows, key=lambda row: (row[1].casefold(), row[0]))

    def _find_missing(self) -> None:
        """Note what pages of topics and articles cannot be found."""
        for address in self.evidence.pages:
            if address not in self.pages and (address in self.topics or self._articles(address)):
                self.evidence.fault(self.evidence.site / address / "index.html", f"is not in the search index of {self.lang}")
