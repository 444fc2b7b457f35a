"""Find whose an article is where its file does not say it in full, and notice what looks like a slip."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from urllib.parse import urlsplit

from digest.errors import at_place
from digest.models import Article
from digest.settings import Settings

__all__ = ["settle_outlets", "warn_of_outlets"]


def settle_outlets(articles: Iterable[Article], settings: Settings) -> tuple[Article, ...]:
    """Return the articles, those whose outlet is not declared with the declared outlet of their address's domain.

    So an outlet's rights hold for its articles though a file names it wrongly or not at all.
    """
    domains = {domain.lower().removeprefix("www."): outlet.id for outlet in settings.outlets.values() for domain in outlet.domains}
    return tuple(_settled(article, settings, domains) for article in articles)


def _settled(article: Article, settings: Settings, domains: dict[str, str]) -> Article:
    if article.outlet in settings.outlets or article.url is None:
        return article
    labels = (urlsplit(article.url).hostname or "").split(".")
    owner = next((domains[host] for n in range(len(labels)) if (host := ".".join(labels[n:])) in domains), None)
    return replace(article, outlet=owner) if owner else article


def warn_of_outlets(articles: Sequence[Article], settings: Settings) -> tuple[str, ...]:
    """Return a warning for each outlet that is not declared but whose name is nearly that of one that is."""
    declared = {name: outlet.id for outlet in settings.outlets.values() for name in (outlet.id, outlet.name)}
    latest_first = sorted(articles, key=lambda a: a.order, reverse=True)
    undeclared = {a.outlet: a for a in latest_first if a.outlet and a.outlet not in settings.outlets}
    near = {name: get_close_matches(name, list(declared), 1, 0.8) for name in sorted(undeclared)}
    return tuple(at_place(undeclared[name].path, None, f"the outlet {name!r} is not declared; did you mean {declared[found[0]]!r}?")
                 for name, found in near.items() if found)
