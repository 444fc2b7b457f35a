"""What is shown of the former texts of articles: what their outlets changed, and what former editions quoted of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.archive import DayPage, tell_former
from digest.compare.versions import find_changes
from digest.findings import Change
from digest.former_files import FormerTexts
from digest.marks import anchor, home_of
from digest.models import Article, Citation
from digest.rights import QuoteBudget, Span, touched

__all__ = ["MOST", "Rewritten", "find_rewriting", "place_of", "tell_rewritten"]

MOST = 100
"""Changed places of an article that are asked for, from its beginning on: a page of more is read by nobody."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What the source page of an article shows of its former texts."""

    changes: tuple[Change, ...] = ()
    """In the order of the article: `one` is a sentence of a former text, `other` what stands in its place now."""
    quoted: tuple[Citation, ...] = ()
    """Further sentences of former texts, which former editions quoted."""
    whole: bool = True
    """Whether all changes are among them: others may not be shown."""

    @property
    def shown(self) -> dict[str, list[Span]]:
        """What is shown of each text of the article, the one that it has now among them."""
        cited = [*self.quoted, *(side for change in self.changes for side in (change.one, change.other) if side)]
        return {c.article.text: [other.span for other in cited if other.article.text == c.article.text] for c in cited}


def tell_rewritten(days: Sequence[DayPage], articles: Mapping[str, Article], former: FormerTexts, cited: Mapping[str, frozenset[Span]],
                   budget: QuoteBudget) -> tuple[tuple[DayPage, ...], dict[str, Rewritten]]:
    """Return former editions with what they quoted of former texts, and what the source page of each changed article shows of these.

    `cited` is what is quoted of the articles as they are, which comes first, as does the whole sentence around it. Quotations of former
    editions come before changes.
    """
    for ident in former:
        spans, article = cited.get(ident, frozenset()), articles[ident]
        budget.reserve(article, [*sorted(spans), *((s.start, s.end) for s in touched(article, spans))])
    told = tell_former(days, articles, former, budget)
    points = (point for page in told for topic in page.topics for point in (*topic.points, *topic.kept))
    quoted = [home_of(c) for point in points for c in point.citations if c.article.former]
    return told, {ident: _rewritten(articles[ident], texts, [c for c in quoted if c.article.id == ident], budget)
                  for ident, texts in former.items()}


def _rewritten(article: Article, texts: Sequence[Article], quoted: Iterable[Citation], budget: QuoteBudget) -> Rewritten:
    found = find_rewriting(article, texts)
    changes = tuple(change for change in found[:MOST] if budget.grant([c for c in (change.one, change.other) if c]))
    told = {place_of(change.one) for change in changes if change.one}
    return Rewritten(changes, tuple(_first(cited for cited in quoted if place_of(cited) not in told)), len(changes) == len(found))


def find_rewriting(article: Article, texts: Iterable[Article]) -> tuple[Change, ...]:
    """Return what an article's former texts tell otherwise than it does now, in its order: `one` is before, `other` is now.

    What several of them told alike is there once.
    """
    rows = list[tuple[int, Change]]()
    for former in texts:
        at = -1
        for change in find_changes(article, former):
            at = change.one.start if change.one else at
            rows.append((at, Change(change.other, change.one, change.other_words, change.one_words)))
    return tuple(_each_once([change for _, change in sorted(rows, key=lambda row: row[0])]))


def _each_once(changes: Sequence[Change]) -> Iterator[Change]:
    """Yield changes, without those that an earlier one tells, and lone sentences that another one sets beside what became of them."""
    sides = [(_side(change.one), _side(change.other)) for change in changes]
    paired = {side for both in sides if None not in both for side in both}
    seen = set[tuple[str | None, str | None]]()
    for change, both in zip(changes, sides, strict=True):
        if both not in seen and (None not in both or paired.isdisjoint(both)):
            seen.add(both)
            yield change


def _side(cited: Citation | None) -> str | None:
    return f"{cited.article.former} {place_of(cited)}" if cited else None


def place_of(cited: Citation) -> str:
    """Return the anchor of a sentence: that of the same words in several former texts is the same."""
    return anchor(cited.article.text, *cited.span)


def _first(cited: Iterable[Citation]) -> Iterator[Citation]:
    """Yield citations, of those with the same anchor the first."""
    seen = set[str]()
    for citation in cited:
        if place_of(citation) not in seen:
            seen.add(place_of(citation))
            yield citation
