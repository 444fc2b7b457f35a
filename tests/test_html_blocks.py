"""Blocks of HTML are led around the converter only where it would change nothing in them."""

import pytest
from conftest import Desk
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from digest.html_blocks import may_pass, put_back, take_out
from digest.tidy import tidy_page

BUILT_IN = ("toc", "tables", "fenced_code", "attr_list")


def convert(text: str) -> tuple[str, object]:
    """Return what Markdown becomes, and its headings."""
    converter = Markdown(extensions=BUILT_IN)
    return tidy_page(converter.convert(text)), converter.toc_tokens  # type: ignore[attr-defined]


def around(text: str) -> tuple[str, object]:
    """Return the same, with its blocks led around the converter."""
    marked, blocks = take_out(text)
    html, headings = convert(marked)
    return tidy_page(put_back(html, blocks)), headings


@pytest.mark.parametrize("name", ["sample", "learned", "compared"])
def test_every_page_becomes_the_same(name: str, request: pytest.FixtureRequest) -> None:
    desk: Desk = request.getfixturevalue(name)
    pages = sorted((desk.root / "build" / "pages").rglob("*.md"))
    assert len(pages) > 20
    for path in pages:
        body = path.read_text("utf-8").split("\n---\n", 1)[1]
        marked, blocks = take_out(body)
        assert blocks, path
        assert len(marked) < len(body) / 2 or len(body) < 2000, path
        assert around(body) == convert(body), path


@pytest.mark.parametrize("text", [
    "<p>One.</p>\n\n## Two { #two }\n\n<div>\n<p>Three.\n\nStill three.</p>\n</div>\n",
    "<p>One.</p>\nMarkdown *goes on* here.\n\n<p>Two.</p>",
    "Markdown with <span>a *word*</span> in it.\n\n<p>Two.</p>\n<p>Three.</p>\n",
    "<p>One<br>and<hr></p>\n\n<figure><svg><rect width='3'/><path d='M 1>2'/></svg></figure>\n",
    "<span>no block</span>\n\n<p>One.</p>\n",
    "<pre>\n\n# no heading\n\n  two\n</pre>\n",
])
def test_markdown_beside_the_blocks_is_converted(text: str) -> None:
    assert take_out(text)[1]
    assert around(text) == convert(text)


@pytest.mark.parametrize("text", [
    "<p>One.\n\n## Two\n",
    "<div><p>One.</div></p>\n\n*Two*\n",
    "</p>\n\n<p>One.</p>\n",
    "<p>One.</p>\n\n<!-- a comment -->\n",
    "<p>One.</p>\n\n```\n<p>code</p>\n```\n",
    "<p>One.</p>\n<script>if (1 < 2) { document.write('</p>'); }</script>\n",
    "<p>One.</p>\n\n<div data-block=\"0\"></div>\n",
    "<p>\tOne.</p>\n",
    "<div>\n<p>One.</DIV>\n</p>\n</div>\n",
    "<hr>\n\n<p>One.</p>\n",
    "- <p>an item</p>\n- another\n\n<p>One.</p>\n",
    "    <p>code</p>\n\n<p>One.</p>\n",
    "<p>One.</p><p>Two.</p>\n",
    "<p>One.</p>    \n\nTwo.\n",
    "*No* block.\n",
])
def test_what_is_not_sure_is_left_to_the_converter(text: str) -> None:
    assert take_out(text) == (text, ())


def test_other_extensions_may_look_into_blocks() -> None:
    assert may_pass(BUILT_IN)
    assert not may_pass([*BUILT_IN, "md_in_html"])


PIECES = ["<p>a</p>", "<p>", "</p>", "<div>\n", "</div>\n", "text ", "*b*", "\n", "\n\n", "# h\n", "<span>", "</span>", "<br>", " ", "    ",
          "- ", "`", "> ", "<img/>", "<hr>", "| a | b |\n|---|---|\n", "&#60;", "{ #x }", "<ul><li>c</li></ul>"]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@example("<p>a</p><span>b</span>")
def test_whatever_stands_together_becomes_the_same(text: str) -> None:
    assert around(text) == convert(text)
