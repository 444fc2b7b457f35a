"""Do one thing to many items: one after the other, on all processors of this machine, or on a cluster of machines (Dask)."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import wait
from threading import Thread
from time import monotonic, sleep
from typing import Any, Protocol, TypeVar

from digest.errors import WorkerError
from digest.running.program import program_version

__all__ = ["Cluster", "Executor", "InProcess", "Processes", "open_executor", "processors"]

_PATIENCE = 10
"""Seconds in which a scheduler has to answer; workers that are just starting are given a minute."""
_LOOK = 0.02
"""Seconds after which a result is looked for again."""
_AGAIN = 2
"""How often something is tried again that failed in a worker."""
T = TypeVar("T")
R = TypeVar("R")


class Executor(Protocol):
    """Anything that does one thing to many items and gives the results in their order."""

    @property
    def workers(self) -> int:
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
        """Yield what a function makes of each item, in order.

        Raises:
            WorkerError: one of the processes was killed.
        """
        pool = self._pool = self._pool or self._start()
        futures: list[Future[R]] = []
        try:
            futures.extend(pool.submit(function, item) for item in items)
            futures.reverse()
            while futures:
                yield futures.pop().result()
        except BrokenProcessPool as error:
            self._pool = None  # the next time others are started
            raise WorkerError("a process was killed, perhaps for want of memory; build again, with fewer --jobs: "
                              "what was made is kept") from error
        except Exception:  # at Ctrl-C nothing is called off: Python 3.11 may fail loudly where a task is, and its process dies
            for future in futures:
                future.cancel()
            raise

    def _start(self) -> ProcessPoolExecutor:
        method = "fork" if sys.platform == "linux" else "spawn"  # a fork has all modules loaded
        pool = ProcessPoolExecutor(self.workers, multiprocessing.get_context(method), initializer=_die_quietly)
        with _uninterrupted():
            pool.submit(int)  # processes start with the first task
        return pool

    def close(self) -> None:
        """End the processes; what has not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait meanwhile; a process that is started so has it wait too, or it might tell of it before it knows better."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _die_quietly() -> None:
    """End at Ctrl-C without a word, unless it is to be ignored, and when the process that started this one is no more."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    starter = multiprocessing.parent_process()
    if starter is not None:
        wait([starter.sentinel])
        os._exit(1)


class Cluster:
    """Does several at a time, in the workers of a Dask cluster; what a worker had that is no more, another one does.

    The workers have this very program, and see all files at the paths where they are here.
    """

    def __init__(self, address: str, program: str) -> None:
        """Connect to the scheduler at an address such as `tcp://10.0.0.1:8786`; `program` is the version that workers must have.

        Raises:
            WorkerError: it is not there, or has no workers.
        """
        try:
            from distributed import Client
        except ImportError as error:
            raise WorkerError("a cluster needs Dask, which is not here: pip install 'mkdigest[cluster]'") from error
        self._program = program
        try:
            self._client = Client(address, timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
            self._client.wait_for_workers(1, timeout=6 * _PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            raise WorkerError(f"{address}: no scheduler with workers answers there; start both, or build without --scheduler") from error

    @property
    def workers(self) -> int:
        """How many items are done at a time now."""
        return max(1, sum(self._client.nthreads().values()))  # type: ignore[no-untyped-call]

    def map(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """Yield what a function makes of each item, in order.

        Raises:
            WorkerError: a worker has another version of this program, or all were lost.
        """
        from distributed import KilledWorker

        futures = self._client.map(partial(_as_here, self._program, function), list(items), pure=False, retries=_AGAIN)
        try:
            for future in futures:
                while not _is_done(future, _PATIENCE):
                    if not self._client.nthreads():  # type: ignore[no-untyped-call]
                        raise WorkerError("the cluster has no workers any more; start some, and build again: what they made is kept")
                yield future.result()
        except KilledWorker as error:
            raise WorkerError(f"the cluster lost its workers again and again: {error}") from error
        finally:
            self._client.cancel(futures)  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Leave the cluster; it stays as it is."""
        self._client.close()  # type: ignore[no-untyped-call]


def _is_done(future: Any, seconds: float) -> bool:
    """Return whether a future of Dask's is done, after so many seconds at most."""
    end = monotonic() + seconds
    while not future.done() and monotonic() < end:
        sleep(_LOOK)
    return bool(future.done())


def _as_here(program: str, function: Callable[[T], R], item: T) -> R:
    """Do something in a worker, if this program is the same there."""
    if program_version() != program:
        raise WorkerError("a worker has another version of this program or of its libraries; install the same there")
    return function(item)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def open_executor(jobs: int, scheduler: str | None = None, program: str = "") -> Iterator[Executor]:
    """Provide what works on so many processors or, with the address of a scheduler, in the workers of its cluster.

    Raises:
        WorkerError: the cluster cannot be used.
    """
    if scheduler is None and jobs <= 1:
        yield InProcess()
        return
    several = Processes(jobs) if scheduler is None else Cluster(scheduler, program)
    try:
        yield several
    finally:
        several.close()
