"""Whom a topic does not hear: countries that its texts speak of and none of whose outlets reports, languages in which nothing is here."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from digest.models import Article
from digest.names.places import find_places
from digest.settings import Settings
from digest.words import base_language

__all__ = ["unheard_countries", "unheard_languages"]

_SHARE = 0.5
"""A topic is about a country that this part of its separate texts names."""


def unheard_countries(firsts: Sequence[Article], articles: Sequence[Article], settings: Settings) -> tuple[str, ...]:
    """Return the countries (ISO 3166) that at least half of several texts name and that no declared outlet of the articles is from.

    `firsts` are the first articles of the separate texts. The country named most stands first.
    """
    named = Counter(country for article in firsts for country in _countries(f"{article.title}\n{article.text}", article.lang))
    heard = {outlet.country for article in articles if (outlet := settings.outlet(article.outlet)) and outlet.country}
    often = [country for country, n in named.items() if n > 1 and n >= _SHARE * len(firsts) and country not in heard]
    return tuple(sorted(often, key=lambda country: (-named[country], country)))


@cache
def _countries(text: str, lang: str) -> frozenset[str]:
    return frozenset(place.country for place in find_places(text, lang))


def unheard_languages(articles: Sequence[Article], settings: Settings) -> tuple[str, ...]:
    """Return the languages of the site in which none of the articles is."""
    here = {base_language(article.lang) for article in articles}
    return tuple(lang for lang in settings.languages if base_language(lang) not in here)
