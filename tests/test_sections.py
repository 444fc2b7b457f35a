"""Sections of the front page, whom a topic does not hear, and the ways to report a sentence."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Desk, whole
from test_topic_page import article, topic

from digest.catalog import load_catalog
from digest.errors import SettingsError
from digest.models import Article
from digest.render.reports import report_links
from digest.sections import section_of
from digest.settings import Outlet, Section, Settings, load_settings
from digest.unheard import unheard_countries, unheard_languages

POLITICS, SPORT = Section("politics", {"en": "Politics", "tr": "Siyaset"}, ("Home", "World")), Section("sport", {"en": "Sport"})


def of(section: str | None, ident: str) -> Article:
    found = article(ident)
    object.__setattr__(found, "section", section)
    return found


@pytest.mark.parametrize(("named", "found"), [
    (["politics"], "politics"), (["Siyaset"], "politics"), (["WORLD"], "politics"), (["SPORT", "sport", "politics"], "sport"),
    (["sport", "politics"], "politics"),
    (["weather"], None), ([None], None), ([None, None, "sport"], "sport"),
])
def test_a_topic_is_in_the_section_that_most_of_its_texts_name(named: list[str | None], found: str | None) -> None:
    made = topic(*((of(name, f"a{number}"),) for number, name in enumerate(named)))
    section = section_of(made, Settings(title="T", sections=(POLITICS, SPORT)))
    assert (section.id if section else None) == found


@pytest.mark.parametrize(("text", "what"), [
    ("sections: politics\n", "sections: expected a list"), ("sections: [{title: {en: Politics}}]\n", "id"),
    ("sections: [{id: Politics}]\n", "expected lowercase"), ("sections: [{id: a}, {id: a}]\n", "stands twice"),
    ("sections: [{id: a, titel: {en: A}}]\n", "titel"), ("repository: https://example.org/a/b\n", "https://github.com/OWNER/NAME"),
])
def test_mistakes_are_told(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "digest.yml").write_text("title: T\nlanguages: [en]\n" + text, "utf-8")
    with pytest.raises(SettingsError, match=what):
        load_settings(tmp_path)


def test_the_front_page_has_the_sections(desk: Desk, newsroom: Desk) -> None:
    last = json.loads((newsroom.site / "data" / "index.json").read_text("utf-8"))["topics"][-1]
    articles = json.loads((newsroom.site / "data" / last["data"]).read_text("utf-8"))["articles"]
    settings = desk.content / "digest.yml"
    settings.write_text(settings.read_text("utf-8") + "sections: [{id: bees, title: {en: Bees & honey}}]\n", "utf-8")
    for one in articles:
        desk.edit(desk.article(one["id"]), r"\A---\n", "---\nsection: bees\n")
    done = desk.run("build")
    assert done.returncode == 0, done.stderr
    section = whole(desk.page("")).partition('<h2><span data-from="section:bees:title">Bees &#38; honey</span></h2>')[2]
    assert last["slug"] in section.partition("</section>")[0]
    desk.edit("site/index.html", "Bees &#38; honey", "Bees &#38; lies")
    assert "is not what section:bees:title says" in desk.run("verify").stderr


def speaks(ident: str, outlet: str, text: str, lang: str = "en") -> Article:
    return article(ident, outlet, lang=lang, text=text)


def test_countries_that_most_texts_name_and_nobody_reports_from_are_told() -> None:
    settings = Settings(title="T", outlets={"tr": Outlet(id="tr", name="Tr", country="TR"), "ru": Outlet(id="ru", name="Ru")})
    one = speaks("a", "tr", "Turkey and Armenia opened a bridge. It was mended.")
    other = speaks("b", "ru", "The Armenian side of the bridge was painted in Russia. It was mended.")
    assert unheard_countries([one, other], [one, other], settings) == ("AM",), "Turkey has an outlet, Russia is named once"
    assert unheard_countries([one], [one], settings) == (), "one text is a limit of its own"


def test_languages_of_the_site_in_which_nothing_is_here_are_told() -> None:
    settings = Settings(title="T", languages=("en", "tr", "pt-BR"))
    assert unheard_languages([speaks("a", "a", "A bridge opened. It was mended.", "en-GB")], settings) == ("tr", "pt-BR")


def test_a_report_is_a_letter_or_an_issue_with_the_page_filled_in() -> None:
    settings = Settings(title="T", contact="mailto:desk@example.org", repository="https://github.com/a/b", address="https://example.org/n/")
    found = dict(report_links(settings, load_catalog("en"), "topics/x/"))
    mail, issue = urlsplit(found["report_mail"]), urlsplit(found["report_issue"])
    assert (mail.scheme, mail.path, issue.path) == ("mailto", "desk@example.org", "/a/b/issues/new")
    for way in (mail, issue):
        assert "https://example.org/n/topics/x/" in parse_qs(way.query)["body"][0]
    assert report_links(Settings(title="T", contact="https://example.org/contact"), load_catalog("en"), "") == []
