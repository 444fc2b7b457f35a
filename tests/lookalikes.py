"""Seeded texts that are no copies: follow-ups, articles on one statement, roundups, and bulletins of other places and numbers."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from copying import PLACES, sentences

from digest.terms import find_names
from digest.words import split, words

BULLETINS = sorted((Path(__file__).parent / "golden" / "lookalikes").glob("*.txt"))
"""Sentences with slots, a file each, named after their language: `{n}` is a number, `{d}` a day, others are names."""
_ARABIC = ["بارود", "كلمار", "موران", "تانيس", "فيسكا", "دولين", "ريماس", "ساروف", "نيفال", "بولار"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def write_lookalikes(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Return invented bulletins of other places and numbers, `count` of each kind, as text and language."""
    chance = random.Random(seed)
    return [(_fill(path.read_text("utf-8"), _names(chance), chance), path.suffixes[0][1:]) for path in BULLETINS for _ in range(count)]


def write_bulletins(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Return invented daily bulletins, of each kind `count` of one place with other numbers, as text and language."""
    chance = random.Random(seed)
    series = [(path, _names(chance)) for path in BULLETINS]
    return [(_fill(path.read_text("utf-8"), names | {"d": chance.choice(_DAYS)}, chance), path.suffixes[0][1:])
            for path, names in series for _ in range(count)]


def _names(chance: random.Random) -> dict[str, str]:
    names = {key: "".join(chance.sample(PLACES, 2)).capitalize() for key in "pqr"}
    return names | dict(zip("abc", chance.sample(_ARABIC, 3), strict=True)) | {"d": chance.choice(_DAYS)}


def _fill(text: str, names: Mapping[str, str], chance: random.Random) -> str:
    return re.sub(r"\{(\w)\}", lambda slot: names.get(slot[1]) or str(chance.randrange(2, 3000)), text)


def _size(parts: Sequence[str]) -> int:
    return sum(len(words(part)) for part in parts)


def _some(parts: Sequence[str], most: float) -> list[str]:
    """Return the first sentences that have no more than so many words together."""
    return list(parts[:next((end for end in range(len(parts)) if _size(parts[:end + 1]) > most), len(parts))])


def _half(text: str, where: str, chance: random.Random) -> list[str]:
    """Return a fifth to a half of a text, or less: sentences from its beginning, up to its end, or here and there."""
    parts, most = sentences(text), len(words(text)) * chance.uniform(0.2, 0.5)
    if where == "end":
        return _some(parts[::-1], most)[::-1]
    if where == "anywhere":
        order = {at: parts[at] for at in chance.sample(range(len(parts)), len(parts))}
        taken = len(_some(list(order.values()), most))
        return [parts[at] for at in sorted(list(order)[:taken])]
    return _some(parts, most)


def _mixed(one: Sequence[str], other: Sequence[str], chance: random.Random) -> str:
    """Return sentences of two texts, each in their order, the other's not first."""
    places = sorted(chance.randint(1, len(one)) for _ in other)
    parts = list(one)
    for sentence, at in reversed(list(zip(other, places, strict=True))):
        parts.insert(at, sentence)
    return " ".join(parts)


def _background(earlier: str, news: str, _: str, chance: random.Random) -> list[str]:
    parts, count = sentences(earlier), chance.randint(2, 3)
    start = chance.randint(len(parts) // 2, max(len(parts) // 2, len(parts) - count))
    return _follow(earlier, [news], parts[start:start + count], len(news))


def _after(where: str) -> "Make":
    return lambda earlier, news, _, chance: _follow(earlier, sentences(news), _half(earlier, where, chance), len(news))


def _within(earlier: str, news: str, _: str, chance: random.Random) -> list[str]:
    parts = sentences(news)
    return _follow(earlier, parts, _half(earlier, chance.choice(["start", "end"]), chance), chance.randint(1, len(parts)))


def _brief(earlier: str, news: str, _: str, chance: random.Random) -> list[str]:
    """Return news of hardly more than sixty words, and all that it repeats."""
    parts = sentences(news)
    short = len(_some(parts, 60)) + 1
    return _follow(earlier, parts[:short], _half(earlier, chance.choice(["start", "end"]), chance), short)


def _follow(earlier: str, news: Sequence[str], told: Sequence[str], at: int) -> list[str]:
    """Return a text and news that repeats up to half of it from a place on; nothing where that is no sentence, or more than half."""
    fits = told and 2 * _size(told) <= len(words(earlier))
    return [earlier, _put(news, told, at)] if fits else []


def _put(own: Sequence[str], told: Sequence[str], at: int) -> str:
    return " ".join([*own[:at], *told, *own[at:]])


def _scattered(earlier: str, news: str, _: str, chance: random.Random) -> list[str]:
    told = _half(earlier, "anywhere", chance)
    return [earlier, _mixed(sentences(news), told, chance)] if told else []


def _press(one: str, other: str, third: str, chance: random.Random) -> list[str]:
    """Return two articles with one statement, in quotation marks, up to half of either."""
    said = [f"“{sentence}”" for sentence in _statement(one, other, third, chance)]
    return [_mixed(sentences(text), said, chance) for text in (one, other)] if said else []


def _release(one: str, other: str, third: str, chance: random.Random) -> list[str]:
    """Return two articles that carry the sentences of one release without saying so, up to half of either, all in one place."""
    parts = _statement(one, other, third, chance)
    return [_put(own, parts, chance.randint(1, len(own))) for own in map(sentences, (one, other))] if parts else []


def _statement(one: str, other: str, third: str, chance: random.Random) -> list[str]:
    return _some(sentences(third), min(len(words(one)), len(words(other))) * chance.uniform(0.3, 1))


def _roundup(one: str, other: str, third: str, chance: random.Random) -> list[str]:
    """Return two articles and a roundup of the day that repeats them whole after another one."""
    whole = f"{third}\n\n{one}\n\n{other}"
    return [one, other, whole] if 3 * max(len(words(one)), len(words(other))) <= len(words(whole)) else []


def _blog(earlier: str, news: str, more: str, _: random.Random) -> list[str]:
    """Return a live blog's earlier state and a later one with at least twice as many new entries above it."""
    later = f"{news}\n\n{more}\n\n{earlier}"
    return [earlier, later] if 3 * len(words(earlier)) <= len(words(later)) else []


def _retell(text: str, other: str, third: str, chance: random.Random) -> list[str]:
    """Return a text and its sentences with other names and numbers; nothing where it has few of them."""
    parts = split(text)
    named, pool = _named(text), sorted(name for name in _named(f"{other} {third}") - _named(text) if name.isalpha())
    filled = [part for part in parts[1::2] if part.lower() in named or part[0].isdecimal()]
    if len({part.lower() for part in filled}) < 8 or len(filled) < 0.04 * len(parts) or len(pool) < 8:
        return []
    others = {word: str(chance.randint(2, 999)) if word[0].isdecimal() else chance.choice(pool).capitalize()
              for word in sorted({part.lower() for part in filled})}
    return [text, "".join(others.get(part.lower(), part) if at % 2 else part for at, part in enumerate(parts))]


def _named(text: str) -> frozenset[str]:
    return find_names(split(text), "en")


Make = Callable[[str, str, str, random.Random], list[str]]
"""What makes texts that are no copies of each other out of three articles in one language."""
APART: Mapping[str, Make] = {
    "background": _background, "after-start": _after("start"), "after-end": _after("end"), "within": _within, "scattered": _scattered,
    "brief": _brief, "press": _press, "release": _release, "roundup": _roundup, "blog": _blog, "retell": _retell}
"""Follow-ups: two or three sentences of an earlier article at the end; a fifth to a half of it there, from its beginning, or its ending;
in the middle; here and there; after a short piece of news. Two articles on one statement, quoted or not; a roundup; a live blog that has
moved on; the same sentences of other names and numbers."""
