"""Turn Markdown into plain lines, one a paragraph, in time that grows with length only. Nothing is interpreted as HTML."""

import re
from collections.abc import Iterator, Sequence

from digest.ingest.raw import Dropped

__all__ = ["plain_line", "plain_lines"]

_HEADING = re.compile(r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?=\S)")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\[]{1,200}\]:\s*<?https?://\S+>?(?:\s+[\"'(].{0,200})?$")
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_LINK = re.compile(r"\[([^\[\]]+)\](?:\((?:<[^<>]*>|[^()\s]*)(?:\s+\"[^\"]*\")?\)|\[[^\[\]]*\])")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_]+)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=\S)([^*_]+)(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_SHELTER = 0xF0000
_SHELTERED = re.compile("[\U000f0021-\U000f007e]")
"""Where escaped characters stand while marks are taken away: private use, one for each of ASCII."""
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def plain_lines(text: str) -> tuple[str | None, list[str], tuple[Dropped, ...]]:
    """Return the first top heading of a Markdown text, its paragraphs as lines, and what was left out."""
    title, lines, dropped = None, [], []
    for kind, line in _blocks(text.split("\n")):
        plain = line if kind == "code" else plain_line(line)
        if kind == "h1" and title is None and plain:
            title = plain
        elif kind in {"h1", "heading"} and plain:
            dropped.append(Dropped("subheading", plain))
        elif kind == "definition" or (not plain and line):
            dropped.append(Dropped("link definition" if kind == "definition" else "image", line))
        elif plain:
            lines.append(plain)
    return title, lines, tuple(dropped)


def plain_line(line: str) -> str:
    """Return one line of Markdown without its marks."""
    if _is_bold(line):
        return line
    line = _ESCAPE.sub(lambda found: chr(_SHELTER + ord(found[1])), line)
    line = _LINK.sub(r"\1", _IMAGE.sub(" ", line)) if "](" in line or "][" in line else line
    line = _AUTOLINK.sub(r"\1", line)
    for mark in (_STRONG, _STRONG, _EMPHASIS, _EMPHASIS):
        line = mark.sub(r"\2", line)
    line = _CODE.sub(r"\1", line)
    return " ".join(_SHELTERED.sub(lambda found: chr(ord(found[0]) - _SHELTER), line).split())


def _is_bold(line: str) -> bool:
    """Return whether a line is bold as a whole: it may be the title."""
    return bool(re.fullmatch(r"\*\*[^*]+\*\*", line))


def _blocks(rows: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each block's kind and its text on one line."""
    paragraph: list[str] = []
    fence = ""
    for row in rows:
        if fence:
            fence = "" if row.strip().startswith(fence) and not row.strip().strip(fence[0]) else fence
            if fence:
                yield "code", " ".join(row.split())
            continue
        kind, words = _row(row, paragraph)
        if kind == "more":
            paragraph.append(words)
            continue
        if kind.startswith("setext"):
            yield kind.removeprefix("setext "), " ".join(paragraph)
            paragraph = []
            continue
        if paragraph:
            yield "paragraph", " ".join(paragraph)
        paragraph = [words] if kind == "item" else []
        if kind == "fence":
            fence = words
        elif kind not in {"blank", "item"}:
            yield kind, words
    if paragraph:
        yield "paragraph", " ".join(paragraph)


def _row(row: str, paragraph: Sequence[str]) -> tuple[str, str]:
    """Return what one row of Markdown is: blank, fence, h1, heading, setext …, definition, rule, item, or more of a paragraph."""
    if not row.strip():
        return "blank", ""
    if found := _FENCE.match(row):
        return "fence", found[1]
    if found := _HEADING.match(row):
        return ("h1" if len(found[1]) == 1 else "heading"), found[2] or ""
    if (found := _UNDERLINE.match(row)) and len(paragraph) == 1:
        return ("setext h1" if found[1][0] == "=" else "setext heading"), ""
    if _DEFINITION.match(row):
        return "definition", row.strip()
    if not row.strip(" -*_"):
        return "paragraph", row.strip()
    words = _QUOTE.sub("", row)
    item = _BULLET.match(words)
    return ("item", words[item.end():].strip()) if item else ("more", words.strip())
