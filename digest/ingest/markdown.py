"""Read Markdown: its front matter as data, its body as plain paragraphs. HTML in it stays text."""

import re
from dataclasses import replace
from pathlib import Path

from digest.clean import clean_text
from digest.errors import ArticleError
from digest.ingest.front import Front, has_keys, read_front
from digest.ingest.header import read_header
from digest.ingest.junk import ends_sentence
from digest.ingest.language import detect_language
from digest.ingest.plain import plain_lines
from digest.ingest.raw import RawArticle
from digest.ingest.sift import Sifted, sift_lines
from digest.ingest.text import assemble, unescape_evident

__all__ = ["read_markdown"]

_FRONT = re.compile(r"\A\s*---[ \t]*\n(.*?)\n?^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)


def read_markdown(text: str, name: str) -> RawArticle:
    """Read a Markdown text.

    Raises:
        ArticleError: it has no title or no body.
    """
    front, body = _part(clean_text(text), name)
    article = _own(front, body, name) if front.ours and front.title else _foreign(front, body, name)
    return replace(
        article,
        subtitle=front.subtitle or article.subtitle,
        published=front.published or article.published,
        reposted=front.reposted or article.reposted,
        outlet=front.outlet or article.outlet,
        host=None if front.outlet else article.host,
        lang=front.lang or article.lang,
        url=front.url or article.url,
        authors=front.authors or article.authors,
        tags=front.tags or article.tags,
        section=front.section or article.section,
        summary=front.summary,
        retrieved=front.retrieved,
        notes=(*article.notes, *front.notes),
    )


def _part(text: str, name: str) -> tuple[Front, str]:
    """Part the front matter from the body; text between two rules that has no keys is no front matter."""
    found = _FRONT.match(text)
    if not found or (found[1].strip() and not has_keys(found[1])):
        return Front(), text
    return read_front(found[1], name), text[found.end():]


def _own(front: Front, body: str, name: str) -> RawArticle:
    """Take the body of an article file of ours as it stands."""
    paragraphs = tuple(line for row in body.split("\n") if (line := " ".join(row.split())))
    if not paragraphs:
        raise ArticleError(Path(name), "no text after the front matter")
    return RawArticle(title=front.title or "", paragraphs=paragraphs, lang=detect_language(body))


def _foreign(front: Front, body: str, name: str) -> RawArticle:
    heading, lines, dropped = plain_lines(unescape_evident(body))
    sifted = sift_lines(lines)
    header = read_header(sifted.kept, front.title or heading)
    if not header.title or (front != Front() and not (front.title or heading) and ends_sentence(header.title)):
        said = f" ({front.notes[0]})" if front.notes else ""
        place = "put the headline in the first line (`# …`) or in the front matter (`title:`)"
        raise ArticleError(Path(name), f"no title found{said}; {place}")
    return assemble(header, Sifted(sifted.kept, (*sifted.dropped, *dropped)), name)
