"""No page of any kind breaks a rule of WCAG 2.2 AA that axe can check, in light or dark, on a phone or a desktop, in either direction."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from browsing import OVERFLOW, Reader, serve
from conftest import Desk
from known import Finding, ours
from one_of_each import one_of_each
from playwright.sync_api import Browser, Page
from reporting import Report

pytestmark = pytest.mark.browser
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TREES = [("published", "en"), ("published", "ar"), ("compared", "en"), ("told", "he")]
"""Sites, and the language of one of their trees: two run from right to left."""
SCREENS: dict[str, dict[str, Any]] = {
    "a phone in light": {"viewport": {"width": 375, "height": 740}, "color_scheme": "light"},
    "a desktop in dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


def faults_of(page: Page, address: str) -> list[Finding]:
    """Return what axe says of the page that is open, everything unfolded."""
    page.evaluate("document.querySelectorAll('main details').forEach(e => e.open = true)")
    page.evaluate(AXE)
    said = page.evaluate("rules => axe.run(document, {resultTypes: ['violations'], runOnly: rules})", RULES)
    return [Finding("axe", broken["id"], address, node["html"]) for broken in said["violations"] for node in broken["nodes"]]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(("site", "lang"), TREES)
def test_no_page_breaks_a_rule(site: str, lang: str, screen: str, request: pytest.FixtureRequest, browser: Browser,
                             tmp_path: Path, report: Report) -> None:
    desk: Desk = request.getfixturevalue(site)
    found: list[Finding] = []
    addresses = [*one_of_each(desk, lang).values(), *(["404.html"] if site != "compared" else [])]  # that has no address, so no error page
    with serve(tmp_path, {"news": desk}) as root, browser.new_context(**SCREENS[screen]) as context:
        reader = Reader(context.new_page(), root)
        for address in addresses:
            page = reader.open(f"news/{address}")
            found += faults_of(page, address)
            assert page.evaluate(OVERFLOW) <= 0, address
        assert reader.faults == []
    report(f"axe, {len(addresses)} pages of {site} in {lang} on {screen}: faults", len(ours(found)), ceiling=0, why=ours(found))


def test_axe_sees_a_fault(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!DOCTYPE html><html lang=en><title>A</title><main><h1>A</h1><img src='data:,'></main>", "utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((tmp_path / "index.html").as_uri())
        assert [found.rule for found in faults_of(page, "")] == ["image-alt"]
