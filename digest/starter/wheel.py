"""Put the wheel of the running program into a folder: built from a clone, or put together again from what a wheel installed."""

import base64
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from digest.errors import InitError

__all__ = ["CLONE", "pack_wheel"]

_PROGRAM = Path(__file__).parent.parent
CLONE = _PROGRAM.parent
"""The repository of the program, where it runs from a clone."""
_NAME = "mkdigest"
_OF_WHEELS = {"METADATA", "WHEEL", "entry_points.txt", "licenses"}
"""What a wheel itself tells in its `.dist-info`; the rest of it is written where one is installed."""
_TIME = (2020, 2, 2, 0, 0, 0)
"""Of every file, so that the same program gives the same bytes."""


def pack_wheel(folder: Path) -> Path:
    """Write the wheel of the running program into a folder and return it; nothing is fetched, nothing installed.

    Raises:
        InitError: the program can neither be built nor be put together again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return _build(folder.resolve()) if (CLONE / "pyproject.toml").is_file() else _assemble(folder, _installed())


def _build(folder: Path) -> Path:
    if not find_spec("hatchling"):
        raise InitError(CLONE, "the program's wheel cannot be built without hatchling; run make .venv there, then its .venv/bin/digest")
    env = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)], cwd=CLONE, env=env,
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise InitError(CLONE, f"the program's wheel cannot be built: {(done.stderr.strip() or 'hatchling failed').splitlines()[-1]}")
    return next(folder.glob(f"{_NAME}-*.whl"))


def _installed() -> Distribution:
    """Return what was installed as the program that runs."""
    try:
        found = distribution(_NAME)
    except PackageNotFoundError as error:
        raise InitError(_PROGRAM, "the program was not installed from a wheel, and this is no clone of it; install it with pip") from error
    if not Path(str(found.locate_file("digest"))).resolve().samefile(_PROGRAM):
        raise InitError(_PROGRAM, f"another {_NAME} is installed than the one that runs; call the installed one")
    return found


def _assemble(folder: Path, installed: Distribution) -> Path:
    """Put together again the wheel of what was installed."""
    target = folder / f"{_NAME}-{installed.version}-py3-none-any.whl"
    files = {file.as_posix(): _read(file) for file in sorted(installed.files or []) if _is_of_wheel(file)}
    info = f"{_NAME}-{installed.version}.dist-info"
    with ZipFile(target, "w", ZIP_DEFLATED) as wheel:
        for name, data in (*files.items(), (f"{info}/RECORD", "".join(_record(files, info)).encode())):
            wheel.writestr(_entry(name), data)
    return target


def _is_of_wheel(file: PackagePath) -> bool:
    """Return whether a file came with the wheel; others were made on the spot (compiled modules, the starter in `bin/`)."""
    first, *rest = file.parts
    if first.endswith(".dist-info"):
        return rest[0] in _OF_WHEELS
    return first == _PROGRAM.name and "__pycache__" not in rest


def _read(file: PackagePath) -> bytes:
    path = Path(str(file.locate()))
    data = path.read_bytes()
    if file.hash is None or file.hash.value != _hash(data):
        raise InitError(path, "it is not as it was installed, so no wheel of it can be told to be the program's; install the program again")
    return data


def _record(files: dict[str, bytes], info: str) -> Iterator[str]:
    for name, data in files.items():
        yield f"{name},sha256={_hash(data)},{len(data)}\n"
    yield f"{info}/RECORD,,\n"


def _hash(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _TIME)
    entry.external_attr, entry.compress_type = 0o100644 << 16, ZIP_DEFLATED
    return entry
