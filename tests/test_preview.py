"""`digest serve` follows edits, shows mistakes as one line, and shows drafts."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest
from click.testing import Result
from conftest import REPOSITORY, Desk, free_port, set_up

Run = Callable[..., Result]
HONEY = "honey-thieves-leave-note-in-pellin"


class Preview:
    """A running `digest serve`."""

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk, self.url = desk, f"http://127.0.0.1:{port}/"
        self.process = subprocess.Popen([sys.executable, "-m", "digest", "serve", "--address", f"127.0.0.1:{port}"], cwd=desk.root,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def get(self, path: str = "") -> tuple[int, str]:
        """Return the status and text of a page; 0 where nobody answers."""
        try:
            with urlopen(self.url + path, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except URLError:
            return 0, ""

    def shows(self, words: str, path: str = "", status: int = 200) -> str:
        """Wait until a page has these words; return it."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            found, text = self.get(path)
            if (found, words in text) == (status, True):
                return text
            time.sleep(0.1)
        pytest.fail(f"{path or 'the front page'} never said {words!r} with {status}; last: {found} {text[-3000:]}")


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the newsroom with a template of its own."""
    desk = set_up(tmp_path_factory.mktemp("preview") / "desk")
    (desk.root / "templates").mkdir()
    template = (REPOSITORY / "templates" / "archive.md.jinja").read_text("utf-8")
    (desk.root / "templates" / "archive.md.jinja").write_text(template, "utf-8")
    running = Preview(desk, free_port())
    running.shows("Quay")
    yield running
    running.process.terminate()
    running.process.wait(10)


def test_makes_the_browser_reload(preview: Preview) -> None:
    """The policy of a published page would forbid the server's script, which is another one each time."""
    text = preview.shows("livereload(")
    assert "Content-Security-Policy" not in text


def test_follows_an_article(preview: Preview) -> None:
    preview.desk.edit(preview.desk.article(HONEY), "title: Honey thieves", "title: Honey robbers")
    preview.shows("Honey robbers leave")


def test_follows_a_new_and_a_removed_article(preview: Preview) -> None:
    path = preview.desk.write("otter-day", "An otter crossed the market of Sill on Friday.", title="Otter day in Sill")
    preview.shows("Otter day in Sill")
    path.unlink()
    assert "Otter day" not in preview.shows("As of <time datetime=\"2031-06-05")


def test_follows_a_template_of_the_digest(preview: Preview) -> None:
    preview.desk.edit("templates/archive.md.jinja", "{% endblock %}\n*$", '<hr class="own">\n{% endblock %}\n')
    preview.shows('class="own"', "archive/")


def test_follows_a_setting(preview: Preview) -> None:
    preview.desk.edit("content/digest.yml", "Quay &", "Key &")
    preview.shows("Key &#38; Harbour")


@pytest.mark.parametrize(("file", "old", "new", "problem"), [
    ("content/digest.yml", r"languages: \[en\]", "languages: [en", "content&#47;digest&#46;yml&#58;"),
    ("content/outlets.yml", "kind: agency", "kind: agenzy", "did you mean"),
    ("templates/archive.md.jinja", "{% endblock %}", "{% endblok %}", "archive&#46;md&#46;jinja&#58;"),
    ("mkdocs.yml", "name: material", "name: nosuch", "mkdocs&#46;yml&#58;"),
])
def test_shows_a_mistake_and_recovers(preview: Preview, file: str, old: str, new: str, problem: str) -> None:
    path = preview.desk.root / file
    right = path.read_text("utf-8")
    preview.desk.edit(file, old, new)
    for page in ("", "archive/"):
        text = preview.shows(problem, page, status=500)
        assert "Traceback" not in text
        assert len(text) < 2000
    path.write_text(right, "utf-8")
    preview.shows("Harbour", status=200)
    assert preview.process.poll() is None


def test_shows_a_broken_article_on_the_method_page_and_recovers(preview: Preview) -> None:
    path = preview.desk.article(HONEY)
    right = path.read_text("utf-8")
    preview.desk.edit(path, "lang: en", "lang: 7")
    preview.shows(f"{HONEY}.md", "about/method/")
    path.write_text(right, "utf-8")
    preview.shows("Honey")


def test_shows_drafts_which_a_build_never_does(preview: Preview, newsroom: Desk) -> None:
    preview.shows("secret otter", "sources/not-yet-ready/")
    assert not [path for path in newsroom.site.rglob("*") if path.is_file() and b"otter" in path.read_bytes()]
    assert b"not-yet-ready" not in newsroom.page("about/method").read_bytes().replace(b"&#45;", b"-")


def test_keeps_its_hands_off_the_site(preview: Preview) -> None:
    assert not preview.desk.site.exists()


@pytest.mark.parametrize(("address", "problem"), [
    ("nowhere", "expected a host and a port"), ("127.0.0.1:99999", "expected a host and a port"), (":80", "expected a host and a port"),
    ("256.1.1.1:8000", "cannot serve here"),
])
def test_refuses_an_address_in_one_line(desk: Desk, address: str, problem: str) -> None:
    done = desk.run("serve", "--address", address)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert problem in done.stderr


def test_refuses_a_port_that_is_taken(desk: Desk, preview: Preview) -> None:
    done = desk.run("serve", "--address", preview.url.removeprefix("http://").rstrip("/"))
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "cannot serve here" in done.stderr
    assert "preview on" not in done.stdout


def test_refuses_to_start_without_content(desk: Desk, digest: Run) -> None:
    result = digest(desk, "serve", "--content", "nowhere")
    assert (result.exit_code, result.stderr) == (
        1, "error: nowhere: no content folder is here; digest add makes one, and --content names another\n")


def test_starts_with_a_mistake_and_mends_it(desk: Desk) -> None:
    (desk.content / "digest.yml").write_text("title: A\n", "utf-8")
    running = Preview(desk, free_port())
    try:
        running.shows("languages is missing", status=500)
        (desk.content / "digest.yml").write_text("title: Mended\nlanguages: [en]\n", "utf-8")
        running.shows("Mended")
    finally:
        running.process.terminate()
        running.process.wait(10)
