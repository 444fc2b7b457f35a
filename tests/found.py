"""Findings on the newsroom's drawbridge, made by hand, and a digest that shows them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from digest.findings import Change, Dated, Difference, Findings, Name, Statement, Value, Version, Wording
from digest.marks import home_of
from digest.models import Article, Citation, Nearest, Title, Topic, Why
from digest.names.directory import Listed
from digest.pipeline import Digest
from digest.rights import shown_sentences
from digest.slugs import name_slug

STUCK, AGAIN = "drawbridge-of-orvane-stuck-open", "drawbridge-of-orvane-moves-again"
GEAR, COPY = "orvane-drawbridge-gear-cracks", "orvane-drawbridge-gear-cracks-gazette"
OVERRIDES = """\
titles:
  - {topic: minaa-lulu-yaftah-abwabah, title: {en: "Lulu's open days"}}
stories:
  - together: [drawbridge-of-orvane-stuck-open, drawbridge-of-orvane-moves-again]
keypoints:
  - topic: drawbridge-of-orvane-stuck-open
    drop: [orvane-drawbridge-gear-cracks#s-986c0a6d]
    why: The gear was found elsewhere.
pin:
  - {topic: drawbridge-of-orvane-stuck-open, until: 2031-07-01}
corrections:
  - topic: drawbridge-of-orvane-stuck-open
    date: 2031-05-16
    by: Ada Editor
    text: The barge came a day later than we had written here.
"""
WITHDRAWN = """\
- article: mayor-of-orvane-took-the-money
  day: 2031-05-20
  outlet: quay-herald
  reason: The outlet took it back.
  topics: [drawbridge-of-orvane-stuck-open]
"""


def cite(article: Article, words: str) -> Citation:
    """Cite words of an article."""
    start = article.text.index(words)
    return Citation(article, start, start + len(words), words)


def value(of: str, *spans: Citation) -> Value:
    """Make a value that words carry in their sentences."""
    return Value(of, tuple(home_of(span) for span in spans), spans)


def drawbridge(topic: Topic) -> Findings:
    """Return findings on the topic of the drawbridge, of every kind."""
    articles = {article.id: article for article in topic.articles}
    stuck, gear, copy, again = (articles[ident] for ident in (STUCK, GEAR, COPY, AGAIN))
    cracked = Statement(tuple(home_of(cite(article, "cracked gear")) for article in (gear, stuck, copy)),
                        2, ("lantern-wire", "quay-herald", "open-gazette"))
    spare = Statement((home_of(cite(again, "the spare gear")), home_of(cite(copy, "A spare gear"))), 2, ("open-gazette",),
                      cite(again, "Engineer Matis Corl"))
    passage = Statement((home_of(cite(gear, "Small ferries")), home_of(cite(again, "The ferries"))), 1, ("lantern-wire", "open-gazette"),
                        passage=True)
    prayed = Statement((home_of(cite(again, "“We greased it and prayed")),), 1, ("open-gazette",))
    days = Difference("date", ("Orvane", "drawbridge"),
                      (value("2031-05-12", cite(gear, "Monday"), cite(stuck, "Monday")), value("2031-05-15", cite(again, "Thursday"))))
    angle = Difference("number", (), (value("40", cite(stuck, "forty")), value("911", cite(stuck, "1911"))), within=True)
    change = Change(home_of(cite(gear, "It weighs")), home_of(cite(copy, "It weighs")), (cite(gear, "four"),), (cite(copy, "barge"),))
    gone = Change(home_of(cite(gear, "Councillor")), None)
    named = Wording("name", ("Orvane",), (value("port authority of Orvane", cite(gear, "port authority of Orvane"),
                                                cite(copy, "port authority of Orvane")),
                                          value("port authority", cite(again, "port authority"))))
    spelled = Wording("spelling", (), (value("Corl", cite(gear, "Corl")), value("Holm", cite(gear, "Holm"))))
    timeline = (
        Dated("2031-05-15", ("published",), (home_of(cite(again, "Thursday")),), (cite(again, "Thursday"),)),
        Dated("2031-05-12", ("published", "published"), (home_of(cite(gear, "Monday")), home_of(cite(stuck, "Monday"))),
              (cite(gear, "Monday"), cite(stuck, "Monday"))),
        Dated("2031-05", ("copy",), (home_of(cite(copy, "Monday")),), (cite(copy, "Monday"),)),
        Dated("1911", ("stated",), (home_of(cite(stuck, "1911")),), (cite(stuck, "1911"),)),
    )
    return Findings(statements=(cracked, spare, passage), alone=((topic.stories[0].id, (prayed,)),), differences=(days, angle),
                    versions=(Version(gear, copy, "unknown", (change, gone)),), wording=(named, spelled), timeline=timeline)


def citations(found: Findings) -> Iterator[Citation]:
    """Yield every sentence that findings show."""
    told = [*found.statements, *(statement for _, statements in found.alone for statement in statements), *found.timeline]
    values = [value for row in (*found.differences, *found.wording) for value in row.values]
    yield from (cited for row in (*told, *values) for cited in row.citations)
    yield from (side for version in found.versions for change in version.changes for side in (change.one, change.other) if side)


def dress(digest: Digest) -> Digest:
    """Return the newsroom's digest with findings on the drawbridge, a name, a title of terms, and why its topics stand together."""
    topics = {article.id: topic for topic in digest.edition.topics for article in topic.articles}
    bridge, light_before = topics[GEAR], topics["lighthouse-of-brann-paints-itself"]
    light = replace(light_before, title=Title("Brann, Oda Rusk", "en", "terms", None, ("Brann", "Oda Rusk")))
    honey = next(a for a in digest.articles if a.id == "honey-thieves-leave-note-in-pellin")
    why = Why(("Orvane", "Matis Corl"), 0.5, ("2031-05-12",), Nearest(honey, 0.07))
    changed = {light.id: light,
               bridge.id: replace(bridge, why=why, stories=(replace(bridge.stories[0], why=why), *bridge.stories[1:]))}
    edition = replace(digest.edition, topics=tuple(changed.get(topic.id, topic) for topic in digest.edition.topics))
    days = tuple(replace(day, topics=tuple(replace(told, title=light.title, article=None, topic=light)
                                           if told.topic == light_before else told for told in day.topics)) for day in digest.days)
    found = drawbridge(changed[bridge.id])
    name = Name("Matis Corl", ("Matis Corl", "Corl"), "person", tuple(cite(a, "Matis Corl") for a in bridge.articles))
    names = (Listed(name_slug(name.name), name, (changed[bridge.id],)),)
    telling = replace(digest.tellings[0], topics=edition.topics)
    dressed = replace(digest, edition=edition, tellings=(telling,), days=days, findings={bridge.id: found}, names=names)
    return show(dressed, citations(found))


def show(digest: Digest, more: Iterable[Citation]) -> Digest:
    """Return a digest whose source pages show these citations too."""
    by_id = {article.id: article for article in digest.articles}
    spans = {ident: set(cited) for ident, cited in digest.cited.items()}
    for cited in more:
        spans.setdefault(cited.article.id, set()).add(cited.span)
    cited_spans = {ident: frozenset(spans[ident]) for ident in sorted(spans)}
    shown = {ident: shown_sentences(by_id[ident], found, digest.settings) for ident, found in cited_spans.items()}
    return replace(digest, cited=cited_spans, shown=shown)


