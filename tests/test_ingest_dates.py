"""Dates in the forms that newspapers print, and those that are not read because they could mean two days."""

import time

import pytest

from digest.ingest.dates import find_date, find_dates, parse_stated, strip_weekdays

FORMS = [
    ("18.02.2021", "2021-02-18"),
    ("11 Jan, 2021 16:16", "2021-01-11T16:16:00"),
    ("Daily Sabah (13 January 2021)", "2021-01-13"),
    ("February 18, 2021 at 4:05 pm GMT", "2021-02-18T16:05:00+00:00"),
    ("Feb. 18th, 2021", "2021-02-18"),
    ("18 Şubat 2021 Perşembe", "2021-02-18"),
    ("18 ŞUBAT 2021", "2021-02-18"),
    ("KASIM 5, 2020", "2020-11-05"),
    ("18 de febrero de 2021", "2021-02-18"),
    ("1er février 2021 à 14h05", "2021-02-01T14:05:00"),
    ("18 февраля 2021 г. 16:16 МСК", "2021-02-18T16:16:00+03:00"),
    ("18. Februar 2021, 16.16 Uhr", "2021-02-18T16:16:00"),
    ("١٨ فبراير ٢٠٢١", "2021-02-18"),
    ("18 شباط/فبراير 2021", "2021-02-18"),
    ("2021年2月18日", "2021-02-18"),
    ("2021년 2월 18일", "2021-02-18"),
    ("13/04/2021", "2021-04-13"),
    ("04/13/2021", "2021-04-13"),
    ("04/04/2021", "2021-04-04"),
    ("18-Feb-2021", "2021-02-18"),
    ("Thu, 18 Feb 2021 16:16:00 +0300", "2021-02-18T16:16:00+03:00"),
    ("16:16 GMT, 11 Jan 2021", "2021-01-11T16:16:00+00:00"),
    ("2021-01-11T16:16:05.123Z", "2021-01-11T16:16:05+00:00"),
    ("2021-01-11 16:16", "2021-01-11T16:16:00"),
    ("Mon January 11, 2021", "2021-01-11"),
    ("12.12.2020 - 13:05", "2020-12-12T13:05:00"),
    ("२७ मार्च २००७", "2007-03-27"),
]


@pytest.mark.parametrize(("line", "stated"), FORMS)
def test_forms(line: str, stated: str) -> None:
    found = find_date(line)
    assert found
    assert found.when.iso == stated


@pytest.mark.parametrize(
    "line",
    [
        "03/04/2021",
        "ANKARA, Feb 18",
        "31.02.2021",
        "from 1990-1995 to 2001",
        "12.5.100",
        "3 dogs 2021",
        "",
        "18 May",
        "1.2.3.2021",
        "99 January 2021",
        "5 May 0001",
    ],
)
def test_no_date(line: str) -> None:
    assert find_date(line) is None


def test_all_dates_of_a_line() -> None:
    assert [found.when.iso for found in find_dates("Published 1 May 2021 10:00, updated 2 May 2021")] == [
        "2021-05-01T10:00:00",
        "2021-05-02",
    ]


@pytest.mark.parametrize(
    ("value", "stated"),
    [
        ("2021-02-18T16:16:00+03:00", "2021-02-18T16:16:00+03:00"),
        ("18.02.2021", "2021-02-18"),
        ("0001-01-01", None),
        ("x", None),
        (7, None),
    ],
)
def test_parse_stated(value: object, stated: str | None) -> None:
    when = parse_stated(value)
    assert (when.iso if when else None) == stated


def test_weekdays_are_no_names() -> None:
    assert strip_weekdays("Perşembe, Thursday Anadolu четверг") == "Anadolu"


def test_time_grows_with_length_only() -> None:
    start = time.process_time()
    for unit in ("12 ", "1 Jan ", "ab ", "1.1.", "2021-"):
        list(find_dates((unit * 2_000)[:2_500]))
    assert time.process_time() - start < 5
