"""Bring the generated pages on disk up to date with the content: the Markdown that MkDocs reads."""

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from digest.content import write_file
from digest.desk import Desk, open_desk
from digest.files import walk
from digest.handbook import PACKAGED_DOCS
from digest.page_files import PageFile
from digest.pipeline import load_digest
from digest.render import render_pages
from digest.running import PLAIN, Hashes, Runner, program_version, timed
from digest.settings import NO_FRAME, Frame, load_settings
from digest.strays import find_strays
from digest.templating import template_folders
from digest.translate import work_through
from digest.wanted import find_wanted, with_translations

__all__ = ["Written", "stamp_of", "write_pages"]

log = logging.getLogger(__name__)
_READ = {"md", "json", "yml", "jinja", "html", "css"}
"""The kinds of files that pages are made from."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, or was found up to date."""

    day: date | None
    """The edition's day."""
    warnings: tuple[str, ...]
    left_out: int
    """Articles left out."""
    topics: int
    articles: int
    files: tuple[PageFile, ...] = ()
    """All that lies among the pages, in the order of their paths."""
    fingerprint: str = ""
    """Names all that the pages are made from, translations aside."""
    notes: tuple[str, ...] = ()
    """Why sentences stay in the original, a line each: no fault of the content."""


def stamp_of(pages: Path) -> Path:
    """Return the file that tells what the pages in a folder were made from."""
    return pages.with_name(f"{pages.name}.json")


def write_pages(content: Path, root: Path, pages: Path, memory: Path, *, drafts: bool = False, frame: Frame = NO_FRAME,
                runner: Runner = PLAIN) -> Written:
    """Write the pages of a content folder's digest into `pages`, unless they are there and nothing changed since.

    What is new is translated, and remembered in the folder `memory`. A stamp stands beside the pages as long as any of them does,
    and tells that they are ours.

    Raises:
        DigestError: settings, records or templates are wrong; the pages stay as they were.
    """
    stamp = stamp_of(pages)
    desk = open_desk(load_settings(content, frame=frame), content, memory)
    fingerprint = _fingerprint(content, root, f"{drafts} {frame} {list(find_strays(content))}", runner.hashes)
    if not runner.anew and pages.is_dir() and (known := _read_stamp(stamp, fingerprint, pages, desk, runner.hashes)):
        return known
    log.info("reading and grouping the articles of %s", content.name)
    with timed("analyze"):
        digest, warnings = load_digest(content, drafts=drafts, frame=frame, runner=runner)
    with timed("translate"):
        wanted = find_wanted(digest)
        work = work_through(wanted, desk)
    with timed("render"):
        here = runner.hashes.all_of(pages)
        described = _synchronize(pages, here, render_pages(with_translations(digest, work.told), root, runner, here), stamp)
    topics, pairs = digest.edition.topics, sorted({(one.lang, lang) for lang, originals in wanted.items() for one in originals})
    written = Written(digest.edition.day, (*warnings, *desk.warnings), len(digest.edition.left_out), len(topics), len(digest.articles),
                      described, fingerprint, work.problems)
    facts = asdict(written) | {"day": written.day.isoformat() if written.day else None}
    write_file(stamp, json.dumps({"pairs": pairs, "translations": desk.fingerprint(pairs), "written": facts}))
    return written


def _read_stamp(path: Path, fingerprint: str, pages: Path, desk: Desk, hashes: Hashes) -> Written | None:
    """Return what the stamp says that was written, where it is all there and would be written again."""
    try:
        found = json.loads(path.read_text("utf-8"))
        pairs = [(source, target) for source, target in found["pairs"]]
        facts = found["written"]
        if facts["fingerprint"] != fingerprint or found["translations"] != desk.fingerprint(pairs):
            return None
        day = date.fromisoformat(facts["day"]) if facts["day"] else None
        files = tuple(PageFile(**file) for file in facts["files"])
        if {file.path: file.version for file in files} != {name: found.hex() for name, found in hashes.all_of(pages).items()}:
            return None
        return Written(day, tuple(facts["warnings"]), facts["left_out"], facts["topics"], facts["articles"], files,
                       fingerprint, tuple(facts["notes"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _fingerprint(content: Path, root: Path, options: str, hashes: Hashes) -> str:
    """Return a hash of everything the pages are made from: content, templates, this program, options."""
    seen = hashlib.sha256(options.encode())
    for number, (name, path) in enumerate(_inputs(content, root)):
        seen.update(f"\0{number} {name}\0".encode(errors="surrogateescape"))
        try:
            seen.update(hashes.of(path))
        except OSError:
            seen.update(b"unreadable")
    seen.update(program_version().encode())
    return seen.hexdigest()


def _inputs(content: Path, root: Path) -> Iterator[tuple[str, str]]:
    """Yield what pages are made from: the place of each file from its folder, since wherever that lies the pages are the same; its path."""
    for name in ("digest.yml", "outlets.yml", "overrides.yml", "withdrawn.yml", "ledger.json", "feeds.json"):
        if (content / name).is_file():
            yield name, str(content / name)
    for folder in (content / "articles", content / "editions", content / "versions", *template_folders(root), PACKAGED_DOCS):
        yield from sorted(row for row in walk(folder) if row[0].rpartition(".")[2] in _READ)


def _synchronize(pages: Path, here: Mapping[str, bytes], files: Iterable[tuple[PageFile, str | None]], stamp: Path) -> tuple[PageFile, ...]:
    """Make a folder that holds files of these SHA-256 hold exactly some files, and tell of them in the order of their paths.

    What is right already is not touched. From the first file on, the stamp says that the pages are ours, and not yet what they are made
    from.
    """
    due: dict[str, PageFile] = {}
    for file, text in files:
        if not due:
            write_file(stamp, "{}")
        due[file.path] = file
        if text is not None and here.get(file.path) != bytes.fromhex(file.version):
            write_file(pages / file.path, text)
    for name in here.keys() - due.keys():
        path = pages / name
        path.unlink(missing_ok=True)  # what a killed build left beside a page is gone when that is written
        for folder in path.parents:
            if folder == pages or any(folder.iterdir()):
                break
            folder.rmdir()
    return tuple(due[name] for name in sorted(due))
