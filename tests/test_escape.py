"""What strangers write is shown as it is, and never interpreted."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from markupsafe import Markup

from digest.escape import address, escape, is_clean, text_fragment, visible

OURS = ["attr_list", "toc", "tables", "fenced_code"]
MANY = [*OURS, "admonition", "meta", "sane_lists", "smarty", "nl2br", *(f"pymdownx.{name}" for name in (
    "arithmatex", "betterem", "caret", "critic", "details", "emoji", "escapeall", "extra", "highlight", "inlinehilite", "keys", "magiclink",
    "mark", "progressbar", "quotes", "smartsymbols", "snippets", "superfences", "tabbed", "tasklist", "tilde"))]
PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt; &amp; &#60;", "# Heading", "* list", "1. list", "> quote",
    "---", "    code", "```\ncode\n```", "`code`", "**bold** _em_ ~~del~~ ==mark== ^^ins^^ H~2~O", "[link](javascript:alert(1))",
    "![i](x)", "<https://x.y>", "https://example.org www.example.org a@example.org", "{{ 7 * 7 }} {% include 'x' %} {# c #}",
    "{ .class #id onclick=alert(1) }", "[^1]: note", "--8<-- \"/etc/passwd\"", ";--8<--", "| a | b |\n|---|---|\n| c | d |", "[TOC]",
    "!!! note", "??? note", "=== \"Tab\"", "- [x] task", "++ctrl+c++", ":smile: :fontawesome-brands-x:", "\\(x\\) $y$ $$z$$",
    "(c) (tm) +/- --> 1/2 ...", "*[HTML]: Hyper", "term\n: definition", "[=50% \"half\"]", "{--del--}{++ins++}", "title: \"a\\\"b\"",
    "'single' \"double\" \\ backslash", "&#x202e;\u202egnp.exe", "zero\u200bwidth\u00adsoft", "\x00\x07\x1b[31mred",
    "tab\tnew\nline\r\u2028sep", "<![><img src=\"]><img", "]]>", "<!-- c -->", "\u0600\u06dd عربي", "क्‍ष", "👩‍👩‍👧", "#!python",
    ":::python", "@[toc]", "%%", "\ufeffbom", "a\u2066b",
]
TEXTS = st.one_of(st.sampled_from(PAYLOADS), st.text(), st.text("<>&\"'`*_[](){}#!|\\:;-=+~^$%@/.,?0aA \n\t", max_size=60),
                  st.lists(st.sampled_from(PAYLOADS), max_size=3).map(" ".join))


class _Reader(HTMLParser):
    """Reads what a browser would show of a piece of HTML, and which elements it finds."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags, self.attributes = "", [], {}

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= dict(attrs)

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"comment {data}")


def read(html: str) -> _Reader:
    """Read a piece of HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


@pytest.mark.parametrize("extensions", [OURS, MANY], ids=["ours", "many"])
@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_markdown_shows_the_text_and_no_element(extensions: list[str], text: str) -> None:
    found = read(markdown.markdown(f"<p>{escape(text)}</p>\n\n{escape(text)}x\n", extensions=extensions))
    assert (found.text.split("\n")[0], set(found.tags)) == (visible(text), {"p"})
    assert " ".join(found.text.split()) == " ".join(f"{visible(text)} {visible(text)}x".split())


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_heading_shows_the_text_and_no_element(text: str) -> None:
    found = read(markdown.markdown(f"# <span>{escape(text)}</span> {{ #top }}\n", extensions=OURS))
    assert (found.text.strip(), found.tags, found.attributes) == (visible(text), ["h1", "span"], {"id": "top"})


@given(text=TEXTS)
@settings(deadline=None)
def test_templates_and_attributes_keep_the_text(text: str) -> None:
    page = Environment(autoescape=True).from_string('<p title="{{ text }}">{{ text }}</p>').render(text=escape(text))
    found = read(page)
    assert (found.text, found.tags, found.attributes["title"] or "") == (visible(text), ["p"], visible(text))
    assert Environment(autoescape=False).from_string(f"{escape(text)}").render() == str(escape(text))


@given(text=TEXTS)
@settings(deadline=None)
def test_quoted_yaml_keeps_the_text(text: str) -> None:
    found = yaml.safe_load(f'title: "{escape(text)}"\n')["title"]
    assert found == str(escape(text))
    assert Markup(found).unescape() == visible(text)


@given(text=TEXTS)
def test_the_result_is_one_clean_line(text: str) -> None:
    shown = visible(text)
    assert shown == shown.strip()
    assert "\n" not in shown
    assert is_clean(shown)
    assert visible(shown) == shown
    assert re.fullmatch(r"[A-Za-z0-9 ]*", "".join(c for c in re.sub(r"&#\d+;", "", escape(text)) if c.isascii()))


@pytest.mark.parametrize(("text", "clean"), [
    ("plain", True), ("Ünïcödé ру́сский العربية", True), ("क्‍ष", True), ("line\nbreak", True), ("a\u202eb", False), ("a\u200bb", False),
    ("a\x00b", False), ("a\u00adb", False), ("a\ufeffb", False), ("a\ue000b", False), ("a\U000e0041b", False),
])
def test_knows_what_cannot_be_seen(text: str, clean: bool) -> None:
    assert is_clean(text) == clean
    assert is_clean(visible(text))


@pytest.mark.parametrize(("url", "shown"), [
    (None, None), ("", None), ("https://example.org", "https://example.org"), ("http://example.org/a?b=c&d#e", "http://example.org/a?b=c&d#e"),
    ("https://example.org/a b", None), ("https://example.org/ü?q=ö#ä", "https://example.org/%C3%BC?q=%C3%B6#%C3%A4"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/"), ("https://example.org/%20%2F", "https://example.org/%20%2F"),
    ("https://example.org:8080/", "https://example.org:8080/"), ("https://[::1]:80/", "https://[::1]:80/"),
    ("https://example.org/\"<>", "https://example.org/%22%3C%3E"),
    ("javascript:alert(1)", None), ("data:text/html,x", None), ("ftp://example.org", None), ("//example.org", None), ("/path", None),
    ("https://", None), ("https://user:pw@example.org/", None), ("https://exa mple.org", None), ("https://example.org:port/", None),
    ("https://example.org\\@evil.org", None), ("https://[bad/", None), ("JAVASCRIPT:alert(1)", None),
    ("HTTPS://example.org/", "https://example.org/"), ("https://example.org/\u202e", None), ("mailto:a@b.c", None),
])
def test_addresses(url: str | None, shown: str | None) -> None:
    assert address(url) == shown


@given(url=st.one_of(st.text(), TEXTS.map("https://example.org/".__add__), TEXTS.map("https://".__add__)))
def test_an_address_is_http_and_plain(url: str) -> None:
    if (shown := address(url)) is not None:
        assert re.fullmatch(r"https?://[!#$%&'()*+,./0-9:;=?@A-Z_a-z~\[\]-]+", shown)
        assert urlsplit(shown).scheme in {"http", "https"}


SHORT, LONG = "Well-known, they said & left.", "One-two three, four five six & seven eight nine ten eleven twelve-thirteen, fourteen."


@pytest.mark.parametrize(("url", "sentence", "shown"), [
    (None, SHORT, None), ("javascript:x", SHORT, None),
    ("https://e.org/a", SHORT, "https://e.org/a#:~:text=Well%2Dknown%2C%20they%20said%20%26%20left."),
    ("https://e.org/a#b", "Short.", "https://e.org/a#b:~:text=Short."),
    ("https://e.org/a", LONG, "https://e.org/a#:~:text=One%2Dtwo%20three%2C%20four%20five%20six,ten%20eleven%20twelve%2Dthirteen%2C%20fourteen."),
    ("https://e.org/a", "“Çok\niyi”", "https://e.org/a#:~:text=%E2%80%9C%C3%87ok%20iyi%E2%80%9D"),
])
def test_text_fragments(url: str | None, sentence: str, shown: str | None) -> None:
    if sentence == LONG and shown:
        found = text_fragment(url, sentence)
        assert found is not None
        start, end = found.partition(":~:text=")[2].split(",")
        assert sentence.startswith(unquote(start))
        assert sentence.endswith(unquote(end))
    else:
        assert text_fragment(url, sentence) == shown


@given(sentence=TEXTS)
def test_a_text_fragment_has_no_character_of_the_directive_in_its_words(sentence: str) -> None:
    """`-`, `,` and `&` mean something in a text directive (WICG, URL Fragment Text Directives)."""
    found = text_fragment("https://example.org/", sentence)
    assert found is not None
    directive = found.partition(":~:text=")[2]
    assert directive.count(",") <= 1
    assert not set(directive) & set("-&#<>\"' ")
    for part in directive.split(","):
        assert unquote(part) in visible(sentence)
