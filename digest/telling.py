"""An edition told in one language: its topics with the titles and quotations of that language, and what was translated into it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from digest.findings import Findings
from digest.models import Article, Citation, KeyPoint, Title, Topic
from digest.phrases import quotations
from digest.translation import EDITOR, Original, Told, Translation, Untranslated
from digest.words import base_language, words

__all__ = ["ENOUGH", "Telling", "holds_speech", "may_translate", "quoted_in", "title_original"]

ENOUGH = 0.5
"""A page is told in a language from this share of its key points on that its readers can read."""
SPEECH = 3
"""Quoted words that make a sentence direct speech; fewer are a name or a word of somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An edition in one language."""

    lang: str
    """As `digest.yml` names it."""
    topics: tuple[Topic, ...] = ()
    """In the order of the front page."""
    narrow: Mapping[str, Topic] = field(default_factory=lambda: MappingProxyType({}))
    """By id, topics of which some events have articles in this language and others not: summarized from the former alone."""
    closed: frozenset[str] = frozenset()
    """Ids of the outlets whose sentences are not to be translated."""
    translations: Mapping[Original, Told] = field(default_factory=lambda: MappingProxyType({}))
    translates: bool = field(init=False)
    """Whether anything in it is translated."""

    def __post_init__(self) -> None:
        made = any(isinstance(told, Translation) for told in self.translations.values())
        object.__setattr__(self, "translates", made)

    def makers(self) -> tuple[Translation, ...]:
        """Return a translation of each engine and model, from each language, in the order of their names."""
        found = {(base_language(told.source), told.engine, told.model): told for told in self.translations.values()
                 if isinstance(told, Translation) and told.engine != EDITOR}
        return tuple(found[key] for key in sorted(found))

    def speaks(self, lang: str) -> bool:
        """Return whether a text in some language needs no translation here."""
        return base_language(lang) == base_language(self.lang)

    def sentence(self, cited: Citation) -> Told | None:
        """Return what became of a quotation in this language; None where it is written in it."""
        return self._told(Original(cited.quote, cited.article.lang), cited.article)

    def title(self, title: Title) -> Told | None:
        """Return what became of a title in this language; None where it is in it, or a list of names and terms."""
        original = title_original(title)
        return self._told(original, title.article) if original else None

    def _told(self, original: Original, article: Article | None) -> Told | None:
        if self.speaks(original.lang):
            return None
        if article and not may_translate(article, self.closed):
            return Untranslated("outlet")
        return self.translations.get(original, Untranslated("engine"))

    def reads(self, cited: Citation) -> bool:
        """Return whether a quotation can be read in this language."""
        return not isinstance(self.sentence(cited), Untranslated)

    def tells(self, points: Iterable[KeyPoint]) -> bool:
        """Return whether a page with these key points is told in this language: enough of them can be read in it."""
        readable = [self.reads(point.citations[0]) for point in points]
        return sum(readable) >= ENOUGH * len(readable)


def title_original(title: Title) -> Original | None:
    """Return what of a title can be translated; nothing of a list of names and terms."""
    return None if title.terms and title.article is None else Original(title.text, title.lang)


def may_translate(article: Article, closed: frozenset[str]) -> bool:
    """Return whether an article's sentences may be translated."""
    return article.outlet not in closed


@lru_cache(maxsize=4096)
def holds_speech(text: str) -> bool:
    """Return whether a sentence holds somebody's words in quotation marks."""
    return sum(len(words(text[start:end])) for start, end in quotations(text)[0]) >= SPEECH


def quoted_in(topic: Topic, findings: Findings) -> Iterator[Citation]:
    """Yield everything that a topic's page quotes."""
    for summary in (topic.summary, *(story.summary for story in topic.stories)):
        yield from (point.citations[0] for point in summary)
    yield from findings.citations
