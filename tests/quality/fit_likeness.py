"""Fit the weights of `digest/likeness.yml` on labelled articles, and say how well they serve articles that they were not fitted on.

    DIGEST_EVAL=FOLDER python tests/quality/fit_likeness.py [--write]

Reads the corpora of FOLDER/eval/grouping and makes more of them: events with fewer articles, articles without dates, articles cut
short, all events within a few days. A logistic regression with a penalty on the squares of the weights (Hoerl and Kennard 1970) is
fitted to the pairs of texts; a weight whose sign contradicts what its feature means becomes 0. Prints B-cubed precision and F1 (Bagga
and Baldwin 1998) of the stories: fitted on everything; each pair by weights that no article of its topics was used for; each corpus by
weights that were fitted without it and what was made from it. The same corpora give the same weights. Needs numpy.
"""

import argparse
import importlib.util
import json
import os
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import numpy as np

from digest import likeness
from digest.dedupe import find_texts
from digest.gist import find_gist
from digest.group import Batch
from digest.likeness import ACROSS, WITHIN, attest, compare_texts
from digest.linkage import link_scores
from digest.models import Article, Text, When
from digest.parts import Reader
from digest.settings import Grouping
from digest.traits import Traits
from digest.vectors import Scores

FOLDER = Path(os.environ.get("DIGEST_EVAL", ""), "eval", "grouping")
WEIGHTS = Path(likeness.__file__).with_name("likeness.yml")
NAMES = ("mixed", "ecbplus-dated", "ecbplus", "ecbplus-thin", "meantime", "meantime-half", "meantime-lead")
FEATURES = {"within": WITHIN, "across": ACROSS}
FOLDS = 8
PENALTY = {"within": 30.0, "across": 3.0}
"""What the square of the weight of a feature of deviation 1 costs, against pairs by the thousand."""
SHARE = 2000.0
"""Pairs of one kind that each corpus counts as, however many it has."""
CROWDED = 0.03
"""What corpora count whose events are all of the same days. In the others look-alikes are years apart, and days would decide nearly
alone; among the news of one day they decide nothing."""
SIZES = (1, 1, 2, 2, 3, 4, 6, 99)
"""Articles of an event that the made corpora keep, at most."""
WANTED = 0.8
"""What a pair of one event counts against one of two events: a false merge is worse than a miss."""
AGAINST = frozenset({"other_numbers", "apart", "other_day", "other_year"})
"""Features that speak against one event; the others speak for it."""
MEANINGS = {
    "names": "cosine of names and numbers, weighted by how much each tells",
    "opening": "how much of what one says first (title and 60 words) the other says anywhere; the higher of both ways",
    "opening_names": "the same of the names and numbers that it says first; the lower of both ways",
    "numbers": "share of the numbers of the text with fewer that the other has",
    "other_numbers": "1 where both begin with numbers and have none of them in common",
    "soon": "exp(-days between them / 7); 0 where one has no date",
    "apart": "log(1 + days between them); 0 where one has no date",
    "other_day": "where one has no date: 1 - exp(-days / 7) between the other's date and the nearest day that it names",
    "other_year": "where one has no date: 1 where the year of the other and the last that it names are more than one apart",
    "keys": "cosine of numbers, beginnings of words and skeletons of names that two languages have",
    "closest": "likeness, divided by the mean (geometric) of the greatest that either has to any text",
}
Model = tuple[np.ndarray, float]
Labelled = tuple[list[Article], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """What is made of a corpus."""

    source: str
    seed: int
    undated: float = 0.0
    """The share of articles that lose their date."""
    words: int | None = None
    """Words that are left of each text."""
    days: int | None = None
    """Days within which all events begin."""

    @property
    def name(self) -> str:
        """Its source and what was done to it."""
        done = (f"{self.undated:.0%} undated" if self.undated else "", f"{self.words} words" if self.words else "",
                f"in {self.days} days" if self.days else "")
        return " ".join((f"{self.source}/{self.seed}", *filter(None, done)))


CHANGES = [Change(source, seed, *how) for source, seeds, *how in (
    ("ecbplus", 8), ("ecbplus-dated", 8), ("ecbplus-dated", 2, 0.5), ("ecbplus-dated", 1, 1.0), ("ecbplus-dated", 4, 0.0, 50),
    ("meantime", 4), ("meantime", 2, 0.5), ("meantime-lead", 2), ("ecbplus-dated", 4, 0.0, None, 1), ("ecbplus-dated", 4, 0.0, None, 5),
    ("ecbplus-dated", 2, 0.0, 50, 2), ("ecbplus-dated", 2, 0.5, None, 2), ("meantime", 2, 0.0, None, 1), ("meantime", 2, 0.0, None, 5),
    ("meantime-lead", 2, 0.0, None, 2), ("mixed", 4, 0.0, None, 2)) for seed in range(seeds)]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled texts and the features of their pairs, by kind."""

    name: str
    texts: Sequence[Text]
    traits: Traits
    gold: Mapping[str, str]
    folds: np.ndarray
    """The fold of each text's topic."""
    pairs: Mapping[str, np.ndarray]
    features: Mapping[str, np.ndarray]
    same: Mapping[str, np.ndarray]
    """1 where a pair reports one event."""


@lru_cache(maxsize=len(NAMES))
def read_corpus(name: str) -> Labelled:
    """Return the articles of a corpus and the event of each."""
    rows = [json.loads(line) for line in (FOLDER / f"{name}.dev.jsonl").read_text("utf-8").splitlines()]
    articles = [Article(id=row["id"], path=Path(row["id"]), title=row["title"] or row["text"][:80], text=row["text"], lang=row["lang"],
                        published=When.parse(row["date"][:10]) if row["date"] else None) for row in rows]
    return articles, {row["id"]: row["gold"] for row in rows}


def make(change: Change) -> Labelled:
    """Return the articles of a corpus that is made of another, and the event of each."""
    chance = random.Random(change.name)
    articles, gold = read_corpus(change.source)
    events: defaultdict[str, list[Article]] = defaultdict(list)
    for article in sorted(articles, key=lambda a: a.id):
        events[gold[article.id]].append(article)
    made = []
    for _, group in sorted(events.items()):
        kept = chance.sample(group, min(len(group), chance.choice(SIZES)))
        made += [_cut(a, change, chance) for a in (_move(kept, chance.randrange(change.days)) if change.days else kept)]
    return made, {a.id: gold[a.id] for a in made}


def _move(articles: Sequence[Article], day: int) -> Iterator[Article]:
    """Move an event so that it begins on this day."""
    first = min(a.published.day for a in articles if a.published)
    for article in articles:
        assert article.published
        yield replace(article, published=When(date(2020, 1, 1) + timedelta(day) + (article.published.day - first)))


def _cut(article: Article, change: Change, chance: random.Random) -> Article:
    published = None if chance.random() < change.undated else article.published
    return replace(article, published=published, text=" ".join(article.text.split()[:change.words]) if change.words else article.text)


def topic_of(event: str) -> str:
    """Return the topic of an event: of "13ecb" and "13ecbplus", look-alikes, or of "airbus-82548"."""
    return re.split(r"ecb|-", event)[0]


def read_all() -> list[Corpus]:
    """Return the corpora, and those made of them."""
    labelled = {name: read_corpus(name) for name in NAMES} | {change.name: make(change) for change in CHANGES}
    topics = {topic_of(event) for _, gold in labelled.values() for event in gold.values()}
    folds = {topic: number % FOLDS for number, topic in enumerate(sorted(topics, key=lambda t: (not t.isdigit(), len(t), t)))}
    return [compare_corpus(name, articles, gold, folds) for name, (articles, gold) in labelled.items()]


def compare_corpus(name: str, articles: Sequence[Article], gold: Mapping[str, str], folds: Mapping[str, int]) -> Corpus:
    """Find the texts of a corpus and the features of their pairs."""
    texts = sorted(find_texts(articles, Grouping()), key=lambda t: t.articles[0].order)
    batch = Batch.of(texts, find_gist, Reader())
    alike, most = batch.find_alike(np.empty(0, int), np.empty(0))
    compared = [(kind, alike[at], features) for kind, at, features in compare_texts(batch.traits, alike, most)]
    events = np.array([gold[text.articles[0].id] for text in texts])
    pairs = {kind: np.concatenate([np.empty((0, 2), int), *(np.c_[found.ones, found.others] for of, found, _ in compared if of == kind)])
             for kind in FEATURES}
    features = {kind: np.concatenate([np.empty((0, len(FEATURES[kind]))), *(found for of, _, found in compared if of == kind)])
                for kind in FEATURES}
    return Corpus(name, texts, batch.traits, gold, np.array([folds[topic_of(event)] for event in events]), pairs, features,
                  {kind: (events[found[:, 0]] == events[found[:, 1]]).astype(float) for kind, found in pairs.items()})


def fit(corpora: Sequence[Corpus], kind: str, fold: int | None = None) -> Model:
    """Return the weights and the bias of a kind, fitted without the pairs of which a text is in `fold`."""
    parts = []
    for corpus in corpora:
        kept = ~(corpus.folds[corpus.pairs[kind]] == fold).any(1)
        share = SHARE * (CROWDED if " in " in corpus.name else 1)
        if kept.any():
            same = corpus.same[kind][kept]
            parts.append((corpus.features[kind][kept], same, np.where(same > 0, WANTED, 1.0) * share / kept.sum()))
    features, same, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
    weights, used = np.zeros(len(FEATURES[kind])), np.flatnonzero(features.std(0))
    while True:
        weights[:] = 0
        weights[used], bias = _regress(features[:, used], same, counts, PENALTY[kind])
        wrong = [(abs(weights[n]) * features[:, n].std(), n) for n in used if (weights[n] > 0) == (FEATURES[kind][n] in AGAINST)]
        if not wrong:
            return weights, bias
        used = used[used != max(wrong)[1]]


def _regress(features: np.ndarray, same: np.ndarray, counts: np.ndarray, penalty: float) -> Model:
    """Return weights and bias of a logistic regression, by Newton's method on features of mean 0 and deviation 1."""
    mean = np.average(features, axis=0, weights=counts)
    deviation = np.sqrt(np.average((features - mean) ** 2, axis=0, weights=counts))
    inputs = np.c_[(features - mean) / deviation, np.ones(len(features))]
    cost = np.diag([penalty] * features.shape[1] + [1e-6])
    found = np.zeros(inputs.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-inputs @ found))
        slope = inputs.T @ (counts * (likely - same)) + cost @ found
        found -= np.linalg.solve((inputs * (counts * likely * (1 - likely))[:, None]).T @ inputs + cost, slope)
    weights = found[:-1] / deviation
    return weights, float(found[-1] - weights @ mean)


def apply(model: Model, features: np.ndarray) -> np.ndarray:
    """Return how likely pairs with these features are one event."""
    return 1 / (1 + np.exp(-(features @ model[0].round(2) + round(model[1], 2))))


def apply_others(corpus: Corpus, kind: str, models: Sequence[Model]) -> np.ndarray:
    """Return how likely pairs are by the models that their topics were not used for; of two models the higher likelihood."""
    folds = corpus.folds[corpus.pairs[kind]]
    return np.max([np.where((folds == n).any(1), apply(model, corpus.features[kind]), 0.0) for n, model in enumerate(models)], axis=0)


@lru_cache(maxsize=1)
def scorer() -> ModuleType:
    """Return the corpora's own scoring module."""
    spec = importlib.util.spec_from_file_location("score", FOLDER / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def measure(corpus: Corpus, likely: Mapping[str, np.ndarray]) -> str:
    """Return B-cubed precision and F1 of the stories that these likelihoods give."""
    scores = Scores.of([(*corpus.pairs[kind].T, likely[kind]) for kind in FEATURES])
    groups = link_scores(len(corpus.texts), attest(corpus.traits, scores), Grouping().story, Grouping().inner)
    found = {a.id: number for number, group in enumerate(groups) for i in group for a in corpus.texts[i].articles}
    reached = scorer().score(corpus.gold, found)["b3"]
    return f"{reached['p']:.3f} {reached['f1']:.3f}"


def figures(corpora: Sequence[Corpus], full: Mapping[str, Model]) -> Iterator[str]:
    """Yield a line for each corpus: its name, precision and F1 by all weights, by those of other topics, and of other corpora."""
    folded = {kind: [fit(corpora, kind, fold) for fold in range(FOLDS)] for kind in FEATURES}
    for corpus in corpora:
        ways = [{kind: apply(full[kind], corpus.features[kind]) for kind in FEATURES},
                {kind: apply_others(corpus, kind, folded[kind]) for kind in FEATURES}]
        if corpus.name in NAMES:
            others = [c for c in corpora if c.name.partition("/")[0] != corpus.name]
            ways.append({kind: apply(fit(others, kind), corpus.features[kind]) for kind in FEATURES})
        yield "   ".join((f"{corpus.name:33}", *(measure(corpus, way) for way in ways)))


def lines(models: Mapping[str, Model], measured: Sequence[str]) -> Iterator[str]:
    """Yield the lines of `likeness.yml`."""
    yield "# How likely it is that two texts report one event: 1 / (1 + exp(-(bias + the features times their weights)))."
    yield "# Written by tests/quality/fit_likeness.py. B-cubed precision and F1 of the stories: fitted on everything; by weights fitted"
    yield "# on other topics; by weights fitted on the other corpora, some of which hold the same articles. With a slash: corpora"
    yield "# made of these."
    yield from (f"# {line}" for line in measured)
    for kind, (weights, bias) in models.items():
        yield f"{kind}:  # {'a language' if kind == 'within' else 'two languages'}"
        yield f"  bias: {bias:.2f}"
        yield from (f"  {name}: {weight:.2f}  # {MEANINGS[name]}" for name, weight in zip(FEATURES[kind], weights, strict=True))


def main() -> None:
    """Fit, print and perhaps write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write digest/likeness.yml")
    arguments = parser.parse_args()
    corpora = read_all()
    models = {kind: fit(corpora, kind) for kind in FEATURES}
    told = "\n".join(lines(models, list(figures(corpora, models)))) + "\n"
    print(told, end="")
    if arguments.write:
        WEIGHTS.write_text(told, "utf-8")


if __name__ == "__main__":
    main()
