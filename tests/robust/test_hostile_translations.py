"""Hostile translations, of editors and of engines: on the pages they are words, or they are refused in one line."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import html5lib
import pytest
from click.testing import Result
from conftest import Desk, set_up
from lxml import etree
from pagewise import BuiltPage, pages_of
from told import correct, remember

from digest.content import format_article
from digest.escape import visible
from digest.translators.pins import Pin, write_pins

Run = Callable[..., Result]
WORDED = {"description", "og:description", "og:title"}
"""What a head tells in words."""
WORDS = "Bu cümle zararsız olmayan sözler taşıyor"
PAYLOADS = {
    "script": "<script>window.pwned = true</script>", "closing": "</script></style></title><script>alert(x)</script>",
    "image": "<img src=x onerror=alert(x)>", "attribute": "\"><svg onload=alert(x)>", "quote": "' onmouseover='alert(x)",
    "link": "[click](javascript:alert(x)) <javascript:alert(x)> <https://evil.example/>", "picture": "![x](https://evil.example/x.png)",
    "anchor": '<a href="javascript:alert(x)">click</a>', "reference": "[a]: javascript:alert(x) [a]",
    "address": "https://evil.example/?a=1&b=2", "template": "{{ config.x }} {% raw %} {# x #}",
    "include": "{% include '/etc/passwd' %} {{ config.__class__.__mro__ }}", "snippet": '--8<-- "/etc/passwd"', "macro": "::: digest.cli",
    "heading": "# Heading", "setext": "Heading ======", "list": "- one * two + three", "ordered": "1. one", "block": "> quoted",
    "fence": "```python import os ``` ~~~", "code": "`code` ``x``", "table": "| a | b | --- | --- |", "rule": "--- *** ___",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~", "attributes": "x { .machine onclick=alert(x) }", "footnote": "[^1]: x [^1]",
    "abbreviation": "*[HTML]: x HTML", "comment": "<!-- x --> <!", "cdata": "<![CDATA[ x ]]> <?php x ?> <!DOCTYPE x>",
    "entities": "&lt;script&gt; &#60;script&#62; &amp;lt;", "escapes": "\\<script\\> \\u003cscript\\u003e %3Cscript%3E",
    "end": "</span></p></div></section></article></main></body></html>", "mark": '<q data-quote="x@0123456789abcdef:0-1">x</q>',
    "label": '<span class="machine">x</span> <p class="machine-notice">x</p> <p class="fallback">x</p>',
    "front": 'x" redirect: "https://evil.example/', "yaml": "x: !!python/object/apply:os.system [id]", "document": "--- ... %YAML",
    "bidi": "a\u202egnp.exe\u202c b\u2066c\u2069 \u200fd", "invisible": "a\u200bb\u00adc\u2060d\ufeffe",
    "controls": "a\x00b\x1b[31mc\x07d\x7fe\x9bf", "lines": "a\u2028b\u2029c\x0bd\x0ce", "private": "a\ue000b\ufdd0d",
    "formula": "=HYPERLINK(1) @SUM +1", "zalgo": "a" + "\u0301" * 400, "long": "x" * 40_000, "words": "söz " * 10_000,
    "brackets": "[" * 4_000, "tags": "<a " * 10_000, "amp": "&" * 20_000,
}
"""What stands in the place of translations, each after some harmless words."""


@dataclass(frozen=True)
class Hostile:
    """A site whose translations are hostile."""

    desk: Desk
    pages: list[BuiltPage]

    def page(self, lang: str, name: str) -> BuiltPage:
        return next(page for page in self.pages if page.address.startswith(f"{lang}/topics/bread-of-baker-{name}"))


def original(name: str) -> str:
    return f"The bread of baker {name.title()} was sold out in Orvane before noon."


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """An article for each payload, told by an editor in Turkish and by a memory in Spanish."""
    desk = set_up(tmp_path_factory.mktemp("hostile") / "desk")
    desk.edit(desk.content / "digest.yml", r"languages: \[en\]", "languages: [en, tr, es]")
    for path in (desk.content / "articles").rglob("*.md"):
        path.unlink()
    for number, name in enumerate(PAYLOADS):
        path = desk.content / "articles" / f"{2000 + number}" / "01" / f"{name}.md"
        path.parent.mkdir(parents=True)
        front = {"title": f"Bread of baker {name.title()}", "outlet": "open-gazette", "lang": "en", "published": f"{2000 + number}-01-01"}
        path.write_text(format_article(front, [original(name)]), "utf-8")
    alone = "".join(f"  - only: [{name}]\n" for name in PAYLOADS)
    (desk.content / "overrides.yml").write_text(f"stories:\n{alone}topics:\n{alone}", "utf-8")
    told = {original(name): f"{WORDS} {payload}" for name, payload in PAYLOADS.items()}
    titles = {f"Bread of baker {name.title()}": f"{WORDS} {payload}" for name, payload in PAYLOADS.items()}
    correct(desk.content, {"tr": told | titles})
    pin = Pin(code="translate-en_es", version="1.9", url="https://example.org/", sha256="0" * 64, size=9, files="1" * 64)
    write_pins(desk.content, [pin])
    memory = desk.root / "build" / "translations"
    remember(desk.content, memory, {("en", "es"): {text: f"{words} ." for text, words in (told | titles).items()}})
    done = desk.run("build")
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Traceback" not in done.stderr
    return Hostile(desk, pages_of(desk))


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_an_editor_wrote_is_words_on_the_page(site: Hostile, name: str) -> None:
    page = site.page("tr", name)
    due = visible(f"{WORDS} {PAYLOADS[name]}")
    shown = {element.get("data-translation"): visible(element.text_content()) for element in page.marked("data-translation")}
    assert set(shown.values()) == {due}
    assert len(shown) == 2
    assert page.main.xpath(".//*[@data-translation]//*[not(@class='aid')]") == []
    data = json.loads((site.desk.site / "tr" / "data" / "topics" / f"{page.address.split('/')[2]}.json").read_text("utf-8"))
    assert visible(data["summary"][0]["text"]) == visible(data["title"]["text"]) == due


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_an_engine_made_is_words_or_the_original(site: Hostile, name: str) -> None:
    page = site.page("es", name)
    assert {visible(element.text_content()) for element in page.marked("data-translation")} <= {visible(f"{WORDS} {PAYLOADS[name]} .")}
    assert page.main.xpath(".//*[@data-translation]//*[not(@class='aid')]") == []


def test_some_of_what_an_engine_made_is_shown(site: Hostile) -> None:
    """So that the test above sees something."""
    shown = [name for name in PAYLOADS if site.page("es", name).marked("data-translation")]
    assert {"script", "image", "attribute", "template", "attributes", "label"} <= {*shown}


def skeleton(page: Path) -> tuple[list[str], set[str]]:
    """Return the scripts of a page as browsers read it, and all attributes that could run or load something; data are none."""
    tree = html5lib.parse(page.read_text("utf-8"), treebuilder="lxml", namespaceHTMLElements=False)
    data = [script for script in tree.iter("script") if script.get("type") == "application/ld+json"]
    assert all(json.loads(script.text)["@context"] == "https://schema.org" for script in data)
    found = [script.text or script.get("src") for script in tree.iter("script") if not script.get("id") and script not in data]
    scripts = [re.sub(r'^[./]+|(?<=URL\(")[./]+', "", script) for script in found]
    active = {f"{element.tag} {name}" for element in tree.iter(etree.Element) for name, value in element.attrib.items()
              if name.startswith("on") or value.strip().lower().startswith("javascript:")
              or (name in {"href", "src", "srcset", "action", "content"} and "evil" in value
                  and {element.get("name"), element.get("property")}.isdisjoint(WORDED))}
    return scripts, active


def test_nothing_runs_and_nothing_is_loaded(site: Hostile) -> None:
    harmless, _ = skeleton(site.desk.site / "tr" / "about" / "method" / "index.html")
    for lang in ("tr", "es"):
        for page in (site.desk.site / lang).rglob("index.html"):
            assert skeleton(page) == (harmless, set()), page


def test_the_site_says_nothing_else(site: Hostile, digest: Run) -> None:
    done = digest(site.desk, "verify")
    assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.parametrize("text", ["\u200b", "\u202e\u202c", "\x00", "\u2028", " \u00ad "])
def test_a_translation_of_nothing_that_can_be_seen_is_still_to_be_filled_in(desk: Desk, digest: Run, text: str) -> None:
    desk.edit(desk.content / "digest.yml", r"languages: \[en\]", "languages: [en, tr]")
    correct(desk.content, {"tr": {"Nobody was hurt.": text}})
    done = digest(desk, "review")
    assert (done.exit_code, re.findall(r"translations/tr\.yml:1: (.*)", done.stdout)) == (
        0, ["“Nobody was hurt.” has an empty translation, and is passed over"])


@pytest.mark.parametrize(("more", "problem"), [("", "not valid YAML"), ("?" * 600, "half of a character")])
def test_halves_of_characters_are_refused_in_one_line(desk: Desk, digest: Run, more: str, problem: str) -> None:
    """By either of the two parsers that read editors' files."""
    desk.edit(desk.content / "digest.yml", r"languages: \[en\]", "languages: [en, tr]")
    correct(desk.content, {"tr": {"Nobody was hurt.": f"a\ud800b{more}"}})
    done = digest(desk, "build")
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith(f"error: content/translations/tr.yml:2: {problem}")
