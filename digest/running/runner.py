"""Carry out a stage of the *each* kind: do what is not kept yet, on all processors; keep it, and take everything from there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from time import process_time
from typing import Any, TypeVar

from digest.progress import show_made
from digest.running.executors import Executor, InProcess, Processes
from digest.running.freezing import Keys, Names, freeze, thaw
from digest.running.hashes import Hashes
from digest.running.store import Store
from digest.running.timing import book_elsewhere, count, timed

__all__ = ["PLAIN", "Runner"]

T = TypeVar("T")
R = TypeVar("R")

_FEW = 4
"""Items for each worker below which its start is not worth while, where each takes long."""
_PORTIONS = 8
"""Batches for each worker: enough that none waits long for another, and few enough that each is worth its way."""
_HELD = 50
"""Results that are taken from the store at once."""
NOBODY: Names = {}
"""No article."""


def _itself(item: T) -> T:
    return item


@dataclass(frozen=True)
class Runner:
    """How the stages of one run are carried out."""

    store: Store | None = None
    """What is kept between runs; None: nothing is."""
    executor: Executor = field(default_factory=InProcess)
    program: str = ""
    """Names the version of this program and of the libraries that results depend on."""
    keys: Keys = field(default_factory=Keys)
    hashes: Hashes = field(default_factory=Hashes)

    def each(self, stage: str, function: Callable[[T], R], items: Sequence[T], *asked: object, articles: Names = NOBODY,
             keyed: Callable[[T], object] = _itself, worth: int = _FEW) -> Iterator[R]:
        """Yield what a function makes of each item, in order; what it once made of an equal one is not made again.

        A result depends on nothing but its item, or what that is `keyed` by, and what is `asked` of all items. `articles` are those that
        results may name. `worth` are the items for each worker below which its start is not worth while.
        """
        return self.together(stage, partial(_each, function), items, *asked, articles=articles, keyed=keyed, portions=_PORTIONS,
                             worth=worth)

    def together(self, stage: str, function: Callable[[Sequence[T]], Sequence[R]], items: Sequence[T], *asked: object,
                 articles: Names = NOBODY, keyed: Callable[[T], object] = _itself, portions: int = 1,
                 worth: int = _FEW) -> Iterator[R]:
        """Yield the same where a function makes the results of several items at once; `portions` are the batches of each worker."""
        if self.store is None:
            with timed(stage):
                count(stage, len(items), len(items))
                results = list(self.spread(stage, function, items, portions, worth))
            yield from _in_order(results, len(items))
            return
        with timed(stage):
            common = self.keys.of(stage, self.program, asked)
            keys = [self.keys.of(common, keyed(item)) for item in items]
            missing = [(key, item) for key, item in zip(keys, items, strict=True) if key not in self.store]
            count(stage, len(items), len(missing))
            for _ in self.spread(stage, partial(_keep, self.store, function), missing, portions, worth):
                pass
        for at in range(0, len(items), _HELD):
            with timed(stage):
                held = [_take(self.store, key, function, item, articles)
                        for key, item in zip(keys[at:at + _HELD], items[at:at + _HELD], strict=True)]
            yield from held

    def spread(self, stage: str, function: Callable[[Sequence[T]], Sequence[R]], items: Sequence[T], portions: int,
               worth: int) -> Iterator[Sequence[R]]:
        """Yield what a function makes of batches of items, each of which takes about as long: every so many-th item.

        `worth` is only asked of processes that have to be started; the workers of a cluster are there.
        """
        workers = self.executor.workers
        least = worth * workers if isinstance(self.executor, Processes) else 1
        if isinstance(self.executor, InProcess) or len(items) < least:
            if items:
                yield function(items)
            return
        number = min(len(items), workers * portions)
        batches = [items[at::number] for at in range(number)]
        for cpu, made in show_made(self.executor.map(partial(_measured, function), batches), [*map(len, batches)], stage):
            book_elsewhere(cpu)
            yield made


def _measured(function: Callable[[Sequence[T]], R], items: Sequence[T]) -> tuple[float, R]:
    """Return what a function makes of items, and the seconds of CPU that it took."""
    began = process_time()
    made = function(items)
    return process_time() - began, made


def _in_order(batches: Sequence[Sequence[R]], count: int) -> Iterator[R]:
    """Yield the results of batches in the order of their items."""
    yield from (batches[at % len(batches)][at // len(batches)] for at in range(count))


def _each(function: Callable[[Any], R], items: Sequence[Any]) -> list[R]:
    return [function(item) for item in items]


def _keep(store: Store, function: Callable[[Sequence[T]], Sequence[R]], items: Sequence[tuple[str, T]]) -> Sequence[None]:
    """Make the results of items and keep each under its key, in the process that makes them."""
    for (key, _), made in zip(items, function([item for _, item in items]), strict=True):
        store.write(key, freeze(made))
    return ()


def _take(store: Store, key: str, function: Callable[[Sequence[T]], Sequence[R]], item: T, articles: Names) -> R:
    """Return what is kept of an item; what is not whole any more is made again."""
    for _ in range(2):
        frozen = store.read(key)
        if frozen is not None:
            with suppress(ValueError):
                found: R = thaw(frozen, articles)
                return found
        _keep(store, function, [(key, item)])
    return function([item])[0]


PLAIN = Runner()
"""Keeps nothing and does one after the other."""
