"""Words and their stems, in any language."""

import re
import unicodedata
from functools import lru_cache

import Stemmer

__all__ = ["fold", "stems", "words"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_STEMMERS = {"ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
             "fr": "french", "hu": "hungarian", "id": "indonesian", "it": "italian", "nl": "dutch", "no": "norwegian",
             "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish"}


def fold(text: str) -> str:
    """Return a text as it is compared: case folded, accents dropped."""
    plain = unicodedata.normalize("NFKD", text.replace("İ", "I").replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """Return the words of a text as they stand."""
    return _WORD.findall(text)


@lru_cache(maxsize=32)
def _stemmer(lang: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(lang.partition("-")[0])
    return Stemmer.Stemmer(name) if name in Stemmer.algorithms() else None


def stems(text: str, lang: str) -> list[str]:
    """Return the stems of a text's words (Snowball, Porter 2001), folded; the folded words where a language has no stemmer."""
    lowered = [word.lower() for word in words(text)]
    stemmer = _stemmer(lang)
    return [fold(word) for word in (stemmer.stemWords(lowered) if stemmer else lowered)]
