"""Find different words for one thing: names of one place, verbs that take sides, spellings of one name.

Words count as different only where they are of one family and of different sides (`wording.yml`), outside quotations, in sentences
that speak of the same parties: it is the outlet's own word, and the other's for the same thing.
"""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, combinations
from pathlib import Path
from typing import Any

import yaml

from digest.align import Aligned
from digest.claims import profiles_of
from digest.dates import stated_dates
from digest.findings import Value, Wording
from digest.models import Article, Citation, Text
from digest.naming import Called, call_names, word_lists
from digest.phrases import quotations
from digest.places import countries, find_places
from digest.profiles import Profile
from digest.terms import function_words, surfaces
from digest.words import base_language, fold, split, stem

__all__ = ["find_wording"]

ALIKE = 0.35
"""How alike two sentences must be in which one thing is told in different words."""
PARTIES = 2
"""Countries that two sentences must both speak of to tell of the same parties, where they are not alike."""
_NEAR = 8
"""Words on each side of a word among which its actor or object stands."""
_SHARED = 2
"""Words near two nouns that must be the same."""
_DAY = 10
"""Characters of a day in ISO 8601."""
_ABOUT = 6
_ENDING = 2
"""Letters at the end of a name that may be its case or number."""

_BRITISH = re.compile(r"s(?=[ei])|our|re$|or(?=s?$)")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FILE = Path(__file__).with_name("wording.yml")
Phrase = tuple[str, ...]
Family = tuple[str, str]
"""The names of a family of words and of a side of it."""


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


@lru_cache(maxsize=1)
def _blocks() -> dict[str, dict[str, Any]]:
    blocks: dict[str, dict[str, Any]] = yaml.load(_FILE.read_text("utf-8"), Loader=_LOADER)  # noqa: S506  it makes texts only
    return blocks


@lru_cache(maxsize=64)
def _starts(lang: str) -> Mapping[str, Sequence[tuple[Phrase, Family]]]:
    """Return the phrases of all families by their first words, longest first."""
    found: defaultdict[str, list[tuple[Phrase, Family]]] = defaultdict(list)
    for family, sides in _blocks().get(lang, {}).get("families", {}).items():
        for side, phrases in sides.items():
            for phrase in phrases:
                words = tuple(split(phrase)[1::2])
                found[words[0]].append((words, (family, side)))
    return {word: sorted(phrases, key=lambda p: -len(p[0])) for word, phrases in found.items()}


def find_wording(texts: Sequence[Text], aligned: Sequence[Aligned]) -> tuple[Wording, ...]:
    """Return the different words that the texts of a topic have for one thing: names, then verbs, then spellings.

    Each value is cited once an article, so that outlets can be counted; copies count with their text.
    """
    if len(texts) < 2:
        return ()
    articles = [article for text in texts for article in text.articles]
    called = call_names(tuple(sorted(articles, key=lambda a: a.order)))
    return (*_names(called, aligned), *_verbs(texts, aligned), *_spellings(called))


# names

def _names(called: Sequence[Called], aligned: Sequence[Aligned]) -> Iterator[Wording]:
    """Yield names of places and organizations that share their last word, in alike sentences, where no article has both."""
    ends: defaultdict[str, list[Called]] = defaultdict(list)
    for name in called:
        if len(name.key) > 1 and name.kind in ("place", "organization") and not name.in_table:
            ends[name.key[-1]].append(name)
    for head, names in ends.items():
        lists = word_lists(names[0].mentions)
        if len(names) > 1 and head not in lists.organizations and head not in lists.places:
            yield from _named_apart(names, aligned)


def _named_apart(names: Sequence[Called], aligned: Sequence[Aligned]) -> Iterator[Wording]:
    for one, other in combinations(names, 2):
        ones, others = ({m.article.id for m in name.mentions if m.key[-1] == name.key[-1] and len(m.key) > 1} for name in (one, other))
        if ones.isdisjoint(others) and _stand_in_alike(one, other, aligned):
            yield Wording("name", _about_names(one), tuple(_named(name) for name in sorted((one, other), key=_used_by)))


def _stand_in_alike(one: Called, other: Called, aligned: Sequence[Aligned]) -> bool:
    """Return whether two names stand in two sentences that are alike."""
    ones, others = ({(m.article.id, m.sentence) for m in name.mentions if len(m.key) > 1} for name in (one, other))
    return any(((a := (p.one.article.id, p.one.start)) in ones and (b := (p.other.article.id, p.other.start)) in others)
               or (a in others and (p.other.article.id, p.other.start) in ones) for p in aligned)


def _used_by(name: Called) -> int:
    return -len({m.article.id for m in name.mentions})


def _named(name: Called) -> Value:
    first = {m.article.id: m for m in reversed(name.mentions) if len(m.key) > 1}
    found = sorted(first.values(), key=lambda m: m.article.order)
    return Value(name.name, tuple(_sentence(m.article, m.start) for m in found), tuple(m.cited for m in found))


def _about_names(name: Called) -> tuple[str, ...]:
    return (split(name.name)[-2],)


def _sentence(article: Article, at: int) -> Citation:
    """Cite the sentence that holds a place of an article."""
    return Citation.of(article, article.sentences[bisect_right([s.start for s in article.sentences], at) - 1])


# verbs and nouns

def _verbs(texts: Sequence[Text], aligned: Sequence[Aligned]) -> Iterator[Wording]:
    """Yield words of one family and different sides that texts have for what the same parties did."""
    uses = [use for number, text in enumerate(texts) for article in text.articles for use in _uses(number, article)]
    alike = {((p.one.article.id, p.one.start), (p.other.article.id, p.other.start)) for p in aligned if p.score >= ALIKE}
    by_family: defaultdict[tuple[str, str], list[_Use]] = defaultdict(list)
    for use in uses:
        by_family[base_language(use.profile.article.lang), use.family].append(use)
    for (lang, _), found in by_family.items():
        plain = frozenset(_blocks()[lang].get("plain", ()))
        if len({use.side for use in found}) > 1 and len({use.text for use in found}) > 1:
            yield from _set_apart(found, plain, alike)


def _set_apart(uses: Sequence[_Use], plain: frozenset[str], alike: set[tuple[tuple[str, int], tuple[str, int]]]) -> Iterator[Wording]:
    """Yield the uses of a family that are set against each other, those that are linked together."""
    sides: defaultdict[str, set[str]] = defaultdict(set)
    for use in uses:
        sides[use.profile.article.id].add(use.side)
    groups: list[dict[tuple[str, int], _Use]] = []
    for one, other in combinations(uses, 2):
        if one.text == other.text or one.side == other.side or {one.side, other.side} <= plain:
            continue
        if other.side in sides[one.profile.article.id] or one.side in sides[other.profile.article.id] or not _tell_the_same(one, other, alike):
            continue
        joined = {use.place: use for use in (one, other)}
        for group in [g for g in groups if not joined.keys().isdisjoint(g)]:
            groups.remove(group)
            joined = group | joined
        groups.append(joined)
    for joined in groups:
        yield _wording([*joined.values(), *(use for use in uses if use.place not in joined and _is_another(use, joined))])


def _place(use: _Use) -> tuple[str, int]:
    return use.profile.article.id, use.profile.sentence.start


def _tell_the_same(one: _Use, other: _Use, alike: set[tuple[tuple[str, int], tuple[str, int]]]) -> bool:
    """Return whether two words are of what the same parties did: in alike sentences, on the same day, or of the same things."""
    shared, agents = one.near & other.near, {one.agent, other.agent}
    a, b = _place(one), _place(other)
    if (a, b) in alike or (b, a) in alike:
        return len(shared) >= _SHARED and (len(agents) == 1 or "" in agents)
    if one.family not in _blocks()["wide"] or len(one.parties & other.parties) < PARTIES:
        return False
    return bool(one.days & other.days) or (len(shared) >= _SHARED and len(agents) == 1 and "" not in agents)


def _is_another(use: _Use, joined: Mapping[tuple[str, int], _Use]) -> bool:
    """Return whether a word tells the same as one of the same side: that of a copy, or of the same parties near the same words."""
    return any(use.side == known.side and len(use.near & known.near) > _SHARED and use.parties & known.parties for known in joined.values())


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
        sentence = _sentence(article, start)
        profile = profiles.get((article.id, sentence.start))
        if profile is not None and end <= sentence.end and not any(a <= start - sentence.start < b for a, b in quotations(sentence.quote)[0]):
            span = start, end
            yield _Use(number, profile, *span, *family, _near(sentence, span), _parties(article, profile), _days(article, sentence),
                       _agent(sentence, span))


def _found(article: Article) -> Iterator[tuple[int, int, Family]]:
    """Yield where phrases of the families stand, the longest at each place."""
    starts = _starts(base_language(article.lang))
    parts = split(article.text) if starts else []
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
    passive = split(quote[end:].lower())[1:2]
    places = find_places(quote, lang)
    if passive and passive[0] in _blocks()[base_language(lang)].get("by", ()):
        return next((place.country for place in places if place.start >= end), "")
    return next((place.country for place in reversed(places) if place.end <= start), "")


def _near(sentence: Citation, span: tuple[int, int]) -> frozenset[str]:
    """Return the stems and countries around a word, itself left out."""
    lang, stop = sentence.article.lang, function_words(sentence.article.lang)
    before = sentence.quote[:span[0] - sentence.start]
    after = sentence.quote[span[1] - sentence.start:]
    sides = [*split(before)[1::2][-_NEAR:], *split(after)[1::2][:_NEAR]]
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


# spellings

def _spellings(called: Sequence[Called]) -> Iterator[Wording]:
    """Yield the names that articles of one language spell in different ways, by the last word that differs."""
    for name in called:
        langs = dict.fromkeys(base_language(m.article.lang) for m in name.mentions)
        for lang in langs:
            variants = _variants(name, lang)
            if len(variants) > 1:
                yield Wording("spelling", (), tuple(variants))


def _variants(name: Called, lang: str) -> list[Value]:
    """Return the spellings of the last word of a name that differs by more than an ending, each with where each article has it first."""
    if len({mention.quote for mention in name.mentions}) == 1:
        return []
    for back in range(1, len(name.key) + 1):
        found: defaultdict[str, dict[str, Citation]] = defaultdict(dict)
        for mention in name.mentions:
            if base_language(mention.article.lang) == lang and len(mention.key) >= back:
                word = mention.word(-back)
                found[word.quote].setdefault(mention.article.id, word)
        kept = {word: cited for word, cited in found.items() if not any(_is_inflected(word, other) for other in found if other != word)}
        if len(kept) > 1 and len({article for cited in kept.values() for article in cited}) > 1:
            ordered = sorted(kept, key=lambda word: (-len(kept[word]), word))
            return [Value(word, tuple(_sentence(c.article, c.start) for c in kept[word].values()), tuple(kept[word].values())) for word in ordered]
    return []


def _american(word: str) -> str:
    """Return a word without what British and American spelling differ in."""
    return _BRITISH.sub(lambda found: {"s": "z", "our": "or", "re": "er", "or": "er"}[found[0]], word)


def _is_inflected(word: str, other: str) -> bool:
    """Return whether a word is another with another ending, or in other capitals."""
    one, two = word.lower(), other.lower()
    if one == two:
        return word.isupper() or not other.isupper()
    if fold(one) == fold(two):
        return False
    if _american(one) == _american(two):
        return True
    shared = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return max(len(one), len(two)) - shared <= _ENDING and len(one) >= len(two)
