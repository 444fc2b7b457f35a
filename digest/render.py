"""Turn an edition into the files that MkDocs makes a site of: Markdown pages from templates, and data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from digest.catalog import load_catalog
from digest.data import edition_data, format_json, topic_data
from digest.editors.decisions import pin_of
from digest.escape import escape
from digest.findings import Findings
from digest.grid import lay_out
from digest.limits import Limit, find_limits, is_foreign
from digest.lists import load_lists
from digest.marker import Marker
from digest.marks import source_url, topic_url
from digest.models import Article, Correction, Decision, KeyPoint, Topic, When, newest
from digest.name_page import name_row
from digest.order import topic_age
from digest.pipeline import Digest
from digest.rights import article_rights
from digest.settings import Outlet, setting_values
from digest.source_page import paragraphs_of
from digest.telling import ENOUGH, quoted_in
from digest.topic_page import (
    Counts,
    StoryView,
    count,
    dates_of,
    group_points,
    is_first,
    nearest_score,
    part_wording,
    sections_of,
    tells_why,
    two_decimals,
    used_by,
    voices_of,
)
from digest.tree import Shown, Tree

__all__ = ["PACKAGED_TEMPLATES", "render_pages", "template_folders"]

_PROGRAM = Path(__file__).parent
PACKAGED_TEMPLATES = _PROGRAM / "templates" if (_PROGRAM / "templates").is_dir() else _PROGRAM.parent / "templates"
"""The templates that come with the program: inside the package in a wheel, beside it in the repository."""


@dataclass(frozen=True, slots=True)
class Card:
    """A topic on the front page and in lists."""

    topic: Topic
    url: str
    counts: Counts
    newest: When | None
    pin: Decision | None
    """An editor's decision that it stands first."""
    point: KeyPoint | None
    """Its first key point, where its page is told in the language of the card."""
    other: str | None
    """The language in which its page is told instead."""


def template_folders(root: Path) -> tuple[Path, ...]:
    """Return where templates are looked for: the digest's own folder first, file by file, then those of the program."""
    return tuple(folder for folder in (root / "templates", PACKAGED_TEMPLATES) if folder.is_dir())


def _environment(root: Path) -> Environment:
    return Environment(loader=ChoiceLoader([FileSystemLoader(folder) for folder in template_folders(root)]), autoescape=True,
                       finalize=lambda value: value if isinstance(value, Markup) else escape(value), undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)


def render_pages(digest: Digest, root: Path) -> dict[str, str]:
    """Return every generated file as path and content; `root` is the folder whose `templates/` may override the program's.

    Raises:
        TemplateError: a template is missing or wrong.
    """
    environment = _environment(root)
    trees = [Tree(digest, environment, telling) for telling in digest.tellings]
    parts = (_front, _topics, _archive, _corrections, _names, _outlets, _method, _data)
    told = (file for pages in trees for part in parts for file in part(pages))
    schema = "data/schema.json", (_PROGRAM / "schema.json").read_text("utf-8")
    return dict(sorted([*told, *_sources(trees[0]), *_uncited(trees[0]), schema]))


def _cards(pages: Tree, topics: Iterable[Topic]) -> list[Card]:
    return [_card(topic, pages.shown(topic)) for topic in topics]


def _card(topic: Topic, shown: Shown) -> Card:
    return Card(topic, topic_url(topic.slug), count(topic.stories), newest(topic.articles), pin_of(topic),
                point=None if shown.fallen else shown.point, other=shown.telling.lang if shown.fallen else None)


def _front(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the lists of topics; they are told in a language where any topic is, and found in it where most are."""
    topics = pages.telling.topics
    told = sum(not pages.shown(topic).fallen for topic in topics)
    lists = {"fallen": bool(topics) and not told, "told": told >= ENOUGH * len(topics)}
    yield pages.page("home", "index.md", **lists, edition=pages.digest.edition, cards=_cards(pages, topics))
    newest_first = sorted(topics, key=lambda topic: (topic_age(topic), topic.id))
    yield pages.page("topics", "topics/index.md", **lists, cards=_cards(pages, newest_first))


def _topics(pages: Tree) -> Iterator[tuple[str, str]]:
    digest = pages.digest
    cited, homes = _source_urls(digest), _homes(digest)
    for shown in map(pages.shown, pages.telling.topics):
        topic = shown.topic
        findings, limits = findings_of(digest, topic), _limits(shown, digest)
        alone, notices = dict(findings.alone), digest.notices.get(topic.slug, ())
        stories = [StoryView(story, count([story]), alone.get(story.id, ())) for story in topic.stories]
        wording, spelling = part_wording(findings.wording)
        yield pages.page("topic", f"topics/{topic.slug}.md", fallen=shown.fallen, narrow=shown.narrow, topic=topic, stories=stories,
                         counted=count(topic.stories), cited=cited,
                         newest=newest(topic.articles), score=two_decimals(topic.why.score), nearest_score=nearest_score(topic.why),
                         data=f"data/topics/{topic.slug}.json", limits=limits, findings=findings, wording=wording, spelling=spelling,
                         grid=lay_out(topic, findings, digest.settings, shown.telling, digest.withheld), points=group_points(topic),
                         used_by=used_by,
                         is_first=is_first, tells_why=tells_why, homes=homes, notices=notices, dates=dates_of(findings.timeline),
                         voices=partial(voices_of, texts=topic.texts),
                         sections=sections_of(topic, findings, limited=bool(limits), decided=bool(topic.decisions or notices)))
    for slug, target in digest.forwards.items():
        moved = {"url": topic_url(target.slug), "topic": pages.local(target)} if target else None
        yield pages.page("moved", f"topics/{slug}.md", target=moved, why="gone_why", notices=digest.notices.get(slug, ()))


def _limits(shown: Shown, digest: Digest) -> tuple[Limit, ...]:
    quoted = quoted_in(shown.topic, findings_of(digest, shown.topic))
    return find_limits(shown.topic, digest.settings, shown.telling, quoted)


def _homes(digest: Digest) -> Mapping[str, str]:
    """Return the address of the topic of each article."""
    return {article.id: topic_url(topic.slug) for topic in digest.edition.topics for article in topic.articles}


def _source_urls(digest: Digest) -> Mapping[str, str]:
    return {article.id: source_url(article) for article in digest.articles if article.id in digest.cited}


def _sources(pages: Tree) -> Iterator[tuple[str, str]]:
    digest = pages.digest
    by_id = {article.id: article for article in digest.articles}
    homes = {a.id: (topic, text) for topic in digest.edition.topics for text in topic.texts for a in text.articles}
    urls = _source_urls(digest)
    for ident, spans in sorted(digest.cited.items()):
        article, (topic, text) = by_id[ident], homes[ident]
        yield pages.page("source", f"sources/{ident}.md", article=article, foreign=is_foreign(article, digest.settings),
                         whole=article_rights(article, digest.settings) == "full", cited=urls,
                         paragraphs=paragraphs_of(article, digest.shown[ident], spans),
                         copies=[a for a in text.articles if a is not article], topic={"url": topic_url(topic.slug), "topic": topic})


def _uncited(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the pages of articles that were cited once: their addresses stay."""
    by_id = {article.id: article for article in pages.digest.articles}
    hidden = {article.id: row for row in pages.digest.hidden for article in row.articles}
    for ident in pages.digest.uncited:
        if taken := next((w for w in pages.digest.withdrawn if w.article == ident), None):
            yield pages.page("withdrawn", f"sources/{ident}.md", taken=taken)
        elif ident in hidden:
            yield pages.page("hidden", f"sources/{ident}.md", row=hidden[ident])
        elif ident in by_id:
            yield pages.page("uncited", f"sources/{ident}.md", article=by_id[ident])
        else:
            yield pages.page("moved", f"sources/{ident}.md", target=None, why="gone_why", notices=())


def _archive(pages: Tree) -> Iterator[tuple[str, str]]:
    days = sorted(pages.digest.days, key=lambda page: page.day, reverse=True)
    rows = [{"day": page.day, "url": _day_url(page.day), "topics": len(page.topics)} for page in days]
    corrected = any(topic.corrections for topic in pages.telling.topics)
    yield pages.page("archive", "archive/index.md", days=rows, names=pages.digest.names, corrections=corrected)
    for page in days:
        points = [point for topic in page.topics for point in topic.points]
        topics = [replace(topic, topic=pages.local(topic.topic) if topic.topic else None) for topic in page.topics]
        yield pages.page("day", f"{_day_url(page.day).rstrip('/')}.md", fallen=pages.falls(points), day=page.day, topics=topics)


def _day_url(day: date) -> str:
    return f"archive/{day:%Y/%m/%d}/"


def _corrections(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the page of editors' notes, if there are any."""
    rows = [_Noted(note, topic, topic_url(topic.slug)) for topic in pages.telling.topics for note in topic.corrections]
    if rows:
        newest_first = sorted(rows, key=lambda row: (row.note.day, -row.note.line), reverse=True)
        yield pages.page("corrections", "corrections/index.md", rows=newest_first)


@dataclass(frozen=True, slots=True)
class _Noted:
    """An editor's note and the topic that it is on."""

    note: Correction
    topic: Topic
    url: str


def _names(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the pages of names and their list, if there are any."""
    cited = _source_urls(pages.digest)
    rows = [name_row(replace(listed, topics=tuple(map(pages.local, listed.topics))), pages.digest.cited) for listed in pages.digest.names]
    for row in rows:
        yield pages.page("name", f"names/{row.slug}.md", row=row, cited=cited)
    if rows:
        yield pages.page("names", "names/index.md", rows=sorted(rows, key=lambda row: row.slug),
                         hidden=pages.digest.names_hidden)
    for slug in pages.digest.nameless:
        yield pages.page("moved", f"names/{slug}.md", target=None, why="gone_name", notices=())


def _outlets(pages: Tree) -> Iterator[tuple[str, str]]:
    digest = pages.digest
    of: dict[str, list[Article]] = {}
    for article in digest.articles:
        if article.outlet:
            of.setdefault(article.outlet, []).append(article)
    declared = [digest.settings.outlets[name] for name in sorted(digest.settings.outlets)]
    rows = [{"outlet": outlet, "url": f"outlets/{outlet.id}/", "n": len(of.get(outlet.id, []))} for outlet in declared]
    undeclared = [{"article": of[name][0], "n": len(of[name])} for name in sorted(of) if name not in digest.settings.outlets]
    yield pages.page("outlets", "outlets/index.md", outlets=rows, undeclared=undeclared)
    urls = _source_urls(digest)
    for outlet in declared:
        articles = [{"article": a, "url": urls.get(a.id)} for a in sorted(of.get(outlet.id, []), key=lambda a: a.order, reverse=True)]
        path = f"outlets/{outlet.id}.md"
        facts = list(_facts(outlet, pages.marker(f"outlets/{outlet.id}/")))
        yield pages.page("outlet", path, outlet=outlet, facts=facts, articles=articles)


def _facts(outlet: Outlet, m: Marker) -> Iterator[dict[str, object]]:
    """Yield what is known of an outlet; kind, funding and owner only with the address they rest on."""
    field = partial(m.field, "outlet", outlet.id)
    if outlet.basis:
        if outlet.kind:
            yield {"key": "kind", "value": m.t(f"kind_{outlet.kind}")}
        if outlet.funding:
            yield {"key": "funding", "value": m.t(f"funding_{outlet.funding}")}
        if outlet.owner:
            yield {"key": "owner", "value": field("owner", outlet.owner)}
    if outlet.country:
        yield {"key": "country", "value": field("country", m.catalog.country(outlet.country))}
    if outlet.lang:
        yield {"key": "language", "value": m.language(outlet.lang)}
    yield {"key": "rights", "value": m.t(f"rights_{outlet.rights}", percent=Decimal(f"{outlet.quote_limit * 100:g}"))}
    for key in ("homepage", "basis"):
        if url := getattr(outlet, key):
            yield {"key": key, "value": Markup('<a href="{}" rel="noopener external">{}</a>').format(escape(url), field(key, url))}


def _method(pages: Tree) -> Iterator[tuple[str, str]]:
    digest = pages.digest
    topics = digest.edition.topics
    counted = {"topics": len(topics), "stories": sum(len(t.stories) for t in topics), "texts": sum(len(t.texts) for t in topics),
               "articles": len(digest.articles)}
    left_out = [{"number": str(number), "file": row.path.name, "reason": row.reason} for number, row in enumerate(digest.edition.left_out)]
    yield pages.page("method", "about/method.md", counted=counted, left_out=left_out, values=setting_values(digest.settings),
                     figures=load_lists("figures").items(), made=pages.telling.makers())


def findings_of(digest: Digest, topic: Topic) -> Findings:
    """Return what comparing the sources of a topic found."""
    return digest.findings.get(topic.id, Findings())


def _data(pages: Tree) -> Iterator[tuple[str, str]]:
    digest, settings = pages.digest, pages.digest.settings
    day = digest.edition.day.isoformat() if digest.edition.day else None
    days = sorted(page.day.isoformat() for page in digest.days)
    shown = [pages.shown(topic) for topic in pages.telling.topics]
    rows = [(of.topic, of.telling) for of in shown]
    index = edition_data(settings.title, settings.languages, pages.telling.lang, day, rows, days, digest.names)
    yield f"{pages.prefix}data/index.json", format_json(index)
    for of in shown:
        yield f"{pages.prefix}data/topics/{of.topic.slug}.json", format_json(_topic_data(of, digest))


def _topic_data(shown: Shown, digest: Digest) -> dict[str, object]:
    findings, catalog = findings_of(digest, shown.topic), load_catalog(shown.telling.lang)
    told = [catalog.text(limit.key, n=limit.n).unescape() for limit in _limits(shown, digest)]
    return topic_data(shown.topic, shown.telling, catalog.lang, told, findings, digest.notices.get(shown.topic.slug, ()),
                      editors=digest.settings.language)
