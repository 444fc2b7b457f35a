"""Keep the gettext catalogs of the interface: `python -m digest.messages extract update compile`, or `make messages`.

`locale/en.yml` has the keys, the English words and, directly above a key, what translators should know. Of it come the template
`locale/digest.pot` and, in step with it, `locale/<language>/LC_MESSAGES/digest.po`, where translators write; compiled, that is `digest.mo`.
A key is a message's context, so that a translation stays with its key when the English words change, and is marked fuzzy then.
The files hold no time and no place, so that the same words give the same bytes.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from digest.catalog import LOCALES
from digest.content import write_file
from digest.plurals import plural_header, plural_tags

__all__ = ["Entry", "compile_catalog", "extract_template", "read_entries", "update_catalog"]

_KEY = re.compile(r"(\w+):")
_NOTES = """\
# The words of the interface of digest, a static news digest. This file is in UTF-8.
#
# A message's context (msgctxt) is its key. Comments that begin with “#.” are for translators; they come from locale/en.yml.
#
# Readers see these words around quotations. Write short and natural ones, the same for the same thing everywhere:
#   outlet           who publishes: a newspaper, an agency, a broadcaster
#   article          one news item of one outlet
#   copy             an article with the text of another one
#   separate text    a text written separately; copies of it are not counted again. It does not mean: independently verified
#   event            what several articles report: a meeting, a quake
#   topic            events that belong together
#   statement        sentences that say the same; a claim with its sources, never a fact
#   edition          what the site publishes at one time
#   editors          the editors of this site, not those of the outlets
# Do not promise more than the English does: “not found” is not “does not exist”.
#
# Fields such as {language}, {outlet}, {name} and {day} come in the nominative, a language's name and a day as CLDR writes them, and cannot
# be inflected: where the grammar would need another case, turn the sentence round or make it a label (“language: {language}”). Every field
# of the English has to be there, in any order, and no other. {n} is a number in figures; only a form that is for one number alone, such as
# the English “one”, may say it in words or leave it out.
# Use the quotation marks of your language, no straight ones, and no HTML. A colon at the end stays one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A string of the interface in English."""

    key: str
    ident: str | tuple[str, str]
    """Its words; of a counted string, those for one and those for several."""
    notes: tuple[str, ...]
    """What translators should know."""


class _Catalog(Catalog):
    """A catalog whose header tells its language and plural forms, but neither when nor by what it was made."""

    def __init__(self, lang: str | None) -> None:
        super().__init__(locale=lang and lang.replace("-", "_"), header_comment=_NOTES, fuzzy=False)
        self.lang = lang

    @property
    def num_plurals(self) -> int:
        """The number of plural forms."""
        return len(plural_tags(self.lang)) if self.lang else 2

    def __iter__(self) -> Iterator[Message]:
        """Yield the header and the messages."""
        told = {"Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit", "MIME-Version": "1.0"}
        if self.lang:
            told |= {"Language": self.lang.replace("-", "_"), "Plural-Forms": plural_header(self.lang)}
        yield Message("", "".join(f"{name}: {value}\n" for name, value in sorted(told.items())))
        yield from islice(super().__iter__(), 1, None)


def read_entries(path: Path = LOCALES / "en.yml") -> Iterator[Entry]:
    """Yield the English strings of the interface, each with the comment above it."""
    text = path.read_text("utf-8")
    strings, notes = yaml.load(text, Loader=yaml.BaseLoader), list[str]()  # noqa: S506  it makes texts only
    for line in text.splitlines():
        if found := _KEY.match(line):
            string = strings[found[1]]
            yield Entry(found[1], string if isinstance(string, str) else (string["one"], string["other"]), tuple(notes))
        notes = [*notes, line[1:].strip()] if line.startswith("#") else []


def extract_template(entries: Iterable[Entry]) -> bytes:
    """Return the template of all catalogs."""
    return _written(_filled(None, entries, {}))


def update_catalog(lang: str, entries: Iterable[Entry], former: bytes) -> bytes:
    """Return a language's catalog with these strings: translations stay with their keys, and are fuzzy where the English has changed."""
    return _written(_filled(lang, entries, {message.context: message for message in read_po(BytesIO(former)) if message.context}))


def compile_catalog(lang: str, source: bytes) -> bytes:
    """Return a catalog as programs read it: without what is fuzzy or lacks a form."""
    compiled, file = _Catalog(lang), BytesIO()
    for message in islice(read_po(BytesIO(source)), 1, None):
        if all([message.string] if isinstance(message.string, str) else message.string or [""]):
            compiled[message.id] = message
    write_mo(file, compiled)
    return file.getvalue()


def _filled(lang: str | None, entries: Iterable[Entry], former: Mapping[str, Message]) -> _Catalog:
    catalog = _Catalog(lang)
    for entry in entries:
        old = former.get(entry.key)
        message = Message(entry.ident, _kept(entry, old, catalog.num_plurals), auto_comments=entry.notes, context=entry.key,
                          user_comments=old.user_comments if old else ())
        message.flags = {"fuzzy"} if old and (old.fuzzy or (old.id != entry.ident and message.string not in ("", ()))) else set()
        catalog[message.id] = message
    return catalog


def _kept(entry: Entry, old: Message | None, forms: int) -> str | tuple[str, ...]:
    """Return a translation as far as it fits: one that has no forms yet is none of a counted string."""
    string = old.string if old else ""
    if isinstance(entry.ident, str):
        return string if isinstance(string, str) else ""
    return tuple(string) if string and not isinstance(string, str) else ("",) * forms


def _written(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=0, no_location=True)
    return file.getvalue().rstrip() + b"\n"


def main(steps: list[str]) -> None:
    """Take the steps that are named, in their order: extract, update, compile."""
    entries = tuple(read_entries())
    for step in steps:
        if step == "extract":
            write_file(LOCALES / "digest.pot", extract_template(entries))
        for source in sorted(LOCALES.glob("*/LC_MESSAGES/digest.po")):
            lang = source.parent.parent.name.replace("_", "-")
            if step == "update":
                write_file(source, update_catalog(lang, entries, source.read_bytes()))
            elif step == "compile":
                write_file(source.with_suffix(".mo"), compile_catalog(lang, source.read_bytes()))


if __name__ == "__main__":
    main(sys.argv[1:])
