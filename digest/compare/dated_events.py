"""Find the days that texts give for one event: what happened, between whom, on which day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate

from digest.compare.align import Aligned
from digest.compare.bones import names_of
from digest.compare.claims import Claim, Clash, event_block, have_like_parties
from digest.compare.profiles import Profile, profile_sentences
from digest.dates.stated import StatedDate, stated_dates
from digest.days import calendar_words
from digest.models import Article, Text
from digest.names.places import countries
from digest.terms import function_words
from digest.words import base_language, split_whole, stem

__all__ = ["clashing_days", "find_kinds"]

APART = 3
"""Days of one event that texts give are at most so many days apart; two events of a kind are mostly farther."""
PARTIES = 2
"""Countries that two texts must both name for one event of a kind that happens once."""
NAMES = 4
"""The same for names of any kind, such as the two parts of two persons' names and a place: who is no country has no other name."""
_ALIKE = 0.35
"""How alike two sentences must be whose day of the same happening is compared."""
_NEAR, _TOGETHER = 5, 7
"""Words around a day that tell what happened on it; words between the two words of a kind."""
_WINDOW, _WHOLE = 8, 20
"""Words around a day that tell what kind of thing happened; the same where the sentence gives no other day."""
_SAID = 3
"""Words between a day and a word of saying of which it is the day."""
_BEFORE = 2
"""Paragraphs before a sentence that tell whom it speaks of."""
_SHARED = 2
"""Words near the days that two sentences must share."""
_MORE = 3
"""The same for what happens again and again, and for a year."""
_YEAR = 4
"""Characters of a year in ISO 8601."""

Phrase = tuple[str, ...]
Slot = tuple[str, int, int]
"""A kind of event, the number of a way of telling it, and the number of a list of that way."""


@dataclass(frozen=True, slots=True)
class _Event:
    """A day that a sentence gives for something."""

    claim: Claim
    day: str
    kinds: frozenset[str]
    near: frozenset[str]
    """Stems of the words around the day."""
    parties: frozenset[str]
    """The countries that its paragraph and those right before it name."""
    names: frozenset[str]
    """The names of its sentence, where it is of a kind that happens once."""
    said: bool
    """Whether it is the day when something was said."""

    @property
    def in_figures(self) -> bool:
        """Whether the words name the day itself; a weekday is only as sure as the day of publication."""
        return any(c.isdecimal() for c in self.claim.span.quote)


@lru_cache(maxsize=64)
def _tellings(lang: str) -> tuple[Mapping[str, Sequence[tuple[Phrase, Slot]]], Mapping[tuple[str, int], int]]:
    """Return what may tell of each kind of event, by its first word, and how many lists each way of telling takes."""
    starts, lists = defaultdict[str, list[tuple[Phrase, Slot]]](list), dict[tuple[str, int], int]()
    for way, (name, listed) in enumerate(event_block(lang).get("events", {}).items()):
        slots = listed if isinstance(listed[0], list) else [listed]
        lists[name.strip(), way] = len(slots)
        for slot, phrases in enumerate(slots):
            for phrase in phrases:
                words = tuple(split_whole(phrase)[1::2])
                starts[words[0]].append((words, (name.strip(), way, slot)))
    return starts, lists


@lru_cache(maxsize=64)
def _once(lang: str) -> frozenset[str]:
    return frozenset(event_block(lang)["once"])


@lru_cache(maxsize=64)
def _said(lang: str) -> frozenset[str]:
    return frozenset(event_block(lang).get("said", ()))


def clashing_days(texts: Sequence[Text], aligned: Sequence[Aligned]) -> Iterator[Clash]:
    """Yield the pairs of days that separate texts give for one event.

    They give it in sentences that are alike and tell the same around the day; or they tell of an event of a kind that two parties
    have but once in a few days (`once` in `differences.yml`), and name the same parties, by whatever name of a country. Neither
    article names the other's day anywhere. One day at least is named in figures: a weekday is only as sure as the day of publication.
    """
    events = [event for number, text in enumerate(texts) for event in _events(number, text)]
    by_sentence: defaultdict[tuple[str, int], list[_Event]] = defaultdict(list)
    for event in events:
        by_sentence[event.claim.article.id, event.claim.profile.sentence.start].append(event)
    days = _days_named(events)
    pairs = [*_from_aligned(aligned, by_sentence), *_from_kinds(events)]
    for one, other in pairs:
        named = other.day in days[one.claim.article.id] or one.day in days[other.claim.article.id]
        if (one.in_figures or other.in_figures) and _are_apart(one, other) and not named:
            yield Clash("date", one.claim, other.claim, tuple(event.claim for event in events if _agrees(event, one, other)))


def _days_named(events: Sequence[_Event]) -> Mapping[str, set[str]]:
    days: defaultdict[str, set[str]] = defaultdict(set)
    for event in events:
        days[event.claim.article.id].add(event.day)
    return days


def _from_aligned(aligned: Sequence[Aligned], by_sentence: Mapping[tuple[str, int], Sequence[_Event]]) -> Iterator[tuple[_Event, _Event]]:
    """Yield the days of alike sentences that give one each, for what the same words around them tell."""
    for pair in aligned:
        ones, others = (by_sentence.get((side.article.id, side.start), ()) for side in (pair.one, pair.other))
        told = len(ones) == len(others) == 1 and not ones[0].said and not others[0].said
        if pair.score >= _ALIKE and told and have_like_parties(pair.one, pair.other):
            one, other = ones[0], others[0]
            if _are_alike(one, other) and one.claim.profile.negated == other.claim.profile.negated:
                yield one, other


def _are_alike(one: _Event, other: _Event) -> bool:
    """Return whether the words around two days tell the same: more of them for what happens again and again, or for a year alone."""
    kinds = one.kinds & other.kinds
    if not kinds and len(one.day) > _YEAR:
        return False
    if kinds & _once(one.claim.article.lang) and _of_same_parties(one, other):
        return True
    again = not kinds or kinds <= frozenset(event_block(one.claim.article.lang)["recurring"])
    return len(one.near & other.near) >= (_MORE if again else _SHARED)


def _from_kinds(events: Sequence[_Event]) -> Iterator[tuple[_Event, _Event]]:
    """Yield the days that different texts give for the same kind of event of the same parties."""
    having: defaultdict[str, list[_Event]] = defaultdict(list)
    for event in events:
        if event.said or (len(event.parties) < PARTIES and len(event.names) < NAMES):
            continue
        for kind in sorted(event.kinds & _once(event.claim.article.lang)):
            yield from ((other, event) for other in having[kind]
                        if other.claim.text != event.claim.text and _of_same_parties(other, event))
            having[kind].append(event)


def _of_same_parties(one: _Event, other: _Event) -> bool:
    """Return whether two events are between the same: countries by whatever name, or the same names."""
    return len(one.parties & other.parties) >= PARTIES or len(one.names & other.names) >= NAMES


def _are_apart(one: _Event, other: _Event) -> bool:
    """Return whether two days are of one precision, and different, but not by far."""
    if one.day == other.day or len(one.day) != len(other.day):
        return False
    if len(one.day) < 10:
        return len(one.day) == _YEAR and abs(int(one.day) - int(other.day)) <= APART
    return abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days) <= APART


def _agrees(event: _Event, one: _Event, other: _Event) -> bool:
    """Return whether an event is the same as two that clash, on the day of one of them."""
    once = one.kinds & other.kinds & event.kinds & _once(event.claim.article.lang)
    same = _of_same_parties(event, one) and _of_same_parties(event, other)
    return not event.said and event.day in (one.day, other.day) and bool(once) and same


def _events(number: int, text: Text) -> Iterator[_Event]:
    """Yield the events of a text and its copies; an undated copy counts from the day of a dated one."""
    borrowed = next((a.published.day for a in text.articles if a.published), None)
    for article in text.articles:
        published = article.published.day if article.published else borrowed
        read = [day for day in stated_dates(article, published) if day.date and not day.future and len(day.date) != 7]
        for profile in profile_sentences(article) if read else ():
            inside = [day for day in read if profile.sentence.start <= day.start and day.end <= profile.sentence.end]
            told = _told_days(inside, article)
            for stated in told:
                assumed = article.published is None and stated.basis != "stated"
                yield _event(number, profile, stated, _WINDOW if len(told) > 1 else _WHOLE, assumed=assumed)


def _told_days(stated: Sequence[StatedDate], article: Article) -> list[StatedDate]:
    """Return the days of a sentence; a weekday beside a day of a month is that day, and "today" none to rely on."""
    plain = [day for day in stated if any(c.isdecimal() for c in article.text[day.start:day.end])]
    weekdays = calendar_words(article.lang)
    return plain or [day for day in stated if article.text[day.start:day.end].lower() in weekdays]


def _event(number: int, profile: Profile, stated: StatedDate, window: int, *, assumed: bool) -> _Event:
    article, sentence = profile.article, profile.sentence
    end = stated.end - (article.text[stated.end - 1] == "." and article.text[stated.end - 2].isdecimal())
    claim = Claim(number, profile, stated.start, end, stated.date or "", assumed)
    parts = split_whole(article.text[sentence.start:sentence.end])
    ends = list(accumulate(map(len, parts)))[1::2]
    words = [word.lower() for word in parts[1::2]]
    first = next(at for at, word_end in enumerate(ends) if sentence.start + word_end > stated.start)
    last = next((at for at, word_end in enumerate(ends) if sentence.start + word_end >= end), first)
    around = [*range(max(0, first - window), first), *range(last + 1, min(len(words), last + 1 + window))]
    close = [words[at] for at in around if first - _NEAR <= at <= last + _NEAR]
    kinds = find_kinds(words, around, base_language(article.lang))
    attributive = first > 0 and words[first - 1] in event_block(article.lang).get("the", ())
    beside = {words[at] for at in around if first - _SAID <= at <= last + _SAID}
    said = not attributive and not beside.isdisjoint(_said(base_language(article.lang)))
    once = bool(kinds & _once(article.lang))
    parties, names = (_parties(profile), names_of(profile)) if once else (frozenset[str](), frozenset[str]())
    return _Event(claim, claim.value, kinds, _stems(close, article.lang), parties, names, said)


def find_kinds(words: Sequence[str], around: Sequence[int], lang: str) -> frozenset[str]:
    """Return the kinds of events of which a phrase of each list stands around a day, those of two lists close together."""
    starts, lists = _tellings(lang)
    places: defaultdict[Slot, list[int]] = defaultdict(list)
    for at in around:
        for phrase, slot in starts.get(words[at], ()):
            if tuple(words[at:at + len(phrase)]) == phrase:
                places[slot].append(at)
    return frozenset(kind for (kind, way), count in lists.items() if (kind, way, 0) in places and (count == 1 or any(
        abs(a - b) <= _TOGETHER for a in places[kind, way, 0] for b in places.get((kind, way, 1), ()))))


def _stems(words: Sequence[str], lang: str) -> frozenset[str]:
    stop = function_words(lang) | _said(base_language(lang))
    return frozenset(stem(word, lang) for word in words if word not in stop and len(word) > 2 and not word[0].isdecimal())


def _parties(profile: Profile) -> frozenset[str]:
    """Return the countries that a sentence, its paragraph so far and those right before it name."""
    article, paragraph = profile.article, profile.sentence.paragraph
    near = [s for s in article.sentences if paragraph - _BEFORE <= s.paragraph <= paragraph and s.index <= profile.sentence.index]
    return countries(article.text[near[0].start:profile.sentence.end], article.lang)
