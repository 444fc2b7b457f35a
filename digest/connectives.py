"""Leave out the word that only joins a sentence to the one before it ("However, ..."), so that the rest can be quoted alone.

Only words that say nothing themselves are connectives; who said it, and what it denies, always stay.
"""

import re

from digest.phrases import phrases, plain_words

__all__ = ["connective_before", "connective_end"]

_CONNECTIVE = 60
"""Characters before a span in which its connective is looked for."""
_BOUNDARY = re.compile(r"\n|(?<=[.!?…।؟۔])[\"'”’»)]*\s")


def connective_end(text: str, lang: str) -> int:
    """Return where a sentence begins anew after a connective and its comma ("However, …"); 0 where it has none."""
    connectives = phrases(lang).connectives
    head, comma, _ = text.partition(",")
    if not comma or plain_words(head) not in connectives:
        return 0
    rest = text[len(head) + 1:]
    return len(text) - len(rest.lstrip()) if rest[:1].isspace() else 0


def connective_before(text: str, start: int, lang: str) -> str:
    """Return the connective, with its comma, after which a span of an article begins; an empty text where there is none."""
    before = text[max(0, start - _CONNECTIVE):start]
    head = _BOUNDARY.split(before)[-1].strip()
    return head if before[-1:].isspace() and head.endswith(",") and plain_words(head) in phrases(lang).connectives else ""
