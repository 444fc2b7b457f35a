"""Translation engines: each a name in a table, imported when a pair of languages needs it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

from digest.errors import TranslationError

__all__ = ["ENGINES", "Draft", "Model", "Translator", "open_engine"]

ENGINES = {"argos": "digest.translators.argos:Argos", "apertium": "digest.translators.apertium:Apertium"}
"""What each name in `digest.yml` stands for: a module and the class in it, made from the content folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What an engine translates one language into another with."""

    engine: str
    """A name in `ENGINES`."""
    source: str
    """The engine's own code of the language."""
    target: str
    version: str
    identity: str
    """Tells it from everything that may translate otherwise; the translation memory is kept by it."""
    min_score: float | None = None
    """A translation whose score is lower is not shown; None: a low score is only a doubt."""
    place: Path | None = None
    """Where it lies; None where it is not here or must not be used, so that only the memory has translations of it."""
    problem: str = ""
    """Why it has no place, and what to do."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine made of a sentence, before any check."""

    text: str
    score: float | None = None
    """The mean log probability of its tokens, where the engine knows it."""


class Translator(Protocol):
    """What an engine must offer."""

    def find(self, source: str, target: str) -> Model | None:
        """Return what translates straight from one language (BCP 47) into another; None where nothing does."""
        ...

    def translate(self, model: Model, sentences: Sequence[str]) -> Iterator[Draft]:
        """Yield a draft for each sentence, in order.

        Raises:
            TranslationError: the engine failed.
        """
        ...


def open_engine(name: str, content: Path) -> Translator:
    """Return an engine of the table, imported now.

    Raises:
        TranslationError: it is not installed.
    """
    module, _, kind = ENGINES[name].partition(":")
    try:
        engine: Translator = getattr(import_module(module), kind)(content)
    except ModuleNotFoundError as error:
        raise TranslationError(f'the engine {name} needs {error.name}, which is not installed: `make site` installs it; '
                               f'with pip: pip install "mkdigest[translate]"') from error
    except OSError as error:
        raise TranslationError(f"the engine {name} cannot start: {error.filename or 'a file'}: {error.strerror}") from error
    return engine
