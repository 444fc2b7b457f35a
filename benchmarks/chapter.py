"""Write what docs/performance.md shows of build/bench.json: a table and a plot of each figure as a share of its aim.

benchmarks/chapter.py
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from measuring import ROOT

WIDTH = 18
"""Characters of a figure that just meets its aim."""
MOST = 27
"""Characters of a bar, at most; a longer one ends in `→`."""


def rows(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the rows of the table."""
    yield f"Measured on {found['machine']}{', a tenth of the size' if found['quick'] else ''}."
    yield ""
    yield "| | measured | aim |"
    yield "|---|---|---|"
    for figure in found["figures"]:
        aim = "" if figure["aim"] is None else f"≤ {figure['aim']:g}{' ' + figure['unit'] if figure['unit'] else ''}"
        missed = figure["aim"] is not None and figure["value"] > figure["aim"]
        value = f"{figure['value']:{'.3g' if figure['value'] < 999 else ',.0f'}}{' ' + figure['unit'] if figure['unit'] else ''}"
        yield f"| {figure['label'].strip()} | {f'**{value}**' if missed else value} | {aim} |"


def bars(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield for each figure that has an aim its name and a bar, where `|` stands at the aim: narrow enough for a phone."""
    aimed = [figure for figure in found["figures"] if figure["aim"]]
    for figure in aimed:
        length = round(WIDTH * figure["value"] / figure["aim"])
        bar = "█" * min(length, MOST) + ("→" if length > MOST else "")
        yield figure["key"]
        yield f"{bar[:WIDTH]:{WIDTH}}|{bar[WIDTH:]}"


def main() -> None:
    """Print the table and the plot."""
    found = json.loads((ROOT / "build" / "bench.json").read_text("utf-8"))
    print("\n".join([*rows(found), "", "```text", *bars(found), "```"]))


if __name__ == "__main__":
    main()
