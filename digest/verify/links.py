"""Hold the site's links against its pages: each leads somewhere, and each quotation to its sentence."""

import posixpath
import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, partial
from urllib.parse import unquote, urlsplit

from lxml import etree

from digest.marks import QuoteMark, anchor, parse_quote_mark
from digest.models import Article
from digest.verify.evidence import Evidence, PageFacts, Target

__all__ = ["check_links", "find_page", "find_targets", "leads_to_topic", "name_places"]

_ALLOWED = {"http", "https", "mailto"}
_PLAIN = re.compile(r"(?:[\w-][\w./-]*)?(?:#[\w-]*)?")
_TOPIC = re.compile(r"/topics/([^/]+)(?=/)")


def check_links(evidence: Evidence) -> None:
    """Check that every internal link leads somewhere, and that each quotation has one to the place where it stands."""
    is_home = cache(partial(_is_home, evidence))  # most sentences are quoted by several pages
    for address, facts in (*evidence.pages.items(), *evidence.feeds):
        path = evidence.site / (address + "index.html" if address.endswith("/") or not address else address)
        for place, fragment in facts.targets:
            if problem := _miss(place, fragment, evidence):
                evidence.fault(path, f"the link to “/{place[:80]}{'#' if fragment else ''}{fragment[:80]}” leads to {problem}")
        for mark, names in facts.quotes:
            if not _leads_home(mark, names, is_home, evidence):
                evidence.fault(path, f"the quotation {mark} has no link to the place where it stands")
        for mark, targets in facts.points:
            if not any(all(_leads_home(other, name_places(other, targets), is_home, evidence) for other in also)
                       for also in evidence.also.get((address, mark), [()])):
                evidence.fault(path, f"the quotation {mark} lacks the link to another place where its words stand")
    _check_points(evidence)


def _check_points(evidence: Evidence) -> None:
    """Check that every key point of the data stands on its page as one."""
    for address, mark in evidence.due:
        if mark not in {shown for shown, _ in evidence.pages.get(address, PageFacts()).points}:
            evidence.fault(evidence.site / address / "index.html", f"the key point {mark} of its data is not shown")


def _miss(path: str, fragment: str, evidence: Evidence) -> str | None:
    """Return what a link leads to where it leads nowhere."""
    facts = evidence.pages.get(path)
    if facts is None:
        return None if path in evidence.hashes else "nothing"
    return "a place that is not on that page" if fragment and fragment not in facts.anchors else None


def find_targets(links: Iterable[str], address: str) -> tuple[list[Target], list[str]]:
    """Return where links of a page lead in the site, each place once, and what is wrong with others; those to other sites lead nowhere."""
    targets, faults = dict[Target, None](), list[str]()
    for link in dict.fromkeys(links):
        try:
            target, scheme = _find_target(link, address), urlsplit(link).scheme
        except ValueError:
            faults.append(f"the link “{link[:80]}” is malformed")
            continue
        if target:
            targets[target] = None
        elif scheme not in _ALLOWED:
            faults.append(f"the link “{link[:80]}” leads to neither a page nor an address on the web")
    return list(targets), faults


def find_page(link: str, address: str) -> str:
    """Return the page that a link leads to; nothing for one of another site, or a malformed one."""
    targets, _ = find_targets([link], address)
    return targets[0][0] if targets else ""


def _find_target(link: str, address: str) -> Target | None:
    """Return where a link leads; None for other sites.

    Raises:
        ValueError: it is malformed.
    """
    up = "../" * address.count("/")
    from_root = address.endswith("/") and link.startswith(up) and _PLAIN.fullmatch(link, len(up))
    return _split_link(link[len(up):], "") if from_root else _split_link(link, address)


@lru_cache(maxsize=1 << 14)
def _split_link(link: str, address: str) -> Target | None:
    """Find where a link leads; for one that begins at the site's root that is found once for all pages."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = posixpath.normpath(posixpath.join("/" + address, unquote(parts.path)))[1:] if parts.path else address
    return (path + "/" if parts.path.endswith(("/", ".")) and path else path), unquote(parts.fragment)


def leads_to_topic(holder: etree._Element, ident: str, evidence: Evidence) -> bool:
    """Return whether a link within an element leads to the page of a topic."""
    return any(evidence.slugs.get(slug) == ident for link in holder.iter("a") for slug in _TOPIC.findall(f"/{link.get('href')}"))


def name_places(mark: str, targets: Iterable[Target]) -> tuple[str, ...]:
    """Return the places on the source page of the article that a mark names to which links lead."""
    quoted = parse_quote_mark(mark)
    return tuple(fragment for path, fragment in targets if quoted and path == f"sources/{quoted.article}/")


def _leads_home(mark: str, names: Iterable[str], is_home: Callable[[str, str], bool], evidence: Evidence) -> bool:
    """Return whether one of the places on its article's source page is the sentence in which a quotation begins."""
    quoted = None if any(is_home(mark, name) for name in names) else parse_quote_mark(mark)
    return quoted is None or evidence.text_of(quoted) is None  # these are reported already


def _is_home(evidence: Evidence, mark: str, name: str) -> bool:
    """Return whether a place on its article's source page is the sentence in which a quotation begins."""
    quoted = parse_quote_mark(mark)
    article = evidence.text_of(quoted) if quoted else None
    if quoted is None or article is None:
        return False
    there = parse_quote_mark(evidence.pages.get(f"sources/{article.id}/", PageFacts()).anchors.get(name, ""))
    return there is not None and (_holds_former(there, name, quoted, article, evidence) if article.former else
                                  _holds(there, name, quoted, article))


def _holds(there: QuoteMark, name: str, quoted: QuoteMark, article: Article) -> bool:
    """Return whether the sentence with an anchor is marked as one in which quoted words begin, and the anchor is its own."""
    return (there.article, there.version) == (quoted.article, quoted.version) and (
        there.start <= quoted.start < there.end and name == anchor(article.text, there.start, there.end))


def _holds_former(there: QuoteMark, name: str, quoted: QuoteMark, article: Article, evidence: Evidence) -> bool:
    """Return whether the sentence with an anchor has the words in which those quoted of a former text begin: of this one, or of another."""
    text = evidence.text_of(there)
    if text is None or not text.former or text.id != article.id:
        return False
    words = text.text[there.start:there.end]
    at = article.text.find(words, max(0, quoted.start - len(words) + 1))
    return 0 <= at <= quoted.start and name == anchor(article.text, at, at + len(words))
