"""Terms as sparse matrices: rows are what texts or stories say in one language, columns are terms.

Sums are rounded before anything is compared with them, so that no machine's order of adding decides.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
from scipy import sparse

from digest.columns import Array, Columns
from digest.gist import Gist

__all__ = ["Array", "Parts", "Rarity", "Reader", "Scores", "count_parts", "dot_rows", "fill", "find_products", "keep"]

DECIMALS = 9
"""To which likenesses are rounded."""
SMALL_COLLECTION = 10
"""Fewer texts than this tell too little about how rare a term is: they count as this many."""
FOREIGN = 3
"""A text counts as having this many more keys that no other language has: one or two keys in common may be chance."""
COMMON = 150
"""A term of more parts than this says next to nothing about which of them belong together, and costs the most."""
AT_ONCE = 512
"""Rows that are multiplied at once: what bounds the memory."""
ENTRIES = 2_000_000
"""Entries of rows that are weighed at once."""


@dataclass(frozen=True, slots=True)
class Parts:
    """How often terms occur in what texts or stories say in each of their languages."""

    owners: Array
    """Whose each part is, in order."""
    langs: Array
    """The number of each part's language."""
    spoken: tuple[str, ...]
    """The languages, by number."""
    counts: Any
    """Parts x columns."""
    reader: "Reader"

    @property
    def columns(self) -> Columns:
        """The terms."""
        return self.reader.columns


@dataclass(frozen=True, slots=True)
class Scores:
    """How alike pairs of numbers are: each pair once, the smaller number first, in order."""

    ones: Array
    others: Array
    values: Array

    @classmethod
    def of(cls, rows: Sequence[tuple[Array, Array, Array]]) -> "Scores":
        """Return pairs that were found in any order, of equal ones the most alike."""
        if not rows:
            return cls(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
        a, b, values = (np.concatenate(column) for column in zip(*rows, strict=True))
        ones, others = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
        width = int(others.max(initial=0)) + 1
        keys = ones * width + others
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        best = np.maximum.reduceat(values[order], first) if len(first) else values
        ones, others = np.divmod(keys[first], width)
        return cls(ones, others, best)[ones != others]

    def __getitem__(self, kept: Array) -> "Scores":
        return Scores(self.ones[kept], self.others[kept], self.values[kept])

    def __len__(self) -> int:
        return len(self.ones)

    def items(self) -> Iterator[tuple[tuple[int, int], float]]:
        """Yield the pairs and their scores."""
        yield from zip(zip(self.ones.tolist(), self.others.tolist(), strict=True), self.values.tolist(), strict=True)


class Reader:
    """Reads what texts say, by columns; of texts that it read last it knows that."""

    def __init__(self, columns: Columns | None = None) -> None:
        self.columns = columns or Columns()
        self._counts: dict[tuple[bytes, ...], tuple[Array, Array]] = {}
        """The columns of some articles' terms together, and how often each occurs, by the marks of the articles."""
        self._begun: dict[bytes, Array] = {}
        """The columns of what articles begin with, by their marks."""

    def count(self, groups: Sequence[Sequence[Gist]]) -> "Parts":
        """Return how often terms occur in groups of articles, added up by language: one part for each in the order of its first article."""
        owners, langs, keys, spoken = list[int](), list[int](), list[tuple[bytes, ...]](), dict[str, int]()
        gists = {gist.mark: gist for group in groups for gist in group}
        for owner, group in enumerate(groups):
            for lang in dict.fromkeys([gist.lang for gist in group]):
                owners.append(owner)
                langs.append(spoken.setdefault(lang, len(spoken)))
                keys.append(tuple([gist.mark for gist in group if gist.lang == lang]))
        self._counts = {key: self._counts[key] for key in keys if key in self._counts}
        self._begun = {mark: begun for mark, begun in self._begun.items() if mark in gists}
        self._counts |= self._read([key for key in dict.fromkeys(keys) if key not in self._counts], gists)
        rows = [self._counts[key] for key in keys]
        return Parts(np.array(owners, np.int64), np.array(langs, np.int64), tuple(spoken), _stacked(rows, len(self.columns)), self)

    def begin(self, gists: Sequence[Gist]) -> list[Array]:
        """Return the columns of the terms that gists begin with, as far as they have any."""
        missing = [gist for gist in gists if gist.mark not in self._begun]
        terms = [_begin(gist) for gist in missing]
        found, ends = self.columns.look_up(terms), [0, *accumulate(text.count("\n") + 1 for text in terms)]
        for gist, start, end in zip(missing, ends, ends[1:], strict=False):
            columns = found[start:end]
            self._begun[gist.mark] = columns[columns >= 0]
        return [self._begun[gist.mark] for gist in gists]

    def forget(self) -> None:
        """Forget the terms that nothing has which was read last, where most are such."""
        used = np.zeros(len(self.columns), bool)
        for columns, _ in self._counts.values():
            used[columns] = True
        if 2 * used.sum() < len(used):
            places = np.cumsum(used, dtype=np.int32) - 1
            self.columns = self.columns.keep(used)
            self._counts = {key: (places[columns], counts) for key, (columns, counts) in self._counts.items()}
            self._begun = {mark: places[columns[used[columns]]] for mark, columns in self._begun.items()}

    def _read(self, keys: Sequence[tuple[bytes, ...]], gists: Mapping[bytes, Gist]) -> dict[tuple[bytes, ...], tuple[Array, Array]]:
        """Return the columns, in order, and counts of some articles together."""
        known = self._find([gists[mark] for mark in dict.fromkeys(mark for key in keys for mark in key)])
        rows = [[known[mark] for mark in key] for key in keys]
        joined = [row[0] if len(row) == 1 else (np.concatenate([c for c, _ in row]), np.concatenate([n for _, n in row])) for row in rows]
        found = stack(joined, len(self.columns), np.uint32)
        ends = found.indptr.tolist()
        return {key: (found.indices[start:end], found.data[start:end]) for key, start, end in zip(keys, ends, ends[1:], strict=False)}

    def _find(self, gists: Sequence[Gist]) -> dict[bytes, tuple[Array, Array]]:
        """Return the columns of the terms of gists and their counts, by marks."""
        told = [counted for gist in gists for counted in (gist.terms, gist.keys) if counted.terms]
        columns, counts = self.columns.find([row.terms for row in told]), np.frombuffer(b"".join([row.counts for row in told]), "<u2")
        ends = [0, *accumulate((len(gist.terms.counts) + len(gist.keys.counts)) // counts.itemsize for gist in gists)]
        return {gist.mark: (columns[start:end], counts[start:end]) for gist, start, end in zip(gists, ends, ends[1:], strict=False)}


def _begin(gist: Gist) -> str:
    """Return the terms that a gist begins with, a line each: each stem as a word and as a name, and numbers."""
    both = [f"{kind}{gist.opening}".replace("\n", f"\n{kind}") for kind in "wn"]
    return "\n".join([*both, *gist.opening_numbers.split()])


def count_parts(groups: Sequence[Sequence[Gist]]) -> Parts:
    """Return how often terms occur in groups of articles, as `Reader.count` does."""
    return Reader().count(groups)


def stack(rows: Sequence[tuple[Array, Array]], width: int, kind: Any = np.float64) -> Any:
    """Return a matrix with these columns and values in its rows, those of one column added up."""
    found = _stacked(rows, width, kind)
    found.has_sorted_indices = found.has_canonical_format = False
    found.sum_duplicates()
    return found


def _stacked(rows: Sequence[tuple[Array, Array]], width: int, kind: Any = np.uint32) -> Any:
    columns, values = (np.concatenate(column) for column in zip(*rows, strict=True)) if rows else (np.empty(0, np.int32), np.empty(0, kind))
    return _matrix(values.astype(kind), columns, np.cumsum([0, *(len(columns) for columns, _ in rows)]), width)


def keep(matrix: Any, kept: Array, values: Array | None = None) -> Any:
    """Return a matrix with only those of its entries that are kept, perhaps with other values."""
    places = np.flatnonzero(kept)
    return _picked(matrix, places, (matrix.data if values is None else values)[places])


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much terms tell of some parts (tf-idf, Spärck Jones 1972), sublinear and smoothed for small collections."""

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
        return _picked(counts, places, _scaled(weights, owners, len(rows), self._unseen()))

    def tell(self, rows: Array | None = None) -> "Told":
        """Return how much each word, name and number of some parts tells; of all by default."""
        counts, langs = (self.parts.counts, self.parts.langs) if rows is None else (self.parts.counts[rows], self.parts.langs[rows])
        kinds = self.kinds[counts.indices]
        places = np.flatnonzero(kinds < 2)
        owners, columns = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))[places], counts.indices[places]
        rare = self.rare.ravel()[langs[owners] * counts.shape[1] + columns]
        return Told(_picked(counts, places, rare), owners, kinds[places] == 1, _sublinear(counts.data)[counts.data[places]] * rare)

    def find_telling(self, new: Array) -> tuple[Any, Any]:
        """Return all parts as `weigh_near` and `weigh_far` do, without terms that only one has, or too many, or no `new` one."""
        counts, width = self.parts.counts, len(self.kinds)
        columns, every, often = np.zeros(width, bool), self.used.sum(0), _sublinear(counts.data)
        columns[counts[new].indices] = True
        near = ((self.used > 1) & (self.used <= COMMON) & columns & (self.kinds < 2)).ravel()
        far = (every > 1) & (every <= COMMON) & columns & self.shared
        squares = self._squares()
        lengths, found = np.empty((counts.shape[0], 3)), list[tuple[Array, ...]]()
        for rows in _chunks(counts.indptr):
            starts, langs = counts.indptr[rows.start:rows.stop + 1], (self.parts.langs[rows] * width).astype(np.int32)
            indices, data = counts.indices[starts[0]:starts[-1]], counts.data[starts[0]:starts[-1]]
            at = indices + np.repeat(langs, np.diff(starts))
            lengths[rows] = _matrix(often[data] ** 2, at, starts - starts[0], len(squares)) @ squares
            places = np.flatnonzero(near[at] | far[indices])
            owners = np.repeat(np.arange(rows.start, rows.stop, dtype=np.int32), np.diff(starts))[places]
            found.append((places + starts[0], owners, at[places], often[data[places]]))
        places, owners, at, told = (np.concatenate(column) for column in zip(*found, strict=True))
        lengths[:, 2] += self._unseen()
        lengths = np.sqrt(lengths).ravel()
        one, other = np.flatnonzero(near[at]), np.flatnonzero(far[counts.indices[places]])
        named = 3 * owners[one] + self.kinds[counts.indices[places[one]]]
        of_near = told[one] * self.rare.ravel()[at[one]] / lengths[named] * math.sqrt(0.5)
        of_far = told[other] * self.rare_keys[counts.indices[places[other]]] / lengths[3 * owners[other] + 2]
        return _picked(counts, places[one], of_near), _picked(counts, places[other], of_far)

    def _squares(self) -> Array:
        """Return the squares of how much each column tells in each language: as a word, as a name or number, and as a key."""
        told = np.zeros((*self.rare.shape, 3))
        for kind in (0, 1):
            told[:, self.kinds == kind, kind] = self.rare[:, self.kinds == kind] ** 2
        told[:, :, 2] = np.where(self.shared, self.rare_keys, 0) ** 2
        return told.reshape(-1, 3)

    def _unseen(self) -> float:
        """Return the square of the length of the keys that a part counts as having and no other language has."""
        return FOREIGN * math.log(_most(self.parts)) ** 2


@dataclass(frozen=True, slots=True)
class Told:
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
        return _picked(self.rare, at, _scaled(self.weights[at], self.owners[at], self.rare.shape[0]))


def _sublinear(counts: Array) -> Array:
    """Return how much more a term counts that occurs so often, by number."""
    weights: Array = 1 + np.log(np.arange(1 + int(counts.max(initial=1))).clip(1))
    return weights


def _most(parts: Parts) -> int:
    return max(len(parts.owners), SMALL_COLLECTION) + 1


def _chunks(starts: Array) -> list[slice]:
    """Return some rows after the others, of so many entries as are weighed at once; `starts` tells where each row starts."""
    ends = np.searchsorted(starts, np.arange(ENTRIES, int(starts[-1]) + ENTRIES, ENTRIES))
    ends = np.unique(np.minimum(np.maximum(ends, 1), len(starts) - 1)).tolist()
    return [slice(start, end) for start, end in zip([0, *ends], ends, strict=False) if end > start]


def _scaled(raw: Array, rows: Array, count: int, unseen: float = 0.0) -> Array:
    """Return the entries of rows so that each row is of length 1, less by what is `unseen`: the square of its length."""
    lengths = np.sqrt(np.bincount(rows, raw * raw, minlength=count) + unseen)
    lengths[lengths == 0] = 1.0
    scaled: Array = raw / lengths[rows]
    return scaled


def fill(matrix: Any, values: Array) -> Any:
    """Return a matrix with other values at the places of a matrix."""
    return _matrix(values, matrix.indices, matrix.indptr, matrix.shape[1])


def _picked(matrix: Any, places: Array, values: Array) -> Any:
    """Return a matrix with other values at some of the places of a matrix, and nothing elsewhere."""
    return _matrix(values, matrix.indices[places], np.searchsorted(places, matrix.indptr), matrix.shape[1])


def _matrix(values: Array, columns: Array, starts: Array, width: int) -> Any:
    """Return a matrix of these entries, by rows, each in the order of its columns; nothing is checked."""
    found = sparse.csr_matrix((len(starts) - 1, width), dtype=values.dtype)
    found.data, found.indices, found.indptr = values, columns, starts.astype(np.int32)
    found.has_sorted_indices = found.has_canonical_format = True
    return found


def find_products(left: Any, right: Any, least: float) -> Iterator[tuple[Array, Array, Array]]:
    """Yield rows of two matrices, by number, and their scalar products where these are greater than `least`."""
    columns = right.T.tocsr()
    for start in range(0, left.shape[0], AT_ONCE):
        found = left[start:start + AT_ONCE] @ columns
        kept = np.flatnonzero(found.data > least - 1 / 10 ** DECIMALS)
        values = found.data[kept].round(DECIMALS)
        kept, values = kept[values > least], values[values > least]
        rows = np.searchsorted(found.indptr, kept, side="right") - 1
        yield rows + start, found.indices[kept], values


def dot_rows(one: Any, ones: Array, other: Any, others: Array) -> Array:
    """Return the scalar products of rows of two matrices, pair by pair."""
    sums: list[Array] = [np.empty(0)]
    for start in range(0, len(ones), AT_ONCE * 32):
        end = start + AT_ONCE * 32
        found = one[ones[start:end]].multiply(other[others[start:end]]).tocsr()
        rows = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
        sums.append(np.bincount(rows, found.data, minlength=found.shape[0]))
    rounded: Array = np.concatenate(sums).round(DECIMALS)
    return rounded
