"""What the gates find, and which of it is none of our making."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

__all__ = ["Finding", "ours", "unseen"]


@dataclass(frozen=True, order=True)
class Finding:
    """Something that a checker says of a page."""

    gate: str
    rule: str
    """The checker's name for it, or its words where it has none."""
    page: str
    where: str
    """The element that it means, as it stands in the page or as a selector."""

    def __str__(self) -> str:
        return f"{self.page}: {self.rule}: {' '.join(self.where.split())[:200]}"


@dataclass(frozen=True)
class _Known:
    gate: str
    rule: str
    where: str
    why: str

    def is_met_by(self, finding: Finding) -> bool:
        return self.gate == finding.gate and self.rule in finding.rule and self.where in " ".join(finding.where.split())


@cache
def _known() -> tuple[_Known, ...]:
    return tuple(_Known(**row) for row in yaml.safe_load(Path(__file__).with_name("known.yml").read_text("utf-8")))


def ours(findings: Iterable[Finding]) -> list[str]:
    """Return the findings that known.yml does not have, sorted."""
    return [str(found) for found in sorted({*findings}) if not any(known.is_met_by(found) for known in _known())]


def unseen(gate: str, findings: Iterable[Finding]) -> list[str]:
    """Return what known.yml has of a checker, and the checker does not say any more."""
    said = [*findings]
    return [f"{known.rule}: {known.where}" for known in _known() if known.gate == gate and not any(map(known.is_met_by, said))]
