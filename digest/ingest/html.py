"""Read a web page: trafilatura finds the text, the page itself tells title, time and outlet. Nothing is fetched."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from digest.clean import clean_line, clean_text
from digest.errors import ArticleError
from digest.ingest.dates import parse_stated
from digest.ingest.header import read_header
from digest.ingest.junk import ends_sentence
from digest.ingest.language import settle_language
from digest.ingest.page import Page, read_page
from digest.ingest.raw import Dropped, RawArticle
from digest.ingest.sift import Sifted, fold, sift_lines
from digest.ingest.text import assemble
from digest.models import When

__all__ = ["read_html"]

_MAX_PARAGRAPHS = 5_000
"""A page with more is no article; trafilatura's time grows with their square."""
_BLOCKS = frozenset({"p", "head", "item", "list", "quote", "table", "row", "cell", "code", "ab", "lb", "div", "graphic"})
_TOP = 10
"""Lines at the top of a page, where its title and summary may stand twice."""
_MORE_WORDS = 10
"""A heading of more words than twice the title's and these holds more than the title."""
_PROSE = 12
"""A heading of as many words that ends as a sentence does is a paragraph."""
_BREAK = re.compile(r"\s*[\n\r\u2028\u2029]\s*")
_BULLET = re.compile(r"^[-•] (?=\S)")


def read_html(text: str, name: str) -> RawArticle:
    """Read a web page.

    Raises:
        ArticleError: it has no title or no text.
    """
    tree = _parse(text, name)
    page = read_page(tree)
    if not page.title:
        raise ArticleError(Path(name), "no title found; put the headline in <h1> (JSON-LD, og:title and <title> are read too)")
    _drop_title(tree, page.title)
    lines, heads = _body(tree, name)
    sifted = sift_lines(_once(lines, page))
    heads_dropped = tuple(Dropped("subheading", line) for line in sifted.kept if line in heads)
    header = read_header([line for line in sifted.kept if line not in heads], page.title)
    article = assemble(header, Sifted((), (*sifted.dropped, *heads_dropped)), name)
    return _with_page(article, page, tree)


def _once(lines: list[str], page: Page) -> Iterator[str]:
    """Yield the lines without the title, and without the page's summary where that stands a second time: many begin with it."""
    told, summary = {fold(page.title or "")}, fold(page.summary or "")
    for at, line in enumerate(lines):
        if at >= _TOP or fold(line) not in told:
            yield line
        if summary and fold(line) == summary:
            told.add(summary)


def _drop_title(tree: Any, title: str) -> None:
    """Take the page's visible title out of it: it is known, and trafilatura may join it to the first paragraph."""
    for heading in list(tree.iter("h1")):
        if len(heading.text_content().split()) <= 2 * len(title.split()) + _MORE_WORDS:
            heading.drop_tree()


def _with_page(article: RawArticle, page: Page, tree: Any) -> RawArticle:
    """Return the article with what the page says about it; its visible lines count where the page is silent."""
    return replace(
        article, published=page.published or article.published or _found_day(tree), outlet=page.outlet or article.outlet,
        authors=page.authors or article.authors, url=page.url or article.url, section=page.section or article.section,
        tags=page.tags or article.tags,
        lang=settle_language(page.lang, f"{article.title}\n{article.text}", article.lang), summary=page.summary,
        host=None if page.outlet else article.host,
    )


def _parse(text: str, name: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", collect_ids=False, default_doctype=False, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.replace("\0", "").encode("utf-8", "ignore"), parser=parser, ensure_head_body=True)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ArticleError(Path(name), "no HTML that can be read") from error
    return tree


def _body(tree: Any, name: str) -> tuple[list[str], frozenset[str]]:
    """Return the lines of the page's text, and which of them are headings."""
    body = _extract(tree)
    lines = [] if body is None else _lines(body)
    heads = () if body is None else (clean_line("".join(head.itertext())) for head in body.iter("head"))
    paragraphs = _paragraphs(tree) if len(lines) < 2 else []
    lines = paragraphs if len(paragraphs) > len(lines) else lines
    if not lines:
        raise ArticleError(Path(name), "no article text found in the page")
    return lines, frozenset(head for head in heads if not _is_prose(head))


def _is_prose(head: str) -> bool:
    """Return whether a heading is a paragraph that is set in large letters."""
    return ends_sentence(head) and len(head.split()) >= _PROSE


def _extract(tree: Any) -> Any:
    """Return the tree of the text that trafilatura finds; None where it finds none."""
    from trafilatura import bare_extraction

    if len(tree.findall(".//p")) > _MAX_PARAGRAPHS:
        return None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return getattr(bare_extraction(tree, include_comments=False), "body", None)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _lines(body: Any) -> list[str]:
    """Return the lines of an extracted text; trafilatura's own `xmltotxt` decodes entities a second time."""
    pieces: list[str] = []
    for event, element in _walk(body):
        block = element.tag in _BLOCKS
        if event == "start":
            pieces.extend(("\n" if block else "", _folded(element.text)))
        else:
            pieces.extend(("\n" if block else "", _folded(element.tail) if element is not body else ""))
    rows = (" ".join(_BULLET.sub("", row).split()) for row in clean_text("".join(pieces)).split("\n"))
    return [row for row in rows if row]


def _walk(body: Any) -> Iterator[tuple[str, Any]]:
    from lxml import etree

    yield from etree.iterwalk(body, events=("start", "end"))


def _folded(text: str | None) -> str:
    return _BREAK.sub(" ", text or "")


def _paragraphs(tree: Any) -> list[str]:
    """Return the paragraphs of the page's article element, or of the page where it has none."""
    around = " or ".join(f"ancestor::{tag}" for tag in ("nav", "footer", "aside", "header"))
    elements = tree.xpath("//article//p") or tree.xpath(f"//body//p[not({around})]")
    return [line for element in elements if (line := clean_line(element.text_content()))]


def _found_day(tree: Any) -> When | None:
    """Return the day that htmldate, trafilatura's own finder, reads off the page's markup; it does not guess from the text."""
    from htmldate import find_date

    try:
        day = find_date(tree, extensive_search=False, original_date=True, max_date="2199-12-31")
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None
    return parse_stated(day) if day else None
