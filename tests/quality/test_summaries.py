"""Summaries of the five real texts: what a careful editor would not quote alone is not quoted, and an objection is told."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.pipeline import load_digest
from digest.reading import denies

EVAL = os.environ.get("DIGEST_EVAL")
pytestmark = pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with seeds/gold.json")


@pytest.fixture(scope="module")
def quotes(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Everything that the summaries of the seeds' topic and stories quote."""
    content = tmp_path_factory.mktemp("seeds") / "content"
    for path in sorted(Path(EVAL or "", "seeds").glob("*.txt")):
        assert CliRunner().invoke(main, ["add", str(path), "--content", str(content)]).exit_code == 0
    digest, _ = load_digest(content)
    return [point.text for topic in digest.edition.topics for summary in (topic.summary, *(s.summary for s in topic.stories))
            for point in summary]


def test_nothing_that_reads_badly_alone(quotes: list[str]) -> None:
    gold = json.loads(Path(EVAL or "", "seeds", "gold.json").read_text("utf-8"))
    starts = [row["starts"] for row in gold["reads_badly_alone"]["sentences"]]
    assert quotes
    assert [quote for quote in quotes for start in starts if quote.startswith(start)] == []


def test_an_objection_is_told(quotes: list[str]) -> None:
    assert any(denies(quote, "en") for quote in quotes)
