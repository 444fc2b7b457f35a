"""What editors may write in overrides.yml, and what a mistake in it says."""

from datetime import date
from pathlib import Path

import pytest
from editing import overrides

from digest.editors.overrides import Hidden, KeyPoints, Marked, Note, Rule, Titled, read_overrides
from digest.errors import SettingsError
from digest.models import Correction
from digest.settings import load_settings

WHOLE = """stories:
  - together: [bridge-a, bridge-b]
  - apart: [bridge-a, heron]
  - only: [honey]
topics:
  - together: [bridge-a, honey]
titles: [{topic: t-1, title: {en: '  The bridge  of Orvane', pt-BR: A ponte}}]
keypoints:
  - topic: t-1
    pin: [bridge-a#s-1f3a9c02, bridge-a#s-1f3a9c02-2]
    drop: bridge-b#s-77b0e1d4
    why: it says it best
pin: [{topic: t-1, until: 2031-05-09}, {topic: honey}]
close: [{topic: t-2}]
hide:
  - {article: heron, why: not news}
  - article: honey
hide_names: [Tove Lund, Otto Quist]
corrections:
  - topic: t-1
    date: 2031-05-07
    by: Ada Vint
    text: The bridge has two towers.
"""


def test_reads_everything(tmp_path: Path) -> None:
    found = overrides(tmp_path, WHOLE)
    assert found.stories == (Rule("together", ("bridge-a", "bridge-b"), 2), Rule("apart", ("bridge-a", "heron"), 3),
                             Rule("only", ("honey",), 4))
    assert found.topics == (Rule("together", ("bridge-a", "honey"), 6, "topic"),)
    assert found.titles == (Titled("t-1", {"en": "The bridge of Orvane", "pt-BR": "A ponte"}, 7),)
    assert found.keypoints == (KeyPoints("t-1", ("bridge-a#s-1f3a9c02", "bridge-a#s-1f3a9c02-2"), ("bridge-b#s-77b0e1d4",),
                                         "it says it best", 9),)
    assert found.pin == (Marked("t-1", 13, date(2031, 5, 9)), Marked("honey", 13))
    assert found.close == (Marked("t-2", 14),)
    assert found.hide == (Hidden("heron", "not news", 16), Hidden("honey", None, 17))
    assert found.hide_names == {"Tove Lund": 18, "Otto Quist": 18}
    assert found.corrections == (Note("t-1", Correction(23, date(2031, 5, 7), "Ada Vint", "The bridge has two towers.")),)


def test_a_rule_stands_in_the_line_of_its_key(tmp_path: Path) -> None:
    found = overrides(tmp_path, "stories:\n  - together:\n      - bridge-a\n      - bridge-b\n")
    assert found.stories == (Rule("together", ("bridge-a", "bridge-b"), 2),)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "stories:\ntopics: []\nhide: ~\n"])
def test_nothing_may_be_decided(tmp_path: Path, text: str) -> None:
    found = overrides(tmp_path, text)
    assert not any((found.stories, found.topics, found.titles, found.keypoints, found.pin, found.close, found.hide, found.corrections))


def test_there_may_be_no_file(tmp_path: Path) -> None:
    assert read_overrides(tmp_path).stories == ()


@pytest.mark.parametrize(("text", "line"), [
    ("stories:\n  - together: [a, b]\n    aprat:\n      - c\n", "3: unknown key 'aprat'; did you mean 'apart'?"),
    ("titles:\n  - topic: a\n    title:\n      - A\n", "4: title: expected keys and values like {en: …, tr: …}, found a list"),
    ("storys:\n  - together: [a, b]\n", "1: unknown key 'storys'; did you mean 'stories'?"),
    ("storys: []\n", "1: unknown key 'storys'; did you mean 'stories'?"),
    ("stories:\n  - togehter: [a, b]\n", "2: unknown key 'togehter'; did you mean 'together'?"),
    ("stories:\n  - together: [a, b]\n    aprat: [c, d]\n", "3: unknown key 'aprat'; did you mean 'apart'?"),
    ("stories:\n  - together: [a, b]\n    apart: [c, d]\n", "2: expected one of together, apart or only"),
    ("stories:\n  - {}\n", "2: expected one of together, apart or only"),
    ("stories:\n  - together: [a]\n", "2: together: expected article ids, at least two, none twice"),
    ("stories:\n  - together: [a, a]\n", "2: together: expected article ids, at least two, none twice"),
    ("topics:\n  - apart: [a, [b]]\n", "2: apart: expected a list of texts, found a list in it"),
    ("topics:\n  - only: []\n", "2: only: expected article ids, none twice"),
    ("topics: {together: [a, b]}\n", "1: topics: expected a list, found keys and values"),
    ("stories: [a, b]\n", "1: expected keys and values, found a text"),
    ("titles:\n  - topic: a\n    titel: {en: A}\n", "3: unknown key 'titel'; did you mean 'title'?"),
    ("titles:\n  - topic: a\n    title: A\n", "3: title: expected keys and values like {en: …, tr: …}, found a text"),
    ("titles:\n  - topic: a\n", "2: title: expected a title for each language"),
    ("titles:\n  - title: {en: A}\n", "2: topic is missing; expected a text"),
    ("titles:\n  - topic: a\n    title: {english: A}\n", "3: title: expected a language code like en or pt-BR, found 'english'"),
    ("titles:\n  - topic: a\n    title: {en: ''}\n", "3: title: expected a text for en"),
    ("keypoints:\n  - topic: a\n    pins: [a#s-1f3a9c02]\n", "3: unknown key 'pins'; did you mean 'pin'?"),
    ("keypoints:\n  - topic: a\n", "2: expected sentences to pin or to drop"),
    ("keypoints:\n  - topic: a\n    pin: [a-1f3a9c02]\n",
     "3: pin: expected a sentence's mark like article-id#s-1f3a9c02, found 'a-1f3a9c02'"),
    ("keypoints:\n  - topic: a\n    drop: [A#s-1f3a9c0]\n", "3: drop: expected a sentence's mark"),
    ("keypoints:\n  - pin: [a#s-1f3a9c02]\n", "2: topic is missing"),
    ("pin:\n  - topic: a\n    untill: 2031-05-05\n", "3: unknown key 'untill'; did you mean 'until'?"),
    ("pin:\n  - topic: a\n    until: May\n", "3: until: expected a day like 2021-03-01, found 'May'"),
    ("pin:\n  - topics: a\n", "2: unknown key 'topics'; did you mean 'topic'?"),
    ("close:\n  - topic: a\n    until: 2031-05-05\n", "3: unknown key 'until'; expected one of topic"),
    ("hide:\n  - artcle: a\n", "2: unknown key 'artcle'; did you mean 'article'?"),
    ("hide:\n  - why: b\n", "2: article is missing"),
    ("hide_names: {a: b}\n", "1: hide_names: expected a list of texts"),
    ("corrections:\n  - topic: a\n    dat: 2031-05-05\n", "3: unknown key 'dat'; did you mean 'date'?"),
    ("corrections:\n  - topic: a\n    by: b\n    text: c\n", "2: date is missing; expected a day like 2021-02-19"),
    ("corrections:\n  - topic: a\n    date: 5.5.2031\n    by: b\n    text: c\n",
     "3: date: expected a day like 2021-03-01, found '5.5.2031'"),
    ("corrections:\n  - topic: a\n    date: 2031-05-05\n    text: c\n", "2: by is missing"),
    ("corrections:\n  - topic: a\n    date: 2031-05-05\n    by: c\n", "2: text is missing"),
    ("hide: [{article: a}]\nhide: []\n", "2: hide stands here twice; keep one"),
    ("- stories\n", "1: expected keys and values, found a list"),
    ("stories: [\n", ": not valid YAML"),
])
def test_a_mistake_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(SettingsError) as raised:
        overrides(tmp_path, text)
    said = str(raised.value)
    assert line in said
    assert f"overrides.yml:{line}" in said or line.startswith(":")
    assert "\n" not in said


def test_persons_with_a_page_are_listed_in_the_settings(tmp_path: Path) -> None:
    (tmp_path / "digest.yml").write_text("title: A\nlanguages: [en]\npersons: [Tove Lund, Otto Quist]\n", "utf-8")
    assert load_settings(tmp_path).persons == ("Tove Lund", "Otto Quist")
    (tmp_path / "digest.yml").write_text("title: A\nlanguages: [en]\npersons: [{a: b}]\n", "utf-8")
    with pytest.raises(SettingsError, match=r"digest\.yml:3: persons: expected a list of texts"):
        load_settings(tmp_path)
