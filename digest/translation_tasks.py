"""What `digest translate` does: each task yields the lines to print, as it goes."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from digest.content import read_articles
from digest.desk import Desk, Pair, open_desk
from digest.editors.proofreading import find_slips
from digest.editors.translations import FOLDER
from digest.errors import DigestError, TranslationError, at_place
from digest.memory import merge
from digest.outlets import settle_outlets
from digest.pipeline import load_digest
from digest.settings import Settings, load_settings
from digest.telling import may_translate
from digest.translate import work_through
from digest.translation_report import find_faults, tell_report, tell_routes, tell_work
from digest.translators import open_engine
from digest.translators.pins import LOCK, read_pins
from digest.wanted import find_wanted
from digest.words import base_language

__all__ = ["TASKS", "Job", "find_pairs"]

log = logging.getLogger(__name__)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Job:
    """What a task works on."""

    content: Path
    memory: Path
    """The folder of the translation memory."""
    names: Sequence[str] = ()
    """Languages to install for, or folders to merge."""
    update: bool = False
    locked: bool = False
    """Whether to install what is pinned, and nothing else."""


def find_pairs(content: Path, settings: Settings, targets: Sequence[str] = ()) -> tuple[Pair, ...]:
    """Return the pairs of languages that the articles of a content folder need for these languages, or for all of the digest.

    Raises:
        DigestError: one of them is no language code.
    """
    for target in targets:
        if not _LANGUAGE.fullmatch(target):
            raise DigestError(f"{target}: expected a language code like tr or pt-BR")
    articles = settle_outlets(read_articles(content).articles, settings)
    sources = {article.lang for article in articles if may_translate(article, settings.closed_outlets)} or {settings.language}
    return tuple((source, target) for source in sorted(sources) for target in targets or settings.languages
                 if base_language(source) != base_language(target))


def _fill(job: Job) -> Iterator[str]:
    """Translate what the pages need, or those of some languages; the latter drops nothing from the memory."""
    digest, warnings = load_digest(job.content)
    wanted = find_wanted(digest)
    for name in job.names:
        if name not in wanted:
            raise DigestError(f"{job.content / 'digest.yml'}: languages does not name {name!r}; it has {', '.join(wanted)}")
    desk = open_desk(digest.settings, job.content, job.memory)
    work = work_through({lang: wanted[lang] for lang in job.names or wanted}, desk, tidying=not job.names)
    _warn((*warnings, *desk.warnings, *work.problems))
    yield from tell_work(work)


def _report(job: Job) -> Iterator[str]:
    """Translate what the pages need, and tell it page by page."""
    digest, warnings = load_digest(job.content)
    desk = open_desk(digest.settings, job.content, job.memory)
    work = work_through(find_wanted(digest), desk)
    _warn((*warnings, *desk.warnings, *work.problems))
    yield from tell_report(digest, work)


def _warn(warnings: Sequence[str]) -> None:
    for warning in warnings:
        log.warning("%s", warning)


def _list(job: Job) -> Iterator[str]:
    settings = load_settings(job.content)
    yield from tell_routes(open_desk(settings, job.content, job.memory), find_pairs(job.content, settings))


def _check(job: Job) -> Iterator[str]:
    digest, warnings = load_digest(job.content)
    desk, wanted = open_desk(digest.settings, job.content, job.memory), find_wanted(digest)
    _warn((*warnings, *desk.warnings, *(at_place(row.path, row.line, question) for row, question in find_slips(desk.corrections, wanted))))
    faults = list(find_faults(desk, find_pairs(job.content, digest.settings), wanted))
    yield from faults or [_in_order(desk)]
    if faults:
        raise TranslationError(f"{len(faults)} fault{'' if len(faults) == 1 else 's'} in packages or corrections")


def _in_order(desk: Desk) -> str:
    """Return that nothing is wrong, of what there is."""
    told = {"packages are as pinned": read_pins(desk.content), "every correction applies": any(desk.corrections.values())}
    return ", and ".join(line for line, there in told.items() if there) or (
        f"nothing to check: {LOCK} pins no package, and {FOLDER}/ holds no translation")


def _merge(job: Job) -> Iterator[str]:
    others = [Path(name) for name in job.names]
    for other in others:
        if not other.is_dir():
            raise DigestError(f"{other}: no folder with a translation memory")
    yield f"{job.memory}: {merge(job.memory, others)} sentences are new"


def _install(job: Job) -> Iterator[str]:
    """Install the Argos packages that languages need, or those that are pinned."""
    settings = load_settings(job.content)
    if "argos" not in settings.engines:
        raise DigestError(f"{job.content / 'digest.yml'}: engines does not name argos; other engines are installed by the system")
    open_engine("argos", job.content)
    from digest.translators.install import install_packages, install_pinned

    outcomes = install_pinned(job.content) if job.locked else install_packages(
        job.content, find_pairs(job.content, settings, job.names), update=job.update)
    states = set()
    for done in outcomes:
        states.add(done.state)
        if done.state == "refused":
            log.warning("%s", done.problem)
        else:
            yield done.line
    if not states:
        yield f"nothing is pinned in {LOCK}" if job.locked else "nothing to install: the articles are in these languages"
    elif states == {"refused"}:
        raise TranslationError("nothing was installed")


TASKS: Mapping[str, Callable[[Job], Iterator[str]]] = {
    "fill": _fill, "list": _list, "install": _install, "check": _check, "report": _report, "merge": _merge}
"""By the name of the option; `fill` without one."""
