"""Hold the counts that a page shows against the articles and separate texts that the data list."""

import re
from collections.abc import Iterable
from functools import cache

from digest.catalog import load_catalog
from digest.models import Article

__all__ = ["Count", "count_group", "stated_count"]

Count = tuple[str, int]
"""A string of the interface, and the number in it."""
_KEYS = ("outlets_n", "texts_n", "languages_n")


def count_group(articles: Iterable[Article], texts: int) -> frozenset[Count]:
    """Return what may be counted of a topic or a story."""
    members = list(articles)
    numbers = (len({a.outlet for a in members if a.outlet}), texts, len({a.lang for a in members}))
    return frozenset(zip(_KEYS, numbers, strict=True))


@cache
def _patterns(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    strings = load_catalog(lang).strings
    forms = {key: (string,) if isinstance(string := strings[key], str) else tuple(string.values()) for key in _KEYS}
    return tuple((key, re.compile(re.escape(form).replace(r"\{n\}", r"(\d+)"))) for key in _KEYS for form in forms[key])


@cache
def stated_count(text: str, lang: str) -> Count | None:
    """Return what a text counts; None where it is no count. A form without a number says one."""
    for key, pattern in _patterns(lang):
        if found := pattern.fullmatch(text):
            return key, int(found[1]) if pattern.groups else 1
    return None
