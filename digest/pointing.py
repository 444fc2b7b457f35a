"""Tell how far a sentence leans on what was said before it, inside it and not at its opening only."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from digest.days import calendar_words
from digest.phrases import Phrases, Token, opens_with, phrases, plain_words, unquoted

__all__ = ["leaning"]

_HINTS = 0.5
"""What a sentence is worth that hints at something said before."""
_NEAR = 6
"""Words after the opening in which a name or a number tells what "the …" means, and in which "also" or "it" points back."""
_FEW = 12
"""In a sentence of fewer words every pronoun counts."""


def leaning(text: str, lang: str, around: str) -> float:
    """Return how well a sentence stands without those before it in its article, `around`: 1, or 0 where it points back, or between."""
    lists, opening = phrases(lang), plain_words(text)
    if _pointers(lang).isdisjoint(opening) and not opens_with(opening[:1], lists.definite):
        return 1.0
    tokens = unquoted(text)
    if _lacks_bearer(text, tokens, lists, around) or _points(tokens, lists, lang) or _speaks(tokens, lists):
        return 0.0
    return _HINTS if _echoes(tokens, lists) or _is_bare(text, tokens, lists, lang) else 1.0


@lru_cache(maxsize=64)
def _pointers(lang: str) -> frozenset[str]:
    lists = phrases(lang)
    return frozenset(words[0] for words in lists.persons | lists.pointing | lists.echoes | lists.loose | lists.speaker)


def _lacks_bearer(text: str, tokens: Sequence[Token], lists: Phrases, around: str) -> bool:
    """Return whether "he" or "his" comes before anybody whom it may mean."""
    at = next((at for at, token in enumerate(tokens) if (token.word,) in lists.persons), None)
    if at is None or any((token.word,) in lists.articles for token in tokens[:at]):
        return False
    return not any(text[token.start].isupper() for token in tokens[1:at]) and not (at > 0 and _is_name(text, tokens[0], around))


def _is_name(text: str, opening: Token, around: str) -> bool:
    """Return whether a sentence's first word is a name: its article has it with a capital after another word too."""
    return re.search(rf"[^\W\d_],? {re.escape(text[opening.start:opening.end])}(?!\w)", around) is not None


def _points(tokens: Sequence[Token], lists: Phrases, lang: str) -> bool:
    """Return whether "this …" means anything but a time."""
    times = calendar_words(lang)
    return any((token.word,) in lists.pointing and (following.word,) not in lists.times and following.word not in times
               for token, following in pairwise(tokens))


def _speaks(tokens: Sequence[Token], lists: Phrases) -> bool:
    """Return whether somebody says "I" without quotation marks, or a short sentence says "it" of something before it."""
    return any((token.word,) in lists.speaker for token in tokens) or (
        len(tokens) < _FEW and any((token.word,) in lists.loose for token in tokens[1:]))


def _echoes(tokens: Sequence[Token], lists: Phrases) -> bool:
    """Return whether a word like "also" stands near the opening or, in a short sentence, anywhere."""
    near = tokens[1:] if len(tokens) < _FEW else tokens[1:_NEAR]
    return any((token.word,) in lists.echoes for token in near)


def _is_bare(text: str, tokens: Sequence[Token], lists: Phrases, lang: str) -> bool:
    """Return whether a sentence opens with "the …" and no name or number soon says which."""
    if not tokens or not opens_with([tokens[0].word], lists.definite):
        return False
    times = calendar_words(lang)
    near = tokens[1:1 + _NEAR]
    return not any(text[token.start].isdigit() or (text[token.start].isupper() and token.word not in times) for token in near)

