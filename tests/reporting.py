"""A table of all figures that the quality gates measured, with the bound of each, printed at the end."""

from collections.abc import Iterable
from typing import Any, Protocol

import pytest

from digest.lists import load_lists

__all__ = ["Report", "pytest_configure", "pytest_sessionfinish", "pytest_terminal_summary", "pytest_testnodedown", "report"]


class Report(Protocol):
    """Notes a figure for the table, and fails where it is below its floor or above its ceiling.

    `told` names the figure of the site's method page that it bears out: that is no higher. `why` is said with a failure.
    """

    def __call__(self, name: str, value: float, *, floor: float | None = None, ceiling: float | None = None,
                 told: str | None = None, why: Iterable[str] = ()) -> None: ...


_ROWS = pytest.StashKey[set[str]]()
_SENT = "quality"
"""The name of the rows in what a process of pytest-xdist hands over at its end."""


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_ROWS] = set()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if (sent := getattr(session.config, "workeroutput", None)) is not None:
        sent[_SENT] = sorted(session.config.stash[_ROWS])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[_ROWS].update(getattr(node, "workeroutput", {}).get(_SENT, []))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if rows := config.stash[_ROWS]:
        terminalreporter.section("quality")
        for row in sorted(rows):
            terminalreporter.write_line(row)


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Report:
    rows = request.config.stash[_ROWS]

    def note(name: str, value: float, *, floor: float | None = None, ceiling: float | None = None, told: str | None = None,
             why: Iterable[str] = ()) -> None:
        figure = int(load_lists("figures")[told]) / 100 if told else None
        given = {"at least": floor, "at most": ceiling, "told:": figure}
        bounds = [f"{words} {bound:g}" for words, bound in given.items() if bound is not None]
        rows.add(row := f"{name:48} {value:8.3f}  {', '.join(bounds)}")
        failure = "\n".join([row, *why])
        assert floor is None or value >= floor, failure
        assert ceiling is None or value <= ceiling, failure
        assert figure is None or value >= figure, failure

    return note
