"""Choose what the page of each topic quotes, within what may be shown: its summary first, then what comparing its sources found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.admit import admit_contrasts, admit_findings
from digest.aids import aids_of
from digest.compare.topic import compare_topic
from digest.editors.decisions import Chosen
from digest.findings import Findings
from digest.models import Article, KeyPoint, Story, Text, Topic
from digest.rights import QuoteBudget
from digest.settings import Settings
from digest.summarize import summarize, summarize_topic
from digest.words import base_language

__all__ = ["Quoted", "narrow_topic", "quote_topic", "retell_topic"]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A topic with its summaries, and what comparing its sources found."""

    topic: Topic
    findings: Findings
    withheld: frozenset[str]
    """Ids of articles of which something was found that may not be shown."""


def quote_topic(topic: Topic, settings: Settings, budget: QuoteBudget, chosen: Chosen, *, compared: bool = True) -> Quoted:
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


def retell_topic(topic: Topic, settings: Settings, budget: QuoteBudget, chosen: Chosen) -> Topic:
    """Return a topic with the summaries of another language, which prefer what is written in it; `settings` name that language."""
    points = _summarize(topic, settings, budget, chosen)
    return replace(topic, summary=_aided(points), stories=_tell_stories(topic, settings, budget, chosen))


def narrow_topic(topic: Topic, settings: Settings, budget: QuoteBudget, chosen: Chosen) -> Topic | None:
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
