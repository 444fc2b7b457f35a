"""Read a list of addresses from a table (CSV)."""

import csv
from pathlib import Path

from digest.errors import ArticleError
from digest.ingest.addresses import tidy_address
from digest.ingest.decode import load_source

__all__ = ["read_addresses"]

_MOST = 10_000


def read_addresses(path: Path) -> tuple[str, ...]:
    """Return the addresses of a table, each once: in each row the first cell that is one.

    Raises:
        ArticleError: it holds none, or more than a run can fetch.
    """
    lines = load_source(path, html=False).splitlines()
    separator = max(",;\t", key="\n".join(lines[:50]).count)
    try:
        rows = list(csv.reader(lines, delimiter=separator))
    except csv.Error as error:
        raise ArticleError(path, f"no table that can be read: {error}") from error
    found = dict.fromkeys(url for row in rows if (url := next(filter(None, map(tidy_address, row)), None)))
    if not found:
        raise ArticleError(path, "no address in it; expected a column of addresses that start with https:// or http://")
    if len(found) > _MOST:
        raise ArticleError(path, f"more than {_MOST:,} addresses; part the file")
    return tuple(found)
