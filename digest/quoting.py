"""Choose what the page of each topic quotes, within what may be shown: its summary first, then what comparing its sources found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from digest.admit import admit_contrasts, admit_findings
from digest.aids import aids_of
from digest.compare.topic import compare_topic
from digest.editors.decisions import Chosen
from digest.findings import Findings
from digest.models import Article, KeyPoint, Story, Text, Title, Topic, Why
from digest.rights import QuoteBudget, Span
from digest.running import Names, Runner
from digest.settings import Settings
from digest.summarize import summarize, summarize_topic
from digest.words import base_language

__all__ = ["Quotable", "Quoted", "Retold", "quote_topics"]


_NO_TITLE, _NO_WHY = Title("", "", "terms"), Why((), 0.0)


@dataclass(frozen=True, slots=True)
class Quotable:
    """A topic before anything of it is quoted: all that it takes to choose what is."""

    topic: Topic
    """With its titles in the site's own language."""
    local: tuple[Topic, ...]
    """The same with its titles in each further language of the settings."""
    chosen: Chosen
    """What editors decided about its sentences."""


@dataclass(frozen=True, slots=True)
class Retold:
    """A topic with the summaries of a further language."""

    topic: Topic
    narrow: Topic | None
    """Summarized from articles in that language alone, where that leaves out some of its events."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A topic with its summaries, and what comparing its sources found."""

    topic: Topic
    findings: Findings
    withheld: frozenset[str]
    """Ids of articles of which something was found that may not be shown."""
    retold: tuple[Retold, ...] = ()
    """In the order of the further languages."""
    spent: tuple[tuple[Article, tuple[Span, ...]], ...] = ()
    """What is shown of each article."""
    refused: tuple[str, ...] = ()
    """Ids of articles of which a sentence was chosen that found no room."""


def quote_topics(topics: Sequence[Quotable], settings: Settings, budget: QuoteBudget, runner: Runner, articles: Names) -> list[Quoted]:
    """Return topics with all that their pages quote in every language, and spend it: no two of them share an article.

    Where a number of words is asked for, summaries are measured and nothing is compared.
    """
    bare = [Quotable(_strip(quotable.topic), (), quotable.chosen) for quotable in topics]
    found = list(runner.each("quotations", partial(_quote, settings=settings), bare, settings, articles=articles))
    for quoted in found:
        budget.take(quoted.spent, quoted.refused)
    return [_dress(quoted, quotable) for quoted, quotable in zip(found, topics, strict=True)]


def _strip(topic: Topic) -> Topic:
    """Return a topic without what quoting does not look at, which may change while its articles stay the same: titles and reasons."""
    stories = tuple(Story(story.id, _NO_TITLE, story.texts, _NO_WHY) for story in topic.stories)
    return Topic(topic.id, "", _NO_TITLE, stories, _NO_WHY)


def _dress(quoted: Quoted, quotable: Quotable) -> Quoted:
    """Give topics that were quoted what had been taken from them."""
    retold = tuple(Retold(_said(topic, told.topic), _said(topic, told.narrow) if told.narrow else None)
                   for told, topic in zip(quoted.retold, quotable.local, strict=True))
    return replace(quoted, topic=_said(quotable.topic, quoted.topic), retold=retold)


def _said(topic: Topic, told: Topic) -> Topic:
    stories = tuple(replace(story, summary=other.summary) for story, other in zip(topic.stories, told.stories, strict=True))
    return replace(topic, summary=told.summary, stories=stories)


def _quote(told: Quotable, settings: Settings) -> Quoted:
    """Quote a topic in the site's own language, then what is left in the further ones."""
    budget = QuoteBudget(settings)
    quoted = _quote_own(told.topic, settings, budget, told.chosen, compared=settings.summarizing.words is None)
    retold = tuple(_retell(told.topic, replace(settings, languages=(lang,)), budget, told.chosen) for lang in settings.languages[1:])
    return replace(quoted, retold=retold, spent=tuple(budget.spent(told.topic.articles)), refused=budget.refused)


def _retell(topic: Topic, local: Settings, budget: QuoteBudget, chosen: Chosen) -> Retold:
    """Return a topic with summaries that prefer what is written in the language of some settings."""
    points = _summarize(topic, local, budget, chosen)
    retold = replace(topic, summary=_aided(points), stories=_tell_stories(topic, local, budget, chosen))
    return Retold(retold, _narrow(retold, local, budget, chosen))


def _quote_own(topic: Topic, settings: Settings, budget: QuoteBudget, chosen: Chosen, *, compared: bool = True) -> Quoted:
    """Return a topic with all that its page quotes; with `compared` false, its summaries alone.

    What may be shown of an article is spent on the topic's summary first, then on differences and versions, on the events' summaries,
    and on what else was found.
    """
    found = compare_topic(topic) if compared else Findings()
    points = _summarize(topic, settings, budget, chosen)
    contrasts = admit_contrasts(found, budget)
    stories = _tell_stories(topic, settings, budget, chosen)
    shown = admit_findings(contrasts, topic.texts, budget)
    withheld = frozenset(article for article, _ in _cited(found) - _cited(shown))
    return Quoted(replace(topic, summary=_aided(points), stories=stories), shown, withheld)


def _narrow(topic: Topic, settings: Settings, budget: QuoteBudget, chosen: Chosen) -> Topic | None:
    """Return a retold topic whose summary tells only the events that articles in the settings' language report.

    None where these are all of its events or none, or where nothing of them may be quoted.
    """
    def speaks(article: Article) -> bool:
        return base_language(article.lang) == base_language(settings.language)

    stories = tuple(story for story in topic.stories if any(map(speaks, story.articles)))
    if len(stories) in {0, len(topic.stories)}:
        return None
    own = replace(chosen, pinned=tuple(cited for cited in chosen.pinned if speaks(cited.article)))
    points = _summarize(replace(topic, stories=stories), settings, budget, own)
    return replace(topic, summary=_aided(points)) if points else None


def _tell_stories(topic: Topic, settings: Settings, budget: QuoteBudget, chosen: Chosen) -> tuple[Story, ...]:
    return tuple(replace(story, summary=_aided(_tell_story(story, settings, budget, chosen))) for story in topic.stories)


def _cited(found: Findings) -> frozenset[tuple[str, tuple[int, int]]]:
    """Return the sentences that state or tell alone what was found, each as its article's id and its place."""
    told = [*found.statements, *(statement for _, rows in found.alone for statement in rows)]
    return frozenset((cited.article.id, cited.span) for statement in told for cited in statement.citations)


def _summarize(topic: Topic, settings: Settings, budget: QuoteBudget, chosen: Chosen) -> tuple[KeyPoint, ...]:
    """Choose the key points of a topic, those that editors pinned first."""
    length = settings.summarizing
    return summarize_topic(topic.stories, length.key_points, words=length.words, language=settings.language, allowed=budget.admit,
                           pinned=chosen.pinned, dropped=chosen.dropped)


def _tell_story(story: Story, settings: Settings, budget: QuoteBudget, chosen: Chosen) -> tuple[KeyPoint, ...]:
    """Choose the key points of a story and, where its number of words is free, one from each language that these are not in."""
    length = settings.summarizing
    points = _of_texts(story.texts, length.story_points, settings, budget, chosen)
    if length.words is not None:
        return points
    told = {point.lang for point in points}
    for lang in sorted({article.lang for article in story.articles} - told):
        texts = [Text(articles) for text in story.texts if (articles := tuple(a for a in text.articles if a.lang == lang))]
        points += _of_texts(texts, 1, replace(settings, languages=(lang,)), budget, chosen)
    return points


def _of_texts(texts: Sequence[Text], points: int, settings: Settings, budget: QuoteBudget, chosen: Chosen) -> tuple[KeyPoint, ...]:
    return summarize(texts, points, words=settings.summarizing.words, language=settings.language, allowed=budget.admit,
                     dropped=chosen.dropped)


def _aided(points: Sequence[KeyPoint]) -> tuple[KeyPoint, ...]:
    """Give each quotation the aids that it needs."""
    return tuple(KeyPoint(point.citations, aids_of(point.citations[0])) for point in points)
