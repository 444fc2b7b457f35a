"""Check the data of topics: those that were checked before only where they or what they rest on changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from digest.running import Runner, count, timed
from digest.tables import TABLES, table_file
from digest.verify.data import check_data
from digest.verify.datafile import DataFile
from digest.verify.evidence import Evidence, Shown
from digest.verify.watched import Question, Traces, WatchedEvidence

__all__ = ["check_topics"]

_ADDS = frozenset({
    "also", "counts", "due", "findings", "marked", "members", "moments", "only", "said", "shown", "shown_at", "silent",
    "summarized", "texts", "topics", "totals", "translations", "unheard", "updated",
})
"""What the check of a topic's data adds to, and asks of no other topic's."""
_WORTH = 40
"""Topics for each process below which its start is not worth while, and one more for every ten: all evidence is sent to it."""
_APART = frozenset({"findings", "shown", "shown_at", "topics"})
"""Of these, what is not kept as it is: spans are told with the versions of their texts, topics are read again; faults are never kept."""


@dataclass(frozen=True, slots=True)
class _Checked:
    """What the check of a topic's data found; nothing was wrong."""

    added: Mapping[str, Any]
    shown: tuple[Shown, ...]


def check_topics(paths: Sequence[Path], evidence: Evidence, runner: Runner) -> None:
    """Check the data of topics, once those of the index are, and note what pages may say by them."""
    with timed("data of topics"):
        traces = Traces(evidence, runner)
        keys = {path: runner.keys.of("data of a topic", runner.program, name, versions)
                for path in paths for name, *versions in [_files(path, evidence)] if versions[0]}
        known = {path: found for path, key in keys.items() if (found := traces.known(key, _Checked))}
        missing = [path for path in keys if path not in known]
        count("data of topics", len(paths), len(paths) - len(known))
        worth = _WORTH + len(paths) // 10
        made = dict(zip(missing, runner.apart("data of topics", partial(_check, evidence), missing, worth), strict=True))
        for path in paths:
            found, asked = made.get(path, (known.get(path), None))
            if found and asked is not None:
                traces.keep(keys[path], found, asked)
            if found and _agrees(found, evidence):
                _add(found, path, evidence)
            else:
                check_data(path, evidence)


def _files(path: Path, evidence: Evidence) -> Iterator[object]:
    """Yield the name of a topic's data, and the SHA-256 of these and of its tables; None of what the site itself does not hold.

    What a linked folder leads to is checked, but never kept.
    """
    yield (name := path.relative_to(evidence.site).as_posix())
    folder = name.removesuffix(f"topics/{path.name}")
    yield from map(evidence.hashes.get, (name, *(folder + table_file(path.stem, kind) for kind in TABLES)))


def _check(evidence: Evidence, path: Path) -> tuple[_Checked | None, set[Question]]:
    """Return what the check finds by itself, None where anything is wrong; and what it asked."""
    watched = WatchedEvidence(evidence, _ADDS)
    check_data(path, watched)
    found = None if watched.findings else _Checked({name: getattr(watched, name) for name in _ADDS - _APART}, watched.spans())
    return found, watched.asked


def _agrees(found: _Checked, evidence: Evidence) -> bool:
    """Return whether no data before say otherwise how something was translated."""
    return all(evidence.translations.get(place, told) == told for place, told in found.added["translations"].items())


def _add(found: _Checked, path: Path, evidence: Evidence) -> None:
    evidence.topics[DataFile(path, evidence).page] = evidence.topic_data(path)
    evidence.show(found.shown, path)
    for name, added in found.added.items():
        part = getattr(evidence, name)
        if name == "totals":
            part.update({kind: part[kind] + number for kind, number in added.items()})
        elif isinstance(part, list):
            part.extend(added)
        else:
            part.update(added)
