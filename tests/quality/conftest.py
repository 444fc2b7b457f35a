"""A table of all figures that the quality gates measured, with the bound of each, printed at the end."""

import pytest
from reporting import Report

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

    def note(name: str, value: float, *, floor: float | None = None, ceiling: float | None = None) -> None:
        bound = f"at least {floor:g}" if floor is not None else f"at most {ceiling:g}" if ceiling is not None else ""
        rows.append(f"{name:48} {value:8.3f}  {bound}")
        assert floor is None or value >= floor, rows[-1]
        assert ceiling is None or value <= ceiling, rows[-1]

    return note
