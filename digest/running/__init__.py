"""Do only what is new, on all processors: results that are kept by what they are made from, and whatever is shaped like `map`.

`store` keeps bytes by key, `freezing` turns values of ours into bytes and keys, `executors` does things one after the other or several at
a time, and `runner` puts the three together. `hashes` remembers those of files, `memo` short facts, `timing` tells where the time went.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.running.executors import Executor, open_executor, processors
from digest.running.freezing import Keys, Names, freeze, names_of, thaw
from digest.running.hashes import Hashes
from digest.running.kept import Kept
from digest.running.program import program_version
from digest.running.runner import PLAIN, PORTIONS, Brief, Runner, one_by_one
from digest.running.store import Store
from digest.running.timing import count, forget_times, tell_times, timed

__all__ = [
    "PLAIN", "PORTIONS", "Brief", "Executor", "Hashes", "Kept", "Keys", "Names", "Runner", "Store", "anew_beside", "count",
    "forget_times", "freeze", "names_of", "one_by_one", "open_runner", "program_version", "tell_times", "thaw", "timed",
]


@contextmanager
def open_runner(folder: Path, jobs: int | None = None, *, scheduler: str | None = None, anew: bool = False) -> Iterator[Runner]:
    """Provide what carries out stages on so many processors, or on all, or on a cluster, and keeps results in a folder.

    `anew`: as if nothing had been kept before; what was, stays as it is. Where nothing can be kept, nothing is.

    Raises:
        WorkerError: the cluster cannot be used.
    """
    store, program = Store((anew_beside(folder) if anew else folder).resolve()), program_version()
    if anew:
        store.clear()
    try:
        with open_executor(jobs or processors(), scheduler, program) as executor:
            runner = Runner(store if store.claim() else None, executor, program, anew=anew)
            whole = False
            try:
                yield runner
                whole = True
            finally:
                runner.save(whole=whole)
        store.prune()
    finally:
        if anew:
            store.clear()


def anew_beside(folder: Path) -> Path:
    """Return where a run that takes nothing from a folder keeps its own results; a killed one leaves them there."""
    return folder.with_name(f"{folder.name}-anew")
