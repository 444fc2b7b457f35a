"""Hold the headings of a page against what the page is of: those of a topic's page are its title, or the headline of one of its events."""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from digest.built import find_titles
from digest.escape import visible
from digest.marks import FROM, TRANSLATION
from digest.verify.elements import language_at

__all__ = ["check_heading", "headings_of", "title_of"]


def headings_of(main: etree._Element) -> frozenset[str]:
    """Return a page's title and headings, which the theme repeats in its navigation; they are proven where they stand."""
    found = (*find_titles(main), *main.iter("h2", "h3", "h4"))
    return frozenset(" ".join(h.text_content().split()) for h in found)


def title_of(main: etree._Element) -> tuple[str, str, str]:
    """Return the title of a page, its language and what it translates."""
    found = next(find_titles(main), None)
    if found is None:
        return "", "", ""
    told = next((mark for part in found.iter() if (mark := part.get(TRANSLATION))), "")
    return visible(found.text_content()), next((lang for part in found.iter() if (lang := part.get("lang"))), language_at(found)), told


def check_heading(main: etree._Element, topic: Mapping[str, Any]) -> Iterator[str]:
    """Yield whether a topic's page bears another title than its data have, or is headed by no event of it."""
    title, *others = find_titles(main)
    if not _marks(title) <= _due(topic["title"], f"topic:{topic['id']}"):
        yield f"“{visible(title.text_content())[:80]}” is not the title of its topic"
    events = [_due(story["title"], f"story:{story['id']}") for story in topic["stories"]]
    for heading in others:
        if not any(_marks(heading) <= due for due in events):
            yield f"“{visible(heading.text_content())[:80]}” is the headline of no event of its topic"


def _marks(element: etree._Element) -> set[str]:
    return {mark for part in element.iter() if (mark := part.get(FROM) or part.get(TRANSLATION))} or {""}


def _due(title: Mapping[str, Any], of: str) -> set[str]:
    """Return the marks that a title bears."""
    return {f"article:{title['article']}:title"} if title["article"] else {f"{of}:title", f"{of}:term"}
