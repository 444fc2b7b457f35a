"""Each reader on invented texts: golden/ingest/*.yml holds one input and what a careful editor reads off it, or the refusal."""

from importlib import import_module
from pathlib import Path

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
