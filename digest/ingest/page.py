"""What a web page says about itself: JSON-LD first, then its meta elements, then its markup."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from digest.clean import clean_line
from digest.ingest.dates import parse_stated
from digest.ingest.names import byline_of, looks_like_person
from digest.ingest.sift import fold
from digest.models import When
from digest.settings import is_address

__all__ = ["Page", "read_page"]

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|NewsStory|Posting)$")
_SUFFIX = re.compile(r"\s+[|–—·•»-]\s+[^|–—·•»]{2,60}$")
_PREFIX = re.compile(r"^[^|–—·•»]{2,40}\s+[|–—·•»-]\s+")
_CLASSES = "concat(' ', normalize-space(), ' ')"
_MARKED = ("(//@rel[.='author'] | //@itemprop[.='author'] | //@class[contains(., 'byline') or contains(., 'author')]"
           f"[contains({_CLASSES}, ' byline ') or contains({_CLASSES}, ' author ')])"
           "/parent::*[not(ancestor::footer or ancestor::aside or ancestor::nav)]")
"""Elements that a page marks as its author or byline; by way of the attributes, which are fewer than the elements."""
_TELLING = ("h1", "link", "meta", "script", "time", "title")
"""Elements that tell something of the page."""
_MAX_NESTING = 12
_META_DATES = (
    "article:published_time", "og:article:published_time", "parsely-pub-date", "datepublished", "date.issued", "dc.date.issued",
    "dcterms.created", "sailthru.date", "pubdate", "publish-date", "publishdate", "article.published", "date", "dc.date", "dcterms.date",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's own account of its article; None where it is silent."""

    title: str | None = None
    published: When | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    lang: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    summary: str | None = None


def read_page(tree: Any) -> Page:
    """Read the account that a parsed page gives of itself."""
    parts = _telling(tree)
    told, meta = _article_data(parts["script"]), _metas(parts["meta"])
    return Page(
        title=_title(parts, told, meta),
        published=_published(parts["time"], told, meta, tree),
        outlet=_first(*_named(told.get("publisher")), *meta.get("og:site_name", ()), *meta.get("application-name", ())),
        authors=_authors(_named(told.get("author")) or _named(told.get("creator")) or (*meta.get("author", ()), *meta.get("byl", ())))
        or _marked_authors(tree),
        url=_address(parts["link"], told, meta),
        lang=_first(*_texts(tree, "/html/@lang"), *_named(told.get("inLanguage")), *meta.get("og:locale", ())),
        section=_first(*_named(told.get("articleSection")), *meta.get("article:section", ())),
        tags=_tags(meta.get("article:tag", ()), told.get("keywords"), meta.get("news_keywords", ())),
        summary=_first(*_named(told.get("description")), *meta.get("og:description", ()), *meta.get("description", ())),
    )


def _telling(tree: Any) -> dict[str, list[Any]]:
    parts: dict[str, list[Any]] = {tag: [] for tag in _TELLING}
    for element in tree.iter(*_TELLING):
        parts[element.tag].append(element)
    return parts


def _address(links: Sequence[Any], told: dict[str, Any], meta: dict[str, tuple[str, ...]]) -> str | None:
    stated = (*_named(told.get("url"), "@id"), *_named(told.get("mainEntityOfPage"), "@id"))
    canonical = (link.get("href", "") for link in links if link.get("rel") == "canonical")
    addresses = (*canonical, *stated, *meta.get("og:url", ()))
    return next((url for address in addresses if is_address(url := address.strip()) and len(url) <= 2_000), None)


def _article_data(scripts: Sequence[Any]) -> dict[str, Any]:
    """Return the JSON-LD object of the page's article, wherever it is nested; empty where there is none."""
    data = [script for script in scripts if script.get("type") == "application/ld+json"]
    objects = [found for script in data[:50] for found in _objects(_json(script.text or ""))]
    articles = [found for found in objects if any(_ARTICLE.search(kind) for kind in _strings(found.get("@type")))]
    dated = [found for found in objects if "datePublished" in found and "headline" in found]
    return next(iter([*(found for found in articles if "datePublished" in found), *articles, *dated]), {})


def _json(text: str) -> Any:
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _MAX_NESTING:
        return
    if isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from _objects(value.get(key), depth + 1)
    elif isinstance(value, list):
        for part in value:
            yield from _objects(part, depth + 1)


def _strings(value: Any) -> list[str]:
    return [part for part in (value if isinstance(value, list) else [value]) if isinstance(part, str)]


def _named(value: Any, key: str = "name") -> tuple[str, ...]:
    """Return the texts of a JSON-LD value: texts, objects with a name, or a list of either."""
    parts = value if isinstance(value, list) else [value]
    found = (part.get(key) if isinstance(part, dict) else part for part in parts)
    return tuple(text for part in found for text in _strings(part) if text.strip())


def _metas(elements: Sequence[Any]) -> dict[str, tuple[str, ...]]:
    metas: dict[str, tuple[str, ...]] = {}
    for element in [element for element in elements if element.get("content") is not None][:1_000]:
        content = element.get("content").strip()
        for name in (element.get("property"), element.get("name"), element.get("itemprop")):
            if name and content:
                metas[name.strip().casefold()] = (*metas.get(name.strip().casefold(), ()), content)
    return metas


def _texts(tree: Any, path: str) -> tuple[str, ...]:
    return tuple(str(found) for found in tree.xpath(path))


def _first(*values: str) -> str | None:
    return next((line for value in values if (line := clean_line(unescape(value)))), None)


def _title(parts: dict[str, list[Any]], told: dict[str, Any], meta: dict[str, tuple[str, ...]]) -> str | None:
    """Return the headline: whole where JSON-LD's is cut short, without the outlet's name at its end."""
    heads = [line for element in parts["h1"][:5] if (line := clean_line(element.text_content()))]
    stated = _first(*_named(told.get("headline")), *meta.get("og:title", ()), *meta.get("twitter:title", ()))
    in_head = (element for element in parts["title"] if element.getparent().tag == "head")
    page_title = _first(*(element.text_content() for element in islice(in_head, 1)))
    if stated:
        whole = (head for head in heads if fold(head).startswith(fold(stated.rstrip(".… "))) and stated.endswith(("…", "...")))
        known = set(map(fold, heads))
        bare = (line for line in (_SUFFIX.sub("", stated), _PREFIX.sub("", stated)) if fold(line) in known)
        return next(whole, next(bare, stated))
    return next(iter(heads), _SUFFIX.sub("", page_title) if page_title else None)


def _published(times: Sequence[Any], told: dict[str, Any], meta: dict[str, tuple[str, ...]], tree: Any) -> When | None:
    marked = (time.get("datetime", "") for time in times if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None)
    times = (*marked, *_texts(tree, "//article//header//time/@datetime")) if times else ()
    stated = (*_named(told.get("datePublished")), *(value for name in _META_DATES for value in meta.get(name, ())), *times)
    return next((when for value in stated if (when := parse_stated(value))), None)


def _authors(names: tuple[str, ...]) -> tuple[str, ...]:
    lines = (re.sub(r"^(?:by|von|par|por)\s+", "", clean_line(unescape(name)), flags=re.IGNORECASE) for name in names)
    return tuple(dict.fromkeys(line for line in lines if line and not is_address(line)))[:10]


def _marked_authors(tree: Any) -> tuple[str, ...]:
    """Return the persons in what the page's markup calls its author or byline."""
    lines = [clean_line(element.text_content()) for element in tree.xpath(_MARKED)[:10]]
    found = (name for line in lines if len(line) <= 150 for name in (byline_of(line) or ((line,) if looks_like_person(line) else ())))
    return tuple(dict.fromkeys(found))[:10]


def _tags(listed: tuple[str, ...], keywords: Any, named: tuple[str, ...]) -> tuple[str, ...]:
    words = listed or tuple(part for text in (*_named(keywords), *named) for part in text.split(","))
    return tuple(dict.fromkeys(line for word in words if (line := clean_line(unescape(word)))))[:20]
