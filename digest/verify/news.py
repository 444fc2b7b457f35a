"""Hold what is said to be new, or chosen anew from what is not, against the records of earlier editions."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from lxml import etree

from digest.catalog import Catalog
from digest.escape import visible
from digest.records import EditionRecord, TopicRecord
from digest.verify.counts import stated_counts
from digest.verify.evidence import Evidence
from digest.verify.links import leads_to_topic

__all__ = ["NEW", "SINCE", "check_anew", "check_news", "last_edition", "note_news"]

NEW, SINCE = "data-new", "data-since"
_ANEW = "anew-"
"""What the id begins with of what holds the topics of an edition that were chosen anew; the edition's day follows."""
_LABELS = {"topic": "news_topic", "points": "news_points"}
_LOOSE = etree.XPath(f".//text()[not(ancestor::*[@{NEW}])]")


def last_edition(evidence: Evidence) -> str | None:
    """Return the day of the edition before this one; None where none is recorded."""
    return max((day for day in evidence.records if day < (evidence.day or "")), default=None)


def check_news(main: etree._Element, catalog: Catalog, evidence: Evidence) -> Iterator[str]:
    """Yield what a page wrongly says to be new; `catalog` is that of its text."""
    due = evidence.news if main.find(f".//*[@{NEW}]") is not None or main.find(f".//*[@{SINCE}]") is not None else {}
    words = {kind: visible(str(catalog.text(key).unescape())) for kind, key in _LABELS.items()}
    for label in main.iterfind(f".//*[@{NEW}]"):
        ident, _, kind = label.get(NEW, "").rpartition(":")
        if due.get(ident) != kind or visible(label.text_content()) != words[kind]:
            yield f"“{visible(label.text_content())[:60]}” of {ident[:60]} is not what the records say"
        elif not leads_to_topic(_holder(label), ident, evidence):
            yield f"what is new of {ident[:60]} does not stand beside a link to it"
    for found in main.iterfind(f".//*[@{SINCE}]"):
        told = {label.get(NEW, "").rpartition(":")[0] for label in found.iterfind(f".//*[@{NEW}]")}
        if found.get(SINCE) != last_edition(evidence) or told != due.keys():
            yield f"its list of what is new since {found.get(SINCE, '')[:20]} is not what the records say"
        counted = {count for each in found.iter("p") for count in stated_counts(visible(each.text_content()), catalog.lang)}
        if counted - {("topics_n", len(told))}:
            yield "it counts other topics than it lists as new"
    said = visible(main.text_content())
    if any(word in said for word in words.values()) and set(words.values()) & {visible(text) for text in _LOOSE(main)}:
        yield "says that something is new, and not what"


def _holder(label: etree._Element) -> etree._Element:
    """Return what holds a label together with the title of its topic."""
    return next(label.iterancestors("li", "section", "div"), label)


class _Told:
    """What some editions told."""

    def __init__(self) -> None:
        self.known: set[str] = set()
        """Topics and articles, by id."""
        self.said: set[str] = set()
        """The words that were quoted."""

    def add(self, record: EditionRecord, evidence: Evidence) -> None:
        """Add an edition."""
        for topic in record.topics:
            quotes = [quote for point in (*topic.points, *topic.story_points) for quote in point]
            self.known |= {topic.id, topic.title_article, *(quote.article for quote in quotes)}
            self.said |= {quote.quote for quote in quotes if quote.article not in evidence.withdrawn}

    def is_new(self, point: AbstractSet[str]) -> bool:
        """Return whether a key point, given as the articles and words that it cites, was told in none of them."""
        return self.known.isdisjoint(point) and self.said.isdisjoint(point)

    def has_news(self, topic: TopicRecord) -> bool:
        """Return whether a recorded topic tells something of articles and in words that were not told before."""
        points = ({part for quote in point for part in (quote.article, quote.quote)} for point in topic.points)
        return self.known.isdisjoint((topic.id, *topic.articles)) or any(map(self.is_new, points))


def note_news(evidence: Evidence) -> None:
    """Note, once all data are read, of what this edition has news, and which topics of each edition said nothing new."""
    before = _Told()
    for day in evidence.edition_days:
        record = evidence.records.get(day)
        if day == evidence.day:
            evidence.news = dict(_find_news(before, evidence)) if before.known else {}
            evidence.anew[day] = frozenset(slug for slug, ident in evidence.slugs.items() if before.known and ident not in evidence.news)
        elif record:
            evidence.anew[day] = frozenset(topic.slug for topic in record.topics if not before.has_news(topic))
        if record:
            before.add(record, evidence)


def check_anew(main: etree._Element, place: str, evidence: Evidence) -> Iterator[str]:
    """Yield what the archive's page at a place in its tree wrongly tells apart as chosen anew, or does not tell apart."""
    apart = {link for holder in main.iterfind(".//details[@id]") if holder.get("id", "").startswith(_ANEW)
             for link in _topics_in(holder)}
    for holder in main.iterfind(".//details[@id]"):
        day = holder.get("id", "").removeprefix(_ANEW)
        if holder.get("id") == _ANEW + day and not set(_topics_in(holder)) <= evidence.anew.get(day, frozenset()):
            yield f"what is said to be chosen anew on {day[:20]} is not what the records say"
    day = place.removeprefix("archive/").rstrip("/").replace("/", "-")
    if place.startswith("archive/") and (mixed := (set(_topics_in(main)) - apart) & evidence.anew.get(day, frozenset())):
        yield f"{min(mixed)[:80]} had nothing new on {day[:20]}, and is not told apart"


def _topics_in(element: etree._Element) -> Iterator[str]:
    """Yield the last parts of the addresses of the topics that an element leads to."""
    found = (link.get("href", "").rpartition("topics/") for link in element.iter("a"))
    return (slug.rstrip("/") for _, topics, slug in found if topics and "#" not in slug)


def _find_news(before: _Told, evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield the topics with something new: the `topic`, where nothing of it was told before, or `points` of articles not quoted before."""
    for ident in evidence.slugs.values():
        if before.known.isdisjoint((ident, *evidence.members.get(ident, ()))):
            yield ident, "topic"
        elif any(map(before.is_new, evidence.said.get(ident, ()))):
            yield ident, "points"
