"""Each reader on invented texts: golden/ingest/*.yml holds one input and what a careful editor reads off it, or the refusal."""

from importlib import import_module
from pathlib import Path
from textwrap import fill

import pytest
import yaml

from digest.errors import ArticleError
from digest.ingest import READERS
from digest.ingest.raw import RawArticle

CASES = sorted((Path(__file__).parent / "golden" / "ingest").glob("*.yml"))
DATES = ("published", "reposted", "retrieved")
FIELDS = ("title", "subtitle", "outlet", "host", "url", "lang", "section", "summary")


def read(text: str, name: str) -> RawArticle:
    module, function = READERS[Path(name).suffix].split(":")
    return getattr(import_module(module), function)(text, name)


def told(raw: RawArticle) -> dict[str, object]:
    found = {key: getattr(raw, key) for key in FIELDS} | {key: list(getattr(raw, key)) for key in ("authors", "tags", "paragraphs")}
    found |= {key: when.iso if (when := getattr(raw, key)) else None for key in DATES}
    return {key: value for key, value in found.items() if value}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    case = yaml.safe_load(path.read_text("utf-8"))
    if "error" in case:
        with pytest.raises(ArticleError) as refused:
            read(case["input"], case["name"])
        assert refused.value.problem == case["error"]
        return
    raw, expected = read(case["input"], case["name"]), case["expected"]
    kinds, notes = expected.pop("dropped", None), expected.pop("notes", 0)
    assert told(raw) == expected
    assert len(raw.notes) == notes
    assert kinds is None or sorted(line.kind for line in raw.dropped) == kinds


def test_every_reader_has_cases() -> None:
    assert {".txt", ".md", ".html"} <= {Path(yaml.safe_load(path.read_text("utf-8"))["name"]).suffix for path in CASES}


PARAGRAPHS = (
    "The council of Brelle approved the new pier on Friday, by 12 votes to 9. It will cost 4.8 million crowns.",
    ("Work begins in March, the mayor, Ines Kolb, said after the vote. Until then ferries to Orvane go on using the old pier, which is the "
     "oldest of all and has been closed to lorries since the storm of last winter."),
    "Opponents want a vote of all citizens. They need 800 signatures by the end of May, and have 500, said their speaker, Milo Arden.",
)
TITLE = "The council of Brelle approves a new pier for its ferries"


@pytest.mark.parametrize("width", [60, 72, 80, 90, 100, 110, 118, 130, 138])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_no_sentence_is_cut_where_a_line_was_full(width: int, between: str) -> None:
    text = between.join(fill(paragraph, width) for paragraph in PARAGRAPHS)
    raw = read(f"Brelle gets a new pier\nby Ana Birk\n4 September 2026\n\n{text}\n", "pier.txt")
    assert (raw.title, raw.authors) == ("Brelle gets a new pier", ("Ana Birk",))
    assert " ".join(raw.paragraphs) == " ".join(PARAGRAPHS)
    assert all(paragraph.endswith(".") for paragraph in raw.paragraphs)
    assert between == "\n" or raw.paragraphs == PARAGRAPHS


def test_lines_that_had_room_stay_apart() -> None:
    lines = (TITLE, "", "The ferry line to Orvane has three ships, and no more than two of them sail on one day.", "a list of them:",
             "the Mira, built in 1961", "the Selva, built in 1990")
    assert read("\n".join(lines), "pier.txt").paragraphs == lines[2:]


def test_a_byline_is_no_end_of_a_title() -> None:
    raw = read(f"{TITLE}\nby Ana Birk\n\nThe vote was on Friday.\n\nIt was close.\n", "pier.txt")
    assert (raw.title, raw.authors) == (TITLE, ("Ana Birk",))
