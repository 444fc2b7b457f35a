"""Who was first, where that is certain."""

from pathlib import Path

import pytest

from digest.models import Article, When
from digest.precedence import came_first


def published(stated: str | None) -> Article:
    return Article(id="a", path=Path("a.md"), title="T", text="Words.", lang="en", published=When.parse(stated) if stated else None)


@pytest.mark.parametrize(("one", "other", "first"), [
    pytest.param("2031-05-12", "2031-05-13", True, id="an earlier day"),
    pytest.param("2031-05-13", "2031-05-12", False, id="a later day"),
    pytest.param("2031-05-12", "2031-05-12", False, id="one day"),
    pytest.param("2031-05-12", None, False, id="one without a date"),
    pytest.param(None, "2031-05-12", False, id="the other without a date"),
    pytest.param("2031-05-12T08:00+03:00", "2031-05-12T09:00+03:00", True, id="an earlier time"),
    pytest.param("2031-05-12T09:00+03:00", "2031-05-12T07:00+00:00", True, id="earlier in another zone"),
    pytest.param("2031-05-13T00:30+03:00", "2031-05-12T23:00+00:00", True, id="a later day there, an earlier moment"),
    pytest.param("2031-05-12T08:00", "2031-05-12T09:00", True, id="times without zones"),
    pytest.param("2031-05-12T08:00+03:00", "2031-05-12T09:00", False, id="one zone unknown, one day"),
    pytest.param("2031-05-12", "2031-05-12T09:00+03:00", False, id="one time unknown, one day"),
    pytest.param("2031-05-11", "2031-05-12T09:00+03:00", True, id="one time unknown, an earlier day"),
])
def test_only_stated_times_tell(one: str | None, other: str | None, first: bool) -> None:
    assert came_first(published(one), published(other)) == first
    assert not came_first(published(other), published(one)) or not first
