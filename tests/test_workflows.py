import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from argos import NEEDS_FIXTURES, Shop

from digest.translators.install import install_packages

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PIP_CACHE = os.environ.get("PIP_CACHE_DIR") or str(Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pip")
"""Where the user's pip keeps what it has downloaded, though tests have folders of their own."""
SITE_URL = "https://example.org/digest"
EXPRESSIONS = {"${{ vars.SITE_URL || steps.pages.outputs.base_url }}": SITE_URL, "${{ github.token }}": "no-token"}
"""What the runner would put in their place."""


def load(name: str, root: Path = ROOT) -> dict[str, Any]:
    """Return a workflow; `on` is a boolean to YAML 1.1."""
    return yaml.safe_load((root / ".github" / "workflows" / f"{name}.yml").read_text("utf-8"))


JOBS = [(name, job) for name in ("archive", "checks", "publish") for job in load(name)["jobs"]]


def audit(*paths: Path) -> str:
    """Return what the auditors of workflows find; nothing where all is well."""
    calls = (["zizmor", "--offline", "--no-progress", "--strict-collection", "--persona=auditor"],
             ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"])
    runs = [subprocess.run([Path(sys.executable).parent / program, *options, *paths], capture_output=True, text=True, check=False)
            for program, *options in calls]
    return "".join(run.stdout + run.stderr for run in runs if run.returncode)


def test_audits_find_nothing() -> None:
    assert audit(*WORKFLOWS) == ""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_nothing_is_secret(path: Path) -> None:
    text = path.read_text("utf-8")
    uses = re.findall(r"uses: *(.*)", text)
    assert uses
    assert all(re.fullmatch(r"actions/[a-z-]+(/[a-z]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+", action) for action in uses)
    assert not re.search(r"\bsecrets[.[]\w", text)
    assert "pull_request_target" not in text


def test_each_job_may_do_only_what_it_must() -> None:
    rights = {(name, job): load(name)["jobs"][job]["permissions"] for name, job in JOBS}
    assert {key for key, given in rights.items() if "write" in given.values()} == {("publish", "record"), ("publish", "deploy")}
    assert rights["publish", "record"] == {"contents": "write"}
    assert rights["publish", "deploy"] == {"pages": "write", "id-token": "write"}
    assert all(load(name)["permissions"] == {} for name, _ in JOBS)


def caches(name: str, job: str, what: str) -> list[dict[str, Any]]:
    """Return the steps of a job that restore or save a cache."""
    return [step for step in load(name)["jobs"][job]["steps"] if step.get("uses", "").startswith(f"actions/cache/{what}@")]


def test_what_is_kept_is_written_on_the_default_branch_alone() -> None:
    """A pull request reads what the default branch kept, and keeps nothing."""
    assert [key for key in JOBS if caches(*key, "save")] == [("archive", "site"), ("publish", "build")]
    assert not any(step.get("uses", "").startswith("actions/cache@") for key in JOBS for step in load(key[0])["jobs"][key[1]]["steps"])
    assert "github.ref_name == github.event.repository.default_branch" in load("publish")["jobs"]["record"]["if"]
    assert load("publish")["jobs"]["build"]["if"] == "needs.record.outputs.commit != ''"
    assert load("archive")["jobs"]["languages"]["if"] == "github.ref_name == github.event.repository.default_branch"
    assert [load("archive")["jobs"][job]["needs"] for job in ("translate", "site")] == ["languages", "translate"]
    assert load("archive")[True] == {"workflow_dispatch": None}


@pytest.mark.parametrize(("name", "job", "commit"), [
    ("publish", "build", "needs.record.outputs.commit"), ("checks", "site", "github.sha"), ("archive", "site", "github.sha"),
    ("archive", "translate", None),
])
def test_packages_are_kept_by_what_is_pinned_translations_by_run_and_results_by_commit(name: str, job: str, commit: str | None) -> None:
    packages, translations, *results = (step["with"] for step in caches(name, job, "restore"))
    assert packages == {"path": "build/argos", "key": "packages-${{ hashFiles('content/models.lock.json') }}"}
    assert translations == {"path": "build/translations", "key": "translations-${{ github.run_id }}", "restore-keys": "translations-"}
    assert results == [{"path": "build/cache", "key": f"results-${{{{ {commit} }}}}", "restore-keys": "results-"}][:commit is not None]
    assert load(name)["jobs"][job]["env"] == {"ARGOS_PACKAGES_DIR": "${{ github.workspace }}/build/argos"}


def test_translations_are_kept_also_where_the_site_fails_and_packages_only_where_all_are_here() -> None:
    packages, translations, results = caches("publish", "build", "save")
    restored = [step["with"]["key"] for step in caches("publish", "build", "restore")]
    assert packages["with"]["key"] == restored[0]
    assert translations["with"]["key"].startswith(restored[1])
    assert translations["if"].startswith("always()")
    assert "steps.install.outputs.complete == 'true'" in packages["if"]
    assert results["with"]["key"] == restored[2]
    assert "steps.results.outputs.cache-hit != 'true'" in results["if"]


def test_what_an_archive_run_did_not_finish_the_next_one_takes_up() -> None:
    """A key is written once: what is kept of an unfinished build must have another one than that of the next run."""
    steps = {step.get("name"): step for step in load("archive")["jobs"]["site"]["steps"]}
    translations, packages, results = caches("archive", "site", "save")
    assert [step["with"]["key"].partition("-")[0] for step in (translations, packages, results)] == ["translations", "packages", "results"]
    assert translations["with"]["key"].endswith("-${{ github.run_id }}-${{ github.run_attempt }}")
    assert results["with"]["key"] == "results-${{ github.sha }}-${{ github.run_id }}-${{ github.run_attempt }}"
    assert results["if"].startswith("always()")
    assert steps["Build"]["timeout-minutes"] < load("archive")["jobs"]["site"]["timeout-minutes"]
    assert steps["Build"]["if"] == "needs.translate.result == 'success'"
    assert load("archive")["jobs"]["site"]["if"] == "${{ !cancelled() && needs.translate.result != 'skipped' }}"


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_no_value_of_others_stands_in_a_script(name: str, job: str) -> None:
    found = load(name)["jobs"][job]
    assert found["timeout-minutes"] <= (355 if name == "archive" and job != "languages" else 60)  # GitHub ends a job after 6 hours
    for step in found["steps"]:
        assert "${{" not in step.get("run", "")
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False


def run_steps(name: str, job: str, folder: Path, only: tuple[str, ...] = (), root: Path = ROOT) -> dict[str, str]:
    """Run a job's scripts in a folder as the runner does; return what they put out, with all they printed as `log`.

    The workflow is that of this repository, or of another one's root.

    Raises:
        AssertionError: a step failed.
    """
    temporary = folder.parent / f"{folder.name}-runner"
    temporary.mkdir(exist_ok=True)
    files = {key: temporary / key for key in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
    for path in files.values():
        path.write_text("", "utf-8")
    runner = {key: str(path) for key, path in files.items()} | {
        "CI": "true", "GITHUB_REF": "refs/heads/main", "GITHUB_REF_NAME": "main", "RUNNER_TEMP": str(temporary)}
    log, found = "", load(name, root)["jobs"][job]
    for step in found["steps"]:
        if "run" in step and (not only or step["name"] in only):
            own = {key: EXPRESSIONS.get(str(value), str(value).replace("${{ github.workspace }}", str(folder)))
                   for key, value in (found.get("env", {}) | step.get("env", {})).items()}
            run = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=folder, env=clean_environment() | runner | own,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            log += run.stdout
            assert run.returncode == 0, f"{step['name']}:\n{run.stdout}"
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines())
    return outputs | {"log": log, "summary": files["GITHUB_STEP_SUMMARY"].read_text("utf-8")}


def clean_environment() -> dict[str, str]:
    """Return the environment without what a surrounding make, git, pytest or workflow set."""
    others = ("MAKE", "MFLAGS", "GIT_", "GITHUB_", "PYTEST_", "DIGEST_", "SITE_URL", "SOURCE_DATE_EPOCH", "VIRTUAL_ENV", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return kept | {"GIT_CONFIG_GLOBAL": os.devnull, "PIP_CACHE_DIR": PIP_CACHE}


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody; return what it prints."""
    command = ["git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", *arguments]
    return subprocess.run(command, cwd=folder, env=clean_environment(), capture_output=True, text=True, check=True).stdout.strip()


def commit(folder: Path, files: Mapping[str, str], message: str = "Change") -> str:
    """Write files and commit everything; return the commit's hash."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of a small repository, whose branch is `main`."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git")
    git(tmp_path, "clone", "--quiet", "origin.git", "first")
    git(tmp_path / "first", "switch", "--quiet", "--create", "main")
    commit(tmp_path / "first", {"content/ledger.json": "{}"})
    git(tmp_path / "first", "push", "--quiet", "origin", "main")
    git(tmp_path, "clone", "--quiet", "origin.git", "clone")
    return tmp_path / "clone"


def test_a_record_is_pushed_and_built_from(clone: Path) -> None:
    recorded = commit(clone, {"content/ledger.json": "{}\n"})
    assert run_steps("publish", "record", clone, ("Push",))["commit"] == recorded
    assert git(clone.parent / "origin.git", "rev-parse", "main") == recorded


def test_without_a_new_record_nothing_is_pushed(clone: Path) -> None:
    git(clone, "remote", "set-url", "origin", str(clone / "gone"))
    assert run_steps("publish", "record", clone, ("Push",))["commit"] == git(clone, "rev-parse", "HEAD")


def test_a_run_that_a_newer_commit_overtook_leaves_publishing_to_that_one(clone: Path) -> None:
    newer = commit(clone.parent / "first", {"newer": ""})
    git(clone.parent / "first", "push", "--quiet", "origin", "main")
    commit(clone, {"content/ledger.json": "{}\n"})
    outputs = run_steps("publish", "record", clone, ("Push",))
    assert "commit" not in outputs
    assert "::notice::The branch has a newer commit" in outputs["log"]
    assert git(clone.parent / "origin.git", "rev-parse", "main") == newer


def test_a_branch_that_refuses_the_record_stops_the_run(clone: Path) -> None:
    hook = clone.parent / "origin.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    commit(clone, {"content/ledger.json": "{}\n"})
    with pytest.raises(AssertionError, match="Push"):
        run_steps("publish", "record", clone, ("Push",))


@pytest.mark.parametrize(("base_recipe", "told"), [
    pytest.param("mkdir -p site && cp -r data site/data", "### Topics that are gone (1)", id="both build"),
    pytest.param("false", "There are no readable pages to compare with", id="the base does not build"),
])
def test_a_pull_request_tells_what_it_changes(clone: Path, base_recipe: str, told: str) -> None:
    topic = {"id": "t", "title": {"text": "<b>"}, "articles": [], "summary": []}
    base = {"Makefile": f"site:\n\t{base_recipe}\n", "data/index.json": json.dumps({"topics": [{"slug": "t"}]}),
            "data/topics/t.json": json.dumps(topic), ".gitignore": "site\n.venv\n"}
    commit(clone, base)
    git(clone, "switch", "--quiet", "--create", "change")
    commit(clone, {"Makefile": "site:\n\tmkdir -p site && cp -r data site/data\n", "data/index.json": '{"topics": []}'})
    git(clone, "switch", "--quiet", "main")
    git(clone, "merge", "--quiet", "--no-ff", "change")
    put_program(clone / ".venv" / "bin" / "python", f"exec '{sys.executable}' \"$@\"")
    summary = run_steps("checks", "site", clone)["summary"]
    assert told in summary
    assert "<b>" not in summary


def put_digest(clone: Path, script: str) -> None:
    """Set up a clone with a program of our name."""
    put_program(clone / ".venv" / "bin" / "digest", script)


def put_program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


INSTALL = "Install translation packages"


@pytest.mark.parametrize(("name", "job"), [("publish", "build"), ("checks", "site")])
def test_packages_that_are_missing_stop_nothing_and_their_names_are_no_commands(clone: Path, name: str, job: str) -> None:
    put_digest(clone, "echo '::error::from a package'\necho '::notice::from an index' >&2\nexit 1")
    outputs = run_steps(name, job, clone, (INSTALL,))
    first, *hostile, resume, warning = outputs["log"].splitlines()
    token = first.removeprefix("::stop-commands::")
    assert sorted(hostile) == ["::error::from a package", "::notice::from an index"]
    assert (resume, warning.startswith("::warning::Translation packages are missing")) == (f"::{token}::", True)
    assert "complete" not in outputs


@NEEDS_FIXTURES
def test_pinned_packages_are_installed_into_the_workspace_where_git_does_not_see_them(clone: Path, shop: Shop,
                                                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    put_digest(clone, f"PYTHONPATH='{ROOT}' exec '{sys.executable}' -m digest \"$@\"")
    ignored = (ROOT / ".gitignore").read_text("utf-8")
    commit(clone, {".gitignore": ignored, "content/digest.yml": "title: T\nlanguages: [en, es]\n"})
    assert "nothing is pinned" in run_steps("publish", "build", clone, (INSTALL,))["log"]
    list(install_packages(clone / "content", [("en", "es")]))
    commit(clone, {})
    assert run_steps("publish", "build", clone, (INSTALL,))["complete"] == "true"
    assert [path.name for path in (clone / "build" / "argos").iterdir()] == ["translate-en_es-1_0"]
    assert git(clone, "status", "--porcelain") == ""
    monkeypatch.setenv("ARGOS_PACKAGE_INDEX", f"{shop.address}/gone/")
    shop.files.clear()
    assert run_steps("publish", "build", clone, (INSTALL,))["complete"] == "true"
    shutil.rmtree(clone / "build")
    assert "complete" not in run_steps("publish", "build", clone, (INSTALL,))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small repository in three languages, with a memory of two translated ones, and a plain build of it; not to be changed."""
    root = tmp_path_factory.mktemp("archive") / "plain"
    root.mkdir()
    write_newsroom(root / "content", ["en", "es", "tr"])
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "Makefile").write_text(".venv:\nsite:\n\t.venv/bin/digest build\n", "utf-8")
    python = f"PYTHONPATH='{ROOT}' exec '{sys.executable}'"
    put_program(root / ".venv" / "bin" / "digest", f"{python} -m digest \"$@\"")
    put_program(root / ".venv" / "bin" / "python", f"{python} \"$@\"")
    subprocess.run([root / ".venv/bin/python", ROOT / "benchmarks" / "remember.py", "content", "build/translations"], cwd=root,
                   env=clean_environment(), check=True)
    subprocess.run([root / ".venv/bin/digest", "build"], cwd=root, env=clean_environment() | {"SITE_URL": SITE_URL}, check=True)
    return root


def write_newsroom(content: Path, languages: list[str]) -> None:
    """Write three articles about two events."""
    for number, event in enumerate(("ferry pier", "ferry pier", "night train")):
        path = content / "articles" / "2031" / "05" / f"article-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        front = f"title: Brelle approves the new {event}\npublished: 2031-05-0{number + 1}\noutlet: Courier {number}\nlang: en\n"
        text = f"The council of Brelle approved the new {event} by 12 votes to {number}. It will cost {number + 4} million crowns.\n"
        path.write_text(f"---\n{front}---\n{text}", "utf-8")
    (content / "digest.yml").write_text(f"title: Harbour Watch\nlanguages: [{', '.join(languages)}]\n", "utf-8")


def beside(archive: Path, name: str, memory: str = "") -> Path:
    """Return another machine's clone of the archive, with the part of the memory that is of one language."""
    clone = archive.parent / name
    shutil.rmtree(clone, ignore_errors=True)
    shutil.copytree(archive, clone, ignore=shutil.ignore_patterns("build", "site"))
    for path in archive.glob(f"build/translations/*-{memory}.jsonl") if memory else ():
        (clone / "build" / "translations").mkdir(parents=True)
        shutil.copy(path, clone / "build" / "translations")
    return clone


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_an_archive_is_translated_by_language_and_its_site_is_that_of_one_build(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each machine has of the memory only what it translated itself; the last one has what they hand on."""
    clone = beside(archive, "site")
    languages = json.loads(run_steps("archive", "languages", clone)["languages"])
    assert languages == ["en", "es", "tr"]
    for language in languages:
        machine = beside(archive, language, memory=language)
        monkeypatch.setitem(EXPRESSIONS, "${{ matrix.language }}", language)
        run_steps("archive", "translate", machine, ("Translate",))
        if (machine / "build" / "translations").is_dir():
            shutil.copytree(machine / "build" / "translations", clone / "build" / "memories" / f"memory-{language}")
    assert [path.name for path in sorted((clone / "build" / "memories").iterdir())] == ["memory-es", "memory-tr"]
    run_steps("archive", "site", clone, ("Set up", "Join the translations", "Build"))
    assert files(clone / "build" / "translations") == files(archive / "build" / "translations")
    assert all('"engine": "argos"' in (clone / "site" / language / "data" / "index.json").read_text("utf-8") for language in ("es", "tr"))
    assert files(clone / "site") == files(archive / "site")


def test_an_archive_without_translations_is_joined_from_nothing(archive: Path) -> None:
    clone = beside(archive, "nothing")
    assert "0 sentences are new" in run_steps("archive", "site", clone, ("Join the translations",))["log"]


def test_a_language_that_is_not_done_says_so_and_fails(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_digest(clone, "echo '::error::from an article'; exit 1")
    monkeypatch.setitem(EXPRESSIONS, "${{ matrix.language }}", "tr")
    with pytest.raises(AssertionError, match="Not all is translated: what is done is kept"):
        run_steps("archive", "translate", clone, ("Translate",))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A clean clone of this repository, without records, in which the scripts of `record` and then of `build` ran; and their outputs."""
    folder = tmp_path_factory.mktemp("publish")
    git(folder, "clone", "--quiet", "--bare", str(ROOT), "origin.git")
    git(folder / "origin.git", "update-ref", "refs/heads/main", git(ROOT, "rev-parse", "HEAD"))
    git(folder, "clone", "--quiet", "--branch=main", "origin.git", "clone")
    clone = folder / "clone"
    git(clone, "rm", "-r", "--quiet", "--ignore-unmatch", "content/ledger.json", "content/editions")
    commit(clone, {})
    git(clone, "push", "--quiet", "origin", "main")
    recorded = run_steps("publish", "record", clone)
    return clone, recorded | {"build": run_steps("publish", "build", clone)["log"]}


@pytest.mark.slow
def test_publishing_records_under_a_fixed_message(published: tuple[Path, dict[str, str]]) -> None:
    clone, outputs = published
    assert git(clone, "rev-parse", "origin/main") == git(clone, "rev-parse", "HEAD") == outputs["commit"]
    assert git(clone, "show", "--no-patch", "--format=%an: %B") == "github-actions[bot]: Record ids and addresses"
    changed = git(clone, "diff", "--name-only", "HEAD^", "HEAD").splitlines()
    assert "content/ledger.json" in changed
    assert all(re.fullmatch(r"content/(ledger\.json|editions/[\d-]+\.json)", name) for name in changed)


@pytest.mark.slow
def test_feeds_that_fail_stop_no_edition(published: tuple[Path, dict[str, str]]) -> None:
    """The sample's outlets name no feeds, so fetching them fails."""
    _, outputs = published
    assert "::warning::Feeds could not be read" in outputs["log"]
    assert outputs["commit"]


def test_feeds_are_fetched_only_where_that_is_wanted_and_never_on_a_push() -> None:
    step = next(step for step in load("publish")["jobs"]["record"]["steps"] if step.get("name") == "Fetch the feeds")
    assert step["if"] == "github.event_name != 'push' && vars.FETCH == 'true'"


@pytest.mark.slow
def test_publishing_builds_the_site_for_its_address(published: tuple[Path, dict[str, str]]) -> None:
    clone, outputs = published
    assert (outputs["log"].count("::stop-commands::"), outputs["build"].count("::stop-commands::")) == (2, 2)
    assert "::warning::" not in outputs["build"]
    topics = json.loads((clone / "site" / "data" / "index.json").read_text("utf-8"))["topics"]
    assert topics
    sitemap = (clone / "site" / "sitemap.xml").read_text("utf-8")
    assert all(f"<loc>{SITE_URL}/topics/{topic['slug']}/</loc>" in sitemap for topic in topics)
    assert git(clone, "status", "--porcelain") == ""


@pytest.mark.slow
def test_no_published_file_is_a_link_or_hidden(published: tuple[Path, dict[str, str]]) -> None:
    """Pages takes no links, and the upload leaves hidden files out."""
    site = published[0] / "site"
    assert not [path for path in site.rglob("*") if path.is_symlink() or path.name.startswith(".")]
