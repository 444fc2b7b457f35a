"""Hold the counts that a page shows against the articles and separate texts that the data list."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from digest.catalog import load_catalog
from digest.models import Article
from digest.plurals import sole_number
from digest.rights import article_rights
from digest.settings import Settings
from digest.verify.words import number_pattern
from digest.words import base_language

__all__ = ["Count", "count_group", "count_limits", "count_outlets", "count_owners", "stated_counts"]

Count = tuple[str, int]
"""A string of the interface, and the number in it."""
_KEYS = ("outlets_n", "texts_n", "languages_n", "unknown_outlets_n", "articles_n", "stories_n", "topics_n", "limit_one_text",
         "limit_unknown_outlet", "limit_undeclared", "limit_unknown_date", "limit_foreign", "limit_languages", "limit_link",
         "untranslated_n", "editions_n", "own_n")


def count_group(articles: Iterable[Article], texts: int) -> frozenset[Count]:
    """Return what may be counted of a topic or a story."""
    members = list(articles)
    numbers = (len({a.outlet for a in members if a.outlet}), texts, len({base_language(a.lang) for a in members}),
               sum(a.outlet is None for a in members))
    return frozenset(zip(_KEYS, numbers, strict=False))


def count_limits(articles: Sequence[Article], texts: int, settings: Settings, lang: str) -> frozenset[Count]:
    """Return what a topic's page may say that it cannot tell; `lang` is the language that it is told in."""
    outlets = [settings.outlet(a.outlet) for a in articles]
    found = {"limit_one_text": int(texts == 1), "limit_unknown_outlet": outlets.count(None),
             "limit_undeclared": sum(outlet is not None and not outlet.declared for outlet in outlets),
             "limit_unknown_date": sum(a.published is None for a in articles),
             "limit_foreign": sum(base_language(a.lang) != base_language(lang) for a in articles),
             "limit_languages": len({base_language(a.lang) for a in articles}),
             "limit_link": sum(article_rights(a, settings) == "link" for a in articles)}
    return frozenset(found.items())


def count_outlets(articles: Mapping[str, Article], settings: Settings) -> frozenset[Count]:
    """Return how many articles outlets have: the declared ones and the others."""
    found = Counter(a.outlet for a in articles.values() if a.outlet)
    return frozenset(("articles_n", found[outlet]) for outlet in (*found, *settings.outlets))


def count_owners(firsts: Iterable[Article], settings: Settings) -> int:
    """Return how many outlets have texts that begin with these articles; those of one owner count once, and so do unknown ones."""
    outlets = [settings.outlet(article.outlet) for article in firsts]
    return len({(outlet.owner or outlet.id) if outlet else "" for outlet in outlets})


@cache
def _patterns(lang: str) -> tuple[tuple[str, re.Pattern[str], int], ...]:
    """Return the forms of the strings that count, and what one says that has no figure."""
    strings = load_catalog(lang).strings
    forms = {key: {"": string} if isinstance(string := strings[key], str) else string for key in _KEYS}
    return tuple((key, _pattern(form, lang), _unsaid(tag, lang)) for key in _KEYS for tag, form in forms[key].items())


def _unsaid(tag: str, lang: str) -> int:
    """Return the number that a form stands for without a figure; -1 where it stands for several."""
    alone = sole_number(lang, tag) if tag else 1
    return -1 if alone is None else alone


def _pattern(form: str, lang: str) -> re.Pattern[str]:
    return re.compile(rf"\s*({number_pattern(lang)})\s*".join(re.escape(" ".join(piece.split())) for piece in form.split("{n}")))


@cache
def stated_counts(text: str, lang: str) -> frozenset[Count]:
    """Return what a text may count; nothing where it is no count. A form without a number says the one that it is for."""
    found = [(key, pattern.fullmatch(text), alone) for key, pattern, alone in _patterns(lang)]
    return frozenset((key, _number(match[1], lang) if match.re.groups else alone) for key, match, alone in found if match)


def _number(text: str, lang: str) -> int:
    """Return a number as a language writes it; -1 for anything else."""
    figures = "".join(filter(str.isdecimal, text))
    value = int(figures) if 0 < len(figures) < 10 else -1
    return value if " ".join(load_catalog(lang).number(value).split()) == text else -1
