"""Find whose an article is where its file does not say it in full, and notice what looks like a slip."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from urllib.parse import urlsplit

from digest.errors import at_place
from digest.models import Article
from digest.settings import Settings
from digest.words import fold

__all__ = ["settle_outlets", "warn_of_outlets"]


def settle_outlets(articles: Iterable[Article], settings: Settings) -> tuple[Article, ...]:
    """Return the articles with the ids of their outlets: also where a file gives the name, or only the address tells it.

    So an outlet's rights hold for its articles though a file names it wrongly or not at all.
    """
    named = Counter(fold(outlet.name) for outlet in settings.outlets.values())
    names = {name: outlet.id for outlet in settings.outlets.values() if named[name := fold(outlet.name)] == 1}
    domains = {domain.lower().removeprefix("www."): outlet.id for outlet in settings.outlets.values() for domain in outlet.domains}
    return tuple(_settled(article, settings, names, domains) for article in articles)


def _settled(article: Article, settings: Settings, names: dict[str, str], domains: dict[str, str]) -> Article:
    if article.outlet in settings.outlets:
        return article
    labels = (urlsplit(article.url or "").hostname or "").split(".")
    owner = names.get(fold(article.outlet or "")) or next(
        (domains[host] for n in range(len(labels)) if (host := ".".join(labels[n:])) in domains), None)
    return replace(article, outlet=owner) if owner else article


def warn_of_outlets(articles: Sequence[Article], settings: Settings) -> tuple[str, ...]:
    """Return a warning for each outlet that is not declared but whose name is nearly that of one that is."""
    declared = {name: outlet.id for outlet in settings.outlets.values() for name in (outlet.id, outlet.name)}
    latest_first = sorted(articles, key=lambda a: a.order, reverse=True)
    undeclared = {a.outlet: a for a in latest_first if a.outlet and a.outlet not in settings.outlets}
    near = {name: get_close_matches(name, list(declared), 1, 0.8) for name in sorted(undeclared)}
    return tuple(at_place(undeclared[name].path, None, f"the outlet {name!r} is not declared; did you mean {declared[found[0]]!r}?")
                 for name, found in near.items() if found)
