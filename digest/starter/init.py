"""Make the folder of a new digest: a whole repository of one's own, with the program's wheel in it."""

import hashlib
import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Environment, StrictUndefined

from digest import __version__
from digest.content import format_scalar, write_file
from digest.errors import InitError
from digest.settings import Outlet
from digest.starter.wheel import CLONE, pack_wheel

__all__ = ["NewDigest", "init_digest", "refuse_used"]

_FILES = Path(__file__).parent / "files"
_SHARED = ("mkdocs.yml", "requirements/runtime.txt", "requirements/translate.txt")
"""Files that are the program's own: among `files/` in a wheel, in the repository where it runs from a clone."""
_IGNORED = {".git"}
"""What a folder may hold and still counts as empty: a fresh repository."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDigest:
    """What is known of a digest that is to be made."""

    title: str
    languages: tuple[str, ...] = ("en",)
    publisher: str | None = None
    contact: str | None = None
    """A `mailto:` or `https:` address."""
    timezone: str = "UTC"
    outlets: tuple[Outlet, ...] = ()
    private: str | None = None
    """The private repository that keeps `content/`, as OWNER/NAME."""


def init_digest(folder: Path, wanted: NewDigest) -> None:
    """Make a new digest in a folder that is empty or not there yet; on any error nothing of it stays.

    Raises:
        InitError: the folder is not empty, or the program's wheel cannot be made.
    """
    refuse_used(folder)
    try:
        beside = TemporaryDirectory(prefix=".digest-", dir=folder if folder.is_dir() else folder.parent)
    except OSError as error:
        raise InitError(folder, f"cannot be made: {error.strerror}; name a place where you may write") from error
    with beside as temporary:
        made = Path(temporary) / "made"
        made.mkdir()
        _write(made, wanted)
        _move(made, folder)


def refuse_used(folder: Path) -> None:
    """Refuse a folder in which something is already, or that has no place to be in.

    Raises:
        InitError: it is so.
    """
    if folder.is_dir() and {path.name for path in folder.iterdir()} - _IGNORED:
        raise InitError(folder, "the folder is not empty; name a new one")
    if not folder.is_dir() and os.path.lexists(folder):
        raise InitError(folder, "a file of this name is here; name a new folder")
    if not folder.parent.is_dir():
        raise InitError(folder.parent, "no such folder; make it first")


def _move(made: Path, folder: Path) -> None:
    """Put a finished folder in its place; one that is there already may be somebody's working folder, so it stays and is filled."""
    if not folder.is_dir():
        os.replace(made, folder)
        return
    with ExitStack() as undo:
        for path in sorted(made.iterdir()):
            os.replace(path, folder / path.name)
            undo.callback(os.replace, folder / path.name, path)
        undo.pop_all()


def _write(folder: Path, wanted: NewDigest) -> None:
    wheel = pack_wheel(folder / "wheels")
    words = {**asdict(wanted), "version": __version__, "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest()}
    for path in sorted(path for path in _FILES.rglob("*") if path.is_file()):
        write_file(folder / _place(path), _fill(path, words))
    for name in _SHARED:
        write_file(folder / name, (_FILES if (_FILES / name).is_file() else CLONE).joinpath(name).read_bytes())


def _place(path: Path) -> str:
    """Return where a file of `files/` belongs: `dot_` stands for a dot, which would make git and GitHub take it for one of ours."""
    name = path.relative_to(_FILES).as_posix()
    return name.replace("dot_", ".").removesuffix(".jinja")


def _fill(path: Path, words: Mapping[str, object]) -> bytes:
    data = path.read_bytes()
    return _environment().from_string(data.decode()).render(words).encode() if path.suffix == ".jinja" else data


def _environment() -> Environment:
    """Return the environment of the templates: what they become is no HTML, and GitHub has braces of its own in workflows."""
    environment = Environment(  # noqa: S701 - YAML, Markdown and make
        block_start_string="<%", block_end_string="%>", variable_start_string="<%=", variable_end_string="%>", undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    environment.filters["scalar"] = format_scalar
    return environment
