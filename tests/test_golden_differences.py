"""Texts of one event that a careful editor sets against each other, and those that only look so: `golden/differences.yml`."""

from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml

from digest.compare.align import align_sentences
from digest.compare.differences import find_differences
from digest.compare.topic import compare_topic
from digest.models import Article, Text, When
from digest.pipeline import load_digest
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


def test_the_sample_differs_where_its_articles_were_made_to() -> None:
    digest, _ = load_digest(Path(__file__).parent.parent / "content", summarized=False)
    found = [(difference.what, {value.value for value in difference.values})
             for topic in digest.edition.topics for difference in compare_topic(topic).differences]
    expected = [("number", {"34", "41"}), ("number", {"16", "19"}), ("number", {"62", "64"}), ("number", {"38", "40"}),
                ("date", {"2026-09-09", "2026-09-10"}), ("number", {"120 ton", "90 ton", "118 ton"})]
    assert len(found) == len(expected)
    assert all(pair in found for pair in expected)


def test_a_long_list_of_numbers_takes_no_long_time() -> None:
    listed = ", ".join(f"{number} crates" for number in range(2, 3000))
    texts = _texts({"texts": [f"The quake in Hodar hurt 34. The port has {listed}.", f"In Hodar the quake hurt 41. It has {listed}."]})
    began = process_time()
    assert find_differences(texts, align_sentences(texts)) == ()
    assert process_time() - began < 10


def test_texts_of_different_events_have_different_counts() -> None:
    texts = _texts(CASES[0])
    assert len(find_differences(texts, align_sentences(texts), [0, 0])) == 1
    assert find_differences(texts, align_sentences(texts), [0, 1]) == ()
