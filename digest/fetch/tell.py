"""Tell what a fetch did: a table of the feeds, then each page that could not be used."""

from collections import Counter
from collections.abc import Iterator, Sequence

from digest.escape import visible
from digest.feed_records import health
from digest.fetch.run import Fetched

__all__ = ["tell_fetched"]

_HEAD = ("outlet", "new", "changed", "known", "refused", "state", "feed")
_STATES = {
    "failed": "not read", "moved": "moved", "broken": "not well-formed", "empty": "no entries", "undated": "no dates",
    "stale": "nothing new", "fine": "fine",
}
_LONGEST = 20
"""Pages that are named one by one; of more, the reasons are counted."""


def tell_fetched(done: Fetched) -> Iterator[str]:
    """Yield the lines that say what came of each feed, of its pages, and what an editor has to look at."""
    yield from _table([_HEAD, *(_row(done, url) for url in done.asked)])
    again = done.added.get("", [])
    if again:
        changed = sum(added.state == "updated" for added in again)
        yield f"looked at again: {len(again)} pages, of which {changed} changed"
    for url in done.asked:
        yield from _problems(done, url)
    yield from _refused(done)
    yield from (f"gone: {ident}: its outlet took the page away; read why, and if it must go: digest withdraw {ident} --reason …"
                for ident in done.gone)


def _row(done: Fetched, url: str) -> tuple[str, ...]:
    record = done.records.feeds[url]
    new, changed, refused = (done.count(url, state) for state in ("added", "updated", "refused"))
    known = sum(seen.article is not None for seen in record.seen.values()) - new - changed
    states = ", ".join(_STATES[state] for state in health(record))
    return (record.outlet, *map(str, (new, changed, known, refused)), states, visible(url))


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for row in rows:
        cells = (cell.rjust(width) if 0 < column < 5 else cell.ljust(width)
                 for column, (cell, width) in enumerate(zip(row, widths, strict=True)))
        yield "  ".join(cells).rstrip()


def _problems(done: Fetched, url: str) -> Iterator[str]:
    record = done.records.feeds[url]
    if record.problem:
        last = f"; it was read last on {record.good[:10]}" if record.good else ""
        yield f"not read: {visible(url)}: {visible(record.problem)}{last}"
    if record.moved:
        yield f"moved: {visible(url)} is now {visible(record.moved)}; write that to outlets.yml"
    yield from (f"{visible(url)}: {visible(note)}" for note in record.notes)


def _refused(done: Fetched) -> Iterator[str]:
    refused = [added for url in (*done.asked, "") for added in done.added.get(url, ()) if added.state == "refused"]
    if len(refused) <= _LONGEST:
        yield from (f"refused: {visible(added.source)}: {visible(added.problem or '')}" for added in refused)
        return
    for problem, count in Counter(added.problem or "" for added in refused).most_common():
        yield f"refused: {count} page{'' if count == 1 else 's'}: {visible(problem)}"
