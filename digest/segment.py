"""Split articles into sentences, as spans of their text."""

from collections.abc import Iterator
from dataclasses import replace

from sentencex import get_sentence_boundaries

from digest.models import Article, Sentence

__all__ = ["paragraph_spans", "segment_article", "sentence_spans"]


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
        if block.strip():
            yield _stripped(text, start, start + len(block))
        start += len(block) + 2


def sentence_spans(text: str, lang: str, offset: int = 0) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a paragraph, moved by `offset`, without the blanks around it.

    Sentences are found by sentencex (Wikimedia), which knows some 300 languages and falls back to English rules.
    """
    start = 0
    for found in get_sentence_boundaries(lang.partition("-")[0], text):
        end = start + len(found["text"])
        if text[start:end] != found["text"]:
            raise ValueError("sentence boundaries that do not fit the text")
        if text[start:end].strip():
            first, last = _stripped(text, start, end)
            yield first + offset, last + offset
        start = end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())
