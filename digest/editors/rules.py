"""Apply the rules of `overrides.yml` on what stands together: they bind the grouping, and never contradict one another.

What a rule says of an article holds for its copies too, and among topics for its whole event.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from types import MappingProxyType

from digest._yaml import did_you_mean
from digest.editors.overrides import Rule
from digest.errors import at_place
from digest.linkage import Bounds
from digest.models import Article

__all__ = ["Settled", "settle_rules"]

Lines = tuple[int, ...]
"""Lines of `overrides.yml`, in their order; none where nothing is found."""


NOTHING_HIDDEN: Mapping[str, int] = MappingProxyType({})
"""Editors hid no article."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The rules that hold."""

    bounds: Bounds
    rules: tuple[Rule, ...]
    """Those that apply, each with the articles of it that are here."""
    warnings: tuple[str, ...]
    """A line for each that does not apply, or not in full."""


def settle_rules(rules: Sequence[Rule], groups: Sequence[Sequence[Article]], path: Path, of: str,
                 hidden: Mapping[str, int] = NOTHING_HIDDEN) -> Settled:
    """Return what the rules bind, as numbers of `groups`; of two that contradict each other the later one is left out, with a warning.

    `of` says what the groups become: a story or a topic; `hidden` in which line each hidden article is named.
    """
    settling = _Settling({article.id: number for number, group in enumerate(groups) for article in group}, path, of, hidden)
    for rule in rules:
        settling.add(rule)
    bound = [group for group in settling.groups if len(group.members) > 1]
    closed = sorted(number for group in settling.groups if group.closed for number in group.members)
    bounds = Bounds(tuple(tuple(sorted(group.members)) for group in bound), tuple(settling.apart), tuple(closed))
    return Settled(bounds, tuple(settling.rules), tuple(settling.warnings))


@dataclass(frozen=True, slots=True)
class _Group:
    """Numbers that rules put together."""

    members: frozenset[int]
    lines: Lines
    """Of the rules that did."""
    closed: Lines = ()
    """Of the rules that nothing else may join it."""


class _Settling:
    """The rules read so far; each next one is held against them."""

    def __init__(self, homes: Mapping[str, int], path: Path, of: str, hidden: Mapping[str, int]) -> None:
        self.homes, self.path, self.of, self.hidden = homes, path, of, hidden
        self.groups: list[_Group] = []
        self.apart: dict[tuple[int, int], int] = {}
        self.rules: list[Rule] = []
        self.alone: dict[frozenset[int], Rule] = {}
        self.warnings: list[str] = []

    def add(self, rule: Rule) -> None:
        """Take a rule up unless it contradicts one before it; warn of what of it does not apply."""
        known = tuple(a for a in rule.articles if a in self.homes)
        for article in rule.articles:
            if article in self.hidden and article not in self.homes:
                self._warn(rule, f"{rule.what} names {article!r}, which line {self.hidden[article]} hides; take one of them out")
            elif article not in self.homes:
                hint = did_you_mean(article, self.homes) or "; mend the id or take the rule out"
                self._warn(rule, f"{rule.what} names {article!r}, which is no article here{hint}")
        known = self._parted(known, rule) if rule.what == "apart" else known
        numbers = frozenset(self.homes[a] for a in known)
        if not known or (rule.what in {"together", "apart"} and len(known) < 2):
            return
        if problem := self._hold_apart(numbers, rule.line) if rule.what == "apart" else self._put_together(numbers, rule):
            self._warn(rule, f"{rule.what} is not applied: {problem}")
        else:
            self.rules.append(replace(rule, articles=known))

    def _parted(self, articles: Sequence[str], rule: Rule) -> tuple[str, ...]:
        """Return the articles that a rule can keep apart: of those that are one text or event the first, with a warning."""
        firsts: dict[int, str] = {}
        for article in articles:
            first = firsts.setdefault(self.homes[article], article)
            if first != article:
                self._warn(rule, f"apart does not part {self._one(first, article)}")
        return tuple(firsts.values())

    def _one(self, article: str, other: str) -> str:
        """Return that two articles are one, which no rule here parts, and what to do."""
        if self.of == "story":
            return f"{article!r} and {other!r}, copies of one text, which counts once and tells one event; take one of them out of the rule"
        return f"{article!r} and {other!r}, which report one event; write stories: - apart: [{article}, {other}]"

    def _hold_apart(self, numbers: frozenset[int], line: int) -> str | None:
        if held := next((group for group in self.groups if len(group.members & numbers) > 1), None):
            return f"two of these articles are put into one {self.of}{_by(held.lines)}"
        for pair in combinations(sorted(numbers), 2):
            self.apart.setdefault(pair, line)
        return None

    def _put_together(self, numbers: frozenset[int], rule: Rule) -> str | None:
        met = [group for group in self.groups if not group.members.isdisjoint(numbers)]
        members = numbers.union(*(group.members for group in met))
        if held := [line for (a, b), line in self.apart.items() if a in members and b in members]:
            return f"two of these articles are kept out of one {self.of}{_by(held[:1])}"
        grown = [group for group in met if group.closed and group.members != members]
        if rule.what == "only":
            grown += [group for group in met if not group.members <= numbers]
            first = self.alone.setdefault(numbers, rule)
            others = [a for a in rule.articles if a in self.homes and a not in first.articles]
            if others and (theirs := next((a for a in first.articles if self.homes.get(a) == self.homes[others[0]]), None)):
                return f"line {first.line} holds already for {self._one(theirs, others[0])}"
        if grown:
            return f"some of these articles make one {self.of} of their own{_by(grown[0].lines)}"
        closed = (*(line for group in met for line in group.closed), *((rule.line,) if rule.what in {"only", "close"} else ()))
        joined = _Group(members, (*(line for group in met for line in group.lines), rule.line), closed)
        self.groups = [group for group in self.groups if group not in met] + [joined]
        return None

    def _warn(self, rule: Rule, problem: str) -> None:
        self.warnings.append(at_place(self.path, rule.line, problem))


def _by(lines: Sequence[int]) -> str:
    return f" by line {' and '.join(map(str, sorted(set(lines))))}; take one of the rules out"
