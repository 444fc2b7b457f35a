"""Texts of one event that a careful editor sets against each other, and those that only look so: `golden/differences.yml`."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from digest.compare.align import align_sentences
from digest.compare.differences import find_differences
from digest.models import Article, Text, When
from digest.segment import segment_article

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).parent.joinpath("golden", "differences.yml").read_text("utf-8"))


def _texts(case: dict[str, Any]) -> list[Text]:
    """Return the texts of a case, each one article."""
    days, langs = case.get("days", ["2031-07-01", "2031-07-01"]), case.get("lang", ["en", "en"])
    rows = enumerate(zip(case["texts"], days, langs, strict=True))
    return [Text((segment_article(Article(id=f"a{number}", path=Path("x.md"), title="x", text=text, lang=lang,
                                          published=When.parse(str(day)) if day else None)),)) for number, (text, day, lang) in rows]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_an_editor_sets_against_each_other(case: dict[str, Any]) -> None:
    texts = _texts(case)
    found = find_differences(texts, align_sentences(texts))
    expected = [{str(value) for value in values} for values in case.get("differ", [])]
    assert sorted([{value.value for value in difference.values} for difference in found], key=sorted) == sorted(expected, key=sorted)


def test_texts_of_different_events_have_different_counts() -> None:
    texts = _texts(CASES[0])
    assert len(find_differences(texts, align_sentences(texts), [0, 0])) == 1
    assert find_differences(texts, align_sentences(texts), [0, 1]) == ()
