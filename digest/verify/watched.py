"""Watch what a check asks of the evidence, so that it need not be made again while what it is of and the answers are the same.

What was found is kept with a trace: each question, and a hash of its answer ("verifying traces", Mokhov, Mitchell and Peyton Jones,
Build Systems à la Carte, 2018). What it rests on need not be declared, and cannot be forgotten: a check reaches the evidence through this
alone. Only the parts that it adds to are named beforehand, and are its own while it runs.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import MISSING
from typing import Any, TypeVar

from digest.models import text_version
from digest.running import Keys, Runner, freeze, thaw
from digest.verify.evidence import Evidence, PageFacts, Shown, TopicData

__all__ = ["Answers", "Question", "Traces", "WatchedEvidence"]

T = TypeVar("T")

Question = tuple[str, str, Any]
"""The name of a part of the evidence; `all` of it, what it has `at` a key, or whether something is `in` it; and the key or element."""
_OUTPUTS = frozenset({"findings", "shown", "shown_at", "pages", "feeds"})
"""What the check of a page adds to; it asks nothing of these."""
_UNWATCHED = frozenset({"_segmented", "_texts", "site"})
"""What is worked out of articles that were asked for, and where the site lies."""
_NOTHING = "nothing"


class Answers:
    """The hashes of the answers that evidence gives now."""

    def __init__(self, evidence: Evidence, keys: Keys) -> None:
        self._evidence, self._keys = evidence, keys
        self._known: dict[Question, str] = {}

    def __getitem__(self, question: Question) -> str:
        """Return the hash of the answer to a question."""
        if question not in self._known:
            self._known[question] = self._answer(*question)
        return self._known[question]

    def _answer(self, part: str, kind: str, key: Any) -> str:
        found = getattr(self._evidence, part)
        if kind == "all":
            return self._keys.of(found)
        if kind == "in":
            return str(key in found)
        if key not in found:
            return _NOTHING
        answer = found[key]
        return answer.version if isinstance(answer, (PageFacts, TopicData)) and answer.version else self._keys.of(answer)


class WatchedEvidence(Evidence):
    """The same evidence for one check, with a list of what that asked, and only what that adds to it."""

    def __init__(self, evidence: Evidence, adds: AbstractSet[str] = _OUTPUTS) -> None:
        object.__setattr__(self, "unwatched", adds | _UNWATCHED)
        object.__setattr__(self, "asked", set[Question]())
        for name, part in Evidence.__dataclass_fields__.items():
            fresh = part.default_factory
            object.__setattr__(self, name, fresh() if name in adds and fresh is not MISSING else getattr(evidence, name))

    def __getattribute__(self, name: str) -> Any:
        """Return a part of the evidence, watched."""
        found = object.__getattribute__(self, name)
        if name not in Evidence.__dataclass_fields__ or name in object.__getattribute__(self, "unwatched"):
            return found
        if isinstance(found, Mapping):
            return _Mapping(found, name, object.__getattribute__(self, "asked"))
        if isinstance(found, AbstractSet):
            return _Set(found, name, object.__getattribute__(self, "asked"))
        object.__getattribute__(self, "asked").add((name, "all", None))
        return found

    def spans(self) -> tuple[Shown, ...]:
        """Return what the check found to be shown of articles."""
        return tuple((ident, text_version(text), *span) for ident, texts in self.shown.items() for text, spans in texts.items()
                     for span in sorted(spans))


class Traces:
    """What checks found, kept with what they asked and with the hashes of the answers that it rests on."""

    def __init__(self, evidence: Evidence, runner: Runner) -> None:
        self._answers, self._runner = Answers(evidence, runner.keys), runner

    def keep(self, key: str, found: object, asked: Iterable[Question]) -> None:
        """Keep what a check found that asked this; only what is in order is worth it."""
        if self._runner.store:
            with suppress(RecursionError):  # of what is nested too deep nothing is kept
                questions = sorted(asked, key=repr)
                self._runner.store.write(key, freeze((found, questions, [self._answers[question] for question in questions])))

    def known(self, key: str, kind: type[T]) -> T | None:
        """Return what was once found, if the evidence still gives the same answers."""
        frozen = self._runner.store.read(key) if self._runner.store else None
        if frozen is not None:
            with suppress(ValueError, TypeError, AttributeError, RecursionError):
                found, questions, answers = thaw(frozen, {})
                if all(self._answers[question] == answer for question, answer in zip(questions, answers, strict=True)):
                    return found if isinstance(found, kind) else None
        return None


class _Watched:
    """Something that holds others, and notes when all of them are asked for."""

    __slots__ = ("_asked", "_found", "_name")

    def __init__(self, found: Any, name: str, asked: set[Question]) -> None:
        self._found, self._name, self._asked = found, name, asked

    def _note(self, kind: str, key: Any = None) -> Any:
        self._asked.add((self._name, kind, key))
        return self._found

    def __iter__(self) -> Iterator[Any]:
        return iter(self._note("all"))

    def __len__(self) -> int:
        return len(self._note("all"))


class _Mapping(_Watched, Mapping[Any, Any]):
    """A mapping that notes what is looked up in it."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        return self._note("at", key)[key]

    def get(self, key: Any, default: Any = None) -> Any:
        return self._note("at", key).get(key, default)

    def __contains__(self, key: Any) -> bool:
        return key in self._note("at", key)


class _Set(_Watched, AbstractSet[Any]):
    """A set that notes what is looked for in it."""

    __slots__ = ()

    def __contains__(self, element: Any) -> bool:
        return element in self._note("in", element)

    @classmethod
    def _from_iterable(cls, found: Any) -> frozenset[Any]:
        return frozenset(found)
