"""What all checks of a data file share: known fields, ids, quotations."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.catalog import Catalog, load_catalog
from digest.desk import BETWEEN
from digest.marks import QuoteMark
from digest.settings import is_slug
from digest.translation import DOUBTS, EDITOR, Original, Translation
from digest.verify.evidence import Evidence
from digest.verify.quotations import check_quote
from digest.words import base_language

__all__ = ["DataFile", "once", "rows"]

_KEYS: Mapping[str, frozenset[str]] = {kind: frozenset(keys.split()) for kind, keys in {
    "topic": "format id slug lang updated title articles stories why summary statements differences versions wording timeline "
             "translations editorial corrections limits",
    "story": "id title date articles texts why summary only_one",
    "title": "text lang state translated from article terms original",
    "original": "text lang",
    "translation": "article version start end quote text lang state translated",
    "translated": "engine model from through doubts",
    "article": "id outlet title url published lang version",
    "key point": "text lang state translated citations aids",
    "citation": "article version start end quote",
    "aid": "at kind text basis",
    "why": "shared score days nearest",
    "nearest": "article score",
    "statement": "text lang state translated citations separate_texts outlets passage attributed_to spans only_in",
    "difference": "what about within values",
    "value": "value shown assumed citations spans",
    "version": "articles order changes",
    "change": "citations spans",
    "wording": "kind about values",
    "dated": "date precision basis shown text lang state translated citations spans",
    "decision": "what by date why articles until line",
    "correction": "text lang state translated by date line",
    "index": "format title languages lang day topics names editions",
    "row": "id slug title told data tables",
    "name": "slug name kind spellings topics",
}.items()}
_STATES = {True: ("original",), False: ("fallback", "translated", "editor")}
"""How a text may be told that is in the language of its page, and how one that is not."""


def rows(found: object) -> Sequence[Any]:
    """Return what must be a list."""
    if not isinstance(found, list):
        raise TypeError("expected a list")
    return found


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of which no field stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field stands twice")
    return found


class DataFile:
    """The check of one data file."""

    def __init__(self, path: Path, evidence: Evidence) -> None:
        self.path, self.evidence = path, evidence
        self.page = path.relative_to(evidence.site).as_posix().replace("data/", "", 1).removesuffix(".json") + "/"
        """The address of the page whose data it is."""
        self.tree = evidence.tree_of(path.relative_to(evidence.site).as_posix())
        """What the addresses of its language begin with."""

    @property
    def lang(self) -> str:
        """The language that its page is told in, as `digest.yml` names it."""
        return self.evidence.told.get(self.page, self.evidence.trees[self.tree])

    @property
    def catalog(self) -> Catalog:
        """The interface of its page."""
        return load_catalog(self.lang)

    def fault(self, problem: str) -> None:
        """Note a fault in this file."""
        self.evidence.fault(self.path, problem)

    def keys(self, kind: str, found: Mapping[str, Any]) -> None:
        """Check that an object has no field that is not in the schema."""
        for key in sorted(set(found) - _KEYS[kind]):
            self.fault(f"{kind} has the unknown field {key!r}")

    def ident(self, what: str, found: object) -> None:
        """Check that an id is one, and no words."""
        if not isinstance(found, str) or not is_slug(found):
            self.fault(f"{what} {str(found)[:60]!r} is no id")

    def same(self, what: str, found: object, due: object) -> None:
        """Check a field against what it must be."""
        if type(found) is not type(due) or found != due:
            self.fault(f"{what} is {str(found)[:60]!r}, the content says {str(due)[:60]!r}")

    def told(self, text: Mapping[str, Any], original: Original, mark: str) -> None:
        """Check a text: in the page's language it is the original, in another one a translation of it or, with a word of that, itself."""
        own, state = base_language(original.lang) == base_language(self.lang), text["state"]
        if state not in _STATES[own] or (text["translated"] is None) != (state in {"original", "fallback"}):
            self.fault(f"“{text['text'][:60]}” is said to be {str(state)[:20]!r}, translated {str(text['translated'])[:60]!r}")
        elif text["translated"] is None:
            self.same("text", text["text"], original.text)
            self.same("language of a text", text["lang"], original.lang)
        else:
            self._translated(text, original, mark)

    def _translated(self, text: Mapping[str, Any], original: Original, mark: str) -> None:
        how = text["translated"]
        self.keys("translated", how)
        self.same("language of a translation", text["lang"], self.lang)
        self.same("language that it is from", how["from"], original.lang)
        self.same("whether an editor translated it", text["state"] == "editor", how["engine"] == EDITOR)
        if self.evidence.is_closed(mark):
            self.fault(f"“{text['text'][:60]}” translates {mark[:80]}, whose outlet does not allow it")
        for fault in self.evidence.translation_faults(original, text["text"], self.lang, how["engine"], how["model"]):
            self.fault(fault)
        told = self._translation(text, original.lang)
        self.same("translation", told, self.evidence.translations.setdefault((self.lang, mark), told))

    def _translation(self, text: Mapping[str, Any], source: str) -> Translation:
        """Return a translation as the data tell it."""
        how = text["translated"]
        through, doubts = how["through"], tuple(rows(how["doubts"]))
        if through not in (None, BETWEEN) or not set(doubts) <= set(DOUBTS):
            self.fault(f"“{text['text'][:60]}” came about through {str(through)[:20]!r}, with the doubts {str(doubts)[:60]}")
            through, doubts = None, ()
        return Translation(text=text["text"], lang=self.lang, source=source, engine=how["engine"], model=how["model"], through=through,
                           doubts=doubts)

    def share(self, what: str, found: object) -> None:
        """Check a number from 0 to 1."""
        if type(found) not in {int, float} or not 0 <= found <= 1:  # type: ignore[operator]
            self.fault(f"the {what} {str(found)[:60]!r} is no number from 0 to 1")

    def quoted(self, text: Mapping[str, Any]) -> list[QuoteMark]:
        """Check a quotation and return where it stands: its text is what its first citation quotes; nowhere if it has no citation."""
        marks = self.citations(text["citations"])
        if not marks:
            self.fault(f"“{text['text'][:60]}” has no citation")
            return []
        article = self.evidence.articles.get(marks[0].article)
        original = Original(text["citations"][0]["quote"], article.lang if article else "")
        self.told(text, original, str(marks[0]))
        return marks

    def citations(self, found: object) -> list[QuoteMark]:
        """Check citations and return where they stand."""
        return [self._citation(cited) for cited in rows(found)]

    def _citation(self, cited: Mapping[str, Any]) -> QuoteMark:
        self.keys("citation", cited)
        mark = QuoteMark(cited["article"], cited["version"], cited["start"], cited["end"])
        if type(mark.start) is not int or type(mark.end) is not int:
            raise TypeError("start and end are numbers")
        text = self.evidence.text_of(mark)
        if text is not None and text.text[mark.start:mark.end] != cited["quote"]:
            self.fault(f"“{cited['quote'][:60]}” does not stand in {mark.article} at {mark.start}–{mark.end}")
        else:
            check_quote(self.path, mark, cited["quote"], self.evidence)
        return mark

    def spans(self, found: object, within: Sequence[QuoteMark]) -> list[QuoteMark]:
        """Check words within cited sentences; note that the page may mark them there."""
        marks = self.citations(found)
        for mark in marks:
            if not any(mark.is_in(cited) for cited in within):
                self.fault(f"the words {mark} stand in none of the sentences cited with them")
            self.evidence.marked.setdefault(self.page, set()).add(mark)
        return marks
