"""Find the words in which two editions of a sentence differ, as far as they say something else."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from digest.days import calendar_words
from digest.lists import load_lists
from digest.terms import skeleton
from digest.words import base_language, fold, spaceless, split_whole, stems

__all__ = ["Word", "changed_words", "content_forms", "dateline_end", "differ_in_substance", "spans_of", "split_words"]

APART = 2
"""Changed words are one span where at most this many unchanged words stand between them, or any number of light ones."""
SLOT = 4
"""Words more than this before or after what two sentences have in common are no other name at its place."""
SHORTEST_NAME = 6
"""Letters of a name from which its spellings are taken for one name."""
SHORTEST_INFLECTED = 5
"""Letters of a word from which one letter more at its end is taken for an inflection."""

_CHARACTERS = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]")
_DATELINE = re.compile(r"[^\w\s]*\s*[—–―:-]\s")
Span = tuple[int, int]


class Word(NamedTuple):
    """A word of a sentence as it is compared, and where it stands."""

    form: str
    """Folded, in one spelling."""
    start: int
    end: int
    light: bool
    """Whether it can come and go without saying anything else."""
    named: bool
    """Whether it is written with a capital."""


@lru_cache(maxsize=64)
def _light(lang: str) -> frozenset[str]:
    return frozenset(map(fold, load_lists("edits").get(lang, {}).get("light", ())))


@lru_cache(maxsize=64)
def _spellings(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), turned) for pattern, turned in load_lists("edits").get(lang, {}).get("spellings", ()))


@lru_cache(maxsize=8192)
def split_words(text: str, lang: str) -> tuple[Word, ...]:
    """Return the words of a sentence; its characters, where most of it is in a script that sets no blanks."""
    lang = base_language(lang)
    light = _light(lang)
    return tuple([Word(form, start, end, form in light, text[start].isupper())
                  for start, end in _spans(text) for form in (_form(text[start:end], lang),)])


def _spans(text: str) -> Iterator[Span]:
    if len(spaceless(text)) > len(text) / 4:
        yield from (found.span() for found in _CHARACTERS.finditer(text))
        return
    at = 0
    for number, part in enumerate(split_whole(text)):
        if number % 2:
            yield at, at + len(part)
        at += len(part)


@lru_cache(maxsize=50_000)
def _form(word: str, lang: str) -> str:
    form = fold(word)
    if len(form) >= SHORTEST_INFLECTED:
        for pattern, turned in _spellings(lang):
            form = pattern.sub(turned, form)
    return form


def content_forms(words: Sequence[Word]) -> Counter[str]:
    """Return how often the words occur that say something."""
    return Counter(word.form for word in words if not word.light)


def changed_words(one: Sequence[Word], other: Sequence[Word], lang: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return the numbers of the words that either of two sentences of one language has and the other has not.

    Words are compared in their order (Ratcliff and Metzener 1988, as in Python's difflib). What differs in light words, in
    spelling, in inflection or in its place in the sentence alone is no change.
    """
    matcher = SequenceMatcher(None, [w.form for w in one], [w.form for w in other])
    places = [(slice(a, b), slice(c, d)) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]
    contents = [(_contents(one[old]), _contents(other[new])) for old, new in places]
    moved = {_forms(old) for old, new in contents if not new} & {_forms(new) for old, new in contents if not old}
    told = [place for place, (old, new) in zip(places, contents, strict=True)
            if _says_else(old, new, base_language(lang)) and not (bool(old) != bool(new) and _forms(old or new) in moved)]
    return _numbers(old for old, _ in told), _numbers(new for _, new in told)


def _contents(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if not word.light]


def _forms(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple([word.form for word in words])


def _numbers(places: Iterable[slice]) -> frozenset[int]:
    return frozenset(at for place in places for at in range(place.start, place.stop))


def _says_else(old: Sequence[Word], new: Sequence[Word], lang: str) -> bool:
    """Return whether the words of a place say something else than those that stand there in the other edition."""
    if not old or not new:
        return bool(old or new)
    if "".join(w.form for w in old) == "".join(w.form for w in new) or _initials(old, new) or _initials(new, old):
        return False
    return len(old) != len(new) or not all(_are_variants(a, b, lang) for a, b in zip(old, new, strict=True))


def _initials(short: Sequence[Word], full: Sequence[Word]) -> bool:
    """Return whether a word is the initials of others: `EU` of `European Union`."""
    letters = "".join(word.form for word in short)
    return len(full) > 1 and all(w.named for w in (*short, *full)) and letters == "".join(word.form[0] for word in full)


def _are_variants(one: Word, other: Word, lang: str) -> bool:
    """Return whether two words are one in another inflection or, for names, another spelling."""
    short, long = sorted((one.form, other.form), key=len)
    if short == long or short[0].isdecimal() or long[0].isdecimal():
        return short == long
    if len(short) >= SHORTEST_INFLECTED and len(long) == len(short) + 1 and long.startswith(short):
        return True
    if one.named and other.named and len(short) >= SHORTEST_NAME and len(long) <= len(short) + 1:
        return short[0] == long[0] and skeleton(short) == skeleton(long) and _edits(short, long) >= 0.8
    return stems(short, lang) == stems(long, lang)


def _edits(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def differ_in_substance(one: Sequence[Word], other: Sequence[Word], lang: str, negations: frozenset[str]) -> bool:
    """Return whether two sentences that are mostly alike have another name or number at one place, or a negation more.

    What either has beyond the words of the other, before, after or between them, may be anything but a negation.
    """
    matcher = SequenceMatcher(None, [w.form for w in one], [w.form for w in other])
    for tag, a, b, c, d in matcher.get_opcodes():
        old, new = one[a:b], other[c:d]
        outside = (a == 0 or b == len(one)) and max(len(old), len(new)) > SLOT
        if tag == "equal" or outside:
            continue
        if any(word.form in negations for word in (*old, *new)):
            return True
        filled = all(any(_is_filler(word, lang) for word in words) for words in (old, new))
        if filled and _says_else(_contents(old), _contents(new), lang):
            return True
    return False


def _is_filler(word: Word, lang: str) -> bool:
    return word.named or word.form[0].isdecimal() or word.form in _days(lang)


@lru_cache(maxsize=64)
def _days(lang: str) -> frozenset[str]:
    return frozenset(map(fold, calendar_words(lang)))


def spans_of(words: Sequence[Word], changed: frozenset[int]) -> list[Span]:
    """Return, within their sentence, the spans of changed words; those that stand close together are one."""
    spans: list[list[int]] = []
    for at in sorted(changed):
        if spans and (at - spans[-1][1] - 1 <= APART or all(word.light for word in words[spans[-1][1] + 1:at])):
            spans[-1][1] = at
        else:
            spans.append([at, at])
    return [(words[first].start, words[last].end) for first, last in spans]


def dateline_end(text: str, words: Sequence[Word]) -> int:
    """Return how many words at the start of an article's first sentence are a dateline or credit: what stands before a dash."""
    found = [n for n, word in enumerate(words[:8], 1) if n < len(words) and _DATELINE.fullmatch(text[word.end:words[n].start])]
    return found[0] if found and words[0].named else 0
