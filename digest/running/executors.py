"""Do one thing to many items: one after the other, or on all processors."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from threading import Thread
from typing import Protocol, TypeVar

__all__ = ["Executor", "InProcess", "Processes", "open_executor", "processors"]

T = TypeVar("T")
R = TypeVar("R")


class Executor(Protocol):
    """Anything that does one thing to many items and gives the results in their order."""

    workers: int
    """How many items are done at a time."""

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Yield what a function makes of each item, in order; the function, items and results can be pickled."""


class InProcess:
    """Does one after the other, in this process."""

    workers = 1

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Yield what a function makes of each item."""
        return map(function, items)


class Processes:
    """Does several at a time, in processes of this machine, which start when they are needed."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Yield what a function makes of each item, in order."""
        if self._pool is None:
            method = "fork" if sys.platform == "linux" else "spawn"  # a fork has all modules loaded
            self._pool = ProcessPoolExecutor(self.workers, multiprocessing.get_context(method), initializer=_die_quietly)
        return self._pool.map(function, items)

    def close(self) -> None:
        """End the processes; what has not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _die_quietly() -> None:
    """End at Ctrl-C without a word, and when the process that started this one is no more, however that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    starter = multiprocessing.parent_process()
    if starter is not None:
        wait([starter.sentinel])
        os._exit(1)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def open_executor(jobs: int) -> Iterator[Executor]:
    """Provide what works on so many processors."""
    if jobs <= 1:
        yield InProcess()
        return
    pool = Processes(jobs)
    try:
        yield pool
    finally:
        pool.close()
