"""Hold the site's links against its pages: each leads somewhere, and each quotation to its sentence."""

import posixpath
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from digest.marks import QuoteMark, anchor, parse_quote_mark
from digest.models import Article
from digest.verify.evidence import Evidence, PageFacts

__all__ = ["check_links", "find_target", "leads_to_topic"]

_ALLOWED = {"http", "https", "mailto"}
_PLAIN = re.compile(r"(?:[\w-][\w./-]*)?(?:#[\w-]*)?")
_TOPIC = re.compile(r"/topics/([^/]+)(?=/)")


def check_links(evidence: Evidence) -> None:
    """Check every internal link, and that a quotation links to the place where it stands."""
    for address, facts in (*evidence.pages.items(), *evidence.feeds):
        path = evidence.site / (address + "index.html" if address.endswith("/") or not address else address)
        for link in facts.links:
            if problem := _check_link(link, address, evidence):
                evidence.fault(path, problem)
        for mark, links in facts.quotes:
            if not _leads_home(mark, links, address, evidence):
                evidence.fault(path, f"the quotation {mark} has no link to the place where it stands")
        for mark, links in facts.points:
            if not any(all(_leads_home(other, links, address, evidence) for other in also)
                       for also in evidence.also.get((address, mark), [()])):
                evidence.fault(path, f"the quotation {mark} lacks the link to another place where its words stand")
    _check_points(evidence)


def _check_points(evidence: Evidence) -> None:
    """Check that every key point of the data stands on its page as one."""
    for address, mark in evidence.due:
        if mark not in {shown for shown, _ in evidence.pages.get(address, PageFacts()).points}:
            evidence.fault(evidence.site / address / "index.html", f"the key point {mark} of its data is not shown")


def find_target(link: str, address: str) -> tuple[str, str] | None:
    """Return a link's page and fragment from the site's root; None for other sites."""
    up = "../" * address.count("/")
    from_root = address.endswith("/") and link.startswith(up) and _PLAIN.fullmatch(link, len(up))
    return _find_target(link[len(up):], "") if from_root else _find_target(link, address)


@lru_cache(maxsize=1 << 14)
def _find_target(link: str, address: str) -> tuple[str, str] | None:
    """Find a target; that of a link that begins at the site's root is found once for all pages."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = posixpath.normpath(posixpath.join("/" + address, unquote(parts.path)))[1:] if parts.path else address
    return (path + "/" if parts.path.endswith(("/", ".")) and path else path), unquote(parts.fragment)


def leads_to_topic(holder: etree._Element, ident: str, evidence: Evidence) -> bool:
    """Return whether a link within an element leads to the page of a topic."""
    return any(evidence.slugs.get(slug) == ident for link in holder.iter("a") for slug in _TOPIC.findall(f"/{link.get('href')}"))


def _check_link(link: str, address: str, evidence: Evidence) -> str | None:
    try:
        target = find_target(link, address)
        scheme = urlsplit(link).scheme
    except ValueError:
        return f"the link “{link[:80]}” is malformed"
    if target is None:
        return None if scheme in _ALLOWED else f"the link “{link[:80]}” leads to neither a page nor an address on the web"
    path, fragment = target
    facts = evidence.pages.get(path)
    if facts is None:
        return None if path and _is_file(evidence.site, path) else f"the link “{link[:80]}” leads to nothing"
    return f"the link “{link[:80]}” leads to a place that is not on that page" if fragment and fragment not in facts.anchors else None


def _is_file(site: Path, path: str) -> bool:
    return ".." not in path.split("/") and (site / path).is_file()


def _leads_home(mark: str, links: tuple[str, ...], address: str, evidence: Evidence) -> bool:
    """Return whether one of the links leads to the sentence of the article's source page in which the quoted words begin."""
    quoted = parse_quote_mark(mark)
    article = evidence.text_of(quoted) if quoted else None
    if quoted is None or article is None:
        return True  # reported already
    home = f"sources/{article.id}/"
    anchors = evidence.pages.get(home, PageFacts()).anchors
    names = [fragment for path, fragment in _targets(links, address) if path == home]
    holds = partial(_holds_former, evidence=evidence) if article.former else _holds
    return any(holds(anchors.get(name, ""), name, quoted, article) for name in names)


def _targets(links: tuple[str, ...], address: str) -> Iterator[tuple[str, str]]:
    for link in links:
        with suppress(ValueError):  # reported already
            if target := find_target(link, address):
                yield target


def _holds(mark: str, name: str, quoted: QuoteMark, article: Article) -> bool:
    """Return whether the sentence with an anchor is marked as one in which quoted words begin, and the anchor is its own."""
    there = parse_quote_mark(mark)
    return there is not None and (there.article, there.version) == (quoted.article, quoted.version) and (
        there.start <= quoted.start < there.end and name == anchor(article.text, there.start, there.end))


def _holds_former(mark: str, name: str, quoted: QuoteMark, article: Article, evidence: Evidence) -> bool:
    """Return whether the sentence with an anchor has the words in which those quoted of a former text begin: of this one, or of another."""
    there = parse_quote_mark(mark)
    text = evidence.text_of(there) if there else None
    if there is None or text is None or not text.former or text.id != article.id:
        return False
    words = text.text[there.start:there.end]
    at = article.text.find(words, max(0, quoted.start - len(words) + 1))
    return 0 <= at <= quoted.start and name == anchor(article.text, at, at + len(words))
