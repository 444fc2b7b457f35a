"""What the editors set: `digest.yml` and `outlets.yml`, read once and handed down in slices."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale, UnknownLocaleError

from digest import __version__
from digest._yaml import Block, did_you_mean, read_block, read_blocks
from digest.errors import SettingsError
from digest.files import read_file
from digest.translators import ENGINES

__all__ = [
    "FUNDINGS", "KINDS", "NO_FRAME", "RIGHTS", "Frame", "Grouping", "Outlet", "Section", "Settings", "Summarizing", "is_address",
    "is_language", "is_slug", "load_settings", "read_editors_file", "setting_values",
]

KINDS = ("agency", "newspaper", "broadcaster", "magazine", "online", "blog", "government", "ngo", "other")
FUNDINGS = ("state", "public", "private", "nonprofit", "party", "unknown")
RIGHTS = ("full", "excerpt", "link")
_ENGINES = ("argos",)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_REPOSITORY = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/?")
QUOTE_LIMIT = 0.4
"""The share of an article's words that may be shown where its outlet sets no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who published; declared as data."""

    id: str
    name: str
    homepage: str | None = None
    domains: tuple[str, ...] = ()
    country: str | None = None
    """ISO 3166 alpha-2."""
    lang: str | None = None
    kind: str | None = None
    funding: str | None = None
    owner: str | None = None
    basis: str | None = None
    """The address that kind, funding and owner rest on."""
    rights: str = "excerpt"
    """`full`, `excerpt` or `link`: how much of its articles may be shown."""
    quote_limit: float = QUOTE_LIMIT
    """Under `excerpt`: the share of an article's words that may be shown over the whole site."""
    translate: bool = True
    """Whether its sentences may be translated."""
    feeds: tuple[str, ...] = ()
    """The addresses of its own feeds."""
    declared: bool = True
    """Whether it stands in `outlets.yml`; otherwise only its name is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How articles become stories, and stories topics; all scores from 0 to 1."""

    copy: float = 0.3
    """Texts are copies from this share of common 5-word sequences on."""
    story: float = 0.45
    """Articles this likely on the average report one event (`likeness`)."""
    inner: float = 0.6
    """Two groups of articles are joined from this share of the likeness within the looser of them on."""
    topic: float = 0.22
    """Stories this alike on the average belong together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summarizing:
    """How long the summaries are."""

    key_points: int = 5
    """Quotations in a topic's summary, at most."""
    story_points: int = 3
    """Quotations in a story's summary, at most."""
    words: int | None = None
    """Words in a summary, at most; None: only the number of quotations counts."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the front page."""

    id: str
    titles: Mapping[str, str]
    """What readers see, by language."""
    names: tuple[str, ...] = ()
    """What outlets call it, beside its id and titles."""

    def is_named(self, name: str | None) -> bool:
        """Return whether an article with this `section` is in it."""
        return (name or "").casefold() in {known.casefold() for known in (self.id, *self.titles.values(), *self.names)}

    def title(self, *langs: str) -> tuple[str, str]:
        """Return its title and the language of that: the first of some languages that it has one in, else any, else its id."""
        found = next((lang for lang in (*langs, *self.titles) if lang in self.titles), None)
        return (self.titles[found], found) if found else (self.id, langs[-1])


@dataclass(frozen=True, slots=True)
class Frame:
    """What `mkdocs.yml` says of the site."""

    title: str = "Digest"
    """Its title where `digest.yml` gives none."""
    address: str = ""
    """Where it is published, with a slash at its end; nothing where that is not known, as in a preview."""


NO_FRAME = Frame()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that `digest.yml` and `outlets.yml` say; and where the site is published."""

    title: str
    address: str = ""
    """Of the site, with a slash at its end; nothing where it is not known."""
    languages: tuple[str, ...] = ("en",)
    publisher: str | None = None
    contact: str | None = None
    """A `mailto:` or `https:` address."""
    timezone: str = "UTC"
    engines: tuple[str, ...] = _ENGINES
    """Names of translation engines; for each pair of languages the first one that knows it is used."""
    persons: tuple[str, ...] = ()
    """Names of persons that an editor wants a page for."""
    sections: tuple[Section, ...] = ()
    """Of the front page, in its order."""
    repository: str | None = None
    """The address of the digest's repository on GitHub, where readers may report mistakes."""
    outlets: Mapping[str, Outlet] = field(default_factory=lambda: MappingProxyType({}))
    grouping: Grouping = Grouping()
    summarizing: Summarizing = Summarizing()

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which editions have their day."""
        return ZoneInfo(self.timezone)

    @property
    def language(self) -> str:
        """The site's own language."""
        return self.languages[0]

    @property
    def closed_outlets(self) -> frozenset[str]:
        """Ids of the outlets whose sentences are not to be translated."""
        return frozenset(outlet.id for outlet in self.outlets.values() if not outlet.translate)

    def outlet(self, name: str | None) -> Outlet | None:
        """Return the outlet that an article names: a declared one, or what its name alone tells; None where it is unknown."""
        if name is None:
            return None
        return self.outlets.get(name) or Outlet(id=name, name=name, declared=False)


def load_settings(content: Path, *, frame: Frame = NO_FRAME) -> Settings:
    """Read `digest.yml` and `outlets.yml` of a content folder; without `digest.yml` the defaults hold.

    Raises:
        SettingsError: one of them is wrong.
    """
    outlets = _read_outlets(content / "outlets.yml")
    path = content / "digest.yml"
    block = read_block(read_editors_file(path), path)
    if block is None and path.is_file():
        raise SettingsError(path, "says nothing; expected title: and the name of the site, or no such file")
    if block is None:
        return Settings(title=frame.title, address=frame.address, outlets=outlets)
    settings = Settings(
        title=block.need("title"),
        address=frame.address,
        languages=_languages(block),
        publisher=block.text("publisher"),
        contact=_address(block, "contact", ("mailto", "https", "http")),
        timezone=_timezone(block),
        engines=_engines(block),
        persons=block.texts("persons"),
        sections=_sections(block),
        repository=_repository(block),
        outlets=outlets,
        summarizing=Summarizing(key_points=block.integer("key_points", Summarizing().key_points, 3, 7)),
    )
    _format(block)
    block.finish()
    return settings


def _sections(block: Block) -> tuple[Section, ...]:
    rows = block.blocks("sections")
    found = tuple(Section(row.need("id"), row.mapping("title", like="{en: Politics, tr: Siyaset}"), row.texts("names")) for row in rows)
    for number, (row, section) in enumerate(zip(rows, found, strict=True)):
        if not is_slug(section.id):
            raise row.error(f"id: expected lowercase letters, digits and hyphens, found {section.id!r}", at="id")
        if section.id in {other.id for other in found[:number]}:
            raise row.error(f"id: {section.id!r} stands twice; expected a section once", at="id")
        row.finish()
    return found


def _repository(block: Block) -> str | None:
    found = _address(block, "repository", ("https",))
    if found and not _REPOSITORY.fullmatch(found):
        raise block.error("repository: expected an address like https://github.com/OWNER/NAME", at="repository")
    return found.rstrip("/") if found else None


def read_editors_file(path: Path) -> str:
    """Return the text of a file of the editors; nothing where there is none.

    Raises:
        SettingsError: it is no UTF-8 text.
    """
    try:
        return read_file(path).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise SettingsError(path, "not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise SettingsError(path, f"cannot be read: {error.strerror}") from error


def _format(block: Block) -> None:
    if (value := block.text("format")) not in (None, "1"):
        raise block.error(f"format: expected 1, found {value!r}; a newer version of the program wrote this file", at="format")


def is_language(code: str) -> bool:
    """Return whether a code (BCP 47) is of a language that CLDR knows, and nothing but letters, digits and hyphens."""
    try:
        return bool(_LANGUAGE.fullmatch(code) and Locale.parse(code, sep="-"))
    except (ValueError, UnknownLocaleError):
        return False


def _languages(block: Block) -> tuple[str, ...]:
    languages = block.texts("languages", required=True)
    for language in languages:
        if len(parts := re.split(r"[,;\s]+", language)) > 1 and all(map(is_language, parts)):
            raise block.error(f"languages: expected a list, found a text; write [{', '.join(parts)}]", at="languages")
        if not is_language(language):
            raise block.error(f"languages: {language!r} is not a language code like en, tr or pt-BR", at="languages")
    if not languages or len(set(languages)) < len(languages):
        raise block.error("languages: expected at least one language code, none twice", at="languages")
    return languages


def _engines(block: Block) -> tuple[str, ...]:
    if "engines" not in block:
        return _ENGINES
    engines = block.texts("engines")
    for name in engines:
        if name not in ENGINES:
            raise block.error(f"engines: expected names out of {', '.join(ENGINES)}; found {name!r}{did_you_mean(name, ENGINES)}",
                              at="engines")
    if len(set(engines)) < len(engines):
        raise block.error("engines: expected each name once", at="engines")
    return engines


def _timezone(block: Block) -> str:
    zone = block.text("timezone") or "UTC"
    if zone not in available_timezones():
        raise block.error(f"timezone: expected a name like Europe/Istanbul, found {zone!r}", at="timezone")
    return zone


def _address(block: Block, key: str, schemes: tuple[str, ...] = ("https", "http")) -> str | None:
    value = block.text(key)
    if value is not None and not is_address(value, schemes):
        raise block.error(f"{key}: expected an address that starts with {' or '.join(f'{s}:' for s in schemes)}, found {value!r}", at=key)
    return value


def _addresses(block: Block, key: str) -> tuple[str, ...]:
    values = block.texts(key)
    for value in values:
        if not is_address(value):
            raise block.error(f"{key}: expected addresses that start with https: or http:, found {value!r}", at=key)
    return tuple(dict.fromkeys(values))


def is_address(value: str, schemes: tuple[str, ...] = ("https", "http")) -> bool:
    """Return whether a text is an address of one of these schemes, without blanks, user names or a missing host."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if parts.scheme not in schemes or not value.isprintable() or " " in value or "\\" in value:
        return False
    return "@" in parts.path if parts.scheme == "mailto" else bool(host) and "@" not in parts.netloc


def _read_outlets(path: Path) -> Mapping[str, Outlet]:
    outlets: dict[str, Outlet] = {}
    for block in read_blocks(read_editors_file(path), path):
        outlet = _outlet(block)
        if outlet.id in outlets:
            raise block.error(f"id: {outlet.id!r} is declared twice; keep one", at="id")
        outlets[outlet.id] = outlet
    return MappingProxyType(outlets)


def _outlet(block: Block) -> Outlet:
    outlet = Outlet(
        id=_outlet_id(block),
        name=block.need("name"),
        homepage=_address(block, "homepage"),
        domains=block.texts("domains"),
        country=_country(block),
        lang=block.text("lang"),
        kind=block.choice("kind", KINDS),
        funding=block.choice("funding", FUNDINGS),
        owner=block.text("owner"),
        basis=_address(block, "basis"),
        rights=block.choice("rights", RIGHTS, "excerpt") or "excerpt",
        quote_limit=block.number("quote_limit", QUOTE_LIMIT, 0, 1),
        translate=block.flag("translate", default=True),
        feeds=_addresses(block, "feeds"),
    )
    block.skip("names")
    block.finish()
    return outlet


def _outlet_id(block: Block) -> str:
    value = block.need("id")
    if not is_slug(value):
        raise block.error(f"id: expected small letters, digits and hyphens, at most 60, found {value!r}", at="id")
    return value


def is_slug(value: str) -> bool:
    """Return whether a text can be the name of a file and a part of an address everywhere."""
    plain = value.isascii() and value.replace("-", "a").isalnum() and value == value.lower()
    return plain and 0 < len(value) <= 60 and value[0] != "-" and value != "index"


def _country(block: Block) -> str | None:
    value = block.text("country")
    if value is not None and value.upper() not in Locale("en").territories:
        raise block.error(f"country: expected two letters like TR, found {value!r}", at="country")
    return value.upper() if value else None


def setting_values(settings: Settings) -> list[tuple[str, str]]:
    """Return the settings that the method page shows, as name and value."""
    grouping = settings.grouping
    rows = [("title", settings.title), ("languages", ", ".join(settings.languages)), ("timezone", settings.timezone),
            ("engines", ", ".join(settings.engines)),
            ("publisher", settings.publisher or ""), ("contact", settings.contact or ""), ("copy", f"{grouping.copy:g}"),
            ("story", f"{grouping.story:g}"), ("topic", f"{grouping.topic:g}"),
            ("key_points", str(settings.summarizing.key_points)), ("version", __version__)]
    return [(key, value) for key, value in rows if value]
