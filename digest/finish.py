"""What a site needs after MkDocs has written it: steps that read the built pages, in this order."""

from pathlib import Path

from digest.search import write_search
from digest.settings import Settings
from digest.tidy import tidy_pages

__all__ = ["finish_site"]


def finish_site(site: Path, settings: Settings) -> None:
    """Finish a site that MkDocs has just built.

    Raises:
        SiteError: a step could not be done.
    """
    tidy_pages(site)
    write_search(site, settings)
