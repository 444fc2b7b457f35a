"""What stays in the original on the pages of other languages, as far as packages and the translation memory tell: no engine is asked."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from digest.content import format_scalar
from digest.desk import Desk
from digest.editors.proofreading import find_slips
from digest.editors.tasks import Task, shorten
from digest.editors.translations import FOLDER, Corrections, find_idle, guess_original
from digest.errors import shown_path
from digest.escape import visible
from digest.pipeline import Digest
from digest.translate import Work, find_doubts, recall
from digest.translation import Original, Translation, Untranslated
from digest.wanted import find_wanted

__all__ = ["find_untold"]

_FAILED = {
    "empty": "nothing came out", "unchanged": "they came out unchanged", "loop": "words came out again and again",
    "length": "they came out much longer or shorter, or cut off", "address": "an address or name with @ or # changed",
    "digits": "a number changed", "unknown": "characters came out that are no text", "score": "the engine is too unsure of them",
}
"""What each strict check found."""
_DOUBTED = {"names": "may have lost names", "score": "may be poor, since the engine is unsure"}
"""What each soft check found."""
_SHOWN = 5
"""Texts that one task gives to translate, at most."""
_LINES = 20
"""Lines that one task names, at most."""


def find_untold(digest: Digest, desk: Desk) -> Iterator[Task]:
    """Yield what an editor may do about texts that are not told in a language, a task for each language and reason."""
    wanted, settings = find_wanted(digest), shown_path(desk.content / "digest.yml")
    work = recall(wanted, desk)
    for problem in work.problems:
        yield Task("translation", settings, problem.partition(" yet: ")[0],
                   "digest translate --list shows what there is; --install gets the packages of Argos that are missing")
    for lang in digest.settings.languages:
        path = shown_path(desk.content / FOLDER / f"{lang}.yml")
        kept = _kept(work, lang, desk)
        yield from (_failed(texts, lang, reason, path) for reason, texts in kept.items() if reason in _FAILED)
        if new := kept.get("engine"):
            yield Task("translation", settings, f"{lang}: not yet translated: {len(new)} text{'' if len(new) == 1 else 's'}",
                       "digest translate does it, as building does; then look again")
        yield from (_doubtful(rows, lang, doubt, path) for doubt, rows in find_doubts(work, lang).items())
    yield from _idle(desk.corrections, {lang: {one.text for one in originals} for lang, originals in wanted.items()})
    for row in desk.blank:
        yield Task("translation", f"{shown_path(row.path)}:{row.line}",
                   f"“{shorten(row.original)}” has an empty translation, and is passed over", "fill it in, or take the entry out")
    for row, question in find_slips(desk.corrections, wanted):
        yield Task("translation", f"{shown_path(row.path)}:{row.line}", question, "nothing, or mend it")


def _kept(work: Work, lang: str, desk: Desk) -> dict[str, list[str]]:
    """Return the texts that are not told in a language by reason, without those for which a whole language is to blame."""
    kept: dict[str, list[str]] = {}
    for original, became in work.told.get(lang, {}).items():
        route = desk.route(original.lang, lang)
        if isinstance(became, Untranslated) and route and not (route.problem and became.reason == "engine"):
            kept.setdefault(became.reason, []).append(" ".join(original.text.split()))
    return dict(sorted(kept.items()))


def _failed(texts: Sequence[str], lang: str, reason: str, path: str) -> Task:
    shown = [text for text in texts if visible(text) == text][:_SHOWN]
    many = f"{len(texts)} texts stay" if len(texts) > 1 else "a text stays"
    whole = "some" if len(texts) > len(shown) else "all"
    return Task("translation", path, f"{lang}: {many} in the original, since {_FAILED[reason]}: “{shorten(texts[0])}”",
                f"nothing, or translate {whole} of it in this file:" if shown else "nothing",
                "\n".join(f"- original: {format_scalar(text)}\n  translation:" for text in shown))


def _doubtful(rows: Sequence[tuple[Original, Translation]], lang: str, doubt: str, path: str) -> Task:
    (one, became), many = rows[0], f"{len(rows)} translations" if len(rows) > 1 else "a translation"
    return Task("translation", path, f"{lang}: {many} {_DOUBTED[doubt]}: “{shorten(one.text)}” → “{shorten(became.text)}”",
                "nothing, or write your own; digest translate --report lists them")


def _idle(corrections: Corrections, wanted: dict[str, set[str]]) -> Iterator[Task]:
    """Yield a task for each file with translations whose originals are not told."""
    for path, found in groupby(find_idle(corrections, wanted), key=lambda row: row.path):
        first, *others = found
        lines = ", ".join(str(row.line) for row in (first, *others)[:_LINES])
        more = f" and {len(others)} more (lines {lines}{' …' if len(others) >= _LINES else ''}) are" if others else " is"
        meant = guess_original(first.original, wanted[path.stem])
        hint = f"did you mean “{visible(meant)}”? Then write that; otherwise" if meant else "mend the original, or"
        yield Task("translation", f"{shown_path(path)}:{first.line}",
                   f"“{shorten(first.original)}”{more} not told in this language (any more)", f"{hint} take the entry out")
