"""Lines of the page are told from lines of the article; a sentence of the article is never taken for the page's."""

from pathlib import Path

import pytest

from digest.ingest.junk import kind_of_junk
from digest.ingest.names import byline_of, looks_like_outlet, looks_like_person, name_of_host, notice_outlet
from digest.ingest.sift import drop_subheadings, sift_lines

LINES = Path(__file__).parent / "golden" / "ingest" / "lines"
JUNK = [tuple(line.split("\t")) for line in (LINES / "junk.txt").read_text("utf-8").splitlines()]
BODY = (LINES / "body.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("kind", "line"), JUNK)
def test_junk(kind: str, line: str) -> None:
    assert kind_of_junk(line) == kind


@pytest.mark.parametrize("line", BODY)
def test_sentences_stay(line: str) -> None:
    assert kind_of_junk(line) is None


def test_a_long_paragraph_is_never_junk() -> None:
    assert kind_of_junk("Read more: " + "the towns agreed on one line and said so. " * 20) is None


def test_the_first_line_may_look_like_a_promo() -> None:
    assert (
        sift_lines(["Watch: how a ferry is built", "The ferry is built in a dock, the yard said."]).kept[0] == "Watch: how a ferry is built"
    )


def test_short_lines_after_the_share_line_go_and_sentences_stay() -> None:
    sifted = sift_lines(
        [
            "The ferry left the quay at dawn.",
            "Share this article",
            "Ten walks by the sea",
            "The ferry came back at night, its captain said.",
        ]
    )
    assert sifted.kept == ("The ferry left the quay at dawn.", "The ferry came back at night, its captain said.")


def test_subheadings_stand_between_paragraphs_only() -> None:
    paragraph = "The ferry left the quay at dawn and came back at night, its captain said."
    kept, dropped = drop_subheadings([paragraph, "Cost is shared", paragraph, "one", "Two", "three", paragraph, "The last line"])
    assert [line.text for line in dropped] == ["Cost is shared"]
    assert kept[-1] == "The last line"


def test_names() -> None:
    assert looks_like_outlet("Northern Gazette")
    assert looks_like_outlet("Kıyı Haber Ajansı")
    assert looks_like_outlet("harbour.example")
    assert not looks_like_outlet("Ann Lee")
    assert looks_like_person("Ann Lee")
    assert looks_like_person("Иван Петров")
    assert not looks_like_person("Northern Gazette")
    assert byline_of("By Ann Lee and Bo Larsen") == ("Ann Lee", "Bo Larsen")
    assert byline_of("By the time they met it was dark") == ()


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        (
            "*Writing and contribution by Ida Holm Coast Agency website contains only a portion of the news stories offered.",
            "Coast Agency",
        ),
        ("The Wall Harbour Journal website contains only a portion of the news stories.", "The Wall Harbour Journal"),
        ("© 2022 The Sound Tribune. All rights reserved.", "The Sound Tribune"),
        ("This article was first published in Northern Gazette.", "Northern Gazette"),
        ("All rights reserved.", None),
    ],
)
def test_outlet_of_a_notice(line: str, outlet: str | None) -> None:
    assert notice_outlet(line) == outlet


@pytest.mark.parametrize(("host", "name"), [("www.osn.example", "OSN"), ("harbour.example", "harbour.example"), ("osn.co.uk", "OSN")])
def test_name_of_host(host: str, name: str) -> None:
    assert name_of_host(host) == name
