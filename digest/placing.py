"""Put files into a new site; one that the former site has too, byte for byte, is taken over as a further name of the same file.

A name costs a tenth of what writing a file does, and so does taking it away again. Nothing ever writes into a file of a site: each is
written beside its place and moved there, so the former site stays as it is until it goes.
"""

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

    def put(self, name: str, content: bytes) -> None:
        """Put a file at a place, which is told from the site's root."""
        version = sha256(content).digest()
        if not self._take_over(name, version):
            write_file(self.site / name, content)
        self.hashes.trust(self.site / name, version)

    def copy(self, name: str, source: Path, version: bytes) -> None:
        """Put a copy of a file there, of which the SHA-256 is known."""
        if not self._take_over(name, version):
            write_file(self.site / name, source.read_bytes())
        self.hashes.trust(self.site / name, version)

    def _take_over(self, name: str, version: bytes) -> bool:
        """Return whether the former site had that file, and it is one of this site now."""
        if self.former is None:
            return False
        there, here = self.former / name, self.site / name
        try:
            if not stat.S_ISREG(there.lstat().st_mode) or self.hashes.of(there) != version:
                return False
            try:
                here.hardlink_to(there)
            except FileNotFoundError:
                here.parent.mkdir(parents=True, exist_ok=True)
                here.hardlink_to(there)
        except OSError:  # there is none, or this file system knows no further names
            return False
        return True
