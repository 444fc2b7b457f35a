"""Terms as sparse matrices: rows are what texts or stories say in one language, columns are terms.

Sums are rounded before anything is compared with them, so that no machine's order of adding decides.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from digest.gist import Counted, Gist

__all__ = ["Array", "Columns", "Parts", "Scores", "Weighed", "count_parts", "dot_rows", "find_products", "keep", "weigh_parts"]

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


class Columns:
    """The column of each term, given out as terms come, and the columns of the texts that were read last."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.kinds = bytearray()
        """The first letter of each column's term."""
        self.read: dict[bytes, tuple[Array, Array]] = {}
        self.begun: dict[bytes, Array] = {}

    def __len__(self) -> int:
        return len(self.places)

    def find(self, terms: Sequence[str]) -> Array:
        """Return the columns of terms, new ones where they have none."""
        columns = list(map(self.places.get, terms))
        if None in columns:
            for term, column in zip(terms, columns, strict=True):
                if column is None and term not in self.places:
                    self.places[term] = len(self.places)
                    self.kinds.append(ord(term[0]))
            columns = list(map(self.places.get, terms))
        return np.array(columns, np.int32)

    def is_kind(self, *kinds: str) -> Array:
        """Return for each column whether its term is of one of some kinds."""
        wanted = np.zeros(256, bool)
        wanted[[ord(kind) for kind in kinds]] = True
        return wanted[np.frombuffer(self.kinds, np.uint8)]

    def names(self) -> list[str]:
        """Return the terms by column."""
        return list(self.places)

    def count(self, gist: Gist) -> tuple[Array, Array]:
        """Return the columns of a gist's terms and their counts."""
        found = [self._counted(gist.terms), self._counted(gist.keys)]
        return np.concatenate([columns for columns, _ in found]), np.concatenate([counts for _, counts in found])

    def begin(self, gist: Gist) -> Array:
        """Return the columns of the terms that a gist begins with, as far as they have any."""
        found = self.begun.get(gist.mark)
        if found is None:
            stems = gist.opening.split("\n")
            terms = [*("w" + stem for stem in stems), *("n" + stem for stem in stems), *gist.opening_numbers.split()]
            found = self.begun[gist.mark] = np.array([n for n in map(self.places.get, terms) if n is not None], np.int32)
        return found

    def _counted(self, counted: Counted) -> tuple[Array, Array]:
        terms = counted.terms.split("\n") if counted.terms else []
        return self.find(terms), np.frombuffer(counted.counts, "<u2").astype(np.float32)


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
    """Terms weighted by how much they tell (tf-idf, Spärck Jones 1972), sublinear and smoothed for small collections; parts x columns."""

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
    owners, langs, rows, spoken = list[int](), list[int](), list[tuple[Array, Array]](), dict[str, int]()
    read, columns.read = columns.read, {}
    columns.begun = {mark: begun for mark, begun in columns.begun.items() if mark in read}
    for owner, group in enumerate(groups):
        for gist in group:
            columns.read[gist.mark] = read.get(gist.mark) or columns.count(gist)
        for lang in dict.fromkeys(gist.lang for gist in group):
            own = [columns.read[gist.mark] for gist in group if gist.lang == lang]
            owners.append(owner)
            langs.append(spoken.setdefault(lang, len(spoken)))
            rows.append(own[0] if len(own) == 1 else (np.concatenate([c for c, _ in own]), np.concatenate([n for _, n in own])))
    return Parts(np.array(owners, np.int64), np.array(langs, np.int64), tuple(spoken), stack(rows, len(columns)), columns)


def stack(rows: Sequence[tuple[Array, Array]], width: int) -> Any:
    """Return a matrix with these columns and values in its rows, those of one column added up."""
    starts = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])]).astype(np.int64)
    indices = np.concatenate([columns for columns, _ in rows]) if rows else np.empty(0, np.int32)
    values = np.concatenate([values for _, values in rows]).astype(np.float64) if rows else np.empty(0)
    found = sparse.csr_matrix((values, indices, starts), shape=(len(rows), width))
    found.sum_duplicates()
    return found


def keep(matrix: Any, kept: Array, values: Array | None = None) -> Any:
    """Return a matrix with only those of its entries that are kept, perhaps with other values."""
    ends = np.concatenate([[0], np.cumsum(kept)])[matrix.indptr]
    found = sparse.csr_matrix(matrix.shape)
    found.data, found.indices, found.indptr = (matrix.data if values is None else values)[kept], matrix.indices[kept], ends.astype(np.int32)
    found.has_sorted_indices = found.has_canonical_format = True
    return found


def weigh_parts(parts: Parts) -> Weighed:
    """Return the terms of parts weighted by how much they tell.

    How rare words and names are is counted within their language; of keys only those that two languages have are kept.
    """
    counts, width = parts.counts, len(parts.columns)
    rows = np.repeat(np.arange(len(parts.owners)), np.diff(counts.indptr))
    columns, told = counts.indices, 1 + np.log(counts.data)
    if not len(parts.owners):
        return Weighed(counts, counts, counts, counts)
    places = parts.langs[rows] * width + columns
    used = np.bincount(places, minlength=len(parts.spoken) * width)
    sizes = np.maximum(np.bincount(parts.langs, minlength=len(parts.spoken)), SMALL_COLLECTION) + 1
    rare = np.log(np.repeat(sizes, width)[places] / used[places])
    is_word, is_name, is_key = (parts.columns.is_kind(*kinds)[columns] for kinds in ("w", "n#", "#ps"))
    raw = told * rare
    words, names = (_scaled(raw, mask, rows, len(parts.owners)) for mask in (is_word, is_name))
    near = is_word | is_name
    used = used.reshape(len(parts.spoken), width)
    every = used.sum(0)
    shared = is_key & ((used > 0).sum(0) > 1)[columns]
    most = max(len(parts.owners), SMALL_COLLECTION) + 1
    far = _scaled(told * np.log(most / every[columns]), shared, rows, len(parts.owners), FOREIGN * math.log(most) ** 2)
    return Weighed(keep(counts, near, (words + names) * math.sqrt(0.5)), keep(counts, near, rare), keep(counts, is_name, names),
                   keep(counts, shared, far))


def _scaled(raw: Array, mask: Array, rows: Array, count: int, unseen: float = 0.0) -> Array:
    """Return some of the entries of a matrix, so that its rows are of length 1, less by what is `unseen`: the square of its length."""
    chosen = np.where(mask, raw, 0.0)
    lengths = np.sqrt(np.bincount(rows, chosen * chosen, minlength=count) + unseen)
    lengths[lengths == 0] = 1.0
    scaled: Array = chosen / lengths[rows]
    return scaled


def find_products(left: Any, right: Any, least: float) -> Iterator[tuple[Array, Array, Array]]:
    """Yield rows of two matrices, by number, and their scalar products where these are greater than `least`."""
    columns = right.T.tocsr()
    for start in range(0, left.shape[0], AT_ONCE):
        found = left[start:start + AT_ONCE] @ columns
        values = found.data.round(DECIMALS)
        kept = np.flatnonzero(values > least)
        rows = np.searchsorted(found.indptr, kept, side="right") - 1
        yield rows + start, found.indices[kept], values[kept]


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
