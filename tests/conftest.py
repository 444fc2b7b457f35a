"""A small newsroom of invented articles, built once; tests work on copies of it."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from argos import EVAL, PACKAGES, Shop, documents, open_shop, set_score, write_documents
from click.testing import CliRunner, Result
from found import OVERRIDES, WITHDRAWN, dress
from hypothesis import settings
from reporting import (  # noqa: F401 - the quality gates' table
    pytest_configure,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
    report,
)
from sharing import Shared
from told import REGIONAL, correct, tell_newsroom

from digest.cli import main
from digest.content import format_article
from digest.marks import MARKS, NAMES, MarkNames
from digest.pipeline import Digest, load_digest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPOSITORY = Path(__file__).parent.parent
NEWSROOM = Path(__file__).parent / "golden" / "newsroom"
EPOCH = "SOURCE_DATE_EPOCH"
"""What a build in this process sets for MkDocs; no other build may inherit it."""
os.environ.pop(EPOCH, None)
settings.register_profile("unhurried", settings.get_profile(settings.get_current_profile_name()), deadline=None)
settings.load_profile("unhurried")
ADDRESS = "https://example.org/news/"
"""Where the sites of several languages are to be found."""
LEFT_OUT = "undated/broken-front-matter.md"
"""The article of the newsroom that cannot be read."""


def whole(path: Path) -> str:
    """Return a file's text; that of a page with whole marks."""
    text = path.read_text("utf-8")
    if not (found := re.search(f' {NAMES}="([^"]*)"', text)):
        return text
    lengthen = MarkNames(tuple(found[1].split(" "))).lengthen
    return re.sub(rf'((?:{"|".join(MARKS)})=")([^"]*)', lambda mark: mark[1] + lengthen(mark[2]), text.replace(found[0], "", 1))


@dataclass(frozen=True, slots=True)
class Desk:
    """The folder of a digest."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def site(self) -> Path:
        return self.root / "site"

    def article(self, ident: str) -> Path:
        """Return the file of an article."""
        return next((self.content / "articles").rglob(f"{ident}.md"))

    def write(self, ident: str, *paragraphs: str, **front: object) -> Path:
        """Write an article, by default of a declared outlet and in English."""
        path = self.content / "articles" / "2031" / "07" / f"{ident}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        front = {"title": ident.replace("-", " ").capitalize(), "outlet": "open-gazette", "lang": "en", "published": "2031-07-01"} | front
        path.write_text(format_article(front, paragraphs), "utf-8")
        return path

    def edit(self, path: Path | str, old: str, new: str | Callable[[re.Match[str]], str]) -> None:
        """Replace the first place where a pattern stands in a file, in a page with whole marks; the file may be a hard link."""
        path = self.root / path
        text, changed = re.subn(old, new, whole(path), count=1, flags=re.DOTALL)
        assert changed, f"{old} is not in {path}"
        path.unlink()
        path.write_text(text, "utf-8")

    def page(self, name: str) -> Path:
        """Return a page of the site whose address begins so."""
        return next(self.site.glob(f"{name}*/index.html")) if name else self.site / "index.html"

    def copy(self, root: Path) -> "Desk":
        """Return a copy whose files are links to these."""
        shutil.copytree(self.root, root, copy_function=os.link, dirs_exist_ok=True)
        return Desk(root)

    def run(self, *args: str, program: str = "digest", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a process of its own."""
        return subprocess.run([sys.executable, "-m", program, *args], cwd=cwd or self.root, env=os.environ | env, check=False,
                              capture_output=True, text=True, encoding="utf-8", timeout=600)

    def snapshot(self) -> dict[str, bytes]:
        """Return all files of the site."""
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in sorted(self.site.rglob("*")) if path.is_file()}


def set_up(root: Path, content: Path = NEWSROOM) -> Desk:
    """Make a digest of a copied content folder and the repository's mkdocs.yml."""
    shutil.copytree(content, root / "content")
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    return Desk(root)


@pytest.fixture(scope="session", autouse=True)
def _own_packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's translation packages out of the tests, and the tests out of the user's folders and the network."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # and never listens
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "ARGOS_PACKAGES_DIR"):
            patch.setenv(name, str(home / name.lower()))
        patch.setenv("ARGOS_PACKAGE_INDEX", f"http://127.0.0.1:{held.getsockname()[1]}/")
        patch.setenv("CT2_FORCE_CPU_ISA", "GENERIC")
        yield


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """An index with the two packages of the fixtures, and an empty folder for packages."""
    with open_shop(PACKAGES) as opened:
        monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(tmp_path / "packages"))
        monkeypatch.setenv("ARGOS_PACKAGE_INDEX", opened.address)
        yield opened


@pytest.fixture(autouse=True)
def _no_epoch() -> Iterator[None]:
    yield
    os.environ.pop(EPOCH, None)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A digest that is not built yet."""
    return set_up(tmp_path / "desk")


def _built(root: Path, content: Path = NEWSROOM, **env: str) -> None:
    _build(set_up(root, content), **env)


def _build(found: Desk, **env: str) -> None:
    done = found.run("build", **env)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """What all processes of the test run share."""
    return Shared(tmp_path_factory)


@pytest.fixture(scope="session")
def newsroom(shared: Shared) -> Desk:
    """The small newsroom, built; not to be changed."""
    return Desk(shared.once("newsroom", _built))


@pytest.fixture(scope="session")
def sample(shared: Shared) -> Desk:
    """The repository's own content, built; not to be changed."""
    return Desk(shared.once("sample", lambda root: _built(root, REPOSITORY / "content")))


@pytest.fixture(scope="session")
def compared(shared: Shared) -> Desk:
    """The small newsroom, built with findings and editors' decisions of every kind; not to be changed."""
    return Desk(shared.once("compared", _compare))


def _compare(root: Path) -> None:
    found = set_up(root)
    (found.content / "overrides.yml").write_text(OVERRIDES, "utf-8")
    (found.content / "withdrawn.yml").write_text(WITHDRAWN, "utf-8")
    found.edit(found.content / "digest.yml", "timezone", "persons: [Matis Corl]\ntimezone")
    for outlet in ("quay-herald", "lantern-wire"):
        found.edit(found.content / "outlets.yml", f"(id: {outlet})", r"\1\n  rights: full")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(found.root)
        patch.setattr("digest.pages.load_digest", _load_dressed)
        done = CliRunner().invoke(main, ["build"])
    os.environ.pop(EPOCH, None)
    assert done.exit_code == 0, done.output + done.stderr


@pytest.fixture(scope="session")
def told(shared: Shared) -> Desk:
    """The small newsroom, built in English, Turkish and Hebrew; not to be changed."""
    return Desk(shared.once("told", _tell))


def _tell(root: Path) -> None:
    found = set_up(root)
    tell_newsroom(found.content, found.root / "build" / "translations")
    _build(found, SITE_URL=ADDRESS)


@pytest.fixture(scope="session")
def regional(shared: Shared) -> Desk:
    """The small newsroom, built in Arabic first, in languages of regions and in one without words of ours; not to be changed."""
    return Desk(shared.once("regional", _tell_in_regions))


def _tell_in_regions(root: Path) -> None:
    found = set_up(root)
    found.edit(found.content / "digest.yml", r"languages: \[en\]", "languages: [ar, pt-BR, eu, zh-Hant, en-GB]")
    correct(found.content, REGIONAL)
    _build(found, SITE_URL=ADDRESS)


@pytest.fixture(scope="session")
def learned(shared: Shared) -> Desk:
    """All documents of the fixtures, translated by their packages into Spanish and Turkish, and built; not to be changed.

    The packages lie in `packages` beside the digest's folder.
    """
    if not EVAL:
        pytest.skip("DIGEST_EVAL names no folder with Argos packages")
    return Desk(shared.once("argos", _learn) / "learned")


def _learn(folder: Path) -> None:
    found = Desk(folder / "learned")
    write_documents(found.content, documents())
    shutil.copy(REPOSITORY / "mkdocs.yml", found.root)
    with open_shop(PACKAGES) as opened:
        env = {"ARGOS_PACKAGES_DIR": str(folder / "packages"), "ARGOS_PACKAGE_INDEX": opened.address}
        installed = found.run("translate", "--install", **env)
        assert installed.returncode == 0, installed.stderr
        set_score(found.content, -0.2)
        _build(found, SITE_URL=ADDRESS, **env)


@pytest.fixture(scope="session")
def published(sample: Desk, shared: Shared) -> Desk:
    """The repository's own content, built for an address; not to be changed."""
    return Desk(shared.once("published", lambda root: _build(sample.copy(root), SITE_URL=ADDRESS)))


def _load_dressed(content: Path, **options: Any) -> tuple[Digest, tuple[str, ...]]:
    digest, warnings = load_digest(content, **options)
    return dress(digest), warnings


@pytest.fixture
def shown(compared: Desk, tmp_path: Path) -> Desk:
    """A copy of the newsroom that is built with findings, to be changed with `edit`."""
    return compared.copy(tmp_path / "shown")


@pytest.fixture
def built(newsroom: Desk, tmp_path: Path) -> Desk:
    """A copy of the built newsroom, to be changed with `edit`."""
    return newsroom.copy(tmp_path / "built")


@pytest.fixture
def digest(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run a command of ours in this process, in a digest's folder."""
    def run(desk: Desk, *args: str) -> Result:
        monkeypatch.chdir(desk.root)
        return CliRunner().invoke(main, args)
    return run


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium, started once for all tests of a process."""
    from browsing import close_browser, open_browser
    with open_browser() as found:
        yield found
    close_browser()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
