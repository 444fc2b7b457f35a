"""The policy of each page names the theme's scripts, and no other runs in a browser."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Reader, serve
from conftest import Desk
from lxml import html
from playwright.sync_api import Browser, expect

from digest.errors import SiteError
from digest.policy import META, add_policy, policy_for, read_scripts
from digest.templating import theme_folders
from digest.verify import verify_site

CHARSET = '<meta charset="utf-8">'


def hashed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A theme with two inline scripts, one of which names the site's root."""
    (tmp_path / "theme" / "partials" / "deep").mkdir(parents=True)
    (tmp_path / "theme" / "main.html").write_text('<script>root("{{ base_url }}")</script>\n<script src="x.js"></script>', "utf-8")
    (tmp_path / "theme" / "partials" / "deep" / "a.html").write_text("<script>b(1)</script>", "utf-8")
    return tmp_path / "theme"


def test_it_forbids_all_that_pages_do_not_need() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy_for([]).split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["object-src"] == rules["form-action"] == "'none'"
    assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert rules["style-src"] == rules["connect-src"] == "'self'"
    assert "unsafe-inline" not in policy_for(["a"])
    assert "http" not in policy_for(["a"])


def test_it_names_the_scripts_of_the_theme_and_no_other(theme: Path) -> None:
    ours, others = ['root("../..")', "b(1)"], ['root("//evil.test")', 'root("https://evil.test")', 'root("");evil("")', "b(2)", " b(1)"]
    page = f"<head>{CHARSET}" + "".join(f"<script>{script}</script>" for script in ours + others)
    page = add_policy(page, "index.html", read_scripts([theme]))
    policy = re.findall(rf'{CHARSET}\n<meta http-equiv="{META}" content="([^"]*)"><script>', page)
    assert policy == [policy_for(ours)]
    assert all(hashed(script) in policy[0] for script in ours)


@pytest.mark.parametrize("head", ["<head><title>a</title>", f"<head><script>b(1)</script>{CHARSET}"])
def test_a_page_without_a_place_for_it_is_an_error(theme: Path, head: str) -> None:
    with pytest.raises(SiteError, match=r"index.html: its head does not begin with .*templates/theme"):
        add_policy(head, "index.html", read_scripts([theme]))


@pytest.mark.parametrize("name", ["newsroom", "told"])
def test_every_page_has_the_one_for_its_scripts_before_anything_else(request: pytest.FixtureRequest, name: str) -> None:
    desk: Desk = request.getfixturevalue(name)
    known = read_scripts(theme_folders(desk.root))
    for path in desk.site.rglob("*.html"):
        head = html.document_fromstring(path.read_bytes()).find("head")
        assert [element.tag for element in head[:2]] == ["meta", "meta"], path
        assert (head[0].get("charset"), head[1].get("http-equiv")) == ("utf-8", META), path
        inline = re.findall("<script>(.*?)</script>", path.read_text("utf-8"), re.DOTALL)
        assert len(inline) == 3 + (head.find("link[@type='application/atom+xml']") is not None)
        assert all(any(script.fullmatch(found) for script in known) for found in inline), path
        assert head[1].get("content") == policy_for(inline), path


@pytest.mark.parametrize(("old", "new", "what"), [
    pytest.param(f'<meta http-equiv="{META}"[^>]*>', "", "has not its policy", id="none"),
    pytest.param(f'(<meta http-equiv="{META}"[^>]*>)', r"\1\1", "has not its policy", id="two"),
    pytest.param(f'(<meta http-equiv="{META}"[^>]*>)', r"<script src='x.js'></script>\1", "has not its policy", id="too late"),
    pytest.param(f'(<meta http-equiv="{META}"[^>]*>)(.*)</head>', r"\2\1</head>", "has not its policy", id="last"),
    pytest.param("script-src 'self'", "script-src 'self' 'unsafe-inline'", "which is not the one", id="any script"),
    pytest.param("default-src 'none'", "default-src *", "which is not the one", id="any host"),
    pytest.param("'sha256-.{44}'", hashed("alert(1)"), "which is not the one", id="another script"),
    pytest.param("</body>", "<script>alert(1)</script></body>", "not the theme's: alert(1)", id="a script"),
    pytest.param("</body>", "<script type='module'>alert(1)</script></body>", "not the theme's: alert(1)", id="a module"),
    pytest.param("</body>", "<script>e</script></body>", "not the theme's: e", id="a letter of the theme's scripts"),
])
def test_another_policy_is_refused(built: Desk, old: str, new: str, what: str) -> None:
    built.edit("site/outlets/index.html", old, new)
    assert any(line.startswith("outlets/index.html: ") and what in line for line in verify_site(built.site, built.content))


def test_a_blessed_script_is_refused_all_the_same(built: Desk) -> None:
    """With the hash that lets a browser run it."""
    built.edit("site/outlets/index.html", "</body>", "<script>alert(1)</script></body>")
    built.edit("site/outlets/index.html", "(script-src 'self')", rf"\1 {hashed('alert(1)')}")
    assert any("has a <script> that is not the theme's: alert(1)" in line for line in verify_site(built.site, built.content))


INJECTED = """<script>window.ran = "a script"</script><button id="press" onclick="window.ran = 'a handler'">x</button>
<a id="go" href="javascript:void(window.ran = 'a link')">x</a><p id="styled" style="color: rgb(1, 2, 3)">x</p><base href="https://example.org/">
<iframe src="about:blank"></iframe><form id="form" action="/nowhere/"><input></form>"""


@pytest.mark.browser
@pytest.mark.parametrize("guarded", [True, False], ids=["with the policy", "without it"])
def test_what_is_injected_does_not_run(built: Desk, browser: Browser, tmp_path: Path, guarded: bool) -> None:
    """Without the policy it would: the attempt is a real one."""
    built.edit("site/outlets/index.html", "</article>", lambda _: f"{INJECTED}</article>")
    if not guarded:
        built.edit("site/outlets/index.html", f'<meta http-equiv="{META}"[^>]*>', "")
    (tmp_path / "served").mkdir()
    with serve(tmp_path / "served", {"site": built}) as address, browser.new_context() as context:
        context.set_default_timeout(5000)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{address}/site/outlets/")
        ran = [page.evaluate("window.ran")]
        for name in ("press", "go"):
            page.evaluate("name => document.getElementById(name).click()", name)
            page.wait_for_timeout(50)
            ran.append(page.evaluate("window.ran"))
        assert ran == ([None] * 3 if guarded else ["a script", "a handler", "a link"])
        assert (page.evaluate("document.baseURI") == "https://example.org/") == (not guarded)
        assert (page.evaluate("getComputedStyle(styled).color") == "rgb(1, 2, 3)") == (not guarded)
        assert any("Content Security Policy" in text for text in said) == guarded


KINDS = ["", "topics/", "topics/*/", "archive/", "archive/*/", "archive/*/*/", "archive/*/*/*/", "outlets/", "outlets/*/", "names/",
         "names/*/", "corrections/", "about/method/", "sources/*/", "handbook/", "handbook/*/"]


def addresses(desk: Desk) -> list[str]:
    """Return a page of each kind in each language of a site, the largest of its kind."""
    found = []
    for tree in ("", *(path.name + "/" for path in sorted(desk.site.iterdir()) if (path / "topics").is_dir())):
        for kind in KINDS:
            pages = sorted(desk.site.glob(f"{tree}{kind}index.html"), key=lambda path: (path.stat().st_size, path))
            found += [path.relative_to(desk.site).as_posix().removesuffix("index.html") for path in pages[-1:]]
    return found


@pytest.fixture(scope="module")
def root(told: Desk, compared: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with a site in three languages and one with findings of every kind."""
    with serve(tmp_path_factory.mktemp("served"), {"news": told, "compared": compared}) as address:
        yield address


@pytest.mark.browser
@pytest.mark.parametrize("name", ["told", "compared"])
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("size", [(1280, 900), (375, 740)], ids=["desktop", "phone"])
def test_no_page_asks_another_host_or_breaks_its_policy(request: pytest.FixtureRequest, browser: Browser, root: str, name: str,
                                                        scripts: bool, size: tuple[int, int]) -> None:
    """Everything on it used; nothing is kept in the reader's browser but the choice of light or dark."""
    desk: Desk = request.getfixturevalue(name)
    site = "news" if name == "told" else name
    with browser.new_context(java_script_enabled=scripts, viewport={"width": size[0], "height": size[1]}) as context:
        context.set_default_timeout(20_000)
        reader = Reader(context.new_page(), root)
        visited = [*addresses(desk), *(["404.html"] if name == "told" else [])]
        assert len(visited) >= len(KINDS)
        for path in visited:
            page = reader.open(f"{site}/{path}")
            if scripts:
                use(reader)
            assert reader.faults == [], path
        state = context.storage_state()
        assert state.get("cookies") == []
        kept = {row["name"] for origin in state.get("origins", []) for row in origin["localStorage"]}
        assert kept == ({f"/{site}/.__palette"} if scripts else set())
        if scripts:
            assert page.evaluate("[Object.keys(sessionStorage).length, document.cookie]") == [0, ""]


def use(reader: Reader) -> None:
    """Use what is on every page: light and dark, menus, the search, folds, the way back to the top."""
    page = reader.page
    page.locator("label[for=__palette_1]").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.locator("label[for=__palette_0]").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    menu = page.locator(".languages__here")
    if menu.count():
        menu.click()
        page.keyboard.press("Escape")
    drawer = page.locator(".md-header label[for=__drawer]")
    if drawer.is_visible():
        drawer.click()
        page.wait_for_timeout(100)
        page.evaluate("document.getElementById('__drawer').click()")
    page.locator(".find").first.click()
    page.locator("#find-words").fill("Orvane")
    expect(page.locator(".find-state")).not_to_be_empty()
    expect(page.locator(".find-box")).not_to_have_attribute("aria-busy", "true")
    page.keyboard.press("Escape")
    page.evaluate("document.querySelectorAll('main details').forEach(e => e.open = true)")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(80)
    page.evaluate("document.querySelector('.md-top')?.click()")
