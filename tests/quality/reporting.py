"""How a quality gate tells what it measured."""

from typing import Protocol

__all__ = ["Report"]


class Report(Protocol):
    """Notes a figure for the table, and fails where it is below its floor or above its ceiling."""

    def __call__(self, name: str, value: float, *, floor: float | None = None, ceiling: float | None = None) -> None: ...
