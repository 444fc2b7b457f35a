"""The phrases of `phrases.txt`: what the lines around an article say, in many languages, as data."""

import re
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["any_of", "may_hold", "words"]

_GROUP = re.compile(r"\((?:\?:)?[^()]*\)(?:[?*+]|\{[^{}]*\})?")
_NO_LETTER = re.compile(r"\[[^\]]*\](?:[?*+]|\{[^{}]*\})?|\\?.(?:[?*+]|\{[^{}]*\})|\\.|[.^$()]|\0")
"""What in a phrase without groups is no letter that must stand there."""


@cache
def _kinds() -> dict[str, tuple[str, ...]]:
    kinds: dict[str, list[str]] = {}
    for line in files("digest.ingest").joinpath("phrases.txt").read_text("utf-8").splitlines():
        if heading := re.fullmatch(r"\[([a-z ]+)\]", line):
            kind = kinds.setdefault(heading[1], [])
        elif line and not line.startswith("#"):
            kind.append(line)
    return {name: tuple(lines) for name, lines in kinds.items()}


@cache
def any_of(kind: str) -> str:
    """Return a regular expression for any of a kind's phrases."""
    return "(?:" + "|".join(_kinds()[kind]) + ")"


@cache
def words(kind: str) -> frozenset[str]:
    """Return a kind's words."""
    return frozenset(word for line in _kinds()[kind] for word in re.split(r"\s+", line))


def may_hold(kind: str, line: str) -> bool:
    """Return whether a line has the letters of one of a kind's phrases: far cheaper than to look for the phrases, case ignored."""
    return any(map(_folded(line).__contains__, _letters(kind)))


@cache
def _letters(kind: str) -> tuple[str, ...]:
    """Return the longest run of letters of each of a kind's phrases that stands in whatever is one."""
    return tuple(dict.fromkeys(_folded(_longest_run(phrase)) for phrase in _kinds()[kind]))


def _longest_run(phrase: str) -> str:
    while (bare := _GROUP.sub("\0", phrase)) != phrase:
        phrase = bare
    return "" if "|" in phrase else max(_NO_LETTER.split(phrase), key=len)


@lru_cache(maxsize=1)
def _folded(text: str) -> str:
    """Return a text caseless, as regular expressions are that ignore case: to them İ and ı are i."""
    return text.replace("İ", "i").replace("ı", "i").casefold()
