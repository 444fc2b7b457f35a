"""The data that the site publishes beside its pages, in the shapes of `data/schema.json`."""

import json
from collections.abc import Sequence

from digest.models import Article, Citation, KeyPoint, Story, Topic, When, Why, newest

__all__ = ["edition_data", "format_json", "story_data", "summary_data", "title_data", "topic_data"]


def format_json(value: object) -> str:
    """Return a value as JSON with the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def topic_data(topic: Topic, lang: str, limits: Sequence[str]) -> dict[str, object]:
    """Return all that a topic's page shows."""
    return {"format": 1, "id": topic.id, "slug": topic.slug, "lang": lang, "updated": _iso(newest(topic.articles)),
            "title": title_data(topic), "articles": [_article(article) for article in topic.articles],
            "stories": [story_data(story) for story in topic.stories], "why": _why(topic.why),
            "summary": summary_data(topic.summary), "limits": list(limits)}


def title_data(of: Topic | Story) -> dict[str, object]:
    """Return a title and whose it is."""
    title = of.title
    return {"text": title.text, "lang": title.lang, "state": "original", "translated": None, "from": title.origin,
            "article": title.article.id if title.article else None}


def story_data(story: Story) -> dict[str, object]:
    """Return a story with its separate texts and its summary."""
    return {"id": story.id, "title": title_data(story), "date": story.day.isoformat() if story.day else None,
            "articles": [a.id for a in story.articles], "texts": [[a.id for a in text.articles] for text in story.texts],
            "why": _why(story.why), "summary": summary_data(story.summary)}


def summary_data(points: Sequence[KeyPoint]) -> list[dict[str, object]]:
    """Return a summary with its citations."""
    return [{"text": point.text, "lang": point.lang, "state": "original", "translated": None,
             "citations": [_citation(cited) for cited in point.citations]} | _aids(point) for point in points]


def _aids(point: KeyPoint) -> dict[str, object]:
    rows = [{"at": aid.at, "kind": aid.kind, "text": aid.text, "basis": aid.basis} for aid in point.aids]
    return {"aids": rows} if rows else {}


def _citation(cited: Citation) -> dict[str, object]:
    return {"article": cited.article.id, "version": cited.article.version, "start": cited.start, "end": cited.end, "quote": cited.quote}


def _article(article: Article) -> dict[str, object]:
    return {"id": article.id, "outlet": article.outlet, "title": article.title, "url": article.url,
            "published": _iso(article.published), "lang": article.lang, "version": article.version}


def _why(why: Why) -> dict[str, object]:
    return {"shared": list(why.shared), "score": round(why.score, 3)}


def _iso(when: When | None) -> str | None:
    return when.iso if when else None


def edition_data(title: str, languages: Sequence[str], day: str | None, topics: Sequence[Topic], days: Sequence[str]) -> dict[str, object]:
    """Return the index of what the site publishes."""
    return {"format": 1, "title": title, "languages": list(languages), "day": day,
            "topics": [{"id": t.id, "slug": t.slug, "title": title_data(t), "data": f"topics/{t.slug}.json"} for t in topics],
            "editions": list(days)}
