"""Prove the pages of a site: on all processors, and those that were proven before only where they or what they rest on changed."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

from digest.models import Article, text_version
from digest.running import Runner, count, freeze, thaw, timed
from digest.verify.evidence import Evidence, PageFacts
from digest.verify.pages import check_page, page_address
from digest.verify.watched import Answers, Question, WatchedEvidence

__all__ = ["prove_pages"]

_WORTH = 40
"""Pages for each process below which its start is not worth while: all evidence goes to each."""


@dataclass(frozen=True, slots=True)
class _Proof:
    """What the check of a page found."""

    faults: tuple[str, ...]
    facts: PageFacts
    shown: tuple[tuple[str, str, int, int], ...]
    """What it shows of articles: id, version, start and end."""
    asked: tuple[Question, ...]


def prove_pages(paths: Sequence[Path], evidence: Evidence, runner: Runner) -> None:
    """Check pages, and note in the evidence what they show and what is wrong with them."""
    with timed("proofs"):
        answers = Answers(evidence, runner.keys)
        keys = [runner.keys.of("proof", runner.program, str(path.relative_to(evidence.site)), sha256(path.read_bytes()).digest())
                for path in paths] if runner.store else [""] * len(paths)
        known = {key: proof for key in keys if (proof := _known(key, answers, runner))}
        missing = [(key, path) for key, path in zip(keys, paths, strict=True) if key not in known]
        count("proofs", len(paths), len(missing))
        texts = {(article.id, article.version): article for found in (evidence.articles.values(), *evidence.former.values())
                 for article in found}
        made = _prove([path for _, path in missing], evidence, runner)
        for key, path in zip(keys, paths, strict=True):
            proof = known.get(key)
            if proof is None:
                proof = next(made)
                _keep(key, proof, answers, runner)
            _note(proof, path, evidence, texts)


def _prove(paths: Sequence[Path], evidence: Evidence, runner: Runner) -> Iterator[_Proof]:
    batches = list(runner.spread("proofs", partial(_check, evidence), paths, 1, _WORTH))
    yield from (batches[at % len(batches)][at // len(batches)] for at in range(len(paths)))


def _check(evidence: Evidence, paths: Sequence[Path]) -> list[_Proof]:
    return [_check_one(evidence, path) for path in paths]


def _check_one(evidence: Evidence, path: Path) -> _Proof:
    watched = WatchedEvidence(evidence)
    check_page(path, watched)
    shown = tuple((ident, text_version(text), *span) for ident, texts in watched.shown.items() for text, spans in texts.items()
                  for span in sorted(spans))
    facts = watched.pages.get(page_address(path, evidence.site), PageFacts())
    return _Proof(tuple(watched.findings), facts, shown, tuple(sorted(watched.asked, key=repr)))


def _note(proof: _Proof, path: Path, evidence: Evidence, texts: dict[tuple[str, str], Article]) -> None:
    evidence.findings += proof.faults
    evidence.pages[page_address(path, evidence.site)] = proof.facts
    for ident, version, start, end in proof.shown:
        evidence.shown.setdefault(ident, {}).setdefault(texts[ident, version].text, set()).add((start, end))
        evidence.shown_at.setdefault(ident, path.relative_to(evidence.site))


def _keep(key: str, proof: _Proof, answers: Answers, runner: Runner) -> None:
    """Keep what was found of a page, with the hashes of the answers that it rests on; only where nothing is wrong with it."""
    if runner.store and not proof.faults:
        runner.store.write(key, freeze((proof, [answers[question] for question in proof.asked])))


def _known(key: str, answers: Answers, runner: Runner) -> _Proof | None:
    """Return what was once found of a page, if the evidence still gives the same answers."""
    frozen = runner.store.read(key) if runner.store else None
    if frozen is not None:
        with suppress(ValueError, TypeError, AttributeError):
            proof, said = thaw(frozen, {})
            if all(answers[question] == answer for question, answer in zip(proof.asked, said, strict=True)):
                return proof if isinstance(proof, _Proof) else None
    return None
