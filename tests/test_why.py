"""Why things stand together: shared days with the year that is known, and the nearest article left out."""

from pathlib import Path

import numpy as np
import pytest
from linking import Pairs

from digest.models import Article, When
from digest.vectors import Scores
from digest.why import find_nearest, named_days, shared_days


def article(ident: str, text: str, published: str | None = None) -> Article:
    return Article(id=ident, path=Path(f"{ident}.md"), title="News", text=text, lang="en",
                   published=When.parse(published) if published else None)


@pytest.mark.parametrize(("rows", "days"), [
    ([("x", "2024-05-06"), ("x", "2024-05-06")], ("2024-05-06",)),
    ([("It fell on May 6.", None), ("It fell on 6 May.", None)], ("--05-06",)),
    ([("It fell on May 6.", "2024-05-07"), ("x", "2024-05-06")], ("2024-05-06",)),
    ([("x", "2024-05-06"), ("x", "2023-05-06")], ()),
    ([("It fell on May 6.", "2024-05-07"), ("It rose on May 8.", "2024-05-09")], ()),
    ([("On May 6 it rained.", "2024-05-06")], ()),
], ids=["published", "named", "named-and-published", "two-years", "no-day-of-both", "alone"])
def test_days(rows: list[tuple[str, str | None]], days: tuple[str, ...]) -> None:
    assert shared_days([sorted(named_days(article(f"a{n}", *row))) for n, row in enumerate(rows)]) == days


@pytest.mark.parametrize(("groups", "pairs", "expected"), [
    ([[0, 1], [2, 3]], {(0, 1): 0.9, (0, 2): 0.4, (1, 2): 0.2, (0, 3): 0.5}, [(2, 0.3), (0, 0.45)]),
    ([[0], [1], [2], [3]], {(0, 2): 0.3, (0, 1): 0.3}, [(1, 0.3), (0, 0.3), (0, 0.3), None]),
    ([[0, 1], [2], [3]], {(0, 1): 0.9}, [None, None, None]),
    ([[0], [1], [2, 3]], {(0, 1): 0.25, (1, 2): 0.48, (1, 3): 0.0}, [(1, 0.25), (2, 0.48), None]),
], ids=["on-the-average", "of-equals-the-first", "nothing-alike", "less-than-half-of-what-joins"])
def test_nearest(groups: list[list[int]], pairs: Pairs, expected: list[tuple[int, float] | None]) -> None:
    rows = np.array([(a, b, value) for (a, b), value in sorted(pairs.items())])
    found = find_nearest(groups, Scores(rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2]), 0.5, np.ones(4))
    assert [(near[0], round(near[1], 3)) if near else None for near in found] == expected
