"""Tell look-alikes from copies: bulletins, results and notices that say the same sentences of other places and numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate

from digest.models import Article
from digest.terms import find_names
from digest.words import fold, split

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
    """Where an article's frames are first: five words in a row with the names and numbers taken out; and what fills their slots."""

    names: Mapping[str, int]
    """Frames of names alone, and the unit that each begins with."""
    numbers: Mapping[str, int]
    """Frames with a number."""
    fillers: Sequence[str]
    """By unit: the names and numbers that stand there, nothing for a word."""

    def fill(self, at: int) -> Sequence[str]:
        """Return what fills the frame that begins with this unit."""
        return self.fillers[at:at + FRAME]


def find_slots(article: Article) -> Slots:
    """Return what fills the frames of an article; names that stand side by side fill one slot."""
    parts = split(article.text)
    kinds, found = _units(parts[1::2], _names(parts, article.lang))
    shown = [kind or word for kind, word in zip(kinds, found, strict=True)]
    filled = list(accumulate([1 if kind else 0 for kind in kinds], initial=0))
    numbered = list(accumulate([1 if kind == "#" else 0 for kind in kinds], initial=0))
    names: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for at in range(len(kinds) - FRAME + 1):
        if 1 <= filled[at + FRAME] - filled[at] <= MOST:
            (numbers if numbered[at + FRAME] > numbered[at] else names).setdefault(" ".join(shown[at:at + FRAME]), at)
    return Slots(names, numbers, [word if kind else "" for kind, word in zip(kinds, found, strict=True)])


def _names(parts: Sequence[str], lang: str) -> frozenset[str]:
    """Return a split text's names, in lower case; none in scripts without capitals, where no word shows that it is one."""
    return find_names(parts, lang) if any(word[0].isupper() for word in parts[1::2]) else frozenset()


def _units(found: Sequence[str], named: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return words, names and numbers in a row, and the kind of each: empty for words, `N` for names, `#` with a number."""
    kinds, units = list[str](), list[str]()
    lowered, before = list(map(str.lower, found)), ""
    known = {word: "#" if not word.isalpha() and _DIGIT.search(word) else "N" if word in named else "" for word in dict.fromkeys(lowered)}
    for word in lowered:
        kind = known[word]
        if kind and before:
            before = kinds[-1] = "#" if "#" in (kind, before) else "N"
            units[-1] += " " + _plain(word)
        else:
            before = kind
            kinds.append(kind)
            units.append(_plain(word) if kind else word)
    return kinds, units


def _plain(word: str) -> str:
    """Return a number without the marks that group its digits."""
    return word if word.isalnum() else "".join(c for c in word if c.isalnum())


def are_lookalikes(one: Slots, other: Slots) -> bool:
    """Return whether two texts have the same words around other names and numbers."""
    names, numbers = _compare(one, other, one.names, other.names), _compare(one, other, one.numbers, other.numbers)
    return _differ(numbers, SAME_NUMBERS) or _differ(names.joined(numbers), SAME_NAMES)


@dataclass(frozen=True, slots=True)
class _Compared:
    """How many frames two texts have in common, how many are filled alike, and what else fills the others."""

    common: int
    same: int
    others: frozenset[str]

    def joined(self, more: "_Compared") -> "_Compared":
        return _Compared(self.common + more.common, self.same + more.same, self.others | more.others)


def _compare(one: Slots, other: Slots, ones: Mapping[str, int], others: Mapping[str, int]) -> _Compared:
    common = ones.keys() & others.keys()
    filled = [(one.fill(ones[frame]), other.fill(others[frame])) for frame in common]
    fills = [(frozenset(" ".join(a).split()), frozenset(" ".join(b).split())) for a, b in filled if a != b]
    differing = [a ^ b for a, b in fills if not _are_filled_alike(a - b, b - a)]
    return _Compared(len(common), len(common) - len(differing), frozenset[str]().union(*differing))


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
