"""Who was first: said only where both publication times are stated and tell it."""

from collections.abc import Sequence

from digest.models import Article

__all__ = ["came_first", "first_of"]


def came_first(one: Article, other: Article) -> bool:
    """Return whether an article was certainly published before another: on an earlier day, or on the same day at an earlier time.

    Where both state a zone, moments are compared; times without one only if both are of one outlet.
    """
    if one.published is None or other.published is None:
        return False
    times = one.published.time, other.published.time
    if times[0] and times[1] and times[0].tzinfo and times[1].tzinfo:
        return times[0] < times[1]
    if one.published.day == other.published.day:
        local = times[0] and times[1] and not times[0].tzinfo and not times[1].tzinfo and one.outlet == other.outlet
        return bool(local and times[0] < times[1])  # type: ignore[operator]
    return one.published.day < other.published.day


def first_of(articles: Sequence[Article]) -> Article | None:
    """Return the article that was certainly published before all others, or is alone; None where that is not known."""
    return next((one for one in articles if all(came_first(one, other) for other in articles if other is not one)), None)
