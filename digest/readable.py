"""Tell which sentences can be quoted alone: whole, clean, and without pointing at something said before them."""

import re
import unicodedata
from functools import lru_cache

from digest.models import Article, Sentence
from digest.phrases import Phrases, opens_with, phrases, plain_words, quotations, tokenize
from digest.words import spaceless

__all__ = ["inside_quotation", "is_boilerplate", "is_complete", "readability", "word_count"]

SHORTEST, LONGEST = 6, 60
"""Words of a sentence that is quoted."""
_WEAK = 0.6
_SHORT = 12
"""A single word of the boilerplate lists counts only at the start of a sentence, or in one of fewer words."""
_ENDS = ".!…।؟۔。！．։።॥"
_QUESTIONS = "?؟？;;"
_CLOSING = "\"'”’“»«)]）」』›"
_OPENING = "\"“„«»(¿¡‘'「『‹["
_HARMLESS = frozenset("\n\u00ad\u200b\u200c\u200d\u200e\u200f\u2060")
"""Of the characters that don't show: a line's end, soft hyphen, joiners and the plain direction marks."""
_SITE = re.compile(r"https?:|www\.|\S@\S|(?<!\S)@\w{3}|©|\b(?:REUTERS|Reuters|AFP|AP|EPA|EFE)/")
_SITE_MARKS = ("/", "@", "http", "www.", "©")
"""One of them is in everything that `_SITE` finds."""
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Gov|Sen|Rep|Lt|Col|Sgt|Capt|Prof|No|vs)\.$")


def readability(article: Article, sentence: Sentence) -> float:
    """Return how well a sentence reads alone: 1, less where its opening is weak, 0 where it is not to be quoted."""
    text = article.text[sentence.start:sentence.end]
    return 0.0 if inside_quotation(article.text, sentence.start) else _readability(text, article.lang)


@lru_cache(maxsize=16_384)
def _readability(text: str, lang: str) -> float:
    lists = phrases(lang)
    if not SHORTEST <= word_count(text) <= LONGEST or not _is_clean(text) or not _is_whole(text, lang) or is_boilerplate(text, lang):
        return 0.0
    opening = plain_words(text)
    if not opens_with(opening, lists.alone) and (opens_with(opening, lists.pronouns) or opens_with(opening, lists.back)):
        return 0.0
    if _lacks_speaker(text, lists):
        return 0.0
    return _WEAK if opens_with(opening, lists.weak) else 1.0


def is_complete(article: Article, sentence: Sentence) -> bool:
    """Return whether a sentence is whole, clean and about the news, even if it needs another one to be understood."""
    text = article.text[sentence.start:sentence.end]
    return SHORTEST <= word_count(text) <= LONGEST and _is_clean(text) and _is_whole(text, article.lang) and not is_boilerplate(
        text, article.lang)


def word_count(text: str) -> int:
    """Return the number of words between blanks; two characters are a word in scripts that set none."""
    characters = len(spaceless(text))
    return len(text.split()) if characters < len(text) / 4 else (characters + 1) // 2


@lru_cache(maxsize=16_384)
def is_boilerplate(text: str, lang: str) -> bool:
    """Return whether a sentence speaks about the site or the picture instead of the news."""
    if any(mark in text for mark in _SITE_MARKS) and _SITE.search(text):
        return True
    words, lists, starts = plain_words(text), phrases(lang).boilerplate, _boilerplate_starts(lang)
    found = [at for at, word in enumerate(words) if word in starts]
    return any(words[at:at + length] in lists for at in found for length in (4, 3, 2)) or any(
        words[at:at + 1] in lists for at in found if at == 0 or len(words) < _SHORT) if found else False


@lru_cache(maxsize=64)
def _boilerplate_starts(lang: str) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in phrases(lang).boilerplate)


def _is_clean(text: str) -> bool:
    """Return whether a text has nothing but letters that show, and mostly letters."""
    if not text.isprintable() and any(not c.isprintable() and c not in _HARMLESS and unicodedata.category(c)[0] == "C" for c in text):
        return False
    if "\ufffd" in text:
        return False
    shown = len(text) - sum(map(str.isspace, text))
    letters = sum(map(str.isalpha, text)) + (0 if text.isascii() else sum(unicodedata.category(c)[0] == "M" for c in text))
    return letters >= 0.6 * shown and sum(map(str.isupper, text)) <= 0.5 * letters


def _is_whole(text: str, lang: str) -> bool:
    """Return whether a text begins and ends as a sentence does, is no question, and closes what it opens."""
    bare = text.rstrip(_CLOSING + " ")
    if not bare or (bare[-1] not in _ENDS and not spaceless(bare[-1])) or _ABBREVIATED.search(bare):
        return False
    asks = _QUESTIONS if lang.startswith("el") else _QUESTIONS[:3]
    first = text.lstrip(_OPENING)[:1]
    return not (bare[-1] in asks or text[0].islower() or not first.isalnum() or not quotations(text)[1]
                or text.count("(") != text.count(")") or text.count("[") != text.count("]"))


def _lacks_speaker(text: str, lists: Phrases) -> bool:
    """Return whether a sentence is direct speech, or ends in an attribution, without saying whose."""
    tail = plain_words(text.rpartition(",")[2])
    if "," in text and len(tail) <= 3 and opens_with(tail[:1], lists.pronouns):
        return True
    spans = quotations(text)[0]
    if not spans or spans[0][0] > 1:
        return False
    rest = [token for token in tokenize(text) if not any(start <= token.start < end for start, end in spans)]
    return len(rest) < 2 or any((token.word,) in lists.pronouns for token in rest[:2])


def inside_quotation(text: str, at: int) -> bool:
    """Return whether a place stands inside a quotation that began before it in its paragraph."""
    start = text.rfind("\n\n", 0, at) + 1
    end = text.find("\n\n", at)
    spans, _ = quotations(text[start:end if end >= 0 else len(text)])
    return any(first < at - start < last for first, last in spans)
