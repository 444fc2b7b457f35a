"""The editors' settings, and what a mistake in them says."""

from pathlib import Path

import pytest

from digest.errors import SettingsError
from digest.settings import Frame, load_settings

MINIMAL = "title: A\nlanguages: [en]\n"


def write(content: Path, digest: str = MINIMAL, outlets: str = "") -> Path:
    """Write the settings of a digest."""
    (content / "digest.yml").write_text(digest, "utf-8")
    (content / "outlets.yml").write_text(outlets, "utf-8")
    return content


def test_only_title_and_languages_are_required(tmp_path: Path) -> None:
    found = load_settings(write(tmp_path))
    assert (found.title, found.languages, found.language, found.timezone) == ("A", ("en",), "en", "UTC")
    assert (found.publisher, dict(found.outlets)) == (None, {})


def test_without_settings_the_defaults_hold(tmp_path: Path) -> None:
    found = load_settings(tmp_path, frame=Frame("From mkdocs.yml"))
    assert (found.title, found.language) == ("From mkdocs.yml", "en")


def test_reads_everything(tmp_path: Path) -> None:
    found = load_settings(write(tmp_path, "format: 1\ntitle: ''' Quay'' '\nlanguages: [en, tr, pt-BR]\npublisher: P\ncontact: https://e.org\n"
                                "timezone: Asia/Tokyo\nkey_points: 7\n",
                                "- id: a-1\n  name: 'NO'\n  country: no\n  lang: no\n  kind: blog\n  funding: state\n"
                                "  rights: full\n  quote_limit: 0.25\n  basis: https://e.org/b\n  owner: O\n  names: [{name: B}]\n"
                                "  feeds: [https://e.org/a, https://e.org/b, https://e.org/a]\n  translate: true\n"))
    outlet = found.outlets["a-1"]
    assert (found.languages, str(found.zone), found.summarizing.key_points) == (("en", "tr", "pt-BR"), "Asia/Tokyo", 7)
    assert (outlet.name, outlet.country, outlet.lang, outlet.kind) == ("NO", "NO", "no", "blog")
    assert (outlet.quote_limit, outlet.declared) == (0.25, True)
    assert outlet.feeds == ("https://e.org/a", "https://e.org/b")


def test_an_undeclared_outlet_is_its_name_alone(tmp_path: Path) -> None:
    found = load_settings(write(tmp_path))
    outlet = found.outlet("Brann Parish Letter")
    assert outlet is not None
    assert (outlet.name, outlet.declared, outlet.rights) == ("Brann Parish Letter", False, "excerpt")
    assert found.outlet(None) is None


@pytest.mark.parametrize(("text", "problem"), [
    ("languages: [en]\n", ":1: title is missing"), ("title: A\n", ":1: languages is missing"),
    ("title: A\nlanguages: []\n", ":2: languages: expected"),
    ("title: A\nlanguages: [en, en]\n", ":2: languages: expected"), ("title: A\nlanguages: [english]\n", ":2: languages: 'english' is not"),
    ("title: A\nlanguages: [en, tr.UTF-8]\n", ":2: languages: 'tr.UTF-8' is not"),
    ("title: A\nlanguages: ['en@../x']\n", ":2: languages: 'en@../x' is not"),
    ("title: A\nlanguages: en, es, tr\n", ":2: languages: expected a list, found a text; write [en, es, tr]"),
    ("title: A\nlanguage: [en, es]\n", ":1: languages is missing; expected a list of texts; did you mean it by 'language' in line 2?"),
    (MINIMAL + "timezone: Mars\n", ":3: timezone: expected a name like"),
    (MINIMAL + "contact: me@e.org\n", ":3: contact: expected an address"),
    (MINIMAL + "contact: javascript:alert(1)\n", ":3: contact: expected"),
    (MINIMAL + "key_points: 99\n", ":3: key_points: expected a number"),
    (MINIMAL + "key_points: many\n", ":3: key_points: expected a number"), (MINIMAL + "format: 2\n", ":3: format: expected 1"),
    (MINIMAL + "publsher: P\n", ":3: unknown key 'publsher'; did you mean 'publisher'?"),
    (MINIMAL + "title: B\n", ":3: title stands here twice"),
    ("title: [A]\nlanguages: [en]\n", ":1: title: expected a text, found a list"),
    ("- title\n", ":1: expected keys and values, found a list"),
    ("title: &a A\nlanguages: [*a]\n", ":1: YAML anchors"), ("title: !!python/object:os.system A\nlanguages: [en]\n", ":1: YAML anchors"),
    ("title: A\nlanguages: ['en]\npublisher: B\n", ":2: not valid YAML"),
    ("title: A\nlanguages: [en\npublisher: B\n", ":2: not valid YAML"),
    ("title: A\n\tlanguages: [en]\n", "indent with blanks"), ("", ": says nothing; expected title:"), ("# title: A\n", ": says nothing"),
    ("title: 'A\nlanguages: [en]\n", "not valid YAML"), ("a: " + "[" * 30_000, ":1: too long or too deeply nested"),
    ("A", ":1: expected keys"),
])
def test_a_mistake_names_its_file_and_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(write(tmp_path, text))
    assert problem in str(raised.value)
    assert f"digest.yml{problem}" in str(raised.value) or not problem.startswith(":")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("text", "problem"), [
    ("id: a\n", ":1: expected a list"), ("- a\n", ":1: expected keys and values"), ("- name: A\n", ":1: id is missing"),
    ("- id: a\n", ":1: name is missing"),
    ("- id: A\n  name: A\n", ":1: id: expected small letters"), ("- id: ../a\n  name: A\n", ":1: id: expected small letters"),
    ("- id: a\n  name: A\n- id: a\n  name: B\n", ":3: id: 'a' is declared twice"),
    ("- id: a\n  name: A\n  kind: agenzy\n", "did you mean 'agency'?"),
    ("- id: a\n  name: A\n  funding: rich\n", ":3: funding: expected one of"),
    ("- id: a\n  name: A\n  rights: some\n", ":3: rights: expected one of"),
    ("- id: a\n  name: A\n  quote_limit: 40\n", ":3: quote_limit: expected a number from 0 to 1"),
    ("- id: a\n  name: A\n  quote_limit: nan\n", ":3: quote_limit: expected a number from 0 to 1"),
    ("- id: a\n  name: A\n  country: XX1\n", ":3: country: expected two letters"),
    ("- id: a\n  name: A\n  homepage: e.org\n", ":3: homepage: expected"),
    ("- id: a\n  name: A\n  feeds: [https://e.org/a, 'javascript:alert(1)']\n", ":3: feeds: expected addresses"),
    ("- id: a\n  name: A\n  basis: 'https://e.org/ b'\n", ":3: basis: expected"),
    ("- id: a\n  name: A\n  color: red\n", ":3: unknown key 'color'"),
])
def test_a_mistake_in_an_outlet_names_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load_settings(write(tmp_path, outlets=text))
    assert "outlets.yml" in str(raised.value)
    assert problem in str(raised.value)
