"""What an outlet changed stands on its article's source page, former editions quote what they quoted, and both are proven."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Desk, set_up, whole
from lxml import html

from digest.marks import anchor
from digest.models import Article, text_version
from digest.pipeline import load_digest, record_digest

Run = Callable[..., Result]
OTTER = ["An otter lives under the mill of Tarn and steals the shoes of the miller at night.",
         "Miller Jorun Falk of Tarn has bought eleven pairs since the spring, she said.", "The otter of Tarn wears none of them."]
LATER = ["A weasel lives under the mill of Tarn and steals the shoes of the miller at night.",
         "Miller Jorun Falk of Tarn has bought fourteen pairs since the spring, she said.", "The otter of Tarn wears none of them."]
NOW = ["An otter family lives in the loft of the Tarn mill, the council found out on Tuesday.",
       "Miller Jorun Falk of Tarn has bought nineteen pairs since the spring, she said.", "The otter of Tarn wears none of them."]
GOAT = ["Forty goats crossed the runway of Ustal airport in a row on Friday morning and delayed eleven flights.",
        "Airport director Pavle Ostin said the goats had kept to the marked lane the whole way."]
CELLO = ["A cello that fell off a lorry near Brunt has been found in a haystack, in tune.",
         "Cellist Aina Torsk of Brunt said that she would play the next concert in the field where it lay."]
SOURCE, FIRST, SECOND = "sources/otter/index.html", "archive/2031/07/01/index.html", "archive/2031/07/05/index.html"


def body(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs) + "\n"


def change(desk: Desk, text: list[str], former: list[str], **front: object) -> None:
    """Give the otter another text and keep what it was."""
    kept = desk.content / "versions" / "otter" / f"{text_version(body(former))}.md"
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(desk.article("otter"), kept)
    write(desk, text, **front)


def write(desk: Desk, text: list[str], **front: object) -> None:
    desk.write("otter", *text, title="Otter steals shoes in Tarn", url="https://gazette.example/otter", **front)


def record(desk: Desk) -> None:
    record_digest(load_digest(desk.content)[0], desk.content)


def grow(desk: Desk, **front: object) -> Desk:
    """Make a digest of three editions, between which the otter's outlet changed its text twice."""
    write(desk, OTTER, **front)
    record(desk)
    change(desk, LATER, OTTER, **front)
    desk.write("goats", *GOAT, published="2031-07-05")
    record(desk)
    change(desk, NOW, LATER, **front)
    desk.write("cello", *CELLO, published="2031-07-09")
    return desk


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = grow(set_up(tmp_path_factory.mktemp("grown") / "desk"))
    done = desk.run("build")
    assert done.returncode == 0, done.stderr
    return desk


@pytest.fixture
def copied(grown: Desk, tmp_path: Path) -> Desk:
    """A copy of the built digest, to be changed with `edit`."""
    return grown.copy(tmp_path / "copied")


def test_it_builds(grown: Desk) -> None:
    print(whole(grown.site / SOURCE))
    print(whole(grown.site / FIRST))
