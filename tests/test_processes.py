"""Several processes that run the tests make a thing once, and fill one table."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
CONFTEST = """
from reporting import pytest_configure, pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown, report
"""
CASES = """
import os, time
from pathlib import Path

import pytest
from sharing import Shared

NOTES = Path(__file__).with_name("notes")

def make(folder):
    with NOTES.open("a") as notes:
        notes.write(f"{os.getpid()}\\n")
    time.sleep(0.5)
    (folder / "half").touch(exist_ok=False)
    if NOTES.read_text().count("\\n") == 1:
        raise ValueError("the first attempt fails")

@pytest.mark.parametrize("number", range(6))
def test_shares(number, tmp_path_factory, report):
    report(f"figure {9 - number}", number, floor=0)
    Path(__file__).with_name(f"process-{os.getpid()}").touch()
    assert (Shared(tmp_path_factory).once("thing", make) / "half").exists()
    time.sleep(0.2)
"""


@pytest.mark.parametrize("processes", [0, 2])
def test_a_thing_is_made_once_and_the_table_is_whole(tmp_path: Path, processes: int) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST, "utf-8")
    (tmp_path / "test_cases.py").write_text(CASES, "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", f"-n{processes}", "--dist=worksteal", "--basetemp=temporary"]
    done = subprocess.run(command, cwd=tmp_path, env=kept | {"PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"}, capture_output=True,
                          text=True, check=False)
    assert "1 failed, 5 passed" in done.stdout, done.stdout + done.stderr
    assert len((tmp_path / "notes").read_text("utf-8").splitlines()) == 2
    assert len([*tmp_path.glob("process-*")]) == max(processes, 1)
    table = [line.split()[:3] for line in done.stdout.splitlines() if line.startswith("figure ")]
    assert table == [["figure", f"{9 - number}", f"{number}.000"] for number in range(5, -1, -1)]
