"""Hold the site's data against the content: every text has its citation, every citation its words, no field is unknown."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from digest.escape import visible
from digest.marks import QuoteMark
from digest.verify.evidence import Evidence

__all__ = ["check_data"]

_TEXTS = {"text", "lang", "state", "translated", "citations", "aids"}
_TITLE = {"text", "lang", "state", "translated", "from", "article"}
_KEYS: Mapping[str, set[str]] = {
    "topic": {"format", "id", "slug", "lang", "updated", "title", "articles", "stories", "why", "summary", "limits"},
    "story": {"id", "title", "date", "articles", "texts", "why", "summary"},
    "article": {"id", "outlet", "title", "url", "published", "lang", "version"},
    "citation": {"article", "version", "start", "end", "quote"},
    "aid": {"at", "kind", "text", "basis"},
    "why": {"shared", "score"},
    "index": {"format", "title", "languages", "day", "topics", "editions"},
    "row": {"id", "slug", "title", "data"},
}
_AIDS = {"date"}


def check_data(path: Path, evidence: Evidence) -> None:
    """Check a data file."""
    try:
        found = json.loads(path.read_bytes())
        check = {"index.json": _check_index, "schema.json": _accept}.get(path.name, _check_topic)
        check(_Data(path, evidence), found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        evidence.fault(path, f"is not in the shape of data/schema.json ({type(error).__name__}: {error})")


class _Data:
    """The check of one data file."""

    def __init__(self, path: Path, evidence: Evidence) -> None:
        self.path, self.evidence = path, evidence

    def fault(self, problem: str) -> None:
        """Note a fault in this file."""
        self.evidence.fault(self.path, problem)

    def keys(self, kind: str, found: Mapping[str, Any], keys: set[str] | None = None) -> None:
        """Check that an object has no field that is not in the schema."""
        for key in sorted(set(found) - (keys or _KEYS[kind])):
            self.fault(f"{kind} has the unknown field {key!r}")

    def same(self, what: str, found: object, due: object) -> None:
        """Check a field against the content."""
        if found != due:
            self.fault(f"{what} is {str(found)[:60]!r}, the content says {str(due)[:60]!r}")


def _accept(_data: _Data, _found: object) -> None:
    pass


def _check_index(data: _Data, found: Mapping[str, Any]) -> None:
    data.keys("index", found)
    data.same("title", found["title"], data.evidence.settings.title)
    for row in found["topics"]:
        data.keys("row", row)
        _check_title(data, row["title"])


def _check_topic(data: _Data, found: Mapping[str, Any]) -> None:
    data.keys("topic", found)
    members = frozenset(row["id"] for row in found["articles"])
    data.evidence.members[found["id"]] = members
    _check_title(data, found["title"])
    for row in found["articles"]:
        _check_article(data, row)
    for story in found["stories"]:
        data.keys("story", story)
        data.evidence.members[story["id"]] = frozenset(story["articles"])
        _check_title(data, story["title"])
        _check_group(data, story, frozenset(story["articles"]))
    _check_group(data, found, members)


def _check_group(data: _Data, group: Mapping[str, Any], members: frozenset[str]) -> None:
    data.keys("why", group["why"])
    texts = [visible(f"{a.title} {a.text}").casefold() for m in sorted(members) if (a := data.evidence.articles.get(m))]
    for term in group["why"]["shared"]:
        if not any(visible(term).casefold() in text for text in texts):
            data.fault(f"the shared term {term[:60]!r} stands in none of the articles")
    for point in group["summary"]:
        _check_point(data, point)


def _check_title(data: _Data, title: Mapping[str, Any]) -> None:
    data.keys("title", title, _TITLE)
    article = data.evidence.articles.get(title["article"])
    data.same("title", title["text"], article.title if article else None)


def _check_article(data: _Data, row: Mapping[str, Any]) -> None:
    data.keys("article", row)
    article = data.evidence.articles.get(row["id"])
    if article is None:
        data.fault(f"lists {row['id']}, which is not in the content")
        return
    due = {"outlet": article.outlet, "title": article.title, "url": article.url, "lang": article.lang, "version": article.version,
           "published": article.published.iso if article.published else None}
    for key, value in due.items():
        data.same(f"{key} of {article.id}", row[key], value)


def _check_point(data: _Data, point: Mapping[str, Any]) -> None:
    data.keys("key point", point, _TEXTS)
    if not point["citations"]:
        data.fault(f"“{point['text'][:60]}” has no citation")
        return
    if point["state"] == "original" and point["text"] != point["citations"][0]["quote"]:
        data.fault(f"“{point['text'][:60]}” is not what its citation quotes")
    for cited in point["citations"]:
        data.keys("citation", cited)
        _check_citation(data, cited)
    for aid in point.get("aids", ()):
        data.keys("aid", aid)
        if aid["kind"] not in _AIDS or not 0 < aid["at"] <= len(point["text"]):
            data.fault(f"the aid {str(aid)[:60]} is none of the closed list, or not in its quotation")


def _check_citation(data: _Data, cited: Mapping[str, Any]) -> None:
    mark = QuoteMark(cited["article"], cited["version"], int(cited["start"]), int(cited["end"]))
    article = data.evidence.articles.get(mark.article)
    if article is not None and article.text[mark.start:mark.end] != cited["quote"]:
        data.fault(f"“{cited['quote'][:60]}” does not stand in {mark.article} at {mark.start}–{mark.end}")
    else:
        data.evidence.check_quote(data.path, mark, cited["quote"])


