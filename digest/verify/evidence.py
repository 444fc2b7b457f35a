"""What a proof knows and what it has found so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from digest.aids import date_aids
from digest.escape import visible
from digest.marks import QuoteMark
from digest.models import Aid, Article, Citation, LeftOut
from digest.settings import Settings
from digest.verify.counts import Count

__all__ = ["Evidence", "PageFacts"]


@dataclass(slots=True)
class PageFacts:
    """What the checks of links need of one page."""

    anchors: dict[str, str] = field(default_factory=dict)
    """Its ids, and the `data-quote` of each (empty where it has none)."""
    links: list[str] = field(default_factory=list)
    """Its internal links; those of an error page, which is shown at any address, as if from the site's root."""
    quotes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Its quotations, each with the links that stand with it."""


@dataclass(slots=True)
class Evidence:
    """The sources that a site is held against, and the faults found."""

    site: Path
    settings: Settings
    articles: Mapping[str, Article]
    left_out: Sequence[LeftOut]
    findings: list[str] = field(default_factory=list)
    shown: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    """The spans that pages and data show, by article."""
    shown_at: dict[str, Path] = field(default_factory=dict)
    """A file that shows each of these articles."""
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    """The articles of each topic and story, as the data say."""
    texts: int = 0
    """The separate texts of all topics, as the data say."""
    counts: dict[str, set[Count]] = field(default_factory=dict)
    """What each topic's page may count, by its address, as the data say."""
    editions: frozenset[date] = frozenset()
    """The days of the recorded editions."""
    days: frozenset[date] = frozenset()
    """The days that a page may name: those of the editions and of the articles, as stated and in the settings' time zone."""
    also: dict[tuple[str, str], list[frozenset[str]]] = field(default_factory=dict)
    """By page and first `data-quote` of a key point: the others that its data cite, once for each key point that begins so."""
    pages: dict[str, PageFacts] = field(default_factory=dict)
    """By address from the site's root."""

    def __post_init__(self) -> None:
        stated = [when for a in self.articles.values() for when in (a.published, a.reposted) if when]
        self.days = frozenset(day for when in stated for day in (when.day, when.day_in(self.settings.zone))) | self.editions

    def counts_at(self, address: str) -> set[Count]:
        """Return what a page may count: a topic's page of its topic and stories, another page of all topics and their total."""
        if address in self.counts:
            return self.counts[address]
        return set().union(*self.counts.values(), {("texts_n", self.texts)})

    def aids(self, mark: QuoteMark) -> list[Aid]:
        """Return the aids that a quotation may carry, reckoned again from its article."""
        article = self.articles.get(mark.article)
        if article is None or article.version != mark.version or not 0 <= mark.start < mark.end <= len(article.text):
            return []
        return list(date_aids(Citation(article, mark.start, mark.end, article.text[mark.start:mark.end])))

    def fault(self, path: Path, problem: str) -> None:
        """Note a fault in a file of the site."""
        self.findings.append(f"{path.relative_to(self.site).as_posix()}: {problem}")

    def check_quote(self, path: Path, mark: QuoteMark, shown: str) -> None:
        """Hold a shown quotation against its article; note a fault, or that the span is shown."""
        article = self.articles.get(mark.article)
        if article is None:
            self.fault(path, f"cites {mark.article}, which is not in the content")
        elif article.version != mark.version:
            self.fault(path, f"cites version {mark.version} of {mark.article}, but its text is version {article.version}")
        elif not 0 <= mark.start < mark.end <= len(article.text):
            self.fault(path, f"cites {mark.article} {mark.start}–{mark.end}, which is outside its text")
        elif not visible(article.text[mark.start]) or not visible(article.text[mark.end - 1]):
            self.fault(path, f"cites {mark.article} {mark.start}–{mark.end}, which begins or ends beside its words")
        elif visible(article.text[mark.start:mark.end]) != visible(shown):
            self.fault(path, f"“{visible(shown)[:60]}” does not stand in {mark.article} at {mark.start}–{mark.end}")
        else:
            self.shown.setdefault(mark.article, set()).add((mark.start, mark.end))
            self.shown_at.setdefault(mark.article, path.relative_to(self.site))
