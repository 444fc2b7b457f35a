"""The phrases of `phrases.txt`: what the lines around an article say, in many languages, as data."""

import re
from functools import cache
from importlib.resources import files

__all__ = ["any_of", "words"]


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
