"""Files of a content folder that nobody reads, though their names tell that somebody should: a wrong ending, a wrong place."""

from collections.abc import Iterator
from pathlib import Path

from digest.errors import shown_path

__all__ = ["find_strays"]

_FILES = ("digest.yml", "outlets.yml", "overrides.yml", "withdrawn.yml", "ledger.json", "models.lock.json", "feeds.json")
"""What lies in a content folder itself."""
_NAMES = {name.rpartition(".")[0]: name for name in _FILES} | {name: name for name in _FILES}
"""What each is called without its ending, or with one more (`digest.yml.txt`)."""
_BACKUPS = (".bak", ".orig", "~")


def find_strays(content: Path) -> Iterator[str]:
    """Yield a line for each file that looks like one of a digest's and is not read."""
    for path in _files(content / "articles", "**/*"):
        if path.suffix != ".md":
            yield _stray(path, "article files end in .md; import it with digest add")
    for path in _files(content, "*"):
        if path.suffix == ".md":
            yield _stray(path, f"article files lie in {content.name}/articles")
        elif path.name not in _FILES and (meant := _NAMES.get(path.stem.lower())):
            yield _stray(path, f"expected {meant}; rename it")
    for path in _files(content / "translations", "*"):
        if path.suffix != ".yml":
            yield _stray(path, f"expected {path.name.partition('.')[0]}.yml; rename it")


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    return (path for path in sorted(folder.glob(pattern))
            if path.is_file() and not path.name.startswith(".") and not path.name.endswith(_BACKUPS))


def _stray(path: Path, problem: str) -> str:
    return f"{shown_path(path)}: not read: {problem}"
