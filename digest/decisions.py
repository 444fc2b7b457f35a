"""Carry out what editors decided about topics, and tell it: titles, key points, pins, closed topics, corrections."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest.marks import anchor
from digest.models import Article, Citation, Correction, Decision, LeftOut, Title, Topic
from digest.overrides import KeyPoints, Overrides, Rule
from digest.records import Ledger
from digest.words import base_language

__all__ = ["NOTHING_CHOSEN", "Chosen", "Decided", "close_rules", "decide", "hide_articles", "is_pinned"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an editor decided about a topic's key points."""

    pinned: tuple[Citation, ...] = ()
    """Sentences that stand first, in this order."""
    dropped: frozenset[tuple[str, tuple[int, int]]] = frozenset()
    """Sentences, as article and span, that are not chosen."""


NOTHING_CHOSEN = Chosen()
"""The program chooses."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The topics as editors want them."""

    topics: tuple[Topic, ...]
    chosen: dict[str, Chosen]
    """By topic's id, where there is anything."""
    warnings: tuple[str, ...]
    """A line for each decision that does not apply any more."""


def hide_articles(articles: Sequence[Article], overrides: Overrides) -> tuple[tuple[Article, ...], tuple[LeftOut, ...], tuple[str, ...]]:
    """Return the articles that are shown, those that an editor hid, and warnings of those to be hidden that are not here."""
    reasons = {hidden.article: hidden.why for hidden in overrides.hide}
    known = {article.id for article in articles}
    left_out = tuple(LeftOut(a.path, ": ".join(filter(None, ("hidden by an editor", reasons[a.id])))) for a in articles if a.id in reasons)
    warnings = tuple(f"{overrides.path.name}:{h.line}: hide names {h.article!r}, which is no article here; mend the id or take it out"
                     for h in overrides.hide if h.article not in known)
    return tuple(a for a in articles if a.id not in reasons), left_out, warnings


def close_rules(overrides: Overrides, ledger: Ledger) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """Return a rule for each closed topic, that its recorded articles make it up, and warnings of those that are not recorded."""
    homes = {article: ident for ident, given in ledger.topics.items() for article in given.articles}
    rules, warnings = [], []
    for mark in overrides.close:
        given = ledger.topics.get(mark.topic) or ledger.topics.get(homes.get(mark.topic, ""))
        if given:
            rules.append(Rule("only", given.articles, mark.line))
        else:
            warnings.append(f"{overrides.path.name}:{mark.line}: close names {mark.topic!r}, which is not recorded; "
                            "record it first with digest stories --record")
    return tuple(rules), tuple(warnings)


def decide(topics: Sequence[Topic], overrides: Overrides, applied: Sequence[Rule], ledger: Ledger, language: str) -> Decided:
    """Return the topics with what editors decided about each; `applied` are the rules that hold."""
    desk = _Desk(topics, overrides, ledger)
    titles = {topic.id: _title(titled.title, language) for titled in overrides.titles
              if (topic := desk.find(titled.topic, titled.line, "titles"))}
    decisions = [*desk.of_rules(applied), *desk.of_marks()]
    chosen = dict(desk.key_points())
    corrections = list(desk.corrections())
    decided = tuple(replace(topic, title=titles.get(topic.id, topic.title),
                            decisions=tuple(sorted((d for ident, d in decisions if ident == topic.id), key=lambda d: (d.line, d.what))),
                            corrections=tuple(sorted((c for ident, c in corrections if ident == topic.id), key=lambda c: (c.day, c.line),
                                                     reverse=True)))
                    for topic in topics)
    return Decided(decided, chosen, tuple(desk.warnings))


def is_pinned(topic: Topic, day: date | None) -> bool:
    """Return whether an editor wants a topic first in the edition of a day."""
    return any(d.what == "pin" and (d.until is None or day is None or day <= d.until) for d in topic.decisions)


def _title(titles: Mapping[str, str], language: str) -> Title:
    """Return an editor's title: that of the site's language, else the first that is given."""
    own = next((lang for lang in titles if base_language(lang) == base_language(language)), next(iter(titles)))
    return Title(titles[own], own, "editor")


class _Desk:
    """The topics, found by what editors call them; and what could not be found."""

    def __init__(self, topics: Sequence[Topic], overrides: Overrides, ledger: Ledger) -> None:
        self.topics = {topic.id: topic for topic in topics}
        self.homes = {article.id: topic for topic in topics for article in topic.articles}
        self.overrides, self.ledger = overrides, ledger
        self.warnings: list[str] = []

    def find(self, name: str, line: int, what: str) -> Topic | None:
        """Return the topic of an id, of an article's id, or that took over the articles of a recorded id; None, with a warning."""
        given = self.ledger.topics.get(name)
        homes = [self.homes[article] for article in given.articles if article in self.homes] if given else []
        found = self.topics.get(name) or self.homes.get(name) or max(homes, key=lambda t: (homes.count(t), t.id), default=None)
        if found is None:
            self.warn(line, f"{what} names the topic {name!r}, which is not here any more; mend the id or take it out")
        return found

    def warn(self, line: int, problem: str) -> None:
        """Note a decision that does not apply."""
        self.warnings.append(f"{self.overrides.path.name}:{line}: {problem}")

    def of_rules(self, rules: Iterable[Rule]) -> Iterator[tuple[str, Decision]]:
        """Yield the rules that name articles of each topic."""
        for rule in rules:
            for topic in dict.fromkeys(self.homes[a] for a in rule.articles if a in self.homes):
                yield topic.id, Decision(rule.what, rule.line, tuple(a for a in topic.articles if a.id in rule.articles))

    def of_marks(self) -> Iterator[tuple[str, Decision]]:
        """Yield pins, closed topics, titles and key points."""
        for what, marks in (("pin", self.overrides.pin), ("close", self.overrides.close)):
            for mark in marks:
                if topic := (self.find(mark.topic, mark.line, what) if what == "pin" else self.named(mark.topic)):
                    yield topic.id, Decision(what, mark.line, until=mark.until)
        for titled in self.overrides.titles:
            if topic := self.named(titled.topic):
                yield topic.id, Decision("title", titled.line)
        for row in self.overrides.keypoints:
            for what, sentences in (("keypoint-pin", row.pin), ("keypoint-drop", row.drop)):
                if sentences and (topic := self.named(row.topic)):
                    cited = {sentence.partition("#")[0] for sentence in sentences}
                    yield topic.id, Decision(what, row.line, tuple(a for a in topic.articles if a.id in cited), row.why)

    def named(self, name: str) -> Topic | None:
        """Return a topic without a warning: somebody else gives it."""
        before = list(self.warnings)
        found = self.find(name, 0, "")
        self.warnings = before
        return found

    def key_points(self) -> Iterator[tuple[str, Chosen]]:
        """Yield what is pinned and dropped of each topic."""
        found: dict[str, tuple[list[Citation], list[Citation]]] = {}
        for row in self.overrides.keypoints:
            if topic := self.find(row.topic, row.line, "keypoints"):
                pinned, dropped = found.setdefault(topic.id, ([], []))
                pinned += self._sentences(topic, row, row.pin, "pin")
                dropped += self._sentences(topic, row, row.drop, "drop")
        for ident, (pinned, dropped) in found.items():
            yield ident, Chosen(tuple(dict.fromkeys(pinned)), frozenset((c.article.id, c.span) for c in dropped))

    def _sentences(self, topic: Topic, row: KeyPoints, names: Sequence[str], what: str) -> Iterator[Citation]:
        articles = {article.id: article for article in topic.articles}
        for name in names:
            ident, _, mark = name.partition("#")
            article = articles.get(ident)
            found = next((s for s in article.sentences if anchor(article.text, s.start, s.end) == mark), None) if article else None
            if article and found:
                yield Citation.of(article, found)
            else:
                self.warn(row.line, f"{what} names {name}, which is no sentence of this topic any more; mend it or take it out")

    def corrections(self) -> Iterator[tuple[str, Correction]]:
        """Yield the corrections of each topic."""
        for note in self.overrides.corrections:
            if topic := self.find(note.topic, note.correction.line, "corrections"):
                yield topic.id, note.correction
