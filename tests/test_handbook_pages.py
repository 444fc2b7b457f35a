"""The handbook on a site: a page a chapter, once for all languages, and nothing there that the program's own documents do not say."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import OUTSIDE, OVERFLOW, serve
from click.testing import Result
from conftest import ADDRESS, Desk
from lxml import html
from playwright.sync_api import Browser

from digest import handbook
from digest.content import write_file
from digest.handbook import load_chapters
from digest.manifest import write_manifest
from digest.render import about
from digest.running import Hashes
from digest.verify import verify_site

START = "handbook/start/index.html"


def faults(desk: Desk) -> list[str]:
    """Return what is wrong with a site whose manifest tells the truth."""
    write_manifest(desk.site, Hashes())
    return verify_site(desk.site, desk.content)


def test_every_chapter_has_a_page_once(told: Desk) -> None:
    assert len(load_chapters()) > 10
    for address, chapter in load_chapters().items():
        page = html.fromstring((told.site / address / "index.html").read_bytes())
        assert [" ".join(h.text_content().split()) for h in page.iter("h1")] == [chapter.title]
        assert page.find(".//main//h1").get("lang") == page.find_class("handbook")[0].get("lang") == "en"
        assert page.xpath("//nav[contains(@class, 'languages')]") == []
    assert {path.parent for path in told.site.rglob("handbook")} == {told.site}


@pytest.mark.parametrize(("desk", "tree"), [("told", ""), ("told", "tr/"), ("regional", "eu/")])
def test_the_page_of_the_method_leads_there(desk: str, tree: str, request: pytest.FixtureRequest) -> None:
    site = request.getfixturevalue(desk).site
    page = html.fromstring((site / tree / "about" / "method" / "index.html").read_bytes())
    links = page.xpath("//main//*[@id = 'handbook']/following::a/@href")
    assert f"{'../' * (2 + bool(tree))}handbook/" in links


def test_search_engines_take_it_for_english_alone(told: Desk, regional: Desk) -> None:
    assert f"<loc>{ADDRESS}handbook/start/</loc>" in (told.site / "sitemap.xml").read_text("utf-8")
    assert "handbook" not in (regional.site / "sitemap.xml").read_text("utf-8")


@pytest.mark.parametrize(("old", "new", "said"), [
    ("Fork the repository.", "Fork the repository. The council has resigned.", "The council has resigned"),
    ("<strong>Every day</strong>", "<em>Every day</em>", "<em>"),
    ('href="../settings/"', 'href="https://example.com/"', "https://example.com/"),
    ('<h2 id="on-github">', '<h2 id="on-github" title="The council has resigned.">', "The council has resigned"),
    ('<div class="handbook" lang="en" dir="ltr">', '<div class="handbook" lang="tr" dir="ltr">', "lang='tr'"),
    ('<div class="handbook" lang="en" dir="ltr">', '<p>The council has resigned.</p><div class="handbook" lang="en" dir="ltr">',
     "The council has resigned"),
    (">Start</h1>", ">The council has resigned</h1>", "The council has resigned"),
    ("</h1>", '</h1><div class="handbook">The council has resigned.</div>', "is no chapter of the handbook"),
])
def test_whatever_is_planted_in_a_chapter_is_found(built: Desk, old: str, new: str, said: str) -> None:
    built.edit(built.site / START, re.escape(old), lambda _: new)
    found = faults(built)
    assert any(START in fault and said in fault for fault in found), found


@pytest.mark.parametrize("name", ["handbook/news", "handbook/start/more", "topics/handbook", "tr/handbook/start"])
def test_no_other_page_is_a_chapter(built: Desk, name: str) -> None:
    path = built.site / name / "index.html"
    path.parent.mkdir(parents=True)
    shutil.copy(built.site / START, path)
    found = faults(built)
    assert any(f"{name}/index.html" in fault and "handbook" in fault for fault in found), found


def test_a_chapter_that_is_missing_or_empty_is_found(built: Desk) -> None:
    (built.site / "handbook" / "data" / "index.html").unlink()
    text = (built.site / START).read_text("utf-8")
    (built.site / START).unlink()
    write_file(built.site / START, text.partition('<div class="handbook"')[0] + "</article></main></body></html>")
    found = faults(built)
    assert any("leads to nothing" in fault for fault in found)
    assert any(START in fault and "is no chapter of the handbook" in fault for fault in found)


def test_a_program_without_documents_has_no_handbook(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                     digest: Callable[..., Result]) -> None:
    monkeypatch.setattr(handbook, "PACKAGED_DOCS", tmp_path)
    load_chapters.cache_clear()
    try:
        assert about.load_chapters() == {}
        done = digest(desk, "build")
        assert done.exit_code == 0, done.output + done.stderr
        assert not (desk.site / "handbook").exists()
        assert "handbook" not in (desk.site / "about" / "method" / "index.html").read_text("utf-8")
    finally:
        load_chapters.cache_clear()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_chapters_fit_the_screen_and_their_links_lead_on(newsroom: Desk, tmp_path: Path, browser: Browser, width: int) -> None:
    with serve(tmp_path, {"repo": newsroom}) as root, \
            browser.new_context(viewport={"width": width, "height": 740}) as context:
        page = context.new_page()
        for address, chapter in load_chapters().items():
            page.goto(f"{root}/repo/{address}")
            assert page.locator("h1").inner_text() == chapter.title
            assert page.evaluate(OVERFLOW) <= 0, address
            assert page.evaluate(OUTSIDE) == [], address
            assert page.locator("main pre, main code").evaluate_all("all => all.every(e => e.scrollWidth <= e.clientWidth + 1 || "
                                                                    "getComputedStyle(e).display === 'inline')"), address
        page.goto(f"{root}/repo/about/method/")
        page.locator("#handbook + p a").click()
        page.locator("main a", has_text="Languages and translation").click()
        page.locator(".toc a", has_text="Checks").click()
        assert page.url.endswith("/repo/handbook/translation/#checks")
        page.locator(".up a").click()
        assert page.url.endswith("/repo/handbook/")
