"""What pages and a site need after MkDocs has made them: each page is tidied and gets its policy; then come the search and the lists."""

from collections.abc import Sequence

from digest.manifest import write_manifest
from digest.page_files import PageFile
from digest.placing import Placing
from digest.policy import ThemeScripts, add_policy
from digest.running import PLAIN, Runner
from digest.search import write_search
from digest.settings import Settings
from digest.sitemap import write_sitemap
from digest.tidy import shorten_marks, tidy_page

__all__ = ["finish_page", "finish_site"]


def finish_page(page: str, name: str, scripts: ThemeScripts | None) -> str:
    """Return a page as it is published; `scripts` are those of the theme, which alone may run.

    A page that is served as a preview has no policy (None): the server puts a script of its own into each, another one each time.

    Raises:
        SiteError: it has no place for its policy.
    """
    tidy = shorten_marks(tidy_page(page))
    return tidy if scripts is None else add_policy(tidy, name, scripts)


def finish_site(placing: Placing, settings: Settings, pages: Sequence[PageFile], runner: Runner = PLAIN) -> None:
    """Finish a site of which all pages are there: its search, its list of addresses and, last, the manifest of all its files.

    Raises:
        SiteError: a step could not be done.
    """
    write_search(placing, settings, runner)
    write_sitemap(placing.site, pages, settings)
    write_manifest(placing.site, runner.hashes)
