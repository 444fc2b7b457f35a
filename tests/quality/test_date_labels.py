"""Dates that articles state, against those that a reader resolved by hand; `labels/dates.csv` holds ids and offsets alone."""

import csv
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from reporting import Report

from digest.content import read_articles
from digest.dates.stated import stated_dates
from digest.models import Article
from digest.segment import segment_article

EVAL = os.environ.get("DIGEST_EVAL")
LABELS = Path(__file__).parent / "labels" / "dates.csv"
FLOORS = yaml.safe_load(Path(__file__).with_name("dates.yml").read_text("utf-8"))
pytestmark = pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with labelled corpora")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An expression, what it means, and what the program says."""

    date: str
    """ISO 8601, as precise as the words are; empty where they mean no date, or none that is certain."""
    found: frozenset[str]


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> list[Labelled]:
    rows = list(csv.DictReader(LABELS.read_text("utf-8").splitlines()))
    articles = {corpus: _articles(corpus, tmp_path_factory.mktemp("corpus")) for corpus in sorted({row["corpus"] for row in rows})}
    return [Labelled(row["date"], frozenset(_found(articles[row["corpus"]][row["article"]], int(row["start"]), int(row["end"]))))
            for row in rows]


def _articles(corpus: str, folder: Path) -> dict[str, Article]:
    """Return the articles of a corpus, as its own script makes them."""
    script = Path(EVAL or "", "eval", "as_content.py")
    subprocess.run([sys.executable, str(script), str(script.parent / corpus), str(folder)], check=True, capture_output=True, timeout=600)
    return {article.id: article for article in map(segment_article, read_articles(folder / "content").articles)}


def _found(article: Article, start: int, end: int) -> Iterator[str]:
    yield from (one.date for one in stated_dates(article) if one.date and one.start < end and start < one.end)


def test_data_are_those_of_the_floors() -> None:
    assert hashlib.sha256(LABELS.read_bytes()).hexdigest() == FLOORS["labels"]
    for corpus, digest in FLOORS["corpora"].items():
        assert hashlib.sha256(Path(EVAL or "", "eval", corpus).read_bytes()).hexdigest() == digest, corpus


def test_floors(labelled: list[Labelled], report: Report) -> None:
    resolved = [one for one in labelled if one.found]
    right = [one for one in resolved if one.found == {one.date}]
    report(f"dates: right, of {len(resolved)} resolved", len(right) / len(resolved), floor=FLOORS["precision"], told="dates")
    dated = sum(one.date != "" for one in labelled)
    report(f"dates: found, of {dated} labelled", len(right) / dated, floor=FLOORS["recall"], told="dates_found")
