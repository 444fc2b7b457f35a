"""What was taken out and may never come back: `withdrawn.yml`, written by `digest withdraw`, read by everything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from digest._yaml import Block, read_blocks
from digest.settings import is_slug, read_editors_file

__all__ = ["WITHDRAWN", "Withdrawal", "read_withdrawals"]

WITHDRAWN = "withdrawn.yml"
"""The file's name in a content folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """An article that was taken out; nothing of its words is kept."""

    article: str
    """Its id: its source page stays, and says that it was withdrawn."""
    day: date
    reason: str
    """The editor's words, shown to readers."""
    outlet: str | None = None
    """As its file named it."""
    topics: tuple[str, ...] = ()
    """The topics that held or quoted it: a recorded topic's id or, where it was not recorded, the id of another article of it."""
    copies: tuple[str, ...] = ()
    """Articles that carried the same text then; they were not withdrawn with it."""
    address: str | None = None
    """The first 16 hex digits of the SHA-256 of its address, so that it is known when it comes again."""
    version: str | None = None
    """The version of its text, for the same."""


def read_withdrawals(content: Path) -> Mapping[str, Withdrawal]:
    """Read `withdrawn.yml` of a content folder, by article; nothing where there is none.

    Raises:
        SettingsError: it is wrong.
    """
    path = content / WITHDRAWN
    found: dict[str, Withdrawal] = {}
    for block in read_blocks(read_editors_file(path), path):
        withdrawal = _withdrawal(block)
        if withdrawal.article in found:
            raise block.error(f"article: {withdrawal.article!r} stands here twice; keep one", at="article")
        found[withdrawal.article] = withdrawal
    return found


def _withdrawal(block: Block) -> Withdrawal:
    article = block.need("article")
    if not is_slug(article):
        raise block.error(f"article: expected an article's id, found {article!r}", at="article")
    reason = " ".join(block.need("reason").split())
    if not reason:
        raise block.error("reason is empty; expected why the article was withdrawn", at="reason")
    withdrawal = Withdrawal(article=article, day=block.day("day"), reason=reason, outlet=block.text("outlet"), topics=block.texts("topics"),
                            copies=block.texts("copies"), address=block.text("address"), version=block.text("version"))
    block.finish()
    return withdrawal
