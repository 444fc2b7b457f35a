"""Build the site from its Markdown pages: those that changed by MkDocs, several at a time, all others as they were built before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from digest.finish import finish_site
from digest.languages import Alternate, find_alternates, page_address
from digest.mkdocs_plugin import Part, Place, Shell, build_part, build_whole
from digest.page_files import told_pages
from digest.pages import Written
from digest.placing import Placing
from digest.running import Brief, Kept, Runner, timed
from digest.settings import Settings

__all__ = ["build_site"]

_WORTH = 60
"""Pages for each process below which its start is not worth while: that takes as long as building some fifty."""


@dataclass(frozen=True, slots=True)
class _Source:
    """All that a page depends on beside what stands around all pages alike."""

    path: str
    version: str
    alternates: tuple[Alternate, ...]

    @property
    def place(self) -> str:
        """Where its page stands in the site."""
        return f"{page_address(self.path)}index.html"


def build_site(place: Place, site: Path, memory: Path, settings: Settings, written: Written, shell: Shell, runner: Runner,
               former: Path | None = None) -> None:
    """Build the site of written pages in their `shell` into `site`; `memory` is the folder of the translation memory.

    Pages that changed, or whose counterparts in other languages came or went, are built anew; where mkdocs.yml asks for what sees
    all pages together, all of them are. `former` is the site that it will replace: what is the same there is taken over.

    Raises:
        TemplateError: a template of the theme is wrong.
        SiteError: MkDocs could not build the site.
    """
    if not shell.divisible:
        build_whole(place, site, memory)
        return
    alternates = find_alternates(told_pages(written.files), settings.languages)
    sources = [_Source(file.path, file.version, alternates[file.path]) for file in written.files if file.is_page]
    build = _Build(place, settings, written.day, shell.markdown, runner, site)
    placing = Placing(site, former, runner.hashes)
    stays: Brief[_Source, str, bytes] = Brief(_version, lambda source, version: placing.has(source.place, version))
    pages = runner.briefly("pages", build, sources, settings, shell, brief=stays, worth=_WORTH)
    for source, (version, page) in zip(sources, pages, strict=True):
        build.frame()
        if page is None and not placing.keep(source.place, version):
            page, = build([source])  # somebody took it away meanwhile
        if page is not None:
            placing.put(source.place, page.encode(), version)
    for file in written.files:
        if not file.is_page:
            placing.copy(file.path, place.pages / file.path, bytes.fromhex(file.version))
    with timed("finish"):
        finish_site(placing, settings, written.files, runner)


def _version(page: str) -> bytes:
    """Return the SHA-256 of a page."""
    return sha256(page.encode()).digest()


class _Build:
    """Makes the HTML of pages, in any process.

    MkDocs takes a second to start, so the first run in this process also writes the theme's own files into `site`, which is None from then
    on: before anything else is written there, since MkDocs empties it. In other processes `site` is None from the start. What Markdown
    becomes is kept by itself, so that another look converts none.
    """

    def __init__(self, place: Place, settings: Settings, day: date | None, markdown: str, runner: Runner, site: Path | None) -> None:
        self.place, self.settings, self.day, self.markdown, self.site = place, settings, day, markdown, site
        self.runner = Runner(runner.store, program=runner.program)

    def __reduce__(self) -> tuple[Any, ...]:
        return _Build, (self.place, self.settings, self.day, self.markdown, self.runner, None)

    def __call__(self, sources: Sequence[_Source]) -> list[str]:
        """Return the HTML of pages."""
        pages: Mapping[str, Sequence[Alternate]] = {source.path: source.alternates for source in sources}
        site, self.site = self.site, None
        bodies, keys = Kept("bodies", self.runner), {source.path: self._key(source) for source in sources}
        known = {path: bodies[key] for path, key in keys.items() if key in bodies}
        part = Part(self.settings, self.day, pages, known, static=site is not None)
        with TemporaryDirectory() as nowhere:
            build_part(self.place, part, site or Path(nowhere))
        for path, body in part.converted.items():
            bodies[keys[path]] = body
        return [part.made[source.path] for source in sources]

    def _key(self, source: _Source) -> bytes:
        """Return what names the body of a page: its Markdown, and how that is converted."""
        return f"{source.path}\0{source.version}\0{self.markdown}".encode()

    def frame(self) -> None:
        """Write the theme's own files, if that is still to be done."""
        if self.site is not None:
            with timed("frame"):
                self([])
