"""Read plain text as a careful editor does: the title, what stands above the text, the text, and what is not part of it."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise, zip_longest
from pathlib import Path

from digest.clean import clean_text
from digest.errors import ArticleError
from digest.ingest.dateline import wire_outlet
from digest.ingest.header import Header, read_header
from digest.ingest.junk import ends_sentence
from digest.ingest.labels import take_labels
from digest.ingest.language import detect_language
from digest.ingest.names import host_of
from digest.ingest.raw import RawArticle
from digest.ingest.sift import Sifted, drop_subheadings, fold, sift_lines

__all__ = ["assemble", "read_text", "split_lines", "unescape_evident"]

_ENTITY = re.compile(r"&(?:amp|quot|apos|nbsp|[rl][sd]quo|[nm]dash|hellip|[lr]aquo|bdquo|sbquo|euro|#0?39|#160|#8[12]\d\d|"
                     r"[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|caron|ring)|szlig|oslash|aelig);")
_WRAPPED = 100
"""Lines of a paragraph that is taken as hard-wrapped by the look of its lines alone are not longer."""
_WIDEST = 140
"""Nor are those of a text that shows it where a sentence goes on over the end of a line."""
_NARROWEST = 50

_UNDERLINED = re.compile(r"\A\s*([^\s#*=-].*)\n(?:={3,}|-{3,})[^\S\n]*(?:\n|\Z)")
"""A first line that is underlined is marked as the title, as in Markdown."""


def read_text(text: str, name: str) -> RawArticle:
    """Read a plain text.

    Raises:
        ArticleError: it has no title or no body.
    """
    lines, mail = take_labels(split_lines(_UNDERLINED.sub(r"# \1\n", clean_text(unescape_evident(text)), count=1)))
    sifted = sift_lines(lines)
    sifted = Sifted(sifted.kept, (*mail, *sifted.dropped))
    header = read_header(sifted.kept)
    if not header.title:
        raise ArticleError(Path(name), "no title found; put the headline in the first line")
    return assemble(header, sifted, name)


def assemble(header: Header, sifted: Sifted, name: str) -> RawArticle:
    """Put an article together from its header and its lines.

    Raises:
        ArticleError: nothing is left for the body.
    """
    paragraphs, subheadings = drop_subheadings(header.body)
    if not any(c.isalnum() for paragraph in paragraphs for c in paragraph):
        raise ArticleError(Path(name), "no text below the title")
    url = header.url or sifted.url
    outlet = header.outlet or sifted.outlet or _named_by_host(header.idle, url)
    wire = None if outlet or url or sifted.promoted else wire_outlet(paragraphs[0])
    return RawArticle(
        title=header.title or "", paragraphs=paragraphs, subtitle=header.subtitle, published=header.published, reposted=header.reposted,
        outlet=outlet or wire or sifted.promoted, host=None if outlet else sifted.host, authors=header.authors, url=url,
        lang=detect_language("\n".join((header.title or "", *paragraphs))), section=header.section, tags=header.tags or sifted.tags,
        dropped=(*header.dropped, *sifted.dropped, *subheadings), notes=header.notes,
    )


def _named_by_host(lines: Sequence[str], url: str | None) -> str | None:
    """Return the line that an address' host spells: `Tal-Bote` above https://tal-bote.example/."""
    labels = {label.replace("-", "") for label in (host_of(url) or "").split(".")}
    return next((line for line in lines if len(line) > 2 and fold(line).replace(" ", "") in labels), None)


def unescape_evident(text: str) -> str:
    """Decode HTML's names for punctuation and letters where a text has them by mistake; `&lt;` and `&gt;` stay."""
    if "&" not in text or "<" in text or len(_ENTITY.findall(text)) < 2:
        return text
    return _ENTITY.sub(lambda found: unescape(found[0]), text)


def split_lines(text: str) -> list[str]:
    """Return a text's lines without blank ones; hard-wrapped paragraphs become one line."""
    blocks = [[" ".join(row.split()) for row in block.split("\n") if row.strip()] for block in re.split(r"\n[^\S\n]*(?=\n)", text)]
    width = _width(blocks)
    return [line for rows in blocks for line in ([" ".join(rows)] if _is_wrapped(rows) else _joined(rows, width))]


def _width(blocks: Sequence[Sequence[str]]) -> int:
    """Return the width that a text is hard-wrapped at; 0 where no sentence goes on in small letters where its line was full.

    The first line is no sentence: below a title may stand "by" somebody.
    """
    width = max((len(row) for rows in blocks for row in rows if " " in row), default=0)
    pairs = (pair for rows in blocks for pair in pairwise(rows))
    first = next((rows[0] for rows in blocks if rows), "")
    goes_on = any(_is_full(row, following, width) and row != first and " " in row and not ends_sentence(row) and following[0].islower()
                  for row, following in pairs)
    return width if _NARROWEST <= width <= _WIDEST and goes_on else 0


def _is_full(row: str, following: str, width: int) -> bool:
    """Return whether the first word of the next line had no room at the end of a line."""
    return len(row) <= width < len(row) + 1 + len(following.split(" ", 1)[0])


def _joined(rows: Sequence[str], width: int) -> Iterator[str]:
    """Yield the lines of a block; those that were full, each with the next."""
    line = ""
    for row, following in zip_longest(rows, rows[1:]):
        line = f"{line} {row}" if line else row
        if following is None or not _is_full(row, following, width):
            yield line
            line = ""


def _is_wrapped(rows: Sequence[str]) -> bool:
    """Return whether all lines of a block but the last are about as long, and few of them end a sentence."""
    if len(rows) < 3:
        return False
    width = max(map(len, rows))
    if not _NARROWEST <= width <= _WRAPPED:
        return False
    return min(map(len, rows[:-1])) >= 0.7 * width and sum(map(ends_sentence, rows[:-1])) * 2 < len(rows)
