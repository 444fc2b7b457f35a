"""Apply the rules of `overrides.yml` on what stands together: they bind the grouping, and never contradict one another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from digest.linkage import Bounds
from digest.models import Article, Text
from digest.overrides import Rule

__all__ = ["Settled", "settle_rules", "tear_texts"]


@dataclass(frozen=True, slots=True)
class Settled:
    """The rules that hold."""

    bounds: Bounds
    rules: tuple[Rule, ...]
    """Those that apply, each with the articles of it that are here."""
    warnings: tuple[str, ...]
    """A line for each that does not apply, or not in full."""


def tear_texts(texts: Sequence[Text], rules: Sequence[Rule]) -> tuple[Text, ...]:
    """Return the separate texts, a text whose copies a rule tells apart in several: an editor's word goes before shared wording."""
    torn = list(texts)
    for rule in rules:
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
    together = tuple(tuple(sorted(group)) for group in settling.joined if len(group) > 1)
    return Settled(Bounds(together, tuple(settling.apart), tuple(sorted(settling.closed))), tuple(settling.rules), tuple(settling.warnings))


class _Settling:
    """The rules read so far; each next one is held against them."""

    def __init__(self, homes: Mapping[str, int], path: Path, of: str) -> None:
        self.homes, self.path, self.of = homes, path, of
        self.joined: list[set[int]] = []
        self.closed: set[int] = set()
        self.apart: list[tuple[int, int]] = []
        self.rules: list[Rule] = []
        self.warnings: list[str] = []

    def add(self, rule: Rule) -> None:
        """Take a rule up unless it contradicts one before it; warn of what of it does not apply."""
        known = tuple(a for a in rule.articles if a in self.homes)
        for article in rule.articles:
            if article not in self.homes:
                self._warn(rule, f"{rule.what} names {article!r}, which is no article here; mend the id or take the rule out")
        numbers = sorted({self.homes[a] for a in known})
        if not known or (rule.what != "only" and len(known) < 2):
            return
        if problem := self._apart(numbers, known) if rule.what == "apart" else self._together(numbers, closed=rule.what == "only"):
            self._warn(rule, f"{rule.what}: {problem}{self._before(rule)}; this rule is not applied")
        else:
            self.rules.append(replace(rule, articles=known))

    def _apart(self, numbers: Sequence[int], known: Sequence[str]) -> str | None:
        if len(numbers) < len(known):
            return f"two of these articles are one {'text' if self.of == 'story' else 'event'}"
        pairs = list(combinations(numbers, 2))
        if any(self._group(a) is self._group(b) for a, b in pairs if self._group(a)):
            return f"two of these articles are put into one {self.of}"
        self.apart += pairs
        return None

    def _together(self, numbers: Sequence[int], *, closed: bool) -> str | None:
        group = set(numbers).union(*(found for number in numbers if (found := self._group(number))))
        if any(a in group and b in group for a, b in self.apart):
            return f"two of these articles are kept out of one {self.of}"
        if (closed and group != set(numbers)) or any(n in self.closed and not set(numbers) <= (self._group(n) or {n}) for n in group):
            return f"some of these articles make one {self.of} of their own"
        self.joined = [found for found in self.joined if found.isdisjoint(group)] + [group]
        self.closed |= group if closed else set()
        return None

    def _group(self, number: int) -> set[int] | None:
        return next((group for group in self.joined if number in group), None)

    def _before(self, rule: Rule) -> str:
        """Return the line of the first rule that names an article of this one."""
        line = next((other.line for other in self.rules if not set(other.articles).isdisjoint(rule.articles)), None)
        return f" by line {line}" if line else ""

    def _warn(self, rule: Rule, problem: str) -> None:
        self.warnings.append(f"{self.path.name}:{rule.line}: {problem}")
