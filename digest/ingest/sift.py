"""Part the lines of a source into the article's and the page's, and keep what the page's lines tell about it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.ingest.junk import OPENS_TAIL, address_of, ends_sentence, is_menu, kind_of_junk
from digest.ingest.names import name_of_host, notice_outlet, own_promo_host
from digest.ingest.raw import Dropped
from digest.settings import is_address

__all__ = ["Sifted", "drop_subheadings", "fold", "sift_lines"]

_SUBHEADING = 80
_PARAGRAPH = 100
_MAY_BE_TITLE = {"promo", "caption", "source", "tags", "menu", "credits", "subscription"}
_PAGE_TOP = {"menu", "subscription"}
"""Below other lines of the page, a line of these kinds is not the title."""
_NOT_THE_PAGE = re.compile(r"//(?:www\.)?(?:facebook|twitter|x|t|instagram|youtube|youtu|wa|vk)\.(?:com|me|be|co)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_AFTER_COLON = re.compile(r"[:：]\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Sifted:
    """The article's lines, and the others by kind."""

    kept: tuple[str, ...]
    dropped: tuple[Dropped, ...]

    def _of(self, *kinds: str) -> tuple[str, ...]:
        return tuple(line.text for line in self.dropped if line.kind in kinds)

    @property
    def url(self) -> str | None:
        """The page's address: one that is called its source, else one that stands alone."""
        stated = [_rest(line) for line in self._of("source")]
        found = (url for line in (*stated, *self._of("address")) if (url := address_of(line)))
        return next((url for url in found if is_address(url) and not _NOT_THE_PAGE.search(url)), None)

    @property
    def outlet(self) -> str | None:
        """The outlet that a notice or a source line names."""
        named = [notice_outlet(line) for line in self._of("notice")]
        stated = [_rest(line).strip(" .*_") for line in self._of("source") if not address_of(_rest(line))]
        return next((name for name in (*named, *stated) if name and any(map(str.isalpha, name)) and len(name.split()) <= 6), None)

    @property
    def host(self) -> str | None:
        """The host that the page's promos call its own."""
        return own_promo_host(iter(self._of("promo")))

    @property
    def promoted(self) -> str | None:
        """The outlet's name as far as that host tells it."""
        return name_of_host(self.host) if self.host else None

    @property
    def tags(self) -> tuple[str, ...]:
        """What a line of tags lists."""
        listed = (part.strip(" #.") for line in self._of("tags") for part in re.split(r"[,;|#،]", _rest(line)))
        return tuple(dict.fromkeys(tag for tag in listed if tag))[:20]


def _rest(line: str) -> str:
    found = _AFTER_COLON.search(line)
    return found[1] if found else ""


@lru_cache(maxsize=64)
def fold(text: str) -> str:
    """Return a text's letters and digits only, caseless, to compare lines that are printed twice."""
    return " ".join(_WORD.findall(text.casefold()))


def sift_lines(lines: Iterable[str]) -> Sifted:
    """Part lines into the article's and the page's."""
    kept: list[str] = []
    dropped: list[Dropped] = []
    tail = False
    for line in lines:
        kind = kind_of_junk(line) or ("navigation" if not kept and is_menu(line) else None)
        if kind in _MAY_BE_TITLE and not kept and len(line.split()) > 3 and not (kind in _PAGE_TOP and dropped):
            kind = None
        tail = (tail or kind in OPENS_TAIL) and not _is_paragraph(line, kind)
        if kind is None and tail and kept and _is_paragraph(kept[-1], None) and not ends_sentence(line):
            kind = "tail"
        if kind:
            dropped.append(Dropped(kind, line))
        else:
            kept.append(line)
    return Sifted(tuple(kept), tuple(dropped))


def _is_paragraph(line: str, kind: str | None) -> bool:
    return kind is None and (ends_sentence(line) or len(line) > _PARAGRAPH)


def drop_subheadings(lines: Sequence[str]) -> tuple[tuple[str, ...], tuple[Dropped, ...]]:
    """Take out short lines that stand between two paragraphs and end no sentence."""
    out = {at for at in range(1, len(lines) - 1) if _is_subheading(lines[at]) and _frames(lines[at - 1]) and _frames(lines[at + 1])}
    kept = tuple(line for at, line in enumerate(lines) if at not in out)
    return kept, tuple(Dropped("subheading", lines[at]) for at in sorted(out))


def _is_subheading(line: str) -> bool:
    short = len(line) <= _SUBHEADING and len(line.split()) <= 12
    return short and line[0].isalpha() and not line[0].islower() and line[-1] not in ".!?…:;,。！？؟।\"”»"


def _frames(line: str) -> bool:
    return len(line) > _PARAGRAPH // 2 and ends_sentence(line)
