"""Read plain text as a careful editor does: the title, what stands above the text, the text, and what is not part of it."""

import re
from collections.abc import Sequence
from html import unescape
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
"""Lines of a hard-wrapped paragraph are not longer."""


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
    lines: list[str] = []
    for block in re.split(r"\n[^\S\n]*(?=\n)", text):
        rows = [" ".join(row.split()) for row in block.split("\n") if row.strip()]
        lines.extend([" ".join(rows)] if _is_wrapped(rows) else rows)
    return lines


def _is_wrapped(rows: list[str]) -> bool:
    if len(rows) < 3:
        return False
    width = max(map(len, rows))
    return 50 <= width <= _WRAPPED and min(map(len, rows[:-1])) >= 0.7 * width and sum(map(ends_sentence, rows[:-1])) * 2 < len(rows)
