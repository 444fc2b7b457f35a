"""The tables of the chapter on scale are those that its script prints."""

import re
import subprocess
import sys

from conftest import REPOSITORY

SCRIPT = REPOSITORY / "benchmarks" / "scale.py"
CHAPTER = (REPOSITORY / "docs" / "scale.md").read_text("utf-8")


def tables(*options: str) -> list[str]:
    """Return what the script prints, table by table."""
    run = subprocess.run([sys.executable, SCRIPT, *options], capture_output=True, text=True, check=True)
    return run.stdout.strip().split("\n\n")


def test_the_chapter_has_the_tables_of_the_script() -> None:
    missing = [table for table in tables() if f"\n\n{table}\n\n" not in CHAPTER]
    assert not missing, "docs/scale.md is not up to date: put there what benchmarks/scale.py prints"


def test_a_unit_can_be_replaced() -> None:
    before, after = tables(), tables("--translated", "0")
    changed = [old.splitlines() for old, new in zip(before, after, strict=True) if old != new]
    assert [rows[1:2] for rows in changed] == [["| --- | --- | --- |"], *[["| --- | --- | --- | --- |"]] * 2]
    assert "| CPU: translation | 0 s | 0 s | 0 s |" in after[3]


def test_the_pages_of_a_plan_are_the_sum_of_its_kinds() -> None:
    """Within what rounding to two digits leaves."""
    def numbers(label: str) -> list[float]:
        row = re.search(rf"^\| {label} \|(.*)\|$", CHAPTER, re.MULTILINE)
        assert row
        return [float(cell.strip(" *").replace(",", "").replace(" million", "e6")) for cell in row[1].split("|")]
    kinds = [numbers(f"{kind}, all languages") for kind in ("pages of topics", "pages of days", "lists")]
    for total, *each in zip(numbers("pages"), numbers("articles"), *kinds, strict=True):
        assert abs(total - sum(each)) < 0.06 * total
