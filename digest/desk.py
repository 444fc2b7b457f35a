"""Who translates what: the engines in their order, the ways between languages, editors' corrections and the place of the memory."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from digest.editors.translations import Correction, Corrections, find_blank, read_corrections
from digest.errors import TranslationError, at_place
from digest.settings import Settings
from digest.translators import Model, Translator, open_engine
from digest.translators.pins import read_pins
from digest.words import base_language

__all__ = ["BETWEEN", "Desk", "Pair", "Route", "open_desk"]

BETWEEN = "en"
"""The language that is gone through where no engine translates straight."""
Pair = tuple[str, str]
"""The language of a text, as its article states it, and the one it is told in, as `digest.yml` names it."""


@dataclass(frozen=True, slots=True)
class Route:
    """How one language is translated into another: in one step, or in two through English."""

    steps: tuple[Model, ...]

    @property
    def engine(self) -> str:
        """The engine's name."""
        return self.steps[0].engine

    @property
    def model(self) -> str:
        """The versions of what is used, for the label."""
        return " + ".join(step.version for step in self.steps)

    @property
    def through(self) -> str | None:
        """The language in between."""
        return BETWEEN if len(self.steps) > 1 else None

    @property
    def problem(self) -> str:
        """Why only what the memory holds can be translated; empty where all can."""
        return "; ".join(step.problem for step in self.steps if step.problem)


@dataclass(frozen=True, slots=True)
class Desk:
    """What translating needs; what it opened and found once, it keeps."""

    content: Path
    engines: tuple[str, ...]
    """Names, in the order of preference."""
    memory: Path
    """The folder of the translation memory."""
    corrections: Corrections
    blank: tuple[Correction, ...] = ()
    """Entries of the editors' files whose translation is still to be filled in."""
    _opened: dict[str, Translator] = field(default_factory=dict, repr=False, compare=False)
    _broken: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    _routes: dict[Pair, Route | None] = field(default_factory=dict, repr=False, compare=False)

    def engine(self, name: str) -> Translator:
        """Return an engine; its module is imported when it is first asked for.

        Raises:
            TranslationError: it cannot be used.
        """
        if name not in self._opened:
            self._opened[name] = open_engine(name, self.content)
        return self._opened[name]

    def route(self, source: str, target: str) -> Route | None:
        """Return how a language is translated into another; None where it is not, or where both are one."""
        pair = source, target
        if pair not in self._routes:
            found = [] if base_language(source) == base_language(target) else list(self._candidates(source, target))
            self._routes[pair] = next((route for route in found if not route.problem), found[0] if found else None)
        return self._routes[pair]

    def _candidates(self, source: str, target: str) -> Iterator[Route]:
        """Yield the ways there: straight ones first, in each case in the order of the engines."""
        ways = [[(source, target)]]
        if BETWEEN not in {base_language(source), base_language(target)}:
            ways.append([(source, BETWEEN), (BETWEEN, target)])
        for way in ways:
            for name in self.engines:
                steps = [self._step(name, *pair) for pair in way]
                if all(steps):
                    yield Route(tuple(step for step in steps if step))

    def _step(self, name: str, source: str, target: str) -> Model | None:
        """Return what an engine has for a pair of languages; an engine that cannot be used has nothing."""
        if name in self._broken:
            return None
        try:
            return self.engine(name).find(source, target)
        except TranslationError as error:
            self._broken[name] = str(error)
            return None

    @property
    def warnings(self) -> tuple[str, ...]:
        """A line for each entry of the editors' files that is passed over."""
        return tuple(at_place(row.path, row.line, "its translation is empty, and the entry is passed over; fill it in, or take it out")
                     for row in self.blank)

    def faults(self) -> tuple[str, ...]:
        """Return why engines that were asked for cannot be used."""
        return tuple(self._broken.values())

    def problems(self, pairs: Iterable[Pair]) -> tuple[str, ...]:
        """Return why texts of these pairs stay in the original, a line each, in their order; nothing where all can be translated."""
        wanted = {(source, target): self.route(source, target) for source, target in pairs
                  if base_language(source) != base_language(target)}
        waiting = [f"{source} → {target}: {route.problem}; until then only what the memory holds is translated"
                   for (source, target), route in wanted.items() if route and route.problem]
        missing = list(_missing(wanted))
        left = f"nothing translates {', '.join(missing)} yet: the site is complete without, in the words of its sources; {self._adding()}"
        return (*self.faults(), left, *waiting) if missing else tuple(waiting)

    def _adding(self) -> str:
        """Return how translation is added."""
        return "to add it: digest translate --install" if "argos" in self.engines else "see digest translate --list"

    def fingerprint(self, pairs: Iterable[Pair]) -> str:
        """Return what changes when the translation of a text of these pairs may: engines, packages, corrections, memory."""
        routes = [(pair, [(step.identity, step.min_score, step.problem) for step in route.steps] if (route := self.route(*pair)) else None)
                  for pair in sorted(set(pairs))]
        corrected = sorted((lang, row.original, row.translation) for lang, rows in self.corrections.items() for row in rows.values())
        digest = hashlib.sha256(repr((routes, corrected, self.warnings)).encode("utf-8", "backslashreplace"))
        for path in sorted(self.memory.glob("*.jsonl")):
            digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()


def _missing(wanted: Mapping[Pair, Route | None]) -> Iterator[str]:
    """Yield what nothing translates: whole languages first, then single pairs."""
    targets = dict.fromkeys(target for _, target in wanted)
    bare = [target for target in targets if not any(route for (_, other), route in wanted.items() if other == target)]
    if bare:
        yield f"into {', '.join(bare)}"
    yield from (f"{source} → {target}" for (source, target), route in wanted.items() if route is None and target not in bare)


def open_desk(settings: Settings, content: Path, memory: Path) -> Desk:
    """Return a desk for a content folder whose memory lies in a folder; no engine is opened before it is needed.

    Raises:
        SettingsError: `models.lock.json` or a file of corrections is wrong.
    """
    read_pins(content)
    return Desk(content, settings.engines, memory, read_corrections(content, settings.languages), find_blank(content, settings.languages))
