"""The checks of translated sentences: how many translations by people they refuse, and how much of what is broken they catch.

The sentences and their translations into Spanish and Turkish are those of NTREX-128 (Federmann, Kocmi and Xin 2022) in `ntrex.jsonl`.
What is broken is made of them with a fixed seed. A changed digit counts where the translation passed before it was changed.
"""

import hashlib
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from argos import FIXTURES, NEEDS_FIXTURES, Sentence, sentences
from reporting import Report

from digest.checks import check_translation

pytestmark = NEEDS_FIXTURES
FLOORS = yaml.safe_load(Path(__file__).with_name("translations.yml").read_text("utf-8"))
LANGS = ("es", "tr")


def passes(row: Sentence, translation: str, lang: str) -> bool:
    return check_translation(row.en, translation, "en", lang).reason is None


def test_data_are_those_of_the_floors() -> None:
    assert hashlib.sha256((FIXTURES / "ntrex.jsonl").read_bytes()).hexdigest() == FLOORS["sha256"]


@pytest.mark.parametrize("lang", LANGS)
def test_few_translations_by_people_are_refused(lang: str, report: Report) -> None:
    refused = [row for row in sentences() if not passes(row, getattr(row, lang), lang)]
    report(f"checks, en→{lang}: good sentences refused", len(refused) / len(sentences()), ceiling=FLOORS["refused"])
    doubted = sum("names" in check_translation(row.en, getattr(row, lang), "en", lang).doubts for row in sentences())
    report(f"checks, en→{lang}: good sentences in doubt", doubted / len(sentences()), ceiling=FLOORS["doubted"])


def changed_digits(text: str) -> Iterator[str]:
    for found in re.finditer(r"\d", text):
        yield from (text[:found.start()] + digit + text[found.end():] for digit in "0123456789" if digit != found[0])


@pytest.mark.parametrize("lang", LANGS)
def test_every_changed_digit_is_caught(lang: str, report: Report) -> None:
    tried = [(row, text) for row in sentences() if passes(row, getattr(row, lang), lang) for text in changed_digits(getattr(row, lang))]
    assert len(tried) > 2000
    report(f"checks, en→{lang}: changed digits caught", sum(not passes(row, text, lang) for row, text in tried) / len(tried), floor=1)


def half(words: list[str], chance: random.Random) -> list[str]:
    return words[:max(1, round(len(words) * chance.uniform(0.2, 0.6)))]


def stuck(words: list[str], chance: random.Random) -> list[str]:
    """Repeat some of the words, as an engine that is caught in a loop."""
    size = chance.randint(1, min(6, len(words)))
    at = chance.randint(0, len(words) - size)
    return words[:at] + words[at:at + size] * chance.randint(3, 8) + (words[at + size:] if chance.random() < 0.5 else [])


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("name", "harm"), [("cut", half), ("looped", stuck)])
def test_broken_sentences_are_caught(lang: str, name: str, harm: Callable[[list[str], random.Random], list[str]], report: Report) -> None:
    chance = random.Random(7)
    tried = [(row, " ".join(harm(getattr(row, lang).split(), chance))) for row in sentences() for _ in range(4)]
    broken = [(row, text) for row, text in tried if text != getattr(row, lang)]
    caught = sum(not passes(row, text, lang) for row, text in broken) / len(broken)
    report(f"checks, en→{lang}: {name} sentences caught", caught, floor=FLOORS["caught"])
