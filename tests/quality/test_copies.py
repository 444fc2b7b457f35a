"""How many edited copies are found to be one text, and what is taken for one and is not: recall and false joins, printed."""

import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lookalikes import EDITS, edit, write_followup, write_lookalikes
from reporting import Report

from digest.content import read_articles
from digest.dedupe import find_texts, shared_part, shingles
from digest.models import Article, When
from digest.settings import Grouping
from digest.words import words

EVAL = os.environ.get("DIGEST_EVAL")
SAMPLE = Path(__file__).parents[2] / "content"
RECALL = {"rework": 0.98}
"""Share of the copies that must be found; `rework` is no light edit: it leaves half of a short text's shingles. Of all others 0.99."""
SHORTEST = 60
"""Words of the shortest article that is edited: of a shorter one an edit leaves too little."""
CORPORA = ["mixed", "ecbplus", "meantime", "meantime-half"]
SETS = ["sample", *(pytest.param(name, marks=pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with labelled corpora"))
                    for name in CORPORA)]


def originals(name: str) -> list[Article]:
    """Return the different articles of the sample or of a corpus: of those that have a run of words in common, the first."""
    if name == "sample":
        articles = list(read_articles(SAMPLE).articles)
    else:
        rows = map(json.loads, Path(EVAL or "", "eval", "grouping", f"{name}.dev.jsonl").read_text("utf-8").splitlines())
        articles = [Article(id=f"a{number:04}", path=Path("a.md"), title=row["title"], text=row["text"], lang=row["lang"],
                            published=When.parse(row["date"]) if row["date"] else None) for number, row in enumerate(rows)]
    kept: list[tuple[Article, frozenset[int]]] = []
    for article in articles:
        found = shingles(article.text)
        if len(words(article.text)) >= SHORTEST and all(shared_part(found, other) < 0.03 for _, other in kept):
            kept.append((article, found))
    return [article for article, _ in kept]


def are_one(one: Article, other: Article) -> bool:
    return len(find_texts((one, other), Grouping())) == 1


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", EDITS)
def test_copies_are_found(name: str, kind: str, report: Report) -> None:
    articles, chance = originals(name), random.Random(kind)
    pools = defaultdict[str, list[str]](list)
    for original in articles:
        pools[original.lang] += original.text.split(" ")
    copies = [replace(a, id=f"b-{a.id}", title="Other title", text=edit(a, kind, pools[a.lang], chance), sentences=(),
                      published=When.parse(f"2031-03-{chance.randint(1, 28):02}")) for a in articles]
    texts = find_texts((*articles, *copies), Grouping())
    owner = {article.id: number for number, text in enumerate(texts) for article in text.articles}
    found = sum(owner[a.id] == owner[b.id] for a, b in zip(articles, copies, strict=True))
    report(f"copies, {kind} of {name}: found, of {len(articles)}", found / len(articles), floor=RECALL.get(kind, 0.99))
    assert all(len(text.articles) <= 2 for text in texts)


def _followups(articles: Sequence[Article], chance: random.Random) -> Iterator[tuple[Article, Article]]:
    """Yield articles, each with other news in its language that repeats some of it as background."""
    for one in articles:
        news = [other for other in articles if other.lang == one.lang and other.id != one.id]
        if news and len(re.split(r"(?<=[.!?।。؟])\s+", one.text)) >= 6:
            other = chance.choice(news)
            yield one, replace(other, id=f"f-{one.id}", text=write_followup(one.text, other.text, chance), sentences=())


@pytest.mark.parametrize("name", SETS)
def test_followups_are_no_copies(name: str, report: Report) -> None:
    pairs = list(_followups(originals(name), random.Random(5)))
    joined = sum(are_one(one, other) for one, other in pairs)
    assert pairs
    report(f"copies, follow-ups of {name}: joined, of {len(pairs)}", joined, ceiling=0)


@pytest.mark.parametrize("name", SETS)
def test_a_shared_press_phrase_makes_no_copy(name: str, report: Report) -> None:
    """Two articles carry the same three sentences of a third, at different places."""
    articles, chance, joined, count = originals(name), random.Random(6), 0, 0
    for one, other, third in zip(articles, articles[1:], articles[2:], strict=False):
        phrase = " ".join(re.split(r"(?<=[.!?।。؟])\s+", third.text)[:3])
        if one.lang == other.lang and len(words(phrase)) <= 0.25 * min(len(words(one.text)), len(words(other.text))):
            pair = [replace(a, text=_insert(a.text, phrase, chance), sentences=()) for a in (one, other)]
            joined, count = joined + are_one(*pair), count + 1
    report(f"copies, press phrases of {name}: joined, of {count}", joined, ceiling=0)


def _insert(text: str, phrase: str, chance: random.Random) -> str:
    sentences = re.split(r"(?<=[.!?।。؟])\s+", text)
    at = chance.randint(1, len(sentences))
    return " ".join([*sentences[:at], phrase, *sentences[at:]])


@pytest.mark.parametrize("seed", range(10, 14))
def test_look_alikes_are_no_copies(seed: int, report: Report) -> None:
    written = write_lookalikes(40, seed)
    texts = find_texts([Article(id=f"a{n:04}", path=Path("a.md"), title="T", text=text, lang=lang)
                        for n, (text, lang) in enumerate(written)], Grouping())
    report(f"copies, look-alikes of seed {seed}: joined, of {len(written)}", len(written) - len(texts), ceiling=0)


@pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with labelled texts")
def test_the_seeds() -> None:
    """The two editions of one agency's text are one, the article that shares its background is another."""
    articles = [Article(id=path.stem[:3], path=path, title="T", text=path.read_text("utf-8"), lang="en")
                for path in sorted(Path(EVAL or "", "seeds").glob("00[0-4]*.txt"))]
    assert [[a.id for a in text.articles] for text in find_texts(articles, Grouping())] == [["000", "001"], ["002"], ["003"], ["004"]]
