"""Tell an outlet's name from a person's by its look, and find the outlet in the lines that surround an article."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from digest.ingest.phrases import any_of, words

__all__ = ["byline_of", "host_of", "looks_like_outlet", "looks_like_person", "name_of_host", "notice_outlet", "own_promo_host"]

_PERSON = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*\s+){1,3}(?:(?:de|van|von|der|den|bin|al|el|da|di|la|le|du)\s+){0,2}[^\W\d_a-z][\w'’-]*")
_BYLINE = re.compile(rf"\W{{0,2}}{any_of('by')}\s?:?\s+(?P<names>\S.{{1,100}})", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|;|&|/|\band\b|\bve\b|\bund\b|\bet\b|\by\b|\be\b|\bи\b|\bو\b)\s*")
_FIRST_PUBLISHED = re.compile(
    r"(?:(?:originally|first) (?:published|appeared) (?:by|in|on|at)|re(?:printed|published) (?:with permission )?from|reposted from)"
    r"\s+(?P<name>[^.,;(]{2,60})", re.IGNORECASE)
_YEARS = r"(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?)?"
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*{_YEARS}[\s,]*(?P<name>[^.,;|()©]{{2,60}}?)(?:\s(?:19|20)\d\d)?\s*"
    r"(?:$|[.,;|(]|all rights|inc\b|ltd\b)", re.IGNORECASE)
_CAPITALIZED = r"[A-ZÀ-ÞĀ-Ž][\w'’-]*"
_WEBSITE = re.compile(
    rf"(?P<before>\bby\s+)?(?P<name>{_CAPITALIZED}(?:\s{_CAPITALIZED}){{0,5}})\s(?:website contains only a portion|web sitesinde)")
_HOST_LABELS = frozenset({"www", "m", "amp", "en", "tr", "ru", "news", "edition", "co", "com", "org", "net", "gov", "edu", "ac"})
_SOCIAL = frozenset({"facebook", "twitter", "x", "instagram", "t", "telegram", "whatsapp", "youtube", "youtu", "linkedin", "vk", "tiktok"})
_PROMO_HOST = re.compile(r"\W*(?:also|more|read more) (?:on|at|from) (?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})\b", re.IGNORECASE)


def looks_like_outlet(name: str) -> bool:
    """Return whether a name has a word that newspapers and agencies are called by, or is a host name."""
    parts = re.split(r"[\s.,-]+", name.casefold())
    return len(parts) <= 7 and bool(words("outlet words") & set(parts) or re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,7}", name.casefold()))


def looks_like_person(name: str) -> bool:
    """Return whether a name is two to five capitalized words, none of them an outlet's."""
    return len(name) <= 60 and bool(_PERSON.fullmatch(name)) and not looks_like_outlet(name)


def byline_of(line: str) -> tuple[str, ...]:
    """Return the persons that a byline ("By Ann Lee and Bo Li") names; none where it is no byline."""
    found = _BYLINE.fullmatch(line)
    if not found:
        return ()
    names = tuple(name.strip(" .|") for name in _AND.split(found["names"]))
    return names if all(map(looks_like_person, names)) else ()


def host_of(url: str | None) -> str | None:
    """Return the host of an address, without `www.`; None where there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def name_of_host(host: str) -> str:
    """Return what an outlet with this host is called where nothing else tells: short labels are initials."""
    labels = [label for label in host.casefold().split(".")[:-1] if label not in _HOST_LABELS]
    label = labels[-1] if labels else host
    return label.upper() if len(label) <= 3 else host


def own_promo_host(promos: Iterator[str]) -> str | None:
    """Return the host that a page's promos call its own ("Also on example.com …"), where two or more agree."""
    hosts = [found["host"].casefold().removeprefix("www.") for line in promos if (found := _PROMO_HOST.match(line))]
    agree = len(hosts) > 1 and len(set(hosts)) == 1
    return hosts[0] if agree and hosts[0].split(".")[0] not in _SOCIAL else None


def notice_outlet(line: str) -> str | None:
    """Return the outlet that a closing notice names: a copyright line, "first published by …", "… website contains only …"."""
    if website := _WEBSITE.search(line):
        parts = website["name"].split()
        return " ".join(parts[-2:] if website["before"] else parts)
    found = _FIRST_PUBLISHED.search(line) or _COPYRIGHT.search(line)
    name = found["name"].strip(" '\"“”*_") if found else ""
    return name if name and len(name.split()) <= 6 and (name[0].isupper() or not name[0].isascii() or "." in name) else None
