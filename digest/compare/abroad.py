"""Tell whether a statement is found in the press of one language alone, where that can be told at all.

Sentences are compared within a language only (`statements`). Across languages a statement is held against what the others tell by its
names and numbers, whatever their script, and by its translation where there is one. Where a doubt is left, nothing is said.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from digest.compare.nearby import NEAR, beginnings
from digest.compare.profiles import FEW, NAME_WEIGHT, Profile, find_terms, profile_sentences
from digest.findings import Statement
from digest.models import Article, Topic
from digest.telling import Telling
from digest.terms import latin, skeleton
from digest.translation import Translation
from digest.words import base_language, spaceless, words

__all__ = ["only_language"]

FACTS = 2
"""Different names and numbers of a sentence from which on other languages can be searched for it."""
BONES = 3
"""Consonants from which on a name can be told from others in another script."""
_CONFUSED = str.maketrans("flm", "prn")
"""Consonants that some scripts do not tell apart as others do: Hebrew has one letter for p and f, Hindi one sign for m and n."""


def only_language(found: Statement, topic: Topic, telling: Telling) -> str | None:
    """Return the language, other than that of a telling, in whose press alone a statement is found; None where it is not, or may not be.

    The topic has to have articles in other languages, and something has to show that they do not tell the same.
    """
    langs = {base_language(cited.article.lang) for cited in found.citations}
    others = [article for article in topic.articles if base_language(article.lang) not in langs]
    cited = found.citations[0]
    if len(langs) > 1 or telling.speaks(first := next(iter(langs))) or not others or any(map(_hides_names, (cited.article, *others))):
        return None
    profile = next((p for p in profile_sentences(cited.article) if p.sentence.start == cited.start), None)
    facts = _facts(profile) if profile else frozenset()
    if len(facts) < FACTS or any(_has(article, facts) for article in others):
        return None
    told = telling.sentence(cited)
    own = [article for article in others if telling.speaks(article.lang)]
    return None if isinstance(told, Translation) and _tells(own, told) else first


@lru_cache(maxsize=512)
def _hides_names(article: Article) -> bool:
    """Return whether an article is written without blanks, so that its names cannot be told from its words."""
    return 2 * len(spaceless(article.text)) > len(article.text)


def _facts(profile: Profile) -> frozenset[str]:
    """Return the names, as their consonants, and the numbers of a sentence."""
    names = {bones for name in profile.names if len(bones := _bones(name)) >= BONES}
    return frozenset({*names, *(term for term in profile.terms if term[0] == "#")})


def _has(article: Article, facts: frozenset[str]) -> bool:
    """Return whether two neighboring sentences of an article have half of some names and numbers, at least two."""
    enough = max(FACTS, math.ceil(len(facts) / 2))
    return any(len(facts & (one | other)) >= enough for one, other in _pairs(_keys(article)))


def _pairs(rows: Sequence[frozenset[str]]) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    return pairwise((frozenset(), *rows))


@lru_cache(maxsize=512)
def _keys(article: Article) -> tuple[frozenset[str], ...]:
    """Return, for each sentence, the consonants of its words, which may be names, and its numbers."""
    return tuple(_words(article.text[s.start:s.end], article.lang) for s in article.sentences)


def _words(text: str, lang: str) -> frozenset[str]:
    numbers = (term for term in find_terms(text, lang) if term[0] == "#")
    return frozenset({*numbers, *(bones for word in words(text) if len(bones := _bones(word)) >= BONES)})


def _bones(word: str) -> str:
    """Return the consonants by which a name is known in any script."""
    return skeleton(latin(word)).translate(_CONFUSED)


def _tells(articles: Iterable[Article], told: Translation) -> bool:
    """Return whether two neighboring sentences of articles may say what a translation into their language says."""
    profiles = [profile_sentences(article) for article in articles]
    used = Counter(term for sentences in profiles for profile in sentences for term in beginnings(profile.terms))
    size = max(sum(map(len, profiles)), FEW) + 1
    weights = {term: (math.log(size / (used[term] + 1)) * (NAME_WEIGHT if term[0] == "#" else 1)) ** 2
               for term in beginnings(find_terms(told.text, told.lang))}
    enough = NEAR * math.fsum(weights.values())
    said = [[beginnings(profile.terms) for profile in sentences] for sentences in profiles]
    return any(_weigh(one | other, weights) >= enough for sentences in said for one, other in _pairs(sentences))


def _weigh(terms: frozenset[str], weights: Mapping[str, float]) -> float:
    return math.fsum(weights[term] for term in terms & weights.keys())
