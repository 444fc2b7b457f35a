"""Tell lines that surround an article on a page from its own: captions, promos, share and subscribe lines, players.

Every rule takes a whole line and is meant to miss rather than to hit: a sentence of the article must never be lost.
The phrases are data, in `phrases.txt`.
"""

import re
from collections.abc import Callable

from digest.ingest.phrases import any_of, may_hold, words

__all__ = ["OPENS_TAIL", "address_of", "ends_sentence", "is_menu", "kind_of_junk"]

_LONGEST = 400
"""A longer line is a paragraph of the article, whatever it starts with."""
_LISTS = {"NETWORK": "networks", "PRICE": "prices", "DEVICE": "devices"}
"""Kinds of phrases that stand in others by these names."""
_SENTENCE_END = re.compile(r"(?:[.!?…。！？｡।॥؟۔։]|[\u0900-\u0dff] ?[|:])(?:[\"'”’»«“›)\]）」』*]|\s)*$")


def ends_sentence(line: str) -> bool:
    """Return whether a line ends as a sentence does."""
    return bool(_SENTENCE_END.search(line[-40:]))


def _filled(kind: str) -> str:
    return re.sub("NETWORK|PRICE|DEVICE", lambda found: any_of(_LISTS[found[0]]), any_of(kind))


def _whole(kind: str) -> re.Pattern[str]:
    """Return what a line is as a whole, marks and emoji around it left out."""
    return re.compile(rf"\W*{_filled(kind)}\W*", re.IGNORECASE)


_RULE = re.compile(r"[-–—_=~*•·.#|+\s\ue000-\uf8ff]+")
_PLAYER = re.compile(
    r"[▶►⏵⏸\s]*(?:\d{1,2}:)?\d{1,3}:\d{1,2}(?:\s?[/|–-]\s?(?:\d{1,2}:)?\d{1,3}:\d{1,2})?"
    r"|(?:play(?: video| audio)?|pause|mute|unmute|auto|\d{3,4}p|embed|fullscreen)", re.IGNORECASE)
_ICON = re.compile(r"\b\w*icons?\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\W{0,3}(?P<url>https?://[^\s<>\"]{4,2000}?)[>)\]\s]*", re.IGNORECASE)
_SHARE, _SUBSCRIPTION, _MENU, _ADVERT, _OFFER, _SIGNATURE = map(
    _whole, ("share", "subscription", "menu", "advertisement", "offer", "signature"))
_NAVIGATION = re.compile(r"\s*[|•·›»]\s*|\s+[/>]\s+")
_BETWEEN = frozenset("|•·›»/>")
"""What may stand between the places of a menu."""
_MANY_PLACES = 4
"""So many short fields above the title are a page's menu, whatever they are called."""
_NOTICE = re.compile(rf"\W{{0,3}}{any_of('notice')}", re.IGNORECASE)
_NOTICE_ANYWHERE = re.compile(any_of("notice anywhere"), re.IGNORECASE)
_TAGS = re.compile(rf"\W*{any_of('tags')}\s?[:：]\s*\S.{{0,300}}", re.IGNORECASE)
_SOURCE = re.compile(rf"\W*{any_of('source')}(?:\s?/\s?\w+)?\s?[:：]\s*(?P<rest>.{{0,300}})", re.IGNORECASE)
_PROMO = re.compile(rf"\W*{any_of('read also')}(?:\s?[:：>»|–—].{{0,300}}|\W*)", re.IGNORECASE)
_SURE_PROMO = re.compile(rf"\W*{any_of('surely read also')}(?!\w).{{0,250}}", re.IGNORECASE)
_HOST = r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}\b"
_ALSO_ON = re.compile(rf"\W*(?:also|more|read more|see more) (?:on|at|from) {_HOST}.{{0,300}}", re.IGNORECASE)
_CREDITS = re.compile(rf"[*(\[]?\s?(?i:{any_of('credits')}) (?-i:[^\W\d_a-z]).{{2,200}}")
_AGENCY = any_of("agencies")
_PERSON = r"(?:[A-ZÀ-ÞĀ-ŽА-Я][\w.'’-]*\s?){1,5}"
_PICTURE_ID = r"(?:via [A-Z][\w ]+?)?(?:\s?[-–]\s?[A-Z0-9]{5,20})?"
_AGENCY_ALONE = re.compile(_AGENCY)
_CAPTIONS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    # … in Ankara. REUTERS/Ann Lee - RC11505E54F0
    (("/",), re.compile(rf"(?:^|[.!?…\"”)»\d,]\s|[(\[©]\s?|\|\s?){_AGENCY}\s?/\s?(?!{_AGENCY}\W*$){_PERSON}{_PICTURE_ID}[)\].]*$")),
    # … in Ankara (AP Photo)
    (("(", "["), re.compile(rf"[(\[]\s?(?i:(?:file |archive )?{any_of('photo')}|{_AGENCY} photo)\b[^()\[\]]{{0,80}}[)\]]\.?$")),
    # … © Reuters
    (("©", "(c)"), re.compile(rf"(?:©|\(c\))\s?{_AGENCY}\b.{{0,60}}$")),
    # … in Ankara. Photo: Ann Lee
    ((":", "FILE PHOTO", "AP Photo", "Photo by"),
     re.compile(rf"[.!?…\"”] (?:FILE PHOTO|AP Photo|(?:Photo by|(?i:{any_of('photo')})\s?:) ?.{{2,60}})\W*$")),
    # Photo: the harbour
    ((":", "："), re.compile(rf"^\W*(?:FILE PHOTO|FILE|(?i:{any_of('photo')}))\s?[:：].{{0,350}}$")),
)
"""The forms of captions, each with what it cannot be without: that is looked for first."""
_LONGEST_NOTE = 300
"""A longer line is neither a caption nor a notice."""


def address_of(line: str) -> str | None:
    """Return the web address that a line consists of."""
    found = _ADDRESS.fullmatch(line)
    return found["url"] if found else None


def _is_icons(line: str) -> bool:
    icons = len(_ICON.findall(line)) if line.casefold().count("icon") >= 5 else 0
    return icons >= 5 and icons * 6 >= len(line.split())


def _is_share(line: str) -> bool:
    if _SHARE.fullmatch(line):
        return True
    said = {word for word in re.split(r"[\s|/,:·•]+", line[:150].casefold()) if any(map(str.isalpha, word))} if len(line) < 150 else set()
    return bool(said & words("share words that say it")) and said <= words("share words")


def _is_navigation(line: str) -> bool:
    """Return whether a line lists a site's sections, as its menu does: at least half of three or more are known."""
    parts = (line,) if _BETWEEN.isdisjoint(line) else _NAVIGATION.split(line[:300])
    fields = [part.strip().casefold() for part in parts if part.strip()]
    if len(fields) == 1:
        labels = line.split()
        return 4 <= len(labels) <= 15 and words("sections").issuperset(map(str.casefold, labels))
    if len(line) > 300 or len(fields) < 3 or any(len(part.split()) > 3 or re.search(r"[\d.!?:;,]", part) for part in fields):
        return False
    return sum(part in words("sections") for part in fields) * 2 >= len(fields)


def is_menu(line: str) -> bool:
    """Return whether a line that stands above everything else is a list of short labels, whatever they are called."""
    fields = [part.strip() for part in line[:300].split("|") if part.strip()]
    return len(fields) >= _MANY_PLACES and all(len(part.split()) <= 3 and not re.search(r"[\d.!?:;,]", part) for part in fields)


def _is_promo(line: str) -> bool:
    return bool(_ALSO_ON.fullmatch(line) or (not ends_sentence(line) and (_PROMO.fullmatch(line) or _SURE_PROMO.fullmatch(line))))


def _is_source(line: str) -> bool:
    found = _SOURCE.fullmatch(line)
    return found is not None and (len(found["rest"].split()) <= 8 or address_of(found["rest"]) is not None)


def _is_caption(line: str) -> bool:
    if len(line) > _LONGEST_NOTE:
        return False
    return bool(_AGENCY_ALONE.fullmatch(line)) or any(any(map(line.__contains__, signs)) and form.search(line) for signs, form in _CAPTIONS)


def _is_notice(line: str) -> bool:
    return len(line) <= _LONGEST_NOTE and bool(_NOTICE.match(line) or (may_hold("notice anywhere", line) and _NOTICE_ANYWHERE.search(line)))


_KINDS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("rule", _RULE.fullmatch),
    ("player", _PLAYER.fullmatch),
    ("address", _ADDRESS.fullmatch),
    ("source", _is_source),
    ("promo", _is_promo),
    ("share", _is_share),
    ("navigation", _is_navigation),
    ("offer", _OFFER.fullmatch),
    ("signature", lambda line: not ends_sentence(line) and _SIGNATURE.fullmatch(line)),
    ("subscription", _SUBSCRIPTION.fullmatch),
    ("menu", _MENU.fullmatch),
    ("advertisement", _ADVERT.fullmatch),
    ("tags", _TAGS.fullmatch),
    ("credits", _CREDITS.fullmatch),
    ("notice", _is_notice),
    ("caption", _is_caption),
)
OPENS_TAIL = frozenset({"share", "navigation", "subscription", "menu", "tags", "notice", "source"})
"""After a line of these kinds, and no further paragraph, short lines belong to the page and not to the article."""


def kind_of_junk(line: str) -> str | None:
    """Return what a line is if it is surely not the article's; None for anything else."""
    if _is_icons(line):
        return "icons"
    if len(line) > _LONGEST:
        return None
    return next((kind for kind, matches in _KINDS if matches(line)), None)
