"""Fetch and unpack packages from elsewhere: nothing in them is trusted, and what is wrong is refused by name."""

import hashlib
import http.client
import os
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from digest import __version__
from digest.errors import TranslationError
from digest.settings import is_address

__all__ = ["MAX_BYTES", "fetch", "file_hash", "files_hash", "put_in_place", "scratch", "unpack"]

MAX_BYTES = 2_000_000_000
"""A package over this size, packed or unpacked, is none."""
_MAX_FILES = 1000
_PIECE = 1 << 20
_TIMEOUT = 30
"""Seconds without a byte after which a server counts as dead."""
_DEADLINE = 3600
"""Seconds that one download may take."""
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]*")
_SCRATCH = ".digest-"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeError, ValueError)
"""What `zipfile` raises for damaged, encrypted and unknown content."""
_PARTS = ("metadata.json", "sentencepiece.model", "bpe.model", "model/**/*")
"""The files that a translation depends on."""


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Give a temporary folder in another one, and remove it and what killed runs left there."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=folder) as name:
        yield Path(name)


def fetch(url: str, path: Path, limit: int = MAX_BYTES) -> None:
    """Download a file of at most `limit` bytes.

    Raises:
        TranslationError: it is not there whole.
    """
    if not is_address(url):
        raise TranslationError(f"{url}: not fetched; expected an http or https address")
    request = Request(url, headers={"User-Agent": f"digest/{__version__}"})  # noqa: S310 - the address was looked at
    try:
        with urlopen(request, timeout=_TIMEOUT) as response, path.open("wb") as file:  # noqa: S310
            announced = response.headers.get("Content-Length")
            size = _copy(response, file, limit, url, monotonic() + _DEADLINE)
    except HTTPError as error:
        error.close()
        raise TranslationError(f"{url}: not fetched: {error.code} {error.reason}") from error
    except (URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise TranslationError(f"{url}: not fetched: {getattr(reason, 'strerror', None) or reason or type(error).__name__}") from error
    if announced is not None and announced != str(size):
        raise TranslationError(f"{url}: cut off after {size} of {announced} bytes; try again")


def _copy(source: IO[bytes], to: IO[bytes], limit: int, name: str, deadline: float = float("inf")) -> int:
    """Copy a stream and return its bytes; refuse one that is larger than it may be, or too slow."""
    size = 0
    while piece := source.read(_PIECE):
        size += len(piece)
        if size > limit:
            raise TranslationError(f"{name}: refused: larger than {limit} bytes")
        if monotonic() > deadline:
            raise TranslationError(f"{name}: not fetched within {_DEADLINE // 60} minutes")
        to.write(piece)
    return size


def unpack(archive: Path, folder: Path, name: str) -> Path:
    """Unpack a package into an empty folder and return the one folder it holds; `name` is what errors call it.

    Raises:
        TranslationError: it is no package, or wants to write elsewhere.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            left = MAX_BYTES
            for member in _members(packed, name):
                path = folder / member.filename
                path.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(member) as source, path.open("wb") as file:
                    left -= _copy(source, file, left, name)
    except _BROKEN as error:
        raise TranslationError(f"{name}: refused: not a package: {error or type(error).__name__}") from error
    roots = [path.parent for path in folder.glob("*/metadata.json")]
    if len(roots) != 1 or len(list(folder.iterdir())) != 1:
        raise TranslationError(f"{name}: refused: expected one folder with a metadata.json in it")
    return roots[0]


def _members(packed: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    """Return the files of an archive, after a look at all names."""
    members = packed.infolist()
    if len(members) > _MAX_FILES or sum(member.file_size for member in members) > MAX_BYTES:
        raise TranslationError(f"{name}: refused: more files or bytes than any package has")
    for member in members:
        parts = member.filename.rstrip("/").split("/")
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or not all(_NAME.fullmatch(part) for part in parts):
            raise TranslationError(f"{name}: refused: {member.filename!r} in it is no plain file below one folder")
    names = [member.filename.casefold() for member in members]
    if len(set(names)) < len(names):
        raise TranslationError(f"{name}: refused: it holds a file twice")
    return [member for member in members if not member.is_dir()]


def put_in_place(new: Path, place: Path) -> None:
    """Move a folder to its place, in that of an older one."""
    old = new.parent / f"{_SCRATCH}old"
    if place.exists():
        os.replace(place, old)
    os.replace(new, place)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_hash(folder: Path) -> str:
    """Return the SHA-256 over the files of an unpacked package that a translation depends on: a line each, its hash and its name."""
    paths = sorted({path for part in _PARTS for path in folder.glob(part) if path.is_file()})
    state = tuple((path, info.st_size, info.st_mtime_ns) for path in paths for info in [path.stat()])
    return _files_hash(folder, state)


@lru_cache(maxsize=64)
def _files_hash(folder: Path, state: tuple[tuple[Path, int, int], ...]) -> str:
    """Hash each state of a package once: a model is large."""
    lines = [f"{file_hash(path)}  {path.relative_to(folder).as_posix()}\n" for path, _, _ in state]
    return hashlib.sha256("".join(lines).encode()).hexdigest()
