"""The pages of articles: those cited now, and those cited once."""

from collections.abc import Iterator, Mapping

from digest.limits import is_foreign
from digest.linked import source_linked
from digest.marks import source_url, topic_url
from digest.pipeline import Digest
from digest.render.former import lay_out
from digest.render.head import describe_source
from digest.render.source_page import paragraphs_of
from digest.render.tree import Tree
from digest.rights import article_rights

__all__ = ["source_pages", "source_urls", "uncited_pages"]


def source_urls(digest: Digest) -> Mapping[str, str]:
    """Return the address of the page of each cited article."""
    return {article.id: source_url(article) for article in digest.articles if article.id in digest.cited}


def source_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the page of each cited article of the topics."""
    digest = pages.digest
    by_id = {article.id: article for article in digest.articles}
    homes = {a.id: (topic, text) for topic in digest.edition.topics for text in topic.texts for a in text.articles}
    urls = source_urls(digest)
    for ident, spans in sorted((ident, spans) for ident, spans in digest.cited.items() if ident in homes):
        article, (topic, text) = by_id[ident], homes[ident]
        m, paragraphs = pages.marker(source_url(article)), paragraphs_of(article, digest.shown[ident], spans)
        cited = [piece.citation for pieces in paragraphs for piece in pieces if piece.cited and piece.citation]
        changed = lay_out(digest.rewritten.get(ident), article, digest.shown[ident])
        yield pages.page("source", f"sources/{ident}.md", changed=changed, described=describe_source(m, cited[0]) if cited else None,
                         linked=source_linked(m.settings, article), article=article, foreign=is_foreign(article, digest.settings),
                         whole=article_rights(article, digest.settings) == "full", cited=urls, paragraphs=paragraphs,
                         copies=[a for a in text.articles if a is not article], topic={"url": topic_url(topic.slug), "topic": topic})


def uncited_pages(pages: Tree) -> Iterator[tuple[str, str]]:
    """Yield the pages of articles that were cited once: their addresses stay."""
    by_id = {article.id: article for article in pages.digest.articles}
    hidden = {article.id: row for row in pages.digest.hidden for article in row.articles}
    for ident in pages.digest.uncited:
        if taken := next((w for w in pages.digest.withdrawn if w.article == ident), None):
            yield pages.page("withdrawn", f"sources/{ident}.md", taken=taken)
        elif ident in hidden:
            yield pages.page("hidden", f"sources/{ident}.md", row=hidden[ident])
        elif ident in by_id:
            changed = lay_out(pages.digest.rewritten.get(ident), by_id[ident])
            yield pages.page("uncited", f"sources/{ident}.md", article=by_id[ident], changed=changed)
        else:
            yield pages.page("moved", f"sources/{ident}.md", target=None, why="gone_why", notices=())
