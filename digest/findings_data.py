"""What comparing the sources found, in the shapes of `data/schema.json`."""

from collections.abc import Iterable, Sequence

from digest.compare.abroad import only_language
from digest.findings import Change, Dated, Difference, Findings, Statement, Value, Version, Wording
from digest.models import Citation, Topic
from digest.telling import Telling
from digest.translation import EDITOR, Original, Told, Translation

__all__ = ["findings_data", "quoted_data", "statement_data", "told_data", "translation_data"]


def findings_data(findings: Findings, topic: Topic, telling: Telling) -> dict[str, object]:
    """Return all findings of a topic but those that its stories carry, as a telling has them."""
    return {"statements": [statement_data(found, telling) | {"only_in": only_language(found, topic, telling)}
                           for found in findings.statements],
            "differences": [_difference(found) for found in findings.differences],
            "versions": [_version(found) for found in findings.versions],
            "wording": [_wording(found) for found in findings.wording],
            "timeline": [_dated(found, telling) for found in findings.timeline]}


def quoted_data(citations: Sequence[Citation], telling: Telling | None = None) -> dict[str, object]:
    """Return a quotation, translated where the telling is, with its citations; the first is the one quoted."""
    first = citations[0]
    told = telling.sentence(first) if telling else None
    return told_data(Original(first.quote, first.article.lang), told) | {"citations": _citations(citations)}


def told_data(original: Original, told: Told | None) -> dict[str, object]:
    """Return a text as it is told, in which language, and how that came about."""
    if isinstance(told, Translation):
        how = {"engine": told.engine, "model": told.model, "from": told.source, "through": told.through, "doubts": list(told.doubts)}
        return {"text": told.text, "lang": told.lang, "state": "editor" if told.engine == EDITOR else "translated", "translated": how}
    return {"text": original.text, "lang": original.lang, "state": "fallback" if told else "original", "translated": None}


def translation_data(quoted: Iterable[Citation], telling: Telling) -> list[dict[str, object]]:
    """Return the translations of quotations, each once, in the order of their places."""
    rows = {(cited.article.id, *cited.span): (cited, told) for cited in quoted if isinstance(told := telling.sentence(cited), Translation)}
    return [_citations([cited])[0] | told_data(Original(cited.quote, cited.article.lang), told)
            for _, (cited, told) in sorted(rows.items(), key=lambda row: row[0])]


def statement_data(found: Statement, telling: Telling | None = None) -> dict[str, object]:
    """Return what articles say, with how many separate texts and which outlets say so."""
    return quoted_data(found.citations, telling) | {
        "separate_texts": found.separate_texts, "outlets": list(found.outlets), "passage": found.passage,
        "attributed_to": found.attributed_to.quote if found.attributed_to else None,
        "spans": _citations([found.attributed_to] if found.attributed_to else []), "only_in": None}


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


def _dated(found: Dated, telling: Telling | None) -> dict[str, object]:
    return {"date": found.date, "precision": found.precision, "basis": found.basis, "shown": found.spans[0].quote,
            **quoted_data(found.citations, telling), "spans": _citations(found.spans)}


def _citations(citations: Sequence[Citation]) -> list[dict[str, object]]:
    return [{"article": cited.article.id, "version": cited.article.version, "start": cited.start, "end": cited.end, "quote": cited.quote}
            for cited in citations]
