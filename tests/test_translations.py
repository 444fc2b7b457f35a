"""Editors' own translations are read strictly, found when they do not apply, and taken out with a withdrawn article."""

from pathlib import Path

import pytest

from digest.editors.translations import Correction, find_idle, forget_corrections, read_corrections
from digest.errors import SettingsError

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
    ("- {original: a, translation: ' '}", "es.yml:1: translation is empty"),
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
