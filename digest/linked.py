"""Linked data of pages (JSON-LD in the words of schema.org): what a page is made from, so that programs can follow it.

They are made from the data that the site publishes, and say nothing else. A quotation names the span that it is; a translation is no
quotation, and says what it is the translation of. Addresses on this site are given where that of the site is known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from digest.catalog import load_catalog
from digest.described import origin_text
from digest.escape import address
from digest.marks import QuoteMark, anchor, home_of, source_url, topic_url
from digest.models import Article, Citation
from digest.settings import Settings
from digest.translation import Translation

__all__ = ["front_linked", "source_linked", "topic_linked"]

_LISTED = 100
"""Topics that a front page names, at most."""

Row = Mapping[str, Any]
Linked = dict[str, Any]


def front_linked(settings: Settings, tree: str, lang: str, day: str | None, topics: Iterable[Row]) -> Linked:
    """Return what a front page is: a collection of topics, of which the index of the data has these rows; the first of many."""
    parts = [_filled({"@type": "CollectionPage", "url": _own(settings, tree + topic_url(row["slug"])), "name": _title(row["title"])})
             for row in islice(topics, _LISTED)]
    return _page("CollectionPage", settings, tree, settings.title, lang) | _filled({"dateModified": day, "hasPart": parts})


def topic_linked(settings: Settings, url: str, topic: Row, articles: Mapping[str, Article]) -> Linked:
    """Return what the page of a topic is made from, what it quotes first, and what editors corrected; `topic` has its data."""
    return _page("CollectionPage", settings, url, _title(topic["title"]), topic["told"]) | _filled({
        "dateModified": topic["updated"],
        "isBasedOn": list(_articles([articles[row["id"]] for row in topic["articles"]], settings)),
        "citation": [_point(row, articles[row["citations"][0]["article"]], settings) for row in topic["summary"]],
        "correction": [{"@type": "CorrectionComment", "text": row["text"], "inLanguage": row["lang"], "datePublished": row["date"],
                        "author": row["by"]} for row in topic["corrections"]]})


def source_linked(settings: Settings, article: Article) -> Linked:
    """Return what the page of an article is: one that is based on it, and not the article itself."""
    based = _article(article, settings) | _filled({"author": list(article.authors)})
    return _page("WebPage", settings, source_url(article), article.title, article.lang) | {"isBasedOn": based}


def _page(kind: str, settings: Settings, url: str, name: str, lang: str) -> Linked:
    site = _filled({"@type": "WebSite", "name": settings.title, "url": settings.address})
    return _filled({"@context": "https://schema.org", "@type": kind, "url": _own(settings, url), "name": name, "inLanguage": lang,
                    "isPartOf": site, "publisher": _publisher(settings)})


def _publisher(settings: Settings) -> Linked | None:
    if not settings.publisher:
        return None
    kind, _, rest = (settings.contact or "").partition(":")
    contact = {"email": rest} if kind == "mailto" else {"url": settings.contact}
    return _filled({"@type": "Organization", "name": settings.publisher, **contact})


def _articles(articles: Sequence[Article], settings: Settings) -> Iterator[Linked]:
    """Yield articles; a declared outlet is told of at its first, and named by its node alone at the others."""
    known: set[str | None] = set()
    for article in articles:
        told = _article(article, settings)
        if article.outlet in settings.outlets:
            node = {"@id": f"_:outlet.{article.outlet}"}
            told["publisher"] = node if article.outlet in known else {**node, **told["publisher"]}
            known.add(article.outlet)
        yield told


def _article(article: Article, settings: Settings) -> Linked:
    outlet, when = settings.outlet(article.outlet), article.published
    publisher = _filled({"@type": "Organization", "name": outlet.name, "url": address(outlet.homepage)}) if outlet else None
    return _filled({"@type": "NewsArticle", "@id": _node(article), "headline": article.title, "inLanguage": article.lang,
                    "datePublished": when.iso if when else None, "url": address(article.url), "publisher": publisher})


def _point(row: Row, article: Article, settings: Settings) -> Linked:
    """Return a quotation; of one that is translated the translation, with what it translates."""
    cited = row["citations"][0]
    start, end = home_of(Citation(article, cited["start"], cited["end"], cited["quote"])).span
    place = f"{source_url(article)}#{anchor(article.text, start, end)}"
    mark = QuoteMark(article.id, cited["version"], cited["start"], cited["end"])
    quoted = _filled({"@type": "Quotation", "identifier": str(mark), "text": cited["quote"], "inLanguage": article.lang,
                      "isPartOf": {"@id": _node(article)}, "url": _own(settings, place)})
    if not (how := row["translated"]):
        return quoted
    told = Translation(text=row["text"], lang=row["lang"], source=how["from"], engine=how["engine"], model=how["model"],
                       through=how["through"], doubts=tuple(how["doubts"]))
    return {"@type": "CreativeWork", "text": told.text, "inLanguage": told.lang, "creditText": origin_text(told, load_catalog(told.lang)),
            "translationOfWork": quoted}


def _title(row: Row) -> str:
    """Return a title as its source has it."""
    return str((row["original"] or row)["text"])


def _node(article: Article) -> str:
    """Return the name of an article within a page's linked data."""
    return f"_:{article.id}"


def _own(settings: Settings, place: str) -> str | None:
    """Return the address of a place on this site; None where that of the site is not known."""
    return settings.address + place if settings.address else None


def _filled(found: Linked) -> Linked:
    """Return data without what is not known."""
    return {key: value for key, value in found.items() if value}
