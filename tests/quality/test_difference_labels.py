"""Differences of texts of one event, against what a reader of both articles says; `labels/differences.csv` holds ids and offsets alone.

And the five seeds: the differences, words and spellings that a careful editor reads off them come out, and no other difference.
"""

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml
from reporting import Report

from digest.compare.align import align_sentences
from digest.compare.differences import find_differences
from digest.compare.wording import find_wording
from digest.content import read_articles
from digest.dedupe import find_texts
from digest.findings import Difference, Wording
from digest.models import Article, Text
from digest.segment import segment_article
from digest.settings import Grouping

EVAL = os.environ.get("DIGEST_EVAL")
LABELS = Path(__file__).parent / "labels" / "differences.csv"
FLOORS = yaml.safe_load(Path(__file__).with_name("differences.yml").read_text("utf-8"))
pytestmark = pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with labelled corpora")

Pair = tuple[str, frozenset[tuple[str, int, int]]]
"""A corpus, and the article and span of two values."""


def _clusters(corpus: str, folder: Path) -> Iterator[tuple[Text, ...]]:
    """Yield the separate texts of each gold cluster of a corpus, as its own script makes them."""
    script = Path(EVAL or "", "eval", "as_content.py")
    subprocess.run([sys.executable, str(script), str(script.parent / corpus), str(folder)], check=True, capture_output=True, timeout=600)
    key = json.loads((folder / "key.json").read_text("utf-8"))
    groups: dict[str, list[Article]] = {}
    for article in map(segment_article, read_articles(folder / "content").articles):
        groups.setdefault(key[article.id]["gold"], []).append(article)
    yield from (find_texts(articles, Grouping()) for articles in groups.values())


def _pairs(corpus: str, difference: Difference) -> Iterator[Pair]:
    for one, other in combinations(difference.values, 2):
        yield from ((corpus, frozenset((span.article.id, span.start, span.end) for span in (a, b))) for a in one.spans for b in other.spans)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> frozenset[Pair]:
    """The pairs of values that are set against each other."""
    return frozenset(pair for corpus in FLOORS["corpora"] for texts in _clusters(corpus, tmp_path_factory.mktemp("corpus"))
                     for difference in find_differences(texts, align_sentences(texts)) for pair in _pairs(corpus, difference))


@pytest.fixture(scope="module")
def labelled() -> dict[Pair, str]:
    rows = csv.DictReader(LABELS.read_text("utf-8").splitlines())
    return {(row["corpus"], frozenset([(row["article"], int(row["start"]), int(row["end"])),
                                       (row["article2"], int(row["start2"]), int(row["end2"]))])): row["label"] for row in rows}


def test_data_are_those_of_the_floors() -> None:
    assert hashlib.sha256(LABELS.read_bytes()).hexdigest() == FLOORS["labels"]
    for corpus, digest in FLOORS["corpora"].items():
        assert hashlib.sha256(Path(EVAL or "", "eval", corpus).read_bytes()).hexdigest() == digest, corpus


def test_floors(found: frozenset[Pair], labelled: dict[Pair, str], report: Report) -> None:
    right = [pair for pair in found if labelled.get(pair) == "differ"]
    differing = sum(label == "differ" for label in labelled.values())
    report(f"differences: right, of {len(found)} set against each other", len(right) / len(found), floor=FLOORS["precision"])
    report(f"differences: found, of {differing} labelled", len(right) / differing, floor=FLOORS["recall"])


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Text, ...]:
    content = tmp_path_factory.mktemp("seeds") / "content"
    for path in sorted(Path(EVAL or "", "seeds").glob("*.txt")):
        command = [sys.executable, "-m", "digest", "add", str(path), "--content", str(content)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
    return find_texts([segment_article(article) for article in read_articles(content).articles], Grouping())


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    return dict(json.loads(Path(EVAL or "", "seeds", "gold.json").read_text("utf-8")))


def test_the_seeds_differ_where_an_editor_says_so(seeds: tuple[Text, ...], gold: dict[str, Any]) -> None:
    differences = find_differences(seeds, align_sentences(seeds))
    assert len(differences) == len(gold["differences"])
    for expected in gold["differences"]:
        assert any(_tells(difference, expected) for difference in differences), expected["about"]


def _tells(difference: Difference, expected: dict[str, Any]) -> bool:
    values = {value.value: value for value in difference.values}
    return difference.what == expected["what"] and values.keys() == {value["value"] for value in expected["values"]} and all(
        any(citation.quote.startswith(cited["starts"]) for citation in values[value["value"]].citations)
        for value in expected["values"] for cited in value["citations"])


def test_the_seeds_word_things_as_an_editor_says(seeds: tuple[Text, ...], gold: dict[str, Any]) -> None:
    wording = find_wording(seeds, align_sentences(seeds))
    spellings = [{value.value for value in words.values} for words in wording if words.kind == "spelling"]
    assert all(set(expected) in spellings for expected in gold["spelling"])
    for expected in gold["wording"]:
        assert any(_words(words, expected) for words in wording if words.kind != "spelling"), expected["about"]


def _words(wording: Wording, expected: dict[str, Any]) -> bool:
    """Return whether a finding cites the sentences, or tells the names, that an editor sets side by side."""
    told = {value.value for value in wording.values}
    cited = [citation.quote for value in wording.values for citation in value.citations]
    starts = [c["starts"] for value in expected["values"] for c in value.get("citations", ())]
    if not starts:
        return told == {value["value"] for value in expected["values"]}
    return all(any(quote.startswith(start) for quote in cited) for start in starts)
