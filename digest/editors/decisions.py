"""Carry out what editors decided about topics, and tell it: titles, key points, pins, closed topics, corrections."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digest._yaml import did_you_mean
from digest.editors.hiding import Missed
from digest.editors.overrides import KeyPoints, Overrides, Rule
from digest.errors import at_place
from digest.marks import anchor
from digest.models import Article, Citation, Correction, Decision, Title, Topic
from digest.records import Ledger, find_topic
from digest.words import base_language

__all__ = ["NOTHING_CHOSEN", "Chosen", "Decided", "close_rules", "decide", "pin_of", "tell_unquoted"]

_MEND = "; mend the id or take it out"
QUIET_DAYS = 31
"""A correction may be later than the newest article, but not by more days than this without a word."""


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


def close_rules(overrides: Overrides, ledger: Ledger, here: Collection[str]) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """Return a rule for each closed topic, that its recorded articles make it up, and warnings of those that are not recorded.

    `here` are the ids of the articles that are shown: what is gone of a topic needs no word.
    """
    homes = {article: ident for ident, given in ledger.topics.items() for article in given.articles}
    rules, warnings = [], []
    for mark in overrides.close:
        given = ledger.topics.get(mark.topic) or ledger.topics.get(homes.get(mark.topic, ""))
        if given is None:
            hint = did_you_mean(mark.topic, {**ledger.topics, **homes}) or "; mend the id, or record it first with digest stories --record"
            problem = f"close names {mark.topic!r}, which is not recorded{hint}"
            warnings.append(at_place(overrides.path, mark.line, problem))
        elif left := tuple(article for article in given.articles if article in here):
            rules.append(Rule("close", left, mark.line, "topic"))
        else:
            warnings.append(at_place(overrides.path, mark.line, f"close names {mark.topic!r}, whose articles are all gone; take it out"))
    return tuple(rules), tuple(warnings)


def decide(topics: Sequence[Topic], overrides: Overrides, applied: Iterable[Rule], ledger: Ledger, language: str,
           day: date | None = None, missed: Iterable[Missed] = ()) -> Decided:
    """Return the topics with what editors decided about each; `applied` are the rules that hold, `day` is the edition's."""
    desk = _Desk(topics, overrides, ledger)
    desk.keep_rules(applied)
    desk.keep_hidden(missed)
    desk.keep_pins(day)
    desk.keep_titles(language)
    desk.keep_key_points()
    desk.keep_corrections(day)
    decided = tuple(replace(topic, title=desk.titles.get(topic.id, topic.title),
                            decisions=tuple(sorted(desk.decisions[topic.id], key=lambda d: (d.line, d.what))),
                            corrections=tuple(sorted(desk.corrections[topic.id], key=lambda c: (c.day, c.line), reverse=True)))
                    for topic in topics)
    return Decided(decided, desk.chosen, tuple(desk.warnings))


def pin_of(topic: Topic) -> Decision | None:
    """Return an editor's decision that a topic stands first; None where there is none that holds."""
    return next((decision for decision in topic.decisions if decision.what == "pin"), None)


def _holds(until: date | None, day: date | None) -> bool:
    return until is None or day is None or day <= until


def tell_unquoted(topics: Sequence[Topic], chosen: Mapping[str, Chosen], overrides: Overrides) -> tuple[tuple[Topic, ...], tuple[str, ...]]:
    """Return the topics without the choice of sentences that their summaries could not take up, and a warning for each of these."""
    kept, warnings = [], []
    for topic in topics:
        said = {(c.article.id, c.span) for point in topic.summary for c in point.citations}
        pinned = chosen.get(topic.id, NOTHING_CHOSEN).pinned
        quoted, missing = ({_name(c) for c in pinned if ((c.article.id, c.span) in said) == there} for there in (True, False))
        decisions = (_quoted(decision, overrides, quoted) if missing else decision for decision in topic.decisions)
        kept.append(replace(topic, decisions=tuple(decision for decision in decisions if decision)))
        problem = "which is not quoted: the rights of its outlet leave no room; take it out"
        warnings += [at_place(overrides.path, row.line, f"pin names {name}, {problem}")
                     for row in overrides.keypoints for name in row.pin if name in missing]
    return tuple(kept), tuple(warnings)


def _quoted(decision: Decision, overrides: Overrides, quoted: Collection[str]) -> Decision | None:
    """Return a choice of sentences as far as these are quoted, None where none is; any other decision as it is."""
    if decision.what != "keypoint-pin":
        return decision
    names = {name.partition("#")[0] for row in overrides.keypoints if row.line == decision.line for name in row.pin if name in quoted}
    articles = tuple(article for article in decision.articles if article.id in names)
    return replace(decision, articles=articles) if articles else None


def _name(cited: Citation) -> str:
    """Return what editors call a sentence."""
    return f"{cited.article.id}#{anchor(cited.article.text, *cited.span)}"


class _Desk:
    """What was decided about each topic, and what could not be."""

    def __init__(self, topics: Sequence[Topic], overrides: Overrides, ledger: Ledger) -> None:
        self.topics = {topic.id: topic for topic in topics}
        self.homes = {article.id: topic for topic in topics for article in topic.articles}
        self.overrides, self.ledger = overrides, ledger
        self.decisions: dict[str, list[Decision]] = {topic.id: [] for topic in topics}
        self.titles: dict[str, Title] = {}
        self.chosen: dict[str, Chosen] = {}
        self.corrections: dict[str, list[Correction]] = {topic.id: [] for topic in topics}
        self.warnings: list[str] = []

    def _find(self, name: str, line: int, what: str) -> Topic | None:
        """Return the topic of an id, of an article's id, or that took over the articles of a recorded id; None, with a warning."""
        found = find_topic(name, self.topics, self.homes, self.ledger)
        if found is None:
            hint = did_you_mean(name, {**self.topics, **self.homes}) or _MEND
            hidden = self.overrides.hidden.get(name)
            self._warn(line, f"{what} names the topic of {name!r}, which line {hidden} hides; name another article of it" if hidden else
                       f"{what} names the topic {name!r}, which is not here{hint}")
        return found

    def _warn(self, line: int, problem: str) -> None:
        self.warnings.append(at_place(self.overrides.path, line, problem))

    def keep_rules(self, rules: Iterable[Rule]) -> None:
        """Tell each topic the rules that name articles of it, with all that they name: what is kept apart has two sides."""
        for rule in rules:
            topics = dict.fromkeys(self.homes[a] for a in rule.articles if a in self.homes)
            named = sorted((a for topic in topics for a in topic.articles if a.id in rule.articles), key=lambda a: a.order)
            decision = Decision(rule.kind, rule.line, () if rule.what == "close" else tuple(named))
            for topic in topics:
                self.decisions[topic.id].append(decision)

    def keep_hidden(self, missed: Iterable[Missed]) -> None:
        """Tell each topic of the articles that would be in it, had no editor hidden them."""
        for row in missed:
            for topic in dict.fromkeys(self.homes[a].id for a in row.beside if a in self.homes):
                self.decisions[topic].append(row.decision)

    def keep_pins(self, day: date | None) -> None:
        """Tell each topic that it is pinned, while it is."""
        for mark in self.overrides.pin:
            if not _holds(mark.until, day):
                self._warn(mark.line, f"pin of {mark.topic!r} held until {mark.until}; take it out")
            elif topic := self._find(mark.topic, mark.line, "pin"):
                if before := next((d for d in self.decisions[topic.id] if d.what == "pin"), None):
                    self._warn(mark.line, f"pin: line {before.line} pins this topic already; this one is not applied")
                else:
                    self.decisions[topic.id].append(Decision("pin", mark.line, until=mark.until))

    def keep_titles(self, language: str) -> None:
        """Keep the title of each topic: that of the site's language, else the first that is given."""
        lines: dict[str, int] = {}
        for titled in self.overrides.titles:
            topic = self._find(titled.topic, titled.line, "titles")
            if topic and topic.id in lines:
                self._warn(titled.line, f"titles: line {lines[topic.id]} gives this topic a title already; this one is not applied")
            elif topic:
                own = (lang for lang in titled.title if base_language(lang) == base_language(language))
                lang = next(own, next(iter(titled.title)))
                lines[topic.id] = titled.line
                self.titles[topic.id] = Title(titled.title[lang], lang, "editor")
                self.decisions[topic.id].append(Decision("title", titled.line))

    def keep_key_points(self) -> None:
        """Keep what is pinned and dropped of each topic; of a sentence that is both, what is said first holds."""
        for row in self.overrides.keypoints:
            if topic := self._find(row.topic, row.line, "keypoints"):
                before = self.chosen.get(topic.id, NOTHING_CHOSEN)
                pinned = self._sentences(topic, row, "pin", before.dropped)
                places = {(c.article.id, c.span) for c in (*before.pinned, *pinned)}
                dropped = self._sentences(topic, row, "drop", places)
                self.chosen[topic.id] = Chosen(tuple(dict.fromkeys((*before.pinned, *pinned))),
                                               before.dropped | {(c.article.id, c.span) for c in dropped})
                for what, cited in (("keypoint-pin", pinned), ("keypoint-drop", dropped)):
                    if cited:
                        named = {c.article.id for c in cited}
                        articles = tuple(a for a in topic.articles if a.id in named)
                        self.decisions[topic.id].append(Decision(what, row.line, articles, row.why))

    def _sentences(self, topic: Topic, row: KeyPoints, what: str, taken: Collection[tuple[str, tuple[int, int]]]) -> list[Citation]:
        articles = {article.id: article for article in topic.articles}
        found = []
        for name in row.pin if what == "pin" else row.drop:
            ident, _, mark = name.partition("#")
            cited = _sentence(articles.get(ident), mark)
            if cited is None:
                self._warn(row.line, f"{what} names {name}, which is no sentence of this topic; mend it or take it out")
            elif (ident, cited.span) in taken:
                other = "pinned" if what == "drop" else "dropped"
                self._warn(row.line, f"{what} names {name}, which is {other} already; take one of them out")
            else:
                found.append(cited)
        return found

    def keep_corrections(self, day: date | None) -> None:
        """Keep the corrections of each topic; the day of one may be a slip where it lies well after that of the edition."""
        for note in self.overrides.corrections:
            if topic := self._find(note.topic, note.correction.line, "corrections"):
                self.corrections[topic.id].append(note.correction)
            if day and (note.correction.day - day).days > QUIET_DAYS:
                problem = f"corrections: {note.correction.day} is long after the newest article, of {day}; mend the day"
                self._warn(note.correction.line, problem)


def _sentence(article: Article | None, mark: str) -> Citation | None:
    """Return the sentence of an article that has this anchor."""
    cited = (Citation.of(article, sentence) for sentence in article.sentences) if article else ()
    return next((c for c in cited if anchor(c.article.text, *c.span) == mark), None)
