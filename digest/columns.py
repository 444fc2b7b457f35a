"""The column of each term: terms are found by their hashes, many at once, and written one after the other in one text."""

from collections.abc import Sequence

import numpy as np

from digest.vectors import Array

__all__ = ["Columns"]

BASE = 0x9E3779B97F4A7C15
"""A hash is the value of a polynomial of a term's bytes at this odd number, modulo 2^64 (Karp and Rabin 1987): among a million different
terms two have one hash with a chance of about one in thirty million. Words of a thousand letters can be made so that two have one; those
two count as one word then."""
PIECE = 2 ** 18
"""Bytes of terms that are hashed at once, about."""
LEAST = 2 ** 10
"""Slots of the smallest table."""
LINE = ord("\n")


class Columns:
    """The column of each term, given out as terms come: a hash table with open addressing and linear probing (Knuth 1973)."""

    def __init__(self, terms: str = "") -> None:
        """Give the first columns to these terms, a line each, none twice."""
        self._text = b""
        """The terms in the order of their columns, each with an end of line."""
        self._starts = np.zeros(1, np.int64)
        """Where each term starts there, and where the last ends."""
        self._hashes = np.empty(0, np.uint64)
        """By column."""
        self._slots = np.full(LEAST, -1, np.int32)
        """The column of the term whose place this is; a power of two, and at least half of them free (-1)."""
        if terms:
            letters, starts, ends = _lines([terms])
            self._add(_hash(letters, starts, ends), letters.tobytes(), np.append(starts, ends[-1]))

    def __len__(self) -> int:
        return len(self._hashes)

    def __getitem__(self, column: int) -> str:
        """Return the term of a column."""
        return self._text[self._starts[column]:self._starts[column + 1] - 1].decode()

    def terms(self) -> str:
        """Return all terms, a line each."""
        return self._text[:-1].decode()

    def find(self, texts: Sequence[str]) -> Array:
        """Return the columns of terms one after the other, new ones where they have none; a text has a line for each, and one at least."""
        letters, starts, ends = _lines(texts)
        hashes = _hash(letters, starts, ends)
        columns = self._seek(hashes)
        missing = np.flatnonzero(columns < 0)
        if len(missing):
            first, places = _first(hashes[missing])
            new = missing[first]
            columns[missing] = len(self) + places
            self._add(hashes[new], *_cut(letters, starts[new], (ends - starts)[new]))
        return columns

    def look_up(self, texts: Sequence[str]) -> Array:
        """Return the columns of terms, as `find` does; -1 where they have none."""
        return self._seek(_hash(*_lines(texts)))

    def is_kind(self, *kinds: str) -> Array:
        """Return for each column whether its term is of one of some kinds."""
        wanted = np.zeros(256, bool)
        wanted[[ord(kind) for kind in kinds]] = True
        return wanted[np.frombuffer(self._text, np.uint8)[self._starts[:-1]]]

    def keep(self, used: Array) -> tuple["Columns", Array]:
        """Return the columns of the terms that are used, in their order, and by column here the column there."""
        kept = Columns()
        text, starts = _cut(np.frombuffer(self._text, np.uint8), self._starts[:-1][used], np.diff(self._starts)[used])
        kept._add(self._hashes[used], text, starts)
        return kept, np.cumsum(used, dtype=np.int32) - 1

    def _seek(self, hashes: Array) -> Array:
        """Return the columns of the terms with these hashes; -1 where they have none."""
        places = _slots_of(hashes, self._slots)
        columns: Array = self._slots[places]
        if len(self):
            others = np.flatnonzero((columns >= 0) & (self._hashes[columns] != hashes))
            while len(others):
                places[others] = (places[others] + 1) & (len(self._slots) - 1)
                columns[others] = self._slots[places[others]]
                others = others[(columns[others] >= 0) & (self._hashes[columns[others]] != hashes[others])]
        return columns

    def _add(self, hashes: Array, text: bytes, starts: Array) -> None:
        """Give columns to different terms that have none."""
        first = len(self)
        self._starts = np.concatenate([self._starts, len(self._text) + starts[1:]])
        self._text += text
        self._hashes = np.concatenate([self._hashes, hashes])
        if 2 * len(self) > len(self._slots):
            self._slots, first = np.full(_size(len(self)), -1, np.int32), 0
        columns = np.arange(first, len(self), dtype=np.int32)
        places = _slots_of(self._hashes[first:], self._slots)
        while len(columns):
            free = self._slots[places] < 0
            self._slots[places[free]] = columns[free]
            left = self._slots[places] != columns
            columns, places = columns[left], (places[left] + 1) & (len(self._slots) - 1)


def _size(count: int) -> int:
    """Return how many slots a table of so many hashes has."""
    return 1 << (2 * count).bit_length()


def _slots_of(hashes: Array, slots: Array) -> Array:
    """Return the slot that each hash is looked for first in: that of its upper bits."""
    return (hashes >> np.uint64(65 - len(slots).bit_length())).astype(np.int64)


def _first(hashes: Array) -> tuple[Array, Array]:
    """Return where each different hash stands first, in order, and for each hash which of these it is."""
    slots, firsts = np.full(_size(len(hashes)), -1, np.int32), np.empty(len(hashes), np.int32)
    left, places = np.arange(len(hashes), dtype=np.int32), _slots_of(hashes, slots)
    while len(left):
        free = np.flatnonzero(slots[places] < 0)[::-1]
        slots[places[free]] = left[free]
        held = slots[places]
        same = hashes[held] == hashes[left]
        firsts[left[same]] = held[same]
        left, places = left[~same], (places[~same] + 1) & (len(slots) - 1)
    is_first = firsts == np.arange(len(hashes))
    return np.flatnonzero(is_first), (np.cumsum(is_first) - 1)[firsts]


def _lines(texts: Sequence[str]) -> tuple[Array, Array, Array]:
    """Return the bytes of the lines of texts, and where each line starts and ends."""
    letters = np.frombuffer("".join([f"{text}\n" for text in texts]).encode(), np.uint8)
    ends = np.flatnonzero(letters == LINE) + 1
    return letters, np.concatenate([[0], ends])[:-1], ends


def _hash(letters: Array, starts: Array, ends: Array) -> Array:
    """Return the hash of each term, written from a start to an end."""
    hashes, first = np.empty(len(starts), np.uint64), 0
    while first < len(starts):
        start = starts[first]
        last = max(first + 1, int(np.searchsorted(ends, start + PIECE)))
        powers, inverse = _powers(ends[last - 1] - start)
        sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(letters[start:ends[last - 1]] * powers)])
        one, other = starts[first:last] - start, ends[first:last] - start
        hashes[first:last] = (sums[other] - sums[one]) * inverse[one] * np.uint64(BASE)
        first = last
    return hashes


_POWERS = [np.ones(1, np.uint64), np.ones(1, np.uint64)]
"""What `_powers` has found."""


def _powers(count: int) -> tuple[Array, Array]:
    """Return so many powers of the base, and of its inverse modulo 2^64."""
    if count > len(_POWERS[0]):
        for n, base in enumerate((BASE, pow(BASE, -1, 2 ** 64))):
            row = np.full(2 * count, base, np.uint64)
            row[0] = 1
            _POWERS[n] = np.cumprod(row, dtype=np.uint64)
    return _POWERS[0][:count], _POWERS[1][:count]


def _cut(letters: Array, starts: Array, sizes: Array) -> tuple[bytes, Array]:
    """Return pieces of a text one after the other, and where each starts there and the last ends."""
    told = np.concatenate([[0], np.cumsum(sizes)])
    return letters[np.arange(told[-1]) + np.repeat(starts - told[:-1], sizes)].tobytes(), told
