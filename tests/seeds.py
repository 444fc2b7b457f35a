"""The real raw texts beside the project as articles, and what a careful editor reads off them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from digest.content import read_articles
from digest.ingest import add_files
from digest.models import Article
from digest.segment import segment_article

EVAL = os.environ.get("DIGEST_EVAL")
needs_seeds = pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with seeds/gold.json")


def read_gold() -> dict[str, Any]:
    """Return what a careful editor reads off the texts."""
    return json.loads(Path(EVAL or "", "seeds", "gold.json").read_text("utf-8"))


def add_seeds(content: Path) -> dict[str, Article]:
    """Import the raw texts into a content folder; return their articles by the name of each raw file."""
    names = sorted(read_gold()["articles"])
    files = [Path(EVAL or "", "seeds", name) for name in names]
    stems = {Path(added.source).name: added.article.stem for added in add_files(files, content)
             if added.article}
    articles = {a.id: segment_article(a) for a in read_articles(content).articles}
    return {name: articles[stems[name]] for name in names}
