"""Sparse matrices of terms, and how alike their rows are: rows are what texts or stories say in one language, columns are terms.

Sums are rounded before anything is compared with them, so that no machine's order of adding decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

__all__ = ["Array", "Scores", "dot_rows", "fill", "find_products", "make_matrix", "pick", "stack", "stack_sorted",
           "sum_rows"]

Array = np.ndarray[Any, Any]

DECIMALS = 9
"""To which likenesses are rounded."""
AT_ONCE = 512
"""Rows that are multiplied at once: what bounds the memory."""


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


def make_matrix(values: Array, columns: Array, starts: Array, width: int) -> Any:
    """Return a matrix of these entries, by rows, each in the order of its columns; nothing is checked."""
    found = sparse.csr_matrix((len(starts) - 1, width), dtype=values.dtype)
    found.data, found.indices, found.indptr = values, columns, starts.astype(np.int32)
    found.has_sorted_indices = found.has_canonical_format = True
    return found


def stack(rows: Sequence[tuple[Array, Array]], width: int, kind: Any = np.float64) -> Any:
    """Return a matrix with these columns and values in its rows, those of one column added up."""
    found = stack_sorted(rows, width, kind)
    found.has_sorted_indices = found.has_canonical_format = False
    found.sum_duplicates()
    return found


def stack_sorted(rows: Sequence[tuple[Array, Array]], width: int, kind: Any) -> Any:
    """Return a matrix with these columns, which are in order, and values in its rows."""
    columns, values = (np.concatenate(column) for column in zip(*rows, strict=True)) if rows else (np.empty(0, np.int32), np.empty(0, kind))
    return make_matrix(values.astype(kind), columns, np.cumsum([0, *(len(columns) for columns, _ in rows)]), width)


def fill(matrix: Any, values: Array) -> Any:
    """Return a matrix with other values at the places of a matrix."""
    return make_matrix(values, matrix.indices, matrix.indptr, matrix.shape[1])


def pick(matrix: Any, places: Array, values: Array) -> Any:
    """Return a matrix with other values at some of the places of a matrix, and nothing elsewhere."""
    return make_matrix(values, matrix.indices[places], np.searchsorted(places, matrix.indptr), matrix.shape[1])


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


def dot_rows(one: Any, ones: Array, other: Any, others: Array, kinds: Array | None = None, count: int = 1) -> Array:
    """Return the scalar products of rows of two matrices, pair by pair: a row of them for each of so many kinds of columns."""
    sums = [np.empty((count, 0))]
    for start in range(0, len(ones), AT_ONCE * 32):
        end = start + AT_ONCE * 32
        sums.append(sum_rows(one[ones[start:end]].multiply(other[others[start:end]]).tocsr(), kinds, count))
    rounded: Array = np.concatenate(sums, 1).round(DECIMALS)
    return rounded


def sum_rows(matrix: Any, kinds: Array | None = None, count: int = 1) -> Array:
    """Return the sums of a matrix's rows: a row of them for each of so many kinds of columns."""
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    places = rows if kinds is None else count * rows + kinds[matrix.indices]
    sums: Array = np.bincount(places, matrix.data, minlength=count * matrix.shape[0]).reshape(-1, count).T
    return sums
