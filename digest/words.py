"""Words and their stems, in any language: the one place that says what a word is."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

__all__ = ["fold", "stems", "tokens", "words"]

_MARKS = "".join(chr(c) for c in range(0x300, 0x10000) if unicodedata.category(chr(c)) in ("Mn", "Mc"))
"""What stands on, under or around a letter: accents, vowel signs, points."""
_LETTERS = rf"[^\W_]+(?:[{_MARKS}\u200c\u200d]+[^\W_]*)*"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})?")
_TOKEN = re.compile(rf"\d+(?:[.,٫٬\u00a0\u202f]\d+)*|{_LETTERS}")
_JOINERS = str.maketrans({"İ": "I", "ı": "i", "\u200c": None, "\u200d": None})
_STEMMERS = {"ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
             "fr": "french", "hu": "hungarian", "id": "indonesian", "it": "italian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian",
             "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish"}


def fold(text: str) -> str:
    """Return a text as it is compared: case folded, accents and joiners dropped."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_JOINERS))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """Return the words of a text as they stand, letters with their marks; an apostrophe between two parts belongs to the word."""
    return _WORD.findall(text)


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the words and numbers of a text, where they stand; an apostrophe ends a word."""
    return _TOKEN.finditer(text)


@lru_cache(maxsize=64)
def _stemmer(lang: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(lang.partition("-")[0])
    return Stemmer.Stemmer(name) if name in Stemmer.algorithms() else None


def stems(text: str, lang: str) -> list[str]:
    """Return the stems of a text's words (Snowball, Porter 2001), folded; the folded words where a language has no stemmer."""
    lowered = words(text.lower().replace("’", "'"))
    stemmer = _stemmer(lang)
    found = stemmer.stemWords(lowered) if stemmer else lowered
    return fold("\n".join(found)).split("\n") if found else []
