import json
from pathlib import Path

import pytest

from digest.changes import compare, main

Topics = dict[str, dict[str, str]]
"""Topic id → article id → the quotation that the topic's summary takes from it; an empty one for none."""


def publish(data: Path, topics: Topics, *, lacking: dict[str, tuple[str, ...]] | None = None, title: str = "Title of {}") -> Path:
    """Write the data of a site."""
    (data / "topics").mkdir(parents=True)
    for topic, quotes in topics.items():
        articles = [{"id": article, "outlet": "an-outlet", "published": "2021-02-18"} | dict.fromkeys((lacking or {}).get(article, ()))
                    for article in quotes]
        summary = [{"text": quote, "citations": [{"article": article, "quote": quote}]} for article, quote in quotes.items() if quote]
        found = {"id": topic, "title": {"text": title.format(topic)}, "articles": articles, "summary": summary}
        (data / "topics" / f"slug-of-{topic}.json").write_text(json.dumps(found), "utf-8")
    (data / "index.json").write_text(json.dumps({"topics": [{"id": topic, "slug": f"slug-of-{topic}"} for topic in topics]}), "utf-8")
    return data


def changes(tmp_path: Path, base: Topics, new: Topics) -> list[str]:
    """Return the report's lines without the empty ones and the title."""
    report = "\n".join(compare(publish(tmp_path / "base", base), publish(tmp_path / "new", new))).splitlines()
    return [line for line in report if line][1:]


A, B = {"a1": "Said in a1.", "a2": ""}, {"b1": "Said in b1."}


@pytest.mark.parametrize(("base", "new", "told"), [
    pytest.param({"a": A, "b": B}, {"a": A, "b": B}, ["Nothing: topics, key points and sources are the same."], id="nothing"),
    pytest.param({"a": A}, {"b": B, "a": A}, ["### New topics (1)", "- Title of b (<code>b</code>): 1 article"], id="new"),
    pytest.param({"a": A, "b": B}, {"a": A}, ["### Topics that are gone (1)", "- Title of b (<code>b</code>)"], id="gone"),
    pytest.param(
        {"a": A, "b": B}, {"b": {**B, **A}},
        ["### Merged topics (1)", "- Title of a (<code>a</code>) into Title of b (<code>b</code>)",
         "### Changed key points (1)", "- Title of b (<code>b</code>)", "  - added: “Said in a1&#46;” (<code>a1</code>)"], id="merged"),
    pytest.param(
        {"a": A, "b": B}, {"a": {"a1": "Said in a1."}, "b": {**B, "a2": ""}},
        ["### Articles that moved to another topic (1)",
         "- <code>a2</code>: from Title of a (<code>a</code>) to Title of b (<code>b</code>)"], id="moved"),
    pytest.param(
        {"a": {"a1": "", "a2": ""}, "b": B}, {"b": {**B, "a1": ""}, "c": {"a2": ""}},
        ["### New topics (1)", "- Title of c (<code>c</code>): 1 article", "### Topics that are gone (1)", "- Title of a (<code>a</code>)",
         "### Articles that moved to another topic (2)",
         "- <code>a1</code>: from Title of a (<code>a</code>) to Title of b (<code>b</code>)",
         "- <code>a2</code>: from Title of a (<code>a</code>) to Title of c (<code>c</code>)"], id="scattered is not merged"),
    pytest.param(
        {"a": A}, {"a": {"a1": "Other words.", "a2": ""}},
        ["### Changed key points (1)", "- Title of a (<code>a</code>)", "  - removed: “Said in a1&#46;” (<code>a1</code>)",
         "  - added: “Other words&#46;” (<code>a1</code>)"], id="key points"),
])
def test_tells_what_changes(tmp_path: Path, base: Topics, new: Topics, told: list[str]) -> None:
    assert changes(tmp_path, base, new) == told


def test_names_articles_without_outlet_or_date(tmp_path: Path) -> None:
    new = publish(tmp_path / "new", {"a": {"a1": "", "a2": "", "a3": ""}}, lacking={"a1": ("outlet", "published"), "a3": ("published",)})
    assert compare(new, new)[2:] == [
        "### Articles without an outlet or a date (2)", "", "- <code>a1</code>: no outlet and no date", "- <code>a3</code>: no date", ""]


def test_a_base_without_a_readable_site_counts_as_empty(tmp_path: Path) -> None:
    report = compare(tmp_path / "missing", publish(tmp_path / "new", {"a": A}))
    assert "There are no readable pages to compare with, so everything counts as new." in report
    assert "### New topics (1)" in report


def test_article_text_is_never_markup(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>\n# [x](http://x) @team `${{ secrets.X }}` | *b*"
    topics = {"a": {"a1|`b`": hostile}}
    report = compare(publish(tmp_path / "base", {}), publish(tmp_path / "new", topics, lacking={"a1|`b`": ("outlet",)}, title=hostile))
    report += compare(publish(tmp_path / "other", {"a": {"a1|`b`": ""}}), tmp_path / "new")
    told = "\n".join(report).replace("<code>", "").replace("</code>", "")
    assert not set("<>[]*`$@|\\{}") & set(told)
    assert not [line for line in told.splitlines() if line.startswith("# ")]


def test_long_lists_and_quotations_are_cut(tmp_path: Path) -> None:
    new = {f"t{n:03}": {f"a{n:03}": "word " * 1000} for n in range(150)}
    report = changes(tmp_path, {topic: dict.fromkeys(quotes, "") for topic, quotes in new.items()}, new)
    assert report[0] == "### Changed key points (150)"
    assert report[-1] == "- and 50 more"
    assert max(map(len, report)) < 400


def test_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = publish(tmp_path / "new", {"a": A})
    assert main([str(new)]) == 2
    assert main([str(new), str(tmp_path / "missing")]) == 1
    assert "missing" in capsys.readouterr().err
    assert main([str(new), str(new)]) == 0
    assert "Nothing" in capsys.readouterr().out
    (new / "topics" / "slug-of-a.json").write_text("[]", "utf-8")
    assert main([str(new), str(new)]) == 1
    assert "not the data of a site" in capsys.readouterr().err
