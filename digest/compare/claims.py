"""What two texts put at the same place: claims, clashes of two of them, and the differences that clashes add up to."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digest.compare.profiles import Profile, profile_sentences
from digest.findings import Difference, Value
from digest.lists import load_lists
from digest.models import Article, Citation
from digest.names.places import countries, find_places
from digest.numerals import is_number_word
from digest.readable import readability
from digest.terms import surfaces
from digest.words import base_language

__all__ = ["Claim", "Clash", "event_block", "gather_differences", "have_like_parties", "profiles_of", "sentence_at"]

_ABOUT = 6
"""Names and terms told of what a difference is about."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that a sentence of a separate text gives."""

    text: int
    """The number of the text in its topic."""
    profile: Profile
    start: int
    """Where the words of the value start in the article."""
    end: int
    value: str
    assumed: bool = False

    @property
    def article(self) -> Article:
        """The article that says so."""
        return self.profile.article

    @property
    def sentence(self) -> Citation:
        """The whole sentence."""
        return Citation.of(self.profile.article, self.profile.sentence)

    @property
    def span(self) -> Citation:
        """The words of the value."""
        return Citation(self.article, self.start, self.end, self.article.text[self.start:self.end])

    @property
    def place(self) -> tuple[str, int]:
        """What tells it from all others."""
        return self.article.id, self.start


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims that cannot both be right as said."""

    what: str
    """`date`, `number`, `name`, `place` or `state`."""
    one: Claim
    other: Claim
    agreeing: tuple[Claim, ...] = ()
    """Further claims that give either value for the same thing."""


def event_block(lang: str) -> dict[str, Any]:
    """Return a language's block of `differences.yml`, with the lists that hold in any."""
    shared = {name: load_lists("differences")[name] for name in ("once", "recurring")}
    return {**shared, **load_lists("differences").get(base_language(lang), {})}


def profiles_of(articles: Iterable[Article]) -> Mapping[tuple[str, int], Profile]:
    """Return the terms of the sentences of articles, by the article's id and where the sentence starts."""
    return {(article.id, profile.sentence.start): profile for article in articles for profile in profile_sentences(article)}


def sentence_at(article: Article, at: int) -> Citation:
    """Cite the sentence that holds a place of an article that has sentences."""
    return Citation.of(article, article.sentences[bisect_right(article.sentences, at, key=lambda s: s.start) - 1])


def have_like_parties(one: Citation, other: Citation) -> bool:
    """Return whether two sentences speak of the same countries, as far as both speak of any: the one's are among the other's."""
    ones, others = (countries(side.quote, side.article.lang) for side in (one, other))
    return ones <= others or others <= ones


def gather_differences(clashes: Sequence[Clash]) -> Iterator[Difference]:
    """Yield the differences: clashes that share a claim are one; those of one article with itself are told apart."""
    groups: list[tuple[str, dict[tuple[str, int], Claim]]] = []
    for clash in clashes:
        claims = {claim.place: claim for claim in (clash.one, clash.other, *clash.agreeing)}
        same = [group for group in groups if group[0] == clash.what and not claims.keys().isdisjoint(group[1])]
        for group in same:
            groups.remove(group)
            claims = group[1] | claims
        groups.append((clash.what, claims))
    for what, claims in groups:
        yield _difference(what, sorted(claims.values(), key=lambda claim: (claim.article.order, claim.start)))


def _difference(what: str, claims: Sequence[Claim]) -> Difference:
    by_value: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_value[claim.value].append(claim)
    texts = {value: len({claim.text for claim in found}) for value, found in by_value.items()}
    ordered = sorted(by_value, key=lambda value: (-texts[value], by_value[value][0].article.order, by_value[value][0].start))
    within = len({claim.article.id for claim in claims}) == 1
    return Difference(what, _about(list(by_value.values())), tuple(_value(value, by_value[value]) for value in ordered), within)


def _value(value: str, claims: Sequence[Claim]) -> Value:
    """Return a value with its sentences, the clearest first, each once."""
    clearest = sorted(claims, key=lambda claim: -readability(claim.article, claim.profile.sentence))
    once = {(claim.article.id, claim.profile.sentence.start): claim for claim in reversed(clearest)}
    kept = [claim for claim in clearest if once[claim.article.id, claim.profile.sentence.start] is claim]
    return Value(value, tuple(claim.sentence for claim in kept), tuple(claim.span for claim in kept), all(claim.assumed for claim in kept))


def _about(sides: Sequence[Sequence[Claim]]) -> tuple[str, ...]:
    """Return what a sentence of each side names, as the first of them writes it: names first, then other words, often told ones first."""
    first = sides[0][0].article
    counts = Counter(term for side in sides for term in {term for claim in side for term in claim.profile.terms})
    names = {name for side in sides for claim in side for name in claim.profile.names}
    shown = surfaces(first)
    valued = {word.lower() for side in sides for claim in side for word in claim.span.quote.split()}
    everywhere = [term for term in dict.fromkeys(term for side in sides for claim in side for term in claim.profile.terms)
                  if counts[term] == len(sides) and term[0] not in "#@"]
    keys = [key for term in sorted(everywhere, key=lambda term: term not in names) for key in ("n" + term, "w" + term)]
    found = dict.fromkeys(shown[key] for key in keys if key in shown and shown[key].lower() not in valued
                          and not is_number_word(shown[key].lower(), base_language(first.lang)))
    return tuple(dict.fromkeys([*_countries(sides, found), *found]))[:_ABOUT]


def _countries(sides: Sequence[Sequence[Claim]], found: dict[str, None]) -> list[str]:
    """Return the countries that all sides name, as the first writes them, where it names them otherwise than the others do."""
    named = [{place.country: claim.sentence.quote[place.start:place.end] for claim in reversed(side)
              for place in reversed(find_places(claim.sentence.quote, claim.article.lang))} for side in sides]
    return [words for country, words in named[0].items() if words not in found and all(country in other for other in named[1:])]
