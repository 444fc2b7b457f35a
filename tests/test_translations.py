"""Editors' own translations are read strictly, found when they do not apply, and taken out with a withdrawn article."""

from pathlib import Path

import pytest

from digest.editors.proofreading import find_slips
from digest.editors.translations import Correction, find_blank, find_idle, forget_corrections, guess_original, read_corrections
from digest.errors import SettingsError
from digest.translation import Original

GOOD = """# Terms: see the style guide.
- original: >-
    The  otter lives
    under the mill.
  translation: La nutria vive bajo el molino.
  by: Ana
  why: the model called it a beaver
- {original: "It rains.", translation: "Llueve."}
"""


def write(content: Path, text: str, name: str = "es") -> Path:
    path = content / "translations" / f"{name}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_translation_is_found_by_its_original_on_one_line(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    found = read_corrections(tmp_path, ["en", "es"])
    assert found["en"] == {}
    assert found["es"]["The otter lives under the mill."] == Correction(
        original="The otter lives under the mill.", translation="La nutria vive bajo el molino.", by="Ana",
        why="the model called it a beaver", path=path, line=2)
    assert list(found["es"]) == ["The otter lives under the mill.", "It rains."]


@pytest.mark.parametrize(("text", "problem"), [
    ("a: b", "es.yml:1: expected a list"), ("- original: a", "es.yml:1: translation is missing"),
    ("- {original: a, translatoin: b}", "es.yml:1: unknown key 'translatoin'; did you mean 'translation'?"),
    ("- {original: '', translation: b}", "es.yml:1: original is empty"),
    ("- {original: a, translation: b}\n- {original: 'a ', translation: c}", "es.yml:2: original: it is translated in line 1 too; keep one"),
    ("- {original: [a], translation: b}", "es.yml:1: original: expected a text, found a list"),
])
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    write(tmp_path, text)
    with pytest.raises(SettingsError) as error:
        read_corrections(tmp_path, ["en", "es"])
    assert problem in str(error.value)


def test_a_file_of_a_language_that_the_digest_does_not_have_is_refused(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "ess")
    with pytest.raises(SettingsError, match=r"ess.yml: digest.yml has no language 'ess'; did you mean 'es'\?; it has en, es"):
        read_corrections(tmp_path, ["en", "es"])


def test_what_does_not_apply_is_found(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    found = read_corrections(tmp_path, ["en", "es"])
    assert [row.line for row in find_idle(found, {"es": ["The otter\nlives under the mill.", "x"]})] == [8]
    assert [row.line for row in find_idle(found, {"en": ["It rains."]})] == [2, 8]


def test_what_stood_in_a_text_is_taken_out_and_the_rest_stays(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + "# It said: It rains.\n")
    other = write(tmp_path, "- {original: Snow., translation: Neige.}\n", "fr")
    before = other.read_bytes()
    assert forget_corrections(tmp_path, ["Today.\n\nIt rains. It pours."]) == (path,)
    assert path.read_text("utf-8").startswith("# Terms: see the style guide.\n- original: The otter lives under the mill.\n")
    assert "rains" not in path.read_text("utf-8")
    assert list(read_corrections(tmp_path, ["es", "fr"])["es"]) == ["The otter lives under the mill."]
    assert other.read_bytes() == before
    assert forget_corrections(tmp_path, ["Today.\n\nIt rains. It pours."]) == ()


def test_a_file_that_loses_all_is_empty(tmp_path: Path) -> None:
    path = write(tmp_path, "# It rains.\n- {original: It rains., translation: Llueve.}\n")
    forget_corrections(tmp_path, ["It rains."])
    assert path.read_text("utf-8") == ""
    assert read_corrections(tmp_path, ["es"]) == {"es": {}}


@pytest.mark.parametrize("blank", ["", "''", "' '", "null", "\u200b"])
def test_a_blank_translation_is_passed_over_and_found(tmp_path: Path, blank: str) -> None:
    """As `digest review` offers it: beside it, another entry of the same original counts."""
    write(tmp_path, f"- original: It rains.\n  translation: {blank}\n- original: It rains.\n  translation: Llueve.\n")
    assert [row.translation for row in read_corrections(tmp_path, ["en", "es"])["es"].values()] == ["Llueve."]
    assert [(row.original, row.line) for row in find_blank(tmp_path, ["en", "es"])] == [("It rains.", 1)]


def test_blank_translations_are_forgotten_and_kept_as_others(tmp_path: Path) -> None:
    path = write(tmp_path, "- {original: It rains., translation: ''}\n- {original: It snows., translation: ''}\n")
    forget_corrections(tmp_path, ["It rains."])
    assert "rains" not in path.read_text("utf-8")
    assert [row.original for row in find_blank(tmp_path, ["es"])] == ["It snows."]


def test_the_text_that_was_meant_is_guessed() -> None:
    texts = ["The otter lives under\nthe mill.", "The council approved the pier on Monday."]
    assert guess_original("The council aproved the pier on Monday", texts) == texts[1]
    assert guess_original("The otter lives under the mil.", texts) == "The otter lives under the mill."
    assert guess_original("Never said.", texts) is None


@pytest.mark.parametrize(("original", "translation", "question"), [
    ("They met.", "Se reunieron 25.", "its translation has 25, its original does not; is it right?"),
    ("They met 1,234 people.", "Vieron a 1.235 personas.", "its translation has 1.235, its original 1,234; is it right?"),
    ("They met at 5.", "Se reunieron.", "its translation lacks 5; is it right?"),
    ("See https://a.example/x.", "Vea https://a.example/y.",
     "its translation has https://a.example/y, its original https://a.example/x; is it right?"),
])
def test_other_numbers_and_addresses_are_asked_about(tmp_path: Path, original: str, translation: str, question: str) -> None:
    write(tmp_path, f"- original: {original}\n  translation: {translation}\n")
    found = read_corrections(tmp_path, ["en", "es"])
    assert [(row.line, asked) for row, asked in find_slips(found, {"es": [Original(original, "en")]})] == [(1, question)]


@pytest.mark.parametrize(("original", "translation"), [
    ("They met 1,234 people.", "Vieron a 1.234 personas."), ("200 billion", "200.000 millones"), ("A test.", "Prueba prueba prueba.")])
def test_nothing_else_of_an_editors_translation_is_asked_about(tmp_path: Path, original: str, translation: str) -> None:
    write(tmp_path, f"- original: {original}\n  translation: {translation}\n")
    assert list(find_slips(read_corrections(tmp_path, ["en", "es"]), {"es": [Original(original, "en")]})) == []
