"""Hostile articles, from files to pages: nothing of them runs, nothing of them is interpreted."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from browsing import BROWSERS
from lasting import lasting
from playwright.sync_api import Browser
from sharing import Shared

EVAL = os.environ.get("DIGEST_EVAL")
REPOSITORY = Path(__file__).parent.parent.parent
FORMATS = ("--rotate", "--formats", "md,txt,html,htmlraw", "--keys", "date=published,language=lang,author=authors")
pytestmark = pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with hostile payloads")


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *map(str, command)], cwd=folder, check=False, capture_output=True, text=True, encoding="utf-8",
                          errors="replace", timeout=900)


def hostile(name: str) -> Path:
    return Path(EVAL or "", "eval", "hostile", name).resolve()


def make_site(root: Path, articles: Path, content: Path | None = None) -> Path:
    """Import a folder of articles, beside a content folder where one is given, and build the site.

    Beside one, the first and the last of the articles are two events of one topic.
    """
    root.mkdir()
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    if content:
        shutil.copytree(content, root / "content")
    added = run(root, "-m", "digest", "add", articles)
    assert "Traceback" not in added.stderr
    if content:
        own = {path.stem for path in content.rglob("*.md")}
        new = [path.stem for path in sorted((root / "content").rglob("*.md")) if path.stem not in own]
        (root / "content" / "overrides.yml").write_text(f"topics:\n  - together: [{new[0]}, {new[-1]}]\n", "utf-8")
    built = run(root, "-m", "digest", "build")
    assert built.returncode == 0, built.stderr[-2000:]
    return root / "site"


def _join_places(baseline: Path) -> None:
    """Let any text of an article stand in the elements in which the harmless site has some text of an article.

    Which sentence stands in a table, a fold or a plain quotation depends on what other articles say, not on where it stood in its own.
    """
    learned = json.loads(baseline.read_text("utf-8"))
    kinds = [key for key in learned if key.startswith("anc_")]
    places = sorted({place for key in kinds for place in learned[key]})
    baseline.write_text(json.dumps(learned | dict.fromkeys(kinds, places)), "utf-8")


def _make_sites(root: Path) -> None:
    """Build a harmless site and a hostile one, and learn from the first what pages are made of."""
    root.mkdir(exist_ok=True)
    run(root, hostile("as_content.py"), "--benign", "60", "--out", "harmless", *FORMATS)
    run(root, hostile("as_content.py"), "--payloads", hostile("payloads.dev.jsonl"), "--out", "payloads", *FORMATS)
    clean = make_site(root / "clean", root / "harmless", REPOSITORY / "content")
    make_site(root / "tried", root / "payloads")
    run(root, hostile("check_site.py"), "learn", clean, "-o", "baseline.json")
    _join_places(root / "baseline.json")


def check(shared: Shared, *options: str) -> subprocess.CompletedProcess[str]:
    """Hold the hostile site against what the harmless one is made of."""
    root = shared.once("hostile", _make_sites)
    return run(root, hostile("check_site.py"), "check", root / "tried" / "site", "--baseline", "baseline.json", "--expected",
               "payloads.expected.json", "--min-markers", "400", *options)


@pytest.mark.slow
def test_nothing_hostile_gets_through(shared: Shared) -> None:
    checked = check(shared)
    assert checked.returncode == 0, checked.stdout[-4000:]


@lasting
@pytest.mark.browser
def test_nothing_hostile_runs_in_a_browser(shared: Shared, browser: Browser) -> None:
    """The search box included, with words of hostile articles."""
    path = next(filter(None, map(shutil.which, BROWSERS)))
    checked = check(shared, "--chromium", "--chrome", path)
    assert checked.returncode == 0, checked.stdout[-4000:]


@lasting
def test_nothing_hostile_gets_through_in_any_format(shared: Shared, tmp_path: Path) -> None:
    """Every payload in every field of every format: each file is imported or refused with a reason."""
    learned = shared.once("hostile", _make_sites)
    run(tmp_path, hostile("as_content.py"), "--payloads", hostile("payloads.dev.jsonl"), "--out", "payloads", *FORMATS[1:])
    tried = make_site(tmp_path / "tried", tmp_path / "payloads")
    checked = run(tmp_path, hostile("check_site.py"), "check", tried, "--baseline", learned / "baseline.json", "--expected",
                  "payloads.expected.json", "--min-markers", "400")
    assert checked.returncode == 0, checked.stdout[-4000:]
