"""Editors' own translations, `translations/<language>.yml`: they win over every engine and are labelled as theirs."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from digest._yaml import Block, did_you_mean, read_blocks
from digest.content import format_scalar, write_file
from digest.errors import SettingsError
from digest.escape import visible
from digest.settings import read_editors_file

__all__ = ["FOLDER", "Correction", "Corrections", "find_blank", "find_idle", "forget_corrections", "guess_original", "read_corrections"]

FOLDER = "translations"
"""The folder's name in a content folder."""
_KEYS = ("original", "translation", "by", "why")
_ALIKE = 0.8
"""How alike an original and a text are, from 0 to 1, that is taken for what was meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What an editor wrote in the place of an engine's translation."""

    original: str
    """On one line, however it stands in the article."""
    translation: str
    """Empty where it is still to be filled in."""
    by: str | None
    why: str | None
    path: Path
    line: int


Corrections = Mapping[str, Mapping[str, Correction]]
"""By language, as `digest.yml` names it, and by original."""


def read_corrections(content: Path, languages: Sequence[str]) -> Corrections:
    """Read the editors' translations into these languages.

    Raises:
        SettingsError: a file is wrong, or of a language that the digest is not told in.
    """
    for path in _files(content):
        if path.stem not in languages:
            raise SettingsError(path, f"digest.yml has no language {path.stem!r}{did_you_mean(path.stem, languages)}"
                                      f"; it has {', '.join(languages)}")
    return {lang: {row.original: row for row in _read(content / FOLDER / f"{lang}.yml") if row.translation} for lang in languages}


def find_blank(content: Path, languages: Sequence[str]) -> tuple[Correction, ...]:
    """Return the entries whose translation is still to be filled in; `read_corrections` passes them over.

    Raises:
        SettingsError: a file is wrong.
    """
    return tuple(row for lang in languages for row in _read(content / FOLDER / f"{lang}.yml") if not row.translation)


def _files(content: Path) -> list[Path]:
    return sorted((content / FOLDER).glob("*.yml"))


def _read(path: Path) -> tuple[Correction, ...]:
    rows: list[Correction] = []
    found: dict[str, Correction] = {}
    for block in read_blocks(read_editors_file(path), path):
        correction = _correction(block, path)
        if correction.translation:
            if earlier := found.get(correction.original):
                raise block.error(f"original: it is translated in line {earlier.line} too; keep one", at="original")
            found[correction.original] = correction
        rows.append(correction)
    return tuple(rows)


def _correction(block: Block, path: Path) -> Correction:
    block.skip(*_KEYS)
    block.finish()
    original, translation = (" ".join(text.split()) for text in (block.need("original"), block.text("translation") or ""))
    if not visible(original):
        raise block.error("original is empty; expected a text", at="original")
    if "translation" not in block:
        block.need("translation")
    return Correction(original=original, translation=translation if visible(translation) else "", by=block.text("by"),
                      why=block.text("why"), path=path, line=block.line("original"))


def find_idle(corrections: Corrections, wanted: Mapping[str, Collection[str]]) -> Iterator[Correction]:
    """Yield the corrections that do not apply: their original is none of the texts that are told in their language."""
    for lang, rows in sorted(corrections.items()):
        texts = {" ".join(text.split()) for text in wanted.get(lang, ())}
        yield from (row for original, row in rows.items() if original not in texts)


def guess_original(text: str, texts: Collection[str]) -> str | None:
    """Return the text that an original was probably meant to be; None where none is like it."""
    found = get_close_matches(text, [" ".join(one.split()) for one in texts], 1, _ALIKE)
    return found[0] if found else None


def forget_corrections(content: Path, texts: Sequence[str]) -> tuple[Path, ...]:
    """Take out every correction whose original stands in one of these texts; return the files that changed.

    Such a file is written anew, with the comment at its head and no other: a comment may hold the same words.
    """
    folded = [" ".join(text.split()) for text in texts]
    changed = []
    for path in _files(content):
        rows = _read(path)
        kept = [row for row in rows if not any(row.original in text for text in folded)]
        if len(kept) < len(rows):
            write_file(path, _head(path, folded) + "".join(map(_format, kept)))
            changed.append(path)
    return tuple(changed)


def _head(path: Path, texts: Sequence[str]) -> str:
    """Return the lines of comment that a file begins with, without those that hold words of these texts."""
    lines = []
    for line in read_editors_file(path).splitlines():
        if not line.startswith("#"):
            break
        words = line.lstrip("# ").strip()
        if not words or not any(words in text or text in words for text in texts):
            lines.append(f"{line}\n")
    return "".join(lines)


def _format(row: Correction) -> str:
    fields = {"original": row.original, "translation": row.translation, "by": row.by, "why": row.why}
    return "- " + "  ".join(f"{key}: {format_scalar(value)}\n" for key, value in fields.items() if value is not None)
