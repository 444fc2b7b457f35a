"""Gather the people, places and organizations that articles name, in all their spellings, without a model.

What kind of thing a name is follows from what stands around it (titles, verbs of saying, prepositions: `names.yml`), from a word
of it, or from the table of countries; where nothing tells, it is a name.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.compare.profiles import merge_spellings
from digest.findings import Name
from digest.models import Article
from digest.names.mentions import Key, Mention, NameLists, find_mentions, name_lists
from digest.names.places import find_places
from digest.words import base_language, split

__all__ = ["Called", "call_names", "gather_names", "word_lists"]

_NOUNS = ("de",)
"""Languages whose every noun has a capital: a run of words is a name only where something around it says so."""
_OFTEN = 2
"""A name that fewer places hold is not told; nor does it make a place by the words before it."""
_MOST_IN = 0.4
"""Share of a name's mentions right after a word such as "in" from which it is a place's."""


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
    commonest = tuple(spelling for spelling, _ in spellings.most_common())
    return Name(called.name, commonest, called.kind, tuple(mention.cited for mention in first.values()))


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
    longer = dict[Key, Key]()
    for short, keys in ends.items():
        nearest = [key for key in keys if not any(key != other and key[-len(other):] == other for other in keys)]
        if short in groups and len(nearest) == 1 and groups[nearest[0]][0].joins[-1] != "-" and not _is_place(groups[short][0]):
            longer[short] = _longest(nearest[0], ends)
    return longer


def _longest(key: Key, ends: Mapping[Key, Sequence[Key]]) -> Key:
    """Return the longest form of a long form, as far as there is but one."""
    while len(ends.get(key, ())) == 1:
        key = ends[key][0]
    return key


def _is_place(mention: Mention) -> bool:
    """Return whether a name is that of a country or its capital."""
    return any(place.kind != "people" and (place.start, place.end) == (0, len(mention.quote))
               for place in find_places(mention.quote, mention.article.lang))


def _is_told(key: Key, found: Sequence[Mention]) -> bool:
    """Return whether a name says whom or what it names: no single word that is part of many names, in German only where something tells."""
    lists, lang = word_lists(found), base_language(found[0].article.lang)
    if sum(map(len, key)) < 3 or (len(key) == 1 and any(key[0] in listed for listed in (lists.organizations, lists.places, lists.around))):
        return False
    return lang not in _NOUNS or _is_place(found[0]) or (len(key) > 1 and any(mention.hint == "person" for mention in found))


def word_lists(found: Sequence[Mention]) -> NameLists:
    """Return the lists of `names.yml` for all languages that a name stands in; names cross languages, so English ones too."""
    langs = dict.fromkeys(["en", *(base_language(mention.article.lang) for mention in found)])
    return _joined(tuple(langs))


@lru_cache(maxsize=256)
def _joined(langs: tuple[str, ...]) -> NameLists:
    return NameLists(*(frozenset[str]().union(*(getattr(name_lists(lang), name) for lang in langs)) for name in NameLists.__slots__))


def _kind(key: Key, found: Sequence[Mention]) -> str:
    """Return what a name names: by the table of countries, by a word of it, or by what stands around it."""
    lists, longest = word_lists(found), max(found, key=lambda mention: len(mention.key))
    words = [word.lower() for word in split(longest.quote)[1::2]]
    hints = Counter(mention.hint for mention in found)
    if _is_place(longest) or (len(words) > 1 and words[-1] in lists.places and words[-1] not in lists.organizations):
        return "place"
    if len(words) > 1 and not lists.organizations.isdisjoint(words):
        return "organization"
    if not hints["the"] and not hints["in"] and _is_person(key, found, hints):
        return "person"
    if len(words) > 1 and words[0] in lists.places:
        return "place"
    return "place" if hints["in"] >= _OFTEN and hints["in"] >= _MOST_IN * len(found) and not hints["person"] else "name"


def _is_person(key: Key, found: Sequence[Mention], hints: Mapping[str, int]) -> bool:
    """Return whether a name has a title, or is a given name and a surname that speaks or stands alone too."""
    if any(find_places(mention.quote, mention.article.lang) for mention in found[:_OFTEN]):
        return False
    alone = sum(mention.key == key[-1:] for mention in found)
    return hints["person"] > 0 or (len(key) in (2, 3) and (hints["said"] > 0 or alone >= _OFTEN))
