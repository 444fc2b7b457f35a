"""Phrases are looked for only where their letters are; none is missed by that."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.ingest.phrases import any_of, may_hold

KIND = "notice anywhere"


@given(st.from_regex(re.compile(any_of(KIND), re.IGNORECASE), fullmatch=True))
def test_every_phrase_has_its_letters(phrase: str) -> None:
    assert may_hold(KIND, f"© 2021 Northern Gazette. {phrase}.")


@pytest.mark.parametrize("line", [
    "TUTTI I DİRİTTİ RISERVATI", "Her Hakkı Saklıdır", "WEB SİTESİNDE haberler ÖZETLENEREK YAYIMLANMAKTADIR", "ALL RIGHTſ REſERVED",
])
def test_as_a_regular_expression_ignores_case(line: str) -> None:
    assert re.search(any_of(KIND), line, re.IGNORECASE)
    assert may_hold(KIND, line)


def test_most_lines_have_none() -> None:
    assert not may_hold(KIND, "The ferry left the quay at dawn, and all on board had the right papers.")
