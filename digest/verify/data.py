"""Hold the site's data against the content: every text has its citation, every citation its words, no field is unknown."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from digest.marks import QuoteMark
from digest.slugs import name_slug
from digest.tables import TABLES, table_file, table_of
from digest.verify.charts import name_columns
from digest.verify.counts import count_group, count_limits, count_owners
from digest.verify.datafile import DataFile, once, rows
from digest.verify.editors import find_entries
from digest.verify.evidence import Evidence
from digest.verify.findings import check_alone, check_findings
from digest.verify.limits import check_limit, note_unheard
from digest.verify.translations import check_title, check_translations, count_untranslated
from digest.why import named_days

__all__ = ["check_data", "check_names"]

_KINDS = ("person", "place", "organization", "name")
_TOPICS = 3
"""Topics in which a place or organization with a page occurs, at least."""
_DAY = re.compile(r"(?:\d{4}|-)-(\d\d)-(\d\d)")


def check_data(path: Path, evidence: Evidence) -> None:
    """Check a data file, and note what pages may say by it."""
    data = DataFile(path, evidence)
    try:
        found = json.loads(path.read_bytes(), object_pairs_hook=once)
        (_check_topic if path.parent.name == "topics" else _check_index)(data, found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        evidence.topics.pop(data.page, None)
        evidence.fault(path, f"is not in the shape of data/schema.json ({type(error).__name__}: {error})")


def _check_index(data: DataFile, found: Mapping[str, Any]) -> None:
    evidence = data.evidence
    data.keys("index", found)
    data.same("format", found["format"], 1)
    data.same("title", found["title"], evidence.settings.title)
    data.same("languages", found["languages"], list(evidence.settings.languages))
    lang = evidence.trees[data.tree]
    data.same("lang", found["lang"], lang)
    data.same("day", found["day"], evidence.day)
    data.same("editions", found["editions"], sorted({*evidence.records, *filter(None, [found["day"]])}))
    evidence.indexes[data.tree] = found
    for row in rows(found["topics"]):
        data.keys("row", row)
        _need_texts([row["id"], row["slug"]])
        data.ident("the topic", row["id"])
        evidence.slugs[row["slug"]] = row["id"]
        evidence.named |= evidence.published.get(row["title"]["article"], frozenset())
        evidence.titles[f"{data.tree}topics/{row['slug']}/"] = row["title"]
        evidence.told[f"{data.tree}topics/{row['slug']}/"] = row["told"]
        if row["told"] not in (lang, evidence.settings.language):
            data.fault(f"tells {row['slug']} in {str(row['told'])[:60]!r}")
        data.same("data", row["data"], f"topics/{row['slug']}.json")
        tables = [table_file(row["slug"], kind) for kind in TABLES]
        data.same("tables", row["tables"], [table for table in tables if (data.path.parent / table).is_file()])
        if not (data.path.parent / "topics" / f"{row['slug']}.json").is_file():
            data.fault(f"lists {row['slug']}, which has no data")
    if len({row["slug"] for row in found["names"]}) < len(found["names"]):
        data.fault("a name is listed twice")
    for row in rows(found["names"]):
        _check_name(data, row)


def _need_texts(found: Iterable[object]) -> None:
    if not all(isinstance(one, str) for one in found):
        raise TypeError("expected a text")


def _check_tables(data: DataFile, topic: Mapping[str, Any]) -> None:
    """Check that the tables of a topic are there where they have rows, and have what the data have."""
    for kind in TABLES:
        path = data.path.parent.parent / table_file(data.path.stem, kind)
        due = table_of(kind, topic, data.evidence.articles).encode() if topic[kind] else None
        if due != (path.read_bytes() if path.is_file() else None):
            data.evidence.fault(path, f"does not have the {kind} that the data of its topic have")


def _check_name(data: DataFile, row: Mapping[str, Any]) -> None:
    """Check the entry of a name's page, as far as other files are not needed for it."""
    data.keys("name", row)
    if row["slug"] not in map(name_slug, rows(row["spellings"])):
        data.fault(f"{row['slug'][:60]!r} is no address of the name {row['name'][:60]!r}")
    if row["kind"] not in _KINDS:
        data.fault(f"{str(row['kind'])[:60]!r} is no kind of name")
    if data.evidence.names.get(row["slug"], row) != row or len(set(rows(row["topics"]))) != len(row["topics"]):
        data.fault(f"{row['name'][:60]!r} is listed otherwise elsewhere, or a topic of it twice")
    if row["name"] not in rows(row["spellings"]):
        data.fault(f"{row['name'][:60]!r} is none of its spellings")
    data.evidence.names[row["slug"]] = row


def _may_have_page(row: Mapping[str, Any], evidence: Evidence) -> bool:
    """Return whether a name may have a page: that of a person whom an editor listed, another in enough topics; none that is hidden."""
    spellings = {row["name"], *row["spellings"]}
    if not spellings.isdisjoint(evidence.overrides.hide_names):
        return False
    listed = not spellings.isdisjoint(evidence.settings.persons)
    return listed or (row["kind"] != "person" and len(row["topics"]) >= _TOPICS)


def check_names(evidence: Evidence) -> None:
    """Check, once all data are read, that each name with a page stands in an article of every topic that it is said to."""
    for row in evidence.names.values():
        if not _may_have_page(row, evidence):
            evidence.fault(evidence.site / "data" / "index.json", f"the name {row['name'][:60]!r} may not have a page")
        members = [sorted(evidence.members.get(evidence.slugs.get(slug, ""), ())) for slug in row["topics"]]
        for spelling in row["spellings"]:
            if not evidence.shares([ident for group in members for ident in group], spelling):
                evidence.fault(evidence.site / "data" / "index.json", f"the name {spelling[:60]!r} stands in none of its topics")
        if not all(any(evidence.shares(group, spelling) for spelling in row["spellings"]) for group in members):
            evidence.fault(evidence.site / "data" / "index.json", f"the name {row['name'][:60]!r} does not stand in all of its topics")


def _check_topic(data: DataFile, found: Mapping[str, Any]) -> None:
    data.keys("topic", found)
    members = frozenset(row["id"] for row in rows(found["articles"]))
    _need_texts([found["id"], *members])
    data.evidence.members[found["id"]] = members
    data.evidence.topics[data.page] = data.evidence.topic_data(data.path)
    data.same("format", found["format"], 1)
    data.same("lang", found["lang"], data.catalog.lang)
    data.same("slug", found["slug"], data.path.stem)
    data.same("id", found["id"], data.evidence.slugs.get(data.path.stem))
    data.same("articles", sorted(m for story in rows(found["stories"]) for m in rows(story["articles"])), sorted(members))
    data.same("updated", found["updated"], _newest(members, data.evidence))
    data.same("title in the index", data.evidence.titles.get(data.page), found["title"])
    check_title(data, found["title"], found["id"], members)
    for row in found["articles"]:
        _check_article(data, row)
    for story in found["stories"]:
        _check_story(data, story)
    _count_topic(data, members, found["stories"])
    _name_days(data, data.page, [found["updated"]], members)
    data.evidence.updated.add(found["updated"])
    cited = {str(cited["article"]) for point in rows(found["summary"]) for cited in rows(point["citations"])}
    data.evidence.summarized.add(_newest(cited, data.evidence) or "")
    if not data.tree:
        data.evidence.said[found["id"]] = [frozenset(cited[key] for cited in point["citations"] for key in ("article", "quote"))
                                           for point in found["summary"]]
    name_columns(data, found["id"], members)
    _check_group(data, found, members)
    check_findings(data, found)
    check_translations(data, found)
    _check_editorial(data, found, members)
    data.evidence.counts[data.page].add(("untranslated_n", count_untranslated(data, found)))
    for limit in rows(found["limits"]):
        check_limit(data, limit)
    _check_tables(data, found)


def _count_topic(data: DataFile, members: frozenset[str], stories: Sequence[Mapping[str, Any]]) -> None:
    evidence, texts = data.evidence, sum(len(story["texts"]) for story in stories)
    _count(data, members, texts)
    articles = [evidence.articles[member] for member in sorted(members) if member in evidence.articles]
    firsts = [evidence.articles[text[0]] for story in stories for text in story["texts"] if text and text[0] in evidence.articles]
    note_unheard(data, firsts, articles)
    limits = count_limits(articles, texts, evidence.settings, data.lang)
    evidence.counts[data.page] |= {*limits, ("stories_n", len(stories)), ("articles_n", len(members)),
                                   ("own_n", count_owners(firsts, evidence.settings))}
    for key, number in (("texts_n", texts), ("stories_n", len(stories)), ("topics_n", 1)) if not data.tree else ():
        evidence.totals[key] += number


def _name_days(data: DataFile, where: str, days: Sequence[str | None], members: Iterable[str]) -> None:
    """Note the days that may be named on a page or within a story."""
    named = frozenset(day for day in days if day).union(*(data.evidence.published.get(member, ()) for member in members))
    data.evidence.moments[where] = named


def _newest(members: Iterable[str], evidence: Evidence) -> str | None:
    stated = [when for member in members if (a := evidence.articles.get(member)) and (when := a.published)]
    return max(stated, key=lambda when: (when.moment, when.iso)).iso if stated else None


def _check_story(data: DataFile, story: Mapping[str, Any]) -> None:
    data.keys("story", story)
    members = frozenset(rows(story["articles"]))
    _need_texts([story["id"], *members])
    data.ident("the event", story["id"])
    data.evidence.members[story["id"]] = members
    days = [when.day.isoformat() for m in members if (a := data.evidence.articles.get(m)) and (when := a.published)]
    if story["date"] not in (days or (None,)):
        data.fault(f"the date {str(story['date'])[:60]!r} is of none of the event's articles")
    data.same("texts", sorted(m for text in rows(story["texts"]) for m in rows(text)), sorted(story["articles"]))
    data.evidence.texts |= {text[0]: tuple(text) for text in rows(story["texts"]) if text}
    _name_days(data, story["id"], [story["date"]], members)
    _count(data, members, len(story["texts"]))
    check_title(data, story["title"], story["id"], members)
    _check_group(data, story, members)
    check_alone(data, story)


def _count(data: DataFile, members: Iterable[str], texts: int) -> None:
    articles = data.evidence.articles
    counts = count_group((articles[member] for member in members if member in articles), texts)
    data.evidence.counts.setdefault(data.page, set()).update(counts)


def _check_group(data: DataFile, group: Mapping[str, Any], members: frozenset[str]) -> None:
    """Check what a topic and a story have in common: why its articles stand together, and its summary."""
    data.keys("why", group["why"])
    data.share("score", group["why"]["score"])
    ordered = sorted(members)
    for term in rows(group["why"]["shared"]):
        if not data.evidence.shares(ordered, term):
            data.fault(f"the shared term {term[:60]!r} stands in none of the articles, or is no term")
    for day in rows(group["why"]["days"]):
        if not _names_day(day, ordered, data.evidence):
            data.fault(f"the day {str(day)[:60]!r} is named by none of the articles, nor was any published on it")
    data.evidence.moments[f"{data.page}#why-{group['id']}"] = frozenset(group["why"]["days"])
    if nearest := group["why"]["nearest"]:
        data.keys("nearest", nearest)
        data.share("score", nearest["score"])
        if nearest["article"] in members or nearest["article"] not in data.evidence.articles:
            data.fault(f"{str(nearest['article'])[:60]!r} is no article that was left out of it")
    for point in rows(group["summary"]):
        mark = _check_point(data, point)
        if mark and "stories" in group:
            data.evidence.due.append((data.page, str(mark)))


def _names_day(day: str, members: Sequence[str], evidence: Evidence) -> bool:
    """Return whether an article was published on a day, or names it."""
    found = _DAY.fullmatch(day)
    articles = [article for member in members if (article := evidence.segmented(member))]
    published = {iso[:10] for a in articles for iso in evidence.published[a.id]}
    return found is not None and (day in published or any(day in named_days(a) for a in articles))


def _check_editorial(data: DataFile, topic: Mapping[str, Any], members: frozenset[str]) -> None:
    """Check editors' decisions and notes: each stands so in the editors' file, and is of this topic."""
    overrides = data.evidence.overrides
    for row in rows(topic["editorial"]):
        data.keys("decision", row)
        if row["what"] == "withdraw":
            _check_withdrawal(data, row)
            continue
        said = row["why"], row["until"]
        named = set(rows(row["articles"]))
        if not _may_name(row["what"], named, members, data.evidence) or not any(
                said == (entry.why, entry.until.isoformat() if entry.until else None) and named <= entry.articles
                for entry in find_entries(overrides, row["what"], row["line"])):
            data.fault(f"no editor decided {str(row['what'])[:60]!r} in line {str(row['line'])[:20]}")
        data.same("by", (row["by"], row["date"]), (None, None))
    for row in rows(topic["corrections"]):
        data.keys("correction", row)
        elsewhere = {*data.evidence.slugs.values(), *data.evidence.articles} - {topic["id"], *members}
        here = [note.correction for note in overrides.corrections if note.topic not in elsewhere]
        if (row["line"], row["text"], row["by"], row["date"]) not in {(n.line, n.text, n.by, n.day.isoformat()) for n in here}:
            data.fault(f"the correction “{row['text'][:60]}” is no editor's, or of another topic")
        state = row["state"], row["translated"], row["lang"]
        data.same("state of a correction", state, ("editor", None, data.evidence.settings.language))


def _may_name(what: str, named: set[str], members: frozenset[str], evidence: Evidence) -> bool:
    """Return whether a topic's page may tell that a decision names articles: its own, what is kept apart from them, hidden ones."""
    if what == "hide":
        return named <= evidence.hidden.keys()
    return named <= members or (what in {"apart", "topics-apart"} and bool(named & members) and named <= evidence.articles.keys())


def _check_withdrawal(data: DataFile, row: Mapping[str, Any]) -> None:
    ident, = rows(row["articles"])
    taken = data.evidence.withdrawn.get(ident)
    due = (taken.reason, taken.day.isoformat()) if taken else None
    data.same("a withdrawal", (row["why"], row["date"]), due)
    data.same("by", (row["by"], row["until"], row["line"]), (None, None, None))


def _check_article(data: DataFile, row: Mapping[str, Any]) -> None:
    data.keys("article", row)
    article = data.evidence.articles.get(row["id"])
    if article is None:
        data.fault(f"lists {row['id']}, which is not in the content")
        return
    due = {"outlet": article.outlet, "title": article.title, "url": article.url, "lang": article.lang, "version": article.version,
           "published": article.published.iso if article.published else None}
    for key, value in due.items():
        data.same(f"{key} of {article.id}", row[key], value)


def _check_point(data: DataFile, point: Mapping[str, Any]) -> QuoteMark | None:
    """Check a key point and return what it quotes."""
    data.keys("key point", point)
    marks = data.quoted(point)
    if not marks:
        return None
    data.evidence.also.setdefault((data.page, str(marks[0])), []).append(frozenset(map(str, marks[1:])))
    _check_aids(data, rows(point.get("aids", [])), marks[0])
    return marks[0]


def _check_aids(data: DataFile, aids: Sequence[Mapping[str, Any]], mark: QuoteMark) -> None:
    due = [{"at": aid.at, "kind": aid.kind, "text": aid.text, "basis": aid.basis} for aid in data.evidence.aids(mark)]
    for aid in aids:
        data.keys("aid", aid)
        if aid not in due:
            data.fault(f"the aid {str(aid)[:80]} does not follow from its article")
