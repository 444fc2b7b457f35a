"""Prove from a built site and the content alone that every published sentence stands in its source.

Nothing of the build is trusted: the articles are read again, and each page and data file is held against them.
"""

from pathlib import Path

from digest.content import read_articles
from digest.records import read_editions
from digest.rights import article_rights, quote_limit, shown_share
from digest.settings import load_settings
from digest.verify.data import check_data
from digest.verify.evidence import Evidence
from digest.verify.links import check_links
from digest.verify.pages import check_page

__all__ = ["verify_site"]

_TOLERANCE = 1e-9


def verify_site(site: Path, content: Path, *, default_title: str = "Digest") -> list[str]:
    """Return what is wrong with a built site, a line a fault; an empty list where all is proven.

    Raises:
        SettingsError: a file of the editors is wrong.
        RecordError: a record is damaged.
    """
    if not (site / "index.html").is_file():
        return [f"{site}: no site is here; build one with digest build"]
    found = read_articles(content)
    settings = load_settings(content, default_title=default_title)
    evidence = Evidence(site, settings, {a.id: a for a in found.articles}, found.left_out,
                        editions=frozenset(record.day for record in read_editions(content)))
    for path in sorted(site.rglob("*.json")):
        if path.relative_to(site).parts[0] == "data" or "data" in path.relative_to(site).parts[1:2]:
            check_data(path, evidence)
    for path in sorted(site.rglob("*.html")):
        check_page(path, evidence)
    check_links(evidence)
    _check_rights(evidence)
    return evidence.findings


def _check_rights(evidence: Evidence) -> None:
    """Hold what all pages and data show together against each outlet's rights."""
    for ident, spans in sorted(evidence.shown.items()):
        article = evidence.articles[ident]
        rights = article_rights(article, evidence.settings)
        if rights == "link":
            evidence.fault(evidence.site / evidence.shown_at[ident], f"{ident}: a sentence is shown, but only links are allowed")
        elif (share := shown_share(article, spans)) > (limit := quote_limit(article, evidence.settings)) + _TOLERANCE:
            evidence.fault(evidence.site / evidence.shown_at[ident],
                           f"{ident}: {share:.0%} of its words are shown over the whole site; its outlet's quote_limit is {limit:.0%}")
