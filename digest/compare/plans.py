"""Tell a plan from the deed: one sentence says what is to come, another that it happened."""

from collections.abc import Iterable
from functools import lru_cache

from digest.dates.calendars import calendar_of
from digest.phrases import find_tenses, unquoted
from digest.words import stem, words

__all__ = ["are_plan_and_deed"]

_FOLLOWING = 3
"""Words after those that tell of something to come, among which the verb stands."""
_BEGINNING = 4
"""Letters of a verb that are compared, whatever its endings, where it has more; and its stem."""
_SHORTEST = 4
"""Letters of the shortest verb that is compared: shorter ones are helpers."""


def are_plan_and_deed(one: str, other: str, lang: str) -> bool:
    """Return whether one of two sentences tells that something is to come which the other tells as past: "is to open", "opened"."""
    plans, deeds = (_verbs_to_come(one, lang), _verbs_to_come(other, lang)), (_past_verbs(one, lang), _past_verbs(other, lang))
    return bool((plans[0] & deeds[1] - plans[1]) or (plans[1] & deeds[0] - plans[0]))


@lru_cache(maxsize=16_384)
def _verbs_to_come(sentence: str, lang: str) -> frozenset[str]:
    """Return the verbs of what is to come; in many languages the verb itself says so."""
    calendar = calendar_of(lang)
    plain = " ".join(token.word for token in unquoted(sentence))
    found = calendar.future.finditer(plain) if calendar else ()
    return _forms((word for match in found for word in (*words(match[0])[-1:], *words(plain[match.end():])[:_FOLLOWING])), lang)


@lru_cache(maxsize=16_384)
def _past_verbs(sentence: str, lang: str) -> frozenset[str]:
    tenses = find_tenses(lang)
    return _forms((token.word for token in unquoted(sentence) if tenses.past.fullmatch(token.word)), lang) if tenses else frozenset()


def _forms(found: Iterable[str], lang: str) -> frozenset[str]:
    """Return by what other forms of these verbs may be known."""
    verbs = [word for word in found if len(word) >= _SHORTEST]
    return frozenset([*(stem(verb, lang) for verb in verbs), *(verb[:_BEGINNING] for verb in verbs if len(verb) > _BEGINNING)])
