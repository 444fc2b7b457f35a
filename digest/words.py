"""Words and their stems, in any language: the one place that says what a word is."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import Stemmer

__all__ = ["MARKS", "UNDECLINED", "base_language", "fold", "spaceless", "split", "split_whole", "stem", "stem_each", "stems", "words"]

MARKS = "".join(chr(c) for c in range(0x300, 0x10000) if unicodedata.category(chr(c)) in ("Mn", "Mc"))
"""What stands on, under or around a letter: accents, points, the vowel signs of Indic scripts."""
_NUMBER = r"\d+(?:[.,٫٬\u00a0\u202f]\d+)*"
_WORD = re.compile(rf"({_NUMBER}|[^\W_]+)")
_MARKED = re.compile(rf"({_NUMBER}|[^\W_]+(?:[{MARKS}\u200c\u200d]+[^\W_]*)*)")
_MARK = re.compile(f"[{MARKS}\u200c\u200d]")
_SPACELESS = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]")
_COMBINING = re.compile(f"[{''.join(re.escape(chr(c)) for c in range(0x300, 0x20000) if unicodedata.combining(chr(c)))}]")
_PLAIN = str.maketrans({"İ": "I", "ı": "i", "\u200c": None, "\u200d": None})
_STEMMERS = {"ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
             "fr": "french", "hu": "hungarian", "id": "indonesian", "it": "italian", "nb": "norwegian", "nl": "dutch", "nn": "norwegian",
             "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish"}

UNDECLINED = ("da", "de", "en", "es", "fr", "id", "it", "nb", "nl", "no", "pt", "sv", "tr")
"""Languages whose names have no cases, or only endings that are told apart from them."""


@lru_cache(maxsize=256)
def base_language(lang: str) -> str:
    """Return the language of a BCP 47 tag without script or region: `pt` for `pt-BR`."""
    return lang.partition("-")[0].lower()


def fold(text: str) -> str:
    """Return a text as it is compared: case folded, accents and joiners dropped."""
    if text.isascii():
        return text.lower()
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text.translate(_PLAIN))).casefold()


def split(text: str) -> list[str]:
    """Return what stands between the words of a text and the words as they stand, in turn; the first and the last are no words.

    A word is a number, or letters with their marks; apostrophes and hyphens part words. In scripts that set no blanks
    each pair of neighboring characters is one.
    """
    parts = split_whole(text)
    if text.isascii() or not _SPACELESS.search(text):
        return parts
    return [piece for at, part in enumerate(parts) for piece in (_pairs(part) if at % 2 else (part,))]


def split_whole(text: str) -> list[str]:
    """Return what `split` does, but runs of scripts that set no blanks as one word each: joined, the pieces are the text."""
    return (_MARKED if not text.isascii() and _MARK.search(text) else _WORD).split(text)


def words(text: str) -> list[str]:
    """Return the words of a text, as `split` finds them."""
    return split(text)[1::2]


def _pairs(word: str) -> list[str]:
    """Return the pairs of characters of a word, with nothing between them; other scripts' words as they are."""
    if len(word) < 3 or not _SPACELESS.search(word):
        return [word]
    return [piece for at in range(len(word) - 1) for piece in (word[at:at + 2], "")][:-1]


def spaceless(text: str) -> str:
    """Return a text's characters of scripts that set no blanks between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese."""
    return "" if text.isascii() else "".join(_SPACELESS.findall(text))


@lru_cache(maxsize=64)
def _stemmer(lang: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(base_language(lang))
    return Stemmer.Stemmer(name) if name in Stemmer.algorithms() else None


def stems(text: str, lang: str) -> list[str]:
    """Return the stems of a text's words (Snowball, Porter 2001), folded; the folded words where a language has no stemmer."""
    lowered = words(text.lower())
    stemmer = _stemmer(lang)
    return fold("\n".join(stemmer.stemWords(lowered) if stemmer else lowered)).split("\n") if lowered else []


def stem_each(found: Sequence[str], lang: str) -> list[str]:
    """Return the stem of each of several words."""
    stemmed = stems("\n".join(found), lang)
    return stemmed if len(stemmed) == len(found) else ["".join(stems(word, lang)) for word in found]


@lru_cache(maxsize=200_000)
def stem(word: str, lang: str) -> str:
    """Return the stem of one word."""
    return "".join(stems(word, lang))
