"""Prove from a built site and the content alone that every published sentence stands in its source.

Nothing of the build is trusted: the articles are read again, and each page and data file is held against them.
"""

from pathlib import Path

from digest.content import read_articles
from digest.editors.hiding import hide_articles
from digest.editors.overrides import read_overrides
from digest.editors.translations import read_corrections
from digest.memory import read_drafts
from digest.outlets import settle_outlets
from digest.record_files import read_editions, read_ledger
from digest.rights import article_rights, quote_limit, shown_share
from digest.settings import NO_FRAME, Frame, load_settings
from digest.verify.data import check_data, check_names
from digest.verify.evidence import Evidence
from digest.verify.feeds import check_feeds
from digest.verify.files import check_files, check_sitemap, read_scripts, theme_folders
from digest.verify.links import check_links
from digest.verify.pages import check_page

__all__ = ["verify_site"]

_TOLERANCE = 1e-9


def verify_site(site: Path, content: Path, *, frame: Frame = NO_FRAME, root: Path | None = None,
                memory: Path | None = None) -> list[str]:
    """Return what is wrong with a built site, a line a fault; an empty list where all is proven.

    `root` is the folder whose `templates/theme` may hold files of the site; the one that holds the content folder by default.
    With `memory`, the folder of the translation memory, every translation of a program has to be in it too.

    Raises:
        SettingsError: a file of the editors is wrong.
        RecordError: a record is damaged.
    """
    if not (site / "index.html").is_file():
        return [f"{site}: no site is here; build one with digest build"]
    evidence = _gather(site, content, frame, theme_folders(root or content.resolve().parent))
    evidence.drafts = read_drafts(memory) if memory else None
    paths = sorted(site.rglob("*"))
    folders = {site / tree / "data" / last for tree in evidence.trees for last in ("", "topics")}
    for path in paths:
        if path.suffix == ".json" and path.parent in folders and path != site / "data" / "schema.json":
            check_data(path, evidence)
    check_names(evidence)
    evidence.settle()
    for path in paths:
        if path.suffix == ".html" and path.is_file():
            check_page(path, evidence)
    feeds = check_feeds(evidence)
    check_files(paths, evidence, feeds)
    check_sitemap(evidence)
    check_links(evidence)
    _check_rights(evidence)
    return evidence.findings


def _gather(site: Path, content: Path, frame: Frame, theme: tuple[Path, ...]) -> Evidence:
    """Return what the content says, read anew."""
    found = read_articles(content)
    settings, overrides = load_settings(content, frame=frame), read_overrides(content)
    shown = hide_articles(settle_outlets(found.articles, settings), overrides)
    articles = {article.id: article for article in shown.articles}
    hidden = {article.id: article for row in shown.hidden for article in row.articles}
    return Evidence(site, settings, articles, (*found.left_out, *shown.left_out),
                    records=read_editions(content), ledger=read_ledger(content), overrides=overrides, hidden=hidden,
                    corrections=read_corrections(content, settings.languages),
                    withdrawn={taken.article: taken for taken in found.withdrawn},
                    theme=theme, theme_scripts=read_scripts(theme))


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
