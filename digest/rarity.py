"""How much terms tell (tf-idf, Spärck Jones 1972), sublinear and smoothed for small collections."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from digest.parts import Parts
from digest.vectors import Array, fill, make_matrix, pick

__all__ = ["Rarity", "Weighed"]

SMALL_COLLECTION = 10
"""Fewer texts than this tell too little about how rare a term is: they count as this many."""
FOREIGN = 3
"""A text counts as having this many more keys that no other language has: one or two keys in common may be chance."""
COMMON = 150
"""A term of more parts than this says next to nothing about which of them belong together, and costs the most."""
ENTRIES = 2_000_000
"""Entries of rows that are weighed at once."""


_Entries = tuple[Array, Array, Array]
"""Values and columns of some rows, and how many each has."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much terms tell of some parts."""

    parts: Parts
    used: Array
    """Languages x columns: of how many parts each is."""
    kinds: Array
    """Of each column: 0 for words, 1 for names and numbers, 2 for what is compared across languages only."""
    shared: Array
    """Whether each column is a key that two languages have."""
    rare: Array
    """Languages x columns: how much each tells."""
    rare_keys: Array
    """How much each column tells among all parts."""

    @classmethod
    def of(cls, parts: Parts) -> "Rarity":
        """Find out how rare terms are: words and names within their language, keys in all."""
        counts, width, many = parts.counts, len(parts.columns), len(parts.spoken)
        flat = np.zeros(many * width, np.int64)
        for rows in _chunks(counts.indptr):
            places = np.repeat(parts.langs[rows] * width, np.diff(counts.indptr[rows.start:rows.stop + 1]))
            flat += np.bincount(places + counts.indices[counts.indptr[rows.start]:counts.indptr[rows.stop]], minlength=many * width)
        used = flat.reshape(many, width)
        every = used.sum(0)
        sizes = np.maximum(np.bincount(parts.langs, minlength=many), SMALL_COLLECTION) + 1
        kinds = np.where(parts.columns.is_kind("w"), 0, np.where(parts.columns.is_kind("n", "#"), 1, 2)).astype(np.int8)
        shared = parts.columns.is_kind("#", "p", "s") & ((used > 0).sum(0) > 1)
        return cls(parts, used, kinds, shared, np.log(sizes[:, None] / np.maximum(used, 1)), np.log(_most(parts) / np.maximum(every, 1)))

    def weigh_near(self, rows: Array) -> Any:
        """Return words and names of some parts, half each, weighted by how much they tell: rows of length 1 at most.

        What is compared within a language.
        """
        told = self.tell(rows)
        return fill(told.rare, _scaled(told.weights, 2 * told.owners + told.is_name, 2 * len(rows)) * math.sqrt(0.5))

    def weigh_far(self, rows: Array) -> Any:
        """Return the keys of some parts that two languages have, weighted by how much they tell: rows of length 1 at most.

        What is compared across languages.
        """
        counts = self.parts.counts[rows]
        places = np.flatnonzero(self.shared[counts.indices])
        owners, columns = np.repeat(np.arange(len(rows)), np.diff(counts.indptr))[places], counts.indices[places]
        weights = _sublinear(counts.data)[counts.data[places]] * self.rare_keys[columns]
        return pick(counts, places, _scaled(weights, owners, len(rows), self._unseen()))

    def tell(self, rows: Array | None = None) -> "Weighed":
        """Return how much each word, name and number of some parts tells; of all by default."""
        counts, langs = (self.parts.counts, self.parts.langs) if rows is None else (self.parts.counts[rows], self.parts.langs[rows])
        kinds = self.kinds[counts.indices]
        places = np.flatnonzero(kinds < 2)
        owners, columns = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))[places], counts.indices[places]
        rare = self.rare.ravel()[langs[owners] * len(self.kinds) + columns]
        return Weighed(pick(counts, places, rare), owners, kinds[places] == 1, _sublinear(counts.data)[counts.data[places]] * rare)

    def find_telling(self, new: Array) -> tuple[Any, Any]:
        """Return all parts as `weigh_near` and `weigh_far` do, without terms that only one has, or too many, or no `new` one."""
        counts, width = self.parts.counts, len(self.kinds)
        columns, every = np.zeros(width, bool), self.used.sum(0)
        columns[counts[new].indices] = True
        near = (self.used > 1) & (self.used <= COMMON) & columns & (self.kinds < 2)
        far = (every > 1) & (every <= COMMON) & columns & self.shared
        wanted = (near + 2 * far.astype(np.int8)).ravel()
        often, squares, rare = _sublinear(counts.data), self._squares(), self.rare.ravel()
        found: tuple[list[_Entries], list[_Entries]] = ([], [])
        for rows in _chunks(counts.indptr):
            starts = counts.indptr[rows.start:rows.stop + 1]
            sizes, places, told = np.diff(starts), counts.indices[starts[0]:starts[-1]], counts.data[starts[0]:starts[-1]]
            at = places + np.repeat((self.parts.langs[rows] * width).astype(np.int32), sizes)
            lengths = make_matrix((often ** 2)[told], at, starts - starts[0], len(squares)) @ squares
            lengths[:, 2] += self._unseen()
            lengths = np.sqrt(lengths).ravel()
            asked = wanted[at]
            chosen = np.flatnonzero(asked)
            owners = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[chosen]
            asked, places, at, told = asked[chosen], places[chosen], at[chosen], often[told[chosen]]
            one, other = np.flatnonzero(asked & 1), np.flatnonzero(asked & 2)
            weights = told[one] * rare[at[one]] / lengths[3 * owners[one] + self.kinds[places[one]]] * math.sqrt(0.5)
            keys = told[other] * self.rare_keys[places[other]] / lengths[3 * owners[other] + 2]
            for kept, which, values in zip(found, (one, other), (weights, keys), strict=True):
                kept.append((values, places[which], np.bincount(owners[which], minlength=len(sizes))))
        return _joined(found[0], width), _joined(found[1], width)

    def _squares(self) -> Array:
        """Return the squares of how much each column tells in each language: as a word, as a name or number, and as a key."""
        told, squares = np.empty((*self.rare.shape, 3)), self.rare ** 2
        for kind in (0, 1):
            np.multiply(squares, self.kinds == kind, out=told[:, :, kind])
        told[:, :, 2] = np.where(self.shared, self.rare_keys, 0) ** 2
        return told.reshape(-1, 3)

    def _unseen(self) -> float:
        """Return the square of the length of the keys that a part counts as having and no other language has."""
        return FOREIGN * math.log(_most(self.parts)) ** 2


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much words, names and numbers tell."""

    rare: Any
    """Parts x columns: how rare each is."""
    owners: Array
    """The part of each entry."""
    is_name: Array
    """Whether each entry is a name or a number."""
    weights: Array
    """How rare each entry is, and how often it occurs, sublinear."""

    def names(self) -> Any:
        """Return the names and numbers, weighted: rows of length 1."""
        at = np.flatnonzero(self.is_name)
        return pick(self.rare, at, _scaled(self.weights[at], self.owners[at], self.rare.shape[0]))


def _joined(found: Sequence[_Entries], width: int) -> Any:
    """Return the rows of a matrix, given one after the other."""
    values, columns, sizes = (np.concatenate(column) for column in zip(*found, strict=True))
    return make_matrix(values, columns, np.concatenate([[0], np.cumsum(sizes)]), width)


def _sublinear(counts: Array) -> Array:
    """Return how much more a term counts that occurs so often, by number."""
    weights: Array = 1 + np.log(np.arange(1 + int(counts.max(initial=1))).clip(1))
    return weights


def _most(parts: Parts) -> int:
    return max(len(parts.owners), SMALL_COLLECTION) + 1


def _chunks(starts: Array) -> list[slice]:
    """Return some rows after the others, of so many entries as are weighed at once; `starts` tells where each row starts."""
    count = len(starts) - 1
    ends = np.searchsorted(starts, np.arange(ENTRIES, int(starts[-1]) + ENTRIES, ENTRIES))
    ends = np.unique([*np.clip(ends, 1, count), count]).tolist()
    return [slice(start, end) for start, end in zip([0, *ends], ends, strict=False) if end > start]


def _scaled(raw: Array, rows: Array, count: int, unseen: float = 0.0) -> Array:
    """Return the entries of rows so that each row is of length 1, less by what is `unseen`: the square of its length."""
    lengths = np.sqrt(np.bincount(rows, raw * raw, minlength=count) + unseen)
    lengths[lengths == 0] = 1.0
    scaled: Array = raw / lengths[rows]
    return scaled
