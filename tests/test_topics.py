"""Stories of one topic come together over months; titles are the sources' own."""

import random
from pathlib import Path

import pytest

from digest.dedupe import find_texts
from digest.group import Grouped
from digest.models import Article, When, Why
from digest.segment import segment_article
from digest.settings import Grouping
from digest.topics import Gathered, group_stories, story_title, topic_title

TALKS = ("Delegations of Orvane and Kesh met in Tarsk to talk about opening the Lume crossing, closed for nine years. Envoy Petra "
         "Lindal of Orvane said the border commission would count the mines along the crossing first.")
MINES = ("Deminers have lifted 412 charges in eleven weeks, more than they had expected, and lost a dog. The border commission of Orvane "
         "and Kesh called the Lume crossing, closed for nine years, safe; Envoy Petra Lindal said in Tarsk that it may open in summer.")
OPENING = ("Hundreds walked to the villages of their grandparents on Saturday, some in tears. Envoy Petra Lindal had cut the ribbon at the "
           "Lume crossing between Orvane and Kesh, which the border commission cleared of mines; it was closed for nine years.")
ACCUSED = ("The trial of the banker Otto Greve opened in Tarsk, the capital of Orvane. Prosecutors accuse Greve of moving 48 million "
           "crowns of savers' deposits from the Halden bank abroad; his lawyer denies the fraud.")
SENTENCED = ("Seven years in prison: the room fell silent when the judges read it out. They found that the banker Otto Greve had moved "
             "savers' deposits of the Halden bank abroad; his lawyer said in Tarsk he would appeal to the high court of Orvane.")
BORDER = [
    ("2024-01-10", "Orvane and Kesh open talks on the Lume crossing", TALKS),
    ("2024-04-22", "Eleven weeks, 412 mines", MINES),
    ("2024-08-03", "Hundreds walk home on first day", OPENING),
]
TRIAL = [
    ("2024-01-12", "Trial of banker Otto Greve opens in Orvane", ACCUSED),
    ("2024-06-30", "Seven years for savers' lost millions", SENTENCED),
]


def article(ident: str, published: str | None, title: str, text: str, lang: str = "en") -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title=title, text=text, lang=lang,
                   published=When.parse(published) if published else None))


BORDERS = [article(f"border-{i}", *row) for i, row in enumerate(BORDER)]
TRIALS = [article(f"trial-{i}", *row) for i, row in enumerate(TRIAL)]


def stories(*articles: Article) -> tuple[Grouped, ...]:
    """Return each text as a story of its own: texts this short tell too little of what parts two events."""
    return tuple(Grouped((text,), Why((), 1.0)) for text in find_texts(articles, Grouping()))


def topics(*articles: Article) -> tuple[Gathered, ...]:
    return group_stories(stories(*articles), Grouping())


def ids(found: tuple[Gathered, ...]) -> list[list[str]]:
    return [[a.id for a in topic.articles] for topic in found]


def test_stories_of_months_are_one_topic_and_a_country_is_none() -> None:
    found = topics(*BORDERS, *TRIALS)
    assert ids(found) == [["border-0", "border-1", "border-2"], ["trial-0", "trial-1"]]
    assert [len(topic.stories) for topic in found] == [3, 2]


def test_why_names_the_frame() -> None:
    border, trial = topics(*BORDERS, *TRIALS)
    assert any("Lume" in term for term in border.why.shared)
    assert any("Greve" in term for term in trial.why.shared)
    assert 0.22 <= border.why.score <= 1


def test_a_topic_of_one_story_has_its_storys_reasons() -> None:
    (topic,) = topics(TRIALS[0])
    assert (topic.why, topic.why.shared, topic.why.score) == (topic.stories[0].why, (), 1.0)
    assert topics() == ()


def test_the_order_of_stories_makes_no_difference() -> None:
    given = stories(*BORDERS, *TRIALS)
    expected = group_stories(given, Grouping())
    for seed in range(5):
        assert group_stories(random.Random(seed).sample(given, len(given)), Grouping()) == expected


def test_a_story_in_two_languages_joins_by_the_one_it_shares() -> None:
    russian = article("border-ru", "2024-08-03", "Открыт переход Люме", "Сотни людей прошли через переход Люме между Орване и Кеш. "
                      "Посланница Петра Линдаль перерезала ленту.", "ru")
    assert any({"border-0", "border-2", "border-ru"} <= set(topic) for topic in ids(topics(*BORDERS, *TRIALS, russian)))


@pytest.mark.parametrize(("titles", "language", "expected"), [
    ([("ROAD BRIDGE AT KESH OPENS", "en"), ("Road bridge at Kesh opens", "en")], "en", "Road bridge at Kesh opens"),
    ([("Puente de Kesh abierto", "es"), ("What a day", "en")], "en", "What a day"),
    ([("Puente de Kesh abierto", "es"), ("What a day", "en")], "es-MX", "Puente de Kesh abierto"),
    ([("Puente de Kesh abierto", "es")], "en", "Puente de Kesh abierto"),
    ([("A morning of joy", "en"), ("Bridge opens at Kesh", "en")], "en", "Bridge opens at Kesh"),
], ids=["not-in-capitals", "own-language", "own-language-of-a-region", "else-another", "central"])
def test_a_title_is_a_headline(titles: list[tuple[str, str]], language: str, expected: str) -> None:
    articles = [article(f"a{i}", "2024-01-01", title, "The road bridge at Kesh opens.", lang) for i, (title, lang) in enumerate(titles)]
    (story,) = (Grouped(find_texts(articles, Grouping()), story.why) for story in stories(articles[0]))
    for title in (story_title(story, language), topic_title(Gathered((story,), story.why), language)):
        assert (title.text, title.origin) == (expected, "article")
        assert title.article is not None
        assert title.article.title == expected


def test_a_hidden_name_is_in_no_title_that_is_a_list() -> None:
    texts = [("Petra Lindal opens talks in Lume", TALKS), ("Lume waits: Petra Lindal on mines", MINES),
             ("Lume: Petra Lindal cuts ribbon", OPENING)]
    (topic,) = topics(*(article(f"a{n}", f"2024-0{2 * n + 1}-10", title, text) for n, (title, text) in enumerate(texts)))
    named = topic_title(topic)
    assert named.origin == "terms"
    assert any("Lindal" in term for term in named.terms)
    assert not any("Lindal" in term for term in topic_title(topic, "en", ["petra lindál"]).terms)
