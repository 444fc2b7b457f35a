"""What `digest init` asks on a terminal, and how an answer or an option is read."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import click

from digest.ingest.names import host_of
from digest.settings import Outlet, is_address, is_language
from digest.slugs import free_id
from digest.starter.init import NewDigest

__all__ = ["answer", "ask"]


def _title(value: str) -> str:
    if not (title := " ".join(value.split())) or not title.isprintable():
        raise click.BadParameter("expected a name for the site")
    return title


def _languages(value: str) -> tuple[str, ...]:
    languages = tuple(re.split(r"[,;\s]+", value.strip()))
    for language in languages:
        if not is_language(language):
            raise click.BadParameter(f"{language!r} is not a language code like en, tr or pt-BR")
    if len(set(languages)) < len(languages):
        raise click.BadParameter("expected each language once")
    return languages


def _publisher(value: str) -> str | None:
    return " ".join(value.split()) or None


def _contact(value: str) -> str | None:
    contact = f"mailto:{value}" if re.fullmatch(r"[^\s@:/]+@[^\s@:/]+", value) else value
    if contact and not is_address(contact, ("mailto", "https", "http")):
        raise click.BadParameter(f"expected an address like mailto:desk@example.org or https://example.org/desk, found {value!r}")
    return contact or None


def _timezone(value: str) -> str:
    if value not in available_timezones():
        raise click.BadParameter(f"expected a name like Europe/Istanbul, found {value!r}")
    return value


def _outlets(value: str) -> tuple[Outlet, ...]:
    taken = set[str]()
    return tuple(_outlet(line, taken) for line in value.splitlines())


def _outlet(line: str, taken: set[str]) -> Outlet:
    name, _, homepage = (part.strip() for part in line.partition("="))
    if not name or not is_address(homepage):
        raise click.BadParameter(f"expected NAME=ADDRESS, as in Harbour Courier=https://harbour-courier.example.org/, found {line!r}")
    return Outlet(id=free_id(name, taken), name=name, homepage=homepage, domains=(host_of(homepage) or "",))


def _private(value: str) -> str | None:
    if value and not re.fullmatch(r"[A-Za-z0-9-]+/[\w.-]+", value, re.ASCII):
        raise click.BadParameter(f"expected OWNER/NAME, as in the repository's address on GitHub, found {value!r}")
    return value or None


_READERS: Mapping[str, Callable[[str], Any]] = {
    "title": _title, "languages": _languages, "publisher": _publisher, "contact": _contact, "timezone": _timezone,
    "outlets": _outlets, "private": _private}
_QUESTIONS = {
    "title": "The site's name",
    "languages": "Its languages, the site's own first (codes, such as: en tr)",
    "publisher": "Who answers for it (nothing is published without; may come later)",
    "contact": "How to reach them, an address of mail or web (the same)",
    "timezone": "The time zone of its days",
    "private": "A private repository on GitHub that keeps the articles, OWNER/NAME (empty: they lie in this one)",
}


def answer(option: click.Parameter, value: str | tuple[str, ...] | None) -> Any:
    """Return what an option says, read; None where it was not given.

    Raises:
        click.BadParameter: it says what cannot be.
    """
    text = "\n".join(value) if isinstance(value, tuple) else value
    return None if value in (None, ()) else _READERS[option.name or ""](text or "")


def ask(folder: Path, given: Mapping[str, Any], *, silent: bool) -> NewDigest:
    """Return what a new digest is to be: as the options say, else as answered on the terminal, else as is usual."""
    usual = {"title": _name(folder), "languages": "en", "publisher": "", "contact": "", "timezone": "UTC", "private": ""}
    found = {key: _READERS[key](value) if silent else _put(key, value) for key, value in usual.items() if given.get(key) is None}
    return NewDigest(**{key: value for key, value in given.items() if value is not None} | found)


def _put(key: str, usual: str) -> Any:
    return click.prompt(_QUESTIONS[key], default=usual, value_proc=_READERS[key], show_default=bool(usual), err=True)


def _name(folder: Path) -> str:
    words = re.sub(r"[^\w.]+|_+", " ", folder.resolve().name).strip() or "Digest"
    return words[0].upper() + words[1:]
