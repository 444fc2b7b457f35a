"""Make built pages smaller without changing what a browser makes of them."""

import re
from pathlib import Path

from digest.content import write_file

__all__ = ["tidy_page", "tidy_pages"]

_KEPT = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\f]*\n\s*|[ \t\r\f]{2,}")
_REFERENCE = re.compile(r"&#(\d{1,7});")
_SPECIAL = frozenset("&<>\"'`")
"""What keeps its numeric reference: it could end a text or an attribute, or begin something."""


def tidy_pages(site: Path) -> None:
    """Tidy every page of a site."""
    for path in sorted(site.rglob("*.html")):
        before = path.read_text("utf-8")
        after = tidy_page(before)
        if after != before:
            write_file(path, after)


def tidy_page(page: str) -> str:
    """Return a page with its printable ASCII characters written as such, and without indentation and empty lines.

    In Markdown every sign is written as a numeric reference, so that no Markdown is found in it; a browser needs that of few. Elements
    in which blanks count stay as they are.
    """
    pieces = _KEPT.split(page)
    return "".join(_tidy(piece) if number % 3 == 0 else piece for number, piece in enumerate(pieces) if number % 3 != 2)


def _tidy(markup: str) -> str:
    return _BLANK.sub(lambda found: "\n" if "\n" in found[0] else " ", _REFERENCE.sub(_plain, markup))


def _plain(found: re.Match[str]) -> str:
    number = int(found[1])
    return chr(number) if 32 < number < 127 and chr(number) not in _SPECIAL else found[0]
