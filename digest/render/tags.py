"""Write an element as HTML, its attributes escaped; cut a quotation where something of it is marked."""

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from digest.escape import escape

__all__ = ["cuts", "tag"]


def tag(name: str, content: str, **attributes: str | None) -> Markup:
    """Return an element; `content` is escaped already, attributes that are None are left out."""
    shown = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value is not None)
    return Markup(f"<{name}{shown}>{content}</{name}>")  # noqa: S704 - attributes and content are escaped


def cuts(length: int, inside: Sequence[tuple[int, int]], at: Sequence[int]) -> list[tuple[int, int]]:
    """Return the pieces of a quotation: words to be marked whole, and cut where an aid stands that is not within them."""
    within = [place for place in at if not any(start < place < end for start, end in inside)]
    places = sorted({0, length, *within, *(place for span in inside for place in span)})
    return [(start, end) for start, end in pairwise(places) if start < end]


