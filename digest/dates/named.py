"""Which days an article was published on and names: what the articles of one event may share."""

from digest.dates.stated import stated_dates
from digest.models import Article

__all__ = ["named_days"]


def named_days(article: Article) -> set[str]:
    """Return the days that an article was published on and names; without their year where nobody tells it."""
    found = stated_dates(article)
    days = {stated.date for stated in found if stated.date and stated.date.count("-") == 2}
    yearless = {stated.day_of_year for stated in found if not stated.date and stated.day_of_year and stated.day_of_year[1]}
    published = {article.published.day.isoformat()} if article.published else set()
    return days | published | {f"--{month:02}-{day:02}" for month, day in yearless}
