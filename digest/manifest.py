"""The manifest of a site: the SHA-256 of every file and of every text that it is made from, so that anybody can check a copy."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from digest.content import write_file
from digest.data import format_json

__all__ = ["MANIFEST", "is_whole", "list_files", "write_manifest"]

MANIFEST = "data/manifest.json"
"""Where it stands in a site: it lists every file but itself."""


def list_files(site: Path) -> Iterator[dict[str, object]]:
    """Yield every file of a site with its SHA-256, in the order of their paths."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    for name in sorted(files.keys() - {MANIFEST}):
        found = files[name].read_bytes()
        yield {"path": name, "bytes": len(found), "sha256": sha256(found).hexdigest()}


def is_whole(site: Path) -> bool:
    """Return whether a site holds the files that its manifest lists, as they were, and no others."""
    listed = json.loads((site / MANIFEST).read_text("utf-8"))["files"]
    return bool(listed == list(list_files(site)))


def write_manifest(site: Path) -> None:
    """Put the files of a site into its manifest, which names its sources already: the last step of a build."""
    path = site / MANIFEST
    found = json.loads(path.read_text("utf-8"))
    write_file(path, format_json(found | {"files": list(list_files(site))}))
