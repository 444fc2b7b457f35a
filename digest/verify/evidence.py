"""What a proof knows and what it has found so far."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from digest.aids import aids_of
from digest.catalog import Catalog, load_catalog
from digest.checks import check_translation
from digest.desk import BETWEEN
from digest.editors.overrides import NO_OVERRIDES, Overrides
from digest.editors.translations import Corrections
from digest.editors.withdrawn import Withdrawal
from digest.escape import visible
from digest.feed_records import FeedRecord
from digest.former_files import FormerTexts
from digest.marks import QuoteMark, parse_quote_mark
from digest.models import Aid, Article, Citation, LeftOut
from digest.policy import ThemeScripts
from digest.precedence import first_of
from digest.records import EditionRecord, Ledger
from digest.segment import segment_article
from digest.settings import Settings
from digest.terms import LONGEST_NAME
from digest.translation import EDITOR, Original, Translation
from digest.translators import ENGINES
from digest.verify.columns import columns_of
from digest.verify.counts import Count, count_outlets
from digest.verify.editions import archive_address, count_editions, name_editions
from digest.verify.editors import titles_of
from digest.words import base_language, words

__all__ = ["MODEL", "Evidence", "PageFacts", "Shown", "Target", "TopicData"]

Shown = tuple[str, str, int, int]
"""What is shown of an article: its id, the version of its text, start and end."""
Target = tuple[str, str]
"""Where a link leads: a page or another file, from the site's root, and a place on it or nothing."""
MODEL = re.compile(r"[\w.+-]{0,20}(?: \+ [\w.+-]{1,20})?")
_LONGEST_TERM = 60
"""Characters of a shared term."""


@dataclass(slots=True)
class PageFacts:
    """What the checks of links and of the search need of one page."""

    version: str = ""
    """Names all that follows, where it is kept."""
    fallen: bool = False
    """Whether it is told in the site's own language instead of its tree's."""

    anchors: dict[str, str] = field(default_factory=dict)
    """Its ids, and the `data-quote` of each (empty where it has none)."""
    targets: list[Target] = field(default_factory=list)
    """Where its internal links lead; those of an error page, which is shown at any address, as if from the site's root."""
    quotes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Its quotations, each with the places on the source page of its article to which the links lead that stand with it."""
    beside: list[tuple[str, str]] = field(default_factory=list)
    """Its links to what is before and after it (`rel`), each with the page to which it leads; nothing for no page of the site."""
    points: list[tuple[str, tuple[Target, ...]]] = field(default_factory=list)
    """Those of its quotations that are key points, each with where all links lead that stand with it."""
    title: tuple[str, str, str] = ("", "", "")
    """Its first heading, the language of that, and the `data-translation` of it (empty where it is none)."""
    said: list[str] = field(default_factory=list)
    """Its quotations; what each says is what stands in its article, or there is a fault."""
    told: list[tuple[str, str]] = field(default_factory=list)
    """Its translations of sentences, each with its words."""

    def share(self, same: dict[Any, Any]) -> None:
        """Hold each of its parts once, as one of those that are the `same`: most stand on many pages, and facts of all are held."""
        def one(part: Any) -> Any:
            return same.setdefault(part, part)

        self.anchors = {one(name): one(mark) for name, mark in self.anchors.items()}
        self.targets, self.quotes, self.points, self.said, self.told = (
            list(map(one, dict.fromkeys(parts))) for parts in (self.targets, self.quotes, self.points, self.said, self.told))


@dataclass(frozen=True, slots=True)
class TopicData(Mapping[str, Any]):
    """The data of a topic, as its file has them: read when they are asked for, since most pages that ask were proven before."""

    path: Path
    version: str
    """Names what the file holds."""

    def __getitem__(self, key: str) -> Any:
        return _read_data(self)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(_read_data(self))

    def __len__(self) -> int:
        return len(_read_data(self))


@lru_cache(maxsize=64)
def _read_data(data: TopicData) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(data.path.read_bytes())
    return found


@dataclass(slots=True)
class Evidence:
    """The sources that a site is held against, and the faults found."""

    site: Path
    settings: Settings
    articles: Mapping[str, Article]
    left_out: Sequence[LeftOut]
    hashes: Mapping[str, bytes] = field(default_factory=dict)
    """The SHA-256 of every file of the site, by its path from there."""
    address: str = ""
    """That of the site, as its front page says; nothing where it does not."""
    corrections: Corrections = field(default_factory=dict)
    """What editors translated."""
    drafts: Mapping[str, frozenset[str]] | None = None
    """What engines made of each sentence, where that is known."""
    findings: list[str] = field(default_factory=list)
    former: FormerTexts = field(default_factory=dict)
    """The former texts of the articles."""
    shown: dict[str, dict[str, set[tuple[int, int]]]] = field(default_factory=dict)
    """The spans that pages and data show, by article and by its texts."""
    rewritten: dict[str, frozenset[tuple[str, str]]] = field(default_factory=dict)
    """By article: what its source page may say that its outlet changed, as `data-quote`s before and now; nothing for a missing one."""
    shown_at: dict[str, Path] = field(default_factory=dict)
    """A file that shows each of these articles."""
    members: dict[str, frozenset[str]] = field(default_factory=dict)
    """The articles of each topic and story, as the data say."""
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The separate texts of all stories, by their first articles, each with its copies, as the data say."""
    said: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    """The key points of each topic in the site's own language: the articles and the words that each of them cites."""
    firsts: frozenset[str] = frozenset()
    """The articles that have a text of their own, or are certainly the first with it."""
    totals: dict[str, int] = field(default_factory=lambda: {"texts_n": 0, "stories_n": 0, "topics_n": 0})
    """What all topics count together, as the data say."""
    slugs: dict[str, str] = field(default_factory=dict)
    """The topics that the index lists: the last part of the address, and the id."""
    topics: dict[str, TopicData] = field(default_factory=dict)
    """The data of each topic, by the address of its page."""
    indexes: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """The index of topics and names, by what the addresses of its tree begin with."""
    titles: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """The topics' titles in the index, by the address of the page."""
    told: dict[str, str] = field(default_factory=dict)
    """The language that each topic's page is told in, as `digest.yml` names it, by its address."""
    only: dict[str, str | None] = field(default_factory=dict)
    """The language in whose press alone a statement is found, by its page and place."""
    translations: dict[tuple[str, str], Translation] = field(default_factory=dict)
    """How the data say that a quotation or title is translated, by language and mark."""
    names: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """The names that have a page, as the index lists them, by the last part of the address."""
    overrides: Overrides = NO_OVERRIDES
    """What editors decided and wrote."""
    fetched: Mapping[str, FeedRecord] = field(default_factory=dict)
    """What the last fetch said of feeds, by address."""
    hidden: Mapping[str, Article] = field(default_factory=dict)
    """The articles that editors hid, by id."""
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)
    """The articles that were taken out, by id."""
    marked: dict[str, set[QuoteMark]] = field(default_factory=dict)
    """By page: the words within quotations that it may mark, as the data say."""
    unheard: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The countries that each topic's page may say that it does not hear, by its address."""
    silent: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The languages of the site in which no article of a topic is, by its address."""
    counts: dict[str, set[Count]] = field(default_factory=dict)
    """What each topic's page may count, by its address, as the data say; after a `#`, what a part of it may."""
    records: Mapping[str, EditionRecord] = field(default_factory=dict)
    """The recorded editions, by their days in ISO 8601, oldest first."""
    news: dict[str, str] = field(default_factory=dict)
    """What is new of topics in this edition, by their ids: the `topic` itself, or `points` of it."""
    anew: dict[str, frozenset[str]] = field(default_factory=dict)
    """By day of an edition: the last parts of the addresses of its topics that said nothing of articles not quoted before."""
    ledger: Ledger = field(default_factory=Ledger)
    """The ids and addresses that were given."""
    feeds: list[tuple[str, PageFacts]] = field(default_factory=list)
    """What the checks of links need of each entry of the feeds, with the feed's address."""
    published: dict[str, frozenset[str]] = field(default_factory=dict)
    """By article: the days and times that may be named of it, as stated and in the settings' time zone."""
    moments: dict[str, frozenset[str]] = field(default_factory=dict)
    """The same by page, part of a page or story."""
    every_moment: frozenset[str] = frozenset()
    """All that is published or named in any of these."""
    named: set[str] = field(default_factory=set)
    """The days and times of the articles whose headlines name the topics."""
    updated: set[str] = field(default_factory=set)
    """The days and times of the newest articles of the topics."""
    homes: dict[str, str] = field(default_factory=dict)
    """The topic of each article, as the data say."""
    charted: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """By month, year and for all time (`2021-02`, `2021`, ``): the dated articles of each topic that has any then."""
    summarized: set[str] = field(default_factory=set)
    """The days and times of the newest articles of their summaries."""
    day: str | None = None
    """The day of this edition."""
    theme: tuple[Path, ...] = ()
    """Where the files of the theme lie."""
    scripts: ThemeScripts = ()
    """The theme's inline scripts."""
    languages: frozenset[str] = frozenset()
    """Those of the articles, the outlets and the settings."""
    also: dict[tuple[str, str], list[frozenset[str]]] = field(default_factory=dict)
    """By page and first `data-quote` of a key point: the others that its data cite, once for each key point that begins so."""
    due: list[tuple[str, str]] = field(default_factory=list)
    """The pages and `data-quote`s of the key points that a topic's page must show."""
    pages: dict[str, PageFacts] = field(default_factory=dict)
    """By address from the site's root."""

    _segmented: dict[str, Article] = field(default_factory=dict)
    _texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    _shared: set[Count] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.languages = frozenset({*(a.lang for a in self.articles.values()), *(o.lang for o in self.settings.outlets.values() if o.lang),
                                    *self.settings.languages, BETWEEN}
                                   ) | frozenset(base_language(a.lang) for a in self.articles.values())
        zone = self.settings.zone
        for article in self.articles.values():
            stated = [when for when in (article.published, article.reposted) if when]
            self.published[article.id] = frozenset(moment for when in stated for moment in (
                when.iso, when.day.isoformat(), when.day_in(zone).isoformat()))
        published = [a.published.day_in(zone) for a in self.articles.values() if a.published]
        self.day = max(published).isoformat() if published else None

    @property
    def trees(self) -> dict[str, str]:
        """The languages of the site, by what the addresses of their pages begin with."""
        first, *others = self.settings.languages
        return {"": first} | {f"{lang}/": lang for lang in others}

    def tree_of(self, address: str) -> str:
        """Return what the addresses of the tree begin with that a page belongs to."""
        return next((tree for tree in self.trees if tree and address.startswith(tree)), "")

    def catalog(self, address: str) -> Catalog:
        """Return the interface of a page: that of its tree's language."""
        return load_catalog(self.trees[self.tree_of(address)])

    @property
    def edition_days(self) -> list[str]:
        """The days of the recorded editions and of this one, oldest first."""
        return sorted({*self.records, *([self.day] if self.day else [])})

    def settle(self) -> None:
        """Reckon, once all data are read, what pages that are no topic's may count and which days they may name."""
        texts = ([self.articles[ident] for ident in text if ident in self.articles] for text in self.texts.values())
        self.firsts = frozenset(first.id for text in texts if (first := first_of(text)))
        self._shared = set().union(*(found for place, found in self.counts.items() if "#" not in place))
        today = range(self.totals["topics_n"] + 1) if self.day else ()
        told = [number for day, record in self.records.items() if day != self.day
                for number in range(sum(bool(topic.title) for topic in record.topics), len(record.topics) + 1)]
        counts = {"about/method/": {*self.totals.items(), ("articles_n", len(self.articles))},
                  "names/": {("topics_n", len(row["topics"])) for row in self.names.values()},
                  "#news": {("topics_n", n) for n in today}, "outlets/": set(count_outlets(self.articles, self.settings)),
                  "archive/": {("topics_n", number) for number in (*told, *today)}} | count_editions(self.edition_days)
        today_only = frozenset({self.day} if self.day else ())
        listed = self.named | self.summarized
        moments = {"": today_only | listed, "topics/": frozenset(self.updated | listed), "#news": frozenset(self.edition_days),
                   **name_editions(self.edition_days)}
        self._chart()
        for period, found in self.charted.items():
            days = [a.published.day for idents in found.values() for ident in idents if (a := self.articles[ident]).published]
            place = f"archive/{archive_address(period) if period else ''}#over-time"
            moments[place], counts[place] = columns_of(days), {("articles_n", n) for n in range(1, len(days) + 1)}
        for tree in self.trees:
            self.counts |= {tree + place: found for place, found in counts.items()}
            self.moments |= {tree + place: found for place, found in moments.items()}
        self.every_moment = frozenset().union(*self.published.values(), *self.moments.values())
        self.homes = {ident: topic for topic in self.slugs.values() for ident in self.members.get(topic, ())}

    def _chart(self) -> None:
        """Sort the articles of topics by when they were published."""
        for topic in dict.fromkeys(self.slugs.values()):
            for ident in sorted(self.members.get(topic, ())):
                if (article := self.articles.get(ident)) and article.published:
                    day = article.published.day.isoformat()
                    for period in ("", day[:4], day[:7]):
                        found = self.charted.setdefault(period, {})
                        found[topic] = (*found.get(topic, ()), ident)

    def counts_at(self, address: str, elements: Iterable[str] = ()) -> set[Count]:
        """Return what may be counted in a page, or within the nearest of its elements that has counts of its own.

        A topic's page counts its topic and stories, a page of lists what it lists, another all topics.
        """
        nearest = next((place for ident in elements if (place := f"{address}#{ident}") in self.counts), address)
        return self.counts.get(nearest, self._shared)

    def moments_at(self, address: str, elements: Iterable[str] = ()) -> frozenset[str]:
        """Return the days and times that may be named in a page, or within the nearest of its elements that has days of its own."""
        places = (place for ident in elements for place in (f"{address}#{ident}", ident if ident in self.members else ""))
        nearest = next((place for place in places if place and place in self.moments), address)
        return self.moments.get(nearest, self.every_moment)

    def editors_titles(self, ident: str) -> list[tuple[str, str]]:
        """Return the titles, each with its language, that editors gave to a topic, by its id, a former id or that of an article of it."""
        elsewhere = {*self.slugs.values(), *self.articles} - {ident, *self.members.get(ident, ())}
        return titles_of(self.overrides, {titled.topic for titled in self.overrides.titles} - elsewhere)

    def shares(self, members: Iterable[str], term: str) -> bool:
        """Return whether a short term stands as whole words in one of some articles, whatever its case."""
        folded = visible(term).casefold()
        run = _run(folded)
        return 0 < len(folded) <= _LONGEST_TERM and 0 < run.count("\0") - 1 <= LONGEST_NAME and any(
            folded in text and run in runs for text, runs in map(self._folded, members))

    def _folded(self, ident: str) -> tuple[str, str]:
        """Return an article's title and text without case, and its words."""
        article = self.articles.get(ident)
        if ident not in self._texts:
            text = f"{article.title} {article.text}".casefold() if article else ""
            self._texts[ident] = text, _run(text)
        return self._texts[ident]

    def segmented(self, ident: str) -> Article | None:
        """Return an article with its sentences; None where it is not in the content."""
        if ident in self.articles and ident not in self._segmented:
            self._segmented[ident] = segment_article(self.articles[ident])
        return self._segmented.get(ident)

    def are_neighbors(self, one: QuoteMark, other: QuoteMark) -> bool:
        """Return whether two quotations are sentences of one article, one after the other."""
        article = self.segmented(one.article)
        if article is None or (one.article, one.version) != (other.article, other.version):
            return False
        at = {(sentence.start, sentence.end): sentence.index for sentence in article.sentences}
        places = at.get((one.start, one.end)), at.get((other.start, other.end))
        return None not in places and abs((places[0] or 0) - (places[1] or 0)) == 1

    def aids(self, mark: QuoteMark) -> list[Aid]:
        """Return the aids that a quotation may carry, reckoned again from its article."""
        article = self.text_of(mark)
        if article is None or not 0 <= mark.start < mark.end <= len(article.text):
            return []
        return list(aids_of(Citation(article, mark.start, mark.end, article.text[mark.start:mark.end])))

    def translation_faults(self, original: Original, text: str, lang: str, engine: str, model: str) -> Iterator[str]:
        """Yield what speaks against a translation into a language: what engines really said is known where their memory is."""
        sentence, shown = " ".join(original.text.split()), visible(text)
        if engine == EDITOR:
            correction = self.corrections.get(lang, {}).get(sentence)
            if not correction or visible(correction.translation) != shown:
                yield f"“{shown[:60]}” is said to be an editor's translation, and is none"
        elif engine not in ENGINES or not MODEL.fullmatch(model):
            yield f"“{shown[:60]}” is said to be translated by {engine[:40]!r} {model[:40]!r}, which is no engine of ours"
        elif not sentence or not shown:
            yield f"“{(shown or sentence)[:60]}” is said to be a translation, where there are no words"
        elif reason := check_translation(sentence, shown, original.lang, lang).reason:
            yield f"“{shown[:60]}” fails the check {reason!r} as a translation of “{sentence[:60]}”"
        elif self.drafts is not None and not self._was_drafted(sentence, shown):
            yield f"“{shown[:60]}” is not what the translation memory has for “{sentence[:60]}”"

    def is_closed(self, mark: str) -> bool:
        """Return whether what a mark names is of an article whose outlet does not allow translations."""
        ident = quoted.article if (quoted := parse_quote_mark(mark)) else mark.removeprefix("article:").partition(":")[0]
        article = self.articles.get(ident)
        outlet = self.settings.outlet(article.outlet) if article else None
        return outlet is not None and not outlet.translate

    def _was_drafted(self, sentence: str, text: str) -> bool:
        """Return whether an engine made a text of a sentence, in one step or two."""
        drafts = {} if self.drafts is None else self.drafts
        found = drafts.get(sentence, frozenset())
        return text in found or any(text in drafts.get(between, ()) for between in found)

    def show(self, spans: Iterable[Shown], path: Path) -> None:
        """Note what a file of the site shows of articles."""
        for ident, version, start, end in spans:
            text = self.text_of(QuoteMark(ident, version, start, end))
            if text:
                self.shown.setdefault(ident, {}).setdefault(text.text, set()).add((start, end))
                if ident not in self.shown_at:
                    self.shown_at[ident] = path.relative_to(self.site)

    def fault(self, path: Path, problem: str) -> None:
        """Note a fault in a file of the site."""
        self.findings.append(f"{path.relative_to(self.site).as_posix()}: {problem}")

    def topic_data(self, path: Path) -> TopicData:
        """Return the data of a topic in a file of the site that was checked."""
        known = self.hashes.get(path.relative_to(self.site).as_posix())
        return TopicData(path, (known or sha256(path.read_bytes()).digest()).hex())

    def text_of(self, mark: QuoteMark) -> Article | None:
        """Return the text of an article that a mark names, the one that it has or a former one; None where the content has it no more."""
        article = self.articles.get(mark.article)
        texts = (article, *self.former.get(mark.article, ())) if article else ()
        return next((text for text in texts if text and text.version == mark.version), None)


def _run(folded: str) -> str:
    """Return a text's words, each between two separators."""
    return "".join(f"\0{word}" for word in words(folded)) + "\0"
