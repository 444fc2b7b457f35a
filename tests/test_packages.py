"""Packages come from strangers: what wants to write elsewhere, is cut off or endless is refused by name."""

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argos import Shop, open_shop

from digest.errors import TranslationError
from digest.translators import packages
from digest.translators.packages import fetch, files_hash, put_in_place, scratch, unpack

META = b'{"from_code": "en", "to_code": "es", "package_version": "1.0"}'


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", compression) as packed:
        for name, content in members:
            packed.writestr(name, content)
    return raw.getvalue()


def link(name: str, kind: int) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name)
    found.external_attr = (kind | 0o777) << 16
    return found


def encrypted() -> bytes:
    raw = bytearray(zipped(("a/metadata.json", META), compression=zipfile.ZIP_STORED))
    for header, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(header) + at] |= 1
    return bytes(raw)


def damaged() -> bytes:
    raw = zipped(("a/metadata.json", META), ("a/model/model.bin", b"weights" * 99), compression=zipfile.ZIP_STORED)
    return raw.replace(b"weights", b"weighed", 1)


GOOD = zipped(("a/metadata.json", META), ("a/model/model.bin", b"weights"))
BAD = [
    pytest.param(b"no archive at all", "not a package", id="no archive"),
    pytest.param(GOOD[:len(GOOD) // 2], "not a package", id="half an archive"),
    pytest.param(damaged(), "not a package: Bad CRC-32", id="a changed byte"),
    pytest.param(encrypted(), "not a package", id="encrypted"),
    pytest.param(zipped(("a/metadata.json", META), ("../../evil", b"x")), "'../../evil' in it is no plain file", id="a way up"),
    pytest.param(zipped(("/etc/evil", b"x")), "'/etc/evil' in it is no plain file", id="an absolute path"),
    pytest.param(zipped(("a\\..\\evil", b"x")), "is no plain file", id="a way up on Windows"),
    pytest.param(zipped(("C:evil", b"x")), "'C:evil' in it is no plain file", id="a drive"),
    pytest.param(zipped(("a/.hidden", b"x")), "'a/.hidden' in it is no plain file", id="a hidden file"),
    pytest.param(zipped((link("a/model", stat.S_IFLNK), b"/etc")), "'a/model' in it is no plain file", id="a link"),
    pytest.param(zipped((link("a/pipe", stat.S_IFIFO), b"")), "'a/pipe' in it is no plain file", id="a pipe"),
    pytest.param(zipped(("a/metadata.json", META), ("a/x", b"1"), ("a/X", b"2")), "it holds a file twice", id="two files of one name"),
    pytest.param(zipped(("a/metadata.json", META), ("b/metadata.json", META)), "expected one folder", id="two folders"),
    pytest.param(zipped(("metadata.json", META)), "expected one folder", id="no folder"),
    pytest.param(zipped(("a/readme", b"x")), "expected one folder", id="no metadata"),
    pytest.param(zipped(), "expected one folder", id="nothing"),
    pytest.param(zipped(*((f"a/{n}", b"") for n in range(1001))), "more files or bytes", id="a thousand files"),
]


@pytest.mark.parametrize(("raw", "problem"), BAD)
def test_what_is_no_package_is_refused_by_name(tmp_path: Path, raw: bytes, problem: str) -> None:
    (tmp_path / "package").write_bytes(raw)
    (tmp_path / "empty").mkdir()
    with pytest.raises(TranslationError, match="translate-en_es: refused: ") as error:
        unpack(tmp_path / "package", tmp_path / "empty", "translate-en_es")
    assert problem in str(error.value)
    assert "\n" not in str(error.value)
    assert {path.name for path in tmp_path.iterdir()} == {"package", "empty"}


@pytest.mark.parametrize("announced", [True, False])
def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, announced: bool) -> None:
    """Whether its size is told or not."""
    monkeypatch.setattr(packages, "MAX_BYTES", 100_000)
    raw = zipped(("a/metadata.json", META), ("a/model/model.bin", bytes(1_000_000)))
    if not announced:
        raw = raw.replace((1_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    (tmp_path / "package").write_bytes(raw)
    (tmp_path / "empty").mkdir()
    with pytest.raises(TranslationError, match="refused: "):
        unpack(tmp_path / "package", tmp_path / "empty", "bomb")
    assert sum(path.stat().st_size for path in (tmp_path / "empty").rglob("*") if path.is_file()) < 200_000


def test_a_package_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "package").write_bytes(GOOD)
    (tmp_path / "empty").mkdir()
    root = unpack(tmp_path / "package", tmp_path / "empty", "good")
    assert (root.name, (root / "model" / "model.bin").read_bytes()) == ("a", b"weights")


def test_a_hash_is_of_what_a_translation_depends_on(tmp_path: Path) -> None:
    def written(**files: str) -> str:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        for name, text in files.items():
            path = folder / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return files_hash(folder)

    one = written(metadata_json="{}", model__model_bin="weights", README_md="first")
    assert one == written(metadata_json="{}", model__model_bin="weights", README_md="second", stanza__resources_json="{}")
    assert one != written(metadata_json="{}", model__model_bin="Weights")
    assert one != written(metadata_json="{}", model__other_bin="weights")
    assert one != written(metadata_json="{} ", model__model_bin="weights")


def test_a_changed_file_is_noticed_though_it_was_read_before(tmp_path: Path) -> None:
    (tmp_path / "metadata.json").write_text("{}", "utf-8")
    before = files_hash(tmp_path)
    (tmp_path / "metadata.json").write_text("[]", "utf-8")
    os.utime(tmp_path / "metadata.json", ns=(1, 1))
    assert files_hash(tmp_path) != before


def test_what_a_killed_installation_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".digest-left" / "model").mkdir(parents=True)
    with scratch(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_takes_the_place_of_another(tmp_path: Path) -> None:
    for name in ("old", "scratch/new"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "file").write_text(name, "utf-8")
    put_in_place(tmp_path / "scratch" / "new", tmp_path / "old")
    assert (tmp_path / "old" / "file").read_text("utf-8") == "scratch/new"


@pytest.fixture
def server() -> Iterator[Shop]:
    with open_shop({}) as opened:
        yield opened


def cut(server: Shop) -> str:
    server.files["whole"] = b"x" * 1000
    server.cut.add("whole")
    return f"{server.address}/whole"


def large(server: Shop) -> str:
    server.files["large"] = b"x" * 1001
    return f"{server.address}/large"


@pytest.mark.parametrize(("address", "problem"), [
    (cut, "cut off after 500 of 1000 bytes"), (large, "larger than 1000 bytes"),
    (lambda server: f"{server.address}/nothing", "not fetched: 404 Not Found"),
    (lambda _: "http://127.0.0.1:9/x", "not fetched: "), (lambda _: "ipfs://Qm", "expected an http or https address"),
    (lambda _: "file:///etc/passwd", "expected an http or https address"), (lambda _: "ftp://127.0.0.1/x", "expected an http or https"),
])
def test_what_is_not_there_whole_is_refused_by_its_address(server: Shop, tmp_path: Path, address: Callable[[Shop], str],
                                                           problem: str) -> None:
    url = address(server)
    with pytest.raises(TranslationError) as error:
        fetch(url, tmp_path / "file", 1000)
    assert str(error.value).startswith(url)
    assert problem in str(error.value)
    assert len(server.asked) <= 1
