"""Put files into a new site; one that the former site has too, byte for byte, is taken over as a further name of the same file.

A name costs a tenth of what writing a file does, and so does taking it away again. Nothing ever writes into a file of a site: each is
written beside its place and moved there, so the former site stays as it is until it goes.
"""

import os
import stat
from hashlib import sha256
from pathlib import Path

from digest.content import write_file
from digest.running import Hashes

__all__ = ["Placing"]


class Placing:
    """Fills the folder of a site; `former` is the site that it will replace, if there is one."""

    def __init__(self, site: Path, former: Path | None, hashes: Hashes) -> None:
        self.site, self.former, self.hashes = site, former, hashes

    def has(self, name: str, version: bytes) -> bool:
        """Return whether the former site has a file there with that SHA-256."""
        if self.former is None:
            return False
        there = f"{self.former}/{name}"
        try:
            return stat.S_ISREG(os.lstat(there).st_mode) and self.hashes.of(there) == version
        except OSError:
            return False

    def keep(self, name: str, version: bytes) -> bool:
        """Put the file of the former site there, and return whether that has one with that SHA-256."""
        if self.former is None or not self.has(name, version):
            return False
        if not self._link(name, version):
            content = (self.former / name).read_bytes()
            if sha256(content).digest() != version:
                return False
            self._write(name, content, version)
        return True

    def put(self, name: str, content: bytes, version: bytes | None = None) -> None:
        """Put a file at a place, which is told from the site's root; perhaps its SHA-256 is known."""
        version = version or sha256(content).digest()
        if not (self.has(name, version) and self._link(name, version)):
            self._write(name, content, version)

    def copy(self, name: str, source: Path, version: bytes) -> None:
        """Put a copy of a file there, of which the SHA-256 is known."""
        if not (self.has(name, version) and self._link(name, version)):
            self._write(name, source.read_bytes(), version)

    def _write(self, name: str, content: bytes, version: bytes) -> None:
        write_file(self.site / name, content)
        self.hashes.trust(self.site / name, version)

    def _link(self, name: str, version: bytes) -> bool:
        """Return whether a file of the former site is now one of this site too; not all file systems know further names."""
        there, here = f"{self.former}/{name}", f"{self.site}/{name}"
        try:
            try:
                os.link(there, here)
            except FileNotFoundError:
                Path(here).parent.mkdir(parents=True, exist_ok=True)
                os.link(there, here)
        except OSError:
            return False
        self.hashes.trust(here, version)
        return True
