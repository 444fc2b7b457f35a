"""Names as their first consonants, by which texts of different languages and scripts can tell that they speak of the same."""

from functools import lru_cache

from digest.compare.attribution import telling_span
from digest.compare.profiles import Profile
from digest.terms import latin, skeleton
from digest.words import stem, stems, words

__all__ = ["bone", "names_of", "names_told", "words_known"]

LEAST = 3
"""Consonants that tell a name from others; of one with fewer, as many letters do."""
_LETTERS = 5
"""Letters of such a name that are compared."""


@lru_cache(maxsize=100_000)
def bone(name: str) -> str:
    """Return the first consonants of a name, of one with few its first letters; nothing where these are few too."""
    plain = latin(name)
    found = skeleton(plain)
    return found if len(found) >= LEAST else f"={plain[:_LETTERS]}" if len(plain) >= LEAST else ""


def names_of(profile: Profile, beside: frozenset[str] | None = None) -> frozenset[str]:
    """Return the names of a sentence; of those beside something, where their stems are given."""
    return _bones(profile, profile.names if beside is None else profile.names & beside)


def names_told(profile: Profile) -> frozenset[str]:
    """Return the names of a sentence but for whom it rests on."""
    quote = profile.article.text[profile.sentence.start:profile.sentence.end]
    span = telling_span(quote, profile.article.lang)
    source = frozenset(stems(quote[span[0]:span[1]], profile.article.lang)) if span else frozenset()
    return _bones(profile, profile.names - source)


def _bones(profile: Profile, names: frozenset[str]) -> frozenset[str]:
    """Return the names of a sentence that have these stems; stems themselves are cut otherwise in each language."""
    article = profile.article
    found = words(article.text[profile.sentence.start:profile.sentence.end].lower()) if names else []
    return frozenset([bone(word) for word in found if stem(word, article.lang) in names]) - {""}


@lru_cache(maxsize=4096)
def words_known(text: str) -> frozenset[str]:
    """Return all words of a sentence or an article, so that whatever it names is among them."""
    return frozenset([bone(word) for word in dict.fromkeys(words(text.lower()))])
