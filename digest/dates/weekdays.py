"""Which day a sentence means by "Wednesday" or "yesterday", counted from the day of publication.

The names of the weekdays are CLDR's, what must stand around them is in `phrases.yml`, and a language that has no `dates` there
gets no days.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale

from digest.phrases import Token, load_block, plain_words, quotations, tokenize
from digest.words import base_language

__all__ = ["Spoken", "spoken_days", "tells_past"]

_NEAR, _CLOSE, _BESIDE, _AIM = 16, 6, 2, 5
"""Words around a day in which the past must show; around "today", where it is read loosely; in which saying settles it; before it, in which
an aim unsettles it."""


@dataclass(frozen=True, slots=True)
class _DayWords:
    """What a language says around days; `phrases.yml` tells what each list holds."""

    weekdays: Mapping[str, int]
    """From Monday, 0; written as in the middle of a sentence."""
    shifts: Mapping[str, int]
    """Today, yesterday and tomorrow, in days from the day of publication."""
    days: frozenset[str]
    """All of these, folded."""
    bare: bool
    before: frozenset[str]
    after: frozenset[str]
    said: frozenset[str]
    unsure: frozenset[str]
    unsure_after: frozenset[str]
    past: re.Pattern[str]
    future: re.Pattern[str]
    aim: re.Pattern[str]


@lru_cache(maxsize=64)
def _day_words(lang: str) -> _DayWords | None:
    block = load_block(lang).get("dates")
    if block is None:
        return None
    names = dict(Locale.parse(base_language(lang)).days["format"]["wide"])
    weekdays = {name: number for number, name in names.items()}
    weekdays |= {form: int(number) for number, forms in block.get("weekdays", {}).items() for form in forms}
    shifts = {word: shift for name, shift in (("today", 0), ("yesterday", -1), ("tomorrow", 1)) for word in _words(block, name)}
    before, after, said, unsure, unsure_after = (_words(block, name) for name in ("before", "after", "said", "unsure", "unsure_after"))
    past, future, aim = (re.compile("|".join(block.get(name, ["(?!)"]))) for name in ("past", "future", "aim"))
    days = frozenset(word for name in weekdays for word in plain_words(name)) | shifts.keys()
    return _DayWords(weekdays, shifts, days, block.get("bare") == "true", before, after, said, unsure, unsure_after, past, future, aim)


def _words(block: Mapping[str, Sequence[str]], name: str) -> frozenset[str]:
    return frozenset(word for line in block.get(name, ()) for word in plain_words(line))


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word of a sentence that means a day."""

    start: int
    end: int
    shift: int
    """In days from the day of publication."""
    index: int
    """Its number among the words of the sentence."""


@lru_cache(maxsize=256)
def spoken_days(text: str, lang: str, published: date, beside: frozenset[str] | None = None) -> tuple[Spoken, ...]:
    """Return the words of a sentence that mean a day for sure; given words that may stand `beside` it, its tense is not asked for.

    A weekday is the last one up to the day of publication. Left alone are direct speech, habits ("Mondays") and names ("Black Friday").
    """
    words = _day_words(lang)
    return tuple(_spoken(text, words, published, beside)) if words is not None else ()


@lru_cache(maxsize=256)
def tells_past(text: str, lang: str, start: int) -> bool:
    """Return whether words around a place of a sentence tell of the past; in a language without a list none do."""
    words, tokens = _day_words(lang), tuple(tokenize(text))
    at = next((number for number, token in enumerate(tokens) if token.end > start), len(tokens))
    return words is not None and _Sentence(text, tokens, words, None).has_past(at)


def _spoken(text: str, words: _DayWords, published: date, beside: frozenset[str] | None) -> Iterator[Spoken]:
    if beside is None and words.days.isdisjoint(plain_words(text)):
        return
    sentence = _Sentence(text, tuple(tokenize(text)), words, beside)
    for at, token in enumerate(sentence.tokens):
        known = token.word in words.days or (beside is not None and token.word[:-2] in words.days)
        shift = sentence.shift(at, published) if known else None
        if shift is not None:
            yield Spoken(token.start, token.end, shift, at)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A quotation and its words."""

    text: str
    tokens: tuple[Token, ...]
    words: _DayWords
    beside: frozenset[str] | None

    def shift(self, at: int, published: date) -> int | None:
        """Return how many days a word is from the day of publication; None where it is no day, or not for sure."""
        token = self.tokens[at]
        weekday, shift = self._weekday(at), self.words.shifts.get(token.word)
        if (weekday is None and shift is None) or self._is_quoted(token) or self._is_unsure(at):
            return None
        loose = self.beside is not None
        if not loose and self._is_dated(token):
            return None
        if weekday is not None:
            sure = self._is_adverb(at) and (loose or (self._is_only_weekday() and self._is_told(at)))
            return -((published.weekday() - weekday) % 7) if sure else None
        return shift if shift != 0 or (self.has_past(at, _CLOSE) if loose else self._is_told(at)) else None

    def _weekday(self, at: int) -> int | None:
        raw = self._raw(at)
        if self.beside is not None and raw[-2:] in ("'s", "’s"):
            raw = raw[:-2]
        return self.words.weekdays.get(raw, self.words.weekdays.get(raw[:1].lower() + raw[1:]))

    def _raw(self, at: int) -> str:
        return self.text[self.tokens[at].start:self.tokens[at].end]

    def _word(self, at: int) -> str:
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""

    def _is_dated(self, token: Token) -> bool:
        """Return whether a number stands so near that it may be the day's own."""
        return bool(re.search(r"\d", self.text[max(0, token.start - 12):token.start] + self.text[token.end:token.end + 18]))

    def _is_quoted(self, token: Token) -> bool:
        return any(start <= token.start < end for start, end in quotations(self.text)[0])

    def _is_unsure(self, at: int) -> bool:
        """Return whether the words next to a day make it another day, or none."""
        words, beside = self.words, self.beside or frozenset()
        before, after = [self._word(at - 1), self._word(at - 2)], [self._word(at + 1), self._word(at + 2)]
        if self._weekday(at) is None and after[0].startswith("ال") and after[0] not in words.weekdays:
            return True  # Arabic: "that day" and "the day before yesterday", not today and yesterday
        unsure_after = set(after[:1 + (after[0] in words.after)]) & (words.unsure_after - beside)
        return before[before[0] in words.before] in words.unsure - beside or bool(unsure_after)

    def _is_adverb(self, at: int) -> bool:
        """Return whether a weekday says when, as far as its neighbors tell."""
        if self.words.after:
            return self._word(at + 1) in self.words.after
        if self._word(at - 1) in self.words.before:
            return True
        names = (at > 1 and self._is_name(at - 1) and self.beside is None) or (self._is_name(at + 1) and self._are_joined(at, at + 1))
        return self.words.bare and not (self._is_name(at) and names)

    def _is_name(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self._raw(at)[:1].isupper()

    def _are_joined(self, one: int, other: int) -> bool:
        """Return whether nothing but words stands between two words."""
        first, last = sorted((one, other))
        return not any(c in ",;:()–—،؛" for c in self.text[self.tokens[first].end:self.tokens[last].start])

    def _is_only_weekday(self) -> bool:
        return len({self._weekday(at) for at in range(len(self.tokens))} - {None}) == 1

    def _is_told(self, at: int) -> bool:
        """Return whether the sentence says that something has happened on a day."""
        said = [place for place in range(max(0, at - _BESIDE), min(len(self.tokens), at + _BESIDE + 1))
                if self._word(place) in self.words.said and self._are_joined(place, at)]
        to_come = [place for place, token in enumerate(self.tokens) if self.words.future.fullmatch(token.word)]
        if any(place < at for place in said) or (said and not any(place < at for place in to_come)):
            return True
        aims = any(self.words.aim.fullmatch(token.word) for token in self.tokens[max(0, at - _AIM):at])
        return not to_come and not aims and self.has_past(at)

    def has_past(self, at: int, window: int = _NEAR) -> bool:
        """Return whether words around a word tell of the past."""
        near = range(max(0, at - window), min(len(self.tokens), at + window + 1))
        return any(self.words.past.fullmatch(self._word(place)) and not self._is_name(place) for place in near if place != at)
