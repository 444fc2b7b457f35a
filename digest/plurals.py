"""The plural forms of a language, as CLDR has them and as a gettext catalog numbers them.

A catalog has the forms that whole numbers reach, in CLDR's order; the last of them is for all that the others are not for.
So Russian has `one`, `few` and `many`, but not the `other` of its fractions, and Spanish no `many`, which begins at a million.
"""

from collections.abc import Mapping
from functools import cache

from babel import Locale
from babel.plural import PluralRule, to_gettext

__all__ = ["plural_header", "plural_samples", "plural_tag", "plural_tags", "sole_number"]

_ORDER = ("zero", "one", "two", "few", "many", "other")
_REACHED = range(200)
"""Numbers that meet every form of whole numbers below a million."""


@cache
def _rule(lang: str) -> PluralRule:
    return Locale.parse(lang, sep="-").plural_form


@cache
def plural_samples(lang: str) -> Mapping[str, int]:
    """Return the forms of a language's catalog in the order of their numbers, each with a number that it is for; 1 only if no other."""
    found = {_rule(lang)(number): number for number in (1, 0, *_REACHED[2:])}
    return {tag: found[tag] for tag in _ORDER if tag in found}


def plural_tags(lang: str) -> tuple[str, ...]:
    """Return the forms of a language's catalog, in the order of their numbers."""
    return tuple(plural_samples(lang))


def plural_tag(lang: str, number: int) -> str:
    """Return the form that goes with a number."""
    found, tags = _rule(lang)(number), plural_samples(lang)
    return found if found in tags else [*tags][-1]


def plural_header(lang: str) -> str:
    """Return the `Plural-Forms` of a language's catalog."""
    rules, tags = _rule(lang).rules, plural_tags(lang)
    return to_gettext(PluralRule({tag: rules[tag] for tag in tags[:-1]}))


@cache
def sole_number(lang: str, tag: str) -> int | None:
    """Return the number that a form is for, where it is for one alone, so that its words may say it without a figure."""
    found = [number for number in _REACHED if plural_tag(lang, number) == tag]
    return found[0] if len(found) == 1 else None
