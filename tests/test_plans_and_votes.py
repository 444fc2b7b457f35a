"""A plan is not the deed, and a vote is known by its result."""

from pathlib import Path

import pytest

from digest.compare.align import align_sentences
from digest.compare.plans import are_plan_and_deed
from digest.compare.statements import find_statements
from digest.compare.votes import tell_one_result
from digest.models import Article, Citation, Text, When
from digest.segment import segment_article


def article(ident: str, text: str, day: str = "2031-10-28") -> Article:
    return segment_article(Article(id=ident, path=Path(f"{ident}.md"), title="x", text=text, lang="en", published=When.parse(day)))


@pytest.mark.parametrize(("plan", "deed", "lang"), [
    ("The bridge of Kess is to open to carts on 5 October.", "The bridge of Kess opened to carts on Monday.", "en"),
    ("Orvale will release all prisoners by June.", "Orvale released all prisoners.", "en"),
    ("El puente de Kess abrirá en octubre.", "El puente de Kess abrió el lunes.", "es"),
    ("Кесс намерен открыть мост в октябре.", "Кесс открыл мост в понедельник.", "ru"),
    ("Kess köprüsü ekimde açılacak.", "Kess köprüsü pazartesi açıldı.", "tr"),
])
def test_a_plan_is_not_the_deed(plan: str, deed: str, lang: str) -> None:
    assert are_plan_and_deed(plan, deed, lang)
    assert are_plan_and_deed(deed, plan, lang)
    assert not are_plan_and_deed(plan, plan, lang)
    assert not are_plan_and_deed(deed, deed, lang)


@pytest.mark.parametrize(("one", "other"), [
    ("The bridge of Kess is to open on 5 October.", "The bridge of Kess is to be opened on 5 October, the mayor said."),
    ("Mara Velt will lead the harbour of Kess.", "Mara Velt was named head of the harbour of Kess."),
    ("The mayor said the bridge would open in May.", "The bridge will open in May, the mayor announced."),
])
def test_what_both_plan_or_tell_otherwise_may_be_the_same(one: str, other: str) -> None:
    assert not are_plan_and_deed(one, other, "en")


def test_a_plan_and_the_deed_are_no_statement() -> None:
    plan, deed = "The bridge of Kess is to open to carts in the spring.", "The bridge of Kess opened to carts in the spring, at last."
    filler = "Bakers in Orvale raised the price of a loaf by a tenth."
    for one, other, found in ((plan, deed, 0), (plan, plan.replace("is to", "will"), 1)):
        texts = [Text((article("a", one),)), Text((article("b", f"{filler} {other}"),))]
        assert len(find_statements(texts, align_sentences(texts))) == found


VOTE = "The parliament of Orvale ratified the lake protocol on Tuesday by 71 votes to 48, four days before the deadline."


@pytest.mark.parametrize(("other", "day", "found"), [
    ("The final count late on Tuesday was 71 to 48, with 21 members absent.", "2031-10-28", True),
    ("The final count late on Tuesday was 71 to 49, with 21 members absent.", "2031-10-28", False),
    ("The final count late on Tuesday was 71 to 48, with 21 members absent.", "2031-11-28", False),
    ("The town has 71 streets, and each of them is longer than 48 metres.", "2031-10-28", False),
])
def test_a_vote_is_known_by_its_result(other: str, day: str, found: bool) -> None:
    one, two = article("a", VOTE), article("b", other, day)
    assert tell_one_result(Citation.of(one, one.sentences[0]), Citation.of(two, two.sentences[0])) is found
