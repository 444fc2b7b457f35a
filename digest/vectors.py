"""Terms as sparse matrices: rows are what texts or stories say in one language, columns are terms.

Sums are rounded before anything is compared with them, so that no machine's order of adding decides.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from digest.gist import Gist

__all__ = ["Array", "Columns", "Parts", "Rarity", "Scores", "Weighed", "count_parts", "dot_rows", "find_products", "keep"]

Array = np.ndarray[Any, Any]

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


class _Places(dict[str, int]):
    """The column of each term; a term that is looked up and has none gets the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __missing__(self, term: str) -> int:
        place = self[term] = len(self.names)
        self.names.append(term)
        return place


class Columns:
    """The column of each term, given out as terms come, and the columns of the texts that were read last."""

    def __init__(self) -> None:
        self.places = _Places()
        self.kinds = bytearray()
        """The first letter of each column's term, of those that were asked for."""
        self.read: dict[tuple[bytes, ...], tuple[Array, Array]] = {}
        """The columns and counts of what was read last, by the marks of its articles."""
        self.begun: dict[bytes, Array] = {}
        """The columns of what articles begin with, by their marks."""

    def __len__(self) -> int:
        return len(self.places)

    def find(self, terms: Sequence[str]) -> Array:
        """Return the columns of terms, new ones where they have none."""
        return np.fromiter(map(self.places.__getitem__, terms), np.int32, len(terms))

    def is_kind(self, *kinds: str) -> Array:
        """Return for each column whether its term is of one of some kinds."""
        self.kinds.extend(ord(term[0]) for term in self.places.names[len(self.kinds):])
        wanted = np.zeros(256, bool)
        wanted[[ord(kind) for kind in kinds]] = True
        return wanted[np.array(self.kinds, np.uint8)]

    def names(self) -> list[str]:
        """Return the terms by column."""
        return self.places.names

    def count(self, gist: Gist) -> tuple[Array, Array]:
        """Return the columns of a gist's terms and their counts."""
        both = [counted for counted in (gist.terms, gist.keys) if counted.terms]
        terms = "\n".join([counted.terms for counted in both]).split("\n") if both else []
        return self.find(terms), np.frombuffer(b"".join([counted.counts for counted in both]), "<u2")

    def forget(self) -> None:
        """Forget the terms that nothing has which was read last, where most are such."""
        used = np.zeros(len(self), bool)
        for columns, _ in self.read.values():
            used[columns] = True
        if 2 * used.sum() < len(self):
            names, places = self.names(), np.cumsum(used, dtype=np.int32) - 1
            self.places, self.kinds = _Places(), bytearray()
            self.find([names[n] for n in np.flatnonzero(used)])
            self.read = {key: (places[columns], counts) for key, (columns, counts) in self.read.items()}
            self.begun = {mark: places[columns[used[columns]]] for mark, columns in self.begun.items()}

    def begin(self, gist: Gist) -> Array:
        """Return the columns of the terms that a gist begins with, as far as they have any."""
        found = self.begun.get(gist.mark)
        if found is None:
            stems = gist.opening.split("\n")
            terms = [*("w" + stem for stem in stems), *("n" + stem for stem in stems), *gist.opening_numbers.split()]
            found = self.begun[gist.mark] = np.array([n for n in map(self.places.get, terms) if n is not None], np.int32)
        return found


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
    columns: Columns


@dataclass(frozen=True, slots=True)
class Weighed:
    """Terms weighted by how much they tell; parts x columns."""

    near: Any
    """Words and names, half each: compared within a language; rows of length 1 at most."""
    rare: Any
    """How much each word, name and number of a part tells."""
    names: Any
    """Names and numbers; rows of length 1."""
    far: Any
    """Keys that two languages have: compared across languages; rows of length 1 at most."""


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


def count_parts(groups: Sequence[Sequence[Gist]], columns: Columns) -> Parts:
    """Return how often terms occur in groups of articles, added up by language: one part for each in the order of its first article."""
    owners, langs, keys, spoken = list[int](), list[int](), list[tuple[bytes, ...]](), dict[str, int]()
    gists = {gist.mark: gist for group in groups for gist in group}
    for owner, group in enumerate(groups):
        for lang in dict.fromkeys([gist.lang for gist in group]):
            owners.append(owner)
            langs.append(spoken.setdefault(lang, len(spoken)))
            keys.append(tuple([gist.mark for gist in group if gist.lang == lang]))
    columns.read = {key: columns.read[key] for key in keys if key in columns.read}
    columns.begun = {mark: begun for mark, begun in columns.begun.items() if mark in gists}
    columns.read |= _read([key for key in dict.fromkeys(keys) if key not in columns.read], gists, columns)
    rows = [columns.read[key] for key in keys]
    return Parts(np.array(owners, np.int64), np.array(langs, np.int64), tuple(spoken), _stacked(rows, len(columns)), columns)


def _read(keys: Sequence[tuple[bytes, ...]], gists: Mapping[bytes, Gist], columns: Columns) -> dict[tuple[bytes, ...], tuple[Array, Array]]:
    """Return the columns, in order, and counts of some articles together."""
    rows = [[columns.count(gists[mark]) for mark in key] for key in keys]
    found = stack([row[0] if len(row) == 1 else (np.concatenate([c for c, _ in row]), np.concatenate([n for _, n in row])) for row in rows],
                  len(columns), np.uint32)
    ends = found.indptr.tolist()
    return {key: (found.indices[start:end], found.data[start:end]) for key, start, end in zip(keys, ends, ends[1:], strict=False)}


def stack(rows: Sequence[tuple[Array, Array]], width: int, kind: Any = np.float64) -> Any:
    """Return a matrix with these columns and values in its rows, those of one column added up."""
    found = _stacked(rows, width, kind, canonical=False)
    found.sum_duplicates()
    return found


def _stacked(rows: Sequence[tuple[Array, Array]], width: int, kind: Any = np.uint32, *, canonical: bool = True) -> Any:
    starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    found = sparse.csr_matrix((len(rows), width), dtype=kind)
    found.indices = np.concatenate([columns for columns, _ in rows]) if rows else np.empty(0, np.int32)
    found.data = np.concatenate([values for _, values in rows]).astype(kind) if rows else np.empty(0, kind)
    found.indptr = starts.astype(np.int32)
    if canonical:
        found.has_sorted_indices = found.has_canonical_format = True
    return found


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

    def weigh(self, rows: Array | slice = slice(None)) -> Weighed:
        """Return the terms of some parts weighted by how much they tell; of keys only those that two languages have."""
        counts, langs = self.parts.counts[rows], self.parts.langs[rows]
        count, width = counts.shape
        if not count:
            return Weighed(*[sparse.csr_matrix(counts.shape)] * 4)
        at = np.repeat(np.arange(count), np.diff(counts.indptr))
        told = (1 + np.log(np.arange(1, 1 + int(counts.data.max(initial=1)))))[counts.data - 1]
        near = np.flatnonzero(self.kinds[counts.indices] < 2)
        columns = counts.indices[near]
        rare = self.rare.ravel()[langs[at[near]] * width + columns]
        kinds = self.kinds[columns]
        scaled = _scaled(told[near] * rare, 2 * at[near] + kinds, 2 * count)
        is_name = kinds == 1
        far = np.flatnonzero(self.shared[counts.indices])
        of_keys = _scaled(told[far] * self.rare_keys[counts.indices[far]], at[far], count, FOREIGN * math.log(_most(self.parts)) ** 2)
        return Weighed(_picked(counts, near, scaled * math.sqrt(0.5)), _picked(counts, near, rare),
                       _picked(counts, near[is_name], scaled[is_name]), _picked(counts, far, of_keys))

    def find_telling(self, new: Array, weighed: Weighed | None = None) -> tuple[Any, Any]:
        """Return the weights of all parts, `near` and `far`, without terms that only one part has, or too many, or no `new` one."""
        columns = np.zeros(len(self.kinds), bool)
        columns[self.parts.counts[new].indices] = True
        every = self.used.sum(0)
        near_ok = ((self.used > 1) & (self.used <= COMMON) & columns).ravel()
        far_ok = (every > 1) & (every <= COMMON) & columns
        found = []
        for rows in [slice(0, len(self.parts.owners))] if weighed else _chunks(self.parts.counts.indptr):
            near, far = (told := weighed or self.weigh(rows)).near, told.far
            langs = np.repeat(self.parts.langs[rows] * len(self.kinds), np.diff(near.indptr))
            found.append((keep(near, near_ok[langs + near.indices]), keep(far, far_ok[far.indices])))
        if len(found) == 1:
            return found[0]
        return sparse.vstack([near for near, _ in found], format="csr"), sparse.vstack([far for _, far in found], format="csr")


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


def _picked(matrix: Any, places: Array, values: Array) -> Any:
    """Return a matrix with other values at some of the places of a matrix, and nothing elsewhere."""
    found = sparse.csr_matrix(matrix.shape)
    found.data, found.indices = values, matrix.indices[places]
    found.indptr = np.searchsorted(places, matrix.indptr).astype(np.int32)
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
