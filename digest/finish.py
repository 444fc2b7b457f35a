"""What a site needs after MkDocs has written it: steps that read the built pages, in this order."""

from collections.abc import Iterable
from pathlib import Path

from digest.manifest import write_manifest
from digest.policy import read_scripts, write_policies
from digest.search import write_search
from digest.settings import Settings
from digest.tidy import tidy_pages

__all__ = ["finish_site"]


def finish_site(site: Path, settings: Settings, theme: Iterable[Path], *, served: bool = False) -> None:
    """Finish a site that MkDocs has just built with the templates in the folders of a theme.

    A site that is `served` as a preview has no policy: the server puts a script of its own into each page, another one each time.

    Raises:
        SiteError: a step could not be done.
    """
    tidy_pages(site)
    write_search(site, settings)
    if not served:
        write_policies(site, read_scripts(theme))
    write_manifest(site)
