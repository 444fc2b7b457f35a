"""What a site needs after MkDocs has written it: steps that read the built pages, in this order."""

from collections.abc import Callable
from pathlib import Path

from digest.settings import Settings

__all__ = ["finish_site"]

_STEPS: tuple[Callable[[Path, Settings], None], ...] = ()


def finish_site(site: Path, settings: Settings) -> None:
    """Finish a site that MkDocs has just built.

    Raises:
        SiteError: a step could not be done.
    """
    for step in _STEPS:
        step(site, settings)
