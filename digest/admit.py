"""Keep of a topic's findings what may be shown: every sentence that a finding quotes, or quotes words of, is asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from digest.findings import Change, Dated, Difference, Findings, Statement, Value, Version
from digest.marks import home_of
from digest.models import Citation, Text
from digest.rights import QuoteBudget

__all__ = ["admit_differences", "admit_findings"]


def admit_differences(found: Iterable[Difference], budget: QuoteBudget) -> tuple[Difference, ...]:
    """Return the differences of which at least two values may still be shown, each with the sentences that may."""
    kept = (replace(difference, values=tuple(_values(difference.values, budget))) for difference in found)
    return tuple(difference for difference in kept if len(difference.values) > 1)


def admit_findings(found: Findings, texts: Sequence[Text], budget: QuoteBudget) -> Findings:
    """Return the findings with only what may be shown; what loses so many of its sentences that it says nothing more is left out.

    Differences are taken as they are: they were asked for before. Names are only where articles hold them: they quote nothing.
    """
    home = {article.id: number for number, text in enumerate(texts) for article in text.articles}
    statements = tuple(_statements(found.statements, home, budget))
    versions = tuple(version for v in found.versions if (version := _version(v, budget)).changes)
    alone = tuple((story, kept) for story, rows in found.alone if (kept := tuple(_statements(rows, home, budget))))
    timeline = tuple(dated for row in found.timeline if (dated := _dated(row, budget)).citations)
    wording = tuple(words for row in found.wording if len((words := replace(row, values=tuple(_values(row.values, budget)))).values) > 1)
    return replace(found, statements=statements, versions=versions, alone=alone, timeline=timeline, wording=wording)


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
            yield replace(statement, citations=cited, separate_texts=texts, outlets=outlets,
                          attributed_to=statement.attributed_to if same else None)


def _values(values: Iterable[Value], budget: QuoteBudget) -> Iterator[Value]:
    for value in values:
        kept = [(c, span) for c, span in zip(value.citations, value.spans, strict=True) if _admit(c, budget)]
        if kept:
            yield replace(value, citations=tuple(c for c, _ in kept), spans=tuple(span for _, span in kept))


def _version(version: Version, budget: QuoteBudget) -> Version:
    return replace(version, changes=tuple(change for change in version.changes if _may_show(change, budget)))


def _may_show(change: Change, budget: QuoteBudget) -> bool:
    sides = [side for side in (change.one, change.other) if side]
    return all(budget.admits(side.article, side.span) for side in sides) and sum(_admit(side, budget) for side in sides) == len(sides)


def _dated(dated: Dated, budget: QuoteBudget) -> Dated:
    kept = [(c, span) for c, span in zip(dated.citations, dated.spans, strict=True) if _admit(c, budget)]
    return replace(dated, citations=tuple(c for c, _ in kept), spans=tuple(span for _, span in kept))
