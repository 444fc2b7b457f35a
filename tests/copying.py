"""Seeded copies of one text, as outlets and editors make them."""

import random
import re
from collections.abc import Callable, Mapping, Sequence

from digest.models import Article
from digest.words import words

PLACES = ["bar", "kel", "mor", "tan", "vis", "dol", "rim", "sar", "nev", "pol", "gri", "lan"]
"""Syllables of invented names."""
_END = re.compile(r"(?<=[.!?।。؟])\s+")


def edit(article: Article, kind: str, pool: list[str], chance: random.Random) -> str:
    """Return a text as a copy of it may read: one of `EDITS` or `REWORKS`, with other words taken from a pool."""
    return (EDITS | REWORKS)[kind](article.text, pool, chance)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, roughly."""
    return _END.split(text)


def write(pool: Sequence[str], count: float, chance: random.Random) -> str:
    """Return a sentence of so many words of a pool."""
    return " ".join(chance.choices(pool, k=max(1, round(count)))).capitalize() + "."


def _drop(text: str, _: list[str], chance: random.Random) -> str:
    parts = sentences(text)
    for _ in range(min(chance.randint(1, 3), len(parts) - 3)):
        parts.pop(chance.randrange(len(parts)))
    return " ".join(parts)


def _change(text: str, pool: list[str], chance: random.Random) -> str:
    return _replace(text, pool, chance, chance.uniform(0.05, 0.1))


def _replace(text: str, pool: list[str], chance: random.Random, share: float) -> str:
    return " ".join(chance.choice(pool) if chance.random() < share else word for word in text.split(" "))


def _reorder(text: str, _: list[str], chance: random.Random) -> str:
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    if len(paragraphs) > 1:
        one, other = chance.sample(range(len(paragraphs)), 2)
        paragraphs[one], paragraphs[other] = paragraphs[other], paragraphs[one]
    return "\n\n".join(paragraphs)


def _halve(text: str, _: list[str], __: random.Random) -> str:
    return text[:len(text) // 2]


def _excerpt(text: str, _: list[str], chance: random.Random) -> str:
    return " ".join(sentences(text)[:chance.randint(2, 3)])


def _cut(text: str, _: list[str], chance: random.Random) -> str:
    parts = sentences(text)
    return " ".join(parts[:max(3, round(len(parts) * chance.uniform(0.4, 0.8)))])


def _credit(text: str, pool: list[str], chance: random.Random) -> str:
    headline = " ".join(chance.choice(pool) for _ in range(8)).capitalize()
    place = chance.choice(PLACES).upper()
    return f"{headline}\n\n{place}, {chance.randint(1, 28)} May (North Agency) – {text}\n\n(Reporting by {place.title()} and North Agency)"


def _set(text: str, _: list[str], __: random.Random) -> str:
    marks = {"“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": " - ", "…": "...", "\n": " "}
    return text.replace("\n\n", " ").translate(str.maketrans(marks))


def _move(text: str, _: list[str], chance: random.Random) -> str:
    parts = sentences(text)
    for _ in range(2):
        parts.insert(chance.randrange(len(parts)), parts.pop(chance.randrange(len(parts))))
    return " ".join(parts)


def _wire(text: str, pool: list[str], chance: random.Random) -> str:
    return _credit(_set(_replace(_cut(text, pool, chance), pool, chance, chance.uniform(0.02, 0.05)), pool, chance), pool, chance)


def _open(text: str, pool: list[str], chance: random.Random) -> str:
    parts = text.split()
    count = min(60, round(len(parts) * chance.uniform(0.1, 0.25)))
    return f"{write(pool, count * chance.uniform(0.8, 1.2), chance)}\n\n{' '.join(parts[count:])}"


def _extend(text: str, pool: list[str], chance: random.Random) -> str:
    return f"{text}\n\n{write(pool, len(words(text)) * chance.uniform(0.1, 0.4), chance)}"


def _update(text: str, _: list[str], chance: random.Random) -> str:
    numbers, names = re.findall(r"\b\d+\b", text), re.findall(r"\b[A-ZÀ-ÝА-Я]\w{5,}\b", text)
    if numbers:
        text = text.replace(chance.choice(numbers), str(chance.randint(2, 99)), 1)
    name = chance.choice(names) if names else ""
    return text.replace(name, name[:-2] + name[-1]) if name else text


def _edition(text: str, pool: list[str], chance: random.Random) -> str:
    parts = sentences(_replace(_update(text, pool, chance), pool, chance, 0.02))
    if len(parts) > 5:
        parts.pop(chance.randrange(len(parts)))
    parts.insert(chance.randrange(len(parts) + 1), write(pool, 12, chance))
    return " ".join(parts)


def _state(text: str, pool: list[str], chance: random.Random) -> str:
    return f"{write(pool, len(words(text)) * chance.uniform(0.1, 0.6), chance)}\n\n{text}"


def _rework(text: str, pool: list[str], chance: random.Random) -> str:
    return _reorder(_change(_drop(text, pool, chance), pool, chance), pool, chance)


def _retold(text: str, pool: list[str], chance: random.Random) -> str:
    return _open(_cut(text, pool, chance), pool, chance)


Edit = Callable[[str, list[str], random.Random], str]
EDITS: Mapping[str, Edit] = {
    "drop": _drop, "change": _change, "reorder": _reorder, "halve": _halve, "excerpt": _excerpt, "cut": _cut, "credit": _credit,
    "set": _set, "move": _move, "wire": _wire, "open": _open, "extend": _extend, "update": _update, "edition": _edition, "state": _state}
"""One to three sentences left out; words changed, one to two in twenty; two paragraphs swapped; the first half; the first sentences;
the ending cut off; a headline, dateline and credit added; other marks and no paragraphs; two sentences moved; a wire copy: cut, set
anew and credited, with one word in fifty to twenty changed; the opening written anew, up to a quarter of the text; a paragraph added at
the end; one number and the spelling of one name; a later edition: that, and words, a sentence added and, of six and
more, one left out; a live blog's
later state: new entries above all earlier ones, less of them."""
REWORKS: Mapping[str, Edit] = {"rework": _rework, "retold": _retold}
"""No light edits: sentences left out, words changed and paragraphs swapped at once; the ending cut off and the opening written anew, which
reads like a follow-up that repeats much."""
