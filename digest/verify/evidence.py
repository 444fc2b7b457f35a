"""What a proof knows and what it has found so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from digest.escape import visible
from digest.marks import QuoteMark
from digest.models import Article, LeftOut
from digest.settings import QUOTE_LIMIT, Settings

__all__ = ["Evidence", "PageFacts"]


@dataclass(slots=True)
class PageFacts:
    """What the checks of links need of one page."""

    anchors: dict[str, str] = field(default_factory=dict)
    """Its ids, and the `data-quote` of each (empty where it has none)."""
    links: list[str] = field(default_factory=list)
    """Its internal links."""
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
    pages: dict[str, PageFacts] = field(default_factory=dict)
    """By address from the site's root."""

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
        elif not mark.start < mark.end <= len(article.text):
            self.fault(path, f"cites {mark.article} {mark.start}–{mark.end}, which is outside its text")
        elif visible(article.text[mark.start:mark.end]) != visible(shown):
            self.fault(path, f"“{visible(shown)[:60]}” does not stand in {mark.article} at {mark.start}–{mark.end}")
        else:
            self.shown.setdefault(mark.article, set()).add((mark.start, mark.end))
            self.shown_at.setdefault(mark.article, path.relative_to(self.site))

    def quote_limit(self, article: Article) -> float:
        """Return the share of an article's words that may be shown."""
        outlet = self.settings.outlet(article.outlet)
        return outlet.quote_limit if outlet else QUOTE_LIMIT
