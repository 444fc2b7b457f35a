"""Take an article out everywhere: its file, former texts, quotations in old editions; what stays is a dated notice.

Each step can be repeated, and the first one already keeps the article from every page, so that an interrupted run does
no harm: the same command finishes it.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from digest.content import find_article, format_scalar, normalize_text, read_article, write_file
from digest.editors.translations import forget_corrections
from digest.editors.withdrawn import WITHDRAWN, Withdrawal, read_withdrawals
from digest.errors import ArticleError, DigestError
from digest.feed_records import forget_article
from digest.locking import alone_in
from digest.memory import forget
from digest.models import Article, Topic, text_version
from digest.pipeline import load_digest
from digest.record_files import read_editions, read_ledger, write_edition
from digest.records import EditionRecord, Ledger, blank_articles
from digest.settings import is_slug

__all__ = ["Taken", "withdraw_article"]

_HEAD = "# Articles that were taken out, written by digest withdraw. Readers see day, outlet and reason.\n"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a withdrawal did."""

    withdrawal: Withdrawal
    """As it is noted now."""
    before: Withdrawal | None
    """As it was noted in an earlier run; only the reason may have changed since."""
    removed: tuple[Path, ...]
    changed: tuple[Path, ...]
    """Editions whose quotations of it are blank now."""
    copies: tuple[str, ...]
    """Articles that carry the same text and are still there."""
    forgotten: tuple[Path, ...] = ()
    """Files with translations of its sentences, which are out now."""


def withdraw_article(content: Path, ident: str, reason: str, day: date, caches: Sequence[Path] = (), memory: Path | None = None) -> Taken:
    """Take an article out of a content folder and of the translation memory in a folder, and remove `caches`, in their order.

    What was withdrawn by an earlier run keeps all that was noted then but the reason.

    Raises:
        ArticleError: no article has this id.
        DigestError: there is no reason.
        SettingsError: a file of the editors is wrong.
        RecordError: the ledger or a record is damaged.
        BusyError: another run writes to the content folder.
    """
    if not reason.strip():
        raise DigestError("the reason is empty; readers must learn why the article was withdrawn")
    with alone_in(content):
        return _withdraw(content, ident, " ".join(reason.split()), day, caches, memory)


def _withdraw(content: Path, ident: str, reason: str, day: date, caches: Sequence[Path], memory: Path | None) -> Taken:
    noted, editions = read_withdrawals(content), read_editions(content)
    files, before = _files(content, ident), noted.get(ident)
    withdrawal = replace(before, reason=reason) if before else _note(content, ident, files, editions, reason=reason, day=day)
    write_file(content / WITHDRAWN, _format({**noted, ident: withdrawal}))
    texts = tuple(_texts(ident, (*files, *sorted((content / "versions" / ident).glob("*.md"))), editions))
    forgotten = (*forget_corrections(content, texts), *(forget(memory, texts) if memory else ()))
    changed = tuple(write_edition(content, blank) for record in editions if (blank := blank_articles(record, {ident})) != record)
    forget_article(content, ident)
    removed = tuple(path for path in (*caches, content / "versions" / ident, *files) if path.exists())
    for path in removed:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return Taken(withdrawal, before, removed, changed, tuple(copy for copy in withdrawal.copies if _files(content, copy)), forgotten)


def _texts(ident: str, files: Sequence[Path], editions: Sequence[EditionRecord]) -> Iterator[str]:
    """Yield all words of an article that are still here: of its files, whether they can be read as articles or not, and of old editions."""
    for path in files:
        yield normalize_text(path.read_bytes().decode("utf-8", "replace"))
        if article := _read([path]):
            yield article.title
    for topic in (topic for record in editions for topic in record.topics):
        yield from (quote.quote for point in (*topic.points, *topic.story_points) for quote in point if quote.article == ident)
        if topic.title_article == ident:
            yield topic.title


def _files(content: Path, ident: str) -> tuple[Path, ...]:
    """Return the files of an article; more than one where its name was given twice."""
    return tuple(sorted((content / "articles").rglob(f"{ident}.md"))) if is_slug(ident) else ()


def _note(content: Path, ident: str, files: Sequence[Path], editions: Sequence[EditionRecord], *, reason: str, day: date) -> Withdrawal:
    """Return what is kept of an article that is to be taken out."""
    digest = load_digest(content, summarized=False)[0]
    article = _read(files) if files else find_article(digest.articles, ident, content)
    topic = next((topic for topic in digest.edition.topics if ident in {a.id for a in topic.articles}), None)
    copies = [a.id for text in topic.texts for a in text.articles if ident in {b.id for b in text.articles}] if topic else []
    return Withdrawal(article=ident, day=day, reason=reason, outlet=article.outlet if article else None,
                      topics=_topics(ident, topic, read_ledger(content), editions), copies=tuple(copy for copy in copies if copy != ident),
                      address=text_version(article.url) if article and article.url else None, version=article.version if article else None)


def _read(files: Sequence[Path]) -> Article | None:
    """Return the first article that can be read: one that cannot may be withdrawn too."""
    for path in files:
        try:
            return read_article(path)[0]
        except ArticleError:
            continue
    return None


def _topics(ident: str, now: Topic | None, ledger: Ledger, editions: Sequence[EditionRecord]) -> tuple[str, ...]:
    """Return what names the topics that hold or quoted an article."""
    held = {name for name, given in ledger.topics.items() if ident in given.articles}
    quoted = {topic.id for record in editions for topic in record.topics if ident in topic.articles}
    others = [article.id for article in now.articles if article.id != ident] if now else []
    unrecorded = others[:1] if now and now.id not in ledger.topics else [now.id] if now else []
    return tuple(sorted({*held, *quoted, *unrecorded}))


def _format(withdrawals: Mapping[str, Withdrawal]) -> str:
    """Return the content of `withdrawn.yml`, oldest first."""
    rows = []
    for row in sorted(withdrawals.values(), key=lambda w: (w.day, w.article)):
        fields = {"article": row.article, "day": row.day, "reason": row.reason, "outlet": row.outlet, "topics": row.topics,
                  "copies": row.copies, "address": row.address, "version": row.version}
        lines = [f"{key}: {format_scalar(value)}\n" for key, value in fields.items() if value]
        rows.append("- " + "  ".join(lines))
    return _HEAD + "".join(rows)
