"""Hold the files of a site against what is due: pages, data, the list of addresses and the theme's own files, nothing else."""

import gzip
import json
import re
import zlib
from collections.abc import Collection, Iterable
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from digest.data import manifest_data
from digest.files import scan
from digest.manifest import MANIFEST, list_files
from digest.search.shelf import FOLDER
from digest.sitemap import LARGEST, LONGEST, name_part
from digest.tables import TABLES
from digest.verify.datafile import once, rows
from digest.verify.evidence import Evidence

__all__ = ["check_files", "check_manifest", "check_sitemap", "read_address"]

_SCHEMA = "data/schema.json"
_PACKAGED_SCHEMA = Path(__file__).parent.parent / "schema.json"
_PAGES = {"index.html", "404.html"}
_SITEMAP = re.compile(r'<\?xml version="1\.0" encoding="UTF-8"\?>\s*<urlset xmlns="http://www\.sitemaps\.org/schemas/sitemap/0\.9"'
                      r' xmlns:xhtml="http://www\.w3\.org/1999/xhtml">\s*'
                      r"(?:<url>\s*<loc>[^<]*</loc>\s*(?:<lastmod>\d{4}-\d\d-\d\d</lastmod>\s*)?"
                      r'(?:<xhtml:link rel="alternate" hreflang="[A-Za-z-]{1,35}" href="[^"<]*"/>\s*)*</url>\s*)*</urlset>\s*')
_INDEX = re.compile(r'<\?xml version="1\.0" encoding="UTF-8"\?>\s*<sitemapindex xmlns="http://www\.sitemaps\.org/schemas/sitemap/0\.9">\s*'
                    r"(?:<sitemap>\s*<loc>[^<]*</loc>\s*(?:<lastmod>\d{4}-\d\d-\d\d</lastmod>\s*)?</sitemap>\s*)+</sitemapindex>\s*")
_PART = re.compile(r"sitemap-[1-9]\d{0,5}\.xml\.gz")
_PLACE = re.compile("<loc>([^<]*)</loc>")
_LINK = re.compile(r'hreflang="([^"]*)" href="([^"]*)"')
_CANONICAL = re.compile(r'<link rel="canonical" href="(https?://[^"\s]*/)">')
_ROOT = re.compile(r"(?:https?://[^\s/?#%]+)?/[^\s?#%]{0,200}")


def read_address(site: Path) -> str:
    """Return the address of a site as its front page states it; nothing where it states none."""
    found = _CANONICAL.search((site / "index.html").read_text("utf-8", "replace"))
    return unescape(found[1]) if found else ""


def check_files(evidence: Evidence, feeds: Collection[str] = ()) -> None:
    """Check that every file of the site is due, as `feeds` are, and that the data that each site has are there."""
    for name, entry in sorted(scan(evidence.site), key=lambda row: row[0].split("/")):
        path = evidence.site / name
        if entry.is_symlink():
            evidence.fault(path, "is a link to another file or folder")
        elif entry.is_file() and name not in evidence.hashes:
            evidence.fault(path, "came while the site was being proven; prove it again")
        elif not entry.is_file() or (name not in feeds and not _is_due(name, path, evidence)):
            problem = "is not the program's schema" if name == _SCHEMA else "is no page, no data, no feed and no file of the theme"
            evidence.fault(path, problem)
    for name in (_SCHEMA, MANIFEST, *(f"{tree}data/index.json" for tree in evidence.trees)):
        if not (evidence.site / name).is_file():
            evidence.fault(evidence.site / name, "is missing")


def _is_due(name: str, path: Path, evidence: Evidence) -> bool:
    if name.startswith(f"{FOLDER}/"):
        return True  # check_search looks at each of them
    if name == _SCHEMA:
        return path.read_bytes() == _PACKAGED_SCHEMA.read_bytes()
    if _PART.fullmatch(name):
        return f"/{name}</loc>" in (evidence.site / "sitemap.xml").read_text("utf-8", "replace")
    folder, _, last = name.removeprefix(evidence.tree_of(name)).rpartition("/")
    if name in {"sitemap.xml", "sitemap.xml.gz", MANIFEST} or (folder, last) == ("data", "index.json"):
        return True
    if folder == "data/topics":
        slug, _, kind = last.partition(".")
        return slug in evidence.slugs and kind in {"json", *(f"{table}.csv" for table in TABLES)}
    return last == "index.html" or name in _PAGES or _is_theme(name, path, evidence.theme)


def _is_theme(name: str, path: Path, theme: Iterable[Path]) -> bool:
    """Return whether a file is one of the theme, byte for byte."""
    twins = [folder / name for folder in theme]
    return any(twin.is_file() and twin.stat().st_size == path.stat().st_size and twin.read_bytes() == path.read_bytes() for twin in twins)


def check_sitemap(evidence: Evidence) -> None:
    """Check that the list of addresses for search engines, or the lists of its index, name pages of the site and nothing else."""
    path, packed = evidence.site / "sitemap.xml", evidence.site / "sitemap.xml.gz"
    raw = path.read_bytes() if path.is_file() else b""
    text = raw.decode(errors="replace")
    if packed.is_file() and _unpack(packed, len(raw)) != raw:
        evidence.fault(packed, "does not hold what sitemap.xml holds")
    named = [unescape(place) for place in _PLACE.findall(text)] if _INDEX.fullmatch(text) else []
    parts = {part: _read_part(part) for part in (evidence.site / name_part(number) for number in range(1, 1 + len(named)))}
    lists = parts or {path: text}
    home = min((unescape(place) for found in lists.values() for place in _PLACE.findall(found)), key=len, default="")
    if named != [f"{home}{part.name}" for part in parts]:
        evidence.fault(path, "is not an index of the lists of this site, in their order")
    for place, found in lists.items():
        _check_list(place, found, home, evidence)


def _read_part(path: Path) -> str:
    """Return a packed list; nothing where it is none, or too large."""
    found = _unpack(path, LARGEST)
    return found.decode(errors="replace") if found and len(found) <= LARGEST else ""


def _check_list(path: Path, text: str, home: str, evidence: Evidence) -> None:
    """Check one list of addresses; `home` is that of the site."""
    places = [unescape(place) for place in _PLACE.findall(text)]
    if (text or path.name != "sitemap.xml") and not _SITEMAP.fullmatch(text):
        evidence.fault(path, "is not a plain list of addresses")
    elif places and not _ROOT.fullmatch(home):
        evidence.fault(path, f"“{home[:80]}” is not the address of a site")
    elif len(places) > LONGEST:
        evidence.fault(path, f"lists {len(places)} addresses; {LONGEST} are allowed")
    for place in places:
        listed = evidence.pages.get(unquote(place.removeprefix(home))) if place.startswith(home) else None
        if listed is None:
            evidence.fault(path, f"“{place[:80]}” is no page of the site")
        elif listed.fallen:
            evidence.fault(path, f"“{place[:80]}” is told in another language than its address says")
    for lang, place in _LINK.findall(text):
        address = unquote(unescape(place).removeprefix(home))
        page, tree = evidence.pages.get(address), evidence.tree_of(address)
        due = evidence.trees[tree] if lang != "x-default" else lang if not tree else ""
        if page is None or due != lang or page.fallen:
            evidence.fault(path, f"“{place[:80]}” is no page in the language {lang}")


def _unpack(path: Path, size: int) -> bytes | None:
    try:
        with gzip.open(path) as file:
            return file.read(size + 1)
    except (OSError, EOFError, zlib.error):
        return None


def check_manifest(evidence: Evidence) -> None:
    """Check that the manifest has the SHA-256 of every file of the site, and of every text that it is made from, and nothing else."""
    path = evidence.site / MANIFEST
    try:
        found = json.loads(path.read_bytes(), object_pairs_hook=once)
        files = {row["path"]: row for row in rows(found["files"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        evidence.fault(path, f"is not in the shape of data/schema.json ({type(error).__name__}: {error})")
        return
    due = {str(row["path"]): row for row in list_files(evidence.site, evidence.hashes)}
    for name in sorted(files.keys() | due.keys()):
        if files.get(name) != due.get(name):
            evidence.fault(path, f"does not say of {name[:120]} what is so" if name in due else f"lists {name[:120]}, which is not here")
    if found != manifest_data(evidence.articles.values()) | {"files": sorted(found["files"], key=lambda row: row["path"])} or len(
            files) < len(found["files"]):
        evidence.fault(path, "does not list the texts that the site is made from, each with its SHA-256, and the files in order")
