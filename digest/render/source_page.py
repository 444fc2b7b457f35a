"""What a source page shows of an article: its sentences by paragraph, the cited ones marked, gaps where some are left out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from digest.models import Article, Citation, Sentence

__all__ = ["Piece", "paragraphs_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a source page's paragraph: a sentence, or the gap where sentences are left out."""

    citation: Citation | None
    cited: bool = False

    @property
    def gap(self) -> bool:
        """Whether sentences are left out here."""
        return self.citation is None


def paragraphs_of(article: Article, shown: Sequence[Sentence], cited: Collection[tuple[int, int]]) -> list[list[Piece]]:
    """Return the shown sentences by paragraph, with a gap wherever sentences between them are left out."""
    paragraphs: list[list[Piece]] = []
    last = -1
    for _, sentences in groupby(shown, key=lambda sentence: sentence.paragraph):
        pieces: list[Piece] = []
        for sentence in sentences:
            if sentence.index != last + 1:
                pieces.append(Piece(None))
            pieces.append(Piece(Citation.of(article, sentence), any(start < sentence.end and sentence.start < end for start, end in cited)))
            last = sentence.index
        paragraphs.append(pieces)
    if last + 1 < len(article.sentences):
        paragraphs.append([Piece(None)])
    return paragraphs
