"""What stays in the original on the pages of other languages, as far as packages and the translation memory tell: no engine is asked."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from digest.content import format_scalar
from digest.desk import Desk
from digest.editors.tasks import Task, shorten
from digest.editors.translations import FOLDER, Corrections, find_idle
from digest.errors import shown_path
from digest.escape import visible
from digest.pipeline import Digest
from digest.translate import Work, recall
from digest.translation import Untranslated
from digest.wanted import find_wanted

__all__ = ["find_untold"]

_FAILED = {
    "empty": "nothing came out", "unchanged": "they came out unchanged", "loop": "words came out again and again",
    "length": "they came out much longer or shorter, or cut off", "address": "an address or name with @ or # changed",
    "digits": "a number changed", "unknown": "characters came out that are no text", "score": "the engine is too unsure of them",
}
"""What each strict check found."""
_SHOWN = 5
"""Texts that one task gives to translate, at most."""
_LINES = 20
"""Lines that one task names, at most."""


def find_untold(digest: Digest, desk: Desk) -> Iterator[Task]:
    """Yield what an editor may do about texts that are not told in a language, a task for each language and reason."""
    wanted, settings = find_wanted(digest), shown_path(desk.content / "digest.yml")
    work = recall(wanted, desk)
    for problem in work.problems:
        yield Task("translation", settings, problem.partition("; see ")[0],
                   "digest translate --list shows what there is; --install gets the packages of Argos that are missing")
    for lang in digest.settings.languages:
        path = shown_path(desk.content / FOLDER / f"{lang}.yml")
        kept = _kept(work, lang, desk)
        yield from (_failed(texts, lang, reason, path) for reason, texts in kept.items() if reason in _FAILED)
        if new := kept.get("engine"):
            yield Task("translation", settings, f"{lang}: not yet translated: {len(new)} text{'' if len(new) == 1 else 's'}",
                       "digest translate does it, as building does; then look again")
    yield from _idle(desk.corrections, {lang: {one.text for one in originals} for lang, originals in wanted.items()})


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


def _idle(corrections: Corrections, wanted: dict[str, set[str]]) -> Iterator[Task]:
    """Yield a task for each file with translations whose originals are not told."""
    for path, found in groupby(find_idle(corrections, wanted), key=lambda row: row.path):
        lines = [row.line for row in found]
        where = f" (lines {', '.join(map(str, lines[:_LINES]))}{' …' if len(lines) > _LINES else ''})" if len(lines) > 1 else ""
        yield Task("translation", f"{shown_path(path)}:{lines[0]}", f"{len(lines)} original{'' if len(lines) == 1 else 's'}{where} "
                   f"{'is' if len(lines) == 1 else 'are'} not told in this language (any more)", "mend the original, or take the entry out")
