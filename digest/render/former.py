"""What a source page shows of an article's former texts: each changed place, before and now."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from digest.findings import Change
from digest.former import Rewritten, place_of
from digest.models import Article, Citation, Sentence

__all__ = ["Changed", "lay_out"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that was changed."""

    change: Change
    anchor: str | None
    """That of the former sentence; None where the page has one of that name."""
    above: str | None
    """The anchor of what stands there now, if the page shows it in its text."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a source page tells of how its article was changed."""

    places: tuple[Place, ...]
    quoted: tuple[tuple[Citation, str], ...]
    """Further sentences of former texts, each with its anchor."""
    whole: bool
    """Whether all changes are shown."""


def lay_out(found: Rewritten | None, article: Article, shown: Sequence[Sentence] = ()) -> Changed | None:
    """Return what the page of an article tells of its former texts, beside the sentences shown; None where it has none."""
    if found is None:
        return None
    above = {place_of(Citation.of(article, sentence)) for sentence in shown}
    places = tuple(_places(found.changes, above))
    used = above | {place.anchor for place in places if place.anchor}
    return Changed(places, tuple((cited, name) for cited in found.quoted if (name := place_of(cited)) not in used), found.whole)


def _places(changes: Sequence[Change], above: Collection[str]) -> Iterator[Place]:
    used = set(above)
    for change in changes:
        before, now = (place_of(side) if side else None for side in (change.one, change.other))
        yield Place(change, None if before in used else before, now if now in above else None)
        used |= {before} if before else set()
