"""The translation packages that a digest may use: `models.lock.json`, written when a package is first installed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from digest.content import write_file
from digest.errors import SettingsError
from digest.settings import read_editors_file

__all__ = ["LOCK", "Pin", "read_pins", "write_pins"]

LOCK = "models.lock.json"
"""The file's name in a content folder."""
_TEXTS = ("code", "version", "url", "sha256", "files")
_LOWEST = -20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One package, as it was when it was first installed."""

    code: str
    """Such as `translate-en_es`."""
    version: str
    url: str
    sha256: str
    """Of the package as it is downloaded."""
    size: int
    """Its bytes."""
    files: str
    """The SHA-256 over what was unpacked of it and a translation depends on (`packages.files_hash`)."""
    min_score: float | None = None
    """Written by an editor: translations with a lower score are not shown."""


def read_pins(content: Path) -> Mapping[str, Pin]:
    """Read `models.lock.json` of a content folder, by code; nothing where there is none.

    Raises:
        SettingsError: it is wrong.
    """
    path = content / LOCK
    text = read_editors_file(path)
    if not text.strip():
        return {}
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise SettingsError(path, f"not valid JSON: {error.msg}", line=error.lineno) from error
    if not isinstance(found, dict) or found.get("format") != 1 or not isinstance(found.get("packages"), list):
        raise SettingsError(path, "expected format 1 and a list of packages; a newer version of the program may have written this file")
    pins = [_pin(row, path, text) for row in found["packages"]]
    for pin in pins:
        if sum(other.code == pin.code for other in pins) > 1:
            raise SettingsError(path, f"{pin.code} stands here twice; keep one", line=_line(text, pin.code))
    return {pin.code: pin for pin in pins}


def _pin(row: Any, path: Path, text: str) -> Pin:
    code = row.get("code") if isinstance(row, dict) else None
    if not isinstance(code, str):
        raise SettingsError(path, "expected packages with a code, such as translate-en_es")
    line = _line(text, code)
    for key in _TEXTS:
        if not isinstance(row.get(key), str):
            raise SettingsError(path, f"{code}: {key} is missing; delete the package's line and install it again", line=line)
    if not isinstance(row.get("size"), int) or row["size"] <= 0:
        raise SettingsError(path, f"{code}: size: expected a number of bytes, found {row.get('size')!r}", line=line)
    if unknown := sorted(row.keys() - {*_TEXTS, "size", "min_score"}):
        raise SettingsError(path, f"{code}: unknown key {unknown[0]!r}", line=line)
    return Pin(**{key: row[key] for key in _TEXTS}, size=row["size"], min_score=_min_score(row, path, line))


def _min_score(row: Mapping[str, Any], path: Path, line: int | None) -> float | None:
    value = row.get("min_score")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not _LOWEST <= value <= 0:
        raise SettingsError(path, f"min_score: expected a number from {_LOWEST:g} to 0, found {value!r}", line=line)
    return float(value)


def _line(text: str, code: str) -> int | None:
    """Return the first line that names a package."""
    return next((at for at, line in enumerate(text.splitlines(), 1) if f'"{code}"' in line), None)


def write_pins(content: Path, pins: Iterable[Pin]) -> None:
    """Write `models.lock.json`, sorted, a line a package."""
    rows = [{key: value for key, value in asdict(pin).items() if value is not None} for pin in sorted(pins, key=lambda pin: pin.code)]
    lines = ",\n".join(f"  {json.dumps(row, ensure_ascii=False, sort_keys=True)}" for row in rows)
    write_file(content / LOCK, f'{{"format": 1, "packages": [\n{lines}\n]}}\n')
