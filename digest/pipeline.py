"""The sequence of the stages: from the files of a content folder to an edition; only `record_digest` writes.

read → segment → copies → stories → topics → ids → summaries → archive. Each stage is a function of its own module.
"""

import gc
import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from digest.archive import DayPage, tell_editions
from digest.content import read_articles
from digest.dedupe import find_texts
from digest.editors.decisions import NOTHING_CHOSEN, close_rules, decide, tell_unquoted
from digest.editors.hiding import Missed, hide_articles, warn_of_names
from digest.editors.overrides import NO_OVERRIDES, Overrides, Rule, read_overrides
from digest.editors.rules import settle_rules
from digest.editors.withdrawn import Withdrawal
from digest.errors import StrictError, at_place
from digest.feed_records import FeedRecord, read_feed_records
from digest.feeds import number_notes
from digest.findings import Findings
from digest.former import Rewritten, tell_rewritten
from digest.former_files import FormerTexts, read_former_texts
from digest.gist import Gist, find_gist
from digest.group import group_texts
from digest.locking import alone_in
from digest.marks import topic_url
from digest.models import Article, Citation, Decision, Edition, LeftOut, Sentence, Story, Topic
from digest.names.directory import Listed, drop_names, list_names
from digest.news import NO_NEWS, News, tell_news
from digest.order import order_topics
from digest.outlets import settle_outlets, warn_of_outlets
from digest.quoting import Quotable, Quoted, quote_topics
from digest.record_files import read_editions, read_ledger, write_edition, write_ledger
from digest.records import (
    EditionRecord,
    Ledger,
    assign,
    blank_articles,
    cited_articles,
    digest_id,
    forwarding,
    new_slug,
    place_notices,
    record_edition,
    record_ledger,
)
from digest.retell import cited_spans, kept_sentences, retell, retitle
from digest.rights import QuoteBudget, shown_sentences
from digest.running import PLAIN, Kept, Names, Runner, names_of
from digest.segment import segment_article
from digest.settings import NO_FRAME, Frame, Settings, load_settings
from digest.telling import Telling
from digest.topics import Gathered, Titles, find_titles, group_stories

_GAP_DAYS = 366
"""An article this much newer than every other is probably dated wrongly."""
__all__ = ["Digest", "load_digest", "make_digest", "record_digest", "refuse_warnings"]

log = logging.getLogger(__name__)

@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All that the site shows, ready to be rendered."""

    settings: Settings
    ident: str
    """The id that the digest keeps, whatever its title and address; nothing where it has no article."""
    articles: tuple[Article, ...]
    edition: Edition
    """In the site's own language."""
    tellings: tuple[Telling, ...]
    """The edition in each language of the settings, the site's own first."""
    days: tuple[DayPage, ...]
    """What each recorded edition and this one said, newest first."""
    forwards: Mapping[str, Topic | None]
    """Former addresses of topics, and the topic that took their articles over."""
    homes: Mapping[str, str]
    """The address of the topic of each article, by the article's id."""
    notes: Mapping[int, tuple[str, ...]]
    """What the ids of editors' notes in feeds are made of, by their lines."""
    cited: Mapping[str, frozenset[tuple[int, int]]]
    """The cited spans of each cited article, by its id."""
    shown: Mapping[str, tuple[Sentence, ...]]
    """The sentences that each cited article's source page shows."""
    rewritten: Mapping[str, Rewritten] = field(default_factory=dict)
    """By id of each article that its outlet changed: what its source page shows of its former texts."""
    uncited: tuple[str, ...] = ()
    """Ids of articles that a former edition cited and nothing cites any more, or that were withdrawn; their pages stay."""
    refused: tuple[str, ...] = ()
    """Ids of articles of which a sentence was chosen that their rights left no room for."""
    drafts: tuple[LeftOut, ...] = ()
    """Articles that are not to be published yet."""
    findings: Mapping[str, Findings] = field(default_factory=dict)
    """What comparing the sources found, by the topic's id."""
    names: tuple[Listed, ...] = ()
    """The names that have a page."""
    nameless: tuple[str, ...] = ()
    """Addresses of names that had a page once."""
    withheld: frozenset[str] = frozenset()
    """Ids of articles with findings that may not be shown, so that nobody says they were not found there."""
    warnings: tuple[str, ...] = ()
    """A line for each decision of the editors that does not apply."""
    hidden: tuple[Decision, ...] = ()
    """The articles that editors hid."""
    names_hidden: bool = False
    """Whether editors keep names off the list of names."""
    feeds: Mapping[str, FeedRecord] = field(default_factory=dict)
    """What the last fetch said of feeds, by address."""
    withdrawn: tuple[Withdrawal, ...] = ()
    """Articles that were taken out, oldest first: each has a notice on its source page."""
    news: News = NO_NEWS
    """What is new in this edition."""
    notices: Mapping[str, tuple[Withdrawal, ...]] = field(default_factory=dict)
    """By address of a topic, also one that is gone: the withdrawn articles that it held or quoted."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let nobody look for garbage in cycles meanwhile: analysis leaves hardly any, and the search took a seventh of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_uncollected()
def load_digest(content: Path, *, drafts: bool = False, frame: Frame = NO_FRAME, words: int | None = None,
                summarized: bool = True, runner: Runner = PLAIN) -> tuple[Digest, tuple[str, ...]]:
    """Read a content folder and make its digest; return it and the warnings. Without `summarized` no sentence is chosen.

    Raises:
        SettingsError: a file of the editors is wrong.
        RecordError: the ledger or a record is damaged.
    """
    settings = load_settings(content, frame=frame)
    settings = replace(settings, summarizing=replace(settings.summarizing, words=words))
    found = read_articles(content, drafts=drafts)
    articles = settle_outlets(found.articles, settings)
    records = tuple(blank_articles(record, {taken.article for taken in found.withdrawn}) for record in read_editions(content))
    former, damaged = read_former_texts(content, articles)
    digest = make_digest(settings, articles, found.left_out, read_ledger(content), records, overrides=read_overrides(content),
                         withdrawn=found.withdrawn, former=former, summarized=summarized, runner=runner)
    warnings = (*found.warnings, *damaged, *warn_of_outlets(articles, settings), *_warn_of_slips(articles), *digest.warnings)
    return replace(digest, drafts=found.drafts, feeds=read_feed_records(content).feeds), warnings


def _warn_of_slips(articles: Sequence[Article]) -> Iterator[str]:
    """Yield warnings for what is possible but hardly meant."""
    ids = {article.id for article in articles}
    for article in articles:
        if article.copy_of and article.copy_of not in ids:
            yield at_place(article.path, None, f"copy_of names {article.copy_of!r}, which is no article here")
    days = sorted((a.published.day, a.path) for a in articles if a.published)
    if len(days) > 1 and (days[-1][0] - days[-2][0]).days > _GAP_DAYS:
        yield at_place(days[-1][1], None, f"published {days[-1][0]} is more than a year after every other article; is it right?")


def refuse_warnings(warnings: Sequence[str]) -> None:
    """Tell the warnings and refuse to go on: what `--strict` asks for.

    Raises:
        StrictError: there are any.
    """
    for warning in warnings:
        log.warning("%s", warning)
    if warnings:
        raise StrictError(len(warnings))


def make_digest(settings: Settings, articles: Sequence[Article], left_out: Sequence[LeftOut], ledger: Ledger,
                records: Sequence[EditionRecord], *, overrides: Overrides = NO_OVERRIDES, withdrawn: Sequence[Withdrawal] = (),
                former: FormerTexts = MappingProxyType({}), summarized: bool = True, runner: Runner = PLAIN) -> Digest:
    """Make the digest of articles; the same input gives the same digest, whatever its order."""
    shown = hide_articles(articles, overrides)
    segmented = tuple(sorted(map(segment_article, shown.articles), key=lambda a: a.order))
    grouped = _group(segmented, settings, overrides, ledger, runner)
    missed = _miss(shown.hidden, segmented, settings, overrides, ledger, runner)
    day = max((a.published.day_in(settings.zone) for a in segmented if a.published), default=None)
    here = names_of(segmented)
    titling = partial(_find_titles, grouped.topics, hidden=overrides.hide_names, names=here, runner=runner)
    found = _topics(grouped.topics, titling(settings.language), ledger)
    deciding = partial(decide, overrides=overrides, applied=grouped.rules, ledger=ledger, day=day, missed=missed)
    decided = deciding(found, language=settings.language)
    others = settings.languages[1:] if summarized else ()
    retitled = [deciding(retitle(found, grouped.topics, titling(lang)), language=lang).topics for lang in others]
    quotable = [Quotable(topic, tuple(local), decided.chosen.get(topic.id, NOTHING_CHOSEN))
                for topic, *local in zip(decided.topics, *retitled, strict=True)]
    budget = QuoteBudget(settings)
    quoted = (quote_topics(quotable, settings, budget, runner, here) if summarized else
              [Quoted(topic, Findings(), frozenset()) for topic in decided.topics])
    told, unquoted = tell_unquoted([q.topic for q in quoted], decided.chosen if summarized else {}, overrides)
    topics = order_topics(told, settings)
    findings = {q.topic.id: q.findings for q in quoted}
    edition = Edition(day, tuple(topics), (*left_out, *shown.left_out))
    by_id = {article.id: article for article in segmented}
    own = Telling(lang=settings.language, topics=edition.topics, closed=settings.closed_outlets)
    tellings = (own, *(retell([q.retold[at] for q in quoted], lang, decided.chosen, settings, overrides) for at, lang in enumerate(others)))
    kept = kept_sentences(tellings, findings)
    days = tell_editions(_editions(edition, records, kept), by_id, topics, budget,
                         {article.id for row in shown.hidden for article in row.articles})
    cited, once = cited_spans(edition, days, kept), cited_articles(records)
    texts = {ident: tuple(map(segment_article, found)) for ident, found in former.items()
             if ident in by_id and (ident in cited or ident in once)}
    days, rewritten = tell_rewritten(days, by_id, texts, cited, budget)
    sentences = {ident: shown_sentences(by_id[ident], spans, settings, rewritten.get(ident, Rewritten()).shown)
                 for ident, spans in cited.items()}
    uncited = tuple(sorted((once | {w.article for w in withdrawn}) - cited.keys()))
    names = list_names(topics, findings, settings.persons, overrides.hide_names, ledger.names)
    return Digest(settings=settings, ident=digest_id(ledger, segmented), articles=segmented, edition=edition, days=days,
                  forwards=forwarding(ledger, topics), tellings=tellings,
                  homes={a.id: topic_url(topic.slug) for topic in topics for a in topic.articles},
                  notes=number_notes(note for topic in topics for note in topic.corrections), cited=cited, shown=sentences,
                  rewritten=rewritten,
                  uncited=uncited, refused=budget.refused, findings=findings,
                  names=names, nameless=drop_names(ledger.names, names, overrides.hide_names) if summarized else (),
                  withheld=frozenset().union(*(q.withheld for q in quoted)),
                  warnings=(*shown.warnings, *grouped.warnings, *decided.warnings, *unquoted, *warn_of_names(segmented, overrides)),
                  hidden=shown.hidden, names_hidden=bool(overrides.hide_names), news=tell_news(edition, records),
                  withdrawn=tuple(withdrawn), notices=place_notices(withdrawn, topics, ledger))


@dataclass(frozen=True, slots=True)
class _Groups:
    """The articles as they group, with the editors' rules that hold."""

    topics: tuple[Gathered, ...]
    rules: tuple[Rule, ...]
    warnings: tuple[str, ...]


def _group(articles: Sequence[Article], settings: Settings, overrides: Overrides, ledger: Ledger, runner: Runner) -> _Groups:
    """Find copies, stories and topics within what editors decided."""
    grouping, language = settings.grouping, settings.language
    gist, numbers = runner.on_demand("gists", find_gist, articles, worth=200), {article.id: n for n, article in enumerate(articles)}

    def read(article: Article) -> Gist:
        return gist(numbers[article.id])

    texts = find_texts(articles, grouping, read=lambda article: read(article).run, memory=Kept("copies", runner))
    one = settle_rules(overrides.stories, [text.articles for text in texts], overrides.path, "story", overrides.hidden)
    stories = group_texts(texts, grouping, language, one.bounds, read=read, memory=Kept("stories", runner))
    closed, unknown = close_rules(overrides, ledger, {a.id for a in articles})
    both = settle_rules((*overrides.topics, *closed), [story.articles for story in stories], overrides.path, "topic", overrides.hidden)
    topics = group_stories(stories, grouping, language, both.bounds, read=read, memory=Kept("topics", runner))
    return _Groups(topics, (*one.rules, *both.rules), (*one.warnings, *unknown, *both.warnings))


def _miss(hidden: Sequence[Decision], articles: Sequence[Article], settings: Settings, overrides: Overrides,
          ledger: Ledger, runner: Runner) -> list[Missed]:
    """Return hidden articles, each with those of the topic that it would be in: all are grouped once more as if none were hidden."""
    if not hidden:
        return []
    everything = (*articles, *(segment_article(a) for row in hidden for a in row.articles))
    topics = _group(tuple(sorted(everything, key=lambda a: a.order)), settings, overrides, ledger, runner).topics
    beside = {a.id: tuple(other.id for other in topic.articles) for topic in topics for a in topic.articles}
    return [Missed(row, beside[a.id]) for row in hidden for a in row.articles]


def _find_titles(groups: Sequence[Gathered], language: str, *, hidden: Collection[str], names: Names, runner: Runner) -> list[Titles]:
    """Return the titles of topics in a language."""
    find = partial(find_titles, language=language, hidden=hidden)
    return list(runner.each("titles", find, groups, language, sorted(hidden), articles=names, keyed=_reported, worth=400))


def _reported(group: Gathered) -> list[tuple[Article, ...]]:
    """Return the articles of each story: all that titles depend on."""
    return [story.articles for story in group.stories]


def _topics(groups: Sequence[Gathered], titles: Sequence[Titles], ledger: Ledger) -> list[Topic]:
    """Give topics and stories their ids and addresses."""
    idents = assign([[a.id for a in group.articles] for group in groups], ledger.topics, "t")
    stories = iter(assign([[a.id for a in story.articles] for group in groups for story in group.stories], ledger.stories, "s"))
    return [_topic(ident, group, titled, [next(stories) for _ in group.stories], ledger)
            for ident, group, titled in zip(idents, groups, titles, strict=True)]


def _topic(ident: str, group: Gathered, titles: Titles, story_ids: Sequence[str], ledger: Ledger) -> Topic:
    given = ledger.topics.get(ident)
    stories = [Story(story_id, title, story.texts, story.why)
               for story_id, title, story in zip(story_ids, titles.stories, group.stories, strict=True)]
    newest_first = sorted(stories, key=lambda story: (story.day is not None, story.day or date.min, story.id), reverse=True)
    slug = given.slug if given and given.slug else new_slug(titles.topic.text, ident)
    return Topic(ident, slug, titles.topic, tuple(newest_first), group.why)


def _editions(edition: Edition, records: Sequence[EditionRecord], kept: Mapping[str, Sequence[Citation]]) -> list[EditionRecord]:
    """Return the recorded editions with this one in the place of any that was recorded for its day."""
    now = record_edition(edition, records, kept)
    return [record for record in records if now is None or record.day != now.day] + ([now] if now else [])


def record_digest(digest: Digest, content: Path) -> tuple[Path, ...]:
    """Write the ids and addresses that this digest gives, and what this edition says; return the files written.

    Raises:
        BusyError: another run writes to the content folder.
    """
    with alone_in(content):
        records, names = read_editions(content), [*(listed.slug for listed in digest.names), *digest.nameless]
        write_ledger(content, record_ledger(read_ledger(content), digest.edition.topics, names, digest.ident))
        record = record_edition(digest.edition, records, kept_sentences(digest.tellings, digest.findings))
        return (content / "ledger.json", *((write_edition(content, record),) if record else ()))
