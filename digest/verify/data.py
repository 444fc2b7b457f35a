"""Hold the site's data against the content: every text has its citation, every citation its words, no field is unknown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.marks import QuoteMark
from digest.settings import is_slug
from digest.verify.counts import count_group, count_limits, stated_counts
from digest.verify.evidence import Evidence
from digest.verify.words import is_interface

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


def check_data(path: Path, evidence: Evidence) -> None:
    """Check a data file."""
    data = _Data(path, evidence)
    try:
        found = json.loads(path.read_bytes(), object_pairs_hook=_once)
        (_check_index if path.name == "index.json" else _check_topic)(data, found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        evidence.fault(path, f"is not in the shape of data/schema.json ({type(error).__name__}: {error})")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of which no field stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field stands twice")
    return found


class _Data:
    """The check of one data file."""

    def __init__(self, path: Path, evidence: Evidence) -> None:
        self.path, self.evidence = path, evidence
        self.page = path.relative_to(evidence.site).as_posix().replace("data/", "", 1).removesuffix(".json") + "/"
        """The address of the page whose data it is."""

    def fault(self, problem: str) -> None:
        """Note a fault in this file."""
        self.evidence.fault(self.path, problem)

    def keys(self, kind: str, found: Mapping[str, Any], keys: set[str] | None = None) -> None:
        """Check that an object has no field that is not in the schema."""
        for key in sorted(set(found) - (keys or _KEYS[kind])):
            self.fault(f"{kind} has the unknown field {key!r}")

    def ident(self, what: str, found: object) -> None:
        """Check that an id is one, and no words."""
        if not isinstance(found, str) or not is_slug(found):
            self.fault(f"{what} {str(found)[:60]!r} is no id")

    def same(self, what: str, found: object, due: object) -> None:
        """Check a field against what it must be."""
        if type(found) is not type(due) or found != due:
            self.fault(f"{what} is {str(found)[:60]!r}, the content says {str(due)[:60]!r}")


def _check_index(data: _Data, found: Mapping[str, Any]) -> None:
    evidence = data.evidence
    data.keys("index", found)
    data.same("format", found["format"], 1)
    data.same("title", found["title"], evidence.settings.title)
    data.same("languages", found["languages"], list(evidence.settings.languages))
    data.same("day", found["day"], evidence.day)
    data.same("editions", found["editions"], sorted({r.day.isoformat() for r in evidence.records} | set(filter(None, [found["day"]]))))
    for row in _rows(found["topics"]):
        data.keys("row", row)
        data.ident("the topic", row["id"])
        evidence.slugs[row["slug"]] = row["id"]
        evidence.named |= evidence.moments.get(row["title"]["article"], frozenset())
        _check_title(data, row["title"])
        data.same("data", row["data"], f"topics/{row['slug']}.json")
        if not (data.path.parent / "topics" / f"{row['slug']}.json").is_file():
            data.fault(f"lists {row['slug']}, which has no data")


def _check_topic(data: _Data, found: Mapping[str, Any]) -> None:
    data.keys("topic", found)
    members = frozenset(row["id"] for row in _rows(found["articles"]))
    data.evidence.members[found["id"]] = members
    data.same("format", found["format"], 1)
    data.same("lang", found["lang"], data.evidence.catalog.lang)
    data.same("slug", found["slug"], data.path.stem)
    data.same("id", found["id"], data.evidence.slugs.get(data.path.stem))
    data.same("articles", sorted(m for story in _rows(found["stories"]) for m in _rows(story["articles"])), sorted(members))
    data.same("updated", found["updated"], _newest(members, data.evidence))
    _check_title(data, found["title"])
    for row in found["articles"]:
        _check_article(data, row)
    for story in found["stories"]:
        _check_story(data, story)
    _count_topic(data, members, found["stories"])
    _name_days(data, data.page, [found["updated"]], members)
    data.evidence.updated.add(found["updated"])
    _check_group(data, found, members)
    for limit in _rows(found["limits"]):
        _check_limit(data, limit)


def _rows(found: object) -> Sequence[Any]:
    """Return what must be a list."""
    if not isinstance(found, list):
        raise TypeError("expected a list")
    return found


def _count_topic(data: _Data, members: frozenset[str], stories: Sequence[Mapping[str, Any]]) -> None:
    evidence, texts = data.evidence, sum(len(story["texts"]) for story in stories)
    _count(data, members, texts)
    articles = [evidence.articles[member] for member in sorted(members) if member in evidence.articles]
    limits = count_limits(articles, texts, evidence.settings)
    evidence.counts[data.page] |= {*limits, ("stories_n", len(stories)), ("articles_n", len(members))}
    for key, number in (("texts_n", texts), ("stories_n", len(stories)), ("topics_n", 1)):
        evidence.totals[key] += number


def _name_days(data: _Data, where: str, days: Sequence[str | None], members: Iterable[str]) -> None:
    """Note the days that may be named on a page or within a story."""
    named = frozenset(day for day in days if day).union(*(data.evidence.moments.get(member, ()) for member in members))
    data.evidence.moments[where] = named


def _check_limit(data: _Data, limit: str) -> None:
    lang = data.evidence.catalog.lang
    if not is_interface(limit, lang):
        data.fault(f"the limit {limit[:60]!r} is none of the interface")
    elif (counts := stated_counts(limit, lang)) and counts.isdisjoint(data.evidence.counts[data.page]):
        data.fault(f"the limit {limit[:60]!r} is not what the data count")


def _newest(members: Iterable[str], evidence: Evidence) -> str | None:
    stated = [when for member in members if (a := evidence.articles.get(member)) and (when := a.published)]
    return max(stated, key=lambda when: when.moment).iso if stated else None


def _check_story(data: _Data, story: Mapping[str, Any]) -> None:
    data.keys("story", story)
    members = frozenset(_rows(story["articles"]))
    data.ident("the event", story["id"])
    data.evidence.members[story["id"]] = members
    days = [when.day.isoformat() for m in members if (a := data.evidence.articles.get(m)) and (when := a.published)]
    if story["date"] not in (days or (None,)):
        data.fault(f"the date {str(story['date'])[:60]!r} is of none of the event's articles")
    data.same("texts", sorted(m for text in _rows(story["texts"]) for m in _rows(text)), sorted(story["articles"]))
    _name_days(data, story["id"], [story["date"]], members)
    _count(data, members, len(story["texts"]))
    _check_title(data, story["title"])
    _check_group(data, story, members)


def _count(data: _Data, members: Iterable[str], texts: int) -> None:
    articles = data.evidence.articles
    counts = count_group((articles[member] for member in members if member in articles), texts)
    data.evidence.counts.setdefault(data.page, set()).update(counts)


def _check_group(data: _Data, group: Mapping[str, Any], members: frozenset[str]) -> None:
    data.keys("why", group["why"])
    if type(group["why"]["score"]) not in {int, float} or not 0 <= group["why"]["score"] <= 1:
        data.fault(f"the score {str(group['why']['score'])[:60]!r} is no number from 0 to 1")
    ordered = sorted(members)
    for term in _rows(group["why"]["shared"]):
        if not data.evidence.shares(ordered, term):
            data.fault(f"the shared term {term[:60]!r} stands in none of the articles, or is no term")
    for point in _rows(group["summary"]):
        _check_point(data, point)


def _check_title(data: _Data, title: Mapping[str, Any]) -> None:
    data.keys("title", title, _TITLE)
    article = data.evidence.articles.get(title["article"])
    data.same("title", title["text"], article.title if article else None)
    data.same("language of a title", title["lang"], article.lang if article else None)
    data.same("origin of a title", title["from"], "article")
    _check_original(data, title)


def _check_original(data: _Data, text: Mapping[str, Any]) -> None:
    """Check that a text is as its source has it; there are no translations yet."""
    data.same("state", text["state"], "original")
    data.same("translated", text["translated"], None)


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
    _check_original(data, point)
    if not _rows(point["citations"]):
        data.fault(f"“{point['text'][:60]}” has no citation")
        return
    if point["text"] != point["citations"][0]["quote"]:
        data.fault(f"“{point['text'][:60]}” is not what its citation quotes")
    marks = [_check_citation(data, cited) for cited in point["citations"]]
    article = data.evidence.articles.get(marks[0].article)
    data.same("language of a quotation", point["lang"], article.lang if article else None)
    data.evidence.also.setdefault((data.page, str(marks[0])), []).append(frozenset(map(str, marks[1:])))
    _check_aids(data, _rows(point.get("aids", [])), marks[0])


def _check_aids(data: _Data, aids: Sequence[Mapping[str, Any]], mark: QuoteMark) -> None:
    due = [{"at": aid.at, "kind": aid.kind, "text": aid.text, "basis": aid.basis} for aid in data.evidence.aids(mark)]
    for aid in aids:
        data.keys("aid", aid)
        if aid not in due:
            data.fault(f"the aid {str(aid)[:80]} does not follow from its article")


def _check_citation(data: _Data, cited: Mapping[str, Any]) -> QuoteMark:
    data.keys("citation", cited)
    mark = QuoteMark(cited["article"], cited["version"], cited["start"], cited["end"])
    if type(mark.start) is not int or type(mark.end) is not int:
        raise TypeError("start and end are numbers")
    article = data.evidence.articles.get(mark.article)
    if article is not None and article.text[mark.start:mark.end] != cited["quote"]:
        data.fault(f"“{cited['quote'][:60]}” does not stand in {mark.article} at {mark.start}–{mark.end}")
    else:
        data.evidence.check_quote(data.path, mark, cited["quote"])
    return mark
