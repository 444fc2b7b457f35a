"""Articles of one event come together, look-alikes and other days do not."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linking import Pairs, link_averages

from digest.dedupe import find_texts
from digest.group import Grouped, group_texts
from digest.models import Article, When
from digest.segment import segment_article
from digest.settings import Grouping
from digest.topics import group_stories
from digest.why import Reasons

FERRY = ("Two people died when the ferry Ostra Lume ran aground near Port Valkessa on Monday, the coast guard of Marenia said. "
         "Captain Ivo Bardin had reported engine trouble at 14:35; 212 passengers were taken off by fishing boats.")
FERRY_LATER = ("The ferry Ostra Lume, which ran aground off Port Valkessa with 212 passengers, had engine trouble, the coast guard said. "
               "Its captain Ivo Bardin was questioned by the police of Marenia; two passengers died.")
FERRY_TRIAL = ("A court in Marenia opened its inquiry on Monday. The owner of the Ostra Lume must say why no radio was on board, judge "
               "Tora Venn said; Captain Ivo Bardin is expected as a witness in Port Valkessa next week.")
OTHER_FERRY = ("Three people died when the ferry Kestrel Bay caught fire near Hollin Sound on Friday, the coast guard of Torvald said. "
               "Captain Mette Strand had reported smoke at 06:10; 87 passengers were taken off by a tanker.")
DAM = ("Engineers began to fill the reservoir behind the Sirel dam, Energy Minister Una Tarkov said in Drenovar. "
       "Farmers of the valley fear for 3,400 hectares of orchards; a court in Drenovar hears them in June.")
VACCINE = ("Doctors gave the first of 60,000 vaccine doses in the schools of Rashel, after measles had put 148 children into hospital. "
           "The head of the clinic, Samira Nadel, asked parents to bring their papers.")
EVENT = {
    "en": "Presidents Alina Temirov and Josef Kadlan signed the Valkessa treaty on 14 May 2024; "
          "1,250 soldiers leave Bardinov by 2026, said Orlan Misket.",
    "tr": "Alina Temirov ile Josef Kadlan 14 Mayıs 2024'te Valkessa antlaşmasını imzaladı; "
          "Orlan Misket, 1.250 askerin 2026'ya dek Bardinov'dan çıkacağını söyledi.",
    "ru": "Алина Темиров и Йозеф Кадлан подписали 14 мая 2024 года договор в Валькессе; "
          "1250 солдат уйдут из Бардинова до 2026 года, сказал Орлан Мискет.",
    "ar": "وقعت ألينا تيميروف وجوزيف كادلان معاهدة فالكيسا في 14 مايو 2024، وسيغادر 1250 جنديا باردينوف قبل 2026، قال أورلان ميسكيت",
}


def article(ident: str, text: str, published: str | None = None, lang: str = "en", title: str = "") -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title=title or text[:50], text=text, lang=lang,
                   published=When.parse(published) if published else None))


def groups(*articles: Article, language: str = "en") -> tuple[Grouped, ...]:
    return group_texts(find_texts(articles, Grouping()), Grouping(), language)


def ids(found: tuple[Grouped, ...]) -> list[list[str]]:
    return [[a.id for a in group.articles] for group in found]


@pytest.mark.parametrize(("other", "published", "together"), [
    (FERRY_LATER, "2024-05-07", True),
    (FERRY_LATER, None, True),
    (FERRY_LATER, "2024-09-30", False),
    (FERRY_TRIAL, "2024-05-30", False),
    (FERRY_LATER + " The inquiry opens on Sept. 30.", None, False),
    (FERRY_LATER + " It happened on May 6.", None, True),
    (OTHER_FERRY, "2024-05-07", False),
    (DAM, "2024-05-06", False),
], ids=["next-day", "undated", "months-later", "weeks-later", "undated-speaks-of-another-day", "undated-speaks-of-the-day",
        "look-alike", "same-day"])
def test_one_event(other: str, published: str | None, together: bool) -> None:
    rest = [article("x", DAM.replace("Sirel", "Orin"), "2023-01-01"), article("y", VACCINE, "2024-05-06")]
    found = ids(groups(article("a", FERRY, "2024-05-06"), article("b", other, published), *rest))
    assert (["a", "b"] in found) == together
    assert any({"a", "b"} <= set(group) for group in found) == together


@pytest.mark.parametrize("lang", ["tr", "ru", "ar"])
def test_an_event_told_in_two_languages_is_one(lang: str) -> None:
    found = ids(groups(article("a", EVENT["en"], "2024-05-14"), article("b", EVENT[lang], "2024-05-14", lang),
                       article("c", FERRY, "2024-05-14"), article("d", DAM, "2024-05-14")))
    assert found == [["a", "b"], ["c"], ["d"]]


def test_an_event_told_in_four_languages_is_one() -> None:
    told = [article(f"a-{lang}", text, "2024-05-14", lang) for lang, text in EVENT.items()]
    found = groups(*told, article("b", DAM, "2024-05-14"), language="tr")
    assert ids(found)[0] == sorted(a.id for a in told)
    assert {"Valkessa", "Bardinov"} <= {word for term in found[0].why.shared for word in term.split()}


def test_why_names_what_is_shared_as_it_stands() -> None:
    why = groups(article("a", FERRY, "2024-05-06"), article("b", FERRY_LATER, "2024-05-07"))[0].why
    assert 3 < len(why.shared) <= 8
    assert "Ostra Lume" in why.shared
    assert all(term in FERRY or term in FERRY_LATER for term in why.shared)
    assert Grouping().story <= why.score <= 1


def test_why_names_what_is_shared_in_the_order_of_the_texts() -> None:
    """Weights change with every new article, so their order would too."""
    shared = groups(article("a", FERRY, "2024-05-06"), article("b", FERRY_LATER, "2024-05-07"))[0].why.shared
    places = [(term[0].islower(), (text := FERRY if term in FERRY else FERRY_LATER) is FERRY_LATER, text.find(term)) for term in shared]
    assert len(places) > 3
    assert places == sorted(places)


def test_how_alike_the_nearest_is_is_stated_in_steps() -> None:
    """A new article would else change what is said of many others."""
    stated = [Reasons.of((), 0.514, (), ("a", score)).nearest for score in (0.1, 0.124, 0.126, 0.999)]
    assert stated == [("a", 0.1), ("a", 0.1), ("a", 0.15), ("a", 1.0)]
    assert Reasons.of((), 0.514, (), None).score == 0.51


def test_why_names_neither_days_nor_months() -> None:
    one = FERRY + " The police spoke on Tuesday, and on Tuesday in May the court met; on Friday in May it rose."
    other = FERRY_LATER + " A court heard it on a Tuesday in May, then again that Tuesday; in May it rose for good, a Friday."
    why = groups(article("a", one, "2024-05-06"), article("b", other, "2024-05-07"))[0].why
    assert {"Tuesday", "May", "Friday", "Monday"}.isdisjoint(why.shared)
    assert "Ivo Bardin" in " ".join(why.shared)


def test_copies_stay_together_and_one_text_needs_no_reason() -> None:
    (found,) = groups(article("a", FERRY, "2024-05-06"), article("b", FERRY, "2031-05-06"))
    assert (len(found.texts), found.why.shared, found.why.score) == (1, (), 1.0)


def test_five_articles_are_enough() -> None:
    texts = [FERRY, FERRY_LATER, OTHER_FERRY, DAM, VACCINE]
    assert ids(groups(*(article(f"a{i}", text) for i, text in enumerate(texts)))) == [["a0", "a1"], ["a2"], ["a3"], ["a4"]]


def test_the_order_of_input_makes_no_difference() -> None:
    texts = [FERRY, FERRY_LATER, OTHER_FERRY, DAM, VACCINE, FERRY]
    articles = [article(f"a{i}", text, f"2024-05-{6 + i % 3:02}") for i, text in enumerate(texts)]
    articles += [article(f"e-{lang}", text, "2024-05-14", lang) for lang, text in EVENT.items()]
    expected = groups(*articles)
    for seed in range(6):
        assert groups(*random.Random(seed).sample(articles, len(articles))) == expected


def test_an_article_of_its_own_changes_nothing_else() -> None:
    articles = [article(f"a{i}", text, f"2024-05-{6 + i % 3:02}") for i, text in enumerate([FERRY, FERRY_LATER, OTHER_FERRY, DAM, FERRY])]
    articles += [article(f"e-{lang}", text, "2024-05-14", lang) for lang, text in EVENT.items()]
    before = groups(*articles)
    for published in ("2024-05-01", "2024-05-06", "2024-06-01", None):
        after = groups(*articles, article("new", VACCINE, published))
        assert [found for found in ids(after) if found != ["new"]] == ids(before)
        assert [found.why.shared for found in after if found.articles[0].id != "new"] == [found.why.shared for found in before]


def test_why_tells_the_days_and_what_was_nearly_with_them() -> None:
    found = groups(article("a", FERRY, "2024-05-06"), article("b", FERRY_LATER, "2024-05-06"), article("c", FERRY_TRIAL, "2024-05-30"))
    assert ids(found) == [["a", "b"], ["c"]]
    assert found[0].why.days == ("2024-05-06",)
    assert [why.nearest.article.id if why.nearest else None for why in (found[0].why, found[1].why)] == ["c", "b"]
    assert all(group.why.nearest and group.why.nearest.score < Grouping().story for group in found)


def test_strange_texts_are_no_trouble() -> None:
    strange = ["…", "12", "\u200f\u0307i", "İ̇", "'" * 99, "東京", "ﷺ" * 20, "A" * 5000]
    langs = ["en", "qqq", "ar", "tr"] * 2
    assert len(groups(*(article(f"a{i}", text, lang=langs[i]) for i, text in enumerate(strange)))) == 8


CHAIN: Pairs = {(i, i + 1): 0.5 for i in range(9)}
CLIQUE: Pairs = {(a, b): 0.5 for b in range(4) for a in range(b)}
TWO: Pairs = {(a, b): 0.6 if a // 3 == b // 3 else 0.3 for b in range(6) for a in range(b)}


@pytest.mark.parametrize(("count", "pairs", "inner", "expected"), [
    (0, {}, 0.0, []),
    (3, {}, 0.0, [[0], [1], [2]]),
    (4, CLIQUE, 0.0, [[0, 1, 2, 3]]),
    (10, CHAIN, 0.0, [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]),
    (3, {(0, 1): 0.3, (1, 2): 0.5}, 0.0, [[0], [1, 2]]),
    (6, TWO, 0.0, [[0, 1, 2, 3, 4, 5]]),
    (6, TWO, 0.6, [[0, 1, 2], [3, 4, 5]]),
], ids=["none", "alone", "clique", "chain", "best-first", "look-alikes", "look-alikes-told-apart"])
def test_linkage(count: int, pairs: Pairs, inner: float, expected: list[list[int]]) -> None:
    assert link_averages(count, pairs, 0.3, inner) == expected


@given(st.dictionaries(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]), st.floats(0.01, 1)), st.randoms())
def test_linkage_is_a_partition_whatever_the_order(pairs: Pairs, chance: random.Random) -> None:
    found = link_averages(12, pairs, 0.3, 0.6)
    assert sorted(i for group in found for i in group) == list(range(12))
    shuffled = list(pairs.items())
    chance.shuffle(shuffled)
    assert link_averages(12, dict(shuffled), 0.3, 0.6) == found


HASHED = """
import sys
sys.path.insert(0, {tests!r})
from test_group import DAM, EVENT, FERRY, FERRY_LATER, OTHER_FERRY, article, groups
from digest.settings import Grouping
from digest.why import Reasons
from digest.topics import group_stories, topic_title
texts = [(FERRY, "en"), (FERRY_LATER, "en"), (OTHER_FERRY, "en"), (DAM, "en"), *((text, lang) for lang, text in EVENT.items())]
topics = group_stories(groups(*(article(f"a{{i}}", text, "2024-05-14", lang) for i, (text, lang) in enumerate(texts))), Grouping())
print([(topic, topic_title(topic)) for topic in topics])
"""


def test_hash_seeds_make_no_difference() -> None:
    code = HASHED.format(tests=str(Path(__file__).parent))
    told = {subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True).stdout
            for seed in ("0", "1", "4711")}
    assert len(told) == 1


def test_texts_without_any_term_are_stories_and_topics_of_their_own() -> None:
    found = group_stories(groups(article("a1", "The and of.", "2024-05-14"), article("a2", "And of the.", "2024-05-14")), Grouping())
    assert [len(topic.articles) for topic in found] == [1, 1]
