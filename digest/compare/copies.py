"""Find where the copies of a text carry a sentence of it word for word, with the words in it on which something rests."""

from collections.abc import Iterator, Sequence

from digest.models import Article, Citation, Sentence
from digest.passages import says_the_same

__all__ = ["carried"]


def carried(cited: Citation, words: Citation, articles: Sequence[Article]) -> Iterator[tuple[Citation, Citation]]:
    """Yield the sentence of each of these articles that is the one cited, with the same words in it; nothing of those without it."""
    place = cited.article, cited.sentence
    for article in articles:
        same = next((sentence for sentence in article.sentences if says_the_same((article, sentence), place)), None)
        if same and (found := _words_in(article, same, words.quote)):
            yield Citation.of(article, same), found


def _words_in(article: Article, sentence: Sentence, words: str) -> Citation | None:
    at = article.text.find(words, sentence.start, sentence.end)
    return Citation(article, at, at + len(words), words) if at >= 0 else None
