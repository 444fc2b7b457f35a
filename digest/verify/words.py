"""The words that a page may hold without a source: the strings of the interface, and nothing else."""

import re
from functools import cache

from digest.catalog import load_catalog

__all__ = ["is_interface"]

_FIELD = re.compile(r"\{\w+\}")
_THEME = frozenset({"Back to top", "Table of contents"})
"""Words of the theme in its navigation and buttons."""


@cache
def _patterns(lang: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the whole strings of a catalog, and a pattern of what lies between the fields of the others.

    A field may be a number in the text itself; any other field is an element with a mark of its own.
    """
    whole, parts = set(_THEME), set()
    for string in load_catalog(lang).forms():
        pieces = [" ".join(piece.split()) for piece in _FIELD.split(string)]
        if len(pieces) == 1:
            whole.add(pieces[0])
            continue
        for first in range(len(pieces)):
            for last in range(first, len(pieces)):
                parts.add(r"\s*[\d.,]+\s*".join(re.escape(piece) for piece in pieces[first:last + 1]))
    return frozenset(whole), re.compile("|".join(sorted(filter(None, parts), key=lambda part: (-len(part), part))))


@cache
def is_interface(text: str, lang: str) -> bool:
    """Return whether a text, blanks folded, is a string of the interface or what stands between its fields."""
    whole, parts = _patterns(lang)
    return not text or text in whole or parts.fullmatch(text) is not None
