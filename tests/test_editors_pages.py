"""What editors decide stands on the pages as theirs, and the proof holds it against their file."""

import html
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Desk, set_up, whole

from digest.cli import main
from digest.verify import verify_site

Run = Callable[..., Result]
HONEY, LAUGHS, LULU, LIGHTHOUSE = (
    "honey-thieves-leave-note-in-pellin", "why-pellin-laughs-about-honey", "minaa-lulu-yaftah-abwabah", "lighthouse-of-brann-paints-itself")
BRIDGE = ("drawbridge-of-orvane-stuck-open", "orvane-drawbridge-gear-cracks", "orvane-drawbridge-gear-cracks-gazette",
          "drawbridge-of-orvane-moves-again")
DECIDED = f"""\
topics: [{{together: [{", ".join(BRIDGE)}]}},
         {{apart: [{LULU}, {LIGHTHOUSE}]}}]
pin:
  - {{topic: {LIGHTHOUSE}, until: 2031-07-01}}
hide:
  - {{article: {HONEY}, why: It was a joke.}}
hide_names: [Edda Sorn]
"""


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The newsroom, with an edition that quoted an article which is hidden now; not to be changed."""
    desk = set_up(tmp_path_factory.mktemp("built") / "decided")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk.root)
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        assert CliRunner().invoke(main, ["stories", "--record"]).exit_code == 0
        (desk.content / "overrides.yml").write_text(DECIDED, "utf-8")
        desk.edit("content/digest.yml", "timezone", "persons: [Matis Corl]\ntimezone")
        done = CliRunner().invoke(main, ["build"])
    assert done.exit_code == 0, done.output + done.stderr
    return desk


def shown(page: Path) -> str:
    """Return the words of a page."""
    main_part = page.read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main_part)).split())


def page_with(desk: Desk, mark: str) -> Path:
    """Return the page of the topic that has a mark."""
    return next(path for path in desk.site.glob("topics/*/index.html") if mark in html.unescape(whole(path)))


def test_a_pinned_topic_stands_first_and_says_so(decided: Desk) -> None:
    front = shown(decided.page(""))
    first = front.index("Lighthouse of Brann")
    assert first < front.index("Pinned by an editor until 1 July 2031") < front.index("Orvane")
    assert front.count("Pinned by an editor") == 1
    assert "Topics that an editor pinned stand first, and say so." in front
    assert "An editor pinned this topic to the top of the front page until 1 July 2031" in shown(decided.page("topics/lighthouse"))


def test_a_front_page_without_pins_tells_of_none(newsroom: Desk) -> None:
    assert "pinned" not in shown(newsroom.page(""))


def test_what_is_kept_apart_has_two_sides(decided: Desk) -> None:
    page = html.unescape(whole(decided.page("topics/lighthouse")).partition('id="editorial"')[2])
    other = decided.page("topics/myn").parent.name
    assert "An editor keeps the events of these in different topics:" in page
    assert f'<a href="../{other}/"><span data-from="article:{LULU}:title"' in page
    assert f'<li><span data-from="article:{LIGHTHOUSE}:title"' in page


def test_a_decision_on_all_articles_of_a_page_lists_none(decided: Desk) -> None:
    page = decided.page("topics/ferries")
    data = json.loads((decided.site / "data" / "topics" / f"{page.parent.name}.json").read_text("utf-8"))
    assert {row["id"] for row in data["articles"]} == set(BRIDGE)
    told = whole(page).partition('id="editorial"')[2].partition("</ul>")[0]
    assert "An editor put the events of all articles of this page into one topic" in told
    assert told.count("<li>") == 1
    assert "data-from" not in told


def test_a_hidden_article_is_told_by_outlet_and_day(decided: Desk) -> None:
    topic = page_with(decided, f"hidden:{HONEY}:day")
    assert "An editor hid an article: The Quay Herald 2 June 2031 Reason: It was a joke." in shown(topic)
    source = shown(decided.page(f"sources/{HONEY}"))
    assert "This article is not shown An editor hid an article: The Quay Herald 2 June 2031 Reason: It was a joke." in source
    data = json.loads((decided.site / "data" / "topics" / f"{topic.parent.name}.json").read_text("utf-8"))
    assert data["editorial"] == [{"what": "hide", "by": None, "date": None, "why": "It was a joke.", "articles": [HONEY], "until": None,
                                  "line": 6}]
    assert not any(b"forty jars" in path.read_bytes() for path in decided.site.rglob("*") if path.is_file())


def test_the_list_of_names_says_that_names_are_kept_off(decided: Desk, compared: Desk) -> None:
    assert "Editors keep some names off this list." in shown(decided.site / "names" / "index.html")
    assert "keep some names" not in shown(compared.site / "names" / "index.html")


@pytest.mark.parametrize(("page", "old", "new", "fault"), [
    pytest.param("topics/why", "2 June 2031", "3 June 2031", "is not the day", id="another day of the hidden article"),
    pytest.param("topics/why", f"hidden:{HONEY}:day", f"hidden:{LAUGHS}:day", "names nothing that exists", id="one that nobody hid"),
    pytest.param("topics/why", "It was a joke", "It was a lie", "is not what override:6:why says", id="another reason"),
    pytest.param("", "1 July 2031", "2 July 2031", "is not the day", id="another day of the pin"),
])
def test_what_no_editor_decided_is_refused(decided: Desk, tmp_path: Path, page: str, old: str, new: str, fault: str) -> None:
    lying = decided.copy(tmp_path / "lying")
    path = lying.page(page) if page != "topics/why" else page_with(lying, f"hidden:{HONEY}:day")
    lying.edit(path, re.escape(old), new)
    assert any(fault in found for found in verify_site(lying.site, lying.content, root=lying.root))


@pytest.mark.parametrize(("change", "fault"), [
    pytest.param({"articles": [LAUGHS]}, "no editor decided 'hide'", id="an article that nobody hid"),
    pytest.param({"what": "topics-apart", "line": 2, "articles": [LULU], "why": None}, "no editor decided", id="two others kept apart"),
    pytest.param({"what": "apart"}, "no editor decided 'apart'", id="another kind"),
])
def test_data_that_no_editor_decided_are_refused(decided: Desk, tmp_path: Path, change: dict[str, object], fault: str) -> None:
    lying = decided.copy(tmp_path / "lying")
    path = next(path for path in lying.site.glob("data/topics/*.json") if '"hide"' in path.read_text("utf-8"))
    data = json.loads(path.read_text("utf-8"))
    data["editorial"][0] |= change
    path.unlink()
    path.write_text(json.dumps(data), "utf-8")
    assert any(fault in found for found in verify_site(lying.site, lying.content, root=lying.root))


def test_a_hidden_article_comes_back(decided: Desk, digest: Run, tmp_path: Path) -> None:
    again = decided.copy(tmp_path / "again")
    (again.content / "overrides.yml").unlink()
    assert digest(again, "build").exit_code == 0
    assert "This article is not shown" not in shown(again.page(f"sources/{HONEY}"))
    shutil.rmtree(again.root)
