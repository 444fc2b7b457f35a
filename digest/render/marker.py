"""Write values into a page as marked HTML: titles, names, days, quotations, each with what it is and whose.

Templates get their words only from here, so that nothing reaches a page unescaped or unmarked.
"""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from digest.catalog import Catalog, direction, escape_words, language_name
from digest.described import split_stop
from digest.editors.withdrawn import Withdrawal
from digest.escape import address, escape, text_fragment
from digest.handbook import HANDBOOK
from digest.limits import Limit
from digest.marks import FROM, QUOTE, anchor, archive_url, home_of, quote_mark, source_url
from digest.models import Aid, Article, Citation, KeyPoint, Story, Title, Topic, When
from digest.render.reports import report_links
from digest.render.tags import cuts, tag
from digest.settings import Outlet, Section, Settings
from digest.telling import Telling, holds_speech
from digest.translation import EDITOR, Translation, engine_label
from digest.words import base_language

__all__ = ["SHARED", "Marker"]

SHARED = ("sources/", HANDBOOK)
"""What all languages share: the pages of articles, and the handbook."""


def _kind(of: Topic | Story) -> str:
    return "topic" if isinstance(of, Topic) else "story"


@dataclass(frozen=True, slots=True)
class Marker:
    """What a page's template may call."""

    catalog: Catalog
    """The interface of the page; its language is the page's."""
    settings: Settings
    url: str
    """The page's own address from the site's root."""
    telling: Telling
    """What the page tells, and in which language."""
    tree: str = ""
    """What the addresses of its language begin with: `tr/`; nothing for the site's own language."""
    elsewhere: Mapping[str, Telling] = field(default_factory=dict)
    """By id, what the pages of topics tell that are told otherwise than this page: their titles are theirs everywhere."""
    base: str = ""
    """What links begin with that are read elsewhere, as in a feed: the site's address; nothing for links from page to page."""

    @property
    def place(self) -> str:
        """The page's address within its tree, the same in all languages."""
        return self.url.removeprefix(self.tree)

    @property
    def backwards(self) -> bool:
        """Whether the page is read from right to left."""
        return direction(self.catalog.lang) == "rtl"

    def t(self, key: str, **fields: object) -> Markup:
        """Return a string of the interface."""
        return self.catalog.text(key, **fields)

    def link(self, target: str) -> str:
        """Return a target of the page's tree relative to this page, so that the site works under any path; what is shared has no tree.

        For what is read elsewhere, return it with the site's address.
        """
        place = target if target.startswith(SHARED) else self.tree + target
        if self.base:
            return self.base + place
        path, mark, fragment = place.partition("#")
        relative = posixpath.relpath("/" + path, "/" + self.url) if path != self.url else "."
        slash = "/" if (path.endswith("/") or not path) and not relative.endswith("/") else ""
        return ("" if path == self.url and mark else relative + slash) + mark + fragment

    def link_in(self, lang: str, target: str) -> Markup:
        """Return a link to a target in the tree of another language, named as that language calls itself."""
        relative = posixpath.relpath(f"/{lang}/{target}", "/" + self.url) + "/"
        name = self.field("language", lang, "own", language_name(lang, lang), lang)
        return tag("a", name, href=relative, hreflang=lang)

    def field(self, kind: str, ident: str, field: str, text: str, lang: str | None = None) -> Markup:
        """Return a field of content or settings; isolated from the direction of the page where its language is not known."""
        return tag("span" if lang else "bdi", escape(text), **{FROM.replace("-", "_"): f"{kind}:{ident}:{field}"}, **self._language(lang))

    def fields(self, kind: str, ident: str, field: str, texts: Iterable[str], lang: str | None = None) -> Markup:
        """Return an enumeration of fields."""
        return self.catalog.join(self.field(kind, ident, field, text, lang) for text in texts)

    def joint(self) -> Markup:
        """Return what stands between the members of an enumeration that a template writes."""
        return escape_words(self.catalog.joint())

    def _language(self, lang: str | None) -> dict[str, str | None]:
        if lang is None or lang == self.catalog.lang:
            return {}
        turned = direction(lang)
        return {"lang": lang, "dir": turned if turned != direction(self.catalog.lang) else None}

    def headline(self, article: Article) -> Markup:
        """Return an article's title."""
        return self.field("article", article.id, "title", article.title, article.lang)

    def told_headline(self, article: Article, *, noted: bool = False) -> Markup:
        """Return an article's title, translated where it could be; see `title`."""
        told = self.telling.title(Title(article.title, article.lang, "article", article))
        return self._told(told, f"article:{article.id}:title", noted) if isinstance(told, Translation) else self.headline(article)

    def _told(self, told: Translation, mark: str, noted: bool) -> Markup:
        """Return a translated title with a sign that it is one, which tells how it came about; without where a note does (`noted`)."""
        shown = tag("span", escape(told.text), data_translation=mark, **self._language(told.lang))
        made = "edited" if told.engine == EDITOR else "machine"
        sign = tag("small", self.t("title_translated"), class_=made, title=self.origin(told).striptags())
        return shown if noted else shown + " " + sign

    def outlet(self, article: Article) -> Markup:
        """Return the name of an article's outlet, linked to its page where it is declared."""
        outlet = self.settings.outlet(article.outlet)
        if outlet is None:
            return tag("span", self.t("unknown_outlet"), class_="unknown")
        if not outlet.declared:
            return self.field("article", article.id, "outlet", outlet.name)
        return tag("a", self.outlet_name(outlet), href=self.link(f"outlets/{outlet.id}/"))

    def outlet_name(self, outlet: Outlet) -> Markup:
        """Return the name of a declared outlet."""
        return self.field("outlet", outlet.id, "name", outlet.name, outlet.lang)

    def plain_outlet(self, article: Article) -> Markup:
        """Return the name of an article's outlet without a link."""
        outlet = self.settings.outlet(article.outlet)
        return self.outlet_name(outlet) if outlet and outlet.declared else self.outlet(article)

    def day(self, day: date) -> Markup:
        """Return a day in the page's language."""
        return tag("time", escape(self.catalog.day(day)), datetime=day.isoformat())

    def short_day(self, day: date) -> Markup:
        """Return a day in the page's language, in short."""
        return tag("time", escape(self.catalog.short_day(day)), datetime=day.isoformat())

    def archive_link(self, stated: str, **attributes: str) -> Markup:
        """Return the link to the page of an edition, or of those of a month or year, by its day, month or year in ISO 8601."""
        return tag("a", self.dated(stated), href=self.link(archive_url(stated)), **attributes)

    def when(self, when: When | None) -> Markup:
        """Return a day or time; a word where it is unknown."""
        if when is None:
            return tag("span", self.t("unknown_date"), class_="unknown")
        return tag("time", escape(self.catalog.when(when)), datetime=when.iso)

    def published(self, article: Article, field: str = "published") -> Markup:
        """Return when an article was published (or another time that it states)."""
        when = getattr(article, field)
        return self._time(article, field, self.catalog.when(when), when.iso) if when else self.when(None)

    def turned(self, lang: str) -> Markup:
        """Return the attributes of a block in another language than the page's: ` lang` and, where it differs, ` dir`."""
        return Markup("").join(Markup(' {}="{}"').format(key, value) for key, value in self._language(lang).items() if value)

    def turn(self, lang: str) -> Markup:
        """Return the class of a heading that runs against the page's direction."""
        return Markup("" if direction(lang) == direction(self.catalog.lang) else ".turned")  # noqa: S704 - a class of ours

    def title(self, of: Topic | Story, *, noted: bool = False) -> Markup:
        """Return the title of a topic or story, translated where it could be; a list of terms has each of them marked.

        A translated one has a sign that it is, unless a note beside it says so (`noted`).
        """
        told, article = self.told_title(of), of.title.article
        return self._told(told, f"article:{article.id}:title" if article else f"{_kind(of)}:{of.id}:title", noted) if told else (
            self.own_title(of))

    def own_title(self, of: Topic | Story) -> Markup:
        """Return the title as its source, the program or an editor has it."""
        title = of.title
        if title.article is not None:
            return self.headline(title.article)
        if title.terms:
            return self.fields(_kind(of), of.id, "term", title.terms, title.lang)
        return self.field(_kind(of), of.id, "title", title.text, title.lang)

    def told_title(self, of: Topic | Story) -> Translation | None:
        """Return the translation of a title; None where it stands as it is."""
        told = self.elsewhere.get(getattr(of, "id", ""), self.telling).title(of.title)
        return told if isinstance(told, Translation) else None

    def title_lang(self, of: Topic | Story) -> str:
        """Return the language in which a title is shown."""
        told = self.told_title(of)
        return told.lang if told else of.title.lang

    def title_text(self, of: Topic | Story) -> str:
        """Return the words of a title, for the browser."""
        told = self.told_title(of)
        if told:
            return told.text
        return self.catalog.joint().join(of.title.terms) if of.title.terms and of.title.article is None else of.title.text

    def translated(self, cited: Citation) -> Translation | None:
        """Return the translation of a quotation; None where there is none or none is needed."""
        told = self.telling.sentence(cited)
        return told if isinstance(told, Translation) else None

    def untranslated(self, cited: Citation) -> bool:
        """Return whether a quotation is in another language than this page tells, and stays in it."""
        return not self.telling.reads(cited)

    def is_speech(self, cited: Citation) -> bool:
        """Return whether a quotation holds direct speech, which is shown in the original first."""
        return holds_speech(cited.quote)

    def translation(self, cited: Citation, told: Translation, aids: Sequence[Aid] = ()) -> Markup:
        """Return the translation of a quotation, with the days that its aids tell at its end, before the stop."""
        days = Markup("").join(self._aid(aid, told.lang) for aid in aids if aid.kind == "date")
        words, end = split_stop(told.text) if days else (told.text, "")
        return tag("span", escape(words) + days + escape(end), data_translation=quote_mark(cited), **self._language(told.lang))

    def origin(self, told: Translation) -> Markup:
        """Return how a translation came about."""
        language = self.language(told.source)
        if told.engine == EDITOR:
            return tag("span", self.t("translated_editor", language=language), class_="edited")
        words = {"language": language, "engine": self._engine(told)}
        if told.through:
            shown = self.t("translated_through", **words, through=self.language(told.through))
        else:
            shown = self.t("translated_by", **words)
        doubts = (Markup(" <span>{}</span>").format(self.t(f"doubt_{doubt}")) for doubt in told.doubts)
        return tag("span", shown, class_="machine") + Markup("").join(doubts)

    def made(self, told: Translation) -> Markup:
        """Return what translates from the language of a translation."""
        words = {"language": self.language(base_language(told.source)), "engine": self._engine(told)}
        if told.through:
            return self.t("method_translation_row_through", **words, through=self.language(told.through))
        return self.t("method_translation_row", **words)

    def _engine(self, told: Translation) -> Markup:
        return self.field("engine", told.engine, told.model or "-", engine_label(told.engine, told.model), "en")

    def title_of(self, of: Topic | Story) -> Markup:
        """Return whose a title is and, of a headline, of which day; of a translated one, that it is."""
        shown = self._whose(of)
        return Markup("{} <span>{}</span>").format(shown, self.t("title_translated")) if self.told_title(of) else shown

    def _whose(self, of: Topic | Story) -> Markup:
        article = of.title.article
        if article is None:
            return self.t("title_terms" if of.title.terms else "title_editor")
        outlet = self.plain_outlet(article)
        if article.published is None:
            return self.t("headline_undated", outlet=outlet)
        return self.t("headline_of", outlet=outlet, day=self.published_day(article))

    def published_day(self, article: Article) -> Markup:
        """Return the day on which an article was published, as stated."""
        when = article.published
        return self._time(article, "day", self.catalog.day(when.day), when.day.isoformat()) if when else self.when(None)

    def _time(self, article: Article, field: str, shown: str, stated: str) -> Markup:
        return tag("time", escape(shown), datetime=stated, **{FROM.replace("-", "_"): f"article:{article.id}:{field}"})

    def read_at(self, number: int, field: str, when: When) -> Markup:
        """Return a time that the record of feeds has of one, which its place among all feeds tells."""
        return tag("time", escape(self.catalog.when(when)), datetime=when.iso, **{FROM.replace("-", "_"): f"feed:{number}:{field}"})

    def dated(self, stated: str) -> Markup:
        """Return a day, a month, a year, or a day without its year, as precise as it is stated."""
        shown = self.catalog.day(date.fromisoformat(stated)) if len(stated) == 10 else self.catalog.partial(stated)
        return tag("time", escape(shown), datetime=stated)

    def all_dated(self, stated: Iterable[str]) -> Markup:
        """Return an enumeration of days, months and years."""
        return self.catalog.join(map(self.dated, stated))

    def note(self, line: int, field: str, text: str | date) -> Markup:
        """Return what an editor wrote in a line of the editors' file: words, or a day."""
        if isinstance(text, date):
            return tag("time", escape(self.catalog.day(text)), datetime=text.isoformat(), data_from=f"override:{line}:{field}")
        return self.field("override", str(line), field, text, self.settings.language)

    def hidden(self, article: Article, field: str) -> Markup:
        """Return what is told of an article that an editor hid: its `outlet`, the `day`."""
        if field == "day" and article.published:
            day = article.published.day
            return tag("time", escape(self.catalog.day(day)), datetime=day.isoformat(), data_from=f"hidden:{article.id}:day")
        outlet = self.settings.outlet(article.outlet)
        if field == "outlet" and outlet and not outlet.declared:
            return self.field("hidden", article.id, "outlet", outlet.name)
        return self.when(None) if field == "day" else self.plain_outlet(article)

    def taken(self, out: Withdrawal, field: str) -> Markup:
        """Return what is kept of a withdrawn article: its `outlet`, the `day` and the `reason`."""
        if field == "day":
            return tag("time", escape(self.catalog.day(out.day)), datetime=out.day.isoformat(), data_from=f"withdrawn:{out.article}:day")
        outlet = self.settings.outlet(out.outlet)
        if field == "outlet" and outlet and outlet.declared:
            return self.outlet_name(outlet)
        lang = self.settings.language if field == "reason" else None
        return self.field("withdrawn", out.article, field, out.reason if field == "reason" else out.outlet or "", lang)

    def section(self, section: Section) -> Markup:
        """Return the title of a section of the front page, in the page's language where it has one in that."""
        title, lang = section.title(self.telling.lang, self.catalog.lang, self.settings.language)
        return self.field("section", section.id, "title", title, lang)

    def limit(self, limit: Limit) -> Markup:
        """Return what a page cannot tell."""
        name = self.country if limit.key == "limit_countries" else self.language
        return self.t(limit.key, n=limit.n, listed=self.catalog.join(map(name, limit.listed)))

    def country(self, code: str) -> Markup:
        """Return the name of a country, in the page's language."""
        return self.field("country", code, "name", self.catalog.country(code))

    def language(self, lang: str) -> Markup:
        """Return the name of a language, in the page's language."""
        return self.field("language", lang, "name", language_name(lang, self.catalog.lang))

    def quote(self, point: KeyPoint) -> Markup:
        """Return a quotation with its aids at their places."""
        return self.cite(point.citations[0], (), point.aids)

    def cite(self, cited: Citation, spans: Sequence[Citation] = (), aids: Sequence[Aid] = (), name: str = "q",
             ident: str | None = None) -> Markup:
        """Return a quotation with words in it marked, and with its aids at their places; `name` and `ident` are the element's."""
        here = [span for span in spans if span.article.id == cited.article.id and cited.start <= span.start and span.end <= cited.end]
        inside = [(span.start - cited.start, span.end - cited.start) for span in here]
        pieces = [self._aid(aid, cited.article.lang) for aid in aids if aid.at == 0]
        for start, end in cuts(len(cited.quote), inside, [aid.at for aid in aids]):
            words = escape_words(cited.quote[start:end])
            pieces.append(tag("mark", words) if (start, end) in inside else words)
            pieces += [self._aid(aid, cited.article.lang) for aid in aids if aid.at == end]
        return self._quoted(name, cited, Markup("").join(pieces), id=ident)

    def _aid(self, aid: Aid, within: str) -> Markup:
        """Return an aid, which is in the page's language, within words of another one."""
        own = self.catalog.lang
        turned = {"lang": own, "dir": direction(own)} if within != own else {}
        if aid.kind == "connective":
            words, label = self.t("aid_connective") + Markup(" "), "aid_connective_label"
        else:
            day = date.fromisoformat(aid.text)
            shown = tag("time", escape(self.catalog.short_day(day)), datetime=day.isoformat())
            words, label = Markup(" ") + self.t("aid_date", day=shown), "aid_date_label"
        return tag("bdi", words, class_="aid", title=self.t(label).unescape(), **turned)

    def _quoted(self, name: str, cited: Citation, content: Markup, **attributes: str | None) -> Markup:
        return tag(name, content, **{QUOTE.replace("-", "_"): quote_mark(cited)}, **self._language(cited.article.lang), **attributes)

    def sentence(self, cited: Citation, *, marked: bool = False, ident: str | None = None) -> Markup:
        """Return a sentence among its neighbors; a cited one is marked."""
        return self._quoted("mark" if marked else "span", cited, escape_words(cited.quote), id=ident)

    def anchored(self, cited: Citation, *, marked: bool) -> Markup:
        """Return a sentence of a source page with its anchor; a cited one is marked."""
        return self.sentence(cited, marked=marked, ident=anchor(cited.article.text, *cited.span))

    def context_link(self, cited: Citation) -> str:
        """Return the link to the sentence of a citation, in its context on this site."""
        return self.link(f"{source_url(cited.article)}#{anchor(cited.article.text, *home_of(cited).span)}")

    def publisher_link(self, cited: Citation) -> str | None:
        """Return the link to a cited sentence on the publisher's page; None where no address is known, or it stands there no more."""
        return None if cited.article.former else text_fragment(cited.article.url, cited.quote)

    def reports(self) -> list[tuple[str, str]]:
        """Return the ways to report a sentence of this page, each as the key of its words and its address."""
        return report_links(self.settings, self.catalog, self.url)

    def article_link(self, article: Article) -> str | None:
        """Return the link to an article at its publisher; None where no address is known."""
        return address(article.url)
