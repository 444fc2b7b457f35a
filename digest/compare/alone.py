"""Find what only one text of an event tells: sentences of which nothing like is found in any other text."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.compare.align import Aligned
from digest.compare.attribution import find_source
from digest.compare.nearby import Neighbors, beginning, beginnings
from digest.compare.profiles import Placed, find_terms, place_sentences, profile_sentences
from digest.compare.statements import find_edition
from digest.findings import Statement
from digest.models import Article, Citation, Story, Text
from digest.phrases import quotations
from digest.readable import inside_quotation, is_complete, readability
from digest.words import base_language

__all__ = ["find_alone"]

MOST = 3
"""Sentences of a text."""
NEW = 1 / 3
"""Share of a sentence's names and numbers, at least one, that stand nowhere in any other text."""
FADE = 0.03
"""A sentence's news weighs 1 / (1 + FADE * its number in the article)."""

Key = tuple[str, int]
"""An article's id and where a sentence of it starts."""


def find_alone(story: Story, texts: Sequence[Text], aligned: Sequence[Aligned]) -> tuple[Statement, ...]:
    """Return what only one of the separate texts of a story tells, at most three sentences a text, in the order of its articles.

    Nothing that is alike even loosely may stand in any other text of the topic: no sentence (`aligned`), no two neighboring ones;
    and a third of a sentence's names and numbers must stand in none. Texts are compared within a language only, and those
    without another one of their language in the story tell nothing alone.
    """
    spoken = [_lang(text) for text in story.texts]
    several = [text for text in story.texts if spoken.count(_lang(text)) > 1]
    if not several:
        return ()
    told = {(end.article.id, end.start) for pair in aligned for end in (pair.one, pair.other)}
    found = [_state(place, text) for text in several for place in _chosen(text.articles[0], _topic(tuple(texts), _lang(text)), told)]
    return tuple(sorted(found, key=lambda statement: (statement.citations[0].article.order, statement.citations[0].start)))


@dataclass(frozen=True, slots=True)
class _Topic:
    """What all texts of a topic in one language tell, as the beginnings of its terms: whatever their endings."""

    places: Mapping[str, Sequence[Placed]]
    """The sentences of each article that stands for a text, by its id."""
    owners: Mapping[str, Collection[int]]
    """The texts that have a term, by its beginning."""
    said: Neighbors
    """The sentences of all its articles."""


@lru_cache(maxsize=4)
def _topic(texts: tuple[Text, ...], lang: str) -> _Topic:
    places: defaultdict[str, list[Placed]] = defaultdict(list)
    for placed in (placed for language in place_sentences(texts) for placed in language):
        places[placed.profile.article.id].append(placed)
    owners, said = defaultdict[str, set[int]](set), list[tuple[int, list[frozenset[str]]]]()
    for number, article in ((number, article) for number, text in enumerate(texts) if _lang(text) == lang for article in text.articles):
        sentences = [beginnings(placed.vector) for placed in places.get(article.id, ())] or [
            beginnings(profile.terms) for profile in profile_sentences(article)]
        for term in _headline(article).union(*sentences):
            owners[term].add(number)
        said.append((number, sentences))
    return _Topic(places, owners, Neighbors.of(said))


def _headline(article: Article) -> frozenset[str]:
    return beginnings(find_terms(f"{article.title}\n{article.subtitle or ''}", article.lang))


def _chosen(article: Article, topic: _Topic, told: Collection[Key]) -> list[Placed]:
    """Return the sentences of an article that no other text tells, those with most news, in their order."""
    alone = [place for place in topic.places.get(article.id, ()) if place.profile.key not in told and _is_alone(place, topic)
             and is_complete(article, place.profile.sentence) and not inside_quotation(article.text, place.profile.sentence.start)]
    return sorted(sorted(alone, key=_news, reverse=True)[:MOST], key=lambda place: place.profile.sentence.index)


def _is_alone(place: Placed, topic: _Topic) -> bool:
    """Return whether nothing that stands in other texts is like a sentence, and enough of what it names stands in none."""
    facts = [term for term in place.vector if term in place.names or term[0] == "#"]
    new = sum(topic.owners[beginning(term)] == {place.text} for term in facts)
    return new >= max(1, NEW * len(facts)) and next(topic.said.near(place), None) is None


def _news(place: Placed) -> float:
    """Return how much news a sentence has: numbers, names, quotations; more at the beginning, and where it reads well alone."""
    profile = place.profile
    article, sentence = profile.article, profile.sentence
    quote = Citation.of(article, sentence).quote
    numbers = sum(term[0] == "#" for term in profile.terms)
    facts = 2 + min(numbers, 2) + 0.5 * min(len(profile.names), 4) + bool(quotations(quote)[0]) + readability(article, sentence)
    return facts / (1 + FADE * sentence.index)


def _state(place: Placed, text: Text) -> Statement:
    cited = Citation.of(place.profile.article, place.profile.sentence)
    editions = (find_edition(cited, copy) for copy in text.articles[1:])
    citations = (cited, *(edition for edition in editions if edition is not None))
    outlets = tuple(dict.fromkeys(c.article.outlet for c in citations if c.article.outlet))
    return Statement(citations, 1, outlets, find_source(cited))


def _lang(text: Text) -> str:
    return base_language(text.articles[0].lang)
