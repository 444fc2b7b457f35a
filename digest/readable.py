"""Tell which sentences can be quoted alone: whole, clean, and without pointing at something said before them."""

import re
import unicodedata
from functools import lru_cache

from digest.connectives import connective_before
from digest.models import Article, Sentence
from digest.phrases import QUOTATION_MARK, Phrases, find_tenses, has_phrase, opens_with, phrases, plain_words, quotations, unquoted
from digest.pointing import leaning
from digest.words import MARKS, spaceless

__all__ = ["inside_quotation", "is_boilerplate", "is_complete", "readability", "word_count"]

SHORTEST, LONGEST = 6, 60
"""Words of a sentence that is quoted."""
_LONG = 40
"""Words from which a sentence is hard to read."""
_WEAK = 0.6
_SHORT = 12
"""A single word of the boilerplate lists counts only at the start of a sentence, or in one of fewer words."""
_ENDS = ".!…।؟۔。！．։።॥"
_QUESTIONS = "?؟？;;"
_CLOSING = "\"'”’“»«)]）」』›"
_OPENING = "\"“„«»(¿¡‘'「『‹["
_HARMLESS = frozenset("\n\u00ad\u200b\u200c\u200d\u200e\u200f\u2060")
"""Of the characters that don't show: a line's end, soft hyphen, joiners and the plain direction marks."""
_SAYING = 5
"""Words from "told" to the end of a sentence that leave out what was told."""
_PRESENTING = 10
"""Words, at most, of a text that only says who somebody is."""
_SITE = re.compile(r"https?:|www\.|\S@\S|(?<!\S)@\w{3}|©|\b(?:REUTERS|Reuters|AFP|AP|EPA|EFE)/")
_SITE_MARKS = ("/", "@", "http", "www.", "©")
"""One of them is in everything that `_SITE` finds."""
_MARK = re.compile(f"[{MARKS}]")
_UNFINISHED = re.compile(r"(?:\.\.|…)[\"'”’»)]*$")
_SPOKEN = re.compile(r"[,:\"“„«»”]")
"""What stands between who spoke and what was said."""
_PAUSE = re.compile(r"\w\.\.+ \w")
_GARBAGE = re.compile(r"\b\d+px\b|\b\d{4}[A-ZÀ-Þ][^\W\d_A-Z]|[|{}<>=]{2}|\]\]|\[\[|\b([A-ZÀ-Þ]\w+ [A-ZÀ-Þ]\w+)\b(?!,).*\s\1\b")
"""Remains of markup, or a name in full twice in one sentence: an entry that runs on into the text about it."""
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Gov|Sen|Rep|Lt|Col|Sgt|Capt|Prof|No|vs)\.$")


@lru_cache(maxsize=8192)
def readability(article: Article, sentence: Sentence) -> float:
    """Return how well a sentence reads alone: 1, less where it leans on others or is long, 0 where it is not to be quoted.

    A sentence may begin after its connective (`connective_end`); it then begins with a small letter.
    """
    start, end = sentence.start, sentence.end
    text = article.text[start:end]
    if inside_quotation(article.text, start) or _is_torn(article.text, start, end):
        return 0.0
    alone = _readability(text, article.lang, begun=bool(connective_before(article.text, start, article.lang)))
    return min(alone, leaning(text, article.lang, article.text)) if alone else 0.0


def _is_torn(text: str, start: int, end: int) -> bool:
    """Return whether a sentence begins or ends within what belongs together, such as "before 9" of "before 9.30"."""
    before = text[max(0, start - 1):start]
    return text[end:end + 1].isalnum() or (before != "" and before.isascii() and not before.isspace())


@lru_cache(maxsize=16_384)
def _readability(text: str, lang: str, *, begun: bool) -> float:
    lists, length = phrases(lang), word_count(text)
    if not SHORTEST <= length <= LONGEST or not _is_clean(text) or not _is_whole(text, lang, begun=begun) or is_boilerplate(text, lang):
        return 0.0
    opening = plain_words(text)
    if not opens_with(opening, lists.alone) and (opens_with(opening, lists.pronouns) or opens_with(opening, lists.back)):
        return 0.0
    if _lacks_speaker(text, lists) or _is_fused(text, lang) or _tells_nothing(text, opening, lang):
        return 0.0
    weak = opens_with(opening, lists.weak) or length > _LONG or text.rstrip(_CLOSING).endswith("!") or _PAUSE.search(text)
    return _WEAK if weak else 1.0


def is_complete(article: Article, sentence: Sentence) -> bool:
    """Return whether a sentence is whole, clean and about the news, even if it needs another one to be understood."""
    text = article.text[sentence.start:sentence.end]
    whole = _is_clean(text) and _is_whole(text, article.lang, begun=False)
    return whole and SHORTEST <= word_count(text) <= LONGEST and not is_boilerplate(text, article.lang)


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
    shown = sum(map(len, text.split()))
    letters = sum(map(str.isalpha, text)) + (0 if text.isascii() else len(_MARK.findall(text)))
    return letters >= 0.6 * shown and sum(map(str.isupper, text)) <= 0.5 * letters


def _is_whole(text: str, lang: str, *, begun: bool = False) -> bool:
    """Return whether a text begins and ends as a sentence does, is no question, and closes what it opens."""
    bare = text.rstrip(_CLOSING + " ")
    if not bare or (bare[-1] not in _ENDS and not spaceless(bare[-1])) or _ABBREVIATED.search(bare) or _UNFINISHED.search(text):
        return False
    asks = _QUESTIONS if lang.startswith("el") else _QUESTIONS[:3]
    first = text.lstrip(_OPENING)[:1]
    return not (bare[-1] in asks or (text[0].islower() and not begun) or not first.isalnum() or not quotations(text)[1]
                or text.count("(") != text.count(")") or text.count("[") != text.count("]"))


def _is_fused(text: str, lang: str) -> bool:
    """Return whether a headline or a name's entry runs on into a sentence: a small word has a capital where none is due."""
    return bool(_GARBAGE.search(text)) or bool((inner := _inner(lang)) and inner.search(text))


@lru_cache(maxsize=64)
def _inner(lang: str) -> re.Pattern[str] | None:
    found = sorted(" ".join(words).capitalize() for words in phrases(lang).inner)
    return re.compile(rf"(?<=\w )(?:{'|'.join(map(re.escape, found))})(?!\w)") if found else None


def _tells_nothing(text: str, opening: tuple[str, ...], lang: str) -> bool:
    """Return whether a sentence says who somebody is, who spoke, or to whom, and leaves out what."""
    lists = phrases(lang)
    told = next((at for at, word in enumerate(opening) if (word,) in lists.telling), None)
    unfinished = any(opening[-n:] in lists.unfinished for n in (2, 3, 4))
    adrift = has_phrase(opening, lists.adrift) and not has_phrase(opening, lists.hearsay)
    if adrift and "that" not in opening and not _SPOKEN.search(text):
        return True
    return unfinished or _only_presents(text, opening, lang) or (told is not None and "," not in text and len(opening) - told <= _SAYING)


def _only_presents(text: str, opening: tuple[str, ...], lang: str) -> bool:
    """Return whether a short text is but a name and who that is: "Ana Birk, the mayor of Velden."."""
    _, comma, rest = text.partition(",")
    if len(opening) > _PRESENTING or not comma or "," in rest or plain_words(rest)[:1] not in phrases(lang).articles:
        return False
    return not _shows_tense(opening, lang)


def _shows_tense(words: tuple[str, ...], lang: str) -> bool:
    """Return whether a word of a sentence shows a tense; a sentence without one may be none, where a language's words are all known."""
    tenses = find_tenses(lang)
    return tenses is None or not tenses.whole or any(tenses.present.fullmatch(word) or tenses.past.fullmatch(word) for word in words)


def _lacks_speaker(text: str, lists: Phrases) -> bool:
    """Return whether a sentence is direct speech, or ends in an attribution, without saying whose."""
    tail = plain_words(text.rpartition(",")[2])
    if "," in text and len(tail) <= 3 and opens_with(tail[:1], lists.pronouns):
        return True
    spans = quotations(text)[0]
    if not spans or spans[0][0] > 1:
        return False
    rest = unquoted(text)
    return len(rest) < 2 or any((token.word,) in lists.pronouns for token in rest[:2])


def inside_quotation(text: str, at: int) -> bool:
    """Return whether a place stands inside a quotation that began before it in its paragraph."""
    start = text.rfind("\n\n", 0, at) + 1
    if not QUOTATION_MARK.search(text, start, at):
        return False
    end = text.find("\n\n", at)
    spans, _ = quotations(text[start:end if end >= 0 else len(text)])
    return any(first < at - start < last for first, last in spans)
