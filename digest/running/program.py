"""What results depend on beside their input: this program and the libraries that it works with."""

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

__all__ = ["program_version"]

_PROGRAM = Path(__file__).parent.parent
_READ = {".py", ".yml", ".mo", ".json", ".jinja", ".html", ".css", ".js", ".md", ".txt"}
_LIBRARIES = ("anyascii", "babel", "jinja2", "justext", "lxml", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "pagefind-bin",
              "PyStemmer", "sentencex")


@cache
def program_version() -> str:
    """Return a hash of the program's files and of the versions of its libraries."""
    seen = blake2b(digest_size=20)
    for path in sorted(_PROGRAM.rglob("*")):
        if path.suffix in _READ and path.is_file():
            seen.update(f"\0{path.relative_to(_PROGRAM).as_posix()}\0".encode() + path.read_bytes())
    for library in _LIBRARIES:
        seen.update(f"\0{library} {version(library)}".encode())
    return seen.hexdigest()
