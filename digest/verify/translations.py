"""Hold what is told in another language against its original: it belongs to it, says how it came about, and passes the checks again."""

from collections.abc import Iterator, Mapping
from typing import Any

from digest.translation import Original
from digest.verify.datafile import DataFile, rows
from digest.words import base_language

__all__ = ["check_title", "check_translations", "count_untranslated"]


def check_title(data: DataFile, title: Mapping[str, Any], ident: str, members: frozenset[str]) -> None:
    """Check a title: an article's own, or terms of its articles, or what an editor wrote."""
    data.keys("title", title)
    article, terms = data.evidence.articles.get(title["article"]), rows(title["terms"])
    text, lang = _original_title(data, title, ident)
    if title["from"] == "terms":
        data.same("title", text, ", ".join(terms))
        for term in terms:
            if not data.evidence.shares(sorted(members), term):
                data.fault(f"the title's term {term[:60]!r} stands in none of the articles, or is no term")
    elif title["from"] == "editor":
        if (lang, text) not in data.evidence.editors_titles(ident):
            data.fault(f"title is {text[:60]!r}, which no editor gave to {ident}")
    else:
        data.same("origin of a title", title["from"], "article")
        data.same("title", text, article.title if article and article.id in members else None)
        data.same("language of a title", lang, article.lang if article else None)
    if title["from"] != "editor" and lang not in data.evidence.languages:
        data.fault(f"language of a title is {str(lang)[:60]!r}, which nothing here is in")


def _original_title(data: DataFile, title: Mapping[str, Any], ident: str) -> tuple[str, str]:
    """Check how a title is told, and return it in the original, with its language."""
    if title["translated"] is None:
        data.same("original of a title", title["original"], None)
        by_editor = title["from"] == "editor"
        states = ("editor",) if by_editor else ("original", "fallback")
        data.same("state of a title", title["state"] in states, due=True)
        return title["text"], title["lang"]
    data.keys("original", title["original"])
    original = Original(title["original"]["text"], title["original"]["lang"])
    kind = "topic" if ident.startswith("t-") else "story"
    mark = f"article:{title['article']}:title" if title["article"] else f"{kind}:{ident}:title"
    data.told(title, original, mark)
    return original.text, original.lang


def check_translations(data: DataFile, topic: Mapping[str, Any]) -> None:
    """Check the translations of what a topic's page quotes, each beside the sentence that it translates."""
    for row in rows(topic["translations"]):
        data.keys("translation", row)
        cited = {key: row[key] for key in ("article", "version", "start", "end", "quote")}
        mark, = data.citations([cited])
        article = data.evidence.articles.get(mark.article)
        data.told(row, Original(row["quote"], article.lang if article else ""), str(mark))


def count_untranslated(data: DataFile, topic: Mapping[str, Any]) -> int:
    """Return how many different sentences of a topic's page are in other languages than the page and are not translated."""
    told = {(row["article"], row["start"], row["end"]) for row in topic["translations"]}
    foreign = {(article.lang, row["quote"]) for row in _quoted(topic) if (row["article"], row["start"], row["end"]) not in told
               and (article := data.evidence.articles.get(row["article"])) and base_language(article.lang) != base_language(data.lang)}
    return len(foreign)


def _quoted(topic: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the citations of all that a topic's page quotes."""
    for group in (topic, *topic["stories"]):
        yield from (row for point in group["summary"] for row in point["citations"][:1])
    said = [*topic["statements"], *(row for story in topic["stories"] for row in story["only_one"]), *topic["timeline"]]
    values = (value for kind in ("differences", "wording") for found in topic[kind] for value in found["values"])
    changes = (change for version in topic["versions"] for change in version["changes"])
    yield from (row for found in (*said, *values, *changes) for row in found["citations"])
