"""Hold the archive against the records: a page for each edition, month and year, and ways between them that leave none out."""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from digest.verify.editions import archive_address, periods_of
from digest.verify.evidence import Evidence, PageFacts
from digest.verify.links import find_page

__all__ = ["check_archive", "check_dated_links"]


def check_archive(evidence: Evidence) -> None:
    """Check that the archive in each language leads to every edition, and from each to those beside it."""
    days = evidence.edition_days
    for tree in evidence.trees if days else ():
        for address, due in _ways(days):
            if missing := due - _targets(f"{tree}archive/{address}", tree, evidence):
                _fault(f"{tree}archive/{address}", f"does not lead to archive/{min(missing)}", evidence)
        for names in periods_of(days):
            for address, beside in _beside(names):
                if _pointed(f"{tree}archive/{address}", evidence) != {rel: f"{tree}archive/{name}" for rel, name in beside.items()}:
                    _fault(f"{tree}archive/{address}", "does not lead to what is before and after it", evidence)


def check_dated_links(main: etree._Element, address: str, tree: str) -> Iterator[str]:
    """Yield which links into the archive say another day, month or year than that of the page to which they lead."""
    for link in main.iter("a"):
        times = [time.get("datetime", "") for time in link.iter("time")]
        target = find_page(link.get("href", ""), address) if len(times) == 1 else ""
        place = target.removeprefix(f"{tree}archive/")
        if place != target and place not in ("", archive_address(times[0])):
            yield f"the link “{times[0][:40]}” leads to {target[:80]}"


def _fault(address: str, problem: str, evidence: Evidence) -> None:
    evidence.fault(evidence.site / address / "index.html", problem)


def _ways(days: Sequence[str]) -> Iterator[tuple[str, set[str]]]:
    """Yield the pages of the archive, and what each of them must lead to."""
    years, months, _ = periods_of(days)
    yield "", set(map(archive_address, (*years, *months)))
    for within, names in ((years, months), (months, days)):
        for name in within:
            yield archive_address(name), {archive_address(inner) for inner in names if inner.startswith(name)}


def _beside(names: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the pages of periods of one length, and which are before and after each."""
    for before, name, after in zip([None, *names[:-1]], names, [*names[1:], None], strict=True):
        yield archive_address(name), {rel: archive_address(found) for rel, found in (("prev", before), ("next", after)) if found}


def _targets(address: str, tree: str, evidence: Evidence) -> set[str]:
    """Return what in the archive a page leads to."""
    return {path.removeprefix(f"{tree}archive/") for path, _ in evidence.pages.get(address, PageFacts()).targets}


def _pointed(address: str, evidence: Evidence) -> dict[str, str]:
    """Return what a page says to be before and after it."""
    return dict(evidence.pages.get(address, PageFacts()).beside)
