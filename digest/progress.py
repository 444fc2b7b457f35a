"""Show how far long work has come: a bar on a terminal, plain lines elsewhere."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic
from typing import Any, TypeVar

import click

__all__ = ["Progress", "show_made", "show_pages", "show_progress"]

log = logging.getLogger(__name__)
T = TypeVar("T")

Progress = Callable[[Iterable[Any], int, str], Iterator[Any]]
"""Passes on what an iterable yields, of which the length is known, and shows how far it has come; the text says what it is."""


def show_progress(sentences: Iterable[Any], count: int, label: str) -> Iterator[Any]:
    """Pass on sentences and show how many a second are done."""
    start = monotonic()
    if sys.stderr.isatty():
        done = [0]

        def speed(_: Any) -> str:
            return f"{_rate(done[0], start)} sentences/s"

        with click.progressbar(sentences, length=count, label=label, file=sys.stderr, show_pos=True, item_show_func=speed) as bar:
            for sentence in bar:
                done[0] += 1
                yield sentence
        return
    many = f"{count} sentence{'' if count == 1 else 's'}"
    log.info("%s: translating %s", label, many)
    yield from sentences
    log.info("%s: %s translated, %s a second", label, many, _rate(count, start))


def show_pages(pages: Iterator[Any], count: int) -> Iterator[Any]:
    """Pass on pages that are fetched, and show how many are left."""
    if count and sys.stderr.isatty():
        with click.progressbar(pages, length=count, label="pages", file=sys.stderr, show_pos=True) as bar:
            yield from bar
        return
    if count:
        log.info("fetching %s", f"{count} page{'' if count == 1 else 's'}")
    yield from pages


def show_made(batches: Iterable[T], sizes: Sequence[int], label: str) -> Iterator[T]:
    """Pass on the results of batches of these sizes, and show how many items are made."""
    if sys.stderr.isatty():
        with click.progressbar(length=sum(sizes), label=label, file=sys.stderr, show_pos=True) as bar:
            for batch, size in zip(batches, sizes, strict=True):
                bar.update(size)
                yield batch
        return
    log.info("%s: %s to make", label, sum(sizes))
    yield from batches


def _rate(count: int, start: float) -> str:
    return f"{count / max(monotonic() - start, 0.001):.0f}"
