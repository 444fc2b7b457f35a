"""Fit the weights of `digest/likeness.yml` to labelled articles: `python tests/quality/fit_likeness.py`, with `DIGEST_EVAL` set.

Logistic regression with an L2 penalty, by Newton's method; every corpus weighs the same. Before it writes, it prints B-cubed F1
(Bagga and Baldwin 1998) of the stories as they come out with the fitted weights, and cross-validated: the pairs of a fold of events
are scored by weights that were fitted without any article of that fold (events of one kind are in one fold).
"""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from unittest import mock

import numpy as np

from digest import likeness
from digest.content import read_articles
from digest.dedupe import find_texts
from digest.group import group_texts, score_pairs, weigh_groups
from digest.likeness import FEATURES, compare_traits, find_traits
from digest.models import Text
from digest.segment import segment_article
from digest.settings import Grouping

FITTED = ("mixed", "ecbplus", "ecbplus-dated", "ecbplus-thin")
"""Corpora with pairs of one language in one event."""
MEASURED = (*FITTED, "meantime", "meantime-half", "meantime-lead")
PENALTY = 2.0
FOLDS = 7
EVAL = Path(os.environ.get("DIGEST_EVAL", ""), "eval")
WEIGHTS = Path(likeness.__file__).with_name("likeness.yml")
MEANINGS = {
    "words": "cosine of all words, weighted by how rare they are", "names": "cosine of all names", "numbers": "cosine of all numbers",
    "first_words": "cosine of the words of title and first two sentences", "first_names": "cosine of the names there",
    "dated": "1 where both are dated", "apart": "log(1 + days between them) / 5", "same_time": "exp(-days between them / 7)",
}


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled texts, and the candidate pairs of one language."""

    texts: tuple[Text, ...]
    gold: Mapping[str, str]
    langs: Mapping[str, str]
    pairs: Sequence[tuple[int, int]]
    features: np.ndarray
    """A row a pair."""
    same: np.ndarray
    """1 where the pair reports one event."""
    folds: np.ndarray
    """The folds of both texts of each pair."""


def fold(gold: str) -> int:
    """Return the fold of an event: the two look-alike events of an ECB+ topic, and all events of a Wikinews subject, are in one."""
    number = re.match(r"\d+", gold)
    return int(number[0]) % (FOLDS - 2) if number else FOLDS - 2 + (gold.startswith("apple"))


@lru_cache(maxsize=1)
def scorer() -> ModuleType:
    """Return the corpora's own scoring module."""
    spec = importlib.util.spec_from_file_location("score", EVAL / "grouping" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(name: str) -> Corpus:
    """Read a corpus as the program does."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = EVAL / "grouping" / f"{name}.dev.jsonl"
        subprocess.run([sys.executable, EVAL / "as_content.py", corpus, folder], check=True, capture_output=True)
        key = json.loads(Path(folder, "key.json").read_text("utf-8"))
        articles = [segment_article(article) for article in read_articles(Path(folder, "content")).articles]
    texts = sorted(find_texts(articles, Grouping()), key=lambda t: t.articles[0].order)
    gold = {article: row["gold"] for article, row in key.items()}
    langs = {article: row["lang"] for article, row in key.items()}
    traits = find_traits(texts)
    alike = score_pairs(*weigh_groups([t.articles for t in texts]))
    pairs = sorted((a, b) for (a, b), score in alike.items() if traits[a].lang == traits[b].lang)
    events = [gold[text.articles[0].id] for text in texts]
    features = np.array([compare_traits(traits[a], traits[b]) for a, b in pairs])
    same = np.array([float(events[a] == events[b]) for a, b in pairs])
    return Corpus(tuple(texts), gold, langs, pairs, features, same, np.array([(fold(events[a]), fold(events[b])) for a, b in pairs]))


def fit(corpora: Sequence[Corpus], without: int | None = None) -> np.ndarray:
    """Return the weights and the bias fitted to all pairs that no article of a fold is in."""
    kept = [np.ones(len(c.pairs), bool) if without is None else (c.folds != without).all(axis=1) for c in corpora]
    rows = np.vstack([c.features[k] for c, k in zip(corpora, kept, strict=True)])
    rows = np.hstack([rows, np.ones((len(rows), 1))])
    same = np.concatenate([c.same[k] for c, k in zip(corpora, kept, strict=True)])
    weight = np.concatenate([np.full(k.sum(), 1000 / k.sum()) for k in kept])
    penalty = np.diag([PENALTY] * len(FEATURES) + [0.0])
    found = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weight * (chance - same)) + penalty @ found
        found -= np.linalg.solve((rows * (weight * chance * (1 - chance))[:, None]).T @ rows + penalty, slope)
    return found


def measure(corpus: Corpus, found: np.ndarray | Sequence[np.ndarray]) -> tuple[float, float]:
    """Return B-cubed precision and F1 of the stories under weights, or under those of each fold for the pairs whose first text is in it."""
    folds = {pair: one for pair, (one, _) in zip(corpus.pairs, corpus.folds, strict=True)}
    features = dict(zip(corpus.pairs, corpus.features, strict=True))
    by_fold = found if isinstance(found, list) else [found] * FOLDS
    own = likeness.score_texts

    def score(texts: Sequence[Text], candidates: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
        scored = own(texts, candidates)
        for pair in scored.keys() & features.keys():
            chance = 1 / (1 + np.exp(-(features[pair] @ by_fold[folds[pair]][:-1] + by_fold[folds[pair]][-1])))
            scored[pair] = float(chance) * kept[pair]
        return scored

    traits = find_traits(corpus.texts)
    kept = {(a, b): likeness.keep_apart(traits[a], traits[b]) for a, b in corpus.pairs}
    with mock.patch("digest.group.score_texts", score):
        stories = group_texts(corpus.texts, Grouping())
    got = {article.id: number for number, story in enumerate(stories) for article in story.articles}
    result = scorer().score(dict(corpus.gold), got, dict(corpus.langs))["b3"]
    return result["p"], result["f1"]


def lines(found: np.ndarray, figures: Sequence[str]) -> Iterator[str]:
    """Yield the lines of `likeness.yml`."""
    yield "# How likely it is that two texts in one language report one event: 1 / (1 + exp(-(bias + the features times their weights)))."
    yield "# Written by tests/quality/fit_likeness.py. B-cubed precision and F1, cross-validated and fitted:"
    yield from (f"# {figure}" for figure in figures)
    yield f"bias: {found[-1]:.2f}"
    yield "weights:"
    yield from (f"  {name}: {value:.2f}  # {MEANINGS[name]}" for name, value in zip(FEATURES, found, strict=False))


def main() -> None:
    """Fit, print and write."""
    corpora = {name: load(name) for name in MEASURED}
    fitted = [corpora[name] for name in FITTED]
    found = fit(fitted).round(2)
    folds = [fit(fitted, without=number) for number in range(FOLDS)]
    figures = []
    for name, corpus in corpora.items():
        (p, f1), (q, f2) = measure(corpus, folds), measure(corpus, found)
        figures.append(f"{name:14} {p:.3f} {f1:.3f}   {q:.3f} {f2:.3f}")
        print(figures[-1])
    WEIGHTS.write_text("\n".join(lines(found, figures)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
