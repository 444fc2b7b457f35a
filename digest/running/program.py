"""What results depend on beside their input: this program, the libraries that it works with, and Python."""

import platform
import re
from functools import cache
from hashlib import blake2b
from importlib.metadata import requires, version
from pathlib import Path

__all__ = ["program_version"]

_PROGRAM = Path(__file__).parent.parent
_READ = {".py", ".yml", ".mo", ".json", ".jinja", ".html", ".css", ".js", ".md", ".txt"}
_NAME = re.compile(r"[\w.-]+")
_OPTIONAL = re.compile(r";.*\bextra\b")


@cache
def program_version() -> str:
    """Return a hash of the program's files, of the versions of all libraries that it requires, and of Python's."""
    seen = blake2b(digest_size=20)
    for path in sorted(_PROGRAM.rglob("*")):
        if path.suffix in _READ and path.is_file():
            seen.update(f"\0{path.relative_to(_PROGRAM).as_posix()}\0".encode() + path.read_bytes())
    required = [_NAME.match(row) for row in requires("mkdigest") or () if not _OPTIONAL.search(row)]
    for library in sorted(found[0] for found in required if found):
        seen.update(f"\0{library} {version(library)}".encode())
    seen.update(f"\0{platform.python_version()}".encode())
    return seen.hexdigest()
