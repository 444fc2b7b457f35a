"""How many edited copies are found to be one text, and what is taken for one and is not: recall and false joins, printed."""

import json
import os
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from copying import EDITS, REWORKS, edit
from lookalikes import APART, write_bulletins, write_lookalikes
from reporting import Report

from digest.content import read_articles
from digest.dedupe import find_texts, shared_part, shingles
from digest.models import Article, When
from digest.settings import Grouping
from digest.words import words

EVAL = os.environ.get("DIGEST_EVAL")
SAMPLE = Path(__file__).parents[2] / "content"
SEEDS = range(1, 4)
RECALL = {"rework": 0.98, "retold": None}
"""Share of the copies that must be found, of all others 0.99. `rework` is no light edit: it leaves half of a short text's shingles;
`retold` reads like a follow-up and is measured to say how many are missed."""
SHORTEST = 60
"""Words of the shortest article that is edited: of a shorter one an edit leaves too little."""
CORPORA = ["mixed", "ecbplus", "meantime", "meantime-half"]
SETS = ["sample", *(pytest.param(name, marks=pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with labelled corpora"))
                    for name in CORPORA)]


@cache
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


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", [*EDITS, *REWORKS])
def test_copies_are_found(name: str, kind: str, report: Report) -> None:
    articles, found, made = originals(name), 0, 0
    pools = defaultdict[str, list[str]](list)
    for original in articles:
        pools[original.lang] += original.text.split(" ")
    for seed in SEEDS:
        chance = random.Random(f"{kind} {seed}")
        copies = [replace(a, id=f"b-{a.id}", title="Other title", text=edit(a, kind, pools[a.lang], chance), sentences=(),
                          published=When.parse(f"2031-03-{chance.randint(1, 28):02}")) for a in articles]
        texts = find_texts((*articles, *copies), Grouping())
        owner = {article.id: number for number, text in enumerate(texts) for article in text.articles}
        found += sum(owner[a.id] == owner[b.id] for a, b in zip(articles, copies, strict=True))
        made += len(copies)
        assert all(len(text.articles) <= 2 for text in texts)
    report(f"copies, {kind} of {name}: found, of {made}", found / made, floor=RECALL.get(kind, 0.99),
           told=None if kind == "retold" else "copies")


def _apart(articles: Sequence[Article], kind: str) -> Iterator[tuple[Article, ...]]:
    """Yield articles that are no copies of each other, made of those in one language."""
    for seed in SEEDS:
        chance = random.Random(f"{kind} {seed}")
        for article in articles:
            others = [other for other in articles if other.lang == article.lang and other.id != article.id]
            if len(others) > 1:
                one, other = chance.sample(others, 2)
                made = APART[kind](article.text, one.text, other.text, chance)
                yield tuple([replace(article, id=f"{number}-{article.id}", text=text, sentences=()) for number, text in enumerate(made)])


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("kind", APART)
def test_what_is_no_copy_stands_alone(name: str, kind: str, report: Report) -> None:
    cases = [case for case in _apart(originals(name), kind) if case]
    assert len(cases) >= 5
    joined = sum(len(find_texts(case, Grouping())) < len(case) for case in cases)
    report(f"no copies, {kind} of {name}: joined, of {len(cases)}", joined, ceiling=0)


@pytest.mark.parametrize("name", SETS)
def test_a_roundup_joins_no_two_articles(name: str, report: Report) -> None:
    """A roundup of three articles may be one text with the one it opens with, never with two."""
    articles, joined, count = originals(name), 0, 0
    for three in zip(articles, articles[1:], articles[2:], strict=False):
        roundup = replace(three[0], id="roundup", text="\n\n".join(article.text for article in three), sentences=())
        texts = find_texts((*three, roundup), Grouping())
        joined, count = joined + (len(texts) < 3), count + 1
    report(f"no copies, articles of a roundup of {name}: joined, of {count}", joined, ceiling=0)


@pytest.mark.parametrize("write", [write_lookalikes, write_bulletins])
@pytest.mark.parametrize("seed", range(10, 14))
def test_bulletins_are_no_copies(write: Callable[[int, int], list[tuple[str, str]]], seed: int, report: Report) -> None:
    written = write(40, seed)
    texts = find_texts([Article(id=f"a{n:04}", path=Path("a.md"), title="T", text=text, lang=lang)
                        for n, (text, lang) in enumerate(written)], Grouping())
    report(f"no copies, {write.__name__[6:]} of seed {seed}: joined, of {len(written)}", len(written) - len(texts), ceiling=0)


@pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with labelled texts")
def test_the_seeds() -> None:
    """The two editions of one agency's text are one, the article that shares its background is another."""
    articles = [Article(id=path.stem[:3], path=path, title="T", text=path.read_text("utf-8"), lang="en")
                for path in sorted(Path(EVAL or "", "seeds").glob("00[0-4]*.txt"))]
    assert [[a.id for a in text.articles] for text in find_texts(articles, Grouping())] == [["000", "001"], ["002"], ["003"], ["004"]]
