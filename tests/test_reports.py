"""What several separate texts report, of invented sentences."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from digest.reports import Unit, find_reports
from digest.words import stems

COLLAPSE = "old bridge Velden collapsed Monday nine hurt"
AGAIN = "nine people hurt bridge Velden collapsed early Monday"
MAYOR = "mayor Ana Birk promised money council winter"
STORKS = "storks draw tourists marsh every spring"
FERRY = "ferry carries commuters across river Sell"


def _unit(text: int, words: str) -> Unit:
    return Unit(text, Counter(stems(words, "en")))


def test_sentences_of_two_texts_that_tell_the_same_are_a_report() -> None:
    units = [_unit(0, COLLAPSE), _unit(0, MAYOR), _unit(1, STORKS), _unit(1, AGAIN), _unit(2, FERRY)]
    (report,) = find_reports(units)
    assert report.texts == 2
    assert report.told_by == {0, 3}


def test_more_texts_come_first() -> None:
    units = [_unit(0, MAYOR), _unit(1, MAYOR + " spring"), _unit(0, COLLAPSE), _unit(1, AGAIN), _unit(2, AGAIN + " dawn")]
    assert [report.texts for report in find_reports(units)] == [3, 2]


def test_one_text_reports_nothing_twice() -> None:
    assert find_reports([_unit(0, COLLAPSE), _unit(0, AGAIN)]) == ()
    assert find_reports([]) == ()


def test_a_passage_that_two_texts_carry_is_no_second_report() -> None:
    assert find_reports([_unit(0, COLLAPSE), _unit(1, COLLAPSE), _unit(1, STORKS), _unit(0, FERRY)]) == ()


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([COLLAPSE, AGAIN, MAYOR, STORKS, FERRY])), max_size=12))
def test_a_report_has_as_many_texts_as_it_says(drawn: list[tuple[int, str]]) -> None:
    for report in find_reports([_unit(text, words) for text, words in drawn]):
        assert 2 <= report.texts <= len({drawn[i][0] for i in report.told_by})
