"""The same content gives the same bytes: wherever, whenever, in whatever order."""

import os
import random
import shutil
from pathlib import Path

import pytest
from conftest import Desk, set_up

SURROUNDINGS = {
    "west": {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "east": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4294967295", "LANGUAGE": "tr"},
}


@pytest.mark.parametrize("name", sorted(SURROUNDINGS))
def test_other_folders_zones_locales_and_seeds_make_the_same_bytes(newsroom: Desk, tmp_path: Path, name: str) -> None:
    desk = set_up(tmp_path / "a folder with blanks" / name)
    done = desk.run("build", **SURROUNDINGS[name])
    assert done.returncode == 0, done.stderr
    assert desk.snapshot() == newsroom.snapshot()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_and_times_of_files_make_no_difference(newsroom: Desk, tmp_path: Path, seed: int) -> None:
    desk = Desk(tmp_path / "desk")
    chance = random.Random(seed)
    files = [path.relative_to(newsroom.root) for path in newsroom.content.rglob("*") if path.is_file()] + [Path("mkdocs.yml")]
    chance.shuffle(files)
    for file in files:
        (desk.root / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(newsroom.root / file, desk.root / file)
        os.utime(desk.root / file, (moment := chance.uniform(0, 2e9), moment))
    assert desk.run("build", PYTHONHASHSEED=str(seed)).returncode == 0
    assert desk.snapshot() == newsroom.snapshot()


def test_building_again_changes_nothing(sample: Desk, tmp_path: Path) -> None:
    desk = sample.copy(tmp_path / "sample")
    before = {path: path.stat().st_ino for path in (desk.root / "build" / "pages").rglob("*.md")}
    assert desk.run("build").returncode == 0
    assert desk.snapshot() == sample.snapshot()
    assert {path: path.stat().st_ino for path in before} == before


def test_a_change_that_is_taken_back_leaves_no_trace(newsroom: Desk, tmp_path: Path) -> None:
    desk = newsroom.copy(tmp_path / "desk")
    path = desk.write("heron-in-the-fountain", "A heron has moved into the fountain of Orvane.")
    assert desk.run("build").returncode == 0
    assert desk.snapshot() != newsroom.snapshot()
    path.unlink()
    assert desk.run("build").returncode == 0
    assert desk.snapshot() == newsroom.snapshot()
