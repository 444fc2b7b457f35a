"""Install Argos packages: from the address that the lock file pins, else from the index; only what is as it was pinned is taken."""

import json
import shutil
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from digest.desk import BETWEEN, Pair
from digest.errors import TranslationError
from digest.settings import is_address
from digest.translators.argos import Installed, codes, installed_packages, package_folder, package_index, read_metadata
from digest.translators.packages import fetch, file_hash, files_hash, put_in_place, scratch, unpack
from digest.translators.pins import LOCK, Pin, read_pins, write_pins
from digest.words import base_language

__all__ = ["Outcome", "guess_packages", "install_packages", "install_pinned"]

_MAX_INDEX = 20_000_000


@dataclass(frozen=True, slots=True)
class _Offer:
    """A package of the index."""

    code: str
    version: str
    urls: tuple[str, ...]
    """Its http and https addresses."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a package, or of a pair of languages that no package is for."""

    what: str
    """The package's code, or the languages."""
    pin: Pin | None
    """The package that is installed now; None where there is none."""
    state: str
    """`installed`: just now; `here`: before already; `refused`: see the problem."""
    problem: str = ""

    @property
    def line(self) -> str:
        """What to tell of it."""
        version = f" {self.pin.version}" if self.pin else ""
        size = f", {self.pin.size / 1e6:.1f} MB, pinned in {LOCK}" if self.pin and self.state == "installed" else ""
        return f"{self.state}: {self.what}{version}{size}{f' ({self.problem})' if self.problem else ''}"


def install_packages(content: Path, pairs: Iterable[Pair], *, update: bool = False) -> Iterator[Outcome]:
    """Install what translates these pairs of languages, straight or both halves through English, and pin what is new.

    With `update` the newest packages of the index are taken in the place of those that are pinned.

    Raises:
        SettingsError: the lock file is wrong.
    """
    with scratch(package_folder()) as folder:
        shop = _Shop(content, folder, update)
        names = dict.fromkeys(name for pair in sorted(set(pairs)) for name in shop.plan(*pair))
        yield from _each_problem_once(_try(shop, name) for name in names)


def _each_problem_once(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Pass on outcomes, of those that one and the same problem explains the first: a dead index is told once."""
    told: set[str] = set()
    for done in outcomes:
        if done.state != "refused" or done.problem not in told:
            yield done
        told.add(done.problem)


def guess_packages(pairs: Iterable[Pair]) -> tuple[str, ...]:
    """Return the codes of what is not installed and these pairs need, if all of them go through English; the index may know better."""
    here = {found.code for found in installed_packages()}
    steps = [step for source, target in pairs for step in (
        [(source, target)] if BETWEEN in (base_language(source), base_language(target)) else [(source, BETWEEN), (BETWEEN, target)])]
    names = [f"translate-{codes(one)[0]}_{codes(other)[0]}" for one, other in steps if codes(one) and codes(other)]
    return tuple(sorted(set(names) - here))


def install_pinned(content: Path) -> Iterator[Outcome]:
    """Install exactly the packages that the lock file pins, whatever the languages; pin nothing.

    Raises:
        SettingsError: the lock file is wrong.
    """
    with scratch(package_folder()) as folder:
        shop = _Shop(content, folder, update=False)
        for name in sorted(read_pins(content)):
            yield _try(shop, name)


def _try(shop: "_Shop", name: str) -> Outcome:
    try:
        return shop.get(name)
    except TranslationError as error:
        return Outcome(name, None, "refused", str(error))


class _Shop:
    """Index, pins and installed packages during one installation."""

    def __init__(self, content: Path, folder: Path, update: bool) -> None:
        self._content, self._folder, self._update = content, folder, update
        self._pins = dict(read_pins(content))
        self._offers: dict[str, _Offer] | None = None
        self._closed = ""
        """Why the index cannot be read; it is asked once."""

    def plan(self, source: str, target: str) -> tuple[str, ...]:
        """Return the codes of the packages for a pair of languages; where there are none, the languages."""
        if base_language(source) == base_language(target):
            return ()
        known = set() if self._update else {found.code for found in installed_packages()} | self._pins.keys()
        return _way(source, target, known) or _way(source, target, known | self._index().keys()) or (f"{source} → {target}",)

    def _index(self) -> dict[str, _Offer]:
        """Return the index, fetched when it is first asked for; empty where it cannot be read."""
        if self._offers is None:
            try:
                self._offers = _read_index(package_index(), self._folder / "index.json")
            except TranslationError as error:
                self._offers, self._closed = {}, f"{error}; check the connection, or let ARGOS_PACKAGE_INDEX name another index"
        return self._offers

    def get(self, code: str) -> Outcome:
        """Install a package, unless it is here as it was pinned."""
        pin, here = self._pins.get(code), [found for found in installed_packages() if found.code == code]
        if pin and not self._update:
            if any(files_hash(found.folder) == pin.files for found in here):
                return Outcome(code, pin, "here")
            return Outcome(code, self._fetch_pinned(pin), "installed")
        offer = self._index().get(code)
        if offer is None and here:
            return Outcome(code, pin, "here", f"not pinned, or not updated: {self._closed or 'the index does not have it'}")
        if offer is None:
            raise TranslationError(self._closed or f"{code}: nothing in {package_index()} translates this")
        new = self._fetch_new(offer, pin)
        self._pins[code] = new
        write_pins(self._content, self._pins.values())
        for found in here:
            if pin and files_hash(found.folder) == pin.files != new.files:
                shutil.rmtree(found.folder)
        return Outcome(code, new, "installed")

    def _fetch_pinned(self, pin: Pin) -> Pin:
        """Fetch a package again, from elsewhere where it is not at its address any more, and install it if it is still what was pinned."""
        archive = self._folder / "package"
        try:
            fetch(pin.url, archive)
        except TranslationError as error:
            others = offer.urls if (offer := self._index().get(pin.code)) else ()
            if not any(url != pin.url and _fetched(url, archive) for url in others):
                raise TranslationError(f"{pin.code}: {error}") from error
        if archive.stat().st_size != pin.size or file_hash(archive) != pin.sha256:
            raise TranslationError(f"{pin.code}: refused: what {pin.url} has is not what {LOCK} pins (SHA-256 {file_hash(archive)[:12]}…, "
                                   f"{archive.stat().st_size} bytes); if that is meant, accept it with digest translate --install --update")
        self._unpack(archive, pin.code)
        return pin

    def _fetch_new(self, offer: _Offer, former: Pin | None) -> Pin:
        """Fetch the package that the index offers and install it; return its pin."""
        archive, problem = self._folder / "package", "the index names no http or https address of it"
        for url in offer.urls:
            try:
                fetch(url, archive)
            except TranslationError as error:
                problem = str(error)
                continue
            found = self._unpack(archive, offer.code)
            return Pin(code=offer.code, version=found.version, url=url, sha256=file_hash(archive), size=archive.stat().st_size,
                       files=files_hash(found.folder), min_score=former.min_score if former else None)
        raise TranslationError(f"{offer.code}: {problem}")

    def _unpack(self, archive: Path, code: str) -> Installed:
        """Unpack a package beside its place, look whether it is what it should be, and move it there."""
        beside = self._folder / "unpacked" / code
        beside.mkdir(parents=True)
        root = unpack(archive, beside, code)
        found = read_metadata(root)
        if found is None or found.code != code:
            raise TranslationError(f"{code}: refused: it holds {found.code if found else 'no translation model'}")
        place = package_folder() / root.name
        put_in_place(root, place)
        return replace(found, folder=place)


def _way(source: str, target: str, known: AbstractSet[str]) -> tuple[str, ...]:
    """Return the codes of packages that translate a pair of languages, straight or through English, as far as they are known."""
    if straight := _first(source, target, known):
        return (straight,)
    halves = _first(source, BETWEEN, known), _first(BETWEEN, target, known)
    between = BETWEEN in (base_language(source), base_language(target))
    return tuple(half for half in halves if half) if all(halves) and not between else ()


def _fetched(url: str, path: Path) -> bool:
    try:
        fetch(url, path)
    except TranslationError:
        return False
    return True


def _first(source: str, target: str, known: AbstractSet[str]) -> str | None:
    """Return the first code of a pair of languages that is known."""
    names = [f"translate-{one}_{other}" for one in codes(source) for other in codes(target)]
    return next((name for name in names if name in known), None)


def _read_index(url: str, path: Path) -> dict[str, _Offer]:
    """Fetch an index and return its translation packages by code, the newest of each."""
    fetch(url, path, _MAX_INDEX)
    try:
        rows = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise TranslationError(f"{url}: not an index of packages: {error}") from error
    if not isinstance(rows, list):
        raise TranslationError(f"{url}: not an index of packages")
    offers = [offer for row in rows if (offer := _offer(row))]
    return {offer.code: offer for offer in sorted(offers, key=lambda offer: Installed(path, "", "", offer.version).order)}


def _offer(row: Any) -> _Offer | None:
    if not isinstance(row, dict) or row.get("type", "translate") != "translate":
        return None
    source, target, version, links = (row.get(key) for key in ("from_code", "to_code", "package_version", "links"))
    if not all(isinstance(value, str) and value for value in (source, target, version)) or not isinstance(links, list):
        return None
    urls = tuple(link for link in links if isinstance(link, str) and is_address(link))
    return _Offer(f"translate-{source}_{target}", str(version), urls)
