"""Articles come one by one: ids and addresses stay, and what has come last decides, not in which order it came."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from editing import PRESS, article, decided, overrides
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.archive import tell_editions
from digest.content import read_articles
from digest.editors.overrides import NO_OVERRIDES, Overrides
from digest.models import Article, Citation, Title, Topic
from digest.outlets import settle_outlets
from digest.pipeline import Digest, make_digest
from digest.record_files import read_editions, read_ledger, write_edition, write_ledger
from digest.records import EditionRecord, Given, Ledger, TopicRecord, assign, forwarding, record_edition, record_ledger
from digest.rights import QuoteBudget
from digest.segment import segment_article
from digest.settings import Settings, load_settings

CONTENT = Path(__file__).parent.parent / "content"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is recorded so far."""

    ledger: Ledger = field(default_factory=Ledger)
    records: tuple[EditionRecord, ...] = ()

    def make(self, config: Settings, articles: Sequence[Article], rules: Overrides = NO_OVERRIDES, *, summarized: bool = False) -> Digest:
        return make_digest(config, articles, (), self.ledger, self.records, overrides=rules, summarized=summarized)

    def after(self, digest: Digest) -> "Memory":
        """Return the memory once this digest is recorded."""
        record = record_edition(digest.edition, self.records)
        others = tuple(r for r in self.records if record is None or r.day != record.day)
        return Memory(record_ledger(self.ledger, digest.edition.topics), (*others, *((record,) if record else ())))


@pytest.fixture(scope="module")
def config() -> Settings:
    return load_settings(CONTENT)


@pytest.fixture(scope="module")
def sample_articles(config: Settings) -> tuple[Article, ...]:
    return tuple(segment_article(a) for a in settle_outlets(read_articles(CONTENT).articles, config))


def homes(digest: Digest) -> dict[str, Topic]:
    """Return the topic of each article."""
    return {a.id: topic for topic in digest.edition.topics for a in topic.articles}


def check_addresses(memory: Memory, digest: Digest) -> None:
    """Every address given so far is a page, or leads on to the topic that has most of its articles."""
    live = {topic.slug: topic for topic in digest.edition.topics}
    assert len(live) == len(digest.edition.topics)
    now = homes(digest)
    for ident, given_id in memory.ledger.topics.items():
        slug = given_id.slug or ""
        assert slug in live or slug in digest.forwards
        if slug in live:
            assert live[slug].id == ident
        else:
            parts = Counter(now[a].id for a in given_id.articles)
            target = digest.forwards[slug]
            assert target
            assert parts[target.id] == max(parts.values())


def check_ids(memory: Memory, digest: Digest) -> None:
    """A topic that kept all its articles and swallowed no other keeps its id; of a split one the larger part does."""
    now = homes(digest)
    recorded = {a: ident for ident, row in memory.ledger.topics.items() if not row.former for a in row.articles}
    for ident, row in memory.ledger.topics.items():
        parts = Counter(now[a].id for a in row.articles if a in now)
        takers = {now[a].id for a in row.articles if a in now}
        if row.former or not parts:
            continue
        if len(takers) == 1:
            home = now[row.articles[0]]
            others = Counter(recorded[a.id] for a in home.articles if a.id in recorded)
            assert home.id == ident or others[home.id] >= others[ident]
        elif parts.most_common(1)[0][1] > parts.most_common(2)[1][1]:
            largest = next(t for t in digest.edition.topics if t.id == parts.most_common(1)[0][0])
            others = Counter(recorded[a.id] for a in largest.articles if a.id in recorded)
            assert largest.id == ident or others[largest.id] >= others[ident]


def arrive(config: Settings, order: Sequence[Article], steps: Sequence[int]) -> Iterator[tuple[Memory, Digest]]:
    """Yield what was recorded before, and the digest, each time articles have come; all is recorded."""
    memory = Memory()
    for count in steps:
        digest = memory.make(config, order[:count])
        yield memory, digest
        memory = memory.after(digest)


def test_the_sample_comes_article_by_article(config: Settings, sample_articles: Sequence[Article]) -> None:
    moved = 0
    for memory, digest in arrive(config, sample_articles, range(1, len(sample_articles) + 1)):
        check_addresses(memory, digest)
        check_ids(memory, digest)
        now = homes(digest)
        moved += sum(now[a].id != ident for ident, row in memory.ledger.topics.items() if not row.former for a in row.articles)
    assert moved <= len(sample_articles) / 2, "hardly an article changes its topic once it has one"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_sample_comes_in_any_order(config: Settings, sample_articles: Sequence[Article], seed: int) -> None:
    order = random.Random(seed).sample(sample_articles, len(sample_articles))
    for memory, digest in arrive(config, order, [*range(4, len(order), 5), len(order)]):
        check_addresses(memory, digest)
        check_ids(memory, digest)


def test_given_the_same_ledger_the_order_of_articles_does_not_matter(config: Settings, sample_articles: Sequence[Article]) -> None:
    *_, (memory, last) = arrive(config, sample_articles, [10, 30, len(sample_articles)])
    for seed in range(3):
        assert memory.make(config, random.Random(seed).sample(sample_articles, len(sample_articles))) == last


def test_a_new_article_leaves_the_topics_alone_that_it_does_not_join(config: Settings, sample_articles: Sequence[Article]) -> None:
    before = Memory().make(config, sample_articles, summarized=True)
    new = article("zebra", "A zebra of the zoo of Quillon has learnt to open its gate. Keeper Ida Broom bought a padlock.", "2026-10-30")
    memory = Memory().after(before)
    after = memory.make(config, [*sample_articles, new], summarized=True)
    assert homes(after)["zebra"].articles == (next(a for a in after.articles if a.id == "zebra"),)
    kept = {topic.id: topic for topic in after.edition.topics}
    assert [(t.id, t.slug, t.articles, t.title) for t in before.edition.topics] == [
        (k.id, k.slug, k.articles, k.title) for t in before.edition.topics for k in (kept[t.id],)]
    assert [t.summary for t in before.edition.topics] == [kept[t.id].summary for t in before.edition.topics]


@pytest.mark.parametrize(("first", "then", "keeps"), [
    ("topics: [{together: [bridge-a, honey]}]", "", {"bridge-a": True, "honey": False}),
    ("topics: [{together: [honey, heron]}, {together: [honey, bridge-a]}]", "topics: [{together: [honey, heron]}]",
     {"bridge-a": True, "honey": False}),
    ("", "topics: [{together: [bridge-a, honey]}]", {"bridge-a": True, "honey": True}),
])
def test_the_larger_part_keeps_the_id(tmp_path: Path, first: str, then: str, keeps: Mapping[str, bool]) -> None:
    before = decided(tmp_path, first)
    was = homes(before)["bridge-a"]
    ledger = record_ledger(Ledger(), before.edition.topics)
    after = decided(tmp_path, then, ledger=ledger)
    now = homes(after)
    assert {name: (now[name].id, now[name].slug) == (was.id, was.slug) for name in keeps} == keeps
    check_addresses(Memory(ledger), after)


def test_a_merged_topic_leads_on_and_comes_back_when_it_is_split_off(tmp_path: Path) -> None:
    apart = decided(tmp_path)
    honey, bridge = homes(apart)["honey"], homes(apart)["bridge-a"]
    memory = Memory().after(apart)
    merged = decided(tmp_path, "topics: [{together: [bridge-a, honey]}]", ledger=memory.ledger)
    assert homes(merged)["honey"].id == bridge.id
    assert merged.forwards == {honey.slug: homes(merged)["honey"]}
    memory = memory.after(merged)
    assert memory.ledger.topics[honey.id] == Given(("honey",), honey.slug, former=True)
    again = decided(tmp_path, ledger=memory.ledger)
    assert (homes(again)["honey"].id, homes(again)["honey"].slug, homes(again)["bridge-a"].id) == (honey.id, honey.slug, bridge.id)
    assert not record_ledger(memory.ledger, again.edition.topics).topics[honey.id].former


def test_a_former_id_takes_nothing_from_the_one_that_is_borne(tmp_path: Path) -> None:
    ledger = {"t-a": Given(("x", "y"), "a", former=True), "t-b": Given(("x", "y", "z"), "b")}
    assert assign([["x", "y"]], ledger, "t") == ["t-b"]
    assert assign([["x", "y"], ["z"]], ledger, "t")[0] == "t-b"
    write_ledger(tmp_path, Ledger(ledger, {}))
    assert read_ledger(tmp_path).topics == ledger


IDS = st.sets(st.sampled_from("abcdefgh"), min_size=1)


@settings(max_examples=200)
@given(st.lists(IDS, min_size=2, max_size=6))
def test_every_address_leads_somewhere_while_its_articles_are_here(chosen: list[set[str]]) -> None:
    """Each step groups articles anew: one chosen group, the others alone."""
    ledger, seen = Ledger(), set[str]()
    for members in chosen:
        groups = [sorted(members), *([name] for name in "abcdefgh" if name not in members)]
        groups = sorted(groups)
        idents = assign(groups, ledger.topics, "t")
        rows = {ident: Given(tuple(group), f"slug-{ident}") for ident, group in zip(idents, groups, strict=True)}
        before = {ident: set(row.articles) for ident, row in ledger.topics.items() if not row.former}
        for ident, group in zip(idents, groups, strict=True):
            same = [i for i, articles in before.items() if articles == set(group)]
            assert not same or same == [ident], "nothing changed"
        former = {ident: replace(row, former=True) for ident, row in ledger.topics.items()}
        ledger = Ledger({**former, **rows}, {})
        assert seen <= set(ledger.topics)
        seen |= set(rows)


def test_an_editors_title_changes_no_address_and_is_told_again(tmp_path: Path) -> None:
    first = decided(tmp_path, "titles: [{topic: honey, title: {en: The honey affair, tr: Bal}}]\n")
    record = record_edition(first.edition, ())
    assert record
    path = write_edition(tmp_path, record)
    again, = read_editions(tmp_path)
    row = next(t for t in again.topics if t.title == "The honey affair")
    assert (row.title_article, row.title_lang, row.title_from, again) == ("", "en", "editor", record)
    page, = tell_editions([again], {}, (), QuoteBudget(first.settings))
    assert Title("The honey affair", "en", "editor") in [topic.title for topic in page.topics]
    assert all(topic.article is None and topic.lost for topic in page.topics)
    assert path.name == "2031-07-01.json"


@pytest.mark.parametrize(("title", "told"), [
    (("Orvane, drawbridge", "", "en", "terms", ("Orvane", "drawbridge")),
     Title("Orvane, drawbridge", "en", "terms", None, ("Orvane", "drawbridge"))),
    (("Old headline", "honey", "en", "article", ()), Title("New headline", "en", "article", replace(PRESS[2], title="New headline"))),
    (("Old headline", "gone", "tr", "article", ()), Title("Old headline", "tr", "article")),
])
def test_a_recorded_title_is_told_again(tmp_path: Path, title: tuple[str, str, str, str, tuple[str, ...]], told: Title) -> None:
    text, of, lang, origin, terms = title
    write_edition(tmp_path, EditionRecord(date(2031, 7, 1), (TopicRecord("t-1", "a-1", text, of, (), (), lang, origin, terms),)))
    page, = tell_editions(read_editions(tmp_path), {"honey": replace(PRESS[2], title="New headline")}, (), QuoteBudget(Settings(title="T")))
    assert [(topic.title, topic.article) for topic in page.topics] == [(told, told.article)]


def test_a_record_without_the_origin_of_its_titles_is_read_still(tmp_path: Path) -> None:
    path = write_edition(tmp_path, EditionRecord(date(2031, 7, 1), (TopicRecord("t-1", "a-1", "A", "a", ()),)))
    rows = json.loads(path.read_text("utf-8"))
    for key in ("title_lang", "title_from"):
        del rows["topics"][0][key]
    path.write_text(json.dumps(rows), "utf-8")
    assert read_editions(tmp_path)[0].topics[0] == TopicRecord("t-1", "a-1", "A", "a", (), (), "und", "article")


def test_what_findings_quote_is_recorded_once(tmp_path: Path) -> None:
    digest = decided(tmp_path)
    topic = homes(digest)["honey"]
    honey, = topic.articles
    cited = [Citation.of(honey, sentence) for sentence in honey.sentences]
    plain = record_edition(digest.edition, ())
    full = record_edition(digest.edition, (), {topic.id: [*cited, *cited]})
    assert plain
    assert full
    one, other = (next(t for t in record.topics if t.id == topic.id) for record in (plain, full))
    quotes = [quote.quote for point in (*other.points, *other.story_points) for quote in point]
    assert {c.quote for c in cited} <= set(quotes)
    assert other.points == one.points
    assert other.story_points[:len(one.story_points)] == one.story_points
    new = other.story_points[len(one.story_points):]
    assert len(set(new)) == len(new)
    assert all(len(point) == 1 for point in new)


def test_forwards_need_the_articles(tmp_path: Path) -> None:
    digest = decided(tmp_path, press=PRESS[:2])
    ledger = Ledger({"t-x": Given(("honey",), "honey-1"), "t-y": Given(("honey", "bridge-b"), "bridge-1")}, {})
    assert forwarding(ledger, digest.edition.topics) == {"honey-1": None, "bridge-1": digest.edition.topics[0]}


def test_overrides_and_the_ledger_together_are_stable(tmp_path: Path, config: Settings, sample_articles: Sequence[Article]) -> None:
    pair = "mothers-wait-at-tirsa-as-prisoners-walk-home, ada-renholt-17-wins-open-chess-title-in-hesk"
    rules = overrides(tmp_path, f"topics: [{{together: [{pair}]}}]\n")
    first = Memory().make(config, sample_articles, rules)
    memory = Memory().after(first)
    again = memory.make(config, sample_articles[::-1], rules)
    assert [t.id for t in first.edition.topics] == [t.id for t in again.edition.topics]
    assert memory.after(again).ledger == memory.ledger
