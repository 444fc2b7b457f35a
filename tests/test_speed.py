"""What building costs, in ratios with generous bounds: an edition, what is kept, and nothing; `make bench` measures them finely."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

HEAVY = ("babel", "concurrent.futures.process", "distributed", "jinja2", "lxml", "mkdocs", "numpy", "scipy", "trafilatura", "yaml")


@pytest.mark.slow
def test_building_costs_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(REPOSITORY / "benchmarks"))
    from builds import build_costs  # type: ignore[import-not-found]

    costs = build_costs(tmp_path, pages=120, edition=10)
    assert costs.pages > 100
    assert costs.edition.cpu < 0.8 * costs.full.cpu
    assert costs.cached.cpu < 0.6 * costs.full.cpu
    assert costs.nothing.cpu < 0.25 * costs.full.cpu


def test_asking_for_help_imports_nothing_heavy() -> None:
    code = f"import sys, digest.cli; print([name for name in {HEAVY} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"
