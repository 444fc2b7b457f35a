"""A site in every language that the interface is offered in, and in one that it is not."""

import re
from pathlib import Path

from babel import Locale
from conftest import Desk

from digest.catalog import LOCALES

OFFERED = sorted(path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/digest.mo"))
OTHERS = ("pt-BR", "zh-Hant", "el")
"""Two that take the words of a near language, and one without any: the interface is English there."""


def test_every_language_is_told_and_proven(desk: Desk) -> None:
    desk.edit("content/digest.yml", r"languages: \[en\]", f"languages: [en, {', '.join((*OFFERED, *OTHERS))}]")
    done = desk.run("build")
    assert done.returncode == 0, done.stderr
    for lang in OFFERED:
        pages = sorted((desk.site / lang).rglob("index.html"))
        assert len(pages) > 10
        assert {_stated(page) for page in pages} == {(lang, str(Locale.parse(lang).text_direction))}
    assert {lang: _stated(desk.site / lang / "index.html") for lang in OTHERS} == {
        "pt-BR": ("pt", "ltr"), "zh-Hant": ("zh", "ltr"), "el": ("en", "ltr")}


def _stated(page: Path) -> tuple[str, str]:
    text = page.read_text("utf-8")
    lang, direction = re.search(r'<html lang="([^"]*)"', text), re.search(r'<body dir="([^"]*)"', text)
    assert lang
    assert direction
    return lang[1], direction[1]
