"""A press whose charts have everything: years, single days, copies, texts that several outlets carry, many outlets and unknown ones."""

import random
from pathlib import Path

from copying import PLACES

from digest.content import format_article

__all__ = ["OVERRIDES", "YEARS", "write_press"]

YEARS = 15
"""Articles of the long topic, one a year and outlet."""


def _text(number: int) -> list[str]:
    """Return a text that shares hardly a word with any other."""
    chance = random.Random(number)
    words = ["".join(chance.choices(PLACES, k=3)) for _ in range(30)]
    return [f"The {words[0]} of Tessel met {' '.join(words[1:8])} near the {words[8]} on the hill.",
            f"{words[9].capitalize()} and {words[10].capitalize()} called it a {words[11]} beside {' '.join(words[12:20])}.",
            f"No {words[20]} was lost, and the {words[21]} stays with {' '.join(words[22:])} until further notice."]


def _write(content: Path, ident: str, number: int, **front: object) -> None:
    path = content / "articles" / "2031" / "07" / f"{ident}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    facts = {"title": f"{ident.replace('-', ' ').capitalize()} of Tessel", "outlet": "open-gazette", "lang": "en"} | front
    path.write_text(format_article(facts, _text(number)), "utf-8")


def write_press(content: Path) -> None:
    """Write articles: of a long topic, of a topic whose texts several outlets carry, and of one of a single day."""
    for number in range(YEARS):
        _write(content, f"long-{number:02}", number, published=f"{2016 + number}-0{1 + number % 9}-1{number % 10}",
               outlet=f"Tessel Paper {number:02}")
    for number, outlets in ((40, ("open-gazette", "quay-herald", "<b>Bold</b> & Co")), (41, ("quay-herald", None, "sawt-al-mina"))):
        for copy, outlet in enumerate(outlets):
            _write(content, f"shared-{number}-{copy}", number, published=f"2031-07-0{number - 38}T1{copy}:00+00:00", outlet=outlet)
    _write(content, "shared-42-0", 42, published="2031-07-05", outlet="lantern-wire")
    _write(content, "shared-43-0", 43, outlet="lantern-wire")
    _write(content, "alone-00", 60, published="2031-07-09")


_SHARED = ", ".join(f"shared-{number}-{copy}" for number, copies in ((40, 3), (41, 3), (42, 1), (43, 1)) for copy in range(copies))
OVERRIDES = f"""\
topics:
  - only: [{", ".join(f"long-{number:02}" for number in range(YEARS))}]
  - only: [{_SHARED}]
"""
