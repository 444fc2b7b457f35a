"""The marks in the pages' HTML that say whose words an element holds: written by `render`, read by `verify`.

- `data-quote="ARTICLE@VERSION:START-END"`: a quotation, exactly that span of that version of the article's text.
- `data-translation="…"`: a translation of the quotation, or of the field, with such a mark; beside it stands what it translates.
- `data-from="KIND:ID:FIELD"`: a title, a name or another field, as content or settings have it.
- `<time datetime>`: a day or a time, written in the page's language.

A page that is tidied has the long names in its marks once, in `data-marks`: `~3:day` is `day` of the fourth of them. Whoever reads
pages gets their marks whole from `built.read_page`.
"""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from digest.models import Article, Citation

__all__ = ["FROM", "MARKS", "NAMES", "QUOTE", "TRANSLATION", "MarkNames", "QuoteMark", "anchor", "archive_url", "home_of",
           "parse_quote_mark", "quote_mark", "source_url", "topic_url"]

QUOTE = "data-quote"
FROM = "data-from"
TRANSLATION = "data-translation"
MARKS = (QUOTE, FROM, TRANSLATION)
NAMES = "data-marks"
_NAME = re.compile(r"[a-z-]+:[\w.-]+|[a-z0-9-]+@[0-9a-f]{16}")
_SHORT = re.compile(r"~(0|[1-9][0-9]{0,4})(:.*)", re.DOTALL)
_MARK = re.compile(r"([a-z0-9-]+)@([0-9a-f]{16}):(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class QuoteMark:
    """What a quotation claims to be."""

    article: str
    version: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.article}@{self.version}:{self.start}-{self.end}"

    def is_in(self, other: "QuoteMark") -> bool:
        """Return whether it is a part of another quotation, or all of it."""
        same = (self.article, self.version) == (other.article, other.version)
        return same and other.start <= self.start < self.end <= other.end


def quote_mark(citation: Citation) -> str:
    """Return the value of `data-quote` for a citation."""
    return str(QuoteMark(citation.article.id, citation.article.version, *citation.span))


def parse_quote_mark(value: str) -> QuoteMark | None:
    """Return what a `data-quote` claims; None where it is malformed, or claims no words."""
    found = _MARK.fullmatch(value)
    mark = QuoteMark(found[1], found[2], int(found[3]), int(found[4])) if found else None
    return mark if mark and mark.start < mark.end else None


@dataclass(frozen=True, slots=True)
class MarkNames:
    """The names that several marks of a page begin with: all but the last part of `article:ID:day`, or of `ARTICLE@VERSION:START-END`."""

    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, marks: Iterable[str]) -> "MarkNames":
        """Return the names in whole marks, the most frequent first."""
        counted = Counter(mark.rpartition(":")[0] for mark in marks)
        return cls(tuple(sorted((name for name, n in counted.items() if n > 1 and _NAME.fullmatch(name)), key=lambda n: (-counted[n], n))))

    def __str__(self) -> str:
        return " ".join(self.names)

    def shorten(self, mark: str) -> str:
        """Return a mark with the number of its name, where it has one."""
        name, _, rest = mark.rpartition(":")
        return f"~{self.names.index(name)}:{rest}" if name in self.names else mark

    def lengthen(self, mark: str) -> str:
        """Return a mark with its name; one with a number that no name has stays as it is, and marks nothing."""
        found = _SHORT.fullmatch(mark)
        return self.names[int(found[1])] + found[2] if found and int(found[1]) < len(self.names) else mark


def archive_url(stated: str) -> str:
    """Return the address of the page of an edition, or of those of a month or year, by its day, month or year in ISO 8601."""
    return f"archive/{stated.replace('-', '/')}/"


def topic_url(slug: str) -> str:
    """Return the address of a topic's page, from the site's root."""
    return f"topics/{slug}/"


def source_url(article: Article) -> str:
    """Return the address of an article's source page, from the site's root."""
    return f"sources/{article.id}/"


def home_of(citation: Citation) -> Citation:
    """Return the sentence that has the anchor of a citation: the one in which its words begin."""
    article = citation.article
    at = bisect_right(article.sentences, citation.start, key=lambda sentence: sentence.start) - 1
    return Citation.of(article, article.sentences[at]) if at >= 0 and citation.start < article.sentences[at].end else citation


def anchor(text: str, start: int, end: int) -> str:
    """Return the name of a sentence on its article's source page: `s-` and 8 hex digits of the quote, doubles numbered."""
    quote = text[start:end]
    before = text.count(quote, 0, start + len(quote) - 1)
    return f"s-{hashlib.sha256(quote.encode()).hexdigest()[:8]}{f'-{before + 1}' if before else ''}"
