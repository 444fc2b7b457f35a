"""The words of help that stand beside a quotation, never in it: which day it means, and what was left out before it.

A day is told only where the sentence leaves no doubt (`weekdays`); no help is better than a wrong day. All aids follow from the
quotation and its article alone, so that whoever checks a page can find them again.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from digest.connectives import connective_before
from digest.dates.weekdays import spoken_days
from digest.days import days_apart, stated_days
from digest.models import Aid, Citation
from digest.readable import inside_quotation

__all__ = ["aids_of", "date_aids"]

_WEEK = 7.5
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")


def aids_of(citation: Citation) -> tuple[Aid, ...]:
    """Return all aids of a quotation, in the order of their places."""
    return (*_connective_aids(citation), *date_aids(citation))


def _connective_aids(citation: Citation) -> tuple[Aid, ...]:
    """Return the connective left out right before a quotation; each page shows it as "[…]"."""
    left_out = connective_before(citation.article.text, citation.start, citation.article.lang)
    return (Aid(0, "connective", left_out, "stated"),) if left_out else ()


def date_aids(citation: Citation) -> tuple[Aid, ...]:
    """Return the days that words of a quotation mean, each right after its word; none where the article has no date.

    A weekday is the last one up to the day of publication, in the source's own zone. Left alone are direct speech, days
    to come, habits ("Mondays"), names ("Black Friday"), and days that the sentence dates itself.
    """
    published, quote = citation.article.published, citation.quote
    years = set(map(int, _YEAR.findall(quote)))
    if published is None or inside_quotation(citation.article.text, citation.start) or years - {published.day.year}:
        return ()
    found = list(spoken_days(quote, citation.article.lang, published.day))
    clear = [day for day in found if all(abs(day.index - o.index) > 1 or day.shift == o.shift for o in found)]
    doubled = {(day.index - 1, day.shift) for day in clear}
    last = [(day.end, published.day + timedelta(day.shift)) for day in clear if (day.index, day.shift) not in doubled]
    return tuple(Aid(end, "date", day.isoformat(), "published") for end, day in last if not _contradicts(citation, day))


def _contradicts(citation: Citation, day: date) -> bool:
    """Return whether the quotation names another day of the same week with its month: then one of the two is not what it seems."""
    stated = stated_days(replace(citation.article, text=citation.quote, sentences=()))
    gaps = [days_apart([other], day) for other in stated if other != (day.month, day.day)]
    return any(gap is not None and gap < _WEEK for gap in gaps)
