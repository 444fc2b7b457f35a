"""Grouping goes on: a run that takes up what was kept gives what a run from nothing gives, whatever came late, changed or went."""

import pickle
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from digest import gather, steps
from digest.dedupe import find_texts
from digest.gist import find_gist
from digest.group import group_texts
from digest.linkage import UNBOUND, Bounds
from digest.models import Article, Text, When
from digest.settings import Grouping
from digest.topics import Gathered, group_stories
from digest.why import explain

FIRST = date(2024, 1, 1)
NAMES = [
    "Valkessa", "Bardin", "Orvane", "Tirsa", "Lume", "Hesk", "Drenovar", "Kestrel", "Sirel", "Rashel", "Marenia", "Torvald",
    "Hollin", "Quillon", "Varn", "Petrel", "Ostra", "Kadlan", "Temirov", "Nadel", "Venn", "Strand", "Tarkov", "Misket", "Greve",
    "Lindal", "Halden", "Tarsk", "Kesh", "Broom", "Oskar", "Ulmen", "Dorst", "Fenna", "Pryce", "Aldis",
]
WORDS = [
    "council", "bridge", "ferry", "treaty", "court", "harbour", "budget", "school", "river", "market", "storm", "railway",
    "museum", "factory", "police", "bank", "water", "tax", "festival", "airport", "miners", "orchard", "reactor", "vaccine",
    "tunnel", "glacier", "parade", "archive", "orchestra", "customs", "lighthouse", "refinery",
]
SAID = ("approved", "rejected", "opened", "closed", "delayed", "repaired", "inspected", "financed", "discussed", "left")


class Kept(dict[bytes, Any]):
    """What is kept, as it comes back from a disk; counts what is kept anew."""

    new = 0

    def __setitem__(self, key: bytes, value: Any) -> None:
        self.new += 1
        super().__setitem__(key, pickle.loads(pickle.dumps(value)))


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Steps of a few days, so that a small archive has many."""
    monkeypatch.setattr(steps, "STEP", 8)
    monkeypatch.setattr(gather, "WINDOW", 30)


def make_archive(count: int, seed: int, *, undated: float = 0.05) -> list[Article]:
    """Return articles of some three months: events of a few reports, copies, follow-ups."""
    chance, made, events = random.Random(seed), list[Article](), list[tuple[int, list[str], list[str]]]()
    while len(made) < count:
        names = chance.sample(NAMES, 4)
        if events and chance.random() < 0.4:
            names[:2] = chance.choice(events)[1][:2]
        events.append((len(made) * 90 // count, names, chance.sample(WORDS, 5)))
        day, _, words = events[-1]
        for _ in range(chance.randrange(1, 5)):
            told = [f"{chance.choice(names)} {chance.choice(SAID)} the {chance.choice(words)} of {chance.choice(names)} with "
                    f"{chance.choice(words)} plans, and {chance.choice(WORDS)} {chance.choice(SAID)} {chance.choice(NAMES)}."
                    for _ in range(6)]
            text = chance.choice(made).text if made and chance.random() < 0.1 else " ".join(told)
            published = None if chance.random() < undated else When(FIRST + timedelta(day + chance.randrange(3)))
            made.append(Article(id=f"a{len(made):03}", path=Path("a.md"), title=" ".join(text.split()[:6]), text=text, lang="en",
                                published=published))
    return made[:count]


def group(articles: Sequence[Article], memory: Any = None, bounds: tuple[tuple[str, ...], ...] = (), of: str = "story",
          apart: tuple[tuple[str, str], ...] = ()) -> tuple[Gathered, ...]:
    """Group articles; `bounds` are ids of articles that are together, `apart` pairs that are not, in one story or topic."""
    texts = find_texts(articles, Grouping(), memory=memory)
    stories = group_texts(texts, Grouping(), bounds=bind([t.articles for t in texts], bounds, apart) if of == "story" else UNBOUND,
                          memory=memory)
    return group_stories(stories, Grouping(), bounds=bind([s.articles for s in stories], bounds, apart) if of == "topic" else UNBOUND,
                         memory=memory)


def bind(members: Sequence[Sequence[Article]], together: tuple[tuple[str, ...], ...], apart: tuple[tuple[str, str], ...]) -> Bounds:
    home = {a.id: n for n, articles in enumerate(members) for a in articles}
    return Bounds([sorted({home[ident] for ident in idents if ident in home}) for idents in together],
                  [(min(home[a], home[b]), max(home[a], home[b])) for a, b in apart if a in home and b in home])


def stories_of(topics: Sequence[Gathered]) -> list[set[str]]:
    return [{a.id for a in story.articles} for topic in topics for story in topic.stories]


@pytest.mark.parametrize("seed", range(6))
def test_a_run_that_goes_on_gives_what_a_run_from_nothing_gives(seed: int) -> None:
    articles, chance, memory = make_archive(90, seed), random.Random(seed), Kept()
    come = sorted(articles, key=lambda a: (a.published is not None, a.order))
    for cut in (*sorted(chance.sample(range(20, 90), 4)), 90):
        before = len(memory)
        assert group(chance.sample(come[:cut], cut), memory) == group(come[:cut]), f"the first {cut}"
        assert len(memory) > before
    again = memory.new
    assert group(articles, memory) == group(articles)
    assert memory.new == again, "nothing new is to be found out"


@pytest.mark.parametrize("seed", range(4))
def test_what_is_late_changed_or_gone_is_as_if_it_had_always_been_so(seed: int) -> None:
    articles, chance, memory = make_archive(80, 100 + seed), random.Random(seed), Kept()
    late, changed, gone, undated = chance.sample(articles, 4)
    group([a for a in articles if a is not late], memory)
    now = [replace(a, text=f"{a.text} Then {NAMES[seed]} spoke.") if a is changed else replace(a, published=None) if a is undated else a
           for a in articles if a is not gone]
    assert group(now, memory) == group(now)


def test_only_what_is_new_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    articles, memory, seen = sorted(make_archive(90, 7, undated=0), key=lambda a: a.order), Kept(), list[str]()

    def read(article: Article) -> Any:
        seen.append(article.id)
        return find_gist(article)

    find_texts(articles[:80], Grouping(), memory=memory)
    texts = find_texts(articles, Grouping(), read=lambda article: read(article).run, memory=memory)
    assert set(seen) < {a.id for a in articles[30:]}
    assert texts == find_texts(articles, Grouping())


def test_what_a_story_shares_is_told_once_for_as_long_as_nothing_joins_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told = list[frozenset[str]]()

    def tell(groups: Any, rarity: Any, articles: Sequence[Sequence[Article]], language: str) -> Any:
        told.extend(frozenset(a.id for a in row) for row in articles)
        return explain(groups, rarity, articles, language)

    monkeypatch.setattr("digest.group.explain", tell)
    articles = make_archive(90, 7)
    stories = group_texts(find_texts(articles, Grouping()), Grouping())
    assert len(told) == len(set(told)) > len([story for story in stories if len(story.texts) > 1]) > 0
    assert all(story.why.shared for story in stories if len(story.texts) > 1)


def test_a_small_archive_is_grouped_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = make_archive(60, 3)
    monkeypatch.setattr(steps, "STEP", 60)
    assert len(steps.make_steps([a.published.day.toordinal() if a.published else None for a in articles])) == 1
    at_once = group(articles)
    assert {a.id for topic in at_once for a in topic.articles} == {a.id for a in articles}
    monkeypatch.setattr(steps, "STEP", 8)
    assert {a.id for topic in group(articles) for a in topic.articles} == {a.id for a in articles}


@pytest.mark.parametrize("of", ["story", "topic"])
def test_rules_hold_at_any_distance(of: str) -> None:
    made, memory, (first, last) = make_archive(90, 11, undated=0), Kept(), ("zebra", "honey")
    alone = [("zebra", 2, "A zebra has learnt to unlatch its gate; the keeper bought padlocks."),
             ("honey", 85, "Beekeepers taste this spring's honey and find lavender in it.")]
    articles = sorted([*made, *(replace(made[0], id=ident, title=text, text=text, published=When(FIRST + timedelta(day)))
                                for ident, day, text in alone)], key=lambda a: a.order)
    free = group(articles, memory)
    assert free == group(articles)
    assert {first} in stories_of(free)
    assert {last} in stories_of(free)
    for come in (articles[:30], articles[:70], articles):
        found = group(come, memory, ((first, last),), of)
        assert found == group(come, None, ((first, last),), of)
    homes = stories_of(found) if of == "story" else [{a.id for a in topic.articles} for topic in found]
    assert any({first, last} <= home for home in homes)
    assert group(articles, memory) == free


@pytest.mark.parametrize("of", ["story", "topic"])
def test_what_is_apart_stays_apart(of: str) -> None:
    articles, memory = make_archive(80, 13, undated=0), Kept()
    free = group(articles, memory)
    homes = stories_of(free) if of == "story" else [{story.articles[0].id for story in topic.stories} for topic in free]
    pairs = tuple((min(home), max(home)) for home in homes if len(home) > 1)
    texts = {a.id: n for n, text in enumerate(find_texts(articles, Grouping())) for a in text.articles}
    pairs = tuple((a, b) for a, b in pairs if texts[a] != texts[b])
    assert pairs
    bound = group(articles, memory, (), of, pairs)
    assert bound == group(articles, None, (), of, pairs)
    homes = stories_of(bound) if of == "story" else [{a.id for a in topic.articles} for topic in bound]
    assert not any({a, b} <= home for home in homes for a, b in pairs)


def test_copy_of_holds_at_any_distance_and_other_copies_in_the_window() -> None:
    articles = sorted(make_archive(90, 17, undated=0), key=lambda a: a.order)
    original, memory = articles[1], Kept()
    group(articles, memory)

    def with_copy(days: int, copy_of: str | None) -> tuple[Text, ...]:
        published = When(original.published.day + timedelta(days)) if original.published else None
        come = [*articles, replace(original, id="copy", published=published, copy_of=copy_of)]
        found = find_texts(come, Grouping(), memory=memory)
        assert found == find_texts(come, Grouping())
        assert group(come, memory) == group(come)
        return found

    def are_one(found: Sequence[Text]) -> bool:
        return any({original.id, "copy"} <= {a.id for a in text.articles} for text in found)

    assert are_one(with_copy(80, original.id))
    assert are_one(with_copy(2, None))
    assert not are_one(with_copy(80, None))


def test_an_undated_article_joins_what_it_reports_however_long_ago() -> None:
    articles, memory = sorted(make_archive(90, 19, undated=0), key=lambda a: a.order), Kept()
    event = next(story for story in stories_of(group(articles, memory)) if len(story) > 2 and story < {a.id for a in articles[:30]})
    one = next(a for a in articles if a.id in event)
    come = [replace(a, published=None) if a is one else a for a in articles]
    found = group(come, memory)
    assert found == group(come)
    assert any(one.id in story and len(story) > 1 for story in stories_of(found))


def test_a_topic_is_closed_after_its_window() -> None:
    def report(ident: str, day: int) -> Article:
        text = ("Envoy Petra Lindal of Orvane opened the Lume crossing to Kesh. The border commission counted mines along the crossing, "
                f"closed for nine years, said {NAMES[day % 30]}.")
        return Article(id=ident, path=Path("a.md"), title="The Lume crossing", text=text, lang="en", published=When(FIRST + timedelta(day)))

    others = [replace(a, id=f"x{a.id}") for a in make_archive(100, 23, undated=0)]
    near, far = ([report("one", 0), report("two", 25), *others], [report("one", 0), report("two", 80), *others])
    assert any({"one", "two"} <= {a.id for a in topic.articles} for topic in group(near))
    assert not any({"one", "two"} <= {a.id for a in topic.articles} for topic in group(far))
