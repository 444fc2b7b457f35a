"""Split articles into sentences, as spans of their text."""

import re
from collections.abc import Iterator
from dataclasses import replace

from sentencex import get_sentence_boundaries

from digest.escape import visible
from digest.models import Article, Sentence
from digest.words import base_language

__all__ = ["paragraph_spans", "segment_article", "sentence_spans"]

_BLANK = re.compile(r"[^\S\x00-\x7f]")
"""Blanks outside ASCII: sentencex 1.0 counts some of them wrongly, and stops the whole program."""


def segment_article(article: Article) -> Article:
    """Return the article with its sentences."""
    spans = [(start, end, number) for number, (first, last) in enumerate(paragraph_spans(article.text))
             for start, end in sentence_spans(article.text[first:last], article.lang, first)]
    sentences = tuple(Sentence(index, start, end, paragraph) for index, (start, end, paragraph) in enumerate(spans))
    return replace(article, sentences=sentences)


def paragraph_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each paragraph: what stands between blank lines."""
    start = 0
    for block in text.split("\n\n"):
        first, last = _stripped(text, start, start + len(block))
        if first < last:
            yield first, last
        start += len(block) + 2


def sentence_spans(text: str, lang: str, offset: int = 0) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a paragraph, moved by `offset`, without the blanks around it.

    Sentences are found by sentencex (Wikimedia), which knows some 300 languages and falls back to English rules.
    """
    start = 0
    for found in get_sentence_boundaries(base_language(lang), _BLANK.sub(" ", text)):
        end = start + len(found["text"])
        first, last = _stripped(text, start, end)
        if first < last:
            yield first + offset, last + offset
        start = end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without the blanks and invisible characters at its ends; an empty one where nothing is left."""
    while start < end and not _is_seen(text[start]):
        start += 1
    while start < end and not _is_seen(text[end - 1]):
        end -= 1
    return start, end


def _is_seen(character: str) -> bool:
    return "!" <= character <= "~" or character.isalnum() or bool(visible(character))
