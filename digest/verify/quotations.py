"""Hold a quotation of a page or of data against the very text that it cites."""

import re
from pathlib import Path

from digest.escape import visible
from digest.marks import QuoteMark
from digest.models import Article
from digest.verify.evidence import Evidence

__all__ = ["check_quote"]

_EDITION = re.compile(r"archive/\d{4}/\d\d/\d\d/index\.html")


def check_quote(path: Path, mark: QuoteMark, shown: str, evidence: Evidence) -> None:
    """Note a fault of a shown quotation, or that its span is shown."""
    text = evidence.text_of(mark)
    if problem := _missing(mark, evidence) if text is None else _misquoted(mark, text, shown):
        evidence.fault(path, problem)
    elif text is None or (text.former and not _may_cite_former(path, mark, evidence)):
        evidence.fault(path, f"cites a former text of {mark.article}, version {mark.version}; only source pages and pages of editions may")
    else:
        evidence.show([(mark.article, mark.version, mark.start, mark.end)], path)


def _missing(mark: QuoteMark, evidence: Evidence) -> str:
    article = evidence.articles.get(mark.article)
    if article is None:
        return f"cites {mark.article}, which is not in the content"
    return f"cites version {mark.version} of {mark.article}, but its text is version {article.version}, and no former text is that version"


def _misquoted(mark: QuoteMark, text: Article, shown: str) -> str | None:
    if not 0 <= mark.start < mark.end <= len(text.text):
        return f"cites {mark.article} {mark.start}–{mark.end}, which is outside its text"
    if not visible(text.text[mark.start]) or not visible(text.text[mark.end - 1]):
        return f"cites {mark.article} {mark.start}–{mark.end}, which begins or ends beside its words"
    if visible(text.text[mark.start:mark.end]) != visible(shown):
        return f"“{visible(shown)[:60]}” does not stand in {mark.article} at {mark.start}–{mark.end}"
    return None


def _may_cite_former(path: Path, mark: QuoteMark, evidence: Evidence) -> bool:
    """Return whether a file may cite a former text: the source page of its article, or the page of an edition."""
    place = path.relative_to(evidence.site).as_posix()
    within = place.removeprefix(evidence.tree_of(place))
    return place == f"sources/{mark.article}/index.html" or _EDITION.fullmatch(within) is not None
