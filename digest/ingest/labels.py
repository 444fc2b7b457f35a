"""Read the labels that people and mail programs write above a text (`Title: …`, `Subject: …`, `From: …`)."""

import re
from collections.abc import Sequence

from digest.ingest.junk import kind_of_junk
from digest.ingest.phrases import any_of
from digest.ingest.raw import Dropped

__all__ = ["EMAIL", "take_labels"]

_LABELLED = re.compile(r"[^\W\d_][\w -]{0,24}\s?[:：]\s*\S")
_TITLE = re.compile(rf"{any_of('title label')}\s?[:：]\s*(?:(?:re|fwd?|aw|wg)\s?:\s*)*(?P<title>\S.*)", re.IGNORECASE)
_MAIL = re.compile(rf"{any_of('mail label')}\s?[:：]\s*(?P<value>\S.*)", re.IGNORECASE)
EMAIL = re.compile(r"(?:[^@]{0,60}[\s:<(])?[^\s@<>()]{1,64}@[\w-]+(?:\.[\w-]+)+[>)]?", re.IGNORECASE)
"""A line that is an e-mail address, with the name or the label in front of it."""


def take_labels(lines: Sequence[str]) -> tuple[list[str], tuple[Dropped, ...]]:
    """Return the lines with the one labelled as the title marked as such (`# …`), and without a mail's own lines."""
    size = _labelled(lines)
    titles = [at for at in range(size) if _TITLE.fullmatch(lines[at])]
    mail = {at for at in range(size) if at not in titles and _is_mail(lines[at], known=bool(titles))}
    kept = [_marked(line) if at in titles[:1] else line for at, line in enumerate(lines) if at not in mail]
    return kept, tuple(Dropped("mail", lines[at]) for at in sorted(mail))


def _labelled(lines: Sequence[str]) -> int:
    """Return how many lines at the start have a label or are surely not the article's."""
    return next((at for at, line in enumerate(lines) if not _LABELLED.match(line) and kind_of_junk(line) is None), len(lines))


def _is_mail(line: str, *, known: bool) -> bool:
    found = _MAIL.fullmatch(line)
    return found is not None and len(line) <= 300 and (known or "@" in found["value"])


def _marked(line: str) -> str:
    found = _TITLE.fullmatch(line)
    return f"# {found['title']}" if found else line
