"""Pages get smaller, and a browser sees the same."""

import pytest
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from digest.tidy import tidy_page


def seen(page: str) -> list[tuple[str, dict[str, str], str, str]]:
    """Return what a parser makes of a page, runs of blanks folded."""
    return [(str(e.tag), dict(e.attrib), " ".join((e.text or "").split()), " ".join((e.tail or "").split()))
            for e in html.document_fromstring(page).iter()]


def test_signs_are_written_plainly() -> None:
    assert tidy_page('<p><a href="&#46;&#46;&#47;a&#45;b">1&#44;5</a></p>') == '<p><a href="../a-b">1,5</a></p>'


@pytest.mark.parametrize("sign", "&<>\"'`={}()[]|$\\")
def test_signs_that_could_begin_something_keep_their_reference(sign: str) -> None:
    page = f"<p title='&#{ord(sign)};'>&#{ord(sign)};</p>"
    assert tidy_page(page) == page


def test_what_is_escaped_twice_stays_so() -> None:
    assert tidy_page("<title>a &amp;#60;b</title>") == "<title>a &amp;#60;b</title>"


def test_empty_lines_and_indentation_go() -> None:
    assert tidy_page("<ul>\n\n   <li>a  b</li>\n</ul>") == "<ul>\n<li>a b</li>\n</ul>"


@pytest.mark.parametrize("kept", ["<pre>a\n\n  b &#45;</pre>", "<script>\n\n  1  &#45;</script>", "<textarea>  a</textarea>"])
def test_where_blanks_count_nothing_changes(kept: str) -> None:
    assert tidy_page(f"<p>a\n\n b</p>{kept}<p>&#45;</p>") == f"<p>a\nb</p>{kept}<p>-</p>"


@given(st.text(st.sampled_from("ab &<>\"'`;#-\n{}[]=/"), max_size=60))
def test_any_text_reads_the_same(text: str) -> None:
    written = "".join(sign if sign.isalnum() or sign in " \n" else f"&#{ord(sign)};" for sign in text)
    page = f'<!doctype html><body><p title="{written}">x {written} y</p></body>'
    (tag, attributes, words, _), *rest = [row for row in seen(tidy_page(page)) if row[0] == "p"]
    was = next(row for row in seen(page) if row[0] == "p")
    assert (tag, " ".join(attributes["title"].split()), words, rest) == ("p", " ".join(was[1]["title"].split()), was[2], [])


def test_the_newsroom_is_tidy(newsroom: Desk) -> None:
    page = newsroom.page("topics/").read_text("utf-8")
    assert "&#45;" not in page
    assert "\n\n" not in page
