"""The pages of outlets."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from markupsafe import Markup

from digest.escape import escape
from digest.models import Article
from digest.render.marker import Marker
from digest.render.sources import source_urls
from digest.render.tree import Tree
from digest.settings import Outlet

__all__ = ["outlet_pages"]

LISTED = 200
"""Articles on the page of an outlet, at most: the newest."""


def outlet_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the list of outlets, and the page of each."""
    digest = pages.digest
    of: dict[str, list[Article]] = {}
    for article in digest.articles:
        if article.outlet:
            of.setdefault(article.outlet, []).append(article)
    declared = [digest.settings.outlets[name] for name in sorted(digest.settings.outlets)]
    rows = [{"outlet": outlet, "url": f"outlets/{outlet.id}/", "n": len(of.get(outlet.id, []))} for outlet in declared]
    undeclared = [{"article": of[name][0], "n": len(of[name])} for name in sorted(of) if name not in digest.settings.outlets]
    yield pages.page("outlets", "outlets/index.md", outlets=rows, undeclared=undeclared, facts=outlet_facts)
    urls = source_urls(digest)
    for outlet in declared:
        latest_first = sorted(of.get(outlet.id, []), key=lambda a: a.order, reverse=True)
        articles = [{"article": a, "url": urls.get(a.id)} for a in sorted(latest_first, key=lambda a: a.published is None)[:LISTED]]
        path = f"outlets/{outlet.id}.md"
        facts = list(_facts(outlet, pages.marker(f"outlets/{outlet.id}/")))
        yield pages.page("outlet", path, outlet=outlet, facts=facts, articles=articles, more=len(latest_first) > LISTED)


def short_facts(m: Marker, article: Article) -> list[Markup]:
    """Return the country and kind of an article's outlet, as far as they are declared."""
    outlet = m.settings.outlet(article.outlet)
    return outlet_facts(m, outlet) if outlet else []


def outlet_facts(m: Marker, outlet: Outlet) -> list[Markup]:
    """Return the country and kind of an outlet, as far as they are declared."""
    country = [m.field("outlet", outlet.id, "country", m.catalog.country(outlet.country))] if outlet.country else []
    return country + ([m.t(f"kind_{outlet.kind}")] if outlet.kind and outlet.basis else [])


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
            yield {"key": key, "value": Markup('<a href="{}">{}</a>').format(escape(url), field(key, url))}
