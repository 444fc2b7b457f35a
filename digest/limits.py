"""What a topic's page cannot tell: read off its articles, so that silence is not taken for knowledge."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from digest.catalog import Catalog, language_name
from digest.escape import escape
from digest.models import Article, Citation, Topic
from digest.readable import readability
from digest.rights import article_rights, quote_limit
from digest.settings import Settings
from digest.telling import Telling
from digest.unheard import unheard_countries, unheard_languages
from digest.words import base_language

__all__ = ["UNQUOTED", "Limit", "find_limits", "is_foreign", "tell_limit", "why_unquoted"]

UNQUOTED = ("unquoted_alone", "unquoted_rights")
"""Why a topic has no key point: none of its sentences can stand alone; none that does may be shown."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: a string of the interface, and how many articles, countries or languages it concerns."""

    key: str
    n: int
    listed: tuple[str, ...] = ()
    """The codes of the countries or languages."""


def find_limits(topic: Topic, settings: Settings, telling: Telling, quoted: Iterable[Citation],
                withheld: Collection[str] = ()) -> tuple[Limit, ...]:
    """Return the limits of a topic's page, which quotes these sentences, for readers of its language.

    Of the articles `withheld` more was found than their outlets' rights allow to quote.
    """
    unread = {(cited.article.lang, cited.quote) for cited in quoted if not telling.reads(cited)}
    return tuple(limit for limit in (*_limits(topic, settings, telling, withheld), Limit("untranslated_n", len(unread))) if limit.n)


def tell_limit(key: str, listed: Sequence[str], n: int, catalog: Catalog) -> str:
    """Return a limit in words, for the data."""
    names = [catalog.country(code) if key == "limit_countries" else language_name(code, catalog.lang) for code in listed]
    return catalog.text(key, n=n, listed=catalog.join(map(escape, names))).unescape()


def why_unquoted(articles: Iterable[Article], settings: Settings) -> str:
    """Return which string of the interface says why nothing is quoted of a topic of these articles, read sentence by sentence."""
    open_to = [article for article in articles if quote_limit(article, settings)]
    stands = any(readability(article, sentence) for article in open_to for sentence in article.sentences)
    return UNQUOTED[stands or not open_to]


def is_foreign(article: Article, settings: Settings) -> bool:
    """Return whether an article is in another language than the site's own."""
    return base_language(article.lang) != base_language(settings.language)


def _limits(topic: Topic, settings: Settings, telling: Telling, withheld: Collection[str]) -> Iterator[Limit]:
    articles = topic.articles
    outlets = [settings.outlet(a.outlet) for a in articles]
    yield Limit("limit_one_text", int(len(topic.texts) == 1))
    yield Limit("limit_unknown_outlet", outlets.count(None))
    yield Limit("limit_undeclared", sum(outlet is not None and not outlet.declared for outlet in outlets))
    yield Limit("limit_unknown_date", sum(a.published is None for a in articles))
    yield Limit("limit_foreign", sum(not telling.speaks(a.lang) for a in articles))
    languages = len({base_language(a.lang) for a in articles})
    yield Limit("limit_languages", languages if languages > 1 else 0)
    for key, listed in (("limit_countries", unheard_countries([text.articles[0] for text in topic.texts], articles, settings)),
                        ("limit_unheard", unheard_languages(articles, settings))):
        yield Limit(key, len(listed), listed)
    yield Limit("limit_link", sum(article_rights(a, settings) == "link" for a in articles))
    yield Limit("limit_withheld", sum(a.id in withheld and article_rights(a, settings) != "link" for a in articles))
