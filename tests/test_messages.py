"""The catalogs of the interface: in step with the English, complete, and without slips."""

import re
from collections import Counter
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from conftest import REPOSITORY

from digest.messages import Entry, compile_catalog, extract_template, main, read_entries, update_catalog
from digest.plurals import plural_tags, sole_number

LOCALE = REPOSITORY / "digest" / "locale"
ENTRIES = tuple(read_entries())
SOURCES = sorted(LOCALE.glob("*/LC_MESSAGES/digest.po"))
each_source = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.parent.name)
PAIRS = ("«»", "()", "[]", "「」", "『』", "《》")


def lang_of(source: Path) -> str:
    """Return the language of a catalog, as pages name it."""
    return source.parent.parent.name.replace("_", "-")


def forms(string: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """Return the words of a message in all its forms."""
    return [string] if isinstance(string, str) else list(string or ())


def slips(english: str, words: str, *, figure: bool = True) -> Iterator[str]:
    """Yield what is wrong with a translation; `figure`: it needs the {n} of the English."""
    wanted, found = (Counter(re.findall(r"\{(\w+)\}", text)) for text in (english, words))
    if not figure and "n" not in found:
        del wanted["n"]
    if wanted.keys() != found.keys() or re.search(r"[{}]", re.sub(r"\{\w+\}", "", words)):
        yield f"has the fields {sorted(found)}, not {sorted(wanted)}"
    if re.search(r"[<>]|&#?\w+;", words):
        yield "has HTML"
    if any(words.count(one) != words.count(other) for one, other in PAIRS) or sum(map(words.count, "„“”")) % 2 or '"' in words:
        yield "has a quotation mark or bracket without its other half, or a straight one"
    if [text[:1].isspace() for text in (english, english[::-1])] != [text[:1].isspace() for text in (words, words[::-1])]:
        yield "begins or ends with another blank than the English"


def faults(lang: str, entry: Entry, message: Message) -> Iterator[str]:
    """Yield what is wrong with a message of a catalog."""
    words, english = forms(message.string), [entry.ident] if isinstance(entry.ident, str) else entry.ident
    tags = plural_tags(lang) if len(english) > 1 else ("",)
    if message.fuzzy:
        yield f"{entry.key} is fuzzy"
    if len(words) != len(tags) or not all(words):
        yield f"{entry.key} is not translated in all of {len(tags)} forms"
        return
    for tag, form in zip(tags, words, strict=True):
        counted = bool(tag) and sole_number(lang, tag) is None
        yield from (f"{entry.key} {slip}: {form}" for slip in slips(english[-1], form, figure=counted or not tag))


def test_the_template_is_what_the_english_words_give() -> None:
    assert (LOCALE / "digest.pot").read_bytes() == extract_template(ENTRIES), "run `make messages`"


@each_source
def test_a_catalog_is_in_step_with_the_english_words(source: Path) -> None:
    assert source.read_bytes() == update_catalog(lang_of(source), ENTRIES, source.read_bytes()), "run `make messages`"


@each_source
def test_a_compiled_catalog_is_what_compiling_gives(source: Path) -> None:
    assert source.with_suffix(".mo").read_bytes() == compile_catalog(lang_of(source), source.read_bytes()), "run `make messages`"


@each_source
def test_a_catalog_is_complete_and_without_slips(source: Path) -> None:
    catalog = read_po(BytesIO(source.read_bytes()))
    found = {message.context: message for message in catalog if message.id}
    assert not catalog.obsolete
    assert list(found) == [entry.key for entry in ENTRIES]
    assert [fault for entry in ENTRIES for fault in faults(lang_of(source), entry, found[entry.key])] == []


@pytest.mark.parametrize(("english", "words", "slip"), [
    ("by {name}", "von {name}", None), ("by {name}", "von", "fields"), ("by {name}", "von {nome}", "fields"),
    ("Home", "Start {n}", "fields"),
    ("by {name}", "von {name", "fields"), ("{a} of {b}", "{b}: {a}", None), ("Home", "<b>Start</b>", "HTML"), ("Home", "A &amp; O", "HTML"),
    ("some “x”", "ein „x“", None), ("some “x”", "un «x»", None), ("some “x”", "un «x", "quotation"), ("some “x”", "ein „x", "quotation"),
    ("some “x”", 'ein "x"', "quotation"), ("about: ", "über:", "blank"), ("about:", "über: ", "blank"), ("about:", " über:", "blank"),
])
def test_slips_are_found(english: str, words: str, slip: str | None) -> None:
    assert [slip in found for found in slips(english, words) if slip] == ([True] if slip else [])
    assert slip or list(slips(english, words)) == []


COUNTED = Entry("texts_n", ("one text", "{n} texts"), ())


@pytest.mark.parametrize(("lang", "words", "fault"), [
    ("de", ("ein Text", "{n} Texte"), None), ("de", ("{n} Text", "{n} Texte"), None), ("de", ("ein Text", "Texte"), "fields"),
    ("de", ("", "{n} Texte"), "not translated"), ("fr", ("un texte", "{n} textes"), "fields"),
    ("ru", ("{n} текст", "{n} текста"), "not translated"),
    ("he", ("טקסט אחד", "שני טקסטים", "{n} טקסטים"), None), ("zh", ("{n}篇",), None), ("zh", ("一篇",), "fields"),
])
def test_faults_of_plurals_are_found(lang: str, words: tuple[str, ...], fault: str | None) -> None:
    found = list(faults(lang, COUNTED, Message(COUNTED.ident, words, context=COUNTED.key)))
    assert len(found) == bool(fault)
    assert fault is None or fault in found[0]


def written(lang: str, *entries: Entry, **strings: str | tuple[str, ...]) -> bytes:
    """Return a catalog with translations written into it."""
    plain = update_catalog(lang, entries, b"").decode()
    for key, string in strings.items():
        head, _, tail = plain.partition(f'msgctxt "{key}"')
        for number, form in enumerate(forms(string)):
            tail = tail.replace(f'msgstr[{number}] ""', f'msgstr[{number}] "{form}"', 1) if isinstance(string, tuple) else tail.replace(
                'msgstr ""', f'msgstr "{form}"', 1)
        plain = f'{head}msgctxt "{key}"{tail}'
    return plain.encode()


def read(source: bytes) -> dict[str, Message]:
    """Return the messages of a catalog."""
    catalog: Catalog = read_po(BytesIO(source))
    return {message.context: message for message in catalog if message.context}


HOME = Entry("home", "Home", ("The front page.",))


def test_updating_keeps_translations_with_their_keys() -> None:
    former = written("de", HOME, COUNTED, home="Start", texts_n=("ein Text", "{n} Texte"))
    assert update_catalog("de", (HOME, COUNTED), former) == former
    changed = read(update_catalog("de", (Entry("about", "About", ()), Entry("home", "Front page", ()), COUNTED), former))
    assert {key: (message.string, message.fuzzy) for key, message in changed.items()} == {
        "about": ("", False), "home": ("Start", True), "texts_n": (("ein Text", "{n} Texte"), False)}


def test_updating_forgets_what_is_gone_and_keeps_what_is_fuzzy() -> None:
    former = update_catalog("de", (Entry("home", "Front page", ()),), written("de", HOME, COUNTED, home="Start"))
    again = read(update_catalog("de", (Entry("home", "Front page", ()),), former))
    assert [(key, message.string, message.fuzzy) for key, message in again.items()] == [("home", "Start", True)]
    assert b"#~" not in former


def test_a_string_that_counts_from_now_on_is_not_translated_yet() -> None:
    counted = Entry("home", ("one home", "{n} homes"), ())
    assert read(update_catalog("ru", (counted,), written("ru", HOME, home="Дом")))["home"].string == ("", "", "")


def test_a_compiled_catalog_has_what_is_whole() -> None:
    source = written("ru", HOME, COUNTED, Entry("about", "About", ()), home="Главная", texts_n=("{n} текст", "", "{n} текстов"))
    compiled = GNUTranslations(BytesIO(compile_catalog("ru", source)))
    assert [compiled.pgettext("home", "Home"), compiled.pgettext("about", "About")] == ["Главная", "About"]
    assert compiled.npgettext("texts_n", "one text", "{n} texts", 5) == "{n} texts"
    fuzzy = GNUTranslations(BytesIO(compile_catalog("ru", update_catalog("ru", (Entry("home", "Front page", ()),), source))))
    assert fuzzy.pgettext("home", "Front page") == "Front page"


def test_only_the_comment_directly_above_a_key_is_its_own(tmp_path: Path) -> None:
    path = tmp_path / "en.yml"
    path.write_text("# All words.\n\n# First line\n# and second.\na: A\nb: {one: one, other: many}\n# Gone.\n\nc: C\n", "utf-8")
    assert list(read_entries(path)) == [Entry("a", "A", ("First line", "and second.")), Entry("b", ("one", "many"), ()),
                                        Entry("c", "C", ())]


def test_the_english_words_have_no_slips_themselves() -> None:
    assert [entry.key for entry in ENTRIES for words in forms(entry.ident) for slip in slips(words, words)] == []
    assert len({entry.key for entry in ENTRIES}) == len(ENTRIES)


def test_all_steps_together_write_template_catalogs_and_what_programs_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.messages.LOCALES", tmp_path)
    source = tmp_path / "pt_BR" / "LC_MESSAGES" / "digest.po"
    source.parent.mkdir(parents=True)
    source.touch()
    main(["extract", "update", "compile"])
    assert (tmp_path / "digest.pot").read_bytes() == extract_template(ENTRIES)
    assert source.read_bytes() == update_catalog("pt-BR", ENTRIES, b"")
    assert b'"Language: pt_BR\\n"' in source.read_bytes()
    assert source.with_suffix(".mo").read_bytes() == compile_catalog("pt-BR", source.read_bytes())
