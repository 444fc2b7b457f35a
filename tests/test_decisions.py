"""What editors decide about topics holds and is told; what does not apply any more is a warning."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from editing import OPEN, PRESS, article, decided, stories, topics

from digest.editors.decisions import pin_of
from digest.marks import anchor
from digest.models import Topic
from digest.pipeline import Digest
from digest.records import Ledger, record_ledger
from digest.segment import segment_article
from digest.settings import Outlet
from digest.tell import tell_stories

LATER_HERON = article("heron-gone", "The heron of Sill has left the fountain again, mayor Tove Lund of Sill said. "
                                    "Children of Sill miss the heron: nobody wants their herrings after school now.", "2031-07-03")


def home(digest: Digest, ident: str) -> Topic:
    """Return the topic of an article."""
    return next(topic for topic in digest.edition.topics if ident in {a.id for a in topic.articles})


def mark(ident: str, number: int) -> str:
    """Return what editors call a sentence of the press."""
    found = segment_article(next(a for a in PRESS if a.id == ident))
    sentence = found.sentences[number]
    return f"{ident}#{anchor(found.text, sentence.start, sentence.end)}"


def sentence(ident: str, number: int) -> str:
    found = segment_article(next(a for a in PRESS if a.id == ident))
    return found.text[found.sentences[number].start:found.sentences[number].end]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """What was recorded of the press."""
    return record_ledger(Ledger(), decided(tmp_path_factory.mktemp("plain")).edition.topics)


@pytest.mark.parametrize(("languages", "title", "lang"), [
    (("en",), "The stuck bridge", "en"), (("tr", "en"), "Köprü açılmıyor", "tr"), (("tr-TR",), "Köprü açılmıyor", "tr"),
    (("ru",), "The stuck bridge", "en"),
])
def test_a_title_is_in_the_language_of_the_site(tmp_path: Path, languages: tuple[str, ...], title: str, lang: str) -> None:
    text = "titles: [{topic: bridge-b, title: {en: The stuck bridge, tr: Köprü açılmıyor}}]\n"
    plain = home(decided(tmp_path, settings=replace(OPEN, languages=languages)), "bridge-a")
    topic = home(decided(tmp_path, text, settings=replace(OPEN, languages=languages)), "bridge-a")
    assert (topic.title.text, topic.title.lang, topic.title.origin, topic.title.article) == (title, lang, "editor", None)
    assert (topic.id, topic.slug) == (plain.id, plain.slug)
    assert [d.what for d in topic.decisions] == ["title"]


def test_a_pinned_sentence_stands_first_and_a_dropped_one_nowhere(tmp_path: Path) -> None:
    plain = home(decided(tmp_path), "honey")
    assert sentence("honey", 0) in [p.text for p in plain.summary]
    digest = decided(tmp_path, f"keypoints: [{{topic: honey, pin: {mark('honey', 2)}, drop: {mark('honey', 0)}, why: dull}}]\n")
    topic = home(digest, "honey")
    assert topic.summary[0].text == sentence("honey", 2)
    said = [p.text for p in (*topic.summary, *(p for s in topic.stories for p in s.summary))]
    assert sentence("honey", 0) not in said
    assert [(d.what, [a.id for a in d.articles], d.why) for d in topic.decisions] == [
        ("keypoint-drop", ["honey"], "dull"), ("keypoint-pin", ["honey"], "dull")]
    assert digest.warnings == ()


def test_pinned_sentences_stand_in_the_editors_order(tmp_path: Path) -> None:
    pins = f"{mark('bridge-b', 1)}, {mark('bridge-a', 1)}"
    topic = home(decided(tmp_path, f"keypoints: [{{topic: bridge-a, pin: [{pins}]}}]\n"), "bridge-a")
    assert [p.text for p in topic.summary[:2]] == [sentence("bridge-b", 1), sentence("bridge-a", 1)]


@pytest.mark.parametrize(("until", "first", "warned"), [("2031-07-01", "honey", 0), ("2031-08-01", "honey", 0), ("2031-06-30", "heron", 1)])
def test_a_topic_is_pinned_until_a_day(tmp_path: Path, until: str, first: str, warned: int) -> None:
    digest = decided(tmp_path, f"pin: [{{topic: honey, until: {until}}}]\n")
    assert digest.edition.day == date(2031, 7, 1)
    assert digest.edition.topics[0] == home(digest, first)
    assert (pin_of(home(digest, "honey")) is None) == bool(warned)
    assert len(digest.warnings) == warned
    assert all("overrides.yml:1: pin of 'honey' held until 2031-06-30" in warning for warning in digest.warnings)


def test_a_topic_may_be_pinned_for_good(tmp_path: Path) -> None:
    assert decided(tmp_path, "pin: [{topic: honey}]\n").edition.topics[0].articles[0].id == "honey"


def test_nothing_joins_a_closed_topic(tmp_path: Path, ledger: Ledger) -> None:
    press = (*PRESS, LATER_HERON)
    assert frozenset({"heron", "heron-gone"}) in topics(decided(tmp_path, press=press, ledger=ledger))
    for name in ("heron", next(ident for ident, given in ledger.topics.items() if given.articles == ("heron",))):
        split = decided(tmp_path, f"stories: [{{apart: [heron, heron-gone]}}]\nclose: [{{topic: {name}}}]\n", press=press, ledger=ledger)
        assert {frozenset({"heron"}), frozenset({"heron-gone"})} <= topics(split)
        assert [d.what for d in home(split, "heron").decisions] == ["apart", "close"]
        assert home(split, "heron").id != home(split, "heron-gone").id
        assert split.warnings == ()


def test_a_closed_topic_of_which_an_article_is_gone_stays_closed(tmp_path: Path, ledger: Ledger) -> None:
    digest = decided(tmp_path, "close: [{topic: bridge-a}]\n", press=PRESS[1:], ledger=ledger)
    assert [d.what for d in home(digest, "bridge-b").decisions] == ["close"]
    assert digest.warnings == ()


def test_a_hidden_article_is_left_out_with_its_reason(tmp_path: Path) -> None:
    digest = decided(tmp_path, "hide: [{article: heron, why: a rumour}, {article: honey}]\n")
    assert [(row.path.stem, row.reason) for row in digest.edition.left_out] == [
        ("honey", "hidden by an editor"), ("heron", "hidden by an editor: a rumour")]
    assert stories(digest) == {frozenset({"bridge-a", "bridge-b"})}


def test_a_hidden_article_is_told_on_the_topic_that_it_would_be_in(tmp_path: Path) -> None:
    digest = decided(tmp_path, "hide: [{article: bridge-b, why: a rumour}, {article: honey}]\n")
    told = {topic.articles[0].id: [(d.what, d.line, [a.id for a in d.articles], d.why) for d in topic.decisions]
            for topic in digest.edition.topics}
    assert told == {"bridge-a": [("hide", 1, ["bridge-b"], "a rumour")], "heron": []}
    assert digest.warnings == ()


def test_a_hidden_article_would_be_where_editors_put_it(tmp_path: Path) -> None:
    digest = decided(tmp_path, "topics: [{together: [bridge-a, heron]}, {together: [honey, heron]}]\nhide: [{article: heron}]\n")
    assert {first: [d.what for d in home(digest, first).decisions] for first in ("bridge-a", "honey")} == {
        "bridge-a": ["hide"], "honey": ["hide"]}


def test_corrections_stand_newest_first(tmp_path: Path) -> None:
    rows = "".join(f"  - {{topic: bridge-a, date: {day}, by: Ada Vint, text: {text}}}\n"
                   for day, text in (("2031-05-06", "One"), ("2031-05-08", "Two"), ("2031-05-08", "Three")))
    topic = home(decided(tmp_path, f"corrections:\n{rows}"), "bridge-b")
    assert [(note.text, note.day, note.by, note.line) for note in topic.corrections] == [
        ("Three", date(2031, 5, 8), "Ada Vint", 4), ("Two", date(2031, 5, 8), "Ada Vint", 3), ("One", date(2031, 5, 6), "Ada Vint", 2)]


def test_each_topic_tells_the_rules_that_name_its_articles_with_both_sides(tmp_path: Path) -> None:
    digest = decided(tmp_path, "stories:\n  - together: [bridge-a, bridge-b]\n  - apart: [bridge-a, honey]\n"
                               "topics:\n  - apart: [honey, heron]\n")
    told = {first: [(d.what, d.line, [a.id for a in d.articles]) for d in home(digest, first).decisions]
            for first in ("bridge-a", "honey", "heron")}
    sides = ("apart", 3, ["bridge-a", "honey"])
    assert told == {"bridge-a": [("together", 2, ["bridge-a", "bridge-b"]), sides],
                    "honey": [sides, ("topics-apart", 5, ["honey", "heron"])], "heron": [("topics-apart", 5, ["honey", "heron"])]}


def test_the_tree_of_stories_tells_decisions(tmp_path: Path) -> None:
    digest = decided(tmp_path, "stories:\n  - together: [bridge-a, bridge-b]\npin: [{topic: bridge-a}]\n")
    tree = tell_stories(digest).splitlines()
    assert tree[0].startswith(home(digest, "bridge-a").title.text)
    assert tree[1] == "│  editors: together (line 2), pin (line 3)"
    assert sum("editors:" in line for line in tree) == 1


def test_a_topic_is_found_by_a_recorded_id_after_it_was_merged(tmp_path: Path, ledger: Ledger) -> None:
    old = next(ident for ident, given in ledger.topics.items() if given.articles == ("honey",))
    text = f"topics: [{{together: [honey, bridge-a]}}]\ntitles: [{{topic: {old}, title: {{en: Both}}}}]\n"
    digest = decided(tmp_path, text, ledger=ledger)
    assert home(digest, "bridge-a").title.text == "Both"
    assert digest.warnings == ()


GONE = "honey#s-00000000"


@pytest.mark.parametrize(("text", "warning"), [
    ("titles: [{topic: t-1, title: {en: A}}]", "1: titles names the topic 't-1', which is not here; mend the id or take it out"),
    ("titles: [{topic: bridge-c, title: {en: A}}]", "1: titles names the topic 'bridge-c', which is not here; did you mean 'bridge-b'?"),
    ("titles:\n - {topic: honey, title: {en: A}}\n - {topic: honey, title: {en: B}}", "3: titles: line 2 gives this topic a title already"),
    ("pin: [{topic: t-1}]", "1: pin names the topic 't-1'"),
    ("close: [{topic: t-1}]", "1: close names 't-1', which is not recorded; mend the id, or record it first"),
    ("hide: [{article: brigde-a}]", "1: hide names 'brigde-a', which is no article here; did you mean 'bridge-a'?"),
    ("corrections: [{topic: t-1, date: 2031-05-05, by: A, text: B}]", "1: corrections names the topic 't-1'"),
    ("keypoints: [{topic: t-1, drop: [a#s-00000000]}]", "1: keypoints names the topic 't-1'"),
    (f"keypoints: [{{topic: honey, pin: [{GONE}]}}]", f"1: pin names {GONE}, which is no sentence of this topic"),
    (f"keypoints: [{{topic: honey, drop: [{GONE}]}}]", f"1: drop names {GONE}, which is no sentence of this topic"),
    (f"keypoints: [{{topic: honey, drop: [{mark('heron', 0)}]}}]", "which is no sentence of this topic"),
    (f"keypoints: [{{topic: honey, pin: [{mark('honey', 0)}], drop: [{mark('honey', 0)}]}}]", "which is pinned already"),
    (f"keypoints:\n - {{topic: honey, drop: [{mark('honey', 0)}]}}\n - {{topic: honey, pin: [{mark('honey', 0)}]}}",
     "which is dropped already"),
    ("hide:\n - {article: honey, why: A}\n - {article: honey, why: B}", "3: hide: line 2 hides 'honey' already; this one is not applied"),
    ("pin:\n - {topic: honey}\n - {topic: honey, until: 2031-08-01}", "3: pin: line 2 pins this topic already; this one is not applied"),
    ("hide_names:\n - Tove Lund\n - Tove Lunt", "3: hide_names names 'Tove Lunt', which stands in no article; mend the name"),
    ("hide_names: [Lun]", "1: hide_names names 'Lun', which stands in no article"),
    ("corrections:\n - topic: honey\n   date: 2031-08-02\n   by: A\n   text: B",
     "5: corrections: 2031-08-02 is long after the newest article, of 2031-07-01; mend the day"),
    ("hide: [{article: bridge-a}]\ntopics: [{apart: [bridge-a, honey]}]", "2: apart names 'bridge-a', which line 1 hides; take one"),
    ("hide: [{article: bridge-a}]\npin: [{topic: bridge-a}]", "2: pin names the topic of 'bridge-a', which line 1 hides; name another"),
    ("stories: [{together: [honey, gone]}]", "1: together names 'gone', which is no article here"),
])
def test_a_decision_that_does_not_apply_is_a_warning(tmp_path: Path, text: str, warning: str) -> None:
    digest = decided(tmp_path, text + "\n")
    assert len(digest.warnings) == 1
    assert warning in digest.warnings[0]
    assert digest.warnings[0].startswith(f"{tmp_path}/overrides.yml:")


def test_a_closed_topic_that_is_gone_is_a_warning(tmp_path: Path, ledger: Ledger) -> None:
    digest = decided(tmp_path, "close: [{topic: heron}]\n", press=PRESS[:3], ledger=ledger)
    assert digest.warnings == (f"{tmp_path}/overrides.yml:1: close names 'heron', whose articles are all gone; take it out",)


@pytest.mark.parametrize("text", ["hide_names: [tove lund, Hánne Brix]", "corrections: [{topic: honey, date: 2031-08-01, by: A, text: B}]"])
def test_a_decision_that_applies_is_no_warning(tmp_path: Path, text: str) -> None:
    assert decided(tmp_path, f"{text}\n").warnings == ()


NARROW = replace(OPEN, outlets={"open": Outlet(id="open", name="Open", rights="excerpt", quote_limit=0.4)})


def test_a_pinned_sentence_that_may_not_be_quoted_is_a_warning_and_not_told(tmp_path: Path) -> None:
    closed = replace(OPEN, outlets={"open": Outlet(id="open", name="Open", rights="link")})
    digest = decided(tmp_path, f"keypoints: [{{topic: honey, pin: [{mark('honey', 0)}], why: dull}}]\n", settings=closed)
    warning, = digest.warnings
    assert warning.startswith(f"{tmp_path}/overrides.yml:1: pin names {mark('honey', 0)}, which is not quoted: ")
    assert home(digest, "honey").decisions == ()


def test_of_pinned_sentences_those_that_are_quoted_are_told(tmp_path: Path) -> None:
    """The limit leaves room for one sentence of an article, not for two."""
    pins = f"{mark('bridge-a', 1)}, {mark('bridge-a', 0)}, {mark('bridge-b', 1)}"
    digest = decided(tmp_path, f"keypoints:\n  - topic: bridge-a\n    pin: [{pins}]\n"
                               f"  - {{topic: bridge-a, pin: {mark('bridge-a', 2)}}}\n", settings=NARROW)
    topic = home(digest, "bridge-a")
    assert [point.citations[0].article.id for point in topic.summary[:2]] == ["bridge-a", "bridge-b"]
    assert [(d.what, d.line, [a.id for a in d.articles]) for d in topic.decisions] == [("keypoint-pin", 2, ["bridge-a", "bridge-b"])]
    assert [mark("bridge-a", number) in warning for number, warning in zip((0, 2), digest.warnings, strict=True)] == [True, True]


def test_decisions_are_the_same_whatever_the_order_of_articles(tmp_path: Path) -> None:
    text = (f"stories: [{{together: [honey, heron]}}]\nkeypoints: [{{topic: honey, pin: [{mark('honey', 1)}]}}]\npin: [{{topic: heron}}]\n"
            "titles: [{topic: bridge-a, title: {en: A}}]\n")
    assert decided(tmp_path, text) == decided(tmp_path, text, PRESS[::-1])
