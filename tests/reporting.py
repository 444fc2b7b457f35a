"""A table of all figures that the quality gates measured, with the bound of each, printed at the end."""

from typing import Protocol

import pytest

from digest.lists import load_lists

__all__ = ["Report", "pytest_configure", "pytest_terminal_summary", "report"]


class Report(Protocol):
    """Notes a figure for the table, and fails where it is below its floor or above its ceiling.

    `told` names the figure of the site's method page that it bears out: that is no higher.
    """

    def __call__(self, name: str, value: float, *, floor: float | None = None, ceiling: float | None = None,
                 told: str | None = None) -> None: ...


_ROWS = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_ROWS] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if rows := config.stash[_ROWS]:
        terminalreporter.section("quality")
        for row in rows:
            terminalreporter.write_line(row)


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Report:
    rows = request.config.stash[_ROWS]

    def note(name: str, value: float, *, floor: float | None = None, ceiling: float | None = None, told: str | None = None) -> None:
        figure = int(load_lists("figures")[told]) / 100 if told else None
        given = {"at least": floor, "at most": ceiling, "told:": figure}
        bounds = [f"{words} {bound:g}" for words, bound in given.items() if bound is not None]
        rows.append(f"{name:48} {value:8.3f}  {', '.join(bounds)}")
        assert floor is None or value >= floor, rows[-1]
        assert ceiling is None or value <= ceiling, rows[-1]
        assert figure is None or value >= figure, rows[-1]

    return note
