"""Gather the people, places and organizations that articles name, in all their spellings, without a model.

A name is a run of words written with a capital where none is due. What kind of thing it is follows from what stands around it
(titles, verbs of saying, prepositions: `names.yml`), from a word of it, or from the table of countries; where nothing tells, it is a name.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from digest.days import calendar_words
from digest.findings import Name
from digest.models import Article, Citation
from digest.places import find_places
from digest.profiles import merge_spellings
from digest.terms import LONGEST_NAME, find_names, function_words
from digest.words import base_language, fold, split

__all__ = ["Called", "Mention", "are_short_forms", "call_names", "find_mentions", "gather_names", "word_lists"]

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FILE = Path(__file__).with_name("names.yml")
_JOINS = (" ", "-", "\u2011")
_SHORT_JOINS = (". ", "'", "’")
"""The same after a single letter."""
_BEFORE = (" ", ". ", "'", "’")
_NOUNS = ("de",)
"""Languages whose every noun has a capital: a run of words is a name only where something around it says so."""
_OFTEN = 2
"""A name that fewer places hold is not told; nor does it make a place by the words before it."""
_MOST_IN = 0.4
"""Share of a name's mentions right after a word such as "in" from which it is a place's."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands."""

    article: Article
    start: int
    end: int
    key: Key
    """Its words, folded."""
    hint: str
    """What the words around it say it is: `person`; `said` for perhaps a person, `in` for perhaps a place, `the` for no person; or nothing."""
    joins: tuple[str, ...]
    """What stands between its words."""
    sentence: int
    """Where its sentence starts."""
    quote: str
    """Its words as they stand."""

    @property
    def cited(self) -> Citation:
        """The words of the name themselves."""
        return Citation(self.article, self.start, self.end, self.quote)

    def word(self, number: int) -> Citation:
        """Cite one word of the name, by its number; negative ones count from the end."""
        at = number % len(self.key)
        parts = split(self.quote)
        start = self.start + sum(map(len, parts[:2 * at + 1]))
        return Citation(self.article, start, start + len(parts[2 * at + 1]), parts[2 * at + 1])


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of one language; `names.yml` tells what each holds."""

    titles: frozenset[str]
    around: frozenset[str]
    said: frozenset[str]
    organizations: frozenset[str]
    places: frozenset[str]
    articles: frozenset[str]
    before: frozenset[str]


@lru_cache(maxsize=1)
def _blocks() -> dict[str, dict[str, Any]]:
    blocks: dict[str, dict[str, Any]] = yaml.load(_FILE.read_text("utf-8"), Loader=_LOADER)  # noqa: S506  it makes texts only
    return blocks


@lru_cache(maxsize=64)
def _lists(lang: str) -> _Lists:
    block = _blocks().get(lang, {})
    return _Lists(*(frozenset(word for phrase in block.get(name, ()) for word in phrase.split())
                    for name in ("titles", "around", "said", "organizations", "places", "articles", "in")))


@lru_cache(maxsize=1)
def _short_forms() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for block in _blocks().values() for line in block.get("short", ()))


def are_short_forms(one: str, other: str) -> bool:
    """Return whether two given names, folded, may be one: `bill` and `william`."""
    return any(one in forms and other in forms for forms in _short_forms())


@lru_cache(maxsize=4096)
def find_mentions(article: Article) -> tuple[Mention, ...]:
    """Return where an article's text holds names, in order, without titles and words of the calendar; none in scripts without capitals."""
    parts = split(article.text)
    named = find_names(parts, article.lang)
    lists, skipped = _lists(base_language(article.lang)), calendar_words(article.lang) | function_words(article.lang)
    ends = list(accumulate(map(len, parts)))
    starts = [sentence.start for sentence in article.sentences] or [0]
    capital = [at for at in range(1, len(parts), 2) if parts[at][0].isupper() and (
        parts[at].lower() in named or (len(parts[at]) == 1 and parts[at + 1] == ". "))]
    mentions = []
    for first, last in _runs(parts, capital):
        bare = _strip(parts, first, last, lists, skipped)
        if bare and any(len(parts[at]) > 1 for at in range(bare[0], bare[1] + 1, 2)):
            start, end = ends[bare[0]] - len(parts[bare[0]]), ends[bare[1]]
            key = tuple(_folded(word) for word in parts[bare[0]:bare[1] + 1:2])
            sentence = starts[max(0, bisect_right(starts, start) - 1)]
            mentions.append(Mention(article, start, end, key, _hint(parts, first, bare, lists), tuple(parts[bare[0] + 1:bare[1]:2]), sentence,
                                    article.text[start:end]))
    return tuple(mention for mention in mentions if not _names_people(mention.quote, article.lang))


_folded = lru_cache(maxsize=100_000)(fold)


def _runs(parts: Sequence[str], capital: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each run of names; an initial with its full stop belongs to it."""
    first = last = -1
    for at in capital:
        joined = parts[at - 1] in _JOINS or (parts[at - 1] in _SHORT_JOINS and len(parts[at - 2]) == 1)
        if last == at - 2 and last > 0 and joined and at - first < 2 * (LONGEST_NAME + 3):
            last = at
            continue
        if last > 0:
            yield first, last
        first = last = at
    if last > 0:
        yield first, last


def _strip(parts: Sequence[str], first: int, last: int, lists: _Lists, skipped: frozenset[str]) -> tuple[int, int] | None:
    """Return a run without titles before it and words that belong to no name; None where nothing is left."""
    titles = [at for at in range(first, last + 1, 2) if parts[at].lower() in lists.titles and parts[at - 1] != "-"]
    if titles and titles[-1] < last and not any(parts[at].lower() in lists.organizations for at in range(titles[-1], last + 1, 2)):
        first = titles[-1] + 2
    while first <= last and (parts[first].lower() in lists.around or parts[first].lower() in skipped):
        first += 2
    while last >= first and (parts[last].lower() in lists.around or parts[last].lower() in skipped or parts[last].lower() in lists.titles):
        last -= 2
    return (first, last) if first <= last and last - first < 2 * LONGEST_NAME else None


def _hint(parts: Sequence[str], first: int, bare: tuple[int, int], lists: _Lists) -> str:
    """Return what the words right around a name say it is."""
    before = parts[bare[0] - 2].lower() if bare[0] > 2 and parts[bare[0] - 1] in _BEFORE else ""
    after = parts[bare[1] + 2].lower() if bare[1] + 2 < len(parts) and parts[bare[1] + 1] == " " else ""
    if before in lists.titles:
        return "person"
    if before in lists.articles:
        return "the"
    if after in lists.said or before in lists.said:
        return "said"
    return "in" if before in lists.before and bare[0] == first else ""


@dataclass(frozen=True, slots=True)
class Called:
    """A name with everywhere it stands."""

    key: Key
    """Its words in full, folded, and spelled as the first spelling."""
    name: str
    """Its commonest spelling in full."""
    kind: str
    """As in `Name`."""
    mentions: tuple[Mention, ...]
    """In `Article.order`, then as they stand."""
    in_table: bool
    """Whether it is that of a country or its capital."""


def gather_names(articles: Sequence[Article]) -> tuple[Name, ...]:
    """Return the names that stand in articles of one topic twice or more, those that most articles hold first.

    Spellings of one name are joined: other accents, and other letters in one word while the rest of the name agrees. A short form
    belongs to the longer one that ends with it, where there is but one.
    """
    found = [_told(called) for called in call_names(tuple(sorted(articles, key=lambda a: a.order)))]
    return tuple(sorted(found, key=lambda name: (-len(name.citations), name.citations[0].article.order, name.citations[0].start)))


def _told(called: Called) -> Name:
    spellings = Counter(mention.quote for mention in called.mentions)
    first: dict[str, Mention] = {}
    for mention in called.mentions:
        first.setdefault(mention.article.id, mention)
    return Name(called.name, tuple(spelling for spelling, _ in spellings.most_common()), called.kind, tuple(m.cited for m in first.values()))


@lru_cache(maxsize=256)
def call_names(articles: tuple[Article, ...]) -> tuple[Called, ...]:
    """Return the names of articles, which are those of one topic in `Article.order`, with everywhere they stand."""
    mentions = [mention for article in articles for mention in find_mentions(article)]
    merged = merge_spellings(word for mention in mentions for word in mention.key)
    groups: defaultdict[Key, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[tuple(merged.get(word, word) for word in mention.key)].append(mention)
    longer = _long_forms(groups)
    joined: defaultdict[Key, list[Mention]] = defaultdict(list)
    for key in sorted(groups, key=lambda key: (len(key), key), reverse=True):
        joined[longer.get(key, key)] += groups[key]
    return tuple(_called(key, found, groups) for key, found in joined.items() if len(found) >= _OFTEN and _is_told(key, found))


def _called(key: Key, found: Sequence[Mention], groups: Mapping[Key, Sequence[Mention]]) -> Called:
    ordered = tuple(sorted(found, key=lambda m: (m.article.order, m.start)))
    best = Counter(mention.quote for mention in groups[key]).most_common(1)[0][0]
    return Called(key, best, _kind(key, ordered), ordered, _is_place(max(ordered, key=lambda m: len(m.key))))


def _long_forms(groups: Mapping[Key, Sequence[Mention]]) -> Mapping[Key, Key]:
    """Return for each short form the only long form that ends with it, and for which it can stand."""
    ends: defaultdict[Key, list[Key]] = defaultdict(list)
    for key, found in groups.items():
        pair = "-" in found[0].joins and all((word,) in groups for word in key)
        for at in range(1, len(key) if not pair else 0):
            if at == len(key) - 1 or len(found) >= _OFTEN:
                ends[key[at:]].append(key)
    outer = {short: [key for key in keys if not any(key != other and key[-len(other):] == other for other in keys)] for short, keys in ends.items()}
    return {short: _longest(keys[0], ends) for short, keys in outer.items()
            if short in groups and len(keys) == 1 and groups[keys[0]][0].joins[-1] != "-" and not _is_place(groups[short][0])}


def _longest(key: Key, ends: Mapping[Key, Sequence[Key]]) -> Key:
    """Return the longest form of a long form, as far as there is but one."""
    while len(ends.get(key, ())) == 1:
        key = ends[key][0]
    return key


def _is_place(mention: Mention) -> bool:
    """Return whether a name is that of a country or its capital."""
    return any(place.kind != "people" and (place.start, place.end) == (0, len(mention.quote))
               for place in find_places(mention.quote, mention.article.lang))


@lru_cache(maxsize=20_000)
def _names_people(quote: str, lang: str) -> bool:
    """Return whether all words name peoples: these are no names of their own."""
    named = sum(place.end - place.start for place in find_places(quote, lang) if place.kind == "people")
    return named > 0 and named >= len(quote) - quote.count("-") - quote.count(" ")


def _is_told(key: Key, found: Sequence[Mention]) -> bool:
    """Return whether a name says whom or what it names: no single word that is part of many names, in German only where something tells."""
    lists, lang = word_lists(found), base_language(found[0].article.lang)
    if sum(map(len, key)) < 3 or (len(key) == 1 and any(key[0] in listed for listed in (lists.organizations, lists.places, lists.around))):
        return False
    return lang not in _NOUNS or _is_place(found[0]) or (len(key) > 1 and any(mention.hint == "person" for mention in found))


def word_lists(found: Sequence[Mention]) -> _Lists:
    """Return the lists of `names.yml` for all languages that a name stands in; names cross languages, so English ones too."""
    langs = dict.fromkeys(["en", *(base_language(mention.article.lang) for mention in found)])
    return _joined(tuple(langs))


@lru_cache(maxsize=256)
def _joined(langs: tuple[str, ...]) -> _Lists:
    return _Lists(*(frozenset[str]().union(*(getattr(_lists(lang), name) for lang in langs)) for name in _Lists.__slots__))


def _kind(key: Key, found: Sequence[Mention]) -> str:
    """Return what a name names: by the table of countries, by a word of it, or by what stands around it."""
    lists, longest = word_lists(found), max(found, key=lambda mention: len(mention.key))
    words = [word.lower() for word in split(longest.quote)[1::2]]
    hints = Counter(mention.hint for mention in found)
    if _is_place(longest):
        return "place"
    if len(words) > 1 and not lists.organizations.isdisjoint(words):
        return "organization"
    if not hints["the"] and not hints["in"] and _is_person(key, found, hints):
        return "person"
    if len(words) > 1 and (words[-1] in lists.places or words[0] in lists.places):
        return "place"
    return "place" if hints["in"] >= _OFTEN and hints["in"] >= _MOST_IN * len(found) and not hints["person"] else "name"


def _is_person(key: Key, found: Sequence[Mention], hints: Mapping[str, int]) -> bool:
    """Return whether a name has a title, or is a given name and a surname that speaks or stands alone too."""
    if any(find_places(mention.quote, mention.article.lang) for mention in found[:_OFTEN]):
        return False
    alone = sum(mention.key == key[-1:] for mention in found)
    return hints["person"] > 0 or (len(key) in (2, 3) and (hints["said"] > 0 or alone >= _OFTEN))
