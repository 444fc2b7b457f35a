"""Tell what translates which language, what is wrong with packages and corrections, and where every translation came from."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from digest.desk import BETWEEN, Desk, Pair
from digest.editors.tasks import shorten
from digest.editors.translations import find_idle, guess_original
from digest.errors import at_place
from digest.escape import visible
from digest.findings import Findings
from digest.pipeline import Digest
from digest.telling import Telling, quoted_in, title_original
from digest.translate import ORIGINS, Work, find_doubts
from digest.translation import Original, Untranslated
from digest.translators import Model
from digest.translators.pins import read_pins

__all__ = ["find_faults", "tell_report", "tell_routes", "tell_work"]

_NAMES = {"editor": "by editors", "memory": "from the memory", "model": "new from an engine", "fallback": "in the original"}
_DOUBTS = {"names": "names may have changed", "score": "perhaps a poor translation"}
"""What each soft check found."""


def tell_routes(desk: Desk, pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield how each pair of languages is translated, and what is missing."""
    bare: list[Pair] = []
    for source, target in pairs:
        if route := desk.route(source, target):
            through = f", through {route.through}" if route.through else ""
            yield f"{source} → {target}: {route.engine} {route.model}{through}{f' ({route.problem})' if route.problem else ''}"
        else:
            bare.append((source, target))
    for source, rows in groupby(bare, key=lambda pair: pair[0]):
        yield f"{source} → {', '.join(target for _, target in rows)}: nothing"
    yield from desk.faults() or _tell_packages(desk, bare)


def _tell_packages(desk: Desk, bare: Sequence[Pair]) -> Iterator[str]:
    """Yield what would be fetched for pairs of languages that nothing translates."""
    if not bare or "argos" not in desk.engines:
        return
    from digest.translators.install import guess_packages

    names = guess_packages(bare)
    through = ", since most pairs of languages go through English" if any(BETWEEN not in pair for pair in bare) else ""
    yield (f"digest translate --install fetches {len(names)} package{'' if len(names) == 1 else 's'}, as far as the index has them"
           f"{through}: {', '.join(names)}")


def find_faults(desk: Desk, pairs: Iterable[Pair], wanted: Mapping[str, Collection[Original]]) -> Iterator[str]:
    """Yield what is wrong with the packages that are pinned or used, and with the editors' corrections."""
    used = {step.identity: step for pair in pairs if (route := desk.route(*pair)) for step in route.steps}
    pinned = {f"translate-{step.source}_{step.target}": step for step in used.values() if step.engine == "argos"}
    yield from (step.problem for step in used.values() if step.problem)
    yield from (f"{name} {step.version} is used and not pinned: digest translate --install" for name, step in sorted(pinned.items())
                if name not in read_pins(desk.content))
    yield from (problem for code in read_pins(desk.content).keys() - pinned.keys() if (problem := _unused(desk, code)))
    told = {lang: {one.text for one in originals} for lang, originals in wanted.items()}
    for row in find_idle(desk.corrections, told):
        meant = guess_original(row.original, told[row.path.stem])
        hint = f"; did you mean “{visible(meant)}”?" if meant else "; mend it, or take the entry out"
        yield at_place(row.path, row.line, f"“{shorten(row.original)}” is not told in this language (any more){hint}")


def _unused(desk: Desk, code: str) -> str:
    """Return what is wrong with a package that is pinned, though nothing needs it now."""
    source, _, target = code.removeprefix("translate-").partition("_")
    found: Model | None = desk.engine("argos").find(source, target)
    return found.problem if found else ""


def tell_work(work: Work) -> Iterator[str]:
    """Yield for each language how many texts came from where, and why some stay in the original."""
    for lang in work.told:
        yield f"{lang}: {_counts(work, lang, work.origins[lang])}"


def tell_report(digest: Digest, work: Work) -> Iterator[str]:
    """Yield the same for each language and page, and the translations that carry doubts."""
    for telling in digest.tellings:
        yield f"{telling.lang}: {_counts(work, telling.lang, work.origins.get(telling.lang, {}))}"
        for topic in telling.topics:
            if (texts := set(_texts(telling, digest, topic.id))) & work.told.get(telling.lang, {}).keys():
                yield f"  topics/{topic.slug}/: {_counts(work, telling.lang, texts)}"
        yield from (f"  {_DOUBTS[doubt]}: “{visible(one.text)}” → “{visible(became.text)}”"
                    for doubt, rows in find_doubts(work, telling.lang).items() for one, became in rows)


def _texts(telling: Telling, digest: Digest, ident: str) -> Iterator[Original]:
    """Yield the texts of a topic's page that stand in another language."""
    topic = next(topic for topic in telling.topics if topic.id == ident)
    titles = (title_original(title) for title in (topic.title, *(story.title for story in topic.stories)))
    yield from (title for title in titles if title)
    yield from (Original(cited.quote, cited.article.lang) for cited in quoted_in(topic, digest.findings.get(ident, Findings())))


def _counts(work: Work, lang: str, texts: Collection[Original]) -> str:
    counts = work.counts(lang, texts)
    told = [f"{counts[origin]} {_NAMES[origin]}" for origin in ORIGINS if counts[origin]]
    failed = Counter(became.reason for one in texts if isinstance(became := work.told[lang].get(one), Untranslated))
    why = f" ({', '.join(f'{reason} {count}' for reason, count in sorted(failed.items()))})" if failed else ""
    doubtful = {doubt: sum(one in texts for one, _ in rows) for doubt, rows in find_doubts(work, lang).items()}
    doubts = "".join(f"; {_DOUBTS[doubt]} in {count}" for doubt, count in doubtful.items() if count)
    return (", ".join(told) or "nothing to translate") + why + doubts
