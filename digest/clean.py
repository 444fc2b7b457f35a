"""Make text that came from anywhere fit to be kept: NFC, no invisible or bidirectional characters, mojibake undone.

Good text stays as it is: quotation marks, ligatures and full-width forms are the source's own, and so are the joiners
U+200C and U+200D, without which Persian and Hindi words fall apart.
"""

import re
import unicodedata

__all__ = ["clean_line", "clean_text"]

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffc"
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff" + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)) + "]",
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_DOUBTFUL = re.compile("[^\x00-\x7f‘’“”–—…«»ğĞşŞıİçÇöÖüÜ]")
"""Mojibake has at least one of these."""
_C1 = re.compile("[\x80-\x9f]")
_PASSES = 10
_PIECE = 5_000
"""Longer lines are repaired in pieces of this many characters, so that time grows with length only."""


def clean_text(text: str) -> str:
    """Return a text without characters that nobody sees, mojibake undone, in NFC; every line break becomes a line feed."""
    text = _join_surrogates(text)
    for _ in range(_PASSES):
        cleaned = _clean_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def clean_line(text: str) -> str:
    """Return a text cleaned and on one line, each run of whitespace one space."""
    for _ in range(_PASSES):  # a space in the place of a line's end may make mojibake of what was none
        line = " ".join(clean_text(text).split())
        if line == text:
            break
        text = line
    return text


def _clean_once(text: str) -> str:
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
        text = "\n".join(_repair(line) for line in text.split("\n"))
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", text)


def _join_surrogates(text: str) -> str:
    """Join pairs of surrogates to the character they mean; drop single ones."""
    if not _SURROGATES.search(text):
        return text
    return _SURROGATES.sub("", text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\ufffd", ""))


def _repair(line: str) -> str:
    """Undo mojibake (UTF-8 read as Latin-1, Windows-1252 and the like) in a line."""
    if not _DOUBTFUL.search(line):
        return line
    if len(line) > _PIECE:
        return "".join(_repair(line[at:at + _PIECE]) for at in range(0, len(line), _PIECE))
    from ftfy import TextFixerConfig, fix_text
    from ftfy.badness import is_bad

    if not is_bad(line) and not _C1.search(line):
        return line
    return fix_text(line, TextFixerConfig(
        unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False,
        uncurl_quotes=False, fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False, normalization=None, explain=False,
    ))
