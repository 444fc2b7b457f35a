"""Hold the files of a site against what is due: pages, data, the list of addresses and the theme's own files, nothing else."""

import gzip
import re
import zlib
from collections.abc import Collection, Iterable
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from digest.templating import template_folders
from digest.verify.evidence import Evidence

__all__ = ["check_files", "check_sitemap", "find_home", "read_scripts", "theme_folders"]

_SCHEMA = "data/schema.json"
_PACKAGED_SCHEMA = Path(__file__).parent.parent / "schema.json"
_PAGES = {"index.html", "404.html"}
_SITEMAP = re.compile(r'<\?xml version="1\.0" encoding="UTF-8"\?>\s*<urlset xmlns="http://www\.sitemaps\.org/schemas/sitemap/0\.9"'
                      r' xmlns:xhtml="http://www\.w3\.org/1999/xhtml">\s*'
                      r"(?:<url>\s*<loc>[^<]*</loc>\s*(?:<lastmod>\d{4}-\d\d-\d\d</lastmod>\s*)?"
                      r'(?:<xhtml:link rel="alternate" hreflang="[A-Za-z-]{1,35}" href="[^"<]*"/>\s*)*</url>\s*)*</urlset>\s*')
_LINK = re.compile(r'hreflang="([^"]*)" href="([^"]*)"')
_ROOT = re.compile(r"(?:https?://[^\s/?#%]+)?/[^\s?#%]{0,200}")


def theme_folders(root: Path) -> tuple[Path, ...]:
    """Return where the files of the theme lie: the digest's own folder, that of the program, that of Material."""
    own = [folder / "theme" for folder in template_folders(root)]
    found = find_spec("material")
    material = [Path(place) / "templates" for place in (found.submodule_search_locations or ())] if found else []
    return tuple(folder for folder in (*own, *material) if folder.is_dir())


def read_scripts(theme: Iterable[Path]) -> str:
    """Return the text of the theme's templates that hold scripts."""
    places = [path for folder in theme for path in (folder, folder / "partials" / "javascripts")]
    return "\n".join(path.read_text("utf-8") for place in places for path in sorted(place.glob("*.html")))


def check_files(paths: Iterable[Path], evidence: Evidence, feeds: Collection[str] = ()) -> None:
    """Check that every file of the site is due, as `feeds` are, and that the data that each site has are there."""
    for path in paths:
        name = path.relative_to(evidence.site).as_posix()
        if path.is_symlink():
            evidence.fault(path, "is a link to another file or folder")
        elif not path.is_dir() and name not in feeds and not _is_due(name, path, evidence):
            problem = "is not the program's schema" if name == _SCHEMA else "is no page, no data, no feed and no file of the theme"
            evidence.fault(path, problem)
    for name in (_SCHEMA, *(f"{tree}data/index.json" for tree in evidence.trees)):
        if not (evidence.site / name).is_file():
            evidence.fault(evidence.site / name, "is missing")


def _is_due(name: str, path: Path, evidence: Evidence) -> bool:
    if name == _SCHEMA:
        return path.read_bytes() == _PACKAGED_SCHEMA.read_bytes()
    folder, _, last = name.removeprefix(evidence.tree_of(name)).rpartition("/")
    if name in {"sitemap.xml", "sitemap.xml.gz"} or (folder, last) == ("data", "index.json"):
        return True
    if folder == "data/topics":
        return last.removesuffix(".json") in evidence.slugs and last.endswith(".json")
    return last == "index.html" or name in _PAGES or _is_theme(name, path, evidence.theme)


def _is_theme(name: str, path: Path, theme: Iterable[Path]) -> bool:
    """Return whether a file is one of the theme, byte for byte."""
    twins = [folder / name for folder in theme]
    return any(twin.is_file() and twin.stat().st_size == path.stat().st_size and twin.read_bytes() == path.read_bytes() for twin in twins)


def check_sitemap(evidence: Evidence) -> None:
    """Check that the list of addresses for search engines lists pages of the site and nothing else, packed or not."""
    path, packed = evidence.site / "sitemap.xml", evidence.site / "sitemap.xml.gz"
    raw = path.read_bytes() if path.is_file() else b""
    text = raw.decode(errors="replace")
    places = _listed(text)
    home = min(places, key=len, default="")
    if raw and not _SITEMAP.fullmatch(text):
        evidence.fault(path, "is not a plain list of addresses")
    elif places and not _ROOT.fullmatch(home):
        evidence.fault(path, f"“{home[:80]}” is not the address of a site")
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
    if packed.is_file() and _unpack(packed, len(raw)) != raw:
        evidence.fault(packed, "does not hold what sitemap.xml holds")


def find_home(site: Path) -> str:
    """Return the address of a site as its list of addresses tells it; nothing where it lists none."""
    path = site / "sitemap.xml"
    return min(_listed(path.read_text("utf-8", "replace")), key=len, default="") if path.is_file() else ""


def _listed(text: str) -> list[str]:
    return [unescape(place) for place in re.findall("<loc>([^<]*)</loc>", text)]


def _unpack(path: Path, size: int) -> bytes | None:
    try:
        with gzip.open(path) as file:
            return file.read(size + 1)
    except (OSError, EOFError, zlib.error):
        return None
