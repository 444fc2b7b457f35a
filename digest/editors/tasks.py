"""The tasks of an editor's worklist, and how they are told."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from digest.data import format_json
from digest.escape import visible

__all__ = ["KINDS", "Task", "shorten", "tasks_json", "tell_tasks"]

KINDS = {
    "outlet": "Outlets that are not known or not declared",
    "date": "Articles without a date",
    "feed": "Feeds that need a look",
    "gone": "Articles whose pages are gone",
    "left-out": "Articles left out",
    "withdrawn": "Articles with the text of a withdrawn one",
    "slip": "Slips",
    "override": "Decisions that do not apply",
    "translation": "Texts that stay in the original, and translations that do not apply",
    "limit": "Articles at the limit of what may be quoted",
    "near": "Nearly one, or hardly one",
    "change": "What this build changes against what is recorded",
}
"""What a task is about, in the order of the list, and the heading over it."""
_LONGEST = 120
"""Characters of a title or quotation that are shown."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look at."""

    kind: str
    """One of `KINDS`."""
    where: str
    """The file, with the line where it is known."""
    problem: str
    do: str
    """What to do about it."""
    paste: str = ""
    """YAML to put into an editors' file, where that helps."""


def shorten(text: str) -> str:
    """Return what is shown of a text on one line."""
    shown = visible(text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST].rstrip()}…"


def tasks_json(tasks: Sequence[Task]) -> str:
    """Return the worklist as JSON."""
    return format_json({"tasks": [asdict(task) for task in tasks]}).rstrip()


def tell_tasks(tasks: Sequence[Task]) -> str:
    """Return the worklist for people, each kind under its heading."""
    if not tasks:
        return "nothing to look at"
    lines = [f"{len(tasks)} thing{'' if len(tasks) == 1 else 's'} to look at"]
    for kind, rows in groupby(tasks, key=lambda task: task.kind):
        of_kind = list(rows)
        lines += ["", f"{KINDS[kind]} ({len(of_kind)})"]
        for task in of_kind:
            lines += [f"  {visible(task.where)}: {visible(task.problem)}", f"    → {visible(task.do)}"]
            lines += [f"      {line}" for line in task.paste.splitlines()]
    return "\n".join(lines)
