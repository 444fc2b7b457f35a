"""Build the site somewhere else, prove it, and only then put it in the place of the old one."""

import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

from digest.errors import ProofError, SettingsError, SiteError
from digest.locking import alone_in
from digest.manifest import MANIFEST, site_hash
from digest.pages import Written, stamp_of, write_pages
from digest.pipeline import refuse_warnings
from digest.running import PLAIN, Runner, Store, anew_beside, timed
from digest.settings import load_settings

__all__ = ["Workplace", "publish_site", "refuse_foreign"]

log = logging.getLogger(__name__)
SCHEMA_TITLE = "The data that a digest publishes"
"""Stands in `data/schema.json` of every site that this program built."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """The folders of one build."""

    root: Path
    """The folder of the digest, with mkdocs.yml."""
    content: Path
    output: Path
    """The site."""

    @property
    def build(self) -> Path:
        """Working files, beside the site so that they can be moved into its place."""
        return self.output.parent / "build"

    @property
    def new(self) -> Path:
        """The site while it is built and proven."""
        return self.build / f"{self.output.name}-new"

    @property
    def old(self) -> Path:
        """The former site while the new one takes its place."""
        return self.build / f"{self.output.name}-old"

    @property
    def pages(self) -> Path:
        """The generated Markdown."""
        return self.build / "pages"

    @property
    def memory(self) -> Path:
        """What engines made of sentences: costly to lose, never wrong to lose."""
        return self.build / "translations"

    @property
    def kept(self) -> Path:
        """Results of earlier builds, which may be lost at any time."""
        return self.build / "cache"

    @property
    def preview(self) -> tuple[Path, Path, Path]:
        """The pages of a preview, its site, and its next site while it is built."""
        return self.build / "preview" / "pages", self.build / "preview" / "site", self.build / "preview" / "site-next"

    @property
    def caches(self) -> tuple[Path, ...]:
        """What builds and previews left in the working folder, and may hold words of any article; what tells that it is ours last."""
        left = ((self.pages, self.new, self.old), self.preview)
        stamped = [(*folders, stamp_of(folders[0])) for folders in left]
        found = tuple(path for paths in stamped if paths[-1].is_file() for path in paths)
        return *(folder for folder in (self.kept, anew_beside(self.kept)) if Store(folder).is_ours), *found


def publish_site(place: Workplace, *, strict: bool = False, publishing: bool = False, runner: Runner = PLAIN) -> Written:
    """Build the site of a content folder, verify it and put it in place; on any error the old site stays.

    Raises:
        DigestError: what was wrong; `ProofError` where the built site says what its sources do not.
    """
    refuse_foreign(place)
    with alone_in(place.build):
        return _publish(place, runner, strict=strict, publishing=publishing)


def _publish(place: Workplace, runner: Runner, *, strict: bool, publishing: bool) -> Written:
    from digest.mkdocs_plugin import Place, read_frame, read_shell
    from digest.site import build_site
    from digest.verify import verify_site

    missing = _anonymous(place.content)
    if publishing and missing:
        raise SettingsError(place.content / "digest.yml", f"{missing[0]} is missing; readers must learn who answers for a published site")
    _repair(place)
    frame = read_frame(place.root, place.content)
    content = place.content.resolve()
    built = Place(place.root.resolve(), content, place.pages.resolve(), strict=strict)
    written = write_pages(content, built.root, built.pages, place.memory, frame=frame, runner=runner)
    if strict:
        refuse_warnings(written.warnings)
    for warning in written.warnings:
        log.warning("%s", warning)
    if missing:
        log.info("for preview only: digest.yml names no %s", " and no ".join(missing))
    for note in written.notes:
        log.info("%s", note)
    settings = load_settings(content, frame=frame)
    shell = read_shell(built, settings)
    key = runner.keys.of("site", runner.program, settings, written, shell)
    if _stands(place.output, key, runner):
        log.info("nothing changed since the site was built and proven")
        return written
    log.info("building the site")
    new = place.new.resolve()
    build_site(built, new, place.memory, settings, written, shell, runner, place.output.resolve())
    log.info("proving every sentence")
    with timed("prove"):
        findings = verify_site(new, place.content, frame=frame, root=place.root, memory=place.memory, runner=runner)
    if findings:
        raise ProofError(findings)
    _swap(place)
    if runner.store:
        runner.store.write(key, site_hash(place.output, runner.hashes))
    return written


def _stands(site: Path, key: str, runner: Runner) -> bool:
    """Return whether the very site that was once built and proven from the same is still there, file by file."""
    with timed("compare"):
        known = runner.store.read(key) if runner.store else None
        return known is not None and (site / MANIFEST).is_file() and site_hash(site, runner.hashes) == known


def _anonymous(content: Path) -> list[str]:
    """Return what `digest.yml` does not say of who answers for the site."""
    settings = load_settings(content)
    return [key for key in ("publisher", "contact") if not getattr(settings, key)]


def _repair(place: Workplace) -> None:
    """Mend what a killed build left: if it died between its two renames, the old site goes back."""
    if place.old.is_dir() and not place.output.exists():
        place.old.rename(place.output)
    for left in (place.old, place.new):
        shutil.rmtree(left, ignore_errors=True)


def refuse_foreign(place: Workplace) -> None:
    """Refuse a place that holds anything but a site of ours.

    Raises:
        SiteError: it does.
    """
    if place.output.resolve() == place.build.resolve():
        raise SiteError(f"{place.output}: working files go there; name another place with --output")
    if place.output.exists() and not (place.output.is_dir() and (_is_site(place.output) or not any(place.output.iterdir()))):
        raise SiteError(f"{place.output} holds something that is not a site of this program; name another place with --output")


def _is_site(folder: Path) -> bool:
    """Return whether a folder holds a site that this program built: its data are described by our schema."""
    schema = folder / "data" / "schema.json"
    return (folder / "sitemap.xml").is_file() and schema.is_file() and SCHEMA_TITLE in schema.read_text("utf-8", "replace")


def _swap(place: Workplace) -> None:
    """Put the new site in the place of the old: two renames, since a folder that is not empty cannot be renamed over."""
    try:
        if place.output.exists():
            place.output.rename(place.old)
        place.new.rename(place.output)
    except OSError as error:
        raise SiteError(f"{place.output}: the new site could not be moved here: {error.strerror}") from error
    shutil.rmtree(place.old, ignore_errors=True)
