"""What comparing the sources found, in the shapes of `data/schema.json`."""

from collections.abc import Sequence

from digest.findings import Change, Dated, Difference, Findings, Statement, Value, Version, Wording
from digest.models import Citation

__all__ = ["findings_data", "quoted_data", "statement_data"]


def findings_data(findings: Findings) -> dict[str, object]:
    """Return all findings of a topic but those that its stories carry."""
    return {"statements": [statement_data(found) for found in findings.statements],
            "differences": [_difference(found) for found in findings.differences],
            "versions": [_version(found) for found in findings.versions],
            "wording": [_wording(found) for found in findings.wording],
            "timeline": [_dated(found) for found in findings.timeline]}


def quoted_data(citations: Sequence[Citation]) -> dict[str, object]:
    """Return a quotation with its citations; the first is the one quoted."""
    return {"text": citations[0].quote, "lang": citations[0].article.lang, "state": "original", "translated": None,
            "citations": _citations(citations)}


def statement_data(found: Statement) -> dict[str, object]:
    """Return what articles say, with how many separate texts and which outlets say so."""
    return quoted_data(found.citations) | {
        "separate_texts": found.separate_texts, "outlets": list(found.outlets), "passage": found.passage,
        "attributed_to": found.attributed_to.quote if found.attributed_to else None,
        "spans": _citations([found.attributed_to] if found.attributed_to else [])}


def _difference(found: Difference) -> dict[str, object]:
    return {"what": found.what, "about": ", ".join(found.about), "within": found.within, "values": [_value(v) for v in found.values]}


def _value(found: Value) -> dict[str, object]:
    return {"value": found.value, "shown": found.spans[0].quote, "assumed": found.assumed, "citations": _citations(found.citations),
            "spans": _citations(found.spans)}


def _version(found: Version) -> dict[str, object]:
    return {"articles": [found.one.id, found.other.id], "order": found.order, "changes": [_change(change) for change in found.changes]}


def _change(change: Change) -> dict[str, object]:
    return {"citations": _citations([side for side in (change.one, change.other) if side]),
            "spans": _citations((*change.one_words, *change.other_words))}


def _wording(found: Wording) -> dict[str, object]:
    return {"kind": found.kind, "about": ", ".join(found.about), "values": [_value(v) for v in found.values]}


def _dated(found: Dated) -> dict[str, object]:
    return {"date": found.date, "precision": found.precision, "basis": found.basis, "shown": found.spans[0].quote,
            **quoted_data(found.citations), "spans": _citations(found.spans)}


def _citations(citations: Sequence[Citation]) -> list[dict[str, object]]:
    return [{"article": cited.article.id, "version": cited.article.version, "start": cited.start, "end": cited.end, "quote": cited.quote}
            for cited in citations]
