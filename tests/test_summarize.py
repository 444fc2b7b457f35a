"""Summaries of stories and topics, of invented articles."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from digest.models import Article, Citation, KeyPoint, Sentence, Story, Text, Title, When, Why
from digest.reading import denies, is_stale
from digest.rights import QuoteBudget
from digest.segment import segment_article
from digest.settings import Outlet, Settings
from digest.summarize import summarize, summarize_topic

BRIDGE = "The old bridge of Velden collapsed on Monday and hurt nine people."
MAYOR = "Mayor Ana Birk promised a new bridge before the winter begins."
FERRY = "A ferry carries commuters across the river Sell until then."
BACK = "However, the old bridge of Velden had been inspected in May."
TOURISM = "Tourists have come to Velden for its storks since the 1920s."


def _article(ident: str, *sentences: str, lang: str = "en", day: str = "2021-01-14", outlet: str | None = None) -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title=ident, text="\n\n".join(sentences) + "\n", lang=lang,
                                   outlet=outlet, published=When.parse(day)))


def _story(ident: str, *texts: Text) -> Story:
    return Story(ident, Title(ident, "en", "terms"), texts, Why((), 1.0))


def _any(article: Article, sentence: Sentence) -> bool:
    return True


def _told(points: Sequence[KeyPoint]) -> list[str]:
    return [point.text for point in points]


def _where(point: KeyPoint) -> list[str]:
    return [citation.article.id for citation in point.citations]


def _texts(*articles: Article) -> tuple[Text, ...]:
    return tuple(Text((article,)) for article in articles)


def test_prefers_what_several_texts_report() -> None:
    same = "In Velden nine people were hurt as the old bridge collapsed on Monday."
    texts = _texts(_article("a", TOURISM, BRIDGE, BACK), _article("b", same, MAYOR))
    (point,) = summarize(texts, 1, language="en", allowed=_any)
    assert "bridge" in point.text
    assert "collapsed" in point.text


def test_copies_are_one_voice() -> None:
    copies = Text(tuple(_article(name, TOURISM) for name in "abc"))
    texts = (copies, *_texts(_article("d", BRIDGE), _article("e", "Nine people were hurt on Monday when a bridge of Velden collapsed.")))
    assert _told(summarize(texts, 1, language="en", allowed=_any)) != [TOURISM]


def test_the_lead_comes_first_and_nothing_points_back() -> None:
    assert _told(summarize(_texts(_article("a", BRIDGE, BACK, MAYOR, FERRY)), 3, language="en", allowed=_any)) == [BRIDGE, MAYOR, FERRY]


def test_no_repeats() -> None:
    again = BRIDGE.replace("nine people", "at least nine residents")
    assert len(summarize(_texts(_article("a", BRIDGE), _article("b", again)), 3, language="en", allowed=_any)) == 1


def test_every_copy_of_the_words_is_cited() -> None:
    text = Text((_article("a", BRIDGE, MAYOR), _article("b", BRIDGE.replace("old bridge", "Old Bridge"), FERRY)))
    other = Text((_article("c", TOURISM, BRIDGE),))
    points = {point.text: _where(point) for point in summarize((text, other), 4, language="en", allowed=_any)}
    assert points == {BRIDGE: ["a", "b", "c"], MAYOR: ["a"], FERRY: ["b"], TOURISM: ["c"]}


def test_a_copy_is_quoted_where_the_first_may_not_be() -> None:
    text = Text((_article("a", BRIDGE), _article("b", BRIDGE)))
    (point,) = summarize((text,), 3, language="en", allowed=lambda article, _: article.id != "a")
    assert _where(point) == ["b"]
    assert summarize((text,), 3, language="en", allowed=lambda *_: False) == ()


def test_words_fill_up_to_the_budget() -> None:
    points = summarize(_texts(_article("a", BRIDGE, MAYOR, FERRY, TOURISM)), 1, words=25, language="en", allowed=_any)
    assert len(points) == 2
    assert sum(len(text.split()) for text in _told(points)) <= 25


@pytest.mark.parametrize(("language", "told"), [("en", "en"), ("tr", "tr"), ("tr-TR", "tr"), ("ru", "en")])
def test_language(language: str, told: str) -> None:
    turkish = _article("t", "Velden’in eski köprüsü pazartesi günü çöktü ve dokuz kişi yaralandı.", lang="tr")
    texts = _texts(_article("a", BRIDGE), turkish, _article("b", MAYOR))
    assert {point.lang for point in summarize(texts, 3, language=language, allowed=_any)} == {told}


def test_a_budget_holds_within_a_summary() -> None:
    settings = Settings(title="T", outlets={"o": Outlet(id="o", name="O", quote_limit=0.4)})
    article = _article("a", BRIDGE, MAYOR, FERRY, TOURISM, outlet="o")
    assert _told(summarize(_texts(article), 4, language="en", allowed=QuoteBudget(settings).admit)) == [BRIDGE]


DENIAL = "The builder Kordan denied that the bridge of Velden had ever been overloaded."


def test_a_denial_is_one_point_and_comes_last() -> None:
    more = "The river Sell carries some eighty ships a day past Velden."
    texts = _texts(_article("a", BRIDGE, MAYOR, FERRY, more, DENIAL), _article("b", BRIDGE.replace("collapsed", "fell"), TOURISM))
    told = _told(summarize(texts, 3, language="en", allowed=_any))
    assert told[-1] == DENIAL
    assert len(told) == 3
    assert DENIAL not in _told(summarize(texts, 2, language="en", allowed=_any))


@pytest.mark.parametrize("text", [
    "The bridge of Velden had been denied a licence in 2019, the council said.",
    "Mayor Ana Birk said of the bridge: “Nobody denied that Velden needs one.”",
])
def test_no_denial(text: str) -> None:
    assert not denies(text, "en")


def test_a_connective_is_left_out_before_a_denial() -> None:
    denial = DENIAL.replace("The builder Kordan denied", "However, the builder Kordan denied")
    points = summarize(_texts(_article("a", BRIDGE, MAYOR, denial)), 3, language="en", allowed=_any)
    assert points[-1].text == DENIAL[0].lower() + DENIAL[1:]


def test_the_same_in_other_words_is_told_once() -> None:
    texts = _texts(_article("a", "Singer Lora Venn of Velden has died at the age of 91."),
                   _article("b", "Lora Venn, the voice of Velden, died on Thursday aged 91, the singer's family said."),
                   _article("c", "Velden mourns: Lora Venn, the singer, died on Thursday, the family said in Velden."))
    assert len(summarize(texts, 3, language="en", allowed=_any)) == 1


def _cite(article: Article, number: int) -> Citation:
    return Citation.of(article, article.sentences[number])


def test_pinned_quotations_come_first_and_dropped_ones_never() -> None:
    article = _article("a", BRIDGE, MAYOR, FERRY, TOURISM)
    ferry, tourism, mayor = (_cite(article, number) for number in (2, 3, 1))
    points = summarize(_texts(article), 3, language="en", allowed=_any, pinned=(tourism, ferry), dropped={("a", mayor.span)})
    assert _told(points) == [TOURISM, FERRY, BRIDGE]
    assert _told(summarize(_texts(article), 2, language="en", allowed=lambda _, s: s.index != 3, pinned=(tourism,))) == [BRIDGE, MAYOR]


def test_a_pinned_quotation_may_be_any_span() -> None:
    article = _article("a", BRIDGE, MAYOR)
    start = article.text.index("Mayor Ana Birk")
    pin = Citation(article, start, start + len("Mayor Ana Birk"), "Mayor Ana Birk")
    assert _told(summarize(_texts(article), 2, language="en", allowed=_any, pinned=(pin,))) == ["Mayor Ana Birk", BRIDGE]


def test_as_many_words_as_a_reader_wants() -> None:
    article = _article("a", BRIDGE, MAYOR, FERRY, TOURISM)
    assert _told(summarize(_texts(article), 4, language="en", allowed=_any, most_words=25)) == [BRIDGE, MAYOR]
    assert len(summarize(_texts(article), 4, language="en", allowed=_any, most_words=None)) == 4


def test_only_what_is_shown_is_asked_for() -> None:
    asked: list[int] = []
    article = _article("a", BRIDGE, MAYOR, FERRY, TOURISM, DENIAL)

    def allowed(_: Article, sentence: Sentence) -> bool:
        asked.append(sentence.index)
        return True

    shown = summarize(_texts(article), 3, language="en", allowed=allowed)
    assert sorted(asked) == sorted(article.text[:point.citations[0].start].count("\n\n") for point in shown)


@pytest.mark.parametrize(("lang", "text", "stale"), [
    ("en", "The ferry of Velden is carrying commuters across the river Sell.", True),
    ("en", "The ferry of Velden will carry commuters across the river Sell.", True),
    ("en", "The ferry of Velden carried commuters across the river Sell.", False),
    ("en", "Mayor Ana Birk said the ferry of Velden is carrying commuters.", False),
    ("tr", "Velden vapuru yolcuları karşıya taşıyor ve iskele bekliyor.", True),
    ("tr", "Velden vapuru yolcuları pazartesi günü karşıya taşıdı.", False),
    ("ru", "Паром Вельдена будет перевозить пассажиров через реку.", True),
    ("ru", "Паром Вельдена перевёз пассажиров через реку.", False),
    ("ja", "ベルデン港は月曜日に再開した。", False),
])
def test_stale(lang: str, text: str, stale: bool) -> None:
    assert is_stale(text, lang) is stale


def test_older_stories_tell_nothing_of_a_present_that_has_passed() -> None:
    stories = [_topic()[0], _story("old", Text((_article("o", "The old bridge of Velden is closed until further notice.", BRIDGE),)))]
    assert _told(summarize_topic(stories, 4, language="en", allowed=_any))[-1] == BRIDGE


def test_after_the_newest_story_comes_what_several_texts_report() -> None:
    one = _story("one", Text((_article("x", "The lighthouse of Orrin was painted red and white again.", day="2021-01-18"),)))
    stories = [_topic()[0], one, _topic()[1]]
    points = summarize_topic(stories, 6, language="en", allowed=_any)
    order = [{"n": "new", "x": "one"}.get(_where(point)[0], "old") for point in points]
    assert list(dict.fromkeys(order)) == ["new", "old", "one"]
    assert order == sorted(order, key=["new", "old", "one"].index)


def _topic() -> list[Story]:
    return [_story("new", Text((_article("n", FERRY, "The ferry has carried 4,000 people in its first week.", day="2021-01-20"),))),
            _story("old", *_texts(_article("o", BRIDGE, MAYOR, "Nine ambulances reached the river within ten minutes.", TOURISM),
                                  _article("p", "Nine people were hurt on Monday when a bridge of Velden collapsed.")))]


def test_topic_tells_the_newest_first_and_both_stories() -> None:
    points = summarize_topic(_topic(), 3, language="en", allowed=_any)
    stories = [_where(point)[0] == "n" for point in points]
    assert len(points) == 3
    assert stories == sorted(stories, reverse=True)
    assert stories[0]
    assert not stories[-1]


def test_topic_takes_the_next_story_where_the_newest_may_not_be_quoted() -> None:
    points = summarize_topic(_topic(), 3, language="en", allowed=lambda article, _: article.id != "n")
    assert 1 <= len(points) <= 2
    assert "n" not in {name for point in points for name in _where(point)}


def test_topic_of_one_story_is_told_as_the_story() -> None:
    story = _topic()[1]
    assert summarize_topic([story], 4, language="en", allowed=_any) == summarize(story.texts, 4, language="en", allowed=_any)


def test_nothing_to_quote() -> None:
    assert summarize(_texts(_article("a", "Velden.")), 3, language="en", allowed=_any) == ()
    assert summarize((), 3, language="en", allowed=_any) == ()
    assert summarize_topic((), 3, language="en", allowed=_any) == ()


def test_order_of_sets_makes_no_difference() -> None:
    program = "import test_summarize as t; print([p.text for p in t.summarize_topic(t._topic(), 4, language='en', allowed=t._any)])"
    told = {subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=Path(__file__).parent,
                           env={**os.environ, "PYTHONHASHSEED": seed}).stdout for seed in ("1", "2", "3")}
    assert len(told) == 1
