"""What can go wrong, as one tree; every message is one line: what, where, what was expected, what to do.

DigestError
├── SettingsError     digest.yml, outlets.yml or another editors' file is wrong
├── ArticleError      one article cannot be used; it is left out and named
├── FetchError        a page or a feed could not be had from the web
├── RecordError       the ledger or an edition's record is damaged
├── TemplateError     a page's template is missing or wrong
├── TranslationError  an engine or a package cannot be used; what it would translate stays in the original
├── BusyError         another run is writing to the same folder
├── WorkerError       processes or machines that share the work cannot be used
├── InitError         a new digest cannot be made
├── SiteError         MkDocs could not build the site
├── ProofError        a published sentence does not stand in its source
└── StrictError       there were warnings, and `--strict` makes them errors
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

__all__ = [
    "ArticleError", "BusyError", "DigestError", "FetchError", "InitError", "ProofError", "RecordError", "SettingsError", "SiteError",
    "StrictError", "TemplateError", "TranslationError", "WorkerError", "at_place", "shown_path",
]


class DigestError(Exception):
    """Anything that the program reports to its user as one line."""


class WorkerError(DigestError):
    """Processes or machines that share the work cannot be used."""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def shown_path(path: Path) -> str:
    """Return the path as the user would type it: relative to where they stand, control characters escaped."""
    with suppress(ValueError):
        path = path.relative_to(Path.cwd())
    return _printable(str(path))


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def at_place(path: Path, line: int | None, problem: str) -> str:
    """Return what an error or a warning says of a place in a file."""
    return f"{shown_path(path)}{f':{line}' if line else ''}: {_one_line(problem)}"


class _PlacedError(DigestError):
    """A fault in a file."""

    def __init__(self, path: Path, problem: str, *, line: int | None = None) -> None:
        self.path = path
        self.problem = _one_line(problem)
        self.line = line
        super().__init__(at_place(path, line, problem))

    def __reduce__(self) -> tuple[Any, ...]:
        """Come whole from another process."""
        return partial(type(self), line=self.line), (self.path, self.problem)


class SettingsError(_PlacedError):
    """A file that editors write is wrong; `line` counts from 1."""


class ArticleError(_PlacedError):
    """One article cannot be used."""


class FetchError(DigestError):
    """A page or a feed could not be had from the web.

    `status` is what the server answered, where it did; `again` tells that another time it may be had.
    """

    def __init__(self, url: str, problem: str, *, status: int | None = None, again: bool = False) -> None:
        self.url = url
        self.problem = _printable(_one_line(problem))
        self.status = status
        self.again = again
        super().__init__(f"{_printable(url)}: {self.problem}")


class RecordError(_PlacedError):
    """The ledger or an edition's record is damaged."""


class TemplateError(_PlacedError):
    """A template is missing or wrong."""


class TranslationError(DigestError):
    """A translation engine or a package of it cannot be used."""


class BusyError(DigestError):
    """Another run is writing to the same folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{shown_path(folder)}: another digest is at work here; wait until it is done, or stop it")


class InitError(_PlacedError):
    """A new digest cannot be made."""


class SiteError(DigestError):
    """MkDocs could not build the site."""


class ProofError(DigestError):
    """The built site says something that its sources do not; `findings` has one line a fault."""

    def __init__(self, findings: Sequence[str]) -> None:
        self.findings = tuple(findings)
        super().__init__(f"{len(self.findings)} faults found in the site: {self.findings[0]}")


class StrictError(DigestError):
    """There were warnings where none are allowed."""

    def __init__(self, count: int) -> None:
        some = f"{count} warnings, and --strict makes errors of them"
        super().__init__("1 warning, and --strict makes an error of it" if count == 1 else some)
