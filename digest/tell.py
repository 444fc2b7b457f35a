"""What the command line prints: for people, and as JSON."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from digest.data import format_json, story_data, summary_data, title_data
from digest.editors.withdraw import Taken
from digest.escape import visible
from digest.marks import anchor
from digest.models import Article, KeyPoint, Topic, Why
from digest.pages import Written
from digest.pipeline import Digest
from digest.precedence import came_first

__all__ = ["stories_json", "summaries_json", "tell_counts", "tell_sentences", "tell_stories", "tell_summaries",
           "tell_taken", "tell_written"]

WIDTH = 100
"""Columns of the tree of stories, as far as its words can be broken."""


def tell_written(written: Written, output: Path) -> str:
    """Return the line that says what was built and proven."""
    return f"{output}: {tell_counts(written)}; every quotation stands in its source"


def tell_counts(written: Written) -> str:
    """Return how much was written, and of which day."""
    topics, articles = (f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((written.topics, "topic"), (written.articles, "article")))
    left_out = f"; {written.left_out} left out" if written.left_out else ""
    return f"{topics} from {articles}, {f'as of {written.day}' if written.day else 'without a date'}{left_out}"


def tell_taken(taken: Taken) -> Iterator[str]:
    """Yield the lines that say what a withdrawal did, and what is left to do."""
    withdrawal = taken.withdrawal
    yield f"withdrawn: {withdrawal.article}, as of {withdrawal.day}: {visible(withdrawal.reason)}"
    if taken.before:
        yield f"  it was withdrawn before, and the day stays{_changed(taken.before.reason, withdrawal.reason)}"
    yield from (f"  removed: {path}" for path in taken.removed)
    yield from (f"  quotations blanked: {path}" for path in taken.changed)
    yield from (f"  translations taken out: {path}" for path in taken.forgotten)
    for copy in taken.copies:
        yield f"  the same text is still here: {copy}; if it must go too: digest withdraw {copy} --reason …"
    yield "  commit this and publish the site anew; the history of git keeps what was committed before"


def _changed(before: str, now: str) -> str:
    return "" if before == now else f"; the reason was: {visible(before)}"


def stories_json(digest: Digest) -> str:
    """Return topics, stories, copies and what was left out, as JSON."""
    topics = [{"id": t.id, "slug": t.slug, "title": t.title.text,
               "stories": [{key: value for key, value in story_data(s).items() if key != "summary"} for s in t.stories]}
              for t in digest.edition.topics]
    left_out = [{"article": row.path.stem, "reason": row.reason} for row in (*digest.edition.left_out, *digest.drafts)]
    return format_json({"topics": topics, "left_out": left_out}).rstrip()


def tell_stories(digest: Digest) -> str:
    """Return topics and stories as a readable tree."""
    lines = [line for topic in digest.edition.topics for line in _tell_topic(topic)]
    lines += [f"left out: {row.path}: {row.reason}" for row in (*digest.edition.left_out, *digest.drafts)]
    return "\n".join(lines) or "no articles yet; put some into content/articles, or import them with digest add"


def _tell_topic(topic: Topic) -> Iterator[str]:
    yield f"{visible(topic.title.text)}  [{topic.id}]"
    if topic.decisions:
        told = [f"{decision.what.replace('-', ': ')} (line {decision.line})" for decision in topic.decisions]
        yield from _wrapped(f"editors: {', '.join(told)}")
    if len(topic.stories) > 1:
        yield from _tell_why(topic.why)
    for story in topic.stories:
        yield f"├─ {story.day or 'undated'}  {visible(story.title.text)}  [{story.id}]"
        for text in story.texts:
            first, *copies = text.articles
            yield f"│  · {_tell_article(first)}"
            yield from (f"│    └─ same text{_order(first, copy)}: {_tell_article(copy)}" for copy in copies)
        yield from _tell_why(story.why)


def _order(first: Article, copy: Article) -> str:
    """Return whether a copy came later, where both say when they were published."""
    return ", later" if came_first(first, copy) else ", order unknown"


def _tell_why(why: Why) -> Iterator[str]:
    """Yield what a group shares, how alike it is, and the nearest article left out."""
    shared = ", ".join(map(visible, (*why.shared, *why.days)))
    if shared:
        yield from _wrapped(f"why: {shared} ({why.score:.2f})")
    if why.nearest:
        yield from _wrapped(f"nearest left out: {why.nearest.article.id} ({why.nearest.score:.2f})")


def _wrapped(text: str) -> Iterator[str]:
    """Yield a text in lines of the tree."""
    yield from wrap(text, WIDTH, initial_indent="│  ", subsequent_indent="│       ", break_on_hyphens=False)


def _tell_article(article: Article) -> str:
    when = article.published.iso if article.published else "date unknown"
    return f"{visible(article.outlet or 'unknown outlet')}, {when}, {article.lang}: {article.id}"


def tell_sentences(article: Article) -> str:
    """Return the sentences of an article, each as editors' decisions name it."""
    spans = [(sentence.start, sentence.end) for sentence in article.sentences]
    return "\n".join(f"{article.id}#{anchor(article.text, *span)}  {visible(article.text[slice(*span)])}" for span in spans)


def summaries_json(digest: Digest) -> str:
    """Return the summaries of all stories and topics, as JSON."""
    stories = [{"id": s.id, "articles": [a.id for a in s.articles], "title": title_data(s), "summary": summary_data(s.summary)}
               for t in digest.edition.topics for s in t.stories]
    topics = [{"id": t.id, "slug": t.slug, "title": title_data(t), "summary": summary_data(t.summary)} for t in digest.edition.topics]
    return format_json({"stories": stories, "topics": topics}).rstrip()


def tell_summaries(digest: Digest) -> str:
    """Return the topics' summaries as text."""
    return "\n\n".join(f"{visible(topic.title.text)}\n{_tell_points(topic.summary)}" for topic in digest.edition.topics)


def _tell_points(points: Sequence[KeyPoint]) -> str:
    return "\n".join(map(_tell_point, points)) or "  (nothing may be quoted)"


def _tell_point(point: KeyPoint) -> str:
    cited = point.citations[0]
    outlet = visible(cited.article.outlet or "unknown outlet")
    return f"  {outlet}: “{visible(point.text)}” ({cited.article.id} {cited.start}–{cited.end})"
