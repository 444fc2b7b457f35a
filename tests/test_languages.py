"""Navigation, menus and the theme's words for pages of several languages in one site, with MkDocs' own objects."""

from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files
from mkdocs.structure.nav import Navigation, get_navigation

from digest.catalog import load_catalog
from digest.languages import dress_toggles, find_alternates, link_page, local_nav, theme_language, theme_words

PLACES = ("index", "topics/index", "topics/x", "about/method", "deep/first", "deep/second")
NAV = ["index.md", "topics/index.md", {"Deep": ["deep/first.md", {"Deeper": ["deep/second.md"]}, {"Out": "https://example.org/"}]},
       {"Elsewhere": "https://example.org/x"}, "about/method.md"]
LANGUAGES = ("en", "tr", "he")


@pytest.fixture
def site(tmp_path: Path) -> tuple[MkDocsConfig, Files]:
    """Pages of a site in three languages; one has no page in Hebrew, one is not told in Turkish, one is shared by all."""
    for lang in LANGUAGES:
        for place in PLACES:
            if (lang, place) != ("he", "deep/second"):
                told = "false" if (lang, place) == ("tr", "topics/x") else "true"
                folder = "" if lang == "en" else f"{lang}/"
                write(tmp_path, f"{folder}{place}.md", f"title: {lang} {place}", f"tree: {lang}", f"told: {told}")
    write(tmp_path, "sources/a.md", "title: a", "tree: en", "told: true")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nsite_url: https://example.org/news/\n", "utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"), docs_dir=str(tmp_path / "docs"), nav=NAV, plugins=[])
    return config, get_files(config)


def write(root: Path, name: str, *front: str) -> None:
    path = root / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\n{}\n---\nText.\n".format("\n".join(front)), "utf-8")


def navigation(site: tuple[MkDocsConfig, Files]) -> tuple[Navigation, Files]:
    """Return the navigation of a site whose pages are read."""
    config, files = site
    found = get_navigation(files, config)
    for file in files.documentation_pages():
        assert file.page
        file.page.read_source(config)
    return found, files


def outline(items: list[Any]) -> list[Any]:
    """Return the places of a navigation."""
    return [{item.title: outline(item.children)} if item.is_section else item.file.src_uri if item.is_page else item.url for item in items]


def test_each_language_has_the_same_places(site: tuple[MkDocsConfig, Files]) -> None:
    nav, files = navigation(site)
    before = outline(nav.items)
    local = local_nav(nav, "tr", files)
    assert outline(local.items) == ["tr/index.md", "tr/topics/index.md", {"Deep": [
        "tr/deep/first.md", {"Deeper": ["tr/deep/second.md"]}, "https://example.org/"]}, "https://example.org/x", "tr/about/method.md"]
    assert local.homepage.file.src_uri == "tr/index.md"
    assert outline(nav.items) == before


def test_a_place_without_a_counterpart_stays(site: tuple[MkDocsConfig, Files]) -> None:
    nav, files = navigation(site)
    assert outline(local_nav(nav, "he", files).items)[2] == {"Deep": ["he/deep/first.md", {"Deeper": ["deep/second.md"]}, "https://example.org/"]}


def test_the_parts_of_a_local_section_know_it(site: tuple[MkDocsConfig, Files]) -> None:
    nav, files = navigation(site)
    deep = local_nav(nav, "tr", files).items[2]
    assert [child.parent is deep for child in deep.children[:2]] == [True, True]
    deeper = deep.children[1]
    assert deeper.children[0].parent is deeper
    assert nav.items[2].children[0].parent is nav.items[2]
    assert nav.items[2].children[1].parent is nav.items[2]


def test_a_navigation_without_a_home_page_has_none_in_any_language(site: tuple[MkDocsConfig, Files]) -> None:
    nav, files = navigation(site)
    nav.homepage = None
    assert local_nav(nav, "tr", files).homepage is None


def linked(site: tuple[MkDocsConfig, Files]) -> dict[str, Any]:
    """Return the pages, by their files, that know their places in other languages."""
    _, files = navigation(site)
    pages = {file.src_uri: file.page for file in files.documentation_pages()}
    alternates = find_alternates({path: bool(page.meta["told"]) for path, page in pages.items()}, LANGUAGES)
    for path, page in pages.items():
        link_page(page, alternates[path], "en", "https://example.org/news/")
    return pages


def test_a_page_knows_its_place_in_every_language(site: tuple[MkDocsConfig, Files]) -> None:
    pages = linked(site)
    for lang, path in (("en", "topics/x.md"), ("tr", "tr/topics/x.md"), ("he", "he/topics/x.md")):
        rows = pages[path].meta["alternates"]
        assert [(row["lang"], row["name"], row["url"]) for row in rows] == [
            ("en", "English", "topics/x/"), ("tr", "Türkçe", "tr/topics/x/"), ("he", "עברית", "he/topics/x/")]
        assert [row["lang"] for row in rows if row["here"]] == [lang]
        assert [row["lang"] for row in rows if row["told"]] == ["en", "he"]
    assert [row["lang"] for row in pages["deep/second.md"].meta["alternates"]] == ["en", "tr"]
    assert [row["lang"] for row in pages["index.md"].meta["alternates"]] == list(LANGUAGES)


def test_a_page_that_all_languages_share_is_alone(site: tuple[MkDocsConfig, Files]) -> None:
    assert [row["lang"] for row in linked(site)["sources/a.md"].meta["alternates"]] == ["en"]


def test_search_engines_are_led_from_a_page_that_is_not_told_to_the_first_language(site: tuple[MkDocsConfig, Files]) -> None:
    pages = linked(site)
    assert pages["tr/topics/x.md"].canonical_url == "https://example.org/news/topics/x/"
    assert pages["he/topics/x.md"].canonical_url == "https://example.org/news/he/topics/x/"
    assert pages["topics/x.md"].canonical_url == "https://example.org/news/topics/x/"


@pytest.mark.parametrize(("lang", "theme"), [
    ("en", "en"), ("tr", "tr"), ("he", "he"), ("fa", "fa"), ("pt-BR", "pt-BR"), ("pt-PT", "pt"), ("zh", "zh"), ("zh-Hant", "zh-Hant"),
    ("zh-Hans", "zh"), ("az", "az"), ("xx", "en"), ("eo", "eo"), ("../en", "en"),
])
def test_the_theme_speaks_the_nearest_language_that_it_has(lang: str, theme: str) -> None:
    assert theme_language(lang) == theme


def test_the_themes_templates_get_our_words_in_every_language() -> None:
    english, turkish, hebrew = theme_words(LANGUAGES)
    assert (english["lang"], english["dir"], english["home"]) == ("en", "ltr", ".")
    assert (turkish["home"], turkish["t_home"]) == ("tr/", str(load_catalog("tr").text("home")))
    assert (hebrew["lang"], hebrew["dir"], hebrew["home"]) == ("he", "rtl", "he/")
    assert all(set(words) == set(english) > {"lang", "dir", "home", "t_not_found", "t_not_found_hint", "t_languages", "t_home"} for words in
               (english, turkish, hebrew))


def toggles(*names: str) -> Any:
    """Return settings of a theme with switches of these names, as mkdocs.yml has them."""
    return SimpleNamespace(theme={"palette": [{"scheme": name, "toggle": {"name": name}} for name in names]})


def names(config: Any) -> list[str]:
    return [scheme["toggle"]["name"] for scheme in config.theme["palette"]]


def test_switches_with_our_words_are_said_in_the_language_of_each_page() -> None:
    """Whatever the order of the pages."""
    turkish, english = load_catalog("tr"), load_catalog("en")
    config = toggles("Switch to dark mode", "Switch to light mode")
    for catalog in (turkish, english, load_catalog("he"), turkish):
        dress_toggles(config, catalog)
        assert names(config) == [str(catalog.text("to_dark")), str(catalog.text("to_light"))]


def test_switches_with_other_words_stay_as_they_are() -> None:
    config = toggles("Lights out", "Switch to light mode")
    dress_toggles(config, load_catalog("tr"))
    assert names(config) == ["Lights out", str(load_catalog("tr").text("to_light"))]


@pytest.mark.parametrize("palette", [None, [], {"scheme": "slate"}, [{"scheme": "default"}]])
def test_a_palette_without_switches_is_left_alone(palette: Any) -> None:
    config = SimpleNamespace(theme={"palette": deepcopy(palette)})
    dress_toggles(config, load_catalog("tr"))
    assert config.theme == {"palette": palette}
