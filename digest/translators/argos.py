"""Argos packages, run by CTranslate2: the only module that imports either.

`argostranslate.translate` is never imported, nor anything that imports it (`install_from_path`, `update`): it needs torch, splits
sentences that are split already, and translates them one by one.
"""

import json
import os
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argostranslate import package, settings
from babel.core import get_global

from digest.errors import TranslationError
from digest.translators import Draft, Model
from digest.translators.packages import files_hash
from digest.translators.pins import LOCK, read_pins

__all__ = ["DECODING", "PORTION", "RUNNING", "Argos", "Installed", "codes", "hand_over", "installed_packages", "package_folder",
           "package_index", "read_metadata"]

BEAM = 2
_LENGTH_PENALTY = 0.2
DECODING: dict[str, Any] = {
    "beam_size": BEAM, "max_batch_size": 1024, "batch_type": "tokens", "length_penalty": _LENGTH_PENALTY, "replace_unknowns": True,
    "return_scores": True, "max_input_length": 512, "max_decoding_length": 256, "asynchronous": True}
"""How CTranslate2 is called: batches of like length, of so many tokens; what is longer is cut, and found out by its length."""
PORTION = 256
"""Sentences that are handed to CTranslate2 at once."""
RUNNING: dict[str, Any] = {"device": "cpu", "compute_type": "int8", "intra_threads": 1}
_CODES = {"fil": "tl", "no": "nb", "iw": "he", "in": "id"}
"""Codes of Argos that differ from BCP 47; Portuguese and Chinese have two each."""
_TRADITIONAL = ("Hant", "TW", "HK", "MO")
_CODE = re.compile(r"[a-z]{2,8}")
_VERSION = re.compile(r"[\w.+-]{1,40}")


@dataclass(frozen=True, slots=True)
class Installed:
    """A package that lies where Argos looks for them."""

    folder: Path
    source: str
    """Argos's code of the language."""
    target: str
    version: str

    @property
    def code(self) -> str:
        """Its name in the index."""
        return f"translate-{self.source}_{self.target}"

    @property
    def order(self) -> tuple[tuple[int, ...], str]:
        """What a newer version has more of."""
        return tuple(map(int, re.findall(r"\d+", self.version))), self.version


class Argos:
    """Argos packages as far as they are what was pinned."""

    def __init__(self, content: Path) -> None:
        self._pins = read_pins(content)
        self._lock = content / LOCK
        self._installed = installed_packages()

    def find(self, source: str, target: str) -> Model | None:
        """Return the package for a pair of languages; None where there is none."""
        pairs = [(one, other) for one in codes(source) for other in codes(target)]
        return next((model for pair in pairs if (model := self._find(*pair))), None)

    def _find(self, source: str, target: str) -> Model | None:
        here = [found for found in self._installed if (found.source, found.target) == (source, target)]
        pin = self._pins.get(f"translate-{source}_{target}")
        if not pin:
            newest = max(here, key=lambda found: found.order, default=None)
            return _model(source, target, newest.version, files_hash(newest.folder), place=newest.folder) if newest else None
        place = next((found.folder for found in here if files_hash(found.folder) == pin.files), None)
        problem = "" if place else f"{pin.code} {pin.version} {self._missing(here)}"
        return _model(source, target, pin.version, pin.files, place=place, min_score=pin.min_score, problem=problem)

    def _missing(self, here: Sequence[Installed]) -> str:
        if here:
            return (f"is not what {self._lock.name} pins, and is not used: put the pinned one back with digest translate --install, "
                    f"or accept a new one with --install --update")
        return "is pinned and not installed: digest translate --install"

    def translate(self, model: Model, sentences: Sequence[str]) -> Iterator[Draft]:
        """Yield a draft for each sentence: they are translated in batches of like length, where they come sorted by it."""
        if model.place is None:
            raise TranslationError(model.problem)
        from ctranslate2 import Translator

        try:
            found = package.Package(model.place)
            engine = Translator(str(model.place / "model"), **RUNNING, inter_threads=_threads())
            tokens = [found.tokenizer.encode(sentence) for sentence in sentences]
        except (RuntimeError, OSError, ValueError, AttributeError) as error:
            raise TranslationError(f"{model.place.name}: cannot be used: {error}") from error
        try:
            for pending in hand_over(engine, tokens, found.target_prefix):
                yield _draft(pending.result(), found)
        except RuntimeError as error:
            raise TranslationError(f"{model.place.name}: failed: {error}") from error


def hand_over(engine: Any, tokens: Sequence[Sequence[str]], prefix: str = "", decoding: Mapping[str, Any] = DECODING) -> Iterator[Any]:
    """Yield what becomes of sentences, handed over in portions.

    The engine cannot be stopped before its queue is empty: it never holds more than a portion and a half, nor runs out of work meanwhile.
    """
    waiting: deque[Any] = deque()
    for start in range(0, len(tokens), PORTION):
        portion = tokens[start:start + PORTION]
        waiting += engine.translate_batch(portion, [[prefix]] * len(portion) if prefix else None, **decoding)
        while len(waiting) > PORTION // 2:
            yield waiting.popleft()
    yield from waiting


def _draft(result: Any, found: Any) -> Draft:
    """Return the text of a result and the mean log probability of its tokens."""
    tokens = list(result.hypotheses[0])
    if found.target_prefix and tokens[:1] == [found.target_prefix]:
        del tokens[0]
    score = result.scores[0] * max(1, len(tokens)) ** (_LENGTH_PENALTY - 1)
    return Draft(_decode(tokens, found), round(score, 4))


def _decode(tokens: Sequence[str], found: Any) -> str:
    """Return the text of tokens; Argos's own decoder loses underscores, which addresses have."""
    if isinstance(found.tokenizer, package.SentencePieceTokenizer):
        return str(found.tokenizer.lazy_processor().decode_pieces(list(tokens))).replace("\u2581", " ").strip()
    return str(found.tokenizer.decode(tokens)).strip()


def _model(source: str, target: str, version: str, files: str, *, place: Path | None, min_score: float | None = None,
           problem: str = "") -> Model:
    return Model(engine="argos", source=source, target=target, version=version, min_score=min_score, place=place, problem=problem,
                 identity=f"argos:{source}-{target}:{version}:{files[:32]}:beam{BEAM}")


def _threads() -> int:
    return max(1, min(4, os.cpu_count() or 1))


def codes(lang: str) -> tuple[str, ...]:
    """Return Argos's codes of a language, the nearest first; none where it is written in another script than its packages have."""
    language, *rest = lang.split("-")
    language = language.lower()
    script = next((part.title() for part in rest if len(part) == len("Latn")), None)
    region = next((part.upper() for part in rest if len(part) == len("BR")), None)
    if language == "zh":
        return ("zt",) if (script or region) in _TRADITIONAL else ("zh",)
    if script and get_global("likely_subtags").get(language, "").split("_")[1:2] != [script]:
        return ()
    if language == "pt":
        return ("pb", "pt") if region == "BR" else ("pt",) if region else ("pt", "pb")
    return (_CODES.get(language, language),)


def package_folder() -> Path:
    """Return where packages are installed: ARGOS_PACKAGES_DIR, else Argos's folder in XDG_DATA_HOME."""
    return Path(settings.get_setting("ARGOS_PACKAGES_DIR", settings.package_data_dir))


def package_index() -> str:
    """Return the address of the index: ARGOS_PACKAGE_INDEX, with or without a slash at its end, else Argos's own."""
    return f"{settings.get_setting('ARGOS_PACKAGE_INDEX', settings.package_index).rstrip('/')}/index.json"


def installed_packages() -> tuple[Installed, ...]:
    """Return the translation packages that are installed; what is no package is passed over."""
    folders = [package_folder(), *settings.package_dirs[1:]]
    paths = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()) if path.name[0] != "."]
    return tuple(found for path in paths if (found := read_metadata(path)))


def read_metadata(folder: Path) -> Installed | None:
    """Return what a folder says that it is; None where it is no translation package."""
    try:
        found = json.loads((folder / "metadata.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not (folder / "model" / "model.bin").is_file():
        return None
    source, target, version = (found.get(key) for key in ("from_code", "to_code", "package_version"))
    if not (_is(_CODE, source) and _is(_CODE, target) and _is(_VERSION, version)) or found.get("type", "translate") != "translate":
        return None
    return Installed(folder, str(source), str(target), str(version))


def _is(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))
