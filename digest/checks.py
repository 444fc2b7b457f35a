"""Check a translated sentence against its original: what must be in it, and the signs of an engine that lost its way.

The strict checks send a sentence back to its original; the soft ones only mark it. They see the two texts and nothing else, and run on
every build, so that they may improve without translating anew.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel.core import get_global

from digest.digits import digits_differ
from digest.lists import load_lists
from digest.words import base_language, fold, spaceless, words

__all__ = ["Verdict", "check_translation", "part_addresses"]

_DOUBTFUL_SCORE = -2.0
"""Tokens of a probability of an eighth on the average: a doubt where a package has no `min_score`."""
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”‘’«»]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w/])[@#](?=\w*[^\W\d_])\w+")
_UNKNOWN = re.compile("<unk>|\u2047|\ufffd|\u2581|<0x[0-9A-F]{2}>")
_STUTTER = re.compile(r"([^\W\d_]{1,6}?)\1{4,}")
_OFTEN = 3
"""Times that three words may not stand in a translation, if they stand once in its original."""
_FINAL = ".!?…。！？．؟۔।։။።;:"
_CLOSING = "\"'”’»›“‘)]}」』】"
_NO_STOPS = ("th", "lo", "km", "my")
"""Languages whose sentences have no mark at their end."""
_SHORT = 20
"""Characters under which a sentence's length tells nothing."""
_FEW = 5
"""Words under which a sentence may be the same in both languages."""
_SCRIPTS = {"Latn": "LATIN", "Cyrl": "CYRILLIC", "Arab": "ARABIC", "Hebr": "HEBREW", "Armn": "ARMENIAN", "Geor": "GEORGIAN",
            "Deva": "DEVANAGARI", "Grek": "GREEK", "Hans": "CJK", "Hant": "CJK", "Kore": "HANGUL", "Thai": "THAI", "Beng": "BENGALI"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a translation."""

    reason: str | None = None
    """The first strict check that it failed, one of `translation.REASONS`; None: it may be shown."""
    doubts: tuple[str, ...] = ()
    """The soft checks that it failed."""


def check_translation(original: str, translation: str, source: str, target: str, *, score: float | None = None,
                      min_score: float | None = None) -> Verdict:
    """Return what is wrong with a translation from one language into another (BCP 47)."""
    if not any(c.isalnum() for c in translation):
        return Verdict("empty") if any(c.isalnum() for c in original) else Verdict()
    reason = next((reason for reason, failed in _strict(original, translation, source, target) if failed), None)
    if reason is None and min_score is not None and score is not None and score < min_score:
        reason = "score"
    soft = {"names": _loses_names(original, translation, source, target),
            "score": min_score is None and score is not None and score < _DOUBTFUL_SCORE}
    return Verdict(reason, tuple(name for name, failed in soft.items() if failed))


def _strict(original: str, translation: str, source: str, target: str) -> Iterator[tuple[str, bool]]:
    """Yield the strict checks and whether each failed, one after the other."""
    yield "unknown", bool(_UNKNOWN.search(translation)) and not _UNKNOWN.search(original)
    yield "unchanged", _is_unchanged(original, translation, source, target)
    yield "loop", _loops(translation, original)
    yield "length", _has_other_length(original, translation, source, target) or _is_cut(original, translation, target)
    (addresses, rest), (others, other_rest) = map(part_addresses, (original, translation))
    yield "address", addresses != others
    yield "digits", digits_differ(rest, other_rest, source, target)


def part_addresses(text: str) -> tuple[Counter[str], str]:
    """Return the addresses and names with @ or # in a text, and the text without them."""
    if not any(mark in text for mark in ("@", "#", "://", "www.")):
        return Counter(), text
    return Counter(found.rstrip(".,;:!?)]") for found in _ADDRESS.findall(text)), _ADDRESS.sub(" ", text)


@lru_cache(maxsize=16)
def _folded(text: str) -> str:
    return fold(text)


def _is_unchanged(original: str, translation: str, source: str, target: str) -> bool:
    """Return whether a translation is its original, or is not written in its language's script."""
    count = len(words(original))
    if count < _FEW:
        return False
    if _folded(original) == _folded(translation):
        return True
    script = _SCRIPTS.get(_script(target))
    if script is None or _script(source) == _script(target):
        return False
    letters = [c for c in translation if c.isalpha()]
    return sum(script in unicodedata.name(c, "") for c in letters) * 2 < len(letters)


@lru_cache(maxsize=256)
def _script(lang: str) -> str:
    """Return the script of a language."""
    named = next((part.title() for part in lang.split("-")[1:] if len(part) == len("Latn")), None)
    likely: str = get_global("likely_subtags").get(base_language(lang), "")
    return named or next((part for part in likely.split("_")[1:] if len(part) == len("Latn")), "")


def _loops(text: str, original: str) -> bool:
    """Return whether a text says one thing again and again, and its original does not."""
    pieces = _pieces(text)
    busiest = _busiest(pieces)
    if not (_STUTTER.search(text) or _repeats(pieces, busiest) or busiest >= _OFTEN):
        return False
    others = _pieces(original)
    often = _busiest(others)
    return bool((_STUTTER.search(text) and not _STUTTER.search(original)) or (_repeats(pieces, busiest) and not _repeats(others, often))
                or busiest >= max(_OFTEN, 2 * often))


def _pieces(text: str) -> list[str]:
    """Return the words of a text; where a script sets no blanks, its characters."""
    return list(text.replace(" ", "")) if _is_spaceless(text) else _folded(text).split()


def _is_spaceless(text: str) -> bool:
    return len(spaceless(text)) * 2 > len(text)


def _busiest(pieces: Sequence[str]) -> int:
    """Return how often the most frequent group of three words stands in a text."""
    if len(set(pieces)) == len(pieces):
        return 1
    return max(Counter(zip(pieces, pieces[1:], pieces[2:], strict=False)).values(), default=0)


def _repeats(pieces: list[str], busiest: int) -> bool:
    """Return whether one to three words stand three times in a row, or more words twice."""
    longest = len(pieces) // 2 if busiest > 1 else 1
    for size in range(1, longest + 1):
        times = 3 if size <= 3 else 2
        if any(pieces[at] == pieces[at + size] and pieces[at:at + size] * times == pieces[at:at + size * times]
               for at in range(len(pieces) - size * times + 1)):
            return True
    return False


def _has_other_length(original: str, translation: str, source: str, target: str) -> bool:
    """Return whether a translation is far shorter or longer than languages differ (`lengths.yml`)."""
    size = len(original)
    if size < _SHORT:
        return False
    one, other = (_length(base_language(lang)) for lang in (source, target))
    ratio = len(translation) / size * one / other
    slack = 1 - min(1.0, size / 100)
    return not 0.65 - 0.25 * slack <= ratio <= 1.75 + 0.75 * slack


@lru_cache(maxsize=64)
def _length(lang: str) -> float:
    return float(load_lists("lengths").get(lang, 1))


def _is_cut(original: str, translation: str, target: str) -> bool:
    """Return whether a translation lacks the stop at its end that its original has."""
    if base_language(target) in _NO_STOPS or original.rstrip(_CLOSING)[-1:] not in _FINAL:
        return False
    quoted = original[-1] in _CLOSING and translation[-1] in _CLOSING
    return not quoted and translation.rstrip(_CLOSING)[-1:] not in _FINAL


def _loses_names(original: str, translation: str, source: str, target: str) -> bool:
    """Return whether more than half of the names are gone, between languages of Latin script."""
    if _script(source) != "Latn" or _script(target) != "Latn":
        return False
    names, folded = _names(original), _folded(translation)
    return sum(not _survives(fold(name), folded) for name in names) * 2 > len(names)


def _names(text: str) -> Sequence[str]:
    """Return words with a capital that no beginning of a sentence or quotation explains."""
    found = []
    for match in re.finditer(r"[^\W\d_][\w’'-]*", text):
        name = re.sub(r"['’]s$", "", match[0]).strip("'’-")
        before = text[:match.start()].rstrip()
        begins = not before or before[-1] in ".!?:\"“”«»‘'([—–-"
        if len(name) >= 3 and name[0].isupper() and (not begins or any(c.isupper() for c in name[1:])):
            found.append(name)
    return found


def _survives(name: str, text: str) -> bool:
    """Return whether a name is in a text, its ending aside."""
    return name in text or (len(name) > 4 and name[:max(4, len(name) - 3)] in text)
