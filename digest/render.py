"""Turn an edition into the files that MkDocs makes a site of: Markdown pages from templates, and data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from digest.catalog import Catalog, load_catalog
from digest.data import edition_data, format_json, topic_data
from digest.editors.decisions import pin_of
from digest.errors import TemplateError
from digest.escape import escape
from digest.findings import Findings
from digest.grid import lay_out
from digest.limits import find_limits, is_foreign
from digest.lists import load_lists
from digest.marker import Marker
from digest.marks import source_url, topic_url
from digest.models import Article, Correction, Decision, Topic, When, newest
from digest.name_page import name_row
from digest.pipeline import Digest, topic_age
from digest.rights import article_rights
from digest.settings import Outlet, setting_values
from digest.source_page import paragraphs_of
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


def template_folders(root: Path) -> tuple[Path, ...]:
    """Return where templates are looked for: the digest's own folder first, file by file, then those of the program."""
    return tuple(folder for folder in (root / "templates", PACKAGED_TEMPLATES) if folder.is_dir())


def _environment(root: Path) -> Environment:
    return Environment(loader=ChoiceLoader([FileSystemLoader(folder) for folder in template_folders(root)]), autoescape=True,
                       finalize=lambda value: value if isinstance(value, Markup) else escape(value), undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)


class _Pages:
    """The templates of one site, filled for one digest."""

    def __init__(self, digest: Digest, root: Path) -> None:
        self.digest = digest
        self.catalog: Catalog = load_catalog(digest.settings.language)
        self.environment = _environment(root)

    def page(self, template: str, path: str, **values: object) -> tuple[str, str]:
        """Return a page's path and its Markdown."""
        url = "" if path == "index.md" else path.removesuffix("index.md") if path.endswith("/index.md") else f"{path.removesuffix('.md')}/"
        marker = Marker(self.catalog, self.digest.settings, url)
        try:
            return path, self.environment.get_template(f"{template}.md.jinja").render(m=marker, settings=self.digest.settings, **values)
        except TemplateSyntaxError as error:
            raise TemplateError(Path(error.filename or template), error.message or "wrong", line=error.lineno) from error
        except (JinjaError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise TemplateError(Path(f"{template}.md.jinja"), f"{type(error).__name__}: {error}") from error


def render_pages(digest: Digest, root: Path) -> dict[str, str]:
    """Return every generated file as path and content; `root` is the folder whose `templates/` may override the program's.

    Raises:
        TemplateError: a template is missing or wrong.
    """
    pages = _Pages(digest, root)
    parts = (_front, _topics, _sources, _uncited, _archive, _corrections, _names, _outlets, _method)
    return dict(sorted([*(page for part in parts for page in part(pages)), *_data(digest)]))


def _cards(topics: Iterable[Topic]) -> list[Card]:
    return [Card(topic, topic_url(topic.slug), count(topic.stories), newest(topic.articles), pin_of(topic)) for topic in topics]


def _front(pages: _Pages) -> Iterator[tuple[str, str]]:
    edition = pages.digest.edition
    yield pages.page("home", "index.md", edition=edition, cards=_cards(edition.topics))
    newest_first = sorted(edition.topics, key=lambda topic: (topic_age(topic), topic.id))
    yield pages.page("topics", "topics/index.md", cards=_cards(newest_first))


def _topics(pages: _Pages) -> Iterator[tuple[str, str]]:
    digest = pages.digest
    cited, homes = _source_urls(digest), _homes(digest)
    for topic in digest.edition.topics:
        findings, limits = findings_of(digest, topic), find_limits(topic, digest.settings)
        alone, notices = dict(findings.alone), digest.notices.get(topic.slug, ())
        stories = [StoryView(story, count([story]), alone.get(story.id, ())) for story in topic.stories]
        wording, spelling = part_wording(findings.wording)
        yield pages.page("topic", f"topics/{topic.slug}.md", topic=topic, stories=stories, counted=count(topic.stories), cited=cited,
                         newest=newest(topic.articles), score=two_decimals(topic.why.score), nearest_score=nearest_score(topic.why),
                         data=f"data/topics/{topic.slug}.json", limits=limits, findings=findings, wording=wording, spelling=spelling,
                         grid=lay_out(topic, findings, digest.settings, digest.withheld), points=group_points(topic), used_by=used_by,
                         is_first=is_first, tells_why=tells_why, homes=homes, notices=notices, dates=dates_of(findings.timeline),
                         voices=partial(voices_of, texts=topic.texts),
                         sections=sections_of(topic, findings, limited=bool(limits), decided=bool(topic.decisions or notices)))
    for slug, target in digest.forwards.items():
        shown = {"url": topic_url(target.slug), "topic": target} if target else None
        yield pages.page("moved", f"topics/{slug}.md", target=shown, why="gone_why", notices=digest.notices.get(slug, ()))


def _homes(digest: Digest) -> Mapping[str, str]:
    """Return the address of the topic of each article."""
    return {article.id: topic_url(topic.slug) for topic in digest.edition.topics for article in topic.articles}


def _source_urls(digest: Digest) -> Mapping[str, str]:
    return {article.id: source_url(article) for article in digest.articles if article.id in digest.cited}


def _sources(pages: _Pages) -> Iterator[tuple[str, str]]:
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


def _uncited(pages: _Pages) -> Iterator[tuple[str, str]]:
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


def _archive(pages: _Pages) -> Iterator[tuple[str, str]]:
    days = sorted(pages.digest.days, key=lambda page: page.day, reverse=True)
    rows = [{"day": page.day, "url": _day_url(page.day), "topics": len(page.topics)} for page in days]
    topics = pages.digest.edition.topics
    yield pages.page("archive", "archive/index.md", days=rows, names=pages.digest.names, corrections=any(t.corrections for t in topics))
    for page in days:
        yield pages.page("day", f"{_day_url(page.day).rstrip('/')}.md", day=page.day, topics=page.topics)


def _day_url(day: date) -> str:
    return f"archive/{day:%Y/%m/%d}/"


def _corrections(pages: _Pages) -> Iterator[tuple[str, str]]:
    """Yield the page of editors' notes, if there are any."""
    rows = [_Noted(note, topic, topic_url(topic.slug)) for topic in pages.digest.edition.topics for note in topic.corrections]
    if rows:
        newest_first = sorted(rows, key=lambda row: (row.note.day, -row.note.line), reverse=True)
        yield pages.page("corrections", "corrections/index.md", rows=newest_first)


@dataclass(frozen=True, slots=True)
class _Noted:
    """An editor's note and the topic that it is on."""

    note: Correction
    topic: Topic
    url: str


def _names(pages: _Pages) -> Iterator[tuple[str, str]]:
    """Yield the pages of names and their list, if there are any."""
    cited = _source_urls(pages.digest)
    rows = [name_row(listed, pages.digest.cited) for listed in pages.digest.names]
    for row in rows:
        yield pages.page("name", f"names/{row.slug}.md", row=row, cited=cited)
    if rows:
        yield pages.page("names", "names/index.md", rows=sorted(rows, key=lambda row: row.slug),
                         hidden=pages.digest.names_hidden)
    for slug in pages.digest.nameless:
        yield pages.page("moved", f"names/{slug}.md", target=None, why="gone_name", notices=())


def _outlets(pages: _Pages) -> Iterator[tuple[str, str]]:
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
        marker = Marker(pages.catalog, digest.settings, f"outlets/{outlet.id}/")
        yield pages.page("outlet", path, outlet=outlet, facts=list(_facts(outlet, marker)), articles=articles)


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


def _method(pages: _Pages) -> Iterator[tuple[str, str]]:
    digest = pages.digest
    topics = digest.edition.topics
    counted = {"topics": len(topics), "stories": sum(len(t.stories) for t in topics), "texts": sum(len(t.texts) for t in topics),
               "articles": len(digest.articles)}
    left_out = [{"number": str(number), "file": row.path.name, "reason": row.reason} for number, row in enumerate(digest.edition.left_out)]
    yield pages.page("method", "about/method.md", counted=counted, left_out=left_out, values=setting_values(digest.settings),
                     figures=load_lists("figures").items())


def findings_of(digest: Digest, topic: Topic) -> Findings:
    """Return what comparing the sources of a topic found."""
    return digest.findings.get(topic.id, Findings())


def _data(digest: Digest) -> Iterator[tuple[str, str]]:
    edition, settings = digest.edition, digest.settings
    catalog = load_catalog(settings.language)
    day = edition.day.isoformat() if edition.day else None
    days = sorted(page.day.isoformat() for page in digest.days)
    yield "data/schema.json", (_PROGRAM / "schema.json").read_text("utf-8")
    yield "data/index.json", format_json(edition_data(settings.title, settings.languages, day, edition.topics, days, digest.names))
    for topic in edition.topics:
        limits = [catalog.text(limit.key, n=limit.n).unescape() for limit in find_limits(topic, settings)]
        yield f"data/topics/{topic.slug}.json", format_json(topic_data(topic, catalog.lang, limits, findings_of(digest, topic),
                                                                         digest.notices.get(topic.slug, ())))
