"""Disks that are full, folders that cannot be written, two runs at once, kills at any moment: nothing published or kept is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Desk
from lasting import lasting

from digest.content import read_articles
from digest.errors import BusyError
from digest.feed_records import read_feed_records
from digest.locking import alone_in
from digest.record_files import read_editions, read_ledger

FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from digest.cli import main
main(sys.argv[2:])
"""
"""Runs a command on a disk where no file gets larger than so many bytes."""
HOLDER = """
import pathlib, sys, time
from digest.locking import alone_in
with alone_in(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""
STORY = "Heron in the fountain of Orvane {0}\n\nA heron has moved into the fountain of Orvane and refuses to leave it before day {0}.\n"

WRITING = (("add", "story.txt"), ("stories", "--record"), ("withdraw", "ident", "--reason", "Taken back."))
"""Commands that write to the content folder."""


def said(done: "subprocess.CompletedProcess[str]") -> str:
    """Return what a command that failed said: a line, never a traceback."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return next(line for line in done.stderr.splitlines() if line.startswith("error: "))


def on_full_disk(desk: Desk, size: int, *command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", FULL, str(size), *command], cwd=desk.root, check=False, capture_output=True, text=True,
                          encoding="utf-8", timeout=300)


@pytest.mark.parametrize("size", [0, 2_000, 20_000, 200_000])
def test_a_full_disk_leaves_the_old_site(built: Desk, newsroom: Desk, size: int) -> None:
    built.write("heron-in-the-fountain", "A heron has moved into the fountain of Orvane.")
    assert "too large" in said(on_full_disk(built, size, "build")).casefold()
    assert built.snapshot() == newsroom.snapshot()
    assert built.run("build").returncode == 0
    assert built.snapshot() != newsroom.snapshot()


@pytest.mark.parametrize("command", WRITING)
def test_a_full_disk_leaves_the_records_readable(desk: Desk, command: tuple[str, ...]) -> None:
    (desk.root / "story.txt").write_text(STORY.format(3), "utf-8")
    before = read_articles(desk.content)
    ident = before.articles[0].id
    words = [ident if word == "ident" else word for word in command]
    done = on_full_disk(desk, 0, *words)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    after = read_articles(desk.content)
    assert [article.id for article in after.articles] == [article.id for article in before.articles]
    read_ledger(desk.content)
    read_editions(desk.content)
    assert desk.run(*words).returncode == 0


def test_a_folder_that_cannot_be_written_is_named(desk: Desk) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    desk.root.chmod(0o500)
    try:
        assert "Permission denied" in said(desk.run("build"))
    finally:
        desk.root.chmod(0o700)


def test_a_file_in_the_place_of_a_folder_is_named(desk: Desk) -> None:
    (desk.root / "build").write_text("x", "utf-8")
    assert "build" in said(desk.run("build"))


def test_two_builds_at_once(built: Desk, newsroom: Desk) -> None:
    with alone_in(built.root / "build"):
        assert said(built.run("build")) == "error: build: another digest is at work here; wait until it is done, or stop it"
    assert built.snapshot() == newsroom.snapshot()
    assert built.run("build").returncode == 0


@pytest.mark.parametrize("command", WRITING)
def test_two_that_write_to_the_content_at_once(desk: Desk, command: tuple[str, ...]) -> None:
    (desk.root / "story.txt").write_text(STORY.format(3), "utf-8")
    ident = read_articles(desk.content).articles[0].id
    words = [ident if word == "ident" else word for word in command]
    with alone_in(desk.content):
        assert said(desk.run(*words)).startswith("error: content: another digest is at work here")
    assert desk.run(*words).returncode == 0


def test_a_killed_run_holds_no_lock(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(BusyError), alone_in(tmp_path):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    with alone_in(tmp_path):
        pass


@lasting
def test_kills_at_fifty_moments_lose_nothing(desk: Desk) -> None:
    """Import, record and build, killed at random; then the same commands bring everything to the end."""
    chance = random.Random(20310705)
    for number in range(40):
        path = desk.root / "inbox" / f"story-{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(STORY.format(number), "utf-8")
    steps = (("add", "inbox"), ("stories", "--record"), ("build",))
    known: set[str] = set()
    given: set[str] = set()
    for number in range(50):
        started = subprocess.Popen([sys.executable, "-m", "digest", *steps[number % 3]], cwd=desk.root, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 1.6))
        started.send_signal(signal.SIGKILL)
        started.wait()
        found = {article.id for article in read_articles(desk.content).articles}
        topics = set(read_ledger(desk.content).topics)
        assert known <= found
        assert given <= topics
        known, given = found, topics
        read_editions(desk.content)
        read_feed_records(desk.content)
    for step in steps:
        done = desk.run(*step)
        assert done.returncode == 0, done.stderr
    assert len([ident for ident in (article.id for article in read_articles(desk.content).articles) if "heron" in ident]) == 40
    assert desk.run("verify").returncode == 0
