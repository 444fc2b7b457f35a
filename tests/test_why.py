"""Why things stand together: shared days with the year that is known, and the nearest article left out."""

from pathlib import Path

import pytest

from digest.group import weigh_groups
from digest.linkage import Pairs
from digest.models import Article, When, Why
from digest.why import NEAR, explain_groups


def article(ident: str, text: str, published: str | None = None) -> Article:
    return Article(id=ident, path=Path(f"{ident}.md"), title="News", text=text, lang="en",
                   published=When.parse(published) if published else None)


def explain(groups: list[list[int]], articles: list[Article], pairs: Pairs) -> tuple[Why, ...]:
    members = [(a,) for a in articles]
    return explain_groups(groups, members, *weigh_groups(members), pairs, "en")


@pytest.mark.parametrize(("rows", "days"), [
    ([("x", "2024-05-06"), ("x", "2024-05-06")], ("2024-05-06",)),
    ([("It fell on May 6.", None), ("It fell on 6 May.", None)], ("--05-06",)),
    ([("It fell on May 6.", None), ("x", "2024-05-06")], ("2024-05-06",)),
    ([("x", "2024-05-06"), ("x", "2023-05-06")], ("--05-06",)),
    ([("It fell on May 6.", "2024-05-07"), ("It rose on May 8.", "2024-05-09")], ()),
    ([("On May 6.", None), ("On May 6.", None), ("On May 8.", None), ("On May 8.", None)], ()),
    ([("On May 6 and Nov. 2.", "2024-05-06"), ("On Nov. 2.", "2024-05-06"), ("On Nov. 2.", None)], ("--11-02", "2024-05-06")),
    ([("On May 6.", "2024-05-06")], ()),
], ids=["published", "named", "named-and-published", "two-years", "no-day-of-both", "no-day-of-most", "of-most", "alone"])
def test_days(rows: list[tuple[str, str | None]], days: tuple[str, ...]) -> None:
    articles = [article(f"a{n}", *row) for n, row in enumerate(rows)]
    (why,) = explain([list(range(len(rows)))], articles, {})
    assert why.days == days


def test_the_score_is_the_average_over_all_pairs() -> None:
    articles = [article(f"a{n}", "A bridge.") for n in range(4)]
    found = explain([[0, 1, 2], [3]], articles, {(0, 1): 0.9, (1, 2): 0.6, (2, 3): 0.9})
    assert [why.score for why in found] == [pytest.approx(0.5), 1.0]


def test_nearest_is_the_article_outside_that_is_most_alike_on_the_average() -> None:
    articles = [article(f"a{n}", "A bridge.") for n in range(5)]
    found = explain([[0, 1], [2, 3], [4]], articles, {(0, 1): 0.9, (2, 3): 0.9, (0, 2): 0.4, (1, 2): 0.2, (0, 3): 0.5, (3, 4): NEAR / 2})
    assert [(w.nearest.article.id, round(w.nearest.score, 3)) if w.nearest else None for w in found] == [("a2", 0.3), ("a0", 0.45), None]


def test_of_equals_the_first_is_nearest() -> None:
    articles = [article(f"a{n}", "A bridge.") for n in range(3)]
    nearest = explain([[0], [1], [2]], articles, {(0, 2): 0.3, (0, 1): 0.3})[0].nearest
    assert nearest
    assert nearest.article.id == "a1"
