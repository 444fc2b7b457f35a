"""What editors decided and wrote, read anew from `overrides.yml`: nothing else may stand on a page as theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from digest.escape import visible

__all__ = ["Note", "note_at", "read_notes"]

_MADE_BY = {"together": ("stories", "topics"), "apart": ("stories", "topics"), "only": ("stories", "topics"), "title": ("titles",),
            "pin": ("pin",), "close": ("close",), "keypoint-pin": ("keypoints",), "keypoint-drop": ("keypoints",), "hide": ("hide",)}
"""The kinds of decisions, and where each stands."""


@dataclass(frozen=True, slots=True)
class Note:
    """One entry of `overrides.yml`."""

    section: str
    first: int
    """Its first line, from 1."""
    last: int
    values: Mapping[str, Any]
    """As they are written; every scalar is a text."""

    def text(self, key: str) -> str | None:
        """Return a text, on one line; None where there is none."""
        value = self.values.get(key)
        return visible(value) or None if isinstance(value, str) and value not in ("null", "~") else None

    def day(self, key: str) -> date | None:
        """Return a day; None where there is none."""
        try:
            return date.fromisoformat(self.text(key) or "")
        except ValueError:
            return None

    def made(self, what: str) -> bool:
        """Return whether it decides what a kind of decision says."""
        key = {"keypoint-pin": "pin", "keypoint-drop": "drop"}.get(what, what)
        return self.section in _MADE_BY.get(what, ()) and (key in self.values or key == self.section)

    @property
    def articles(self) -> frozenset[str]:
        """The ids of the articles that it names."""
        named = [self.values.get(key) for key in ("together", "apart", "only", "pin", "drop", "article")]
        texts = [text for value in named for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]
        return frozenset(text.partition("#")[0] for text in texts)

    def titles(self) -> frozenset[str]:
        """Return the titles that it gives, in any language."""
        value = self.values.get("title")
        given = value.values() if isinstance(value, dict) else [value]
        return frozenset(visible(text) for text in given if isinstance(text, str))


def read_notes(path: Path) -> tuple[Note, ...]:
    """Return the entries of `overrides.yml` in their order; none where the file is missing or unreadable."""
    try:
        loader = yaml.BaseLoader(path.read_text("utf-8-sig"))
        root = loader.get_single_node()
        sections = [(key.value, value) for key, value in root.value] if isinstance(root, yaml.MappingNode) else []
        return tuple(Note(name, node.start_mark.line + 1, node.end_mark.line + 1, loader.construct_document(node))
                     for name, value in sections if isinstance(value, yaml.SequenceNode)
                     for node in value.value if isinstance(node, yaml.MappingNode))
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return ()


def note_at(notes: Sequence[Note], line: int) -> Note | None:
    """Return the entry that a line belongs to."""
    return next((note for note in reversed(notes) if note.first <= line <= note.last), None)
