"""Pages get smaller, and a browser sees the same."""

import pytest
from conftest import Desk, whole
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from digest.built import read_page
from digest.escape import escape
from digest.marks import MARKS, NAMES
from digest.tidy import shorten_marks, tidy_page


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


@pytest.mark.parametrize(("page", "tidy"), [
    ('<a href="x"><span data-from="m" lang="tr">A</span></a>', '<a href="x" data-from="m" lang="tr">A</a>'),
    ('<span class="who"><span data-from="m">A</span></span>', '<span class="who" data-from="m">A</span>'),
    *[(kept, kept) for kept in (
        '<a href="x"><bdi data-from="m">A</bdi></a>', '<a lang="en"><span data-from="m">A</span></a>',
        '<a href="x"><span data-from="m">A</span> b</a>', '<a href="x"><span data-translation="m">A</span></a>',
        '<a data-from="n"><span data-from="m">A</span></a>', '<td dir="rtl"><span data-from="m">A</span></td>')],
])
def test_a_link_that_is_a_field_bears_its_mark(page: str, tidy: str) -> None:
    assert tidy_page(page) == tidy


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


MARK = st.one_of(st.text(st.sampled_from("ab:@~0 -_<>&'"), max_size=8),
                 st.tuples(st.sampled_from(["article:a", "article:b", "outlet:a", "a@0123456789abcdef", "settings:", "engine:argos", "~0"]),
                           st.sampled_from(["day", "title", "0-9", "1.9 + 2", "", "~"])).map(":".join))


@given(st.lists(st.tuples(st.sampled_from(MARKS), MARK), max_size=9))
def test_short_marks_say_what_the_whole_ones_say(marks: list[tuple[str, str]]) -> None:
    inner = "".join(f'<i {kind}="{escape(mark)}">x</i>' for kind, mark in marks)
    tidy = tidy_page(f"<!doctype html><body><main class='a'>{inner}</main></body>")
    short = shorten_marks(tidy)
    assert shorten_marks(short) == short
    if not any(mark.startswith("~") for _, mark in marks):
        assert html.tostring(read_page(short.encode())) == html.tostring(read_page(tidy.encode()))


def test_a_page_tells_a_name_of_its_marks_once() -> None:
    rest = '<q data-quote="a@0123456789abcdef:0-1">data-from="article:a:day"</q><i data-from="settings::title">2</i></main>'
    assert shorten_marks(f'<main id="a"><i data-from="article:a:day">1</i><b data-from="article:a:title">2</b>{rest}') == (
        f'<main data-marks="article:a" id="a"><i data-from="~0:day">1</i><b data-from="~0:title">2</b>{rest}')


@pytest.mark.parametrize("change", [("article:a", "article:a article:b"), ("article:a", "article:a "), ('"article:a"', '""'),
                                    ("~0:title", "~1:title"), ("~0:title", "~00:title"), ("~0:title", "article:b:title")])
def test_a_list_of_names_that_is_not_that_of_the_marks_stays(change: tuple[str, str]) -> None:
    page = '<main data-marks="article:a"><i data-from="~0:day">1</i><i data-from="~0:title">1</i></main>'
    assert NAMES not in html.tostring(read_page(page.encode()), encoding="unicode")
    changed = page.replace(*change, 1)
    assert changed != page
    assert NAMES in html.tostring(read_page(changed.encode()), encoding="unicode")


@pytest.mark.parametrize("mark", ["~", "~0", "~9:day", "~-1:day", "~99999:day", "~999999999999:day", "~\u0663:day", "~0x:day"])
def test_a_number_that_no_name_has_is_no_mark(mark: str) -> None:
    page = f'<main data-marks="article:a"><i data-from="{mark}">1</i></main>'
    assert read_page(page.encode()).find(".//i").get("data-from") == mark


def test_the_newsroom_tells_its_names_once(newsroom: Desk) -> None:
    page = newsroom.page("topics/ferries")
    text = page.read_text("utf-8")
    assert len(text) < len(whole(page))
    assert text.count("article:drawbridge-of-orvane-stuck-open") == 1


def test_the_newsroom_is_tidy(newsroom: Desk) -> None:
    page = newsroom.page("topics/").read_text("utf-8")
    assert "&#45;" not in page
    assert "\n\n" not in page
