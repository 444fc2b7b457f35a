"""What editors decided in `overrides.yml`: it wins over the program, and the page says that an editor did it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from digest._yaml import Block, read_block
from digest.models import Correction
from digest.settings import read_editors_file

__all__ = ["NO_OVERRIDES", "Hidden", "KeyPoints", "Marked", "Note", "Overrides", "Rule", "Titled", "read_overrides"]

_RULES = ("together", "apart", "only")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_QUOTED = re.compile(r"[a-z0-9-]{1,60}#s-[0-9a-f]{8}(-\d+)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """Articles that an editor puts in one story or topic, or keeps apart."""

    what: str
    """`together`: in one, others may join; `apart`: no two of them in one; `only`: these and only these make one;
    `close`: what a closed topic was recorded with."""
    articles: tuple[str, ...]
    line: int
    of: str = "story"
    """What it makes of them: a `story`, or of their stories a `topic`."""

    @property
    def kind(self) -> str:
        """The kind of decision that it is, as in `Decision.what`."""
        return self.what if self.of == "story" or self.what == "close" else f"topics-{self.what}"


@dataclass(frozen=True, slots=True)
class Titled:
    """A topic's title, by language."""

    topic: str
    """A topic's id, or that of one of its articles."""
    title: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class KeyPoints:
    """Sentences that a topic's summary must have, or must not have: each an article's id, `#` and the sentence's anchor."""

    topic: str
    pin: tuple[str, ...]
    drop: tuple[str, ...]
    why: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A topic that stands first on the front page (`pin`), or that no new stories join (`close`)."""

    topic: str
    line: int
    until: date | None = None
    """The last day of edition that it holds for; None: for good."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """An article that is not shown at all."""

    article: str
    why: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Note:
    """A correction of a topic's page."""

    topic: str
    correction: Correction


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """All decisions, in the order of the file."""

    path: Path = Path("overrides.yml")
    stories: tuple[Rule, ...] = ()
    topics: tuple[Rule, ...] = ()
    titles: tuple[Titled, ...] = ()
    keypoints: tuple[KeyPoints, ...] = ()
    pin: tuple[Marked, ...] = ()
    close: tuple[Marked, ...] = ()
    hide: tuple[Hidden, ...] = ()
    hide_names: Mapping[str, int] = field(default_factory=dict)
    """The line of each name."""
    corrections: tuple[Note, ...] = ()

    @property
    def hidden(self) -> dict[str, int]:
        """The first line that hides each article."""
        return {row.article: row.line for row in reversed(self.hide)}


NO_OVERRIDES = Overrides()
"""Editors decided nothing."""


def read_overrides(content: Path) -> Overrides:
    """Read `overrides.yml` of a content folder; no decisions where there is none.

    Raises:
        SettingsError: it is wrong.
    """
    path = content / "overrides.yml"
    block = read_block(read_editors_file(path), path)
    if block is None:
        return Overrides(path=path)
    found = Overrides(
        path=path,
        stories=tuple(_rule(row, "story") for row in block.blocks("stories")),
        topics=tuple(_rule(row, "topic") for row in block.blocks("topics")),
        titles=tuple(map(_titled, block.blocks("titles"))),
        keypoints=tuple(map(_key_points, block.blocks("keypoints"))),
        pin=tuple(_marked(row, dated=True) for row in block.blocks("pin")),
        close=tuple(_marked(row, dated=False) for row in block.blocks("close")),
        hide=tuple(map(_hidden, block.blocks("hide"))),
        hide_names=block.lines("hide_names"),
        corrections=tuple(map(_note, block.blocks("corrections"))),
    )
    block.finish()
    return found


def _rule(block: Block, of: str) -> Rule:
    given = {what: block.texts(what) for what in _RULES if what in block}
    _finish(block, *_RULES)
    if len(given) != 1:
        raise block.error("expected one of together, apart or only, each with a list of article ids")
    what, articles = next(iter(given.items()))
    if len(articles) < (1 if what == "only" else 2) or len(set(articles)) < len(articles):
        raise block.error(f"{what}: expected article ids, {'at least two, ' if what != 'only' else ''}none twice", at=what)
    return Rule(what, articles, block.line(what), of)


def _finish(block: Block, *keys: str) -> None:
    """Refuse unknown keys before one that is missing is asked for: it may be meant."""
    block.skip(*keys)
    block.finish()


def _titled(block: Block) -> Titled:
    _finish(block, "topic", "title")
    titles = block.mapping("title", like="{en: …, tr: …}")
    if not titles:
        raise block.error("title: expected a title for each language, like {en: …, tr: …}", at="title")
    for lang, title in titles.items():
        if not title.strip():
            raise block.error(f"title: expected a text for {lang}", at="title")
        if not _LANGUAGE.fullmatch(lang):
            raise block.error(f"title: expected a language code like en or pt-BR, found {lang!r}", at="title")
    return Titled(block.need("topic"), {lang: " ".join(title.split()) for lang, title in titles.items()}, block.line("title"))


def _key_points(block: Block) -> KeyPoints:
    _finish(block, "topic", "pin", "drop", "why")
    pin, drop = (_sentences(block, key) for key in ("pin", "drop"))
    if not pin and not drop:
        raise block.error("expected sentences to pin or to drop, like article-id#s-1f3a9c02")
    return KeyPoints(block.need("topic"), pin, drop, block.text("why"), block.line("topic"))


def _sentences(block: Block, key: str) -> tuple[str, ...]:
    sentences = block.texts(key)
    for sentence in sentences:
        if not _QUOTED.fullmatch(sentence):
            raise block.error(f"{key}: expected a sentence's mark like article-id#s-1f3a9c02, found {sentence!r}", at=key)
    return sentences


def _marked(block: Block, *, dated: bool) -> Marked:
    _finish(block, "topic", *(("until",) if dated else ()))
    return Marked(block.need("topic"), block.line("topic"), _day(block, "until"))


def _day(block: Block, key: str) -> date | None:
    value = block.text(key)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise block.error(f"{key}: expected a day like 2021-03-01, found {value!r}", at=key) from error


def _hidden(block: Block) -> Hidden:
    _finish(block, "article", "why")
    return Hidden(block.need("article"), block.text("why"), block.line("article"))


def _note(block: Block) -> Note:
    _finish(block, "topic", "date", "by", "text")
    day = _day(block, "date")
    if day is None:
        raise block.error("date is missing; expected a day like 2021-02-19")
    return Note(block.need("topic"), Correction(block.line("text"), day, block.need("by"), block.need("text")))
