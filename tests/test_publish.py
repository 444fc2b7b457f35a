"""`digest build` puts the whole new site in place or leaves the old one as it was."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Desk, set_up

Run = Callable[..., Result]
NEWS = "A heron has moved into the fountain of Orvane and refuses to leave it before the summer."


def change(desk: Desk) -> None:
    """Add an article, so that the next build makes another site."""
    desk.write("heron-in-the-fountain", NEWS, "The city council put up a small fence around it.")


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the site with the change."""
    desk = set_up(tmp_path_factory.mktemp("new") / "desk")
    change(desk)
    assert desk.run("build").returncode == 0
    return desk.snapshot()


def whole(desk: Desk, *sites: dict[str, bytes]) -> bool:
    """Return whether the site is one of these, whole, be it still aside."""
    aside = desk.root / "build" / "site-old"
    if not desk.site.exists() and aside.exists():
        aside.rename(desk.site)
        found = desk.snapshot()
        desk.site.rename(aside)
    else:
        found = desk.snapshot()
    return found in sites


def test_a_kill_at_any_moment_leaves_the_old_site_or_the_new(built: Desk, newsroom: Desk, new: dict[str, bytes]) -> None:
    change(built)
    chance = random.Random(20310605)
    for _ in range(6):
        started = subprocess.Popen([sys.executable, "-m", "digest", "build"], cwd=built.root, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 2))
        started.send_signal(signal.SIGKILL)
        started.wait()
        assert whole(built, newsroom.snapshot(), new)
    assert built.run("build").returncode == 0
    assert built.snapshot() == new


KILLED = """
import os, pathlib, shutil, signal, sys

name, number, when = sys.argv[1], int(sys.argv[2]), sys.argv[3]
of = {"rename": pathlib.Path, "rmtree": shutil, "unlink": os}[name]
function, calls = getattr(of, name), 0

def counted(*args, **options):
    global calls
    calls += "site" in str(args[0]) or "dir_fd" in options
    if calls == number and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = function(*args, **options)
    if calls == number and when == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(of, name, counted)
from digest.cli import main
main(["build"])
"""


@pytest.mark.parametrize(("name", "number", "when"), [
    ("rename", 1, "before"), ("rename", 1, "after"), ("rename", 2, "before"), ("rename", 2, "after"), ("rmtree", 3, "before"),
    ("rmtree", 3, "after"), ("unlink", 5, "after"),
])
def test_a_kill_between_the_steps_is_repaired(
    digest: Run, built: Desk, newsroom: Desk, new: dict[str, bytes], name: str, number: int, when: str,
) -> None:
    change(built)
    killed = subprocess.run([sys.executable, "-c", KILLED, name, str(number), when], cwd=built.root, check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert whole(built, newsroom.snapshot(), new)
    assert digest(built, "build").exit_code == 0
    assert built.snapshot() == new
    assert not [left.name for left in (built.root / "build").iterdir() if left.name.startswith("site")]


def mistake(file: str, text: str) -> Callable[[Desk], None]:
    """Return what writes a mistake into a digest."""
    def make(desk: Desk) -> None:
        path = desk.root / file
        path.parent.mkdir(exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(text, "utf-8")
    return make


@pytest.mark.parametrize(("make", "problem"), [
    pytest.param(mistake("content/digest.yml", "title: A\nlanguages: [en]\ncolor: red\n"), "content/digest.yml:3: unknown key", id="key"),
    pytest.param(mistake("content/digest.yml", "title: [\n"), "content/digest.yml:2: not valid YAML", id="YAML"),
    pytest.param(mistake("content/outlets.yml", "- id: A\n"), "content/outlets.yml:1: id: expected", id="outlet"),
    pytest.param(mistake("content/ledger.json", "{"), "content/ledger.json: cannot be read", id="ledger"),
    pytest.param(mistake("templates/home.md.jinja", "{% if %}"), "templates/home.md.jinja:1: ", id="template"),
    pytest.param(mistake("templates/home.md.jinja", "{{ nothing }}"), "home.md.jinja: UndefinedError", id="undefined"),
    pytest.param(mistake("templates/home.md.jinja", "{% include 'no.jinja' %}"), "no.jinja", id="include"),
    pytest.param(mistake("templates/home.md.jinja", "{{ 1 / 0 }}"), "home.md.jinja", id="division"),
    pytest.param(mistake("templates/home.md.jinja", "{{ m.t('no_such_key') }}"), "home.md.jinja", id="catalog key"),
    pytest.param(mistake("templates/home.md.jinja", "# A claim"), "index.html: “A claim” is neither", id="unmarked words"),
    pytest.param(mistake("templates/theme/main.html", "{% extends 'base.html' %}{% block"), "main.html", id="the theme"),
    pytest.param(mistake("mkdocs.yml", "site_name: A\nplugins: [digest]\ndocs_dir: content\ntheme: nosuch\n"), "mkdocs.yml: ", id="theme"),
    pytest.param(mistake("mkdocs.yml", "site_name: A\ndocs_dir: content\nplugins: []\n"), "the plugin is missing", id="no plugin"),
    pytest.param(mistake("mkdocs.yml", "site_name: [\n"), "mkdocs.yml", id="broken mkdocs.yml"),
    pytest.param(lambda desk: (desk.root / "mkdocs.yml").unlink(), "mkdocs.yml is not in this folder", id="no mkdocs.yml"),
])
def test_a_mistake_leaves_the_old_site(digest: Run, built: Desk, newsroom: Desk, make: Callable[[Desk], None], problem: str) -> None:
    (built.root / "templates" / "theme").mkdir(parents=True)
    make(built)
    result = digest(built, "build")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    assert problem in result.stderr
    assert built.snapshot() == newsroom.snapshot()


def test_strict_refuses_warnings_and_leaves_the_old_site(digest: Run, built: Desk, newsroom: Desk) -> None:
    change(built)
    result = digest(built, "build", "--strict")
    assert (result.exit_code, result.stderr.count("broken-front-matter.md")) == (1, 1)
    assert built.snapshot() == newsroom.snapshot()


@pytest.mark.parametrize(("key", "stated"), [("publisher", "publisher: .*?\n"), ("contact", "contact: .*?\n")])
def test_publish_refuses_a_site_that_nobody_answers_for(digest: Run, built: Desk, key: str, stated: str) -> None:
    built.edit("content/digest.yml", stated, "")
    assert f"{key} is missing" in digest(built, "build", "--publish").stderr


def _file(desk: Desk, output: Path) -> None:
    output.write_text("not a folder", "utf-8")


def _foreign(desk: Desk, output: Path) -> None:
    output.mkdir()
    (output / "thesis.txt").write_text("ten years of work", "utf-8")


@pytest.mark.parametrize(("make", "output"), [
    (_file, "file"), (_foreign, "folder"), (lambda *_: None, "content"), (lambda *_: None, "."), (_foreign, "build/deep/folder"),
])
def test_refuses_a_place_with_foreign_files(digest: Run, desk: Desk, make: Callable[[Desk, Path], None], output: str) -> None:
    place = desk.root / output
    place.parent.mkdir(parents=True, exist_ok=True)
    make(desk, place)
    before = sorted(path for path in desk.root.rglob("*") if "pages" not in path.parts)
    result = digest(desk, "build", "--output", output)
    assert result.exit_code in {1, 2}
    assert isinstance(result.exception, SystemExit), result.exception
    assert sorted(path for path in desk.root.rglob("*") if "pages" not in path.parts) == before


def test_builds_into_an_empty_or_a_distant_folder(digest: Run, desk: Desk, newsroom: Desk, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "public").mkdir(parents=True)
    assert digest(desk, "build", "--output", str(tmp_path / "elsewhere" / "public")).exit_code == 0
    assert (tmp_path / "elsewhere" / "public" / "index.html").read_bytes() == newsroom.snapshot()["index.html"]
    assert not (desk.root / "build").exists()


BROKEN: dict[str, bytes] = {
    "empty": b"", "no-front": b"Only words.\n", "no-text": b"---\ntitle: A\nlang: en\n---\n\n", "no-title": b"---\nlang: en\n---\nWords.\n",
    "latin": "---\ntitle: A\nlang: en\n---\nGrüße aus Wörth.\n".encode("latin-1"), "binary": bytes(range(256)) * 40,
    "open-front": b"---\ntitle: A\nlang: en\nWords.\n", "bad-yaml": b"---\ntitle: 'A\nlang: en\n---\nWords.\n",
    "deep": b"---\ntitle: " + b"[" * 30_000 + b"\n---\nWords.\n", "anchor": b"---\ntitle: &a A\ntags: [*a, *a]\nlang: en\n---\nWords.\n",
    "list": b"---\n- title\n---\nWords.\n", "bad-lang": b"---\ntitle: A\nlang: ../../etc\n---\nWords.\n", "huge": b"x" * 2_000_001,
    "bad-url": b"---\ntitle: A\nlang: en\nurl: javascript:alert(1)\n---\nWords.\n", "Bad_Name": b"---\ntitle: A\nlang: en\n---\nWords.\n",
}


def test_broken_articles_never_stop_a_build_and_are_named(digest: Run, desk: Desk) -> None:
    folder = desk.content / "articles" / "2031" / "08"
    folder.mkdir()
    for name, raw in BROKEN.items():
        (folder / f"{name}.md").write_bytes(raw)
    (folder / "folder.md").mkdir()
    (folder / "dangling.md").symlink_to("nowhere.md")
    result = digest(desk, "build")
    assert result.exit_code == 0, result.output
    page = desk.page("about/method").read_text("utf-8").replace("&#45;", "-").replace("&#46;", ".").replace("&#95;", "_")
    for name in (*BROKEN, "folder", "dangling", "broken-front-matter"):
        assert f">{name}.md<" in page, name
        assert f"{name}.md" in result.stderr, name
    assert f"{len(BROKEN) + 3} left out" in result.stdout
    assert digest(desk, "verify").exit_code == 0
