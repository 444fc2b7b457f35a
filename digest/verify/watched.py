"""Watch what the check of a page asks of the evidence, so that it need not be made again while the page and the answers are the same.

What was found is kept with a trace: each question, and a hash of its answer ("verifying traces", Mokhov, Mitchell and Peyton Jones,
Build Systems à la Carte, 2018). Nothing has to be declared, and nothing can be forgotten: a check reaches the evidence through this alone.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from digest.running import Keys
from digest.verify.evidence import Evidence

__all__ = ["Answers", "Question", "WatchedEvidence"]

Question = tuple[str, str, Any]
"""The name of a part of the evidence; `all` of it, what it has `at` a key, or whether something is `in` it; and the key or element."""
_OUTPUTS = frozenset({"findings", "shown", "shown_at", "pages", "feeds"})
"""What a check adds to; it asks nothing of these."""
_CACHES = frozenset({"_segmented", "_texts"})
"""What is worked out of articles that were asked for."""
_PLAIN = frozenset(Evidence.__dataclass_fields__) - _OUTPUTS - _CACHES - {"site"}
"""What is watched: all but where the site lies."""
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
        return self._keys.of(found[key]) if key in found else _NOTHING


class WatchedEvidence(Evidence):
    """The same evidence for the check of one page, with a list of what that asked, and only what that adds to it."""

    def __init__(self, evidence: Evidence) -> None:
        for name in Evidence.__dataclass_fields__:
            object.__setattr__(self, name, {} if name in _OUTPUTS else getattr(evidence, name))
        self.findings, self.feeds = [], []
        self.asked: set[Question] = set()

    def __getattribute__(self, name: str) -> Any:
        """Return a part of the evidence, watched."""
        found = object.__getattribute__(self, name)
        if name not in _PLAIN:
            return found
        if isinstance(found, Mapping):
            return _Mapping(found, name, object.__getattribute__(self, "asked"))
        if isinstance(found, AbstractSet):
            return _Set(found, name, object.__getattribute__(self, "asked"))
        object.__getattribute__(self, "asked").add((name, "all", None))
        return found


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
