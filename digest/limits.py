"""What a topic's page cannot tell: read off its articles, so that silence is not taken for knowledge."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from digest.models import Article, Citation, Topic
from digest.rights import article_rights
from digest.settings import Settings
from digest.telling import Telling
from digest.words import base_language

__all__ = ["Limit", "find_limits", "is_foreign"]


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: a string of the interface, and how many articles it concerns."""

    key: str
    n: int


def find_limits(topic: Topic, settings: Settings, telling: Telling, quoted: Iterable[Citation]) -> tuple[Limit, ...]:
    """Return the limits of a topic's page, which quotes these sentences, for readers of its language."""
    unread = {(cited.article.lang, cited.quote) for cited in quoted if not telling.reads(cited)}
    return tuple(limit for limit in (*_limits(topic, settings, telling), Limit("untranslated_n", len(unread))) if limit.n)


def is_foreign(article: Article, settings: Settings) -> bool:
    """Return whether an article is in another language than the site's own."""
    return base_language(article.lang) != base_language(settings.language)


def _limits(topic: Topic, settings: Settings, telling: Telling) -> Iterator[Limit]:
    articles = topic.articles
    outlets = [settings.outlet(a.outlet) for a in articles]
    yield Limit("limit_one_text", int(len(topic.texts) == 1))
    yield Limit("limit_unknown_outlet", outlets.count(None))
    yield Limit("limit_undeclared", sum(outlet is not None and not outlet.declared for outlet in outlets))
    yield Limit("limit_unknown_date", sum(a.published is None for a in articles))
    yield Limit("limit_foreign", sum(not telling.speaks(a.lang) for a in articles))
    languages = len({base_language(a.lang) for a in articles})
    yield Limit("limit_languages", languages if languages > 1 else 0)
    yield Limit("limit_link", sum(article_rights(a, settings) == "link" for a in articles))
