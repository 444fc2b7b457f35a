"""Judge which of the sentences that are alike say the same thing."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from digest.compare.align import Aligned
from digest.compare.attribution import telling_span
from digest.compare.plans import are_plan_and_deed
from digest.compare.profiles import Placed, place_sentences
from digest.compare.votes import tell_one_result
from digest.dates.stated import stated_dates
from digest.models import Citation, Text
from digest.quantities import are_comparable, are_compatible, find_quantities
from digest.readable import readability
from digest.words import stems

__all__ = ["contradict", "same_sentences"]

SAME = 1.5
"""Likeness from which two sentences say the same thing; fitted on labelled pairs, see `tests/quality`."""
CLOSE = 0.3
"""Sentences less alike than this by themselves never say the same thing, whatever stands around them."""
TERMS, AROUND, THIRD, READS = 0.55, 0.65, 0.7, 0.4
"""What the other signs of sameness weigh beside the words that are no names: all terms, neighbours that are alike, a sentence
of a third text that is like both, and how well the worse of both reads alone (what does not is often a fragment)."""
WORDS = 0.1
"""Sentences whose other words are less alike than this share names alone: they may tell different things about them."""
ROUGH = 0.2
"""Leaving out what tells whom a sentence rests on changes that cosine by no more than this, but for a few."""

Key = tuple[str, int]
"""An article's id and where a sentence of it starts."""


def same_sentences(texts: Sequence[Text], aligned: Sequence[Aligned]) -> tuple[Aligned, ...]:
    """Return those pairs of alike sentences that say the same thing, with their likeness; in the same order.

    What stands around two sentences tells whether they are about the same (Barzilay and Elhadad 2003); so does the result of a
    vote. Pairs with different numbers for one thing, different days, or a negation or a plan in only one of them are left out.
    """
    partners: defaultdict[Key, dict[Key, float]] = defaultdict(dict)
    for pair in aligned:
        partners[_key(pair.one)][_key(pair.other)] = partners[_key(pair.other)][_key(pair.one)] = pair.score
    sentences = {placed.profile.key: _Sentence(placed, partners)
                 for language in place_sentences(texts) for placed in language if placed.profile.key in partners}
    near = [(pair, sentences[_key(pair.one)], sentences[_key(pair.other)]) for pair in aligned if pair.score >= CLOSE]
    likeness = ((pair, one, other, _likeness(pair.score, one, other)) for pair, one, other in near)
    likely = ((pair, one, other, SAME if score < SAME and tell_one_result(pair.one, pair.other) else score)
              for pair, one, other, score in likeness)
    return tuple(Aligned(pair.one, pair.other, score) for pair, one, other, score in likely
                 if score >= SAME and not contradict(one.placed, other.placed))


class _Sentence:
    """A sentence among those that are alike; what pairs of them ask again and again is found once."""

    def __init__(self, placed: Placed, partners: Mapping[Key, Mapping[Key, float]]) -> None:
        self.placed = placed
        self.partners = partners[placed.profile.key]
        """How like it each sentence is that is alike."""
        self._all = partners

    @cached_property
    def nearest(self) -> Sequence[tuple[float, Key]]:
        """Its partners, the likest first."""
        return sorted(((score, key) for key, score in self.partners.items()), reverse=True)

    @cached_property
    def beside(self) -> Sequence[tuple[Key, Mapping[Key, float]]]:
        """The sentences before and after it, each with its partners."""
        article, index = self.placed.profile.article, self.placed.profile.sentence.index
        keys = [(article.id, article.sentences[at].start) for at in (index - 1, index + 1) if 0 <= at < len(article.sentences)]
        return [(key, self._all.get(key, {})) for key in keys]

    @cached_property
    def source(self) -> frozenset[str]:
        """The stems of what tells whom it rests on."""
        return _telling_terms(_quote(self.placed), self.placed.profile.article.lang)

    @cached_property
    def about(self) -> frozenset[str]:
        """The names in it but for those of its source."""
        return self.placed.names - self.source

    @cached_property
    def words(self) -> Mapping[str, float]:
        """The weights of its terms that are neither names nor numbers nor days."""
        return {term: weight for term, weight in self.placed.vector.items() if term not in self.placed.names and term[0] not in "#@"}

    @cached_property
    def length(self) -> float:
        """The length of the vector of these words."""
        return math.hypot(*self.words.values())

    @cached_property
    def reads(self) -> float:
        """How well it reads alone."""
        return readability(self.placed.profile.article, self.placed.profile.sentence)


def _likeness(score: float, one: _Sentence, other: _Sentence) -> float:
    """Return how sure it is that two sentences say the same thing, of which `score` is the cosine."""
    if one.about and other.about and one.about.isdisjoint(other.about):
        return 0.0
    around = TERMS * score + AROUND * _around(one, other) + THIRD * _third(one, other)
    least = max(WORDS, SAME - around - READS)
    words = _words(one, other, least) if one.placed.names or other.placed.names else score
    return words + around + READS * min(one.reads, other.reads) if words >= least else 0.0


def _words(one: _Sentence, other: _Sentence, least: float) -> float:
    """Return the cosine of the words that are neither names nor numbers nor tell whom the sentences rest on.

    Where it is far below the least that counts even with the latter, it is told so. (A term is a name in all sentences or in none.)
    """
    product = _product(one.words, other.words)
    rough = product / (one.length * other.length) if product else 0.0
    sources = one.source | other.source
    if not sources or rough < least - ROUGH:
        return rough
    a, b = ({term: weight for term, weight in sentence.words.items() if term not in sources} for sentence in (one, other))
    product = _product(a, b)
    return product / (math.hypot(*a.values()) * math.hypot(*b.values())) if product else 0.0


def _product(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Return the inner product of two vectors, exact to the last bit in any order."""
    return math.fsum([a[term] * b[term] for term in a.keys() & b.keys()])


def _around(one: _Sentence, other: _Sentence) -> float:
    """Return how alike the most alike two of their neighbours are."""
    return max((partners.get(key, 0.0) for _, partners in one.beside for key, _ in other.beside), default=0.0)


def _third(one: _Sentence, other: _Sentence) -> float:
    """Return how like both the sentence of a third text is that is most like both."""
    best = 0.0
    for score, key in one.nearest:
        if score <= best:
            break
        best = max(best, min(score, other.partners.get(key, 0.0)))
    return best


@lru_cache(maxsize=16_384)
def _telling_terms(quote: str, lang: str) -> frozenset[str]:
    """Return the stems of what tells whom a sentence rests on."""
    span = telling_span(quote, lang)
    return frozenset(stems(quote[span[0]:span[1]], lang)) if span else frozenset()


def contradict(one: Placed, other: Placed) -> bool:
    """Return whether two sentences name other numbers for one thing or other days, or one denies or only plans what the other says."""
    shared = one.vector.keys() & other.vector.keys()
    denied = (one.profile.negated ^ other.profile.negated) & shared
    return bool(denied) or _differ_in_number(one, other) or _differ_in_day(one, other) or _differ_in_tense(one, other)


def _differ_in_tense(one: Placed, other: Placed) -> bool:
    negated = one.profile.negated or other.profile.negated
    return not negated and are_plan_and_deed(_quote(one), _quote(other), one.profile.article.lang)


def _differ_in_number(one: Placed, other: Placed) -> bool:
    first, second = (find_quantities(_quote(placed), placed.profile.article.lang) for placed in (one, other))
    for a in first:
        rivals = [b for b in second if are_comparable(a, b)]
        if rivals and not any(are_compatible(a, b) for b in rivals):
            return True
    return bool(_numbered(one, other.vector) & _numbered(other, one.vector))


def _numbered(placed: Placed, but: Mapping[str, float]) -> frozenset[str]:
    """Return the terms beside which a sentence has a number in figures that the other sentence has nowhere."""
    terms = placed.profile.terms
    return frozenset(term for a, b in pairwise(terms) for number, term in ((a, b), (b, a))
                     if number[0] == "#" and number not in but and term[0] != "#")


def _differ_in_day(one: Placed, other: Placed) -> bool:
    first, second = _days(one), _days(other)
    if first and second:
        return not first & second
    named = [{term for term in placed.vector if term.startswith("@d")} for placed in (one, other)]
    return bool(not first and not second and named[0] and named[1] and not named[0] & named[1])


def _days(placed: Placed) -> frozenset[str]:
    sentence = placed.profile.sentence
    return frozenset(stated.date for stated in stated_dates(placed.profile.article)
                     if sentence.start <= stated.start < sentence.end and stated.date and stated.date.count("-") == 2)


def _quote(placed: Placed) -> str:
    return placed.profile.article.text[placed.profile.sentence.start:placed.profile.sentence.end]


def _key(cited: Citation) -> Key:
    return cited.article.id, cited.start
