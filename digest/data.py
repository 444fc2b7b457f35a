"""The data that the site publishes beside its pages, in the shapes of `data/schema.json`."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

from digest.editors.withdrawn import Withdrawal
from digest.findings import Findings
from digest.findings_data import findings_data, quoted_data, statement_data, told_data, translation_data
from digest.models import Article, Correction, Decision, KeyPoint, Story, Topic, When, Why, newest
from digest.names.directory import Listed
from digest.tables import table_file
from digest.telling import Telling, quoted_in, title_original
from digest.translation import Original

__all__ = ["edition_data", "format_json", "manifest_data", "story_data", "summary_data", "title_data", "topic_data", "topic_head"]


def format_json(value: object) -> str:
    """Return a value as JSON with the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def topic_data(topic: Topic, telling: Telling, lang: str, limits: Sequence[str], findings: Findings,
               withdrawn: Sequence[Withdrawal] = (), *, editors: str) -> dict[str, object]:
    """Return all that a topic's page shows; `lang` is the language of the page, `editors` that of the editors' notes."""
    alone = dict(findings.alone)
    stories = [story_data(story, telling) | {"only_one": [statement_data(found, telling) for found in alone.get(story.id, ())]}
               for story in topic.stories]
    first = topic_head(topic, telling, editors=editors)
    return {"format": 1, "id": topic.id, "slug": topic.slug, "lang": lang, "updated": first["updated"], "title": first["title"],
            "articles": first["articles"], "stories": stories, "why": _why(topic.why), "summary": first["summary"],
            **findings_data(findings, topic, telling),
            "translations": translation_data(quoted_in(topic, findings), telling),
            "editorial": [*map(_decision, topic.decisions), *map(_taken, withdrawn)],
            "corrections": first["corrections"], "limits": list(limits)}


def topic_head(topic: Topic, telling: Telling, *, editors: str) -> dict[str, object]:
    """Return what says first what a topic is: its title, articles, key points and editors' notes."""
    return {"updated": _iso(newest(topic.articles)), "title": title_data(topic, telling),
            "articles": [_article(article) for article in topic.articles], "summary": summary_data(topic.summary, telling),
            "corrections": [_correction(note, editors) for note in topic.corrections]}


def title_data(of: Topic | Story, telling: Telling | None = None) -> dict[str, object]:
    """Return a title and whose it is, translated where the telling is; with the original then."""
    title = of.title
    original = title_original(title)
    told = told_data(Original(title.text, title.lang), telling.title(title) if telling else None)
    state = {"state": "editor"} if title.origin == "editor" and not told["translated"] else {}
    return told | state | {
        "from": title.origin, "article": title.article.id if title.article else None, "terms": list(title.terms),
        "original": {"text": original.text, "lang": original.lang} if original and told["translated"] else None}


def story_data(story: Story, telling: Telling | None = None) -> dict[str, object]:
    """Return a story with its separate texts and its summary."""
    return {"id": story.id, "title": title_data(story, telling), "date": story.day.isoformat() if story.day else None,
            "articles": [a.id for a in story.articles], "texts": [[a.id for a in text.articles] for text in story.texts],
            "why": _why(story.why), "summary": summary_data(story.summary, telling)}


def summary_data(points: Sequence[KeyPoint], telling: Telling | None = None) -> list[dict[str, object]]:
    """Return a summary with its citations."""
    return [quoted_data(point.citations, telling) | _aids(point) for point in points]


def _aids(point: KeyPoint) -> dict[str, object]:
    rows = [{"at": aid.at, "kind": aid.kind, "text": aid.text, "basis": aid.basis} for aid in point.aids]
    return {"aids": rows} if rows else {}


def _article(article: Article) -> dict[str, object]:
    return {"id": article.id, "outlet": article.outlet, "title": article.title, "url": article.url,
            "published": _iso(article.published), "lang": article.lang, "version": article.version}


def _why(why: Why) -> dict[str, object]:
    nearest = {"article": why.nearest.article.id, "score": why.nearest.score} if why.nearest else None
    return {"shared": list(why.shared), "score": why.score, "days": list(why.days), "nearest": nearest}


def _decision(decision: Decision) -> dict[str, object]:
    return {"what": decision.what, "by": None, "date": None, "why": decision.why, "articles": [a.id for a in decision.articles],
            "until": decision.until.isoformat() if decision.until else None, "line": decision.line}


def _taken(out: Withdrawal) -> dict[str, object]:
    return {"what": "withdraw", "by": None, "date": out.day.isoformat(), "why": out.reason, "articles": [out.article], "until": None,
            "line": None}


def _correction(note: Correction, lang: str) -> dict[str, object]:
    return {"text": note.text, "lang": lang, "state": "editor", "translated": None, "by": note.by, "date": note.day.isoformat(),
            "line": note.line}


def _iso(when: When | None) -> str | None:
    return when.iso if when else None


def edition_data(title: str, languages: Sequence[str], lang: str, day: str | None,
                 topics: Sequence[tuple[Topic, Telling, Sequence[str]]], days: Sequence[str], names: Sequence[Listed] = (),
                 ) -> dict[str, object]:
    """Return the index of what the site publishes in one of its languages: topics, each as it is told and with the tables it has."""
    return {"format": 1, "title": title, "languages": list(languages), "lang": lang, "day": day,
            "topics": [{"id": t.id, "slug": t.slug, "title": title_data(t, telling), "told": telling.lang,
                        "data": f"topics/{t.slug}.json", "tables": [table_file(t.slug, kind) for kind in tables]}
                       for t, telling, tables in topics],
            "names": list(map(_name, names)), "editions": list(days)}


def manifest_data(articles: Iterable[Article]) -> dict[str, object]:
    """Return the manifest of a site that is not built yet: the texts that it is made from, each with its SHA-256."""
    sources = [{"article": article.id, "version": article.version, "sha256": sha256(article.text.encode()).hexdigest()}
               for article in sorted(articles, key=lambda article: article.id)]
    return {"format": 1, "sources": sources, "files": []}


def _name(row: Listed) -> dict[str, object]:
    return {"slug": row.slug, "name": row.name.name, "kind": row.name.kind, "spellings": list(row.name.spellings),
            "topics": [topic.slug for topic in row.topics]}
