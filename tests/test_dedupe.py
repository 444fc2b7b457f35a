"""Copies of one text: found with light edits, not where texts only resemble each other."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from copying import EDITS, edit
from lookalikes import APART, write_bulletins, write_lookalikes

from digest.content import read_articles
from digest.dedupe import find_texts, shared_part, shingles
from digest.lookalikes import are_lookalikes, find_slots
from digest.models import Article, When
from digest.settings import Grouping
from digest.words import words

SAMPLE = Path(__file__).parent.parent / "content"

WORDS = [f"{start}{middle}{end}"
         for start in ("bar", "kel", "mor", "tan", "vis") for middle in ("a", "e", "o") for end in ("d", "l", "n", "st")]


def prose(seed: int, count: int = 120) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def article(ident: str, words: list[str], published: str | None = None, copy_of: str | None = None, lang: str = "en") -> Article:
    return Article(id=ident, path=Path(f"{ident}.md"), title=ident, text=" ".join(words), lang=lang, copy_of=copy_of,
                   published=When.parse(published) if published else None)


def edited(words: list[str], every: int) -> list[str]:
    return ["edited" if i % every == 0 else word for i, word in enumerate(words)]


def found(*articles: Article) -> list[list[str]]:
    return [[a.id for a in text.articles] for text in find_texts(articles, Grouping())]


@pytest.mark.parametrize(("one", "other", "copies"), [
    (prose(1), prose(1), True),
    (prose(1), edited(prose(1), 15), True),
    (prose(1), edited(prose(1), 5), False),
    (prose(1), prose(1)[:50], True),
    (prose(1), prose(2)[:60] + prose(1)[:70], False),
    (prose(1), prose(2)[:40] + prose(1)[40:], True),
    (prose(1), prose(2)[:20] + prose(1)[:70] + prose(3)[:10], True),
    (prose(1), prose(2)[:40] + prose(1), True),
    (prose(1, 30), prose(2, 200) + prose(1, 30), False),
    (prose(1, 30), prose(1, 30) + prose(2, 200), True),
    (prose(1), prose(2), False),
    (prose(1) + prose(3, 25), prose(2) + prose(3, 25), False),
    (prose(1)[:8], prose(1)[:8], True),
    (prose(1)[:16], [*prose(1)[:11], *prose(2)[:5]], False),
    (prose(1)[:4], prose(1)[:4], False),
], ids=["whole", "light-edits", "heavy-edits", "excerpt", "half-after-other-news", "new-opening", "credited", "later-state",
        "item", "opening", "other", "shared-passage", "short-equal", "short-alike", "too-short"])
def test_copies(one: list[str], other: list[str], copies: bool) -> None:
    assert found(article("a", one), article("b", other)) == ([["a", "b"]] if copies else [["a"], ["b"]])


def test_copies_are_joined_whatever_their_dates() -> None:
    assert found(article("a", prose(1), "2021-03-01"), article("b", prose(1), "1999-01-01"), article("c", prose(1))) == [["b", "a", "c"]]


def test_texts_stand_in_the_order_of_their_first_articles() -> None:
    days = [article("a", prose(1), "2021-03-03"), article("b", prose(2), "2021-03-02"), article("c", prose(1), "2021-03-01")]
    assert found(*days) == [["c", "a"], ["b"]]


def test_a_named_original_is_enough() -> None:
    spanish = article("b", prose(2), copy_of="a", lang="es")
    assert found(article("a", prose(1)), spanish, article("c", prose(3), copy_of="nowhere"), article("d", prose(4), copy_of="d")) \
        == [["a", "b"], ["c"], ["d"]]


def test_a_translation_that_names_its_original_keeps_no_copy_away() -> None:
    original, copied = article("a", prose(1)), article("c", prose(1)[:100])
    assert found(original, article("b", prose(2, 150), copy_of="a", lang="es"), copied) == [["a", "b", "c"]]


def test_copies_of_copies_are_copies() -> None:
    words = prose(1, 200)
    assert found(article("a", words[:140]), article("b", words[30:170]), article("c", words[60:])) == [["a", "b", "c"]]


def test_a_chain_does_not_join_what_has_nothing_in_common() -> None:
    words = prose(1, 600)
    chain = [article(f"a{i}", words[i * 60:i * 60 + 120]) for i in range(9)]
    texts = found(*chain)
    assert len(texts) > 2
    assert not any({"a0", "a8"} <= set(text) for text in texts)


def test_boilerplate_of_a_crowd_joins_nobody() -> None:
    footer = prose(99, 20)
    assert len(found(*(article(f"a{i:03}", prose(i, 60) + footer) for i in range(230)))) == 230


def test_scripts_without_blanks_have_shingles() -> None:
    text = "首相周三在北京会见了来访的外交部长并签署了新的贸易协定双方还讨论了地区安全问题"
    assert shared_part(shingles(text), shingles(text + "。")) == 1


def test_the_order_of_input_makes_no_difference() -> None:
    articles = [article(f"a{i}", edited(prose(i % 4), 11 + i)) for i in range(12)]
    expected = found(*articles)
    for seed in range(5):
        assert found(*random.Random(seed).sample(articles, 12)) == expected


def test_nothing_in_nothing_out() -> None:
    assert find_texts((), Grouping()) == ()


def copies_found(articles: Sequence[Article], kind: str, seed: int = 3) -> float:
    """Return the share of articles that are found to be one text with an edited copy of theirs."""
    chance = random.Random(seed)
    pools = defaultdict[str, list[str]](list)
    for original in articles:
        pools[original.lang] += original.text.split(" ")
    pairs = [(a, replace(a, id="copy", title="Other title", text=edit(a, kind, pools[a.lang], chance), sentences=())) for a in articles]
    return sum(len(find_texts(pair, Grouping())) == 1 for pair in pairs) / len(pairs)


@pytest.mark.parametrize("kind", EDITS)
def test_edited_copies_of_the_sample_are_found(kind: str) -> None:
    assert copies_found(read_articles(SAMPLE).articles, kind) >= 0.99


@pytest.mark.parametrize("write", [write_lookalikes, write_bulletins])
@pytest.mark.parametrize("seed", range(4))
def test_look_alikes_are_no_copies(seed: int, write: Callable[[int, int], list[tuple[str, str]]]) -> None:
    bulletins = [article(f"a{i:03}", [text], lang=lang) for i, (text, lang) in enumerate(write(30, seed))]
    assert len(find_texts(bulletins, Grouping())) == len(bulletins)


@pytest.mark.parametrize("kind", APART)
def test_what_is_made_of_the_sample_and_is_no_copy(kind: str) -> None:
    english = [a for a in read_articles(SAMPLE).articles if a.lang == "en" and len(words(a.text)) > 60]
    chance, made = random.Random(kind), 0
    for three in zip(english, english[3:], english[7:], strict=False):
        if all(shared_part(shingles(a.text), shingles(b.text)) < 0.03 for a, b in combinations(three, 2)):
            texts = APART[kind](three[0].text, three[1].text, three[2].text, chance)
            assert len(found(*(article(f"a{number}", [text]) for number, text in enumerate(texts)))) == len(texts)
            made += bool(texts)
    assert made


def test_a_chain_of_copies_joins_no_look_alikes() -> None:
    (one, lang), (other, _), *_ = write_lookalikes(2)
    short = [" ".join(text.split()[:12]) for text in (one, other)]
    bulletins = [article(ident, [text], lang=lang) for ident, text in (("a", one), ("b", other), ("c", short[0]), ("d", short[1]))]
    assert not any({"a", "b"} <= set(text) for text in found(*bulletins))


def test_a_roundup_joins_no_two_articles() -> None:
    texts = found(*(article(f"a{i}", prose(i, 100)) for i in range(3)), article("b", prose(0, 100) + prose(1, 100) + prose(2, 100)))
    assert len(texts) == 3


def test_copies_of_look_alikes_are_found() -> None:
    bulletins = [article(f"a{i:03}", [text], lang=lang) for i, (text, lang) in enumerate(write_lookalikes(10))]
    copied = [replace(a, id="b" + a.id[1:], text=a.text.replace(" on ", " upon ").replace("was", "had been")) for a in bulletins]
    assert found(*bulletins, *copied) == [[a.id, b.id] for a, b in zip(bulletins, copied, strict=True)]


def test_background_that_is_repeated_makes_no_copy() -> None:
    earlier, news = prose(1, 200), prose(2, 120)
    assert found(article("a", earlier), article("b", news + earlier[120:])) == [["a"], ["b"]]
    assert found(article("a", earlier), article("b", news + earlier[:80])) == [["a"], ["b"]]
    assert found(article("a", earlier), article("b", prose(2, 10) + earlier[:100] + prose(3, 60))) == [["a"], ["b"]]


def test_the_same_statement_to_the_press_makes_no_copy() -> None:
    said = f"“{' '.join(prose(9, 50))}”"
    assert found(article("a", [*prose(1, 10), said, *prose(1, 40)]), article("b", [*prose(2, 10), said, *prose(2, 40)])) == [["a"], ["b"]]
    short = f"“{' '.join(prose(9, 25))}”"
    assert found(article("a", [*prose(1, 10), short, *prose(1, 6)]), article("b", [*prose(2, 10), short, *prose(2, 60)])) == [["a"], ["b"]]


def test_a_new_number_or_name_makes_no_other_text() -> None:
    ((text, _), *_) = write_lookalikes(1)
    numbers = [word for word in words(text) if word.isdecimal()]
    assert found(article("a", [text]), article("b", [text.replace(numbers[0], "31", 1)])) == [["a", "b"]]


@pytest.mark.parametrize(("others", "alike"), [
    (("Barkelyan", "Morvisoff", "Tandoliya"), False), (("Nevgri", "Lansar", "Doltan"), True)], ids=["spellings", "other-names"])
def test_another_spelling_of_the_names_makes_no_look_alike(others: tuple[str, str, str], alike: bool) -> None:
    told = "The {0} team of the coast told {1} on that day and the mayor of {2} that nothing had gone wrong."
    one, other = (find_slots(article("a", [told.format(*names)])) for names in (("Barkelian", "Morvisov", "Tandolia"), others))
    assert are_lookalikes(one, other) == alike
