"""Read texts by columns: how often terms occur in what each says in one language, for all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from digest.columns import Columns
from digest.gist import MOST, Gist
from digest.vectors import Array, stack, stack_sorted

__all__ = ["Parts", "Reader"]


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
    """Parts x columns; unsigned 16-bit numbers."""
    columns: Columns
    reader: "Reader"
    """Which has read them, and knows what they begin with."""


class Reader:
    """Reads what texts say, by columns, and remembers it of the texts that it read last."""

    def __init__(self, columns: Columns | None = None) -> None:
        self.columns = Columns() if columns is None else columns
        self._counts: dict[tuple[bytes, ...], tuple[Array, Array]] = {}
        """The columns of some articles' terms together, and how often each occurs, by the marks of the articles."""
        self._begun: dict[bytes, Array] = {}
        """The columns of what articles begin with, by their marks."""

    def count(self, groups: Sequence[Sequence[Gist]]) -> Parts:
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
        counts = stack_sorted(rows, len(self.columns), np.uint16)
        return Parts(np.array(owners, np.int64), np.array(langs, np.int64), tuple(spoken), counts, self.columns, self)

    def begin(self, gists: Sequence[Gist]) -> list[Array]:
        """Return the columns of the terms that gists begin with; the gists are among those that were counted last."""
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
            self.columns, places = self.columns.keep(used)
            self._counts = {key: (places[columns], counts) for key, (columns, counts) in self._counts.items()}
            self._begun = {mark: places[columns[used[columns]]] for mark, columns in self._begun.items()}

    def _read(self, keys: Sequence[tuple[bytes, ...]], gists: Mapping[bytes, Gist]) -> dict[tuple[bytes, ...], tuple[Array, Array]]:
        """Return the columns, in order, and counts of some articles together."""
        known = self._find([gists[mark] for mark in dict.fromkeys(mark for key in keys for mark in key)])
        rows = [[known[mark] for mark in key] for key in keys]
        joined = [row[0] if len(row) == 1 else (np.concatenate([c for c, _ in row]), np.concatenate([n for _, n in row])) for row in rows]
        found = stack(joined, len(self.columns), np.uint32)
        ends, counts = found.indptr.tolist(), np.minimum(found.data, MOST).astype(np.uint16)
        return {key: (found.indices[start:end], counts[start:end]) for key, start, end in zip(keys, ends, ends[1:], strict=False)}

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
