"""The editor's worklist: what is unknown, nearly grouped otherwise, decided in vain, not told, at a limit, left out, or about to change."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from digest.content import format_article
from digest.editors.nearness import Near, find_near
from digest.editors.overrides import Overrides
from digest.editors.tasks import KINDS, Task, shorten
from digest.editors.unrecorded import Unrecorded, find_unrecorded
from digest.editors.withdrawn import WITHDRAWN
from digest.errors import shown_path
from digest.escape import visible
from digest.marks import anchor
from digest.models import Article
from digest.outlets import warn_of_outlets
from digest.pipeline import Digest
from digest.records import EditionRecord, Ledger
from digest.rights import article_rights
from digest.settings import QUOTE_LIMIT
from digest.slugs import slugify

__all__ = ["find_tasks"]

_NO_FILES = 20
"""Files that one task names, at most."""


def find_tasks(digest: Digest, warnings: Sequence[str], overrides: Overrides, ledger: Ledger, records: Sequence[EditionRecord],
               more: Iterable[Task] = ()) -> tuple[Task, ...]:
    """Return all tasks in the order of `KINDS`; `warnings` are those of reading and making the digest.

    `more` are those of what is not told in a language (`find_untold`) and of the last fetch (`find_fetched`).
    """
    content = overrides.path.parent
    found = [*_outlets(digest, content), *_dates(digest.articles), *_left_out(digest, overrides),
             *_withdrawn(digest, content), *_slips(digest, warnings),
             *map(_override, digest.warnings), *more, *_limits(digest, content),
             *(_near(near, overrides.path) for near in find_near(digest.edition.topics, digest.settings.grouping, overrides)),
             *_changes(digest, ledger, records, content)]
    order = list(KINDS)
    return tuple(sorted(found, key=lambda task: order.index(task.kind)))


def _outlets(digest: Digest, content: Path) -> Iterator[Task]:
    for article in digest.articles:
        if article.outlet is None:
            yield Task("outlet", shown_path(article.path), "its outlet is unknown", "write outlet: and its id into the front matter")
    undeclared: dict[str, list[Article]] = {}
    for article in digest.articles:
        if article.outlet and article.outlet not in digest.settings.outlets:
            undeclared.setdefault(article.outlet, []).append(article)
    for name, articles in sorted(undeclared.items()):
        near = next(iter(warn_of_outlets(articles, digest.settings)), "").partition("; ")[2]
        where = ", ".join(shown_path(article.path) for article in articles[:_NO_FILES])
        more = f" and in {len(articles) - _NO_FILES} more files" if len(articles) > _NO_FILES else ""
        do = f"{near} Then write that; otherwise declare it in {shown_path(content / 'outlets.yml')}:" if near else (
            f"declare it in {shown_path(content / 'outlets.yml')}:")
        yield Task("outlet", where + more, f"the outlet {shorten(name)!r} is not declared", do, _declaration(visible(name)))


def _declaration(name: str) -> str:
    """Return what declares an outlet in `outlets.yml`."""
    ident, written = (line for line in format_article({"id": slugify(name) or "outlet", "name": name}, ()).splitlines()[1:3])
    return f"- {ident}\n  {written}"


def _dates(articles: Iterable[Article]) -> Iterator[Task]:
    for article in articles:
        if article.published is None:
            yield Task("date", shown_path(article.path), "its publication day is unknown",
                       "write published: and the day into the front matter, if its source states one")


def _left_out(digest: Digest, overrides: Overrides) -> Iterator[Task]:
    hidden = {row.article for row in overrides.hide}
    for row in digest.edition.left_out:
        if row.path.stem not in hidden:
            yield Task("left-out", shown_path(row.path), row.reason, "mend the file, or remove it")


def _withdrawn(digest: Digest, content: Path) -> Iterator[Task]:
    by_id = {article.id: article for article in digest.articles}
    for taken in digest.withdrawn:
        for article in (by_id[copy] for copy in taken.copies if copy in by_id):
            yield Task("withdrawn", shown_path(article.path), f"it had the text of {taken.article}, which was withdrawn on {taken.day}",
                       f"take it out too: digest withdraw {article.id} --reason ...; if it may stay, strike it from copies in "
                       f"{shown_path(content / WITHDRAWN)}")


def _slips(digest: Digest, warnings: Iterable[str]) -> Iterator[Task]:
    told = {*digest.warnings, *warn_of_outlets(digest.articles, digest.settings)}
    for warning in warnings:
        if warning not in told and not warning.startswith("left out: "):
            where, _, problem = warning.partition(": ")
            yield Task("slip", where, problem, "look whether it is meant")


def _override(warning: str) -> Task:
    where, _, problem = warning.partition(": ")
    problem, _, hint = problem.partition("; ")
    return Task("override", where, problem, hint or "mend it or take it out")


def _limits(digest: Digest, content: Path) -> Iterator[Task]:
    """Yield one task an outlet: it, not the article, says how much may be quoted."""
    by_id = {article.id: article for article in digest.articles}
    full: dict[str, list[str]] = {}
    for article in (by_id[ident] for ident in digest.refused if ident in by_id):
        if article_rights(article, digest.settings) == "excerpt":
            full.setdefault(article.outlet or "", []).append(article.id)
    for name, ids in sorted(full.items()):
        outlet = digest.settings.outlet(name or None)
        limit = f"{100 * (outlet.quote_limit if outlet else QUOTE_LIMIT):g} %"
        more = f" and {len(ids) - _NO_FILES} more" if len(ids) > _NO_FILES else ""
        yield Task("limit", shown_path(content / "outlets.yml"),
                   f"{shorten(name) or 'unknown outlet'}: not all that was chosen of these may be quoted ({limit} of the words): "
                   f"{', '.join(ids[:_NO_FILES])}{more}",
                   "nothing, or raise its quote_limit if its rights allow that" if outlet and outlet.declared else
                   "nothing, or declare the outlet with its rights")


def _near(near: Near, path: Path) -> Task:
    key, what = ("stories", "event") if near.of == "story" else ("topics", "topic")
    pair = f"“{shorten(near.one.title)}” and “{shorten(near.other.title)}”"
    together, apart = (f"{key}:\n  - {rule}: [{near.one.id}, {near.other.id}]" for rule in ("together", "apart"))
    likeness = f"{near.score:.2f} alike, joined from {near.cut:.2f} on"
    if near.joined:
        return Task("near", shown_path(near.one.path), f"{pair} are hardly one {what}: {likeness}",
                    f"if they are not, say so in {shown_path(path)} (and with together: if they are):", apart)
    return Task("near", shown_path(near.one.path), f"{pair} are nearly one {what}: {likeness}",
                f"if they are, say so in {shown_path(path)} (and with apart: if they are not):", together)


def _changes(digest: Digest, ledger: Ledger, records: Sequence[EditionRecord], content: Path) -> Iterator[Task]:
    topics = {topic.id: topic for topic in digest.edition.topics}
    titles = {ident: shorten(topic.title.text) for ident, topic in topics.items()}
    for change in find_unrecorded(digest.edition.topics, ledger, records):
        topic, (problem, do) = topics.get(change.topic), _tell_change(change, titles)
        source = next((a for a in topic.articles if a.id in change.articles), None) if topic and change.what == "key-point-gone" else None
        paste = _undoing(change, source)
        if change.what == "key-point-gone" and not paste:
            do = "nothing; the sentence does not stand in this topic any more"
        elif change.what == "retitled" and topic and topic.title.origin == "editor":
            do = "nothing; an editor gave the title"
        yield Task("change", shown_path(source.path if source else content / "ledger.json"), problem, do, paste)


def _undoing(change: Unrecorded, source: Article | None) -> str:
    """Return what undoes a change, where editors can."""
    if change.what in {"merged", "split"} and len(change.articles) > 1:
        return f"topics:\n  - {'apart' if change.what == 'merged' else 'together'}: [{', '.join(change.articles)}]"
    found = next((s for s in source.sentences if source.text[s.start:s.end] == change.text), None) if source else None
    if source is None or found is None:
        return ""
    return f"keypoints:\n  - topic: {change.topic}\n    pin: [{source.id}#{anchor(source.text, found.start, found.end)}]"


def _tell_change(change: Unrecorded, titles: dict[str, str]) -> tuple[str, str]:
    """Return what a change is, and what to do about it."""
    name = f"[{change.topic}]" if change.what in {"gone", "merged"} else f"“{shorten(change.title)}” [{change.topic}]"
    others = ", ".join(f"“{titles[ident]}” [{ident}]" for ident in change.others)
    return {
        "new": (f"{name} is a new topic", "nothing, if it is one"),
        "merged": (f"the topic {name} went into {others}", "nothing, if they are one; otherwise write into overrides.yml:"),
        "split": (f"articles of {name} went to {others}", "nothing, if they belong there; otherwise write into overrides.yml:"),
        "gone": (f"the topic {name} is gone: none of its articles is here", "nothing, if that is meant; its page will say so"),
        "retitled": (f"{name} was called “{shorten(change.text)}”", "nothing, or give it a title under titles:"),
        "key-point-gone": (f"{name} does not quote any more: “{shorten(change.text)}”",
                           "nothing, or pin it in overrides.yml:"),
    }[change.what]
