"""Texts as Pagefind splits them: blanks between characters of scripts that set none, and nothing that it takes for a sign of its own."""

import re

from digest.words import MARKS

__all__ = ["findable", "spaced", "unspaced"]

GAP = "␣"
"""Stands for a blank that a text itself sets where we set one; `search.js` puts it back."""
_CHARACTER = "\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_POINT = "\u3001-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
_LATIN = "0-9A-Za-z"
_BEFORE, _AFTER = f"(?<=[{_CHARACTER}{_POINT}])", f"(?=[{_CHARACTER}{_LATIN}])"
_LEAVES, _ENTERS = f"(?<=[{_LATIN}])", f"(?=[{_CHARACTER}])"
_SET = re.compile(f"{_BEFORE} {_AFTER}|{_LEAVES} {_ENTERS}")
_UNSET = re.compile(f"{_BEFORE}{_AFTER}(?![{MARKS}])|{_LEAVES}{_ENTERS}")
_SIGNS = ("___PAGEFIND_", "___END_PAGEFIND_")


def findable(text: str) -> str:
    """Return a text on one line without what would be taken for a sign of Pagefind's or of ours."""
    return " ".join(word for word in text.replace(GAP, "").split() if not any(sign in word for sign in _SIGNS))


def spaced(text: str) -> str:
    """Return a findable text with a blank after each character of a script that sets none, so that each is a word."""
    return text if text.isascii() else _UNSET.sub(" ", _SET.sub(f" {GAP} ", text))


def unspaced(text: str) -> str:
    """Return the text of which `spaced` made another."""
    return text if text.isascii() else _SET.sub("", text).replace(f" {GAP} ", " ")
