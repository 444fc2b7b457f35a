"""Give an article file a new text without losing its front matter: every key stays in its place, as it is written."""

from collections.abc import Collection, Iterator

import yaml
from yaml.reader import Reader

from digest.content import normalize_text

__all__ = ["merge_files"]

_RULE = "---\n"


def merge_files(former: str, fresh: str, stated: Collection[str]) -> str:
    """Return an article file with the fresh one's text and the former one's front matter.

    In it the stated keys, and those that the former one lacks, are the fresh one's.
    """
    front, _ = _part(former)
    new_front, body = _part(fresh)
    new = dict(_rows(new_front))
    rows = [_replace(row, new.get(key, row) if key in stated else row) for key, row in _rows(front)]
    known = {key for key, _ in _rows(front)}
    return f"{_RULE}{''.join([*rows, *(row for key, row in new.items() if key not in known)])}{_RULE}{body}"


def _part(raw: str) -> tuple[str, str]:
    """Return an article file's front matter and its text."""
    front, _, text = normalize_text(raw).removeprefix(_RULE).partition(f"\n{_RULE}")
    return f"{front}\n", text


def _replace(row: str, new: str) -> str:
    """Return the new row with the comments that stand below the old one."""
    below = "" if row == new else "".join(line for line in row.splitlines(keepends=True) if line.startswith("#"))
    return new + below


def _rows(front: str) -> Iterator[tuple[str, str]]:
    """Yield each key of a front matter with all that is written from it to the next one; comments before the first have no key."""
    nodes = list(_nodes(front))
    keys, values = nodes[::2], nodes[1::2]
    before = front[:keys[0][1]].strip()
    if before.startswith("#"):
        yield "", f"{before}\n"
    for (name, start, _), (_, _, end), (_, following, _) in zip(keys, values, [*keys[1:], ("", len(front), 0)], strict=True):
        written = " ".join(front[start:end].splitlines()) if before.endswith("{") else front[start:following]
        yield name, f"{written.rstrip()}\n"


def _nodes(front: str) -> Iterator[tuple[str, int, int]]:
    """Yield the keys and values of a mapping in turn, each as a text with its start and end."""
    depth = start = 0
    for event in yaml.parse(Reader.NON_PRINTABLE.sub(" ", front), Loader=yaml.SafeLoader):
        if depth == 1 and isinstance(event, yaml.NodeEvent):
            start = _index(event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth == 1 and isinstance(event, yaml.ScalarEvent | yaml.CollectionEndEvent):
            end = _index(event.end_mark)
            yield getattr(event, "value", front[start:end]), start, end


def _index(mark: object) -> int:
    return int(getattr(mark, "index", 0))
