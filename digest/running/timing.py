"""Where the time of a run goes, stage by stage; like a log, it is written from everywhere and nothing depends on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import times
from time import perf_counter

__all__ = ["Spent", "book_elsewhere", "count", "forget_times", "tell_times", "timed"]


@dataclass(slots=True)
class Spent:
    """What a stage took, itself alone, without the stages within it."""

    clock: float = 0.0
    """Seconds."""
    cpu: float = 0.0
    """Seconds of user and system time, in whatever process."""
    items: int = 0
    made: int = 0
    """How many of the items were not kept from an earlier run."""


_SPENT: dict[str, Spent] = {}
_OPEN: list[str] = []
_SINCE = [0.0, 0.0]


def _now() -> tuple[float, float]:
    used = times()
    return perf_counter(), used.user + used.system


def _book() -> None:
    """Book what passed since the last change on the innermost open stage."""
    clock, cpu = _now()
    if _OPEN:
        spent = _SPENT.setdefault(_OPEN[-1], Spent())
        spent.clock += clock - _SINCE[0]
        spent.cpu += cpu - _SINCE[1]
    _SINCE[:] = clock, cpu


@contextmanager
def timed(stage: str) -> Iterator[None]:
    """Book what happens within on a stage."""
    _book()
    _OPEN.append(stage)
    try:
        yield
    finally:
        _book()
        _OPEN.pop()


def count(stage: str, items: int, made: int) -> None:
    """Note how many items a stage had, and how many of them were made anew."""
    spent = _SPENT.setdefault(stage, Spent())
    spent.items += items
    spent.made += made


def book_elsewhere(cpu: float) -> None:
    """Book what another process took on the innermost open stage."""
    if _OPEN:
        _SPENT.setdefault(_OPEN[-1], Spent()).cpu += cpu


def forget_times() -> None:
    """Begin anew."""
    _SPENT.clear()
    _book()


def tell_times() -> Iterator[str]:
    """Yield a table of the stages in the order in which they began: seconds, CPU, items, and how many of these were new."""
    width = max(map(len, _SPENT), default=0)
    for stage, spent in _SPENT.items():
        items = f"{spent.items:8,} items, {spent.made:,} made" if spent.items else ""
        yield f"{stage:{width}}  {spent.clock:8.2f} s  {spent.cpu:8.2f} s CPU  {items}".rstrip()
    total = Spent(sum(s.clock for s in _SPENT.values()), sum(s.cpu for s in _SPENT.values()))
    yield f"{'all':{width}}  {total.clock:8.2f} s  {total.cpu:8.2f} s CPU"
