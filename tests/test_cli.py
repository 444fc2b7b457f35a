"""The command line: exit codes, one line an error, the JSON that DESIGN.md promises."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import LEFT_OUT, Desk

from digest import __version__
from digest.cli import main

Run = Callable[..., Result]
COMMANDS = ["add", "stories", "summarize", "build", "serve", "verify", "review", "withdraw"]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_an_example(command: str) -> None:
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert f"Example: digest {command}" in result.stdout
    assert "--content DIRECTORY" in result.stdout
    assert "--output DIRECTORY" in result.stdout


def test_help_lists_every_command() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert [command for command in COMMANDS if f"\n  {command} " not in result.stdout] == []
    assert set(COMMANDS) <= set(main.commands)


def test_tells_its_version() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout.strip() == f"digest, version {__version__}"


@pytest.mark.parametrize(("args", "idle"), [
    (["--help"], {"babel", "digest.settings", "jinja2", "numpy", "yaml"}),
    (["add", "a.txt"], {"courlan", "digest.pipeline", "digest.render", "jinja2", "lxml", "sentencex", "trafilatura"}),
])
def test_a_command_imports_only_what_it_uses(tmp_path: Path, args: list[str], idle: set[str]) -> None:
    (tmp_path / "a.txt").write_text("The pier opens\n\n2021-02-18\n\nThe pier was opened today by the mayor of the town.\n", "utf-8")
    program = (f"import sys\nfrom digest.cli import main\nmain({args!r}, standalone_mode=False)\n"
               f"print(sorted({idle!r} & sys.modules.keys()))")
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("args", [
    ["nonsense"], ["build", "--nonsense"], ["summarize", "--words", "three"], ["summarize", "--words", "1"], ["add"], ["verify", "a", "b"],
    ["stories", "--content", "mkdocs.yml"],
])
def test_a_wrong_command_line_is_2(digest: Run, desk: Desk, args: list[str]) -> None:
    result = digest(desk, *args)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def damage(file: str, raw: bytes | None) -> Callable[[Desk], None]:
    """Return what damages a file of the content."""
    def make(desk: Desk) -> None:
        path = desk.content / file
        path.unlink(missing_ok=True)
        path.mkdir() if raw is None else path.write_bytes(raw)
    return make


@pytest.mark.parametrize("command", ["stories", "summarize", "build", "verify"])
@pytest.mark.parametrize(("make", "line"), [
    pytest.param(damage("digest.yml", b"title: A\nlanguages: [en\n"), "content/digest.yml:2: not valid YAML", id="YAML"),
    pytest.param(damage("digest.yml", b"title: A\nlanguages: en\ntimezon: UTC\n"), "content/digest.yml:3: unknown key", id="key"),
    pytest.param(damage("digest.yml", "title: Café\nlanguages: [en]\n".encode("latin-1")), "content/digest.yml: not UTF-8", id="Latin-1"),
    pytest.param(damage("digest.yml", None), "content/digest.yml: cannot be read", id="a folder"),
    pytest.param(damage("outlets.yml", b"- id: a\n  name: A\n  rights: no\n"), "content/outlets.yml:3: rights: expected one", id="outlet"),
    pytest.param(damage("ledger.json", b"{"), "content/ledger.json: cannot be read", id="ledger"),
])
def test_a_mistake_is_1_and_one_line(digest: Run, built: Desk, make: Callable[[Desk], None], line: str, command: str) -> None:
    if command == "verify" and "ledger" in line:
        return  # it trusts nothing but the articles
    make(built)
    result = digest(built, command)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.stdout == ""
    assert [said for said in result.stderr.splitlines() if said.startswith(("error: ", "warning: "))] == [result.stderr.splitlines()[-1]]
    assert result.stderr.splitlines()[-1].startswith(f"error: {line}")


@pytest.mark.parametrize("command", ["stories", "summarize", "build", "verify", "serve"])
def test_missing_content_is_1_and_one_line(digest: Run, desk: Desk, command: str) -> None:
    result = digest(desk, command, "--content", "nowhere")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: nowhere: no content folder is here")


def test_an_unreadable_article_is_left_out(digest: Run, desk: Desk) -> None:
    path = desk.write("unreadable", "Nobody may read this.")
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read everything
        path.unlink()
        path.mkdir()
    result = digest(desk, "stories")
    assert result.exit_code == 0
    assert "unreadable.md: cannot be read" in result.stderr


def test_an_output_that_cannot_be_written_is_one_line(digest: Run, desk: Desk) -> None:
    (desk.root / "file").write_text("in the way", "utf-8")
    result = digest(desk, "build", "--output", "file/site")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.stderr


def test_strict_makes_warnings_errors(digest: Run, desk: Desk) -> None:
    for command in ("stories", "summarize", "build"):
        result = digest(desk, command, "--strict")
        assert result.exit_code == 1
        assert "1 warning, and --strict makes an error of it" in result.stderr
    (desk.content / "articles" / LEFT_OUT).unlink()
    for command in ("stories", "summarize", "build"):
        assert digest(desk, command, "--strict").exit_code == 0


def test_stories_as_json(digest: Run, desk: Desk) -> None:
    result = digest(desk, "stories", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert set(found) == {"topics", "left_out"}
    assert all(set(topic) == {"id", "slug", "title", "stories"} for topic in found["topics"])
    stories = [story for topic in found["topics"] for story in topic["stories"]]
    assert all(set(story) == {"id", "title", "date", "articles", "texts", "why"} for story in stories)
    placed = [article for story in stories for article in story["articles"]]
    left_out = [row["article"] for row in found["left_out"]]
    assert sorted(placed + left_out) == sorted(path.stem for path in (desk.content / "articles").rglob("*.md"))
    assert all(sorted(story["articles"]) == sorted(a for text in story["texts"] for a in text) for story in stories)
    assert any(f"{text[0]}-gazette" in text for story in stories for text in story["texts"])
    assert {row["article"]: row["reason"] for row in found["left_out"]}["not-yet-ready"] == "draft"


def test_summaries_as_json(digest: Run, desk: Desk) -> None:
    result = digest(desk, "summarize", "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert set(found) == {"stories", "topics"}
    assert {"id", "articles", "summary"} <= set(found["stories"][0])
    assert {"id", "slug", "summary"} <= set(found["topics"][0])
    for point in (point for row in [*found["stories"], *found["topics"]] for point in row["summary"]):
        assert {"text", "lang", "state", "translated", "citations"} <= set(point)
        for cited in point["citations"]:
            text = desk.article(cited["article"]).read_text("utf-8").split("---\n", 2)[2]
            assert text[cited["start"]:cited["end"]] == cited["quote"]


@pytest.mark.parametrize("words", [40, 80, 400])
def test_summaries_keep_to_a_number_of_words(digest: Run, sample: Desk, words: int) -> None:
    found = json.loads(digest(sample, "summarize", "--json", "--words", str(words)).stdout)
    assert all(sum(len(point["text"].split()) for point in row["summary"]) <= words for row in [*found["stories"], *found["topics"]])


def test_stories_and_summaries_for_people(digest: Run, newsroom: Desk) -> None:
    stories, summaries = digest(newsroom, "stories").stdout, digest(newsroom, "summarize").stdout
    assert "└─ same text, order unknown: open-gazette" in stories or "└─ same text, later: open-gazette" in stories
    assert "left out: content/articles/undated/broken-front-matter.md: published: expected" in stories
    assert "quay-herald: “Thieves took forty jars" in summaries


def test_sentences_of_an_article_as_editors_name_them(digest: Run, sample: Desk) -> None:
    shown = digest(sample, "summarize", "--sentences", "oil-slick-in-selvan-strait-after-ships-collide")
    names = [line.split("  ")[0] for line in shown.output.splitlines()]
    assert len(names) == len(set(names)) > 5
    assert all(name.startswith("oil-slick-in-selvan-strait-after-ships-collide#s-") for name in names)
    wrong = digest(sample, "summarize", "--sentences", "oil-slick")
    assert (wrong.exit_code, "no article 'oil-slick' is here" in wrong.stderr) == (1, True)


def test_an_empty_digest_says_what_to_do(digest: Run, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert "no articles yet" in digest(Desk(tmp_path), "stories").stdout


def test_a_reader_that_goes_away_is_no_error(sample: Desk) -> None:
    """As in `digest stories | head -1`."""
    command = f"{sys.executable} -m digest stories --json | head -c 10"
    done = subprocess.run(command, shell=True, cwd=sample.root, capture_output=True, check=True)
    assert (done.stdout[:1], done.stderr) == (b"{", b"")


@pytest.mark.parametrize("locale", [
    {"LC_ALL": "C"}, {"PYTHONUTF8": "0", "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"},
])
def test_prints_in_any_locale(newsroom: Desk, locale: dict[str, str]) -> None:
    done = newsroom.run("stories", **locale)
    assert done.returncode == 0, done.stderr
