"""The command line on labelled articles: what an editor reads off five real texts, and how well events come together."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from reporting import Report

REPOSITORY = Path(__file__).parents[2]
EVAL = os.environ.get("DIGEST_EVAL")
FLOORS = yaml.safe_load(Path(__file__).with_name("floors.yml").read_text("utf-8"))
SUMMARIES = FLOORS.pop("summaries")
pytestmark = pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with labelled corpora")


def check(script: str, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(Path(EVAL or "", "eval", script).resolve()), "--digest", f"{sys.executable} -m digest", *args]
    return subprocess.run(command, check=False, capture_output=True, text=True, encoding="utf-8", timeout=600)


@pytest.mark.parametrize("args", [(), ("--among", "mixed")], ids=["alone", "among 323 others"])
def test_seeds(args: tuple[str, ...]) -> None:
    done = check("check_seeds.py", *args)
    assert done.returncode == 0, done.stdout + done.stderr


def test_floors(report: Report) -> None:
    for name, floor in FLOORS.items():
        assert hashlib.sha256(Path(EVAL or "", "eval", "grouping", f"{name}.dev.jsonl").read_bytes()).hexdigest() == floor["sha256"]
    done = check("check_grouping.py", "--json", *FLOORS)
    assert done.returncode == 0, done.stderr
    rows = {name.removesuffix(".dev"): row for name, row in json.loads(done.stdout).items()}
    assert rows.keys() == FLOORS.keys()
    for name, row in rows.items():
        assert row["left_out"] == 0
        report(f"events, {name}: B-cubed precision", row["p"], floor=FLOORS[name]["precision"], told="events")
        report(f"events, {name}: B-cubed recall", row["r"], told="events_found")
        report(f"events, {name}: B-cubed F1", row["f1"], floor=FLOORS[name]["f1"])


def test_summaries(report: Report) -> None:
    data = Path(EVAL or "", "eval", "summary", "multiling2011.dev.jsonl")
    assert hashlib.sha256(data.read_bytes()).hexdigest() == SUMMARIES["sha256"]
    done = check("check_summary.py", "--json", "--words", "100")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout).values()
    assert (row["not_verbatim"], row["empty"]) == (0, 0)
    report("summaries: ROUGE-2 F1, in percent", row["r2"], floor=SUMMARIES["rouge2"])
    report("summaries: coverage of what several texts report", row["fact_coverage"], floor=SUMMARIES["coverage"], told="summaries")
    for kind in ("dangling", "boilerplate", "fragment", "repeats"):
        report(f"summaries: share of {kind}", row[kind], ceiling=SUMMARIES["faults"])


@pytest.mark.parametrize("corpus", [*(f"grouping/{name}" for name in FLOORS), "summary/multiling2011"])
def test_a_site_of_a_corpus_is_proven(corpus: str, tmp_path: Path) -> None:
    """What is quoted of real articles stands in them, whatever they hold."""
    script, data = Path(EVAL or "", "eval", "as_content.py").resolve(), Path(EVAL or "", "eval", f"{corpus}.dev.jsonl").resolve()
    subprocess.run([sys.executable, script, data, tmp_path], check=True, capture_output=True)
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path)
    done = subprocess.run([sys.executable, "-m", "digest", "build"], cwd=tmp_path, check=False, capture_output=True, text=True,
                          encoding="utf-8", timeout=600, env={**os.environ, "PYTHONPATH": str(REPOSITORY)})
    assert done.returncode == 0, done.stderr[-2000:]
