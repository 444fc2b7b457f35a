"""`models.lock.json` is read strictly and written the same whatever the order."""

import json
from pathlib import Path

import pytest

from digest.errors import SettingsError
from digest.translators.pins import Pin, read_pins, write_pins

ROW = {"code": "translate-en_es", "version": "1.0", "url": "http://example.org/x", "sha256": "0" * 64, "size": 10, "files": "1" * 64}
ONE = Pin(**ROW, min_score=-0.2)  # type: ignore[arg-type]
OTHER = Pin(**ROW | {"code": "translate-en_ca"})  # type: ignore[arg-type]


def lock(*rows: dict[str, object], **more: object) -> str:
    return json.dumps({"format": 1, "packages": rows} | more, indent=1)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_pins(tmp_path, [ONE, OTHER])
    assert read_pins(tmp_path) == {"translate-en_ca": OTHER, "translate-en_es": ONE}


def test_a_package_is_a_line_and_the_order_does_not_matter(tmp_path: Path) -> None:
    write_pins(tmp_path, [ONE, OTHER])
    text = (tmp_path / "models.lock.json").read_text("utf-8")
    write_pins(tmp_path, [OTHER, ONE])
    assert (tmp_path / "models.lock.json").read_text("utf-8") == text
    assert [line.count('"code"') for line in text.splitlines()] == [0, 1, 1, 0]
    assert '"min_score": -0.2' in text.splitlines()[2]


@pytest.mark.parametrize("text", [None, "", "\n"])
def test_without_a_lock_nothing_is_pinned(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "models.lock.json").write_text(text, "utf-8")
    assert read_pins(tmp_path) == {}


@pytest.mark.parametrize(("text", "problem"), [
    ("{\n\n]", ":3: not valid JSON"), ("[]", ": expected format 1"), (lock(format=2), ": expected format 1"),
    ('{"format": 1, "packages": {}}', ": expected format 1 and a list"), (lock({}), ": expected packages with a code"),
    (lock({"code": "translate-a_b"}), ":5: translate-a_b: version is missing"),
    (lock(ROW | {"sha256": 1}), ":5: translate-en_es: sha256 is missing"), (lock(ROW | {"size": 0}), ":5: translate-en_es: size: expected"),
    (lock(ROW | {"size": "10"}), ":5: translate-en_es: size: expected a number of bytes, found '10'"),
    (lock(ROW | {"min_scores": 0}), ":5: translate-en_es: unknown key 'min_scores'"),
    (lock(ROW | {"min_score": 0.2}), ":5: min_score: expected a number from -20 to 0, found 0.2"),
    (lock(ROW | {"min_score": "low"}), ":5: min_score: expected"), (lock(ROW | {"min_score": True}), ":5: min_score: expected"),
    (lock(ROW, ROW), ":5: translate-en_es stands here twice; keep one"),
])
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "models.lock.json").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        read_pins(tmp_path)
    assert f"models.lock.json{problem}" in str(error.value)
    assert "\n" not in str(error.value)
