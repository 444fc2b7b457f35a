"""The translation memory survives torn writes, strangers' lines and merges, and forgets what it must."""

import json
from pathlib import Path

import pytest

from digest.memory import forget, memory_file, merge, read_memory, write_memory
from digest.translators import Draft, Model

MODEL = Model(engine="argos", source="en", target="es", version="1.0", identity="argos:en-es:1")
ROWS = {("m", "Two."): Draft("Dos.", -0.1), ("m", "One."): Draft("Uno.", -0.5), ("n", "One."): Draft("Una.")}
NAME = "argos-en-es.jsonl"


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def test_what_is_written_is_read_and_the_order_does_not_matter(tmp_path: Path) -> None:
    path = memory_file(tmp_path, MODEL)
    assert path.name == NAME
    write_memory(path, ROWS)
    before = path.read_bytes()
    write_memory(path, dict(reversed(ROWS.items())))
    assert path.read_bytes() == before
    assert read_memory(path) == ROWS
    assert len(lines(path)) == 3


@pytest.mark.parametrize("cut", range(2, 40, 5))
def test_a_torn_file_gives_what_is_whole(tmp_path: Path, cut: int) -> None:
    write_memory(tmp_path / NAME, ROWS)
    raw = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(raw[:-cut])
    assert read_memory(tmp_path / NAME).items() <= ROWS.items()
    assert len(read_memory(tmp_path / NAME)) == 2


@pytest.mark.parametrize("line", [
    b"", b"no json", b"[]", b"1", b"{}", b"\xff\xfe", b"[" * 100_000, b'{"model": "m", "sentence": "x", "text": 1}',
    b'{"model": "m", "sentence": "x", "text": "y", "score": "high"}', b'{"model": "m", "sentence": "x", "text": "y", "score": NaN}',
    b'{"model": "m", "sentence": "x", "text": "\\ud800"}', b'{"model": "m", "sentence": "x", "text": "y", "more": 1}',
    b'{"sentence": "x", "text": "y"}', b'<<<<<<< HEAD', b'{"model": null, "sentence": "x", "text": "y"}',
])
def test_a_line_of_strangers_is_passed_over(tmp_path: Path, line: bytes) -> None:
    write_memory(tmp_path / NAME, ROWS)
    raw = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(line + b"\n" + raw + line)
    assert read_memory(tmp_path / NAME) == ROWS


def test_a_memory_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert read_memory(tmp_path / NAME) == {}


def test_memories_are_joined_whatever_the_order(tmp_path: Path) -> None:
    """And as well by putting one file behind the other."""
    other = {("m", "Two."): Draft("Dos, pues.", -0.9), ("m", "Three."): Draft("Tres.", -0.2), ("n", "One."): Draft("Un.", None)}
    for name, rows in (("one", ROWS), ("two", other)):
        write_memory(tmp_path / name / NAME, rows)
    assert merge(tmp_path / "a", [tmp_path / "one", tmp_path / "two"]) == 4
    assert merge(tmp_path / "b", [tmp_path / "two", tmp_path / "one"]) == 4
    assert (tmp_path / "a" / NAME).read_bytes() == (tmp_path / "b" / NAME).read_bytes()
    assert read_memory(tmp_path / "a" / NAME)["m", "Two."].text == "Dos."
    joined = (tmp_path / "two" / NAME).read_bytes() + (tmp_path / "one" / NAME).read_bytes()
    (tmp_path / "joined.jsonl").write_bytes(joined)
    assert read_memory(tmp_path / "joined.jsonl") == read_memory(tmp_path / "a" / NAME)
    assert merge(tmp_path / "a", [tmp_path / "one"]) == 0


def test_sentences_are_forgotten_in_all_languages_and_what_was_made_of_them_between(tmp_path: Path) -> None:
    write_memory(tmp_path / "argos-tr-en.jsonl", {("m", "Su samuru yaşıyor."): Draft("The otter lives."), ("m", "Kedi."): Draft("Cat.")})
    write_memory(tmp_path / "argos-en-es.jsonl", {("m", "The otter lives."): Draft("Vive."), ("m", "Cat."): Draft("Gato.")})
    write_memory(tmp_path / "argos-tr-ru.jsonl", {("m", "Kedi."): Draft("Кошка.")})
    changed = forget(tmp_path, ["Otter\n\nBir şey. Su samuru\nyaşıyor. Son."])
    assert [path.name for path in changed] == ["argos-en-es.jsonl", "argos-tr-en.jsonl"]
    rest = "".join(path.read_text("utf-8") for path in tmp_path.glob("*.jsonl"))
    assert "otter" not in rest
    assert "samuru" not in rest
    assert "Gato" in rest
    assert "Кошка" in rest
    assert forget(tmp_path, ["Otter Su samuru yaşıyor."]) == ()


def test_a_row_is_one_line_of_json(tmp_path: Path) -> None:
    write_memory(tmp_path / NAME, {("m", "a\u2028b"): Draft("c\nd")})
    raw = (tmp_path / NAME).read_bytes()
    assert raw.count(b"\n") == 1
    assert json.loads(raw) == {"model": "m", "sentence": "a\u2028b", "text": "c\nd"}
