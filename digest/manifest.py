"""The manifest of a site: the SHA-256 of every file and of every text that it is made from, so that anybody can check a copy."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from digest.content import write_file
from digest.data import format_json
from digest.running import Hashes

__all__ = ["MANIFEST", "list_files", "site_hash", "write_manifest"]

MANIFEST = "data/manifest.json"
"""Where it stands in a site: it lists every file but itself."""


def list_files(site: Path, hashes: Mapping[str, bytes]) -> Iterator[dict[str, object]]:
    """Yield every file of a site with its SHA-256, which are known, in the order of their paths."""
    for name, found in sorted(hashes.items()):
        if name != MANIFEST:
            yield {"path": name, "bytes": (site / name).stat().st_size, "sha256": found.hex()}


def site_hash(site: Path, hashes: Hashes) -> bytes:
    """Return a hash of all that a site holds, the manifest with it; the site that it took files over from may be gone."""
    seen = sha256()
    for name, found in sorted(hashes.all_of(site, renamed=True).items()):
        seen.update(f"\0{name}\0".encode(errors="surrogateescape") + found)
    return seen.digest()


def write_manifest(site: Path, hashes: Hashes) -> None:
    """Put the files of a site into its manifest, which names its sources already: the last step of a build."""
    path = site / MANIFEST
    found = json.loads(path.read_text("utf-8"))
    write_file(path, format_json(found | {"files": list(list_files(site, hashes.all_of(site)))}))
