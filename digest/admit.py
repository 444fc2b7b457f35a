"""Keep of a topic's findings what may be shown: every sentence that a finding quotes, or quotes words of, is asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from digest.findings import Change, Dated, Difference, Findings, Statement, Value, Wording
from digest.marks import home_of
from digest.models import Citation, Text
from digest.rights import QuoteBudget

__all__ = ["admit_contrasts", "admit_findings"]

Contrast = TypeVar("Contrast", Difference, Wording)


def admit_contrasts(found: Findings, budget: QuoteBudget) -> Findings:
    """Return the findings with only those differences and versions, and those sentences of them, that may be shown.

    A sentence of each value is asked for first, so that no difference is lost for further sentences of another.
    """
    for difference in found.differences:
        _ask_for_sides(difference, budget)
    differences = (_narrowed(difference, tuple(_values(difference.values, budget))) for difference in found.differences)
    versions = (replace(version, changes=tuple(c for c in version.changes if _may_show(c, budget))) for version in found.versions)
    return replace(found, differences=tuple(d for d in differences if len(d.values) > 1), versions=tuple(v for v in versions if v.changes))


def _narrowed(found: Contrast, values: tuple[Value, ...]) -> Contrast:
    """Return a finding with those of its values and sentences that may be shown, and what these are about: the words of lost ones go."""
    if [value.citations for value in values] == [value.citations for value in found.values]:
        return replace(found, values=values)
    left = [cited.quote.casefold() for value in values for cited in value.citations]
    return replace(found, values=values, about=tuple(term for term in found.about if any(term.casefold() in quote for quote in left)))


def _ask_for_sides(difference: Difference, budget: QuoteBudget) -> None:
    """Spend what the first sentence of each value that may be shown takes; nothing where that leaves fewer than two values."""
    homes = [next((home for c in value.citations if budget.admits((home := home_of(c)).article, home.span)), None)
             for value in difference.values]
    told = [home for home in homes if home is not None]
    if len(told) > 1:
        for home in told:
            budget.spend(home)


def admit_findings(found: Findings, texts: Sequence[Text], budget: QuoteBudget) -> Findings:
    """Return the findings with only what may be shown; what loses so many of its sentences that it says nothing more is left out.

    Differences and versions are taken as they are: they were asked for before. Names are only where articles hold them: they quote nothing.
    """
    home = {article.id: number for number, text in enumerate(texts) for article in text.articles}
    statements = tuple(_statements(found.statements, home, budget))
    alone = tuple((story, kept) for story, rows in found.alone if (kept := tuple(_statements(rows, home, budget))))
    timeline = tuple(dated for row in found.timeline if (dated := _dated(row, budget)).citations)
    wording = tuple(words for row in found.wording if len((words := _wording(row, budget)).values) > 1)
    return replace(found, statements=statements, alone=alone, timeline=timeline, wording=wording)


def _admit(citation: Citation, budget: QuoteBudget) -> bool:
    """Ask for the sentence that a citation is, or is words of."""
    home = home_of(citation)
    return budget.admit(home.article, home.span)


def _statements(found: Iterable[Statement], home: Mapping[str, int], budget: QuoteBudget) -> Iterator[Statement]:
    """Yield the statements that as many texts as they need still tell; each counts the texts less that it lost."""
    for statement in found:
        cited = tuple(c for c in statement.citations if _admit(c, budget))
        lost = len({home[c.article.id] for c in statement.citations}) - len({home[c.article.id] for c in cited})
        texts = statement.separate_texts if statement.passage else statement.separate_texts - lost
        if cited and (lost == 0 or texts > 1):
            same = cited[0] == statement.citations[0]
            outlets = tuple(dict.fromkeys(c.article.outlet for c in cited if c.article.outlet))
            unquoted = frozenset(c.article.id for c in statement.citations) - {c.article.id for c in cited}
            yield replace(statement, citations=cited, separate_texts=texts, outlets=outlets, unquoted=unquoted,
                          attributed_to=statement.attributed_to if same else None)


def _values(values: Iterable[Value], budget: QuoteBudget) -> Iterator[Value]:
    for value in values:
        kept = [(c, span) for c, span in zip(value.citations, value.spans, strict=True) if _admit(c, budget)]
        if kept:
            yield replace(value, citations=tuple(c for c, _ in kept), spans=tuple(span for _, span in kept))


def _wording(row: Wording, budget: QuoteBudget) -> Wording:
    """Keep the words that may be shown; each value is called by the first of them."""
    values = tuple(replace(value, value=" ".join(value.spans[0].quote.split())) for value in _values(row.values, budget))
    return _narrowed(row, values)


def _may_show(change: Change, budget: QuoteBudget) -> bool:
    """Return whether both sides of a change may be shown; nothing is spent on one without the other."""
    sides = [side for side in (change.one, change.other) if side]
    if not all(budget.admits(side.article, side.span) for side in sides):
        return False
    for side in sides:
        budget.spend(side)
    return True


def _dated(dated: Dated, budget: QuoteBudget) -> Dated:
    kept = [row for row in zip(dated.bases, dated.citations, dated.spans, strict=True) if _admit(row[1], budget)]
    bases, citations, spans = zip(*kept, strict=True) if kept else ((), (), ())
    return replace(dated, bases=bases, citations=citations, spans=spans)
