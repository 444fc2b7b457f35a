"""Seeded test texts: copies as editors make them, and look-alikes, which say the same sentences of other places and numbers."""

import random
import re
from pathlib import Path

from digest.models import Article

BULLETINS = sorted((Path(__file__).parent / "golden" / "lookalikes").glob("*.txt"))
"""Sentences with slots, a file each, named after their language: `{n}` is a number, `{d}` a day, others are names."""
_LATIN = ["bar", "kel", "mor", "tan", "vis", "dol", "rim", "sar", "nev", "pol", "gri", "lan"]
_ARABIC = ["بارود", "كلمار", "موران", "تانيس", "فيسكا", "دولين", "ريماس", "ساروف", "نيفال", "بولار"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def write_lookalikes(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Return invented bulletins, `count` of each kind, as text and language."""
    chance = random.Random(seed)
    return [(_fill(path.read_text("utf-8"), chance), path.suffixes[0][1:]) for path in BULLETINS for _ in range(count)]


def _fill(sentences: str, chance: random.Random) -> str:
    names = {key: "".join(chance.sample(_LATIN, 2)).capitalize() for key in "pqr"}
    names |= dict(zip("abc", chance.sample(_ARABIC, 3), strict=True)) | {"d": chance.choice(_DAYS)}
    return re.sub(r"\{(\w)\}", lambda slot: names.get(slot[1]) or str(chance.randrange(2, 3000)), sentences)


def edit(article: Article, kind: str, pool: list[str], chance: random.Random) -> str:
    """Return a text as a copy of it may read: one of `EDITS`, with other words taken from a pool."""
    return EDITS[kind](article.text, pool, chance)


def _drop(text: str, _: list[str], chance: random.Random) -> str:
    sentences = re.split(r"(?<=[.!?।。؟])\s+", text)
    for _ in range(min(chance.randint(1, 3), len(sentences) - 3)):
        sentences.pop(chance.randrange(len(sentences)))
    return " ".join(sentences)


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


def _rework(text: str, pool: list[str], chance: random.Random) -> str:
    return _reorder(_change(_drop(text, pool, chance), pool, chance), pool, chance)


def _cut(text: str, _: list[str], chance: random.Random) -> str:
    """Cut the ending off, as agencies' customers do."""
    sentences = re.split(r"(?<=[.!?।。؟])\s+", text)
    return " ".join(sentences[:max(3, round(len(sentences) * chance.uniform(0.4, 0.8)))])


def _credit(text: str, pool: list[str], chance: random.Random) -> str:
    """Add another headline, a dateline and the agency's credit."""
    headline = " ".join(chance.choice(pool) for _ in range(8)).capitalize()
    place = chance.choice(_LATIN).upper()
    return f"{headline}\n\n{place}, {chance.randint(1, 28)} May (North Agency) – {text}\n\n(Reporting by {place.title()} and North Agency)"


def _set(text: str, _: list[str], __: random.Random) -> str:
    """Set a text anew: other quotation marks, dashes and apostrophes, one paragraph."""
    marks = {"“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": " - ", "…": "...", "\n": " "}
    return text.replace("\n\n", " ").translate(str.maketrans(marks))


def _move(text: str, _: list[str], chance: random.Random) -> str:
    sentences = re.split(r"(?<=[.!?।。؟])\s+", text)
    for _ in range(2):
        sentences.insert(chance.randrange(len(sentences)), sentences.pop(chance.randrange(len(sentences))))
    return " ".join(sentences)


def _wire(text: str, pool: list[str], chance: random.Random) -> str:
    return _credit(_set(_replace(_cut(text, pool, chance), pool, chance, chance.uniform(0.02, 0.05)), pool, chance), pool, chance)


def write_followup(earlier: str, news: str, chance: random.Random) -> str:
    """Return other news that ends in two or three sentences in a row of an earlier article, as its background."""
    sentences = re.split(r"(?<=[.!?।。؟])\s+", earlier)
    count = chance.randint(2, 3)
    start = chance.randrange(max(1, len(sentences) // 2), max(2, len(sentences) - count + 1))
    return f"{news}\n\n{' '.join(sentences[start:start + count])}"


EDITS = {"drop": _drop, "change": _change, "reorder": _reorder, "halve": _halve, "rework": _rework, "cut": _cut, "credit": _credit,
         "set": _set, "move": _move, "wire": _wire}
"""Sentences left out; words changed, one to two in twenty; paragraphs in another order; the first half; the first three together;
the ending cut off; a headline, dateline and credit added; other marks and no paragraphs; sentences moved; a wire copy: cut, set
anew and credited, with one word in fifty to twenty changed."""
