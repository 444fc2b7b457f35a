"""Which language a text is in (py3langid, offline)."""

import re
from functools import lru_cache
from itertools import islice

__all__ = ["detect_language", "settle_language"]

_ENOUGH_LETTERS = 20
"""A shorter text tells no language."""
_SURE_LETTERS = 200
"""From here on the text is believed against the page's own word."""
_READ = 1_000
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_SAME = {"no": "nb", "nn": "nb", "iw": "he", "in": "id", "sh": "sr", "bs": "sr", "hr": "sr", "ms": "id", "gl": "pt", "tl": "fil"}
"""Languages that the detector cannot keep apart, or names by an older code."""


def detect_language(text: str) -> str | None:
    """Return the language of a text; None where it is too short to tell."""
    return _detect(text[:_READ])


@lru_cache(maxsize=4)
def _detect(text: str) -> str | None:
    if not _has_letters(text, _ENOUGH_LETTERS):
        return None
    from py3langid import classify

    return str(classify(text)[0])


def settle_language(stated: str | None, text: str, found: str | None) -> str | None:
    """Return the stated language, unless a long text is plainly in the other one that was found."""
    stated = (stated or "").strip().replace("_", "-")
    if not _TAG.fullmatch(stated) or stated.casefold() in {"und", "mul", "zxx"}:
        return found
    sure = found is not None and _has_letters(text[:_READ], _SURE_LETTERS)
    return found if sure and _primary(found or "") != _primary(stated) else stated


def _has_letters(text: str, count: int) -> bool:
    return any(islice((c for c in text if c.isalpha()), count - 1, None))


def _primary(tag: str) -> str:
    primary = tag.split("-")[0].casefold()
    return _SAME.get(primary, primary)
