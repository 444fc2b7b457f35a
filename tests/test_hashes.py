"""Hashes of files are remembered as long as nobody wrote them, and a folder is walked as it is."""

import os
from hashlib import sha256
from pathlib import Path
from time import sleep, time_ns

import pytest

from digest.files import walk
from digest.running import Hashes, Store

LATER = 5_000_000_000


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text("one", "utf-8")
    return path


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files were written long ago."""
    monkeypatch.setattr("digest.running.hashes.time_ns", lambda: time_ns() + LATER)


def ask(store: Store, path: Path) -> bytes:
    """Return the hash of a file, asked for in a run of its own."""
    hashes = Hashes(store)
    found = hashes.of(path)
    hashes.save()
    return found


def refuse(path: Path) -> None:
    raise AssertionError(f"{path} is read")


@pytest.mark.usefixtures("later")
def test_what_nobody_wrote_is_not_read_again(store: Store, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(store, page) == sha256(b"one").digest()
    monkeypatch.setattr("digest.running.hashes.open_file", refuse)
    assert ask(store, page) == sha256(b"one").digest()
    moved = page.parent.rename(page.parent.with_name("elsewhere"))
    assert ask(Store(moved / "cache"), moved / page.name) == sha256(b"one").digest(), "folders may be renamed"


@pytest.mark.usefixtures("later")
def test_a_change_is_noticed_that_keeps_size_and_time(store: Store, page: Path) -> None:
    ask(store, page)
    times = page.stat()
    page.write_text("two", "utf-8")
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert ask(store, page) == sha256(b"two").digest()


def test_what_was_just_written_is_read_again(store: Store, page: Path) -> None:
    ask(store, page)
    assert not list(store.folder.glob("*"))


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("spoiled", [slice(0), slice(-3), slice(16)])
def test_damage_is_noticed(store: Store, page: Path, spoiled: slice) -> None:
    ask(store, page)
    kept, = store.folder.glob("*/*")
    kept.write_bytes(kept.read_bytes()[spoiled])
    assert ask(store, page) == sha256(b"one").digest()


@pytest.mark.usefixtures("later")
def test_only_what_is_asked_for_is_kept(store: Store, page: Path) -> None:
    other = page.with_name("other.html")
    other.write_text("other", "utf-8")
    ask(store, other)
    size = next(store.folder.glob("*/*")).stat().st_size
    ask(store, page)
    assert next(store.folder.glob("*/*")).stat().st_size == size


def test_a_link_is_what_it_leads_to_and_a_folder_is_no_file(tmp_path: Path, page: Path) -> None:
    link = tmp_path / "link.html"
    link.symlink_to(page)
    assert Hashes().of(link) == sha256(b"one").digest()
    for path in (tmp_path, tmp_path / "missing"):
        with pytest.raises(OSError):
            Hashes().of(path)


def test_a_folder_is_walked_and_no_link_entered(tmp_path: Path) -> None:
    for name in ("a/b/c.md", "a/d.md", "e.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    (tmp_path / "around").symlink_to(tmp_path)
    (tmp_path / "linked.md").symlink_to(tmp_path / "e.md")
    (tmp_path / "broken.md").symlink_to(tmp_path / "nothing")
    (tmp_path / "circle.md").symlink_to(tmp_path / "circle.md")
    found = dict(walk(tmp_path))
    assert found.keys() == {"a/b/c.md", "a/d.md", "e.md", "linked.md"}
    assert all(Path(path) == tmp_path / name for name, path in found.items())
    assert list(walk(tmp_path / "missing")) == []


def test_a_trusted_file_is_read_again_once_somebody_writes_it(store: Store, page: Path) -> None:
    """Even where it keeps its size and the time of its writing, as after a copy that keeps times."""
    hashes, was = Hashes(store), page.stat()
    hashes.trust(page, sha256(b"one").digest())
    sleep(0.05)  # the system's clock has to move
    page.write_text("two", "utf-8")
    os.utime(page, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert hashes.of(page) == sha256(b"two").digest()


def test_a_trusted_file_is_not_read_for_names_that_come_and_go(store: Store, page: Path) -> None:
    hashes = Hashes(store)
    hashes.trust(page, b"trusted")
    assert hashes.of(page) == b"trusted"
    sleep(0.05)
    page.with_name("other").hardlink_to(page)
    assert hashes.of(page, renamed=True) == b"trusted"
    assert hashes.of(page) == sha256(b"one").digest()
