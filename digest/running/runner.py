"""Carry out a stage of the *each* kind: do what is not kept yet, on all processors; keep it, and take everything from there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from time import process_time
from typing import Any, Generic, TypeVar

from digest.progress import show_made
from digest.running.executors import Executor, InProcess, Processes
from digest.running.freezing import Keys, Names, freeze, thaw
from digest.running.hashes import Hashes
from digest.running.memo import NOTES, Memo
from digest.running.store import Store
from digest.running.timing import book_elsewhere, count, timed

__all__ = ["PLAIN", "PORTIONS", "Brief", "Runner", "one_by_one"]

T = TypeVar("T")
R = TypeVar("R")
N = TypeVar("N")

_FEW = 4
"""Items for each worker below which its start is not worth while, where each takes long."""
PORTIONS = 8
"""Batches for each worker: enough that none waits long for another, and few enough that each is worth its way."""
_HELD = 50
"""Results that are taken from the store at once."""
NOBODY: Names = {}
"""No article."""


def _itself(item: T) -> T:
    return item


@dataclass(frozen=True, slots=True)
class Brief(Generic[T, R, N]):
    """What is noted of results, so that a result itself is taken only where it is needed."""

    tell: Callable[[R], N]
    """Returns the note of a result."""
    suffices: Callable[[T, N], bool]
    """Returns whether nothing but the note is needed of an item's result."""


_NO_BRIEF: Brief[Any, Any, None] = Brief(lambda _: None, lambda *_: False)


@dataclass(frozen=True)
class Runner:
    """How the stages of one run are carried out."""

    store: Store | None = None
    """What is kept between runs; None: nothing is."""
    executor: Executor = field(default_factory=InProcess)
    program: str = ""
    """Names the version of this program and of the libraries that results depend on."""
    keys: Keys = field(default_factory=Keys)
    anew: bool = False
    """Whether nothing is taken from earlier runs, not even what they wrote."""
    hashes: Hashes = field(init=False)
    notes: Memo = field(init=False)
    """What is noted of results, by their keys."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "hashes", Hashes(self.store))
        object.__setattr__(self, "notes", Memo(self.store, NOTES))

    def renewed(self) -> "Runner":
        """Return the same one without what it knows of values and files that may be no more."""
        return Runner(self.store, self.executor, self.program, anew=self.anew)

    def save(self, *, whole: bool) -> None:
        """Remember hashes and notes; `whole`: what this run did not ask for is needed no more."""
        self.hashes.save(whole=whole)
        self.notes.save(whole=whole)

    def each(self, stage: str, function: Callable[[T], R], items: Sequence[T], *asked: object, articles: Names = NOBODY,
             keyed: Callable[[T], object] = _itself, worth: int = _FEW) -> Iterator[R]:
        """Yield what a function makes of each item, in order; what it once made of an equal one is not made again.

        A result depends on nothing but its item, or what that is `keyed` by, and what is `asked` of all items. `articles` are those that
        results may name. `worth` are the items for each worker below which its start is not worth while.
        """
        return self.together(stage, partial(one_by_one, function), items, *asked, articles=articles, keyed=keyed, portions=PORTIONS,
                             worth=worth)

    def together(self, stage: str, function: Callable[[Sequence[T]], Sequence[R]], items: Sequence[T], *asked: object,
                 articles: Names = NOBODY, keyed: Callable[[T], object] = _itself, portions: int = 1,
                 worth: int = _FEW) -> Iterator[R]:
        """Yield the same where a function makes the results of several items at once; `portions` are the batches of each worker."""
        yield from (result for _, result in self._carry_out(stage, function, items, asked, articles, keyed, portions, worth, _NO_BRIEF))

    def briefly(self, stage: str, function: Callable[[Sequence[T]], Sequence[R]], items: Sequence[T], *asked: object,
                brief: Brief[T, R, N], keyed: Callable[[T], object] = _itself, portions: int = 1,
                worth: int = _FEW) -> Iterator[tuple[N, R | None]]:
        """Yield the note of each result and the result; where an earlier note suffices None, and the result is neither made nor read."""
        yield from self._carry_out(stage, function, items, asked, NOBODY, keyed, portions, worth, brief)

    def on_demand(self, stage: str, function: Callable[[T], R], items: Sequence[T], *asked: object,
                  worth: int = _FEW) -> Callable[[int], R]:
        """Return what tells, by its number, what a function makes of each of some items; each is taken from the store when asked for first.

        What is not kept is made at once, on all processors.
        """
        each, store = partial(one_by_one, function), self.store
        if store is None:
            return list(self.each(stage, function, items, *asked, worth=worth)).__getitem__
        keys, _ = self._make(store, stage, each, items, asked, _itself, PORTIONS, worth, _NO_BRIEF)

        @cache
        def take(number: int) -> R:
            with timed(stage):
                return _take(store, keys[number], each, items[number], NOBODY)

        return take

    def _carry_out(self, stage: str, function: Callable[[Sequence[T]], Sequence[R]], items: Sequence[T], asked: object, articles: Names,
                   keyed: Callable[[T], object], portions: int, worth: int, brief: Brief[T, R, Any]) -> Iterator[tuple[Any, Any]]:
        store = self.store
        if store is None:
            with timed(stage):
                count(stage, len(items), len(items))
                results = list(self.spread(stage, function, items, portions, worth))
            yield from ((brief.tell(made), made) for made in _in_order(results, len(items)))
            return
        keys, notes = self._make(store, stage, function, items, asked, keyed, portions, worth, brief)
        for at in range(0, len(items), _HELD):
            with timed(stage):
                held: list[tuple[Any, R | None]] = []
                for key, item in zip(keys[at:at + _HELD], items[at:at + _HELD], strict=True):
                    if key in notes:
                        store.touch(key)
                        held.append((notes[key], None))
                    else:
                        found = _take(store, key, function, item, articles)
                        held.append((self._note(key, brief.tell(found)), found))
            yield from held

    def _make(self, store: Store, stage: str, function: Callable[[Sequence[T]], Sequence[R]], items: Sequence[T], asked: object,
              keyed: Callable[[T], object], portions: int, worth: int, brief: Brief[T, R, Any]) -> tuple[list[str], dict[str, Any]]:
        """Make and keep the results that are not kept; return the keys of all, and the notes that suffice."""
        with timed(stage):
            common = self.keys.of(stage, self.program, asked)
            keys = [self.keys.of(common, keyed(item)) for item in items]
            notes = {key: note for key, item in zip(keys, items, strict=True)
                     if (note := self.notes.get(key)) is not None and brief.suffices(item, note)}
            missing = [(key, item) for key, item in zip(keys, items, strict=True) if key not in notes and not store.touch(key)]
            count(stage, len(items), len(missing))
            for _ in self.spread(stage, partial(_keep, store, function), missing, portions, worth):
                pass
        return keys, notes

    def _note(self, key: str, note: N) -> N:
        if note is not None:
            self.notes.note(key, note)
        return note

    def apart(self, stage: str, function: Callable[[T], R], items: Sequence[T], worth: int) -> Iterator[R]:
        """Yield what a function makes of each item, in order, and keep nothing; each worker gets one batch, and with it the function."""
        return _in_order(list(self.spread(stage, partial(one_by_one, function), items, 1, worth)), len(items))

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


def one_by_one(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Return what a function makes of each of several items."""
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
