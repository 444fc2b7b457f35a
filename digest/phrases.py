"""What the words of a language tell a program that reads sentences: `phrases.yml`, and quotation marks."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Phrases", "Token", "is_spaceless", "load_block", "opens_with", "phrases", "quotations", "tokenize"]

_FILE = Path(__file__).with_name("phrases.yml")
_CLOSERS = {'"': '"', "“": '”"', "„": "“”‟", "«": "»", "»": "«", "”": "”", "「": "」", "『": "』"}
"""What ends a quotation, by what began it."""
_QUOTATION_MARK = re.compile('["“”„‟«»「」『』]')
_LONGEST = 4
"""Words of the longest opening in `phrases.yml`."""

Openings = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Token:
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


@lru_cache(maxsize=1)
def _blocks() -> dict[str, dict[str, Any]]:
    blocks: dict[str, dict[str, Any]] = yaml.load(_FILE.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  it makes texts only
    return blocks


def load_block(lang: str) -> dict[str, Any]:
    """Return a language's block of `phrases.yml` as it is written there; an empty one for a language without."""
    return _blocks().get(lang.partition("-")[0].lower(), {})


@lru_cache(maxsize=64)
def phrases(lang: str) -> Phrases:
    """Return the lists of a language (BCP 47), with those that hold in any; empty ones where there are none."""
    block = load_block(lang)
    lists = {name: _openings(block.get(name, [])) for name in Phrases.__slots__}
    lists["boilerplate"] |= _openings(_blocks()["any"]["boilerplate"])
    return Phrases(**lists)


def _openings(lines: list[str]) -> Openings:
    return frozenset(tuple(token.word for token in tokenize(line)) for line in lines)


def _fold(word: str) -> str:
    return unicodedata.normalize("NFC", word.replace("İ", "i").replace("’", "'").casefold())


def tokenize(text: str) -> list[Token]:
    """Return the words of a text: what stands between blanks, without the marks at both ends; dashes and apostrophes stay inside."""
    tokens, end = [], 0
    for chunk in text.split():
        start = text.index(chunk, end)
        end = start + len(chunk)
        first, last = start, end
        while first < last and _is_mark(text[first]):
            first += 1
        while first < last and _is_mark(text[last - 1]):
            last -= 1
        if first < last:
            tokens.append(Token(_fold(text[first:last]), first, last))
    return tokens


@lru_cache(maxsize=4096)
def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] not in "LMN"


def opens_with(words: list[str], openings: Openings) -> bool:
    """Return whether a sentence's first words are one of these openings."""
    return any(tuple(words[:length]) in openings for length in range(1, _LONGEST + 1))


def quotations(text: str) -> tuple[list[tuple[int, int]], bool]:
    """Return the outermost quotations of a text, marks included, and whether each that begins also ends.

    One that does not end reaches to the end of the text. A straight mark between two letters (Hebrew `ארה"ב`) is none.
    """
    spans: list[tuple[int, int]] = []
    marks: list[int] = []
    for found in _QUOTATION_MARK.finditer(text):
        at, character = found.start(), found[0]
        if character == '"' and text[at - 1:at].isalpha() and text[at + 1:at + 2].isalpha():
            continue
        if marks and character in _CLOSERS[text[marks[-1]]]:
            start = marks.pop()
            if not marks:
                spans.append((start, at + 1))
        elif character in _CLOSERS:
            marks.append(at)
    return (spans, True) if not marks else ([*spans, (marks[0], len(text))], False)


def is_spaceless(character: str) -> bool:
    """Return whether a character belongs to a script that sets no blanks between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese."""
    return "\u3040" <= character <= "\u9fff" or "\u0e00" <= character <= "\u0eff" or "\u1780" <= character <= "\u17ff" \
        or "\u1000" <= character <= "\u109f" or "\U00020000" <= character <= "\U0003ffff"
