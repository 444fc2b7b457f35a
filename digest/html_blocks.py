"""Lead the blocks of HTML of a page around the Markdown converter, which would read them twice and change nothing in them.

The pages that templates write are HTML but for their headings. Python-Markdown passes blocks of HTML through, and finds them with a
parser written in Python; MkDocs looks through them once more for anchors. That took a tenth of a cold build.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown.util import BLOCK_LEVEL_ELEMENTS

__all__ = ["may_pass", "put_back", "take_out"]

_EXTENSIONS = frozenset(("attr_list", "fenced_code", "tables", "toc"))
"""Extensions of Markdown that do nothing within blocks of HTML, once there is no fence in them: MkDocs' own, and attr_list."""
_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_UNSURE = re.compile(r"<[!?]|<(?:script|style|textarea)\b|^ {0,3}(?:```|~~~)|[\t\r\x02\x03]|<(?!/?[a-z])|data-block=", re.MULTILINE)
"""What blocks end or change at by rules of their own."""
_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS)
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_EDGES = ("", "\n")
_PLACE = re.compile(r'<div data-block="(\d+)"></div>')


def may_pass(extensions: Iterable[str]) -> bool:
    """Return whether blocks of HTML stay as they are with these extensions of Markdown."""
    return _EXTENSIONS.issuperset(extensions)


def take_out(markdown: str) -> tuple[str, tuple[str, ...]]:
    """Return Markdown with a short mark in the place of each run of blocks of HTML, and these; as it is where that is not sure."""
    spans = [] if _UNSURE.search(markdown) else _find_runs(markdown)
    ends = [0, *(end for _, end in spans)]
    left = [markdown[end:start] for end, (start, _) in zip(ends, spans, strict=False)]
    marked = "".join(f'{text}\n\n<div data-block="{number}"></div>\n\n' for number, text in enumerate(left))
    return marked + markdown[ends[-1]:], tuple(markdown[start:end] for start, end in spans)


def put_back(html: str, blocks: Sequence[str]) -> str:
    """Return what Markdown became with the blocks of HTML that were taken out of it."""
    return _PLACE.sub(lambda place: blocks[int(place[1])], html) if blocks else html


def _find_runs(markdown: str) -> list[tuple[int, int]]:
    """Return where runs of blocks with nothing but blanks between them begin and end; nothing where an element is left open."""
    runs: list[tuple[int, int]] = []
    for start, end in _find_blocks(markdown):
        if end < 0:
            return []
        if runs and not markdown[runs[-1][1]:start].strip():
            runs[-1] = runs[-1][0], end
        else:
            runs.append((start, end))
    return runs


def _find_blocks(markdown: str) -> Iterator[tuple[int, int]]:
    """Yield where each block begins and ends: an element of a kind that is a block and that no other holds.

    It ends at -1 where the elements are not nested, or where a block is not alone on its lines.
    """
    opened: list[str] = []
    start = 0
    for tag in _TAG.finditer(markdown):
        closing, name = tag[1], tag[2]
        if not opened:
            start = tag.start()
        if closing:
            if not opened or opened.pop() != name:
                yield start, -1
        elif name not in _VOID and not tag[0].endswith("/>"):
            opened.append(name)
        if not opened and name in _BLOCKS:
            alone = closing and markdown[max(0, start - 1):start] in _EDGES and markdown[tag.end():tag.end() + 1] in _EDGES
            yield start, tag.end() if alone else -1
    if opened:
        yield start, -1
