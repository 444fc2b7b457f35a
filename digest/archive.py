"""What former editions said, told again from their records: only what still stands in its source, or in a former text of it, is shown."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest.aids import aids_of
from digest.connectives import connective_before
from digest.former_files import FormerTexts
from digest.marks import home_of, topic_url
from digest.models import Article, Citation, KeyPoint, Title, Topic
from digest.news import find_fresh
from digest.records import EditionRecord, QuoteRecord, TopicRecord
from digest.rights import QuoteBudget

__all__ = ["DayPage", "DayTopic", "tell_editions", "tell_former"]


@dataclass(frozen=True, slots=True)
class DayTopic:
    """What an edition said on one topic."""

    url: str
    title: Title
    """Its title then: the headline as the article has it now or, where its article is gone or it was none's, as recorded."""
    article: Article | None
    """The one whose headline the title is."""
    topic: Topic | None
    """The topic at that address now."""
    points: tuple[KeyPoint, ...]
    kept: tuple[KeyPoint, ...]
    """What it quoted of the topic's events: not told again, but its place on the source pages stays."""
    fresh: bool
    """Whether something of it was new then, not merely chosen anew from articles that editions before had quoted."""
    missing: tuple[tuple[int, tuple[QuoteRecord, ...]], ...] = ()
    """What it quoted and can no longer be shown, each with its place among all that it quoted."""
    unkept: tuple[tuple[QuoteRecord, ...], ...] = ()
    """What it quoted of the topic's events and can no longer be shown."""

    @property
    def lost(self) -> bool:
        """Whether a quotation of it can no longer be shown."""
        return bool(self.missing)

    @property
    def titled(self) -> Topic | None:
        """The topic at that address now, if it has the same title still."""
        return self.topic if self.topic and self.topic.title == self.title else None


@dataclass(frozen=True, slots=True)
class DayPage:
    """What an edition said."""

    day: date
    topics: tuple[DayTopic, ...]

    @property
    def fresh(self) -> tuple[DayTopic, ...]:
        """The topics of which something was new."""
        return tuple(topic for topic in self.topics if topic.fresh)

    @property
    def anew(self) -> tuple[DayTopic, ...]:
        """The others, which were only told in another choice of words."""
        return tuple(topic for topic in self.topics if not topic.fresh)


def tell_editions(records: Sequence[EditionRecord], articles: Mapping[str, Article], topics: Sequence[Topic],
                  budget: QuoteBudget, hidden: Collection[str] = ()) -> tuple[DayPage, ...]:
    """Return the editions, newest first, with the quotations that still stand in their articles and that may still be shown.

    No headline of an article that editors have hidden since is told, nor anything quoted from it: it is not among the articles.
    """
    now, fresh = {topic.slug: topic for topic in topics}, find_fresh(records)
    pages = []
    for record in sorted(records, key=lambda r: r.day, reverse=True):
        told = [_tell(topic, now.get(topic.slug), articles, budget, hidden, fresh=topic.id in fresh[record.day]) for topic in record.topics]
        pages.append(DayPage(record.day, tuple(topic for topic in told if topic)))
    return tuple(pages)


def _tell(record: TopicRecord, topic: Topic | None, articles: Mapping[str, Article], budget: QuoteBudget,
          hidden: Collection[str], *, fresh: bool) -> DayTopic | None:
    points = [(quotes, _point(quotes, articles, budget)) for quotes in record.points]
    others = [(quotes, _point(quotes, articles, budget)) for quotes in record.story_points]
    told, kept = (tuple(point for _, point in rows if point) for rows in (points, others))
    title = _title(record, articles, (*told, *kept), hidden)
    missing = tuple((n, quotes) for n, (quotes, point) in enumerate(points) if point is None)
    unkept = tuple(quotes for quotes, point in others if point is None)
    return DayTopic(topic_url(record.slug), title, title.article, topic, told, kept, fresh, missing, unkept) if title else None


def _title(record: TopicRecord, articles: Mapping[str, Article], points: Sequence[KeyPoint], hidden: Collection[str]) -> Title | None:
    """Return a topic's title then; where its article was withdrawn or hidden, the headline of the first one still quoted, if any is."""
    if not record.title or record.title_article in hidden:
        return next((_headline(point.citations[0].article) for point in points), None)
    if article := articles.get(record.title_article):
        return _headline(article)
    return Title(record.title, record.title_lang, record.title_from, terms=record.title_terms)


def _headline(article: Article) -> Title:
    return Title(article.title, article.lang, "article", article)


def _point(point: Sequence[QuoteRecord], articles: Mapping[str, Article], budget: QuoteBudget) -> KeyPoint | None:
    cited = [c for quote in point if quote.article in articles and (c := _find(quote, articles[quote.article]))]
    allowed = tuple(citation for citation in cited if budget.spend(citation))
    return KeyPoint(allowed, aids_of(allowed[0])) if allowed else None


def _find(quote: QuoteRecord, article: Article) -> Citation | None:
    """Return the recorded quotation in the article as it is now: the sentence that stands there or, in a changed text, the same words.

    It may be a sentence without its connective.
    """
    text, length = article.text, len(quote.quote)
    if text.startswith(quote.quote, quote.start) and _is_sentence(article, quote.start, quote.start + length):
        return Citation(article, quote.start, quote.start + length, quote.quote)
    ends = [s.end for s in article.sentences if text.endswith(quote.quote, s.start, s.end)]
    starts = [end - length for end in ends if _is_sentence(article, end - length, end)]
    nearest = min(starts, key=lambda at: abs(at - quote.start), default=None)
    return Citation(article, nearest, nearest + length, quote.quote) if nearest is not None else None


def _is_sentence(article: Article, start: int, end: int) -> bool:
    """Return whether a sentence of an article stands there, perhaps without its connective."""
    return any(s.end == end and (s.start == start or (s.start < start and connective_before(article.text, start, article.lang)))
               for s in article.sentences)


def tell_former(pages: Sequence[DayPage], articles: Mapping[str, Article], former: FormerTexts, budget: QuoteBudget) -> tuple[DayPage, ...]:
    """Return editions with what they quoted that stands in no article any more, but in the very former text that they cite.

    What is told again of a topic is asked for first, for all editions; then what was quoted of its events.
    """
    texts = {(text.id, text.version): text for found in former.values() for text in found}

    def find(quotes: Sequence[QuoteRecord]) -> KeyPoint | None:
        return _former_point(quotes, articles, texts, budget)

    told = [replace(page, topics=tuple(_restore(topic, find) for topic in page.topics)) for page in pages]
    return tuple(replace(page, topics=tuple(_keep(topic, find) for topic in page.topics)) for page in told)


def _restore(topic: DayTopic, find: Callable[[Sequence[QuoteRecord]], KeyPoint | None]) -> DayTopic:
    """Return a topic with the key points that are found in former texts, each at its place."""
    found, rest = {n: find(quotes) for n, quotes in topic.missing}, iter(topic.points)
    points = [found[n] if n in found else next(rest) for n in range(len(topic.points) + len(found))]
    missing = tuple(row for row in topic.missing if not found[row[0]])
    return replace(topic, points=tuple(point for point in points if point), missing=missing)


def _keep(topic: DayTopic, find: Callable[[Sequence[QuoteRecord]], KeyPoint | None]) -> DayTopic:
    return replace(topic, kept=(*topic.kept, *(point for quotes in topic.unkept if (point := find(quotes)))))


def _former_point(quotes: Sequence[QuoteRecord], articles: Mapping[str, Article], texts: Mapping[tuple[str, str], Article],
                  budget: QuoteBudget) -> KeyPoint | None:
    cited = [c for quote in quotes if (text := texts.get((quote.article, quote.version))) and _find(quote, articles[quote.article]) is None
             and (c := _cite(quote, text)) and budget.grant([home_of(c), c])]
    return KeyPoint(tuple(cited), aids_of(cited[0])) if cited else None


def _cite(quote: QuoteRecord, text: Article) -> Citation | None:
    """Return a recorded quotation in the text that it cites, if it stands there."""
    stands = 0 <= quote.start < quote.end <= len(text.text) and text.text[quote.start:quote.end] == quote.quote
    return Citation(text, quote.start, quote.end, quote.quote) if stands else None
