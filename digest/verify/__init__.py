"""Prove from a built site and the content alone that every published sentence stands in its source.

`digest verify` trusts nothing of the build: the articles are read again, and each page and data file is held against them. A build reads
the articles again too, but takes for known the hashes of files that nobody wrote since, and what was once proven of the same bytes.
"""

from pathlib import Path

from digest.content import read_articles
from digest.editors.hiding import hide_articles
from digest.editors.overrides import read_overrides
from digest.editors.translations import read_corrections
from digest.feed_records import read_feed_records
from digest.former_files import read_former_texts
from digest.manifest import MANIFEST
from digest.memory import read_drafts
from digest.outlets import settle_outlets
from digest.policy import read_scripts
from digest.record_files import read_editions, read_ledger
from digest.rights import article_rights, quote_limit, texts_share
from digest.running import PLAIN, Hashes, Runner
from digest.settings import NO_FRAME, Frame, load_settings
from digest.templating import theme_folders
from digest.verify.archive import check_archive
from digest.verify.data import check_data, check_names
from digest.verify.evidence import Evidence
from digest.verify.feeds import check_feeds
from digest.verify.files import check_files, check_manifest, check_sitemap, read_address
from digest.verify.former import note_former
from digest.verify.links import check_links
from digest.verify.news import note_news
from digest.verify.proofs import prove_pages
from digest.verify.search import check_search
from digest.verify.topics import check_topics

__all__ = ["gather_evidence", "verify_site"]

_TOLERANCE = 1e-9


def verify_site(site: Path, content: Path, *, frame: Frame = NO_FRAME, root: Path | None = None,
                memory: Path | None = None, runner: Runner = PLAIN) -> list[str]:
    """Return what is wrong with a built site, a line a fault; an empty list where all is proven.

    `root` is the folder whose `templates/theme` may hold files of the site; the one that holds the content folder by default.
    With `memory`, the folder of the translation memory, every translation of a program has to be in it too.

    Raises:
        SettingsError: a file of the editors is wrong.
        RecordError: a record is damaged.
        SiteError: Pagefind cannot be run.
    """
    if not (site / "index.html").is_file():
        return [f"{site}: no site is here; build one with digest build"]
    evidence = gather_evidence(site, content, frame=frame, root=root, memory=memory, runner=runner)
    prove_pages([name for name in evidence.hashes if name.endswith(".html")], evidence, runner)
    check_files(evidence, check_feeds(evidence))
    check_sitemap(evidence)
    check_manifest(evidence)
    check_links(evidence)
    check_archive(evidence)
    check_search(evidence, runner)
    _check_rights(evidence)
    return evidence.findings


def gather_evidence(site: Path, content: Path, *, frame: Frame = NO_FRAME, root: Path | None = None,
                    memory: Path | None = None, runner: Runner = PLAIN) -> Evidence:
    """Return what content and data of a site say: all that its pages are held against. The faults of its data are noted.

    Raises:
        SettingsError: a file of the editors is wrong.
        RecordError: a record is damaged.
    """
    evidence = _read(site, content, frame, theme_folders(root or content.resolve().parent), runner.hashes)
    note_former(evidence)
    evidence.drafts = read_drafts(memory) if memory else None
    data = [site / tree / "data" for tree in evidence.trees]
    for path in (path for folder in data for path in sorted(folder.glob("*.json"))):
        if path not in (site / "data" / "schema.json", site / MANIFEST):
            check_data(path, evidence)
    check_topics([path for folder in data for path in sorted((folder / "topics").glob("*.json"))], evidence, runner)
    check_names(evidence)
    note_news(evidence)
    evidence.settle()
    return evidence


def _read(site: Path, content: Path, frame: Frame, theme: tuple[Path, ...], hashes: Hashes) -> Evidence:
    """Return what the content says, read anew."""
    found = read_articles(content)
    settings, overrides = load_settings(content, frame=frame), read_overrides(content)
    shown = hide_articles(settle_outlets(found.articles, settings), overrides)
    articles = {article.id: article for article in shown.articles}
    hidden = {article.id: article for row in shown.hidden for article in row.articles}
    files = hashes.all_of(site)
    return Evidence(
        site, settings, articles, (*found.left_out, *shown.left_out), address=settings.address or read_address(site),
        hashes={name: files[name] for name in sorted(files, key=lambda name: name.split("/"))},
        records={record.day.isoformat(): record for record in read_editions(content)}, ledger=read_ledger(content), overrides=overrides,
        hidden=hidden, corrections=read_corrections(content, settings.languages),
        former=read_former_texts(content, articles.values())[0], fetched=read_feed_records(content).feeds,
        withdrawn={taken.article: taken for taken in found.withdrawn}, theme=theme, scripts=read_scripts(theme))


def _check_rights(evidence: Evidence) -> None:
    """Hold what all pages and data show together against each outlet's rights."""
    for ident, texts in sorted(evidence.shown.items()):
        article = evidence.articles[ident]
        rights, limit = article_rights(article, evidence.settings), quote_limit(article, evidence.settings)
        if rights == "link":
            evidence.fault(evidence.site / evidence.shown_at[ident], f"{ident}: a sentence is shown, but only links are allowed")
        elif limit < 1 and (share := texts_share(texts)) > limit + _TOLERANCE:
            evidence.fault(evidence.site / evidence.shown_at[ident],
                           f"{ident}: {share:.0%} of its words are shown over the whole site; its outlet's quote_limit is {limit:.0%}")
