"""`digest init`: what it makes, asks and refuses; the wheel; the workflows, also with private articles; and that it builds at once."""

import errno
import hashlib
import os
import pty
import re
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Desk
from test_workflows import ROOT, audit, clean_environment, git, load, run_steps

from digest.cli import main
from digest.settings import load_settings
from digest.starter import init, wheel

ALL = ["--title", "Watch: “the” # harbour", "--language", "en", "--language", "pt-BR", "--publisher", "The desk",
       "--contact", "desk@example.org", "--timezone", "Europe/Istanbul"]
MADE = {
    ".github/workflows/publish.yml", ".gitignore", "Makefile", "README.md", "content/articles/.gitkeep", "content/digest.yml",
    "content/outlets.yml", "mkdocs.yml", "requirements/program.txt", "requirements/runtime.txt", "requirements/translate.txt",
}
STORY = """\
Harbour council approves the new ferry pier
By Ada Renholt
September 4, 2026

The council of Brelle approved the new ferry pier on Friday, by 12 votes to 9. It will cost 4.8 million crowns.

Work begins in March and is to last two years, the mayor, Ines Kolb, said after the vote.

Traders on the waterfront had asked for a smaller pier, since the larger one takes thirty parking spaces away.
"""


def start(folder: Path, *options: str) -> Result:
    """Make a digest in this process, without a terminal."""
    return CliRunner().invoke(main, ["init", str(folder), *options])


def files(folder: Path) -> set[str]:
    """Return all files of a folder but those of git."""
    return {name for path in folder.rglob("*") if path.is_file() and not (name := path.relative_to(folder).as_posix()).startswith(".git/")}


def vendored(folder: Path) -> Path:
    """Return the wheel of a new digest."""
    (found,) = (folder / "wheels").iterdir()
    return found


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new digest with everything said; not to be changed."""
    folder = tmp_path_factory.mktemp("public") / "harbour"
    assert start(folder, *ALL).exit_code == 0
    return folder


@pytest.fixture(scope="module")
def private(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new digest with its articles in a private repository; not to be changed."""
    folder = tmp_path_factory.mktemp("private") / "harbour"
    assert start(folder, *ALL, "--private-content", "desk/harbour-articles").exit_code == 0
    return folder


def test_a_whole_repository_is_made(harbour: Path) -> None:
    assert files(harbour) - {f"wheels/{vendored(harbour).name}"} == MADE
    assert (harbour / "mkdocs.yml").read_bytes() == (ROOT / "mkdocs.yml").read_bytes()
    assert [path.name for path in harbour.parent.iterdir()] == ["harbour"]
    assert "<%" not in "".join((harbour / name).read_text("utf-8") for name in MADE)


def test_the_settings_are_those_that_were_given(harbour: Path) -> None:
    found = load_settings(harbour / "content")
    assert (found.title, found.languages, found.timezone) == ("Watch: “the” # harbour", ("en", "pt-BR"), "Europe/Istanbul")
    assert (found.publisher, found.contact, dict(found.outlets)) == ("The desk", "mailto:desk@example.org", {})


def test_outlets_are_declared(tmp_path: Path) -> None:
    found = ["Açık: Gazete=https://www.acik.example.org/", "Açık Gazete=https://acik-2.example.org/a?b=c"]
    assert start(tmp_path / "a", *(word for outlet in found for word in ("--outlet", outlet))).exit_code == 0
    outlets = load_settings(tmp_path / "a" / "content").outlets
    assert [(one.id, one.name, one.homepage, one.domains) for one in outlets.values()] == [
        ("acik-gazete", "Açık: Gazete", "https://www.acik.example.org/", ("acik.example.org",)),
        ("acik-gazete-2", "Açık Gazete", "https://acik-2.example.org/a?b=c", ("acik-2.example.org",))]


def test_what_is_not_said_is_as_usual(tmp_path: Path) -> None:
    result = start(tmp_path / "port_watch")
    found = load_settings(tmp_path / "port_watch" / "content")
    assert (found.title, found.languages, found.timezone, found.publisher, found.contact) == ("Port watch", ("en",), "UTC", None, None)
    assert "Before it is published, name a publisher and a contact in content/digest.yml." in result.stdout


def test_the_commented_outlet_is_one(harbour: Path, tmp_path: Path) -> None:
    text = (harbour / "content" / "outlets.yml").read_text("utf-8")
    (tmp_path / "outlets.yml").write_text(re.sub(r"^# ?(?=- | )", "", text, flags=re.MULTILINE).partition("#\n")[2], "utf-8")
    assert list(load_settings(tmp_path).outlets) == ["harbour-courier"]


def test_it_says_what_comes_next_and_what_is_public(tmp_path: Path) -> None:
    result = start(tmp_path / "my harbour", *ALL)
    assert f"  cd '{tmp_path}/my harbour'\n" in result.stdout
    assert "Publishing from a public repository shows all of content/: whole articles, whatever their outlets' rights say." in result.stdout
    assert "Before" not in result.stdout
    result = start(tmp_path / "closed", "--private-content", "desk/articles")
    assert "content/ belongs into the private repository desk/articles" in result.stdout
    assert "shows all of content/" not in result.stdout


@pytest.mark.parametrize(("name", "said"), [
    pytest.param("used", "used: the folder is not empty; name a new one", id="used"),
    pytest.param("used/kept.txt", "used/kept.txt: a file of this name is here; name a new folder", id="a file"),
    pytest.param("none/harbour", "none: no such folder; make it first", id="no place"),
])
def test_a_place_that_will_not_do_is_one_line_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "kept.txt").write_text("kept", "utf-8")
    result = start(Path(name))
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"error: {said}\n")
    assert files(tmp_path) == {"used/kept.txt"}


def test_an_empty_folder_and_a_fresh_repository_are_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "--quiet")
    before = tmp_path.stat().st_ino
    monkeypatch.chdir(tmp_path)
    assert start(Path()).exit_code == 0
    assert tmp_path.stat().st_ino == before
    assert len(files(tmp_path)) == len(MADE) + 1
    assert {path.name for path in tmp_path.iterdir()} >= {".git", "content"}
    assert not list(tmp_path.glob(".digest-*"))


@pytest.mark.parametrize("there", [True, False])
def test_nothing_half_made_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    def fail(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))
    monkeypatch.setattr(init, "write_file", fail)
    if there:
        (tmp_path / "harbour").mkdir()
    result = start(tmp_path / "harbour")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "No space left on device" in result.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["harbour"][:there]


def test_what_was_moved_goes_back_where_the_rest_cannot_follow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(old: Path, new: Path) -> None:
        if new == tmp_path / "wheels":
            raise PermissionError(errno.EACCES, "Permission denied", str(new))
        replace(old, new)
    replace = os.replace
    monkeypatch.setattr(os, "replace", refuse)
    result = start(tmp_path)
    assert (result.exit_code, result.stderr) == (1, f"error: {tmp_path}/wheels: Permission denied\n")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("options", [
    [], ["a", "b"], ["a", "--title", " "], ["a", "--language", "english"], ["a", "--language", "en", "--language", "en"],
    ["a", "--contact", "desk"], ["a", "--contact", "javascript:a@b"], ["a", "--timezone", "Mars"], ["a", "--private-content", "articles"],
    ["a", "--private-content", "o/n\nx"], ["a", "--title", "a\x00b"],
    ["a", "--outlet", "https://example.org/"], ["a", "--outlet", "Courier"],
])
def test_a_wrong_option_is_2_and_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["init", *options])
    assert result.exit_code == 2, result.output
    assert "Error: " in result.stderr
    assert not list(tmp_path.iterdir())


def test_it_explains_itself_with_an_example() -> None:
    assert "Example: digest init " in " ".join(CliRunner().invoke(main, ["init", "--help"]).stdout.split())


def on_terminal(folder: Path, *options: str, typed: str = "") -> tuple[int, str]:
    """Make a digest on a terminal of its own; return the exit code and what stood there."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "digest", "init", str(folder), *options]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as run:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        with suppress(OSError):  # the other side is closed
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)
    return run.returncode, shown.decode()


def test_a_terminal_is_asked_what_no_option_says(tmp_path: Path) -> None:
    typed = "\nklingon\ntr, en\nThe desk\nnobody\nhttps://example.org/desk\n\n"
    code, shown = on_terminal(tmp_path / "liman", "--timezone", "UTC", typed=typed)
    found = load_settings(tmp_path / "liman" / "content")
    assert code == 0, shown
    assert (found.title, found.languages, found.publisher) == ("Liman", ("tr", "en"), "The desk")
    assert found.contact == "https://example.org/desk"
    assert "'klingon' is not a language code" in shown
    assert "time zone" not in shown
    assert (tmp_path / "liman" / ".gitignore").read_text("utf-8") == "/build/\n/site/\n/.venv/\n"


def test_a_terminal_is_asked_nothing_where_all_is_yes(tmp_path: Path) -> None:
    code, shown = on_terminal(tmp_path / "harbour", "--yes")
    assert code == 0, shown
    assert "name [" not in shown


# The wheel

@pytest.fixture(scope="module")
def installed(harbour: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which pip installed the program from its wheel."""
    folder = tmp_path_factory.mktemp("installed") / "site-packages"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(folder),
                    str(vendored(harbour))], check=True)
    return folder


def start_installed(installed: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Make a digest with the program as it is installed."""
    env = os.environ | {"PYTHONPATH": str(installed)}
    return subprocess.run([sys.executable, "-m", "digest", "init", str(folder), *ALL], cwd=folder.parent, env=env, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, check=False)


def test_the_lock_names_the_wheel(harbour: Path) -> None:
    lock = (harbour / "requirements" / "program.txt").read_text("utf-8")
    found = vendored(harbour)
    assert f"mkdigest=={found.name.split('-')[1]} \\\n    --hash=sha256:{hashlib.sha256(found.read_bytes()).hexdigest()}\n" in lock


def test_the_same_program_gives_the_same_wheel(harbour: Path, private: Path) -> None:
    assert vendored(harbour).read_bytes() == vendored(private).read_bytes()


def test_an_installed_program_gives_the_wheel_that_it_came_from(harbour: Path, installed: Path, tmp_path: Path) -> None:
    """The order of the files is another; what it makes is the same in all else, and so is what its own wheel makes again."""
    for name in ("one", "two"):
        made = start_installed(installed, tmp_path / name)
        assert made.returncode == 0, made.stderr
    assert vendored(tmp_path / "one").read_bytes() == vendored(tmp_path / "two").read_bytes()
    with zipfile.ZipFile(vendored(harbour)) as built, zipfile.ZipFile(vendored(tmp_path / "one")) as again:
        contents = [{name: packed.read(name) for name in packed.namelist()} for packed in (built, again)]
        rows = [sorted(found.pop(next(name for name in found if name.endswith("/RECORD"))).splitlines()) for found in contents]
    assert contents[0] == contents[1]
    assert rows[0] == rows[1]
    assert files(harbour) == files(tmp_path / "one")
    changed = {name for name in MADE if (harbour / name).read_bytes() != (tmp_path / "one" / name).read_bytes()}
    assert changed == {"requirements/program.txt"}


def test_a_program_that_was_changed_gives_no_wheel(installed: Path, tmp_path: Path) -> None:
    path = installed / "digest" / "words.py"
    kept = path.read_bytes()
    path.write_bytes(kept + b"# changed\n")
    made = start_installed(installed, tmp_path / "harbour")
    path.write_bytes(kept)
    assert (made.returncode, made.stdout, len(made.stderr.splitlines())) == (1, "", 1)
    assert "words.py: it is not as it was installed" in made.stderr
    assert not (tmp_path / "harbour").exists()


def test_a_clone_without_hatchling_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheel, "find_spec", lambda _: None)
    result = start(tmp_path / "harbour")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "run make .venv" in result.stderr


# Publishing

def test_the_workflow_is_that_of_the_program(harbour: Path) -> None:
    assert (harbour / ".github/workflows/publish.yml").read_bytes() == (ROOT / ".github/workflows/publish.yml").read_bytes()


def test_audits_find_nothing_where_articles_are_private(private: Path) -> None:
    assert audit(private / ".github" / "workflows" / "publish.yml") == ""


def test_private_articles_are_read_with_one_key_and_nothing_is_written(private: Path) -> None:
    text = (private / ".github" / "workflows" / "publish.yml").read_text("utf-8")
    found = load("publish", private)
    assert set(re.findall(r"secrets\.(\w+)", text)) == {"CONTENT_KEY"}
    assert found["permissions"] == {}
    assert {name: job["permissions"] for name, job in found["jobs"].items()} == {
        "build": {"contents": "read", "pages": "read"}, "deploy": {"pages": "write", "id-token": "write"}}
    own, articles = (step["with"] for step in found["jobs"]["build"]["steps"] if "actions/checkout@" in step.get("uses", ""))
    assert articles["repository"] == "desk/harbour-articles"
    assert (articles["path"], own["persist-credentials"], articles["persist-credentials"]) == ("content", False, False)
    assert "default_branch" in found["jobs"]["build"]["if"]
    assert not any("${{" in step.get("run", "") for step in found["jobs"]["build"]["steps"])


def test_what_is_private_is_told_and_not_in_the_repository(private: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(commit_all(private, tmp_path / "copy")), "public")
    assert not (tmp_path / "public" / "content").exists()
    readme = (tmp_path / "public" / "README.md").read_text("utf-8")
    assert all(word in readme for word in ("desk/harbour-articles", "CONTENT_KEY", "Deploy keys", "make record"))


def commit_all(made: Path, folder: Path) -> Path:
    """Return a copy of a new digest that is a repository, with a program that is this one."""
    subprocess.run(["cp", "-r", str(made), str(folder)], check=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Begin")
    program = folder / ".venv" / "bin" / "digest"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -m digest \"$@\"\n", "utf-8")
    program.chmod(0o755)
    return folder


def test_an_empty_digest_can_be_recorded(harbour: Path, tmp_path: Path) -> None:
    folder = commit_all(harbour, tmp_path / "harbour")
    run_steps("publish", "record", folder, ("Record",), root=folder)
    assert git(folder, "show", "--no-patch", "--format=%B") == "Record ids and addresses"
    assert git(folder, "status", "--porcelain") == ""


def test_private_articles_are_published_only_where_they_are_recorded(private: Path, tmp_path: Path) -> None:
    folder = commit_all(private, tmp_path / "harbour")
    content, steps = folder / "content", ("publish", "build", folder, ("Compare with the record",))
    git(content, "init", "--quiet")
    (folder / "pier.txt").write_text(STORY, "utf-8")
    subprocess.run([folder / ".venv/bin/digest", "add", "pier.txt"], cwd=folder, env=clean_environment(), check=True)
    git(content, "add", "--all")
    git(content, "commit", "--quiet", "--message", "An article")
    with pytest.raises(AssertionError, match="::error::Ids and addresses would be published"):
        run_steps(*steps, root=folder)
    git(content, "add", "--all")  # the step has written the record, as `make record` does
    git(content, "commit", "--quiet", "--message", "The record")
    assert "::error::" not in run_steps(*steps, root=folder)["log"]


def test_the_set_up_is_that_of_the_program(harbour: Path) -> None:
    """Word for word, but for the last step, which installs the wheel instead of the clone."""
    ours, theirs = (set_up((folder / "Makefile").read_text("utf-8")) for folder in (ROOT, harbour))
    assert [line for line in ours if line not in theirs] == ["@$(PIP) install --no-index --no-deps --no-build-isolation --editable ."]
    assert len(theirs) == len(ours)


def set_up(makefile: str) -> list[str]:
    return [line.strip() for line in makefile.partition("@command -v")[2].partition("\n\n")[0].splitlines()[1:]]


def make(folder: Path, *targets: str) -> str:
    """Run make in a new digest, with the Python of the tests; return what it says."""
    run = subprocess.run(["make", f"PYTHON={sys.executable}", *targets], cwd=folder, env=clean_environment(), stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True, check=False)
    assert run.returncode == 0, run.stdout
    return run.stdout


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A new digest with a program of its own, set up as its Makefile does."""
    folder = tmp_path_factory.mktemp("own") / "harbour"
    assert start(folder, *ALL[:4], *ALL[6:]).exit_code == 0
    assert "0 topics from 0 articles" in make(folder, "site")
    return Desk(folder)


@pytest.mark.slow
def test_it_builds_at_once_and_with_an_article(own: Desk) -> None:
    assert "every quotation stands in its source" in make(own.root, "verify")
    (own.root / "pier.txt").write_text(STORY, "utf-8")
    program = own.root / ".venv" / "bin" / "digest"
    added = subprocess.run([program, "add", "pier.txt"], cwd=own.root, env=clean_environment(), capture_output=True, text=True, check=True)
    assert added.stdout.startswith("added: ")
    assert "1 topic from 1 article" in make(own.root, "site", "BUILD_FLAGS=--strict --publish")
    assert "by 12 votes to 9" in own.page("topics/").read_text("utf-8")
    assert "every quotation stands in its source" in make(own.root, "verify", "record")
    assert (own.content / "ledger.json").is_file()


@pytest.mark.slow
def test_the_program_of_a_digest_makes_others(own: Desk, tmp_path: Path) -> None:
    env = clean_environment()
    subprocess.run([own.root / ".venv/bin/digest", "init", tmp_path / "next"], env=env, stdin=subprocess.DEVNULL, check=True)
    with zipfile.ZipFile(vendored(own.root)) as first, zipfile.ZipFile(vendored(tmp_path / "next")) as second:
        assert sorted(first.namelist()) == sorted(second.namelist())
