"""Say in other languages what articles say: an editor's words first, then what is remembered, then one call of an engine for all the rest.

Every translation is checked on every build; what fails stays in the original. What comes out depends on the texts, the packages, the
memory and the editors' corrections, never on the order in which the texts come.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from digest.checks import check_translation
from digest.desk import BETWEEN, Desk, Route, open_desk
from digest.errors import TranslationError
from digest.escape import visible
from digest.memory import Key, append_memory, memory_file, memory_key, read_memory, write_memory
from digest.progress import Progress, show_progress
from digest.translation import DOUBTS, Original, Told, Translation, Translations, Untranslated
from digest.translators import Draft, Model

__all__ = ["ORIGINS", "Work", "find_doubts", "open_desk", "recall", "translate", "work_through"]

_SAVED = 256
"""Sentences after which the memory is saved."""
ORIGINS = ("editor", "memory", "model", "fallback")
"""Where what is shown came from; `fallback` is the original."""
Outcome = tuple[Told, str]
"""What became of a text, and where that came from, one of `ORIGINS`."""


@dataclass(frozen=True, slots=True)
class Work:
    """What became of all that was to be told."""

    told: dict[str, Translations]
    """By language, as `digest.yml` names it."""
    origins: dict[str, Mapping[Original, str]]
    """Where each of them came from, one of `ORIGINS`."""
    problems: tuple[str, ...]
    """What kept texts from being translated, a line each."""

    def counts(self, lang: str, originals: Collection[Original] | None = None) -> dict[str, int]:
        """Return how many texts of a language, or of these, came from where."""
        origins = self.origins.get(lang, {})
        found = [origins[one] for one in (origins if originals is None else originals) if one in origins]
        return {origin: found.count(origin) for origin in ORIGINS}


def translate(wanted: Mapping[str, Collection[Original]], desk: Desk, *, progress: Progress = show_progress) -> dict[str, Translations]:
    """Return what became of each text in each language that it is wanted in."""
    return work_through(wanted, desk, progress=progress).told


def work_through(wanted: Mapping[str, Collection[Original]], desk: Desk, *, progress: Progress = show_progress,
                 tidying: bool = True) -> Work:
    """Translate what is wanted, by language; tell what became of each text, and where it came from.

    The memory keeps what was asked for and, unless `tidying` is off, drops what no text of the edition asks for any more.
    """
    drafts = _Drafts(desk, progress)
    work = _work(wanted, drafts)
    if tidying:
        drafts.tidy({_on_one_line(one.text) for originals in wanted.values() for one in originals})
    return work


def recall(wanted: Mapping[str, Collection[Original]], desk: Desk) -> Work:
    """Tell the same from what is remembered alone: no engine is asked, and the memory stays as it is."""
    return _work(wanted, _Drafts(desk))


def find_doubts(work: Work, lang: str) -> dict[str, list[tuple[Original, Translation]]]:
    """Return the translations into a language that failed a soft check, by check, in the order of their originals."""
    rows = [(one, became) for one, became in work.told.get(lang, {}).items() if isinstance(became, Translation)]
    found = {doubt: [row for row in rows if doubt in row[1].doubts] for doubt in DOUBTS}
    return {doubt: doubtful for doubt, doubtful in found.items() if doubtful}


def _work(wanted: Mapping[str, Collection[Original]], drafts: "_Drafts") -> Work:
    desk = drafts.desk
    found = {target: dict(_tell(originals, target, desk, drafts)) for target, originals in wanted.items()}
    pairs = [(source, target) for target, originals in wanted.items() for source in sorted({one.lang for one in originals})]
    return Work(told={target: {one: told for one, (told, _) in rows.items()} for target, rows in found.items()},
                origins={target: {one: origin for one, (_, origin) in rows.items()} for target, rows in found.items()},
                problems=(*desk.problems(pairs), *drafts.problems))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _tell(originals: Collection[Original], target: str, desk: Desk, drafts: "_Drafts") -> Iterator[tuple[Original, Outcome]]:
    """Yield what became of texts in one language, in the order of their languages and words."""
    corrections = desk.corrections.get(target, {})
    sentences = {one: _on_one_line(one.text) for one in sorted(set(originals), key=lambda one: (one.lang, one.text))}
    left: dict[str, list[str]] = {}
    for one, sentence in sentences.items():
        if sentence not in corrections:
            left.setdefault(one.lang, []).append(sentence)
    results = {source: _follow(desk.route(source, target), rows, source, target, drafts) for source, rows in left.items()}
    for one, sentence in sentences.items():
        if correction := corrections.get(sentence):
            yield one, (Translation(text=correction.translation, lang=target, source=one.lang, engine="editor"), "editor")
        else:
            yield one, results[one.lang][sentence]


@dataclass(frozen=True, slots=True)
class _Way:
    """How far a sentence has come on its route."""

    text: str
    doubts: tuple[str, ...] = ()
    new: bool = False
    """Whether the model was asked for it just now."""
    failed: str | None = None


def _follow(route: Route | None, sentences: Sequence[str], source: str, target: str, drafts: "_Drafts") -> dict[str, Outcome]:
    """Take sentences through the steps of a route; what fails a check in one of them stays as it is."""
    if route is None:
        return dict.fromkeys(sentences, (Untranslated("engine"), "fallback"))
    ways = {sentence: _Way(sentence) for sentence in sentences}
    langs = (source, BETWEEN, target) if route.through else (source, target)
    for model, *step in zip(route.steps, langs, langs[1:], strict=False):
        found, new = drafts.of(model, {way.text for way in ways.values() if not way.failed})
        ways = {sentence: way if way.failed else _go_on(way, found.get(way.text), way.text in new, model, *step)
                for sentence, way in ways.items()}
    return {sentence: _outcome(_arrive(sentence, way, source, target) if route.through else way, route, source, target)
            for sentence, way in ways.items()}


def _go_on(way: _Way, draft: Draft | None, new: bool, model: Model, source: str, target: str) -> _Way:
    """Return how far a sentence has come after a step."""
    if draft is None:
        return _Way(way.text, failed="engine")
    verdict = check_translation(way.text, draft.text, source, target, score=draft.score, min_score=model.min_score)
    doubts = tuple(dict.fromkeys((*way.doubts, *verdict.doubts)))
    return _Way(draft.text, doubts, way.new or new, verdict.reason)


def _arrive(sentence: str, way: _Way, source: str, target: str) -> _Way:
    """Hold what came out of two steps against the sentence itself."""
    verdict = check_translation(sentence, way.text, source, target)
    return way if way.failed or not verdict.reason else _Way(way.text, failed=verdict.reason)


def _outcome(way: _Way, route: Route, source: str, target: str) -> Outcome:
    if way.failed:
        return Untranslated(way.failed), "fallback"
    return Translation(text=way.text, lang=target, source=source, engine=route.engine, model=route.model, through=route.through,
                       doubts=way.doubts), "model" if way.new else "memory"


@dataclass(slots=True)
class _Drafts:
    """The memory of all pairs of languages while texts are translated."""

    desk: Desk
    progress: Progress | None = None
    """None: no engine is asked."""
    rows: dict[Path, dict[Key, Draft]] = field(default_factory=dict)
    used: set[Key] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def of(self, model: Model, sentences: Collection[str]) -> tuple[Mapping[str, Draft], Collection[str]]:
        """Return drafts of sentences, remembered or made in one call for all that are new, and which are new."""
        path = memory_file(self.desk.memory, model)
        rows = self.rows.setdefault(path, read_memory(path))
        keys = {sentence: memory_key(model, sentence) for sentence in sentences}
        self.used.update(keys.values())
        new = sorted((sentence for sentence, key in keys.items() if key not in rows), key=lambda one: (-len(one), one))
        if new and model.place and self.progress:
            self._fill(path, rows, model, new, self.progress)
        return {sentence: rows[key] for sentence, key in keys.items() if key in rows}, new

    def _fill(self, path: Path, rows: dict[Key, Draft], model: Model, sentences: Sequence[str], progress: Progress) -> None:
        """Translate new sentences and remember them, as far as a fault or an interruption lets it come."""
        engine = self.desk.engine(model.engine)
        label = f"{model.source} → {model.target}, {model.engine} {model.version}"
        try:
            drafts = progress(engine.translate(model, sentences), len(sentences), label)
            new: dict[Key, Draft] = {}
            for draft, sentence in zip(drafts, sentences, strict=False):
                new[memory_key(model, sentence)] = rows[memory_key(model, sentence)] = Draft(visible(draft.text), draft.score)
                if len(new) == _SAVED:
                    append_memory(path, new)
                    new.clear()
        except TranslationError as error:
            self.problems.append(f"{label}: {error}; what is missing stays in the original")
        finally:
            write_memory(path, rows)

    def tidy(self, sentences: Collection[str]) -> None:
        """Drop from the memory what no text asked for; where nothing is translated now, what is none of these sentences."""
        idle = {path: read_memory(path) for path in sorted(self.desk.memory.glob("*.jsonl")) if path not in self.rows}
        between = {draft.text for rows in idle.values() for (_, sentence), draft in rows.items() if sentence in sentences}
        for path, rows in (self.rows | idle).items():
            kept = {key: draft for key, draft in rows.items()
                    if (key[1] in sentences or key[1] in between if path in idle else key in self.used)}
            if len(kept) < len(rows):
                write_memory(path, kept)
