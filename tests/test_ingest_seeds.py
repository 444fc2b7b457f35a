"""The raw texts beside the project, read as a careful editor reads them; DIGEST_EVAL names the folder."""

import json
import os
import unicodedata
from pathlib import Path

import pytest

from digest.content import read_article
from digest.ingest import add_files

EVAL = os.environ.get("DIGEST_EVAL")
pytestmark = pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with seeds/gold.json")
SEEDS = Path(EVAL or ".") / "seeds"


def plain(text: str | None) -> str:
    folded = unicodedata.normalize("NFKC", text or "").casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


@pytest.mark.parametrize("name", sorted(json.loads((SEEDS / "gold.json").read_text("utf-8"))["articles"]) if EVAL else [])
def test_seed(name: str, tmp_path: Path) -> None:
    gold = json.loads((SEEDS / "gold.json").read_text("utf-8"))["articles"][name]
    (added,) = add_files([SEEDS / name], tmp_path)
    assert added.article
    article, warnings = read_article(added.article)
    stated = {
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "lang": article.lang,
        "author": next(iter(article.authors), None),
    }
    assert not warnings
    assert {key: plain(value) for key, value in stated.items()} == {key: plain(gold[key]) for key in stated}
    assert (article.published.iso[:16] if article.published else None) == gold["published"]
    assert (article.reposted.iso if article.reposted else None) == gold.get("reposted")
    assert article.subtitle == gold.get("subtitle")
    assert article.text.rstrip("\n").split("\n\n") == [" ".join(sentences) for sentences in gold["body"]]
