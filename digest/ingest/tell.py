"""What the command line says of an import."""

from collections.abc import Iterator

from digest.escape import visible
from digest.ingest.add import Added

__all__ = ["tell_added"]


def tell_added(added: Added) -> Iterator[str]:
    """Yield the lines that say what became of an imported file."""
    if added.article is None:
        return
    yield f"{added.state}: {added.source} → {added.article}"
    if added.unknown:
        yield f"  not in the text: {', '.join(added.unknown)}"
    for note in added.notes:
        yield f"  {visible(note)}"
