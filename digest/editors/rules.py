"""Apply the rules of `overrides.yml` on what stands together: they bind the grouping, and never contradict one another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from digest._yaml import did_you_mean
from digest.editors.overrides import Rule
from digest.errors import at_place
from digest.linkage import Bounds
from digest.models import Article, Text

__all__ = ["Settled", "settle_rules", "tear_texts"]

Lines = tuple[int, ...]
"""Lines of `overrides.yml`, in their order; none where nothing is found."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The rules that hold."""

    bounds: Bounds
    rules: tuple[Rule, ...]
    """Those that apply, each with the articles of it that are here."""
    warnings: tuple[str, ...]
    """A line for each that does not apply, or not in full."""


def tear_texts(texts: Sequence[Text], rules: Sequence[Rule], path: Path) -> tuple[Text, ...]:
    """Return the separate texts, a text whose copies a rule tells apart in several: an editor's word goes before shared wording.

    Rules that others before them contradict tear nothing.
    """
    torn = list(texts)
    for rule in settle_rules(rules, [[a] for text in texts for a in text.articles], path, "story").rules:
        torn = [part for text in torn for part in _tear(text, rule)] if rule.what != "together" else torn
    return tuple(sorted(torn, key=lambda text: text.articles[0].order))


def _tear(text: Text, rule: Rule) -> Iterator[Text]:
    """Yield the parts of a text: for `only` what is named and the rest, for `apart` each that is named, the rest with the first."""
    named = [a for a in text.articles if a.id in rule.articles]
    rest = tuple(a for a in text.articles if a.id not in rule.articles)
    if rule.what == "only":
        yield from (Text(part) for part in (tuple(named), rest) if part)
    elif len(named) < 2:
        yield text
    else:
        yield Text(_ordered(named[0], *rest))
        yield from (Text((article,)) for article in named[1:])


def _ordered(*articles: Article) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda a: a.order))


def settle_rules(rules: Sequence[Rule], groups: Sequence[Sequence[Article]], path: Path, of: str) -> Settled:
    """Return what the rules bind, as numbers of `groups`; of two that contradict each other the later one is left out, with a warning.

    `of` says what the groups become: a story or a topic.
    """
    settling = _Settling({article.id: number for number, group in enumerate(groups) for article in group}, path, of)
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

    def __init__(self, homes: Mapping[str, int], path: Path, of: str) -> None:
        self.homes, self.path, self.of = homes, path, of
        self.groups: list[_Group] = []
        self.apart: dict[tuple[int, int], int] = {}
        self.rules: list[Rule] = []
        self.alone: dict[frozenset[int], Rule] = {}
        self.warnings: list[str] = []

    def add(self, rule: Rule) -> None:
        """Take a rule up unless it contradicts one before it; warn of what of it does not apply."""
        known = tuple(a for a in rule.articles if a in self.homes)
        for article in rule.articles:
            if article not in self.homes:
                hint = did_you_mean(article, self.homes) or "; mend the id or take the rule out"
                self._warn(rule, f"{rule.what} names {article!r}, which is no article here{hint}")
        numbers = frozenset(self.homes[a] for a in known)
        if not known or (rule.what in {"together", "apart"} and len(known) < 2):
            return
        if problem := self._hold_apart(numbers, known, rule.line) if rule.what == "apart" else self._put_together(numbers, rule):
            self._warn(rule, f"{rule.what}: {problem}; this rule is not applied")
        else:
            self.rules.append(replace(rule, articles=known))

    @property
    def _part(self) -> str:
        """What the numbers are of."""
        return "text" if self.of == "story" else "event"

    def _hold_apart(self, numbers: frozenset[int], known: Sequence[str], line: int) -> str | None:
        for group in self.groups:
            if sum(self.homes[a] in group.members for a in known) > 1:
                return f"two of these articles are put into one {self.of}{_by(group.lines)}"
        if len(numbers) < len(known):
            return f"two of these articles are one {self._part}"
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
            if {a for a in first.articles if a in self.homes} != {a for a in rule.articles if a in self.homes}:
                return f"these articles are one {self._part} with those of line {first.line}"
        if grown:
            return f"some of these articles make one {self.of} of their own{_by(grown[0].lines)}"
        closed = (*(line for group in met for line in group.closed), *((rule.line,) if rule.what in {"only", "close"} else ()))
        joined = _Group(members, (*(line for group in met for line in group.lines), rule.line), closed)
        self.groups = [group for group in self.groups if group not in met] + [joined]
        return None

    def _warn(self, rule: Rule, problem: str) -> None:
        self.warnings.append(at_place(self.path, rule.line, problem))


def _by(lines: Sequence[int]) -> str:
    return f" by line {' and '.join(map(str, sorted(set(lines))))}"
