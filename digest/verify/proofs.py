"""Prove the pages of a site: on all processors, and those that were proven before only where they or what they rest on changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from digest.running import Keys, Runner, count, timed
from digest.verify.evidence import Evidence, PageFacts, Shown
from digest.verify.pages import check_page, page_address
from digest.verify.watched import Question, Traces, WatchedEvidence

__all__ = ["prove_pages"]

_WORTH = 40
"""Pages for each process below which its start is not worth while ..."""
_MORE = 1 / 40
"""... and how many more for each page of the site: each process is sent all evidence, which grows with them."""


@dataclass(frozen=True, slots=True)
class _Proof:
    """What the check of a page found."""

    faults: tuple[str, ...]
    facts: PageFacts
    shown: tuple[Shown, ...]

    def shared(self, same: dict[Any, Any]) -> "_Proof":
        """Let its facts hold each of their parts once, as one of those that are the `same`, and return it with them."""
        self.facts.share(same)
        return _Proof(self.faults, self.facts, tuple([same.setdefault(shown, shown) for shown in self.shown]))


def prove_pages(names: Sequence[str], evidence: Evidence, runner: Runner) -> None:
    """Check pages, which are told from the site's root, and note in the evidence what they show and what is wrong with them."""
    with timed("proofs"):
        traces = Traces(evidence, runner)
        keys = {name: runner.keys.of("proof", runner.program, name, evidence.hashes[name]) if runner.store else "" for name in names}
        same: dict[Any, Any] = {}
        known = {name: proof.shared(same) for name, key in keys.items() if (proof := traces.known(key, _Proof))}
        missing = [evidence.site / name for name in names if name not in known]
        count("proofs", len(names), len(missing))
        made = runner.apart("proofs", partial(_check, evidence), missing, _WORTH + int(_MORE * len(names)))
        for name, key in keys.items():
            proof = known.get(name)
            if proof is None:
                proof, asked = next(made)
                if not proof.faults:
                    traces.keep(key, proof, asked)
                proof = proof.shared(same)
            _note(proof, evidence.site / name, evidence)


def _check(evidence: Evidence, path: Path) -> tuple[_Proof, set[Question]]:
    watched = WatchedEvidence(evidence)
    check_page(path, watched)
    facts = watched.pages.get(page_address(path, evidence.site), PageFacts())
    facts.share({})
    facts.version = Keys().of(facts)
    return _Proof(tuple(watched.findings), facts, watched.spans()), watched.asked


def _note(proof: _Proof, path: Path, evidence: Evidence) -> None:
    evidence.findings += proof.faults
    evidence.pages[page_address(path, evidence.site)] = proof.facts
    evidence.show(proof.shown, path)
