"""The editors' rules bind what stands together, part no copies, and never contradict one another."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from editing import BRIDGE, PRESS, article, decided, stories, topics
from hypothesis import given
from hypothesis import strategies as st
from linking import link_averages

from digest.editors.overrides import Rule
from digest.editors.rules import settle_rules
from digest.models import Article

FILE = Path("overrides.yml")
ARTICLES = tuple(article(ident, f"Text {ident}.") for ident in "abcdef")


def singles(articles: Sequence[Article] = ARTICLES) -> list[list[Article]]:
    return [[a] for a in articles]


@pytest.mark.parametrize(("rules", "problem"), [
    ([("together", "ab"), ("apart", "ab")], "apart: two of these articles are put into one story by line 1"),
    ([("apart", "ab"), ("together", "ab")], "together: two of these articles are kept out of one story by line 1"),
    ([("together", "ae"), ("apart", "ab"), ("together", "ab")], "together: two of these articles are kept out of one story by line 2"),
    ([("together", "ab"), ("together", "bc"), ("apart", "ac")], "apart: two of these articles are put into one story by line 1 and 2"),
    ([("apart", "ac"), ("together", "ab"), ("together", "bc")], "together: two of these articles are kept out of one story by line 1"),
    ([("only", "ab"), ("together", "bc")], "together: some of these articles make one story of their own by line 1"),
    ([("together", "bc"), ("only", "ab")], "only: some of these articles make one story of their own by line 1"),
    ([("only", "ab"), ("only", "bc")], "only: some of these articles make one story of their own by line 1"),
    ([("only", "a"), ("together", "ab")], "together: some of these articles make one story of their own by line 1"),
    ([("only", "ab"), ("apart", "ab")], "apart: two of these articles are put into one story by line 1"),
])
def test_of_two_that_contradict_each_other_the_later_is_left_out(rules: list[tuple[str, str]], problem: str) -> None:
    rows = [Rule(what, tuple(names), line) for line, (what, names) in enumerate(rules, 1)]
    found = settle_rules(rows, singles(), FILE, "story")
    what, _, why = problem.partition(": ")
    assert found.warnings == (f"overrides.yml:{len(rules)}: {what} is not applied: {why}; take one of the rules out",)
    assert found.rules == tuple(rows[:-1])


@pytest.mark.parametrize("rules", [
    [("together", "ab"), ("together", "bc")], [("together", "ab"), ("only", "abc")], [("only", "abc"), ("together", "ab")],
    [("apart", "ab"), ("apart", "bc"), ("together", "ac")], [("only", "ab"), ("apart", "ac")], [("together", "ad"), ("close", "ab")],
])
def test_rules_that_agree_all_hold(rules: list[tuple[str, str]]) -> None:
    found = settle_rules([Rule(what, tuple(names), 1) for what, names in rules], singles(), FILE, "story")
    assert (len(found.rules), found.warnings) == (len(rules), ())


ONE_TEXT = "'a' and 'b', copies of one text, which counts once and tells one event; take one of them out of the rule"
ONE_EVENT = "'a' and 'b', which report one event; write stories: - apart: [a, b]"


@pytest.mark.parametrize(("of", "one"), [("story", ONE_TEXT), ("topic", ONE_EVENT)])
def test_what_is_one_is_not_kept_apart(of: str, one: str) -> None:
    groups = [list(ARTICLES[:2]), *singles(ARTICLES[2:])]
    found = settle_rules([Rule("apart", ("a", "b"), 4), Rule("apart", ("c", "a", "b"), 5)], groups, FILE, of)
    assert found.warnings == (f"overrides.yml:4: apart does not part {one}", f"overrides.yml:5: apart does not part {one}")
    assert found.rules == (Rule("apart", ("c", "a"), 5),)
    assert found.bounds.apart == ((0, 1),)


@pytest.mark.parametrize(("of", "one"), [("story", ONE_TEXT), ("topic", ONE_EVENT)])
def test_what_is_one_cannot_be_two_by_themselves(of: str, one: str) -> None:
    rules = [Rule("only", ("a",), 1), Rule("only", ("b",), 2), Rule("only", ("a", "gone"), 3)]
    found = settle_rules(rules, [list(ARTICLES[:2]), *singles(ARTICLES[2:])], FILE, of)
    assert [rule.line for rule in found.rules] == [1, 3]
    assert found.warnings[0] == f"overrides.yml:2: only is not applied: line 1 holds already for {one}"


def test_what_is_not_here_is_named_and_the_rest_holds() -> None:
    found = settle_rules([Rule("together", ("a", "b", "gone"), 7), Rule("apart", ("gone", "c"), 8)], singles(), FILE, "story")
    assert found.rules == (Rule("together", ("a", "b"), 7),)
    assert [warning.partition(": ")[0] for warning in found.warnings] == ["overrides.yml:7", "overrides.yml:8"]
    assert all("'gone', which is no article here" in warning for warning in found.warnings)
    near = settle_rules([Rule("together", ("bridge-a", "brigde-b"), 1)], singles(PRESS), FILE, "story")
    assert near.warnings == ("overrides.yml:1: together names 'brigde-b', which is no article here; did you mean 'bridge-b'?",)


RULE = st.tuples(st.sampled_from(["together", "apart", "only", "close"]),
                 st.lists(st.sampled_from("abcdef"), min_size=2, max_size=4, unique=True))
PAIR = st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1])


@given(st.lists(RULE, max_size=6), st.dictionaries(PAIR, st.floats(0.05, 1)), st.sampled_from([0.0, 0.6]))
def test_every_rule_that_holds_is_kept_whatever_the_scores(rules: list[tuple[str, list[str]]], pairs: dict[tuple[int, int], float],
                                                           inner: float) -> None:
    rows = [Rule(what, tuple(names), line) for line, (what, names) in enumerate(rules, 1)]
    found = settle_rules(rows, singles(), FILE, "story")
    assert len(found.rules) + len(found.warnings) == len(rows)
    groups = ["".join("abcdef"[n] for n in group) for group in link_averages(6, pairs, 0.3, inner, found.bounds)]
    homes = {name: group for group in groups for name in group}
    for rule in found.rules:
        reached = {homes[name] for name in rule.articles}
        assert len(reached) == (len(rule.articles) if rule.what == "apart" else 1)
        if rule.what == "only":
            assert reached == {"".join(sorted(rule.articles))}


@pytest.mark.parametrize(("rule", "found"), [
    ("", {"bridge-a bridge-b", "honey", "heron"}),
    ("  - together: [honey, heron]", {"bridge-a bridge-b", "honey heron"}),
    ("  - apart: [bridge-a, bridge-b]", {"bridge-a", "bridge-b", "honey", "heron"}),
    ("  - only: [bridge-b]", {"bridge-a", "bridge-b", "honey", "heron"}),
    ("  - only: [bridge-b, honey]", {"bridge-a", "bridge-b honey", "heron"}),
    ("  - together: [bridge-b, honey]", {"bridge-a bridge-b honey", "heron"}),
])
def test_stories_are_what_editors_want(tmp_path: Path, rule: str, found: set[str]) -> None:
    digest = decided(tmp_path, f"stories:\n{rule}\n")
    assert stories(digest) == {frozenset(names.split()) for names in found}
    assert digest.warnings == ()
    assert decided(tmp_path, f"stories:\n{rule}\n", PRESS[::-1]) == digest


@pytest.mark.parametrize(("rule", "found"), [
    ("  - together: [honey, heron]", {"bridge-a bridge-b", "honey heron"}),
    ("  - together: [bridge-a, heron]", {"bridge-a bridge-b heron", "honey"}),
])
def test_topics_are_what_editors_want(tmp_path: Path, rule: str, found: set[str]) -> None:
    digest = decided(tmp_path, f"topics:\n{rule}\n")
    assert topics(digest) == {frozenset(names.split()) for names in found}
    assert stories(digest) == {frozenset(names.split()) for names in ("bridge-a bridge-b", "honey", "heron")}


def test_events_are_not_told_apart_among_topics(tmp_path: Path) -> None:
    rule = "topics:\n  - apart: [bridge-a, bridge-b]\n"
    digest = decided(tmp_path, rule)
    problem = "apart does not part 'bridge-a' and 'bridge-b', which report one event; write stories: - apart: [bridge-a, bridge-b]"
    assert digest.warnings == (f"{tmp_path}/overrides.yml:2: {problem}",)
    assert not any(topic.decisions for topic in digest.edition.topics)
    parted = decided(tmp_path, f"stories:\n  - apart: [bridge-a, bridge-b]\n{rule}")
    assert parted.warnings == ()
    assert {frozenset({"bridge-a"}), frozenset({"bridge-b"})} < topics(parted)


def test_a_rule_on_a_topic_moves_whole_events(tmp_path: Path) -> None:
    digest = decided(tmp_path, "topics:\n  - together: [bridge-a, honey]\n  - only: [bridge-a, honey]\n")
    assert frozenset({"bridge-a", "bridge-b", "honey"}) in topics(digest)
    assert digest.warnings == ()


COPY = article("bridge-copy", BRIDGE, "2031-05-06")


@pytest.mark.parametrize("rule", ["apart: [bridge-a, bridge-copy]", "only: [bridge-copy]", "only: [bridge-a, bridge-b]"])
def test_no_rule_makes_a_copy_a_separate_text(tmp_path: Path, rule: str) -> None:
    digest = decided(tmp_path, f"stories:\n  - {rule}\n", (*PRESS, COPY))
    texts = {frozenset(a.id for a in text.articles) for topic in digest.edition.topics for text in topic.texts}
    assert frozenset({"bridge-a", "bridge-copy"}) in texts
    told = [d.what for topic in digest.edition.topics for d in topic.decisions]
    if rule.startswith("apart"):
        warning, = digest.warnings
        assert warning.startswith(f"{tmp_path}/overrides.yml:2: apart does not part 'bridge-a' and 'bridge-copy', copies of one text")
        assert told == []
    else:
        assert (digest.warnings, told) == ((), ["only"])
