"""Tell look-alikes from copies: bulletins, results and notices that say the same sentences of other places and numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate

from digest.models import Article
from digest.terms import find_names
from digest.words import fold, split, words

__all__ = ["Slots", "are_lookalikes", "find_slots"]

_DIGIT = re.compile(r"\d")

FRAME = 5
"""Words and fillers of a frame."""
MOST = 2
"""Slots of a frame, at most: of more, too little stands around them."""
ENOUGH = 5
"""Fewer frames in common than this tell nothing."""
OTHERS = 5
"""Names and numbers that only one of the two has in these frames, at least: fewer are an editor's, who changed one or two."""
SPELLED = 0.75
"""Two names with one initial are spellings of one name from this likeness on."""
SAME_NAMES = 0.5
"""Copies have the same names and numbers in at least this share of the frames that they have in common."""
SAME_NUMBERS = 0.6
"""Copies have the same numbers in at least this share of the frames of numbers that they have in common."""


@dataclass(frozen=True, slots=True)
class Slots:
    """What fills the slots of an article's frames, by frame: five words in a row with the names and numbers taken out."""

    names: Mapping[str, frozenset[str]]
    """Frames of names alone."""
    numbers: Mapping[str, frozenset[str]]
    """Frames with a number."""


def find_slots(article: Article) -> Slots:
    """Return what fills the frames of an article; names that stand side by side fill one slot."""
    names: dict[str, frozenset[str]] = {}
    numbers: dict[str, frozenset[str]] = {}
    kinds, found = _units(words(article.text), _names(article))
    shown = [kind or word for kind, word in zip(kinds, found, strict=True)]
    fillers = [word if kind else "" for kind, word in zip(kinds, found, strict=True)]
    before = [0, *accumulate([1 if kind else 0 for kind in kinds])]
    for at in range(len(kinds) - FRAME + 1):
        if 1 <= before[at + FRAME] - before[at] <= MOST:
            frames = numbers if "#" in kinds[at:at + FRAME] else names
            frames.setdefault(" ".join(shown[at:at + FRAME]), frozenset(" ".join(fillers[at:at + FRAME]).split()))
    return Slots(names, numbers)


def _names(article: Article) -> frozenset[str]:
    """Return an article's names, in lower case; none in scripts without capitals, where no word shows that it is one."""
    parts = split(article.text)
    return find_names(parts, article.lang) if any(word[0].isupper() for word in parts[1::2]) else frozenset()


def _units(found: Sequence[str], named: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return words, names and numbers in a row, and the kind of each: empty for words, `N` for names, `#` with a number."""
    kinds, units = list[str](), list[str]()
    for word in map(str.lower, found):
        kind = "#" if _DIGIT.search(word) else "N" if word in named else ""
        if kind and kinds and kinds[-1]:
            kinds[-1] = max(kind, kinds[-1], key="N#".index)
            units[-1] += " " + _plain(word)
        else:
            kinds.append(kind)
            units.append(_plain(word) if kind else word)
    return kinds, units


def _plain(word: str) -> str:
    """Return a number without the marks that group its digits."""
    return word if word.isalnum() else "".join(c for c in word if c.isalnum())


def are_lookalikes(one: Slots, other: Slots) -> bool:
    """Return whether two texts have the same words around other names and numbers."""
    names, numbers = _compare(one.names, other.names), _compare(one.numbers, other.numbers)
    return _differ(numbers, SAME_NUMBERS) or _differ(names.joined(numbers), SAME_NAMES)


@dataclass(frozen=True, slots=True)
class _Compared:
    """How many frames two texts have in common, how many are filled alike, and what else fills the others."""

    common: int
    same: int
    others: frozenset[str]

    def joined(self, more: "_Compared") -> "_Compared":
        return _Compared(self.common + more.common, self.same + more.same, self.others | more.others)


def _compare(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> _Compared:
    common = one.keys() & other.keys()
    differing = [frame for frame in common if not _are_filled_alike(one[frame] - other[frame], other[frame] - one[frame])]
    return _Compared(len(common), len(common) - len(differing), frozenset[str]().union(*(one[frame] ^ other[frame] for frame in differing)))


def _are_filled_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether of two fillers one has nothing more than the other, or only names that are spelled otherwise there."""
    less, more = sorted((one, other), key=len)
    return all(any(_are_spellings(name, known) for known in more) for name in less)


@lru_cache(maxsize=20_000)
def _are_spellings(one: str, other: str) -> bool:
    a, b = fold(one), fold(other)
    return not _DIGIT.search(a + b) and a[:1] == b[:1] and SequenceMatcher(None, a, b, autojunk=False).ratio() >= SPELLED


def _differ(compared: _Compared, least: float) -> bool:
    return compared.common >= ENOUGH and compared.same < least * compared.common and len(compared.others) >= OTHERS
