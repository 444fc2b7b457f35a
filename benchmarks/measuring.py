"""Run commands as whole processes and tell what they cost."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

__all__ = ["DIGEST", "ROOT", "Cost", "output", "run"]

ROOT = Path(__file__).resolve().parent.parent
DIGEST = [sys.executable, "-m", "digest"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process used, and all that it started."""

    cpu: float
    """Seconds of user and system time."""
    peak: float
    """MB of memory of the largest of them, at most."""
    clock: float
    """Seconds that passed."""


def run(command: Sequence[str | Path], folder: Path, **environment: str) -> Cost:
    """Run a command in a folder and return what it cost."""
    began = perf_counter()
    done = subprocess.Popen([str(part) for part in command], cwd=folder, env=_environment(environment), stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE)
    assert done.stderr is not None
    with done.stderr:
        problem = done.stderr.read()
    _, status, used = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    if status:
        sys.exit(f"{' '.join(map(str, command))}: {problem.decode(errors='replace')[-2000:]}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, perf_counter() - began)


def output(command: Sequence[str | Path], folder: Path) -> str:
    """Run a command in a folder and return what it prints."""
    return subprocess.run([str(part) for part in command], cwd=folder, env=_environment({}), check=True, stdout=subprocess.PIPE, text=True,
                          encoding="utf-8").stdout


def _environment(more: dict[str, str]) -> dict[str, str]:
    """Return the environment of a user, whose programs are compiled once."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", **more}
