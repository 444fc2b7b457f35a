"""Hold the search index against the pages: it may tell what they show and nothing else, and is all that Pagefind makes of that.

Each fragment of the index is read and held against its page. Then Pagefind is given what the fragments tell once more, and every other
file has to come out byte for byte: a word that no fragment tells cannot be in the index, nor a program that is not Pagefind's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from digest.catalog import direction, load_catalog
from digest.described import origin_text
from digest.escape import visible
from digest.marks import QuoteMark, parse_quote_mark
from digest.models import Article
from digest.running import PLAIN, Runner, count, timed
from digest.search.indexed import Indexed, Line, read_fragment
from digest.search.program import SCRIPT
from digest.search.shelf import FOLDER, Shelf, cost_of, index_shelves, pack
from digest.search.spacing import findable
from digest.verify.evidence import Evidence
from digest.verify.watched import Traces, WatchedEvidence

__all__ = ["check_search"]

_KINDS = {"topics": "topic", "sources": "source", "outlets": "outlet", "names": "name", "about": "page"}
"""The kinds of pages that can be found, by the first part of their addresses."""
_TOLD = ("topic", "source")
"""Those that are found by their sentences, where they show any; the others by their titles."""
_ADDS = frozenset({"findings"})
"""What the check of the search adds to."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A page that can be found, as far as the lists of its language tell of it."""

    fragment: str
    """The name of the file that tells of it."""
    address: str
    title: str
    lang: str
    languages: frozenset[str]
    """Those of its title and its sentences."""
    facets: tuple[str, ...]
    """Its topic and its outlets; nothing for a page of neither."""


@dataclass(frozen=True, slots=True)
class _Folder:
    """What the index of a month holds, or that of what has no date."""

    pages: tuple[_Listed, ...]
    due: Mapping[str, bytes]
    """The SHA-256 of all its files."""
    cost: tuple[int, int]
    """As `cost_of` tells it."""


def check_search(evidence: Evidence, runner: Runner = PLAIN) -> None:
    """Check the index of each language.

    Raises:
        SiteError: Pagefind cannot be run.
    """
    with timed("search"):
        found = {name.removeprefix(f"{FOLDER}/"): content for name, content in evidence.hashes.items() if name.startswith(f"{FOLDER}/")}
        due: dict[str, bytes] = {}
        traces = Traces(evidence, runner)
        for tree, lang in evidence.trees.items():
            here = {name: content for name, content in found.items() if name.startswith(f"{lang}/")}
            due |= _check_language(here, tree, lang, evidence, traces, runner)
        for name in sorted({*found, *due}):
            path = evidence.site / FOLDER / name
            if name not in due:
                evidence.fault(path, "is neither a part of the search index nor Pagefind's")
            elif name not in found:
                evidence.fault(path, "is missing")
            elif found[name] != due[name]:
                evidence.fault(path, "is not what Pagefind makes of the pages")


def _check_language(found: Mapping[str, bytes], tree: str, lang: str, evidence: Evidence, traces: Traces,
                    runner: Runner) -> dict[str, bytes]:
    """Return what files the index of a language must have by what its fragments tell, each with its SHA-256.

    What they tell that their pages do not show is noted.
    """
    fragments: dict[str, dict[str, bytes]] = {}
    for name, content in sorted(found.items()):
        folder, within, last = name.rpartition("/fragment/")
        if within:
            fragments.setdefault(folder, {})[last] = content
    folders = _check_folders(fragments, tree, lang, evidence, traces, runner)
    pages: dict[str, _Listed] = {}
    for place, page in ((evidence.site / FOLDER / name, page) for name, held in folders.items() for page in held.pages):
        if pages.setdefault(page.address, page) is not page:
            evidence.fault(place / "fragment" / page.fragment, f"“{page.address[:80]}” is in the index twice")
    for address in evidence.pages:
        if address not in pages and (_topic(address, tree, evidence) or _articles(address, tree, evidence)):
            evidence.fault(evidence.site / address / "index.html", f"is not in the search index of {lang}")
    months = [[month, load_catalog(lang).partial(month), *held.cost] for name, held in reversed(folders.items())
              if (month := name.removeprefix(lang).removeprefix("/"))]
    lists = {"list": {"months": months, **_lists(pages.values(), evidence)}, "topics": {"topics": _topics(pages.values(), tree, evidence)}}
    due = {name: content for held in folders.values() for name, content in held.due.items()}
    return due | {f"{lang}/{name}.json": sha256(pack(rows)).digest() for name, rows in lists.items()}


def _check_folders(fragments: Mapping[str, Mapping[str, bytes]], tree: str, lang: str, evidence: Evidence, traces: Traces,
                   runner: Runner) -> dict[str, _Folder]:
    """Return what each folder must hold; none is checked again while its fragments and all that they rest on are the same."""
    keys = {name: runner.keys.of("search", runner.program, tree, lang, name, sorted(here.items())) for name, here in fragments.items()}
    found = {name: known for name, key in keys.items() if (known := traces.known(key, _Folder))}
    checks = {name: _Check(WatchedEvidence(evidence, _ADDS), tree, lang, name, here) for name, here in fragments.items()
              if name not in found}
    whole = {name: check for name, check in checks.items() if check.pages}
    for (name, check), parts in zip(whole.items(), index_shelves([check.shelf for check in whole.values()], runner), strict=True):
        found[name] = check.folder(parts)
        if not check.evidence.findings:
            traces.keep(keys[name], found[name], check.evidence.asked)
    evidence.findings += (fault for check in checks.values() for fault in check.evidence.findings)
    count("search", len(fragments), len(checks))
    return {name: found[name] for name in sorted(found)}


def _by_words(shown: Iterable[tuple[str, str]]) -> dict[str, list[QuoteMark]]:
    """Return where sentences of a page stand, by their words as the index has them."""
    found: dict[str, list[QuoteMark]] = {}
    for mark, text in shown:
        if quoted := parse_quote_mark(mark):
            found.setdefault(findable(text), []).append(quoted)
    return found


class _Check:
    """The check of the fragments in one folder."""

    def __init__(self, evidence: WatchedEvidence, tree: str, lang: str, name: str, fragments: Iterable[str]) -> None:
        self.evidence, self.tree, self.lang, self.name = evidence, tree, lang, name
        self.catalog, self.month = load_catalog(lang), name.removeprefix(lang).removeprefix("/")
        self.pages = {last: page for last in fragments if (page := self._page(evidence.site / FOLDER / name / "fragment" / last))}

    @property
    def shelf(self) -> Shelf:
        """What Pagefind is to make its index of."""
        return Shelf(self.lang, self.month, tuple(sorted(self.pages.values(), key=lambda page: page.address)))

    def folder(self, parts: Mapping[str, bytes]) -> _Folder:
        """Return what the folder must hold, of which these are the files of Pagefind."""
        facets = {last: self._facets(page.address) for last, page in self.pages.items()}
        due = {name if name == SCRIPT else f"{self.name}/{name}": content for name, content in parts.items()}
        due[f"{self.name}/facets.json"] = pack({Path(last).stem: list(told) for last, told in sorted(facets.items()) if told})
        langs = {last: frozenset({page.lang, *(line.lang for line in page.lines)}) for last, page in self.pages.items()}
        listed = [_Listed(last, page.address, page.title, page.lang, langs[last], facets[last]) for last, page in self.pages.items()]
        return _Folder(tuple(listed), {name: sha256(content).digest() for name, content in due.items()}, cost_of(parts))

    def _page(self, path: Path) -> Indexed | None:
        """Return the page that a fragment tells of, if it tells what the page shows."""
        try:
            page = read_fragment(path.read_bytes())
        except ValueError as error:
            self.evidence.fault(path, str(error))
            return None
        faults = list(self._faults(page))
        for fault in faults:
            self.evidence.fault(path, fault)
        return None if faults else page

    def _faults(self, page: Indexed) -> Iterator[str]:
        facts, kind = self.evidence.pages.get(page.address), self._kind(page.address)
        if facts is None or kind != page.kind:
            yield f"“{page.address[:80]}” is no {page.kind[:20]} of this language"
            return
        if self.month != self._month(page.address):
            yield f"“{page.address[:80]}” is not of {self.month or 'no month'}"
        title, lang, told = facts.title
        if (page.title, page.lang, page.how) != (findable(title), lang, self._origin(page.address, told)):
            yield f"“{page.title[:80]}” is not the title of {page.address[:80]}"
        alone = page.lines == (Line(page.title, "", "", "", page.lang),)
        if kind not in _TOLD and not alone:
            yield f"{page.address[:80]} is found by more than its title"
        elif kind in _TOLD and (facts.said or not alone):
            shown = {True: _by_words(facts.told), False: _by_words((mark, self._words(mark)) for mark in facts.said)}
            yield from (f"“{line.text[:80]}” is not what {page.address[:80]} says there" for line in page.lines
                        if line.place not in facts.anchors
                        or not any(self._credits(page.address, mark, line) for mark in shown[bool(line.how)].get(line.text, ())))

    def _words(self, mark: str) -> str:
        """Return the words of a quotation."""
        quoted = parse_quote_mark(mark)
        text = self.evidence.text_of(quoted) if quoted else None
        return visible(text.text[quoted.start:quoted.end]) if quoted and text else ""

    def _credits(self, address: str, mark: QuoteMark, line: Line) -> bool:
        article = self.evidence.text_of(mark)
        if article is None or article.former:
            return False
        outlet = self.evidence.settings.outlet(article.outlet)
        name = visible(outlet.name) if outlet else str(self.catalog.text("unknown_outlet").unescape())
        day = self.catalog.day(article.published.day) if article.published else ""
        lang, how = (self.evidence.told.get(address, self.lang), self._origin(address, str(mark))) if line.how else (article.lang, "")
        return (line.outlet, line.day, line.lang, line.how) == (name, day, lang, how)

    def _origin(self, address: str, mark: str) -> str:
        """Return what a page must say of how something on it was translated; nothing where it is none."""
        lang = self.evidence.told.get(address, self.lang)
        known = self.evidence.translations.get((lang, mark)) if mark else None
        return origin_text(known, load_catalog(lang)) if known else ""

    def _kind(self, address: str) -> str | None:
        """Return what kind of page an address of this language is of; sources are of all."""
        first = address.removeprefix(self.tree).partition("/")[0]
        return _KINDS.get(first) if address.startswith((self.tree, "sources/")) else None

    def _month(self, address: str) -> str:
        days = [article.published.day for article in _articles(address, self.tree, self.evidence) if article.published]
        return f"{max(days):%Y-%m}" if days else ""

    def _facets(self, address: str) -> tuple[str, ...]:
        articles = _articles(address, self.tree, self.evidence)
        outlets = sorted({article.outlet for article in articles if article.outlet})
        return (self.evidence.homes[articles[0].id], *outlets) if articles else ()


def _topic(address: str, tree: str, evidence: Evidence) -> str | None:
    """Return the id of the topic that an address of a language is of."""
    slug = address.removeprefix(f"{tree}topics/").removesuffix("/")
    return evidence.slugs.get(slug) if address == f"{tree}topics/{slug}/" else None


def _articles(address: str, tree: str, evidence: Evidence) -> list[Article]:
    """Return the articles that a page of a language is of: those of a topic, or the one of a source page."""
    topic, source = _topic(address, tree, evidence), address.removeprefix("sources/").removesuffix("/")
    idents = sorted(evidence.members.get(topic, ())) if topic else [source] if address == f"sources/{source}/" else []
    return [evidence.articles[ident] for ident in idents if ident in evidence.homes and ident in evidence.articles]


def _lists(pages: Collection[_Listed], evidence: Evidence) -> dict[str, Sequence[object]]:
    outlets = {ident for page in pages for ident in page.facets[1:]}
    named = sorted(((outlet.name, ident) for ident in outlets if (outlet := evidence.settings.outlet(ident))),
                   key=lambda row: (row[0].casefold(), row[1]))
    langs = frozenset[str]().union(*(page.languages for page in pages))
    return {"outlets": [[ident, name] for name, ident in named], "backwards": sorted(x for x in langs if direction(x) == "rtl")}


def _topics(pages: Iterable[_Listed], tree: str, evidence: Evidence) -> list[list[str]]:
    rows = [[topic, page.title, page.lang] for page in pages if (topic := _topic(page.address, tree, evidence))]
    return sorted(rows, key=lambda row: (row[1].casefold(), row[0]))
