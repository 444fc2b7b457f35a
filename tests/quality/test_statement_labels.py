"""Statements and what only one text tells, against pairs and sentences that a person judged; kept as ids and offsets."""

import csv
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from reporting import Report

from digest.compare.align import align_sentences
from digest.compare.alone import find_alone
from digest.compare.statements import find_statements
from digest.models import Citation, Topic
from digest.pipeline import load_digest

EVAL = os.environ.get("DIGEST_EVAL")
HERE = Path(__file__).parent
FLOORS = yaml.safe_load(HERE.joinpath("statements.yml").read_text("utf-8"))
pytestmark = pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with labelled corpora")

Place = tuple[str, int, int]
Found = set[tuple[str, frozenset[Place]]]


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def place(cited: Citation) -> Place:
    return cited.article.id, cited.start, cited.end


@pytest.fixture(scope="module")
def topics(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Topic, ...]]:
    """Each corpus as it is grouped by hand; MEANTIME, whose groups have one article a language, as the program groups it."""
    found = {}
    for corpus, setting in FLOORS["corpora"].items():
        folder = tmp_path_factory.mktemp("corpus")
        script, data = (str(Path(EVAL or "", "eval", name).resolve()) for name in ("as_content.py", corpus))
        pin = ["--pin"] if setting["pinned"] else []
        subprocess.run([sys.executable, script, data, str(folder), *pin], check=True, capture_output=True)
        digest, _ = load_digest(folder / "content", summarized=False)
        found[corpus] = digest.edition.topics
    return found


def test_data_and_labels_are_those_that_the_floors_were_set_on() -> None:
    for corpus, setting in FLOORS["corpora"].items():
        assert sha256(Path(EVAL or "", "eval", corpus)) == setting["sha256"]
    for name in ("statements", "alone"):
        assert sha256(HERE / "labels" / f"{name}.csv") == FLOORS[name]["labels"]


def labels(name: str) -> Iterator[tuple[str, frozenset[Place], str]]:
    with HERE.joinpath("labels", f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            ends = [(row[f"article{n}"], int(row[f"start{n}"]), int(row[f"end{n}"])) for n in ("", "2") if f"article{n}" in row]
            yield row["corpus"], frozenset(ends), row["label"]


def check(name: str, right: str, found: Found, report: Report) -> None:
    """Compare what the program finds with the labels: how much of it is right, and how much that is right it finds."""
    judged = [(label == right, (corpus, places) in found) for corpus, places, label in labels(name)]
    made, true = sum(is_made for _, is_made in judged), sum(is_right for is_right, _ in judged)
    both = sum(is_right and is_made for is_right, is_made in judged)
    report(f"{name}: right, of {made} labelled that are made", both / made, floor=FLOORS[name]["precision"], told=name)
    report(f"{name}: found, of {true} labelled right", both / true, floor=FLOORS[name]["found"],
           told="statements_found" if name == "statements" else None)


def test_sentences_of_a_statement_say_the_same(topics: dict[str, tuple[Topic, ...]], report: Report) -> None:
    found = {(corpus, frozenset([place(statement.citations[0]), place(other)])) for corpus, several in topics.items() for topic in several
             for statement in find_statements(topic.texts, align_sentences(topic.texts)) for other in statement.citations[1:]}
    check("statements", "same", found, report)


def test_what_only_one_text_tells_is_told_by_no_other(topics: dict[str, tuple[Topic, ...]], report: Report) -> None:
    found = {(corpus, frozenset([place(statement.citations[0])])) for corpus, several in topics.items() for topic in several
             for story in topic.stories for statement in find_alone(story, topic.texts, align_sentences(topic.texts))}
    check("alone", "alone", found, report)
