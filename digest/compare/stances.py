"""Find words that take different sides for what the same parties did: `liberated` and `regained control of`.

Words count as different only where they are of one family and of different sides (`wording.yml`), outside quotations, in sentences
that speak of the same: it is the outlet's own word, and the other's for the same thing.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations

from digest.compare.align import Aligned
from digest.compare.claims import profiles_of, sentence_at
from digest.compare.profiles import Profile
from digest.dates.stated import stated_dates
from digest.findings import Value, Wording
from digest.lists import load_lists
from digest.models import Article, Citation, Text
from digest.names.places import countries, find_places
from digest.phrases import quotations
from digest.terms import function_words, surfaces
from digest.words import base_language, split_whole, stem

__all__ = ["find_stances"]

ALIKE = 0.35
"""How alike two sentences must be in which one thing is told in different words."""
PARTIES = 2
"""Countries that two sentences must both speak of to tell of the same parties, where they are not alike."""
_NEAR = 8
"""Words on each side of a word among which its actor or object stands."""
_SHARED = 2
"""Words near two words that must be the same."""
_DAY = 10
"""Characters of a day in ISO 8601."""
_ABOUT = 6

Phrase = tuple[str, ...]
Family = tuple[str, str]
"""The names of a family of words and of a side of it."""
Place = tuple[str, int]
"""An article's id and where a sentence of it starts."""


@dataclass(frozen=True, slots=True)
class _Use:
    """A word of a family in an article."""

    text: int
    profile: Profile
    start: int
    end: int
    family: str
    side: str
    near: frozenset[str]
    """Stems of the words around it, and the countries that it names among them."""
    parties: frozenset[str]
    """The countries that its paragraph speaks of up to it."""
    days: frozenset[str]
    """The days that its sentence names."""
    agent: str
    """The country that did it, as far as its place in the sentence tells."""

    @property
    def place(self) -> tuple[str, int]:
        """What tells it from all others."""
        return self.profile.article.id, self.start


@lru_cache(maxsize=64)
def _starts(lang: str) -> Mapping[str, Sequence[tuple[Phrase, Family]]]:
    """Return the phrases of all families by their first words, longest first."""
    found: defaultdict[str, list[tuple[Phrase, Family]]] = defaultdict(list)
    for family, sides in load_lists("wording").get(lang, {}).get("families", {}).items():
        for side, phrases in sides.items():
            for phrase in phrases:
                words = tuple(split_whole(phrase)[1::2])
                found[words[0]].append((words, (family, side)))
    return {word: sorted(phrases, key=lambda p: -len(p[0])) for word, phrases in found.items()}


def find_stances(texts: Sequence[Text], aligned: Sequence[Aligned]) -> Iterator[Wording]:
    """Yield words of one family and different sides that texts have for what the same parties did."""
    uses = [use for number, text in enumerate(texts) for article in text.articles for use in _uses(number, article)]
    alike = {((p.one.article.id, p.one.start), (p.other.article.id, p.other.start)) for p in aligned if p.score >= ALIKE}
    by_family: defaultdict[tuple[str, str], list[_Use]] = defaultdict(list)
    for use in uses:
        by_family[base_language(use.profile.article.lang), use.family].append(use)
    for (lang, _), found in by_family.items():
        plain = frozenset(load_lists("wording")[lang].get("plain", ()))
        if len({use.side for use in found}) > 1 and len({use.text for use in found}) > 1:
            yield from _set_apart(found, plain, alike)


def _set_apart(uses: Sequence[_Use], plain: frozenset[str], alike: Collection[tuple[Place, Place]]) -> Iterator[Wording]:
    """Yield the uses of a family that are set against each other, those that are linked together."""
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for use in uses:
        sides[use.profile.article.id].add(use.side)
    groups: list[dict[tuple[str, int], _Use]] = []
    for one, other in combinations(uses, 2):
        if one.text == other.text or one.side == other.side or {one.side, other.side} <= plain:
            continue
        both = other.side in sides[one.profile.article.id] or one.side in sides[other.profile.article.id]
        if both or not _tell_the_same(one, other, alike):
            continue
        joined = {use.place: use for use in (one, other)}
        for group in [g for g in groups if not joined.keys().isdisjoint(g)]:
            groups.remove(group)
            joined = group | joined
        groups.append(joined)
    for joined in groups:
        yield _wording([*joined.values(), *(use for use in uses if use.place not in joined and _is_another(use, joined))])


def _place(use: _Use) -> Place:
    return use.profile.article.id, use.profile.sentence.start


def _tell_the_same(one: _Use, other: _Use, alike: Collection[tuple[Place, Place]]) -> bool:
    """Return whether two words are of what the same parties did: in alike sentences, on the same day, or of the same things."""
    shared, agents = one.near & other.near, {one.agent, other.agent}
    a, b = _place(one), _place(other)
    if (a, b) in alike or (b, a) in alike:
        return len(shared) >= _SHARED and (len(agents) == 1 or "" in agents)
    if one.family not in load_lists("wording")["wide"] or len(one.parties & other.parties) < PARTIES:
        return False
    return bool(one.days & other.days) or (len(shared) >= _SHARED and len(agents) == 1 and "" not in agents)


def _is_another(use: _Use, joined: Mapping[tuple[str, int], _Use]) -> bool:
    """Return whether a word tells the same as one of the same side: that of a copy, or of the same parties near the same words."""
    return any(use.side == known.side and len(use.near & known.near) > _SHARED and (use.text == known.text or use.parties & known.parties)
               for known in joined.values())


def _wording(uses: Sequence[_Use]) -> Wording:
    by_side: defaultdict[str, list[_Use]] = defaultdict(list)
    for use in sorted(uses, key=lambda u: (u.profile.article.order, u.start)):
        by_side[use.side].append(use)
    ordered = sorted(by_side.values(), key=lambda found: (-len({u.text for u in found}), found[0].profile.article.order, found[0].start))
    return Wording("verb", _about(ordered), tuple(_told(found) for found in ordered))


def _told(uses: Sequence[_Use]) -> Value:
    first = {use.profile.article.id: use for use in reversed(uses)}
    found = sorted(first.values(), key=lambda u: (u.profile.article.order, u.start))
    spans = tuple(Citation(u.profile.article, u.start, u.end, u.profile.article.text[u.start:u.end]) for u in found)
    value = Counter(span.quote.lower() for span in spans).most_common(1)[0][0]
    return Value(value, tuple(Citation.of(u.profile.article, u.profile.sentence) for u in found), spans)


def _about(sides: Sequence[Sequence[_Use]]) -> tuple[str, ...]:
    """Return the countries, names and words that stand near all sides, as the first writes them."""
    first = sides[0][0].profile
    shared = frozenset.intersection(*(frozenset[str]().union(*(use.near for use in side)) for side in sides))
    quote = first.article.text[first.sentence.start:first.sentence.end]
    named = [quote[p.start:p.end] for p in find_places(quote, first.article.lang) if p.country in shared]
    shown = surfaces(first.article)
    terms = [shown[key] for term in first.terms if term in shared for key in ("n" + term, "w" + term) if key in shown]
    return tuple(dict.fromkeys([*named, *terms]))[:_ABOUT]


def _uses(number: int, article: Article) -> Iterator[_Use]:
    """Yield the words of all families in an article, outside quotations."""
    found = list(_found(article)) if article.sentences else []
    profiles = profiles_of([article]) if found else {}
    for start, end, family in found:
        sentence = sentence_at(article, start)
        profile = profiles.get((article.id, sentence.start))
        quoted = any(a <= start - sentence.start < b for a, b in quotations(sentence.quote)[0])
        if profile is not None and end <= sentence.end and not quoted:
            span = start, end
            yield _Use(number, profile, *span, *family, _near(sentence, span), _parties(article, profile), _days(article, sentence),
                       _agent(sentence, span))


def _found(article: Article) -> Iterator[tuple[int, int, Family]]:
    """Yield where phrases of the families stand, the longest at each place."""
    starts = _starts(base_language(article.lang))
    parts = split_whole(article.text) if starts else []
    words, taken = [word.lower() for word in parts[1::2]], -1
    places = [at for at, word in enumerate(words) if word in starts]
    ends = list(accumulate(map(len, parts)))[1::2] if places else []
    for at in places:
        found = next(((phrase, family) for phrase, family in starts[words[at]] if tuple(words[at:at + len(phrase)]) == phrase), None)
        if found and at > taken:
            taken = at + len(found[0]) - 1
            yield ends[at] - len(parts[2 * at + 1]), ends[taken], found[1]


def _agent(sentence: Citation, span: tuple[int, int]) -> str:
    """Return the country named last before a verb, or first after one in the passive."""
    lang, quote = sentence.article.lang, sentence.quote
    start, end = span[0] - sentence.start, span[1] - sentence.start
    passive = split_whole(quote[end:].lower())[1:2]
    places = find_places(quote, lang)
    if passive and passive[0] in load_lists("wording")[base_language(lang)].get("by", ()):
        return next((place.country for place in places if place.start >= end), "")
    return next((place.country for place in reversed(places) if place.end <= start), "")


def _near(sentence: Citation, span: tuple[int, int]) -> frozenset[str]:
    """Return the stems and countries around a word, itself left out."""
    lang, stop = sentence.article.lang, function_words(sentence.article.lang)
    before = sentence.quote[:span[0] - sentence.start]
    after = sentence.quote[span[1] - sentence.start:]
    sides = [*split_whole(before)[1::2][-_NEAR:], *split_whole(after)[1::2][:_NEAR]]
    stems = {stem(word.lower(), lang) for word in sides if len(word) > 2 and word.lower() not in stop and not word[0].isdecimal()}
    return frozenset(stems) | countries(sentence.quote, lang)


def _parties(article: Article, profile: Profile) -> frozenset[str]:
    paragraph = [s for s in article.sentences if s.paragraph == profile.sentence.paragraph and s.index <= profile.sentence.index]
    return countries(article.text[paragraph[0].start:profile.sentence.end], article.lang)


def _days(article: Article, sentence: Citation) -> frozenset[str]:
    """Return the days that a sentence names, in ISO 8601; in any year where the article tells none."""
    inside = [d for d in stated_dates(article) if sentence.start <= d.start and d.end <= sentence.end]
    stated = {d.date for d in inside if d.date and len(d.date) == _DAY}
    return frozenset(stated | {f"--{d.day_of_year[0]:02}-{d.day_of_year[1]:02}" for d in inside if d.day_of_year})
