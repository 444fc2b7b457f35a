"""What the words of a language tell a program that reads sentences: `phrases.yml`, and quotation marks."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from digest.lists import load_lists
from digest.words import MARKS, base_language

__all__ = [
    "QUOTATION_MARK", "Phrases", "Tenses", "Token", "find_tenses", "has_phrase", "load_block", "opens_with", "phrases", "plain_words",
    "quotations", "tokenize", "unquoted",
]

_CLOSERS = {'"': '"', "“": '”"', "„": "“”‟", "«": "»", "»": "«", "”": "”", "「": "」", "『": "』"}
"""What ends a quotation, by what began it."""
QUOTATION_MARK = re.compile('["“”„‟«»「」『』]')
"""What begins or ends a quotation."""
_WORD = re.compile(rf"[\w{MARKS}](?:\S*[\w{MARKS}])?")
_LONGEST = 4
"""Words of the longest opening in `phrases.yml`."""

Openings = frozenset[tuple[str, ...]]


class Token(NamedTuple):
    """A word without the marks around it, folded, and where it stands."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """The lists of one language; `phrases.yml` tells what each holds."""

    pronouns: Openings
    back: Openings
    alone: Openings
    weak: Openings
    boilerplate: Openings
    negations: Openings
    articles: Openings
    persons: Openings
    definite: Openings
    pointing: Openings
    times: Openings
    echoes: Openings
    loose: Openings
    speaker: Openings
    inner: Openings
    unfinished: Openings
    telling: Openings
    adrift: Openings
    hearsay: Openings
    denials: Openings
    spared: Openings
    connectives: Openings


def load_block(lang: str) -> Mapping[str, Any]:
    """Return a language's block of `phrases.yml` as it is written there; an empty one for a language without."""
    block: Mapping[str, Any] = load_lists("phrases").get(base_language(lang), {})
    return block


@lru_cache(maxsize=64)
def phrases(lang: str) -> Phrases:
    """Return the lists of a language (BCP 47), with those that hold in any; empty ones where there are none."""
    block = load_block(lang)
    lists = {name: _openings(block.get(name, [])) for name in Phrases.__slots__}
    lists["boilerplate"] |= _openings(load_lists("phrases")["any"]["boilerplate"])
    return Phrases(**lists)


@dataclass(frozen=True, slots=True)
class Tenses:
    """What shows in a language whether a sentence tells of the past, or of what is and will be."""

    present: re.Pattern[str]
    past: re.Pattern[str]
    whole: bool
    """Whether hardly a sentence that tells of the past has none of these words."""


@lru_cache(maxsize=64)
def find_tenses(lang: str) -> Tenses | None:
    """Return the words of a language that show a tense; None where they are not listed."""
    block = load_block(lang)
    present, past = block.get("present"), block.get("dates", {}).get("past")
    return Tenses(re.compile("|".join(present)), re.compile("|".join(past)), block.get("whole") == "true") if present and past else None


def _openings(lines: list[str]) -> Openings:
    return frozenset(plain_words(line) for line in lines)


def _fold(word: str) -> str:
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", word.replace("İ", "i").replace("’", "'").casefold())


def tokenize(text: str) -> list[Token]:
    """Return the words of a text: what stands between blanks, without the marks at both ends; dashes and apostrophes stay inside."""
    return [Token(_fold(found[0]), *found.span()) for found in _WORD.finditer(text)]


@lru_cache(maxsize=4096)
def unquoted(text: str) -> tuple[Token, ...]:
    """Return the words of a text that stand outside its quotations."""
    spans = quotations(text)[0]
    return tuple(token for token in tokenize(text) if not any(start <= token.start < end for start, end in spans))


@lru_cache(maxsize=4096)
def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded and without the marks around them."""
    return tuple(_WORD.findall(_fold(text)))


def opens_with(words: Sequence[str], openings: Openings) -> bool:
    """Return whether a sentence's first words are one of these openings."""
    return any(tuple(words[:length]) in openings for length in range(1, _LONGEST + 1))


def has_phrase(words: Sequence[str], wanted: Openings) -> bool:
    """Return whether one of these phrases stands among words."""
    starts = _starts(wanted)
    return not starts.isdisjoint(words) and any(
        word in starts and opens_with(words[at:at + _LONGEST], wanted) for at, word in enumerate(words))


@lru_cache(maxsize=64)
def _starts(openings: Openings) -> frozenset[str]:
    return frozenset(words[0] for words in openings)


@lru_cache(maxsize=256)
def quotations(text: str) -> tuple[tuple[tuple[int, int], ...], bool]:
    """Return the outermost quotations of a text, marks included, and whether each that begins also ends.

    One that does not end reaches to the end of the text. A straight mark between two letters (Hebrew `ארה"ב`) is none.
    """
    spans: list[tuple[int, int]] = []
    marks: list[int] = []
    for found in QUOTATION_MARK.finditer(text):
        at, character = found.start(), found[0]
        if character == '"' and text[at - 1:at].isalpha() and text[at + 1:at + 2].isalpha():
            continue
        if marks and character in _CLOSERS[text[marks[-1]]]:
            start = marks.pop()
            if not marks:
                spans.append((start, at + 1))
        elif character in _CLOSERS:
            marks.append(at)
    return (tuple(spans), True) if not marks else ((*spans, (marks[0], len(text))), False)
