"""What takes long to make is made once, though several processes of pytest-xdist run the tests."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

__all__ = ["Shared"]


class Shared:
    """The folder that all processes of a test run have in common."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        own = factory.getbasetemp()
        self.root = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "common"
        self.root.mkdir(exist_ok=True)

    def once(self, name: str, make: Callable[[Path], object]) -> Path:
        """Return a folder that `make` fills for the first who asks for this name; all others wait for it, and must not change it."""
        folder, done = self.root / name, self.root / f"{name}.done"
        with FileLock(self.root / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a failed attempt left
                folder.mkdir()
                make(folder)
                done.touch()
        return folder
