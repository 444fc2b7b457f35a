"""What search engines and shared links are told of a page: a quotation of it and whose it is, as plain text."""

import re
from collections.abc import Iterable
from datetime import date

from digest.catalog import Catalog, language_name
from digest.escape import visible
from digest.models import Aid
from digest.translation import EDITOR, Translation, engine_label

__all__ = ["describe", "origin_text", "plain", "split_stop"]

_STOP = re.compile(r"(?<=\w)[.!?…。！？؟।]+$")


def plain(catalog: Catalog, key: str, **fields: str) -> str:
    """Return a string of the interface as plain text."""
    return visible(str(catalog.text(key, **fields).unescape()))


def describe(catalog: Catalog, outlet: str | None, quote: str, aids: Iterable[Aid] = (), told: Translation | None = None) -> str:
    """Return a quotation after its outlet's name; of one that was translated the translation, unquoted, with how it came about."""
    name = outlet or plain(catalog, "unknown_outlet")
    if told:
        days = "".join(_aid(aid, catalog) for aid in aids if aid.kind == "date")
        words, end = split_stop(told.text) if days else (told.text, "")
        return plain(catalog, "described_translation", outlet=name, origin=origin_text(told, catalog), text=words + days + end)
    return plain(catalog, "described", outlet=name, text=_aided(quote, aids, catalog))


def split_stop(text: str) -> tuple[str, str]:
    """Return a sentence without the stop at its end, and the stop: what a translation's aids tell stands between the two."""
    stop = _STOP.search(text)
    return (text[:stop.start()], stop[0]) if stop else (text, "")


def _aided(quote: str, aids: Iterable[Aid], catalog: Catalog) -> str:
    """Return a quotation with its aids at their places."""
    for aid in sorted(aids, key=lambda aid: aid.at, reverse=True):
        quote = quote[:aid.at] + _aid(aid, catalog) + quote[aid.at:]
    return quote


def _aid(aid: Aid, catalog: Catalog) -> str:
    if aid.kind == "connective":
        return plain(catalog, "aid_connective") + " "
    return " " + plain(catalog, "aid_date", day=catalog.short_day(date.fromisoformat(aid.text)))


def origin_text(told: Translation, catalog: Catalog) -> str:
    """Return how a translation came about, as its label says."""
    language, through = (language_name(lang, catalog.lang) if lang else "" for lang in (told.source, told.through))
    if told.engine == EDITOR:
        return plain(catalog, "translated_editor", language=language)
    key = "translated_through" if told.through else "translated_by"
    label = plain(catalog, key, language=language, engine=engine_label(told.engine, told.model), through=through)
    return " ".join([label, *(plain(catalog, f"doubt_{doubt}") for doubt in told.doubts)])
