"""What a text says in another language, and how it came to say so."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["DOUBTS", "EDITOR", "REASONS", "Original", "Told", "Translation", "Translations", "Untranslated", "engine_label"]

REASONS = ("engine", "outlet", "empty", "unchanged", "loop", "length", "address", "digits", "unknown", "score")
"""Why a text may be shown in the original: no engine translates from its language, its outlet does not allow it, or a check failed."""

DOUBTS = ("names", "score")
"""The soft checks: a translation that fails one is shown, with a word of it."""

EDITOR = "editor"
"""The engine of what an editor translated."""


@dataclass(frozen=True, slots=True)
class Original:
    """A text to be told in another language."""

    text: str
    lang: str
    """BCP 47, as its article states it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A text in another language than it was written in."""

    text: str
    lang: str
    """The language that it is in, as `digest.yml` names it."""
    source: str
    """The language that it was translated from, as its article states it."""
    engine: str
    """A name in the table of engines, such as `argos`; `editor` where an editor wrote it."""
    model: str = ""
    """The version of what the engine used, such as `1.9`; of two models one after the other, `1.9 + 1.4`."""
    through: str | None = None
    """The language in between, where it was translated twice."""
    doubts: tuple[str, ...] = ()
    """The soft checks that it failed, of `DOUBTS`."""


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A text that stays in the original."""

    reason: str
    """One of `REASONS`."""


def engine_label(engine: str, model: str) -> str:
    """Return what readers see of an engine and the version of what it used: `Argos 1.9`."""
    return f"{engine.capitalize()} {model}".strip()


Told = Translation | Untranslated
Translations = Mapping[Original, Told]
"""What became of the texts that a telling needs in its language."""
