"""Tell a name that only looks like another: `Rеuters` with a Cyrillic letter (in the manner of Unicode UTS 39, 4)."""

import unicodedata

__all__ = ["looks_like"]

_PAIRS = """
аa АA ВB сc СC еe ЕE һh НH іi ІI јj ЈJ кk КK МM оo ОO рp РP ԛq ѕs ЅS ТT уy УY ѵv ԝw хx ХX ԁd гr ьb
αa ΑA ΒB ϲc ΕE ΗH ιi ΙI κk ΚK ΜM νv ΝN οo ΟO ρp ΡP ΤT υu ΥY χx ΧX ΖZ σo ωw
օo սu հh ոn ցg ԍg ɑa ɡg ıi ӏl 0o 1l Il |l ǀl
"""
_PLAIN = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})


def looks_like(name: str, other: str) -> bool:
    """Return whether two names look the same, though they may be written with other letters."""
    return _bones(name) == _bones(other)


def _bones(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.translate(_PLAIN)).translate(_PLAIN)
    return "".join(c for c in apart.casefold() if c.isalnum())
