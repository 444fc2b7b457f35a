"""The words that a page may hold without a source: the strings of the interface, and nothing else."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from digest.catalog import load_catalog

__all__ = ["is_interface", "number_pattern"]

_QUOTED = re.compile(r'"[a-z.]+": "([^"]*)"')
_FIELD = re.compile(r"\{\w+\}")
_HEAD = ("described", "described_translation")
"""Strings of heads alone: a page marks its quotations as such, and has no quotation marks of its own."""
_THEME = files("material") / "templates" / "partials" / "languages"
"""The words of the theme in its navigation and buttons, a file a language."""


def _theme_words(lang: str) -> Iterator[str]:
    """Yield the words of the theme in a language, and in English for those that have no translation."""
    for name in ("en", lang):
        path = _THEME.joinpath(f"{name}.html")
        yield from _QUOTED.findall(path.read_text("utf-8")) if path.is_file() else ()


@cache
def number_pattern(lang: str) -> str:
    """Return a pattern of the numbers of a language, blanks folded: figures, with what it writes between them."""
    between = "".join(sorted(re.escape(separator if separator.strip() else " ") for separator in load_catalog(lang).separators()))
    return rf"\d+(?:[{between}]\d+)*"


@cache
def _patterns(lang: str) -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the whole strings of a catalog, and a pattern of what lies between the fields of the others.

    A field may be a number in the text itself; any other field is an element with a mark of its own.
    """
    catalog, number = load_catalog(lang), rf"\s*{number_pattern(lang)}\s*"
    whole, parts = {*_theme_words(lang), catalog.joint().strip()}, set()
    for string in catalog.forms(_HEAD):
        pieces = [" ".join(piece.split()) for piece in _FIELD.split(string)]
        if len(pieces) == 1:
            whole.add(pieces[0])
            continue
        for first in range(len(pieces)):
            for last in range(first, len(pieces)):
                parts.add(number.join(re.escape(piece) for piece in pieces[first:last + 1]))
    return frozenset(whole), re.compile("|".join(sorted(filter(None, parts), key=lambda part: (-len(part), part))))


@cache
def is_interface(text: str, lang: str) -> bool:
    """Return whether a text, blanks folded, is a string of the interface or what stands between its fields."""
    whole, parts = _patterns(lang)
    return not text or text in whole or parts.fullmatch(text) is not None
