"""The pages of one language: what each shows of a topic, where it falls back to the site's own language, and what it says then."""

from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from editing import OPEN, article, decided

from digest.errors import TemplateError
from digest.models import Citation, KeyPoint
from digest.pipeline import Digest
from digest.render.tree import Shown, Tree
from digest.templating import make_environment
from digest.translation import Original, Told, Translation
from digest.wanted import with_translations

BRIDGE = "The drawbridge of Orvane got stuck on Monday. Engineer Hanne Brix blamed a cracked gear in the eastern tower of Orvane."
LANTERNS = "Orvane köprüsündeki kayıkçılara belediye birer fener armağan etti. Başkan Hanne Brix onlara teşekkür etti."
STOLEN = "Thieves took forty jars of honey from the market hall of Pellin."
FERRIES = "Ferries carried commuters over the river of Orvane at no charge. The ferries of Orvane sailed every ten minutes until midnight."
SCHOOLS = "Schools in Orvane stay closed until the bridge moves again. The teachers of Orvane send tasks home by post."
HONEY = f"{STOLEN} The note thanked beekeeper Otto Quist for an excellent year. The beekeepers of Pellin laughed about it for a week."
PRESS = (article("bridge", BRIDGE), article("ferries", FERRIES, "2031-05-12"), article("lanterns", LANTERNS, "2031-05-20", "tr"),
         article("schools", SCHOOLS, "2031-05-28"), article("honey", HONEY, "2031-06-05"))
TOGETHER = "topics:\n  - only: [bridge, ferries, lanterns, schools]\n"
TURKISH = "Hırsızlar Pellin'deki halden kırk kavanoz bal çaldı."


@pytest.fixture
def made(tmp_path: Path) -> Digest:
    """Two topics: of one an event is told in English and another in Turkish, of the other all is in English."""
    return decided(tmp_path, TOGETHER, PRESS, replace(OPEN, languages=("en", "tr", "eu")))


def tree(made: Digest, lang: str, told: Mapping[str, str] | None = None, root: Path = Path("nowhere")) -> Tree:
    """Return the pages in a language, with sentences translated into Turkish."""
    became: dict[Original, Told] = {Original(text, "en"): Translation(text=words, lang="tr", source="en", engine="argos", model="1.9")
                                    for text, words in (told or {}).items()}
    done = with_translations(made, {"tr": became})
    return Tree(done, make_environment(root), next(telling for telling in done.tellings if telling.lang == lang))


def shown(pages: Tree, ident: str) -> Shown:
    """Return the topic of an article as its page shows it."""
    return next(of for topic in pages.telling.topics if (of := pages.shown(topic)) and ident in {a.id for a in topic.articles})


def quoted(of: Shown) -> set[str]:
    return {point.citations[0].article.id for point in of.topic.summary}


def test_the_sites_own_language_never_falls_back(made: Digest) -> None:
    pages = tree(made, "en")
    assert not any(pages.shown(topic).fallen for topic in pages.telling.topics)
    assert quoted(shown(pages, "bridge")) >= {"lanterns"}
    assert pages.prefix == ""


def test_a_topic_falls_back_where_less_than_half_can_be_read(made: Digest) -> None:
    """Then it has the titles and quotations of the site's own language."""
    before, after = (shown(tree(made, "tr", told), "honey") for told in ({}, dict.fromkeys(HONEY_SENTENCES[:2], TURKISH)))
    assert (before.fallen, before.telling.lang, after.fallen, after.telling.lang) == (True, "en", False, "tr")
    assert before.topic in made.edition.topics


HONEY_SENTENCES = [STOLEN, "The note thanked beekeeper Otto Quist for an excellent year.",
                   "The beekeepers of Pellin laughed about it for a week."]


def test_a_topic_of_which_some_events_are_told_in_the_language_tells_these_alone(made: Digest) -> None:
    pages = tree(made, "tr")
    of = shown(pages, "bridge")
    retold = next(topic for topic in pages.telling.topics if topic.id == of.topic.id)
    assert pages.falls(retold.summary)
    assert (of.narrow, of.fallen, of.telling.lang, quoted(of)) == (True, False, "tr", {"lanterns"})
    assert len(of.topic.stories) == len(retold.stories) > 2
    assert pages.local(of.topic) == of.topic


def test_where_enough_is_translated_all_events_are_told(made: Digest) -> None:
    told = {text[s.start:s.end]: TURKISH for a in made.articles if a.lang == "en" for text in [a.text] for s in a.sentences}
    of = shown(tree(made, "tr", told), "bridge")
    assert (of.narrow, of.fallen) == (False, False)
    assert len(quoted(of)) > 1


def test_a_card_shows_the_first_key_point_that_can_be_read(made: Digest) -> None:
    pages = tree(made, "tr", {HONEY_SENTENCES[1]: TURKISH})
    honey = next(a for a in made.articles if a.id == "honey")
    points = tuple(KeyPoint((Citation.of(honey, sentence),)) for sentence in honey.sentences)
    topic = replace(shown(pages, "honey").topic, summary=points)
    assert Shown(topic, pages.telling, False).point == points[1]
    assert Shown(topic, tree(made, "tr").telling, False).point == points[0]
    assert Shown(topic, pages.first, True).point == points[0]
    assert Shown(replace(topic, summary=()), pages.telling, False).point is None


def fill(pages: Tree, tmp_path: Path, *, fallen: bool = False, told: bool = True) -> tuple[str, dict[str, str], str]:
    """Return path, front matter and text of a page of one word."""
    path, text = pages.page("word", "topics/x.md", fallen=fallen, told=told)
    _, head, body = text.split("---\n", 2)
    return path, dict(line.split(": ") for line in head.splitlines() if line), unescape(body).strip()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of a digest with a template of its own."""
    (tmp_path / "templates").mkdir()
    template = '{% extends "page.md.jinja" %}{% block body %}{{ m.t("topics") }} {{ m.link("archive/") }}{% endblock %}'
    (tmp_path / "templates" / "word.md.jinja").write_text(template, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("lang", "options", "path", "front", "body"), [
    ("en", {}, "topics/x.md", ("en", "en", "en", "true"), "Topics ../../archive/"),
    ("en", {"told": False}, "topics/x.md", ("en", "en", "en", "false"), "Topics ../../archive/"),
    ("tr", {}, "tr/topics/x.md", ("tr", "tr", "tr", "true"), "Konular ../../archive/"),
    ("tr", {"told": False}, "tr/topics/x.md", ("tr", "tr", "tr", "false"), "Konular ../../archive/"),
    ("tr", {"fallen": True}, "tr/topics/x.md", ("tr", "en", "tr", "false"), "Topics ../../archive/"),
    ("eu", {}, "eu/topics/x.md", ("en", "en", "eu", "false"), "Topics ../../archive/"),
])
def test_a_page_says_in_which_language_it_is(made: Digest, own: Path, lang: str, options: dict[str, bool], path: str,
                                             front: tuple[str, str, str, str], body: str) -> None:
    """Of the frame, of its text, of its tree, and whether search engines may take it for one of its tree's language.

    A language without a catalog of ours has its words in English.
    """
    found, head, text = fill(tree(made, lang, root=own), own, **options)
    assert found == path
    assert tuple(head[key].strip('"') for key in ("lang", "body", "tree", "told")) == front
    assert text.splitlines()[-1] == body
    assert ('class="fallback"' in text) == bool(options.get("fallen"))


def test_the_notice_is_in_the_language_of_the_tree(made: Digest, own: Path) -> None:
    _, _, text = fill(tree(made, "tr", root=own), own, fallen=True)
    notice = text.splitlines()[0]
    assert notice.startswith('<p class="fallback" lang="tr" dir="ltr">')
    assert '<bdi data-from="language:tr:name">Türkçe</bdi>' in notice
    assert '<bdi data-from="language:en:name">İngilizce</bdi>' in notice


@pytest.mark.parametrize(("template", "problem"), [
    ("{{ nothing }}", "UndefinedError"), ("{{ m.t('no such key') }}", "KeyError"), ("{{ 1 / 0 }}", "ZeroDivisionError"),
    ("{% if %}", "Expected"), ("{% include 'gone.jinja' %}", "TemplateNotFound"), ("{{ m.link(3) }}", "AttributeError"),
])
def test_a_mistake_in_a_template_is_told_by_name(made: Digest, own: Path, template: str, problem: str) -> None:
    (own / "templates" / "word.md.jinja").write_text(template, "utf-8")
    with pytest.raises(TemplateError, match=rf"word\.md\.jinja.*{problem}"):
        tree(made, "tr", root=own).page("word", "x.md")
