"""Make an archive of invented news in memory: seeded, and the first articles are the same however many are made."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, islice
from pathlib import Path

from digest.models import Article, When
from digest.terms import function_words

__all__ = ["make_news"]

FIRST = date(2024, 1, 1)
A_DAY = 500
"""Articles a day."""
LANGS = ("en", "en", "en", "es", "de", "tr")
"""What events are reported in first; English is the commonest."""
VOCABULARY, NAMES = 40_000, 30_000
"""Words of a language, and names of all; how often each occurs follows Zipf's law."""
COPIES, ABROAD, FOLLOWING = 0.15, 0.1, 0.35
"""Shares of copies among reports, of reports in another language, and of events that follow up an earlier one."""
SIZES = (1, 1, 1, 1, 1, 2, 2, 3, 4, 6, 9, 20)
"""Reports of an event, each as probable."""
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "is", "ol")]


@dataclass(frozen=True, slots=True)
class Event:
    """What several articles report."""

    day: int
    lang: str
    names: tuple[str, ...]
    words: tuple[int, ...]
    """Numbers of words of the vocabulary."""
    numbers: tuple[str, ...]
    theme: "Event | None"
    """What it follows up."""


@lru_cache(maxsize=8)
def _vocabulary(lang: str, count: int) -> list[str]:
    chance = random.Random(lang)
    return list({"".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3, 3, 4)))): None for _ in range(3 * count)})[:count]


@lru_cache(maxsize=4)
def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 8) for rank in range(count)))


def _event(day: int, chance: random.Random, past: Sequence[Event]) -> Event:
    theme = chance.choice(past[-2000:]) if past and chance.random() < FOLLOWING else None
    names = tuple(name.capitalize() for name in chance.choices(_vocabulary("", NAMES), cum_weights=_zipf(NAMES), k=7))
    return Event(day, theme.lang if theme else chance.choice(LANGS), (*(theme.names[:3] if theme else ()), *names)[:7],
                 tuple(chance.choices(range(VOCABULARY), cum_weights=_zipf(VOCABULARY), k=30)),
                 tuple(str(chance.randrange(10, 5000)) for _ in range(4)), theme)


def _report(event: Event, lang: str, chance: random.Random) -> tuple[str, str]:
    """Return the title and the text of a report."""
    plain, words = sorted(function_words(lang)), _vocabulary(lang, VOCABULARY)
    own = [words[number] for number in chance.sample(event.words, 18)]
    before = [words[number] for number in event.theme.words[:8]] if event.theme else own
    paragraphs = []
    for _ in range(chance.randrange(4, 9)):
        sentences = []
        for _ in range(chance.randrange(2, 4)):
            told = [*chance.choices(plain, k=8), *chance.choices(own, k=3), *chance.choices(event.names, k=2), chance.choice(before),
                    *chance.choices(words, cum_weights=_zipf(VOCABULARY), k=5), *([chance.choice(event.numbers)] * chance.randrange(2))]
            chance.shuffle(told)
            sentences.append(f"{told[0].capitalize()} {' '.join(told[1:])}.")
        paragraphs.append(" ".join(sentences))
    title = " ".join([event.names[0], *chance.sample(own, 3), chance.choice(event.names)])
    day = FIRST + timedelta(event.day)
    paragraphs[0] += f" {chance.choice(plain)} {day.strftime('%B')} {day.day}." if lang == "en" else ""
    return title, "\n\n".join(paragraphs)


def _copy(title: str, text: str, chance: random.Random) -> tuple[str, str]:
    """Return a text that another outlet carries: as it is, with words changed or without its end."""
    words = text.split(" ")
    if chance.random() < 0.3:
        return title, text
    for _ in range(chance.randrange(1, 6)):
        words[chance.randrange(len(words))] = "edited"
    return f"{title} today", " ".join(words[:len(words) - chance.randrange(len(words) // 6 + 1)])


def _reports(event: Event, chance: random.Random) -> Iterator[tuple[int, str, str, str]]:
    """Yield the day, the language, the title and the text of each report of an event."""
    told: list[tuple[str, str, str]] = []
    for number in range(chance.choice(SIZES)):
        if told and chance.random() < COPIES * 1.5:
            lang, title, text = chance.choice(told)
            title, text = _copy(title, text, chance)
        else:
            lang = event.lang if not number or chance.random() > ABROAD else chance.choice(LANGS)
            title, text = _report(event, lang, chance)
            told.append((lang, title, text))
        yield event.day + min(3, int(chance.expovariate(1.2))), lang, title, text


def _days(chance: random.Random) -> Iterator[list[Article]]:
    """Yield the articles of day after day."""
    waiting: dict[int, list[Article]] = {}
    past: list[Event] = []
    for day in range(10_000):
        while len(waiting.get(day, ())) < A_DAY:
            past.append(_event(day, chance, past))
            for on, lang, title, text in _reports(past[-1], chance):
                article = Article(id="", path=Path("a.md"), title=title, text=text, lang=lang, outlet=f"outlet-{chance.randrange(20)}",
                                  published=When(FIRST + timedelta(on)))
                waiting.setdefault(on, []).append(article)
        yield waiting.pop(day)


def make_news(count: int, seed: int = 1) -> list[Article]:
    """Return so many articles, about `A_DAY` a day: events of 1 to 20 reports, copies, follow-ups over weeks, four languages."""
    made = (article for day in _days(random.Random(seed)) for article in day)
    return [replace(article, id=f"a{number:06}") for number, article in enumerate(islice(made, count))]
