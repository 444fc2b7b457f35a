import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser
from importlib.metadata import distribution
from itertools import combinations
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
GATES = ROOT / "tests" / "gates"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("runtime", "translate", "dev")
"""What is installed to build and test; `site` is what `make check-site` adds."""
PLATFORMS = [
    {"sys_platform": system, "platform_system": name, "os_name": os_name, "python_version": python, "python_full_version": f"{python}.0",
     "implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": ""}
    for system, name, os_name in (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))
    for python in ("3.11", "3.12", "3.13")
]


def locked(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Return what a lock file pins, with its hashes."""
    text = re.sub(r" \\\n", " ", (ROOT / "requirements" / f"{name}.txt").read_text("utf-8"))
    rows = [line.split(" --hash=") for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return {canonicalize_name(Requirement(row[0]).name): (Requirement(row[0]), [digest.strip() for digest in row[1:]]) for row in rows}


def asked(name: str) -> list[Requirement]:
    """Return the requirements of a file that people write."""
    lines = (ROOT / "requirements" / f"{name}.in").read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel, built from the working tree without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps", "--no-build-isolation",
                    "--wheel-dir", str(folder), str(ROOT)], check=True)
    with zipfile.ZipFile(next(folder.glob("mkdigest-*.whl"))) as built:
        yield built


def files_below(folder: Path) -> set[str]:
    """Return the files of a folder that belong to the repository, as paths relative to its root."""
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", str(folder)], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout
    return {path for path in listed.split("\0") if path and (ROOT / path).exists()}


def test_the_wheel_holds_the_package_and_its_templates(wheel: zipfile.ZipFile) -> None:
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    templates = {f"digest/{path}" for path in files_below(ROOT / "templates")}
    package = files_below(ROOT / "digest")
    documents = {f"digest/{path}" for path in files_below(ROOT / "docs")}
    shared = {f"digest/starter/files/{name}" for name in ("mkdocs.yml", "requirements/runtime.txt", "requirements/translate.txt")}
    assert templates
    assert "digest/docs/README.md" in documents
    assert {"digest/py.typed", "digest/locale/en.yml", *(f"digest/locale/tr/LC_MESSAGES/digest.{kind}" for kind in ("po", "mo"))} <= package
    assert packed == package | templates | documents | shared


def test_the_wheel_names_its_licence_and_entry_points(wheel: zipfile.ZipFile) -> None:
    info = next(name for name in wheel.namelist() if name.endswith("/METADATA")).rpartition("/")[0]
    assert wheel.read(f"{info}/licenses/LICENSE").decode().startswith("MIT License")
    points = ConfigParser()
    points.read_string(wheel.read(f"{info}/entry_points.txt").decode())
    assert {section: dict(points[section]) for section in points.sections()} == {
        "console_scripts": {"digest": "digest.cli:main"}, "mkdocs.plugins": {"digest": "digest.mkdocs_plugin:DigestPlugin"}}


@pytest.mark.parametrize("name", [*LOCKS, "site"])
def test_every_pin_has_hashes(name: str) -> None:
    for requirement, hashes in locked(name).values():
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", found) for found in hashes), requirement


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=lambda path: path.name)
def test_requirements_name_no_host_and_no_place(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"://| @ |[\w-]\.(org|com|net|io)\b|(?<![\w-])/\w", text)
    assert not re.search(r"^\s*-(?!-hash=)", text, re.MULTILINE)


def test_everything_asked_for_is_pinned() -> None:
    runtime, translate, dev = map(locked, LOCKS)
    project = [Requirement(line) for line in PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]]
    for wanted in [*project, *asked("build")]:
        pin, _ = runtime[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(str(pin.specifier)[2:]), f"{wanted} is not what runtime.txt pins; run `make lock`"
    for wanted, pins in [(wanted, pins) for name, pins in (("dev", dev), ("translate", translate), ("site", locked("site")))
                         for wanted in asked(name)]:
        assert canonicalize_name(wanted.name) in pins, f"{wanted} is missing; run `make lock`"


@pytest.mark.parametrize(("one", "other"), list(combinations([*LOCKS, "site"], 2)))
def test_locks_agree(one: str, other: str) -> None:
    pins, others = locked(one), locked(other)
    for name in pins.keys() & others.keys():
        assert pins[name][0].specifier == others[name][0].specifier


def test_what_npm_installs_is_pinned_and_names_no_registry() -> None:
    wanted = json.loads((GATES / "package.json").read_text("utf-8"))
    packages = json.loads((GATES / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages.pop("")["devDependencies"] == wanted["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in [*wanted["devDependencies"].values(), *wanted["overrides"].values()])
    assert all(row["integrity"].startswith("sha512-") and "resolved" not in row for row in packages.values())


def test_translating_is_lean() -> None:
    """Neither torch nor what asks for it; and the package for pip is another than the locked one, of the same name to import."""
    names = set(locked("translate"))
    assert {"argostranslate", "ctranslate2", "sentencepiece"} <= names
    assert not names & {canonicalize_name(wanted.name) for wanted in asked("unwanted")} | names & {"torch", "onnxruntime"}
    extra = [Requirement(line).name for line in PROJECT["project"]["optional-dependencies"]["translate"]]
    assert extra == ["argos-translate-lt"]
    assert not {"argos-translate-lt", "argostranslate"} <= names
    recipe = (ROOT / "Makefile").read_text("utf-8")
    assert "install --require-hashes --no-deps --requirement requirements/translate.txt" in recipe


def test_what_translates_is_small() -> None:
    """Everything that translate.txt adds to runtime.txt, as it is installed here."""
    added = locked("translate").keys() - locked("runtime").keys()
    files = {path for name in added if applies(locked("translate")[name][0], {}) for path in distribution(name).files or []}
    assert sum(Path(str(path.locate())).stat().st_size for path in files if Path(str(path.locate())).exists()) < 300_000_000


def applies(wanted: Requirement, platform: dict[str, str]) -> bool:
    """Return whether a requirement is one on a platform."""
    return wanted.marker is None or wanted.marker.evaluate(default_environment() | platform)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: f"{platform['sys_platform']}-{platform['python_version']}")
def test_locks_are_complete_on_every_supported_platform(platform: dict[str, str]) -> None:
    """Follow what the installed packages ask for there, but for what is left out on purpose."""
    unwanted = {canonicalize_name(wanted.name) for wanted in asked("unwanted")}
    pins = {name: pin for lock in LOCKS for name, (pin, _) in locked(lock).items() if applies(pin, platform)}
    here = [name for name, pin in pins.items() if applies(pin, {})]
    needed = {name: [Requirement(line) for line in distribution(name).requires or []] for name in here}
    lacking = [f"{name} needs {wanted}" for name, asks in needed.items() for wanted in asks
               if applies(wanted, platform) and canonicalize_name(wanted.name) not in pins.keys() | unwanted]
    assert not lacking


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make on this Makefile in another folder, on its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "GIT_"))}
    return subprocess.run(["make", "--file", str(ROOT / "Makefile"), *arguments], cwd=folder, env=kept | environment, capture_output=True,
                          text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what the set-up reads."""
    (tmp_path / "requirements").mkdir()
    for name in ("pyproject.toml", *(f"requirements/{lock}.txt" for lock in LOCKS)):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    return tmp_path


def program(path: Path, script: str) -> str:
    """Write an executable shell script; return its path."""
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


def test_an_old_python_is_named(checkout: Path) -> None:
    script = "import sys; sys.version_info = (3, 9, 2); exec(sys.argv[1])"
    old = program(checkout / "python3.9", f"exec '{sys.executable}' -c '{script}' \"$2\"")
    run = make(checkout, f"PYTHON={old}")
    assert run.returncode != 0
    assert f"{old} is Python 3.9, digest needs 3.11 or newer" in run.stderr.splitlines()[0]


def test_a_missing_python_is_named(checkout: Path) -> None:
    run = make(checkout, "PYTHON=no-such-python")
    assert run.returncode != 0
    assert run.stderr.startswith("no-such-python is not here: install Python 3.11 or newer")


def test_a_python_without_venv_is_named_with_the_package_to_install(checkout: Path) -> None:
    (checkout / "without").mkdir()
    (checkout / "without" / "ensurepip.py").write_text("raise ImportError", "utf-8")
    run = make(checkout, f"PYTHON={sys.executable}", PYTHONPATH=str(checkout / "without"))
    assert run.returncode != 0
    assert "apt-get install python3-venv" in run.stderr.splitlines()[0]


def test_an_interrupted_set_up_counts_as_none(checkout: Path) -> None:
    pip = checkout / "pip"
    program(pip, "echo half-way; exit 7")
    stub = program(checkout / "python", f"""case "$2" in
        venv) mkdir -p .venv/bin; touch .venv/.dev; cp '{pip}' .venv/bin/python;;
        *) exec '{sys.executable}' "$@";;
        esac""")
    for _ in range(2):
        run = make(checkout, f"PYTHON={stub}")
        assert run.returncode != 0
        assert "half-way" in run.stdout
        assert not (checkout / ".venv" / ".runtime").exists()


def test_every_target_is_explained() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony
    for target in phony[1].split():
        assert re.search(rf"^(?:\w+ )*{re.escape(target)}\b[ \w]*:.*# \w|^\.venv: ", text, re.MULTILINE), target


def test_contributing_names_only_what_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    written_by_publishing = {"content/ledger.json", "content/editions/"}
    named = set(re.findall(r"(?:digest|content|requirements|templates|tests)/[\w./-]*\w/?(?![\w<])", text)) - written_by_publishing
    assert len(named) > 10
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
    targets = set(re.findall(r"(?:^    |`|&& )make ([a-z-]+)", text, re.MULTILINE))
    assert all(re.search(rf"^(?:\w+ )*{target}\b[ \w]*:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE) for target in targets)
