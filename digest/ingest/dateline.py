"""Tell the first sentence of a report by its dateline: `BRINDLE, Nov 3 (Nordwire) - The mayor …`."""

import re

from digest.ingest.junk import ends_sentence
from digest.ingest.names import looks_like_outlet
from digest.ingest.phrases import any_of

__all__ = ["has_dateline", "wire_outlet"]

_START = re.compile(
    r"(?P<place>[^\W\d_][^!?():;\"“”„«»|]{1,60}?)"
    r"(?:[.,]?\s?\((?P<name>[^()\d]{2,40})\)\.?\s?[-–—]{1,2}\s|[.,]?\s/(?P<slashed>[^/\d]{2,40})/\.?\s|\s[-–—]{1,2}\s)(?=\S)")
_AGENCY = re.compile(any_of("agencies"))
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_FEWEST = 8
"""Words of a sentence with its dateline, at least."""
_PARAGRAPH = 60
"""Characters of a sentence behind a bare place in capitals, at least: a headline may begin so too."""


def has_dateline(line: str) -> bool:
    """Return whether a line is a sentence that begins with a dateline."""
    found = _start(line)
    if not found or len(line.split()) < _FEWEST or not ends_sentence(line) or line.rstrip().endswith("?"):
        return False
    place, signed = found["place"], bool(found["name"] or found["slashed"])
    dated = bool(_DAY.search(place)) and "," in place
    return dated or (_is_place(place) and (signed or len(line) >= _PARAGRAPH)) or _is_wire(found)


def wire_outlet(line: str) -> str | None:
    """Return the agency that a dateline names; None where there is none."""
    found = _start(line)
    name = (found["name"] or found["slashed"] or "").strip() if found else ""
    return name if name and has_dateline(line) and len(name.split()) <= 4 else None


def _start(line: str) -> re.Match[str] | None:
    found = _START.match(line[:160])
    return found if found and len(found["place"].split()) <= 6 and not found["place"][0].islower() else None


def _is_place(place: str) -> bool:
    """Return whether the words in front of the dash, or the first of them, are in capitals as a place's name is."""
    name = place.split(",")[0]
    return name.isupper() and len(name) >= 4


def _is_wire(found: re.Match[str]) -> bool:
    name = (found["name"] or found["slashed"] or "").strip()
    return bool(name) and (bool(_AGENCY.fullmatch(name)) or looks_like_outlet(name))
