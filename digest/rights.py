"""What of an article may be shown: everything, quotations within a limit, or nothing but the link.

All texts of an article share its limit, former ones too: the words shown of them are counted together, against the shortest of those texts.

A word is what stands between blanks; of scripts that set none (Chinese, Japanese, Thai …) each character is one. The limit
is the limit: of a text of ten words with a quote limit of .4, nothing longer than four words is shown, and a short text may
therefore show no sentence at all.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from digest.models import Article, Citation, Sentence
from digest.settings import RIGHTS, Outlet, Settings
from digest.words import spaceless

__all__ = ["QuoteBudget", "Span", "article_rights", "quote_limit", "shown_sentences", "shown_share", "texts_share", "touched"]

Span = tuple[int, int]
"""Start and end in an article's text."""
Texts = Mapping[str, Collection[Span]]
"""Texts of one article, and what is shown of each."""
_WORD = re.compile(r"一|[^\s一]+")
"""A word, where 一 stands for every character that is one by itself."""


def article_rights(article: Article, settings: Settings) -> str:
    """Return `full`, `excerpt` or `link`: its outlet's rights, or the article's own where they are narrower.

    `excerpt` where the outlet is unknown or not declared; `link` where the article names rights that don't exist.
    """
    outlet = settings.outlet(article.outlet)
    own = article.rights or RIGHTS[0]
    return max(outlet.rights if outlet else "excerpt", own if own in RIGHTS else "link", key=RIGHTS.index)


def quote_limit(article: Article, settings: Settings) -> float:
    """Return the share of an article's words, from 0 to 1, that may be shown over the whole site."""
    outlet = settings.outlet(article.outlet) or Outlet(id="", name="")
    return {"full": 1.0, "excerpt": outlet.quote_limit, "link": 0.0}[article_rights(article, settings)]


def shown_share(article: Article, spans: Iterable[Span]) -> float:
    """Return the share of an article's words, from 0 to 1, that these spans of its text cover together; a word in part counts whole."""
    return texts_share({article.text: list(spans)})


def texts_share(texts: Texts) -> float:
    """Return what is shown of all texts of an article together, as a share of the words of the shortest of which anything is shown."""
    return _share({text: _touched_words(text, spans) for text, spans in texts.items() if spans})


def _share(touched_words: Mapping[str, int]) -> float:
    """Return the share of words of an article's texts that are touched, of those of the shortest one."""
    total = min((len(_words(text)[0]) for text in touched_words), default=0)
    return sum(map(int.bit_count, touched_words.values())) / total if total else 0.0


def _touched_words(text: str, spans: Iterable[Span]) -> int:
    """Return which words spans of a text touch together: a bit for each word, that of the first one is the lowest."""
    starts, ends = _words(text)
    found = 0
    for start, end in spans:
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        found |= (1 << last) - (1 << first) if first < last else 0
    return found


@lru_cache(maxsize=1 << 14)
def _words(text: str) -> tuple[Sequence[int], Sequence[int]]:
    """Return where the words of a text start and end."""
    alone = dict.fromkeys(map(ord, spaceless(text)), "一")
    found = [match.span() for match in _WORD.finditer(text.translate(alone) if alone else text)]
    return array("I", [start for start, _ in found]), array("I", [end for _, end in found])


def shown_sentences(article: Article, cited: Collection[Span], settings: Settings,
                    beside: Texts = MappingProxyType({})) -> tuple[Sentence, ...]:
    """Return the sentences that the article's own page shows, in their order.

    All of them under `full`, none under `link`. Under `excerpt` those that a cited span touches, then their neighbors,
    first each one's previous, then each one's next, while the limit holds; what doesn't fit is left out. `beside` is
    what else is shown of its texts, former ones too: it counts, and comes before neighbors.
    """
    rights = article_rights(article, settings)
    if rights != "excerpt":
        return article.sentences if rights == "full" else ()
    own = [sentence.index for sentence in touched(article, cited)]
    around = [index + step for step in (-1, 1) for index in own if 0 <= index + step < len(article.sentences)]
    neighbors = [index for index in around if index not in own]
    shown, words, limit = set[int](), 0, quote_limit(article, settings)
    for indexes, others in ((own, {}), (neighbors, beside)):
        known = {text: _touched_words(text, spans) for text, spans in others.items() if spans}
        for index in indexes:
            more = words | _touched_words(article.text, [_span(article.sentences[index])])
            if _share({**known, article.text: known.get(article.text, 0) | more}) <= limit:
                shown.add(index)
                words = more
    return tuple(article.sentences[index] for index in sorted(shown))


def touched(article: Article, cited: Collection[Span]) -> list[Sentence]:
    """Return the sentences of which spans hold something, in their order."""
    return [s for s in article.sentences if any(s.start < end and start < s.end for start, end in cited)]


class QuoteBudget:
    """What is shown of each article so far, held against its limit over the whole edition.

    It changes as it is spent; make one for each edition and ask it in a fixed order. What is shown already costs nothing.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._shown: dict[str, dict[str, list[Span]]] = {}
        """By an article's id and by its texts."""
        self._touched: dict[str, dict[str, int]] = {}
        """The words that these touch."""
        self._refused: set[str] = set()

    def admits(self, article: Article, place: Sentence | Span) -> bool:
        """Return whether a sentence or a span of an article may be shown beside all that is; nothing is spent."""
        return self._fits(article, {article.text: [_span(place)]})

    def _fits(self, article: Article, more: Texts) -> bool:
        limit = quote_limit(article, self._settings)
        if limit >= 1 or limit <= 0:
            return limit >= 1
        known = self._touched.get(article.id, {})
        return _share({**known, **{text: known.get(text, 0) | _touched_words(text, spans) for text, spans in more.items()}}) <= limit

    def admit(self, article: Article, place: Sentence | Span) -> bool:
        """Return whether it may be shown, and count it as shown if so."""
        if not self.admits(article, place):
            self._refused.add(article.id)
            return False
        self.reserve(article, [_span(place)])
        return True

    def reserve(self, article: Article, spans: Iterable[Span]) -> None:
        """Count spans of an article's text as shown, whether they may be or not."""
        shown = self._shown.setdefault(article.id, {}).setdefault(article.text, [])
        words = self._touched.setdefault(article.id, {})
        for span in spans:
            if span not in shown:
                shown.append(span)
                words[article.text] = words.get(article.text, 0) | _touched_words(article.text, [span])

    def spent(self, articles: Iterable[Article]) -> Iterator[tuple[Article, tuple[Span, ...]]]:
        """Yield each of some articles of which something is shown, with what that is of the text that it has now."""
        for article in articles:
            if spans := self._shown.get(article.id, {}).get(article.text):
                yield article, tuple(spans)

    def take(self, spent: Iterable[tuple[Article, Iterable[Span]]], refused: Iterable[str]) -> None:
        """Count what another budget counted of other articles."""
        for article, spans in spent:
            self.reserve(article, spans)
        self._refused.update(refused)

    @property
    def refused(self) -> tuple[str, ...]:
        """Ids of the articles of which a sentence was chosen that found no room."""
        return tuple(sorted(self._refused))

    def spend(self, citation: Citation) -> bool:
        """Count a citation as shown; return False, and count nothing, where the limit leaves no room for it."""
        return self.admit(citation.article, citation.span)

    def grant(self, cited: Sequence[Citation]) -> bool:
        """Count citations of the texts of one article as shown; return False, and count none, where there is no room for all of them."""
        more = {c.article.text: [other.span for other in cited if other.article.text == c.article.text] for c in cited}
        if not self._fits(cited[0].article, more):
            return False
        for citation in cited:
            self.reserve(citation.article, [citation.span])
        return True


def _span(place: Sentence | Span) -> Span:
    return (place.start, place.end) if isinstance(place, Sentence) else place
