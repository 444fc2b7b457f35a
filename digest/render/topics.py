"""The pages of topics, and what stands at the addresses of former ones."""

from collections.abc import Iterator
from functools import partial

from digest.data import topic_head
from digest.findings import Findings
from digest.limits import Limit, find_limits, why_unquoted
from digest.linked import topic_linked
from digest.marks import topic_url
from digest.models import Topic
from digest.pipeline import Digest
from digest.render.carriers import chart_carriers
from digest.render.charts import chart_coverage
from digest.render.grid import lay_out
from digest.render.head import describe_topic
from digest.render.marker import Marker
from digest.render.outlets import short_facts
from digest.render.own_first import own_first
from digest.render.receipts import Receipts
from digest.render.sources import source_urls
from digest.render.topic_page import (
    count,
    dates_of,
    disputed_in,
    group_points,
    is_first,
    nearest_score,
    newest_first,
    part_wording,
    sections_of,
    tells_why,
    two_decimals,
    used_by,
    view_story,
    voices_of,
)
from digest.render.tree import Shown, Tree
from digest.tables import table_file, tables_in
from digest.telling import quoted_in

__all__ = ["findings_of", "former_topic_pages", "limits_of", "topic_pages"]


def topic_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the page of each topic."""
    digest = pages.digest
    cited = source_urls(digest)
    for shown in map(pages.shown, pages.telling.topics):
        topic = shown.topic
        findings, limits = findings_of(digest, shown), limits_of(shown, digest)
        alone, notices = dict(findings.alone), digest.notices.get(topic.slug, ())
        points = group_points(topic)
        quoted = [point for told in points for point in told.points]
        stories = [view_story(story, alone.get(story.id, ()), quoted) for story in topic.stories]
        wording, spelling = part_wording(findings.wording)
        m = pages.marker(topic_url(topic.slug), fallen=shown.fallen)
        coverage = chart_coverage(topic)
        yield pages.page("topic", f"topics/{topic.slug}.md", described=describe_topic(m, shown),
                         linked=None if shown.fallen else _linked(m, topic), fallen=shown.fallen, narrow=shown.narrow, topic=topic,
                         stories=stories, counted=count(topic.stories), cited=cited,
                         headed=shown.headed, newest=shown.newest, newer=shown.newer,
                         score=two_decimals(topic.why.score), nearest_score=nearest_score(topic.why),
                         data=f"data/topics/{topic.slug}.json",
                         tables=[(kind, f"data/{table_file(topic.slug, kind)}") for kind in tables_in(findings)],
                         limits=limits, findings=findings, wording=wording, spelling=spelling,
                         grid=lay_out(topic, findings, digest.settings, shown.telling, digest.withheld), points=points,
                         unquoted=None if points else why_unquoted(topic.articles, digest.settings),
                         receipts=Receipts(quoted, digest.shown), facts=short_facts, disputed_in=disputed_in, coverage=coverage,
                         texts=sorted(topic.texts, key=newest_first), used_by=used_by,
                         carriers=chart_carriers(topic), is_first=is_first, tells_why=tells_why,
                         homes=digest.homes, notices=notices, dates=dates_of(findings.timeline),
                         voices=partial(voices_of, texts=topic.texts),
                         sections=sections_of(topic, findings, drawn=coverage is not None, limited=bool(limits),
                                              decided=bool(topic.decisions or notices)))


def former_topic_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield what stands at the addresses of former topics: it leads on, or says that the topic is gone."""
    digest = pages.digest
    for slug, target in digest.forwards.items():
        moved = {"url": topic_url(target.slug), "topic": pages.local(target)} if target else None
        yield pages.page("moved", f"topics/{slug}.md", described=pages.catalog.text("moved_to") if target else None, target=moved,
                         why="gone_why", notices=digest.notices.get(slug, ()))


def _linked(m: Marker, topic: Topic) -> dict[str, object]:
    """Return the linked data of a topic's page."""
    said = topic_head(topic, m.telling, editors=m.settings.language) | {"told": m.telling.lang}
    return topic_linked(m.settings, m.url, said, {article.id: article for article in topic.articles})


def limits_of(shown: Shown, digest: Digest) -> tuple[Limit, ...]:
    """Return what the page of a topic cannot tell."""
    quoted = quoted_in(shown.topic, findings_of(digest, shown))
    return find_limits(shown.topic, digest.settings, shown.telling, quoted, digest.withheld)


def findings_of(digest: Digest, shown: Shown) -> Findings:
    """Return what comparing the sources of a topic found, as its page and data in some tree tell it."""
    return own_first(digest.findings.get(shown.topic.id, Findings()), shown.telling)
