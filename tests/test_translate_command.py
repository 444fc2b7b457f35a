"""`digest translate` on the command line, from the index to a second build that translates nothing; a withdrawn article is forgotten."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from argos import ES, FIXTURES, NEEDS_FIXTURES, TR, Shop, sentences
from click.testing import Result
from conftest import REPOSITORY, Desk, set_up

from digest.content import format_article
from digest.editors.withdraw import withdraw_article
from digest.memory import read_memory, write_memory
from digest.translators import Draft
from digest.translators.pins import read_pins

Run = Callable[..., Result]


@pytest.fixture
def told(tmp_path: Path) -> Desk:
    """A digest of three documents that the packages know, in English, Spanish and Turkish."""
    script = FIXTURES.parent / "eval" / "as_content.py"
    subprocess.run([sys.executable, str(script), str(FIXTURES / "ntrex.jsonl"), str(tmp_path / "made"), "--limit", "3"], check=True,
                   capture_output=True, timeout=600)
    desk = set_up(tmp_path / "desk", tmp_path / "made" / "content")
    desk.edit(desk.content / "digest.yml", "languages: .*", "languages: [en, es, tr]")
    return desk


def memory(desk: Desk) -> str:
    return "".join(path.read_text("utf-8") for path in sorted((desk.root / "build" / "translations").glob("*.jsonl")))


@NEEDS_FIXTURES
def test_from_the_index_to_a_second_run_that_translates_nothing(digest: Run, told: Desk, shop: Shop) -> None:
    assert digest(told, "translate", "--list").stdout.splitlines() == [
        "en → es, tr: nothing",
        "digest translate --install fetches 2 packages, as far as the index has them: translate-en_es, translate-en_tr"]
    installed = digest(told, "translate", "--install")
    assert installed.exit_code == 0
    assert [line.partition(",")[0] for line in installed.stdout.splitlines()] == [
        "installed: translate-en_es 1.0", "installed: translate-en_tr 1.0"]
    assert digest(told, "translate", "--list").stdout.splitlines() == ["en → es: argos 1.0", "en → tr: argos 1.0"]
    assert digest(told, "translate", "--check").stdout == "packages are as pinned\n"
    first, again = digest(told, "translate"), digest(told, "translate")
    assert "en → es, argos 1.0: translating" in first.stderr
    assert "translating" not in again.stderr
    assert re.search(r"^es: \d+ new from an engine", first.stdout, re.MULTILINE)
    assert re.search(r"^es: \d+ from the memory", again.stdout, re.MULTILINE)
    report = digest(told, "translate", "--report").stdout
    assert len(re.findall(r"^  topics/[\w-]+/: \d+ from the memory", report, re.MULTILINE)) == 6
    assert first.exit_code == again.exit_code == 0


def test_many_pairs_of_languages_are_told_in_few_lines(digest: Run, desk: Desk) -> None:
    pytest.importorskip("argostranslate")
    desk.edit("content/digest.yml", r"languages: \[en\]", "languages: [en, tr, ru]")
    *pairs, packages = digest(desk, "translate", "--list").stdout.splitlines()
    assert pairs == ["ar → en, tr, ru: nothing", "en → tr, ru: nothing"]
    assert packages == ("digest translate --install fetches 3 packages, as far as the index has them, since most pairs of languages go "
                        "through English: translate-ar_en, translate-en_ru, translate-en_tr")


@NEEDS_FIXTURES
def test_one_language_alone_is_installed(digest: Run, told: Desk, shop: Shop) -> None:
    assert digest(told, "translate", "--install", "tr").exit_code == 0
    assert list(read_pins(told.content)) == ["translate-en_tr"]
    assert digest(told, "translate", "--install", "en").stdout == "nothing to install: the articles are in these languages\n"


@NEEDS_FIXTURES
def test_languages_can_be_translated_one_by_one(digest: Run, told: Desk, shop: Shop) -> None:
    """As by parallel jobs, each for one language, whose memories are merged: nothing of another language is dropped."""
    assert digest(told, "translate", "--install").exit_code == 0
    for lang in ("es", "tr"):
        done = digest(told, "translate", lang)
        assert re.fullmatch(rf"{lang}: \d+ new from an engine.*\n", done.stdout)
        shutil.move(told.root / "build" / "translations", told.root / lang)
    assert digest(told, "translate", "--merge", str(told.root / "es"), str(told.root / "tr")).exit_code == 0
    joined = memory(told)
    assert "new from an engine" not in digest(told, "translate", "tr").stdout
    assert memory(told) == joined
    wrong = digest(told, "translate", "fr")
    assert (wrong.exit_code, wrong.stderr) == (1, "error: content/digest.yml: languages does not name 'fr'; it has en, es, tr\n")


@NEEDS_FIXTURES
def test_locked_takes_what_is_pinned_and_nothing_else(digest: Run, told: Desk, shop: Shop) -> None:
    assert digest(told, "translate", "--install", "--locked").stdout == "nothing is pinned in models.lock.json\n"
    assert digest(told, "translate", "--install", "tr").exit_code == 0
    lock = (told.content / "models.lock.json").read_bytes()
    assert digest(told, "translate", "--install", "--locked").stdout == "here: translate-en_tr 1.0\n"
    shutil.rmtree(told.root.parent / "packages")
    shop.asked.clear()
    assert digest(told, "translate", "--install", "--locked", "--strict").stdout.startswith("installed: translate-en_tr 1.0")
    assert shop.asked == [TR]
    assert (told.content / "models.lock.json").read_bytes() == lock
    shutil.rmtree(told.root.parent / "packages")
    shop.files[TR] = shop.files[ES]
    assert digest(told, "translate", "--install", "--locked", "--strict").exit_code == 1
    assert not list((told.root.parent / "packages").iterdir())


@NEEDS_FIXTURES
def test_a_swapped_package_is_refused_by_name_and_the_site_is_built_without_it(digest: Run, told: Desk, shop: Shop) -> None:
    assert digest(told, "translate", "--install").exit_code == 0
    shutil.rmtree(told.root.parent / "packages")
    shop.files[ES] = shop.files[TR]
    refused = digest(told, "translate", "--install")
    assert refused.exit_code == 0
    assert "warning: translate-en_es: refused: what http" in refused.stderr
    assert refused.stdout.startswith("installed: translate-en_tr 1.0")
    checked = digest(told, "translate", "--check")
    assert checked.exit_code == 1
    assert checked.stdout == "translate-en_es 1.0 is pinned and not installed: digest translate --install\n"
    done = digest(told, "build")
    assert done.exit_code == 0, done.stderr


@NEEDS_FIXTURES
def test_a_dead_index_is_one_line(digest: Run, told: Desk, shop: Shop) -> None:
    shop.files.clear()
    done = digest(told, "translate", "--install")
    assert done.exit_code == 1
    dead, nothing = done.stderr.splitlines()
    assert dead.startswith(f"warning: {shop.address}/index.json: not fetched: ")
    assert dead.endswith("; check the connection, or let ARGOS_PACKAGE_INDEX name another index")
    assert nothing == "error: nothing was installed"


@NEEDS_FIXTURES
def test_check_names_what_is_not_pinned_and_corrections_that_do_not_apply(digest: Run, told: Desk, shop: Shop) -> None:
    digest(told, "translate", "--install", "es")
    (told.content / "models.lock.json").unlink()
    (told.content / "translations").mkdir()
    (told.content / "translations" / "es.yml").write_text("- {original: Never said., translation: Nunca dicho.}\n", "utf-8")
    done = digest(told, "translate", "--check")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "translate-en_es 1.0 is used and not pinned: digest translate --install",
        "content/translations/es.yml:1: “Never said.” is not told in this language (any more); mend it, or take the entry out"]


def test_a_check_of_nothing_says_so(digest: Run, desk: Desk) -> None:
    assert digest(desk, "translate", "--check").stdout == (
        "nothing to check: models.lock.json pins no package, and translations/ holds no translation\n")


def test_memories_are_merged(digest: Run, desk: Desk, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_memory(tmp_path / name / "argos-en-es.jsonl", {("m", name): Draft(name.upper())})
    done = digest(desk, "translate", "--merge", str(tmp_path / "one"), str(tmp_path / "two"))
    assert done.stdout == "build/translations: 2 sentences are new\n"
    assert len(read_memory(desk.root / "build" / "translations" / "argos-en-es.jsonl")) == 2
    assert "no folder with a translation memory" in digest(desk, "translate", "--merge", str(tmp_path / "three")).stderr


@pytest.mark.parametrize(("words", "told"), [
    (["--list", "es"], "--list takes neither"), (["--check", "es"], "--check takes neither"), (["--merge"], "--merge takes the folders"),
    (["--update"], "say how to --install"), (["--check", "--update"], "say how to --install"), (["--locked"], "say how to --install"),
    (["--install", "--locked", "es"], "takes no languages"), (["--install", "--locked", "--update"], "takes no languages"),
])
def test_what_does_not_go_together_is_refused(digest: Run, desk: Desk, words: list[str], told: str) -> None:
    done = digest(desk, "translate", *words)
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_wrong_language_is_one_line(digest: Run, desk: Desk) -> None:
    done = digest(desk, "translate", "--install", "../x")
    assert (done.exit_code, done.stderr) == (1, "error: ../x: expected a language code like tr or pt-BR\n")


def test_without_argos_among_the_engines_nothing_is_installed(digest: Run, desk: Desk) -> None:
    desk.edit(desk.content / "digest.yml", r"\Z", "\nengines: [apertium]\n")
    done = digest(desk, "translate", "--install")
    assert done.exit_code == 1
    assert "engines does not name argos" in done.stderr


OTTER = ["An otter lives under the mill of Tarn.", "It steals  the shoes\nof the miller at night."]
MEMORY = {("m", "An otter lives under the mill of Tarn."): Draft("Vive una nutria."), ("m", "It steals the shoes of the miller at night."):
          Draft("Roba los zapatos."), ("m", "Otter steals shoes"): Draft("Una nutria roba."), ("m", "It rains."): Draft("Llueve.")}


@pytest.mark.parametrize("killed", [False, True])
def test_a_withdrawn_article_leaves_neither_memory_nor_corrections(digest: Run, desk: Desk, killed: bool) -> None:
    """Also where an earlier run was killed after it noted the withdrawal."""
    path = desk.write("otter", *OTTER, title="Otter steals shoes")
    former = desk.content / "versions" / "otter" / "0123456789abcdef.md"
    former.parent.mkdir(parents=True)
    former.write_text(format_article({"title": "Otter", "lang": "en"}, ["It whistles, too."]), "utf-8")
    rows = MEMORY | {("m", "It whistles, too."): Draft("Silba.")}
    write_memory(desk.root / "build" / "translations" / "argos-en-es.jsonl", rows)
    (desk.content / "translations").mkdir()
    corrections = desk.content / "translations" / f"{'tr' if 'tr' in desk.content.joinpath('digest.yml').read_text('utf-8') else 'en'}.yml"
    corrections.write_text(f"- original: {OTTER[0]}\n  translation: Su samuru.\n- original: It rains.\n  translation: Yağmur.\n", "utf-8")
    if killed:
        text = path.read_text("utf-8")
        withdraw_article(desk.content, "otter", "The outlet took it back.", date(2031, 7, 20))
        corrections.write_text(corrections.read_text("utf-8") + f"- original: {OTTER[0]}\n  translation: Su samuru.\n", "utf-8")
        path.write_text(text, "utf-8")
        former.parent.mkdir(exist_ok=True)
        former.write_text(format_article({"title": "Otter", "lang": "en"}, ["It whistles, too."]), "utf-8")
    done = digest(desk, "withdraw", "otter", "--reason", "The outlet took it back.")
    assert done.exit_code == 0, done.stderr
    assert f"  translations taken out: content/translations/{corrections.name}" in done.stdout
    assert "  translations taken out: build/translations/argos-en-es.jsonl" in done.stdout
    assert [json.loads(line)["sentence"] for line in memory(desk).splitlines()] == ["It rains."]
    assert "samuru" not in corrections.read_text("utf-8")
    assert "Yağmur" in corrections.read_text("utf-8")
    assert not path.exists()


def test_the_repository_has_no_sentence_of_the_fixtures() -> None:
    if not FIXTURES.is_dir():
        pytest.skip("DIGEST_EVAL names no folder with Argos packages")
    long = [row.en for row in sentences() if len(row.en) > 60]
    texts = [path.read_text("utf-8") for path in (*REPOSITORY.glob("tests/*.py"), *REPOSITORY.glob("docs/*.md"))]
    assert not [sentence for sentence in long if any(sentence in text for text in texts)]
