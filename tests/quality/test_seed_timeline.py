"""The timeline of five real texts, against what a careful editor reads off them (`seeds/gold.json`)."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.compare.timeline import find_dated
from digest.findings import Dated
from digest.pipeline import load_digest

EVAL = os.environ.get("DIGEST_EVAL")
pytestmark = pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with labelled texts")


@pytest.fixture(scope="module")
def timeline(tmp_path_factory: pytest.TempPathFactory) -> tuple[Dated, ...]:
    content = tmp_path_factory.mktemp("seeds") / "content"
    files = [str(path) for path in sorted(Path(EVAL or "", "seeds").glob("*.txt"))]
    assert CliRunner().invoke(main, ["add", *files, "--content", str(content)]).exit_code == 0
    digest, _ = load_digest(content, summarized=False)
    (topic,) = digest.edition.topics
    return find_dated(topic.texts)


def test_days_bases_and_sentences(timeline: tuple[Dated, ...]) -> None:
    gold = json.loads(Path(EVAL or "", "seeds", "gold.json").read_text("utf-8"))["timeline"]
    told = {one.date: one for one in timeline}
    assert [one.date for one in timeline] == sorted((row["date"] for row in gold), reverse=True)
    for row in gold:
        entry = told[row["date"]]
        assert entry.precision == row["precision"]
        assert (entry.basis == "other-article") == row.get("basis", "").startswith("year from")
        for cited in row["citations"]:
            assert any(citation.quote.startswith(cited["starts"]) for citation in entry.citations), cited
