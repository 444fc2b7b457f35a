"""Apertium, a program of the system: rule-based translation between neighboring languages (apertium.org)."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.core import get_global

from digest.errors import TranslationError
from digest.translators import Draft, Model
from digest.translators.packages import file_hash

__all__ = ["Apertium"]

_MODES = Path("/usr/share/apertium/modes")
_MODE = re.compile(r"([a-z]{2,3})-([a-z]{2,3})(?:_([A-Z]{2}))?\.mode")
_SECONDS = 60
_SECONDS_EACH = 0.2
"""For each sentence, on top of that, until it counts as stuck."""


class Apertium:
    """The pairs of languages that are installed beside the program."""

    def __init__(self, content: Path) -> None:  # noqa: ARG002 - nothing in the digest's folder belongs to it
        program = shutil.which("apertium")
        if program is None:
            raise TranslationError("the engine apertium is not installed (Debian: apt-get install apertium, and a package for each pair, "
                                   "such as apertium-spa-cat)")
        self._program = program
        told = subprocess.run([program, "-V"], capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False).stdout
        self._version = found[0] if (found := re.search(r"\d+(?:\.\d+)+", told)) else "unknown"

    def find(self, source: str, target: str) -> Model | None:
        """Return the mode that translates straight from one language into another; None where there is none that is complete."""
        for path in sorted(_MODES.glob("*.mode")):
            if (codes := _MODE.fullmatch(path.name)) and _is(codes[1], None, source) and _is(codes[2], codes[3], target):
                return self._model(path, codes[1], codes[2])
        return None

    def _model(self, path: Path, source: str, target: str) -> Model | None:
        steps = path.read_text("utf-8", "replace")
        programs = {step.split()[0] for step in steps.split("|") if step.strip()}
        if not all(map(shutil.which, programs)):
            return None
        files = [Path(name) for name in sorted(set(re.findall(r"'(/[^']+)'", steps)))]
        lines = [steps, *(f"{file_hash(file)}  {file.name}\n" for file in files if file.is_file())]
        identity = hashlib.sha256("".join(lines).encode("utf-8", "replace")).hexdigest()[:32]
        return Model(engine="apertium", source=source, target=target, version=self._version, place=path,
                     identity=f"apertium:{path.stem}:{self._version}:{identity}")

    def translate(self, model: Model, sentences: Sequence[str]) -> Iterator[Draft]:
        """Yield a draft for each sentence, in order: one process for all, a paragraph each, which no rule reaches across."""
        if model.place is None:
            raise TranslationError(model.problem)
        given = "".join(f"{' '.join(sentence.split())}\n\n" for sentence in sentences)
        told = _run([self._program, "-u", model.place.stem], given, _SECONDS + _SECONDS_EACH * len(sentences)).split("\n\n")
        if len(told) != len(sentences) + 1:
            raise TranslationError(f"apertium {model.place.stem} returned {len(told) - 1} sentences for {len(sentences)}")
        yield from (Draft(sentence.strip()) for sentence in told[:-1])


def _run(command: Sequence[str], given: str, seconds: float) -> str:
    """Run a program that starts others, and end all of them where it takes too long."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True) as running:
        try:
            told, problem = running.communicate(given.encode("utf-8", "replace"), seconds)
        except subprocess.TimeoutExpired as error:
            os.killpg(running.pid, signal.SIGKILL)
            raise TranslationError(f"{Path(command[0]).name}: no answer within {seconds:.0f} seconds") from error
        except BaseException:
            os.killpg(running.pid, signal.SIGKILL)
            raise
    if running.returncode:
        raise TranslationError(f"{Path(command[0]).name}: {problem.decode('utf-8', 'replace').strip() or running.returncode}")
    return told.decode("utf-8", "replace")


def _is(code: str, region: str | None, lang: str) -> bool:
    """Return whether Apertium's codes name a language: ISO 639-3, and a region or variant only where the language has it too."""
    base, *rest = lang.split("-")
    aliases = get_global("language_aliases")
    same = aliases.get(code, code) == aliases.get(base.lower(), base.lower())
    return same and (region is None or region in [part.upper() for part in rest])
