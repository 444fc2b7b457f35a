"""Receipts: behind each quotation of a key point, its sentence between its neighbours, and the way to where it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.marks import home_of
from digest.models import Citation, KeyPoint, Sentence

__all__ = ["Receipt", "Receipts"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of a citation."""

    number: int
    """From 1, in the order of the page."""
    cited: Citation
    sentence: Citation
    """The sentence in which the quotation begins."""
    before: Citation | None
    """The sentence before it, where the site shows that one."""
    after: Citation | None

    @property
    def whole(self) -> bool:
        """Whether the quotation is all of its sentence; of a part, the translation stands with the key point alone."""
        return self.cited.span == self.sentence.span

    @property
    def ident(self) -> str:
        """Its id on the page."""
        return f"receipt-{self.number}"


class Receipts:
    """The receipts of a page: one for each citation, however often it stands there."""

    def __init__(self, points: Iterable[KeyPoint], shown: Mapping[str, Sequence[Sentence]]) -> None:
        self._found: dict[tuple[str, str, int, int], Receipt] = {}
        for cited in (cited for point in points for cited in point.citations):
            if _key(cited) not in self._found:
                self._found[_key(cited)] = _receipt(len(self._found) + 1, cited, _beside(cited, shown))

    def __iter__(self) -> Iterator[Receipt]:
        """Go through them in the order of the page."""
        return iter(self._found.values())

    def of(self, cited: Citation) -> Receipt:
        """Return the receipt of a citation."""
        return self._found[_key(cited)]


def _key(cited: Citation) -> tuple[str, str, int, int]:
    return cited.article.id, cited.article.version, cited.start, cited.end


def _beside(cited: Citation, shown: Mapping[str, Sequence[Sentence]]) -> Sequence[Sentence]:
    """Return the sentences that may stand beside a quotation; beside one of a former text none does."""
    return () if cited.article.former else shown.get(cited.article.id, ())


def _receipt(number: int, cited: Citation, shown: Sequence[Sentence]) -> Receipt:
    home = home_of(cited)
    article = cited.article
    here = next((sentence.index for sentence in article.sentences if sentence.start == home.start), None)
    beside = {sentence.index: Citation.of(article, sentence) for sentence in shown}
    before, after = (beside.get(here + step) if here is not None else None for step in (-1, 1))
    return Receipt(number, cited, home, before, after)
