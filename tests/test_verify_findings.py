"""`digest verify` refuses every change of what comparing the sources found, of what editors wrote, and of names."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Desk
from found import GEAR
from test_verify import LIE, TOPIC, Run, refused


def kind(name: str, number: int = 0) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what takes a finding of a kind from the data of a topic."""
    def take(data: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = (data["stories"][0] if name == "only_one" else data)[name][number]
        return found
    return take


says, differs, version, wording, dated, alone, decision, note = map(
    kind, ("statements", "differences", "versions", "wording", "timeline", "only_one", "editorial", "corrections"))


def longer(found: dict[str, Any]) -> None:
    """Let words end one letter later."""
    found["end"] += 1


@pytest.mark.parametrize(("change", "what"), [
    pytest.param(lambda d: says(d).update(separate_texts=3), "counts 3 separate texts; the articles give 2", id="copies counted twice"),
    pytest.param(lambda d: says(d).update(separate_texts=1), "counts 1 separate texts", id="too few texts"),
    pytest.param(lambda d: says(d).update(separate_texts="2"), "separate_texts is a number", id="a count that is no number"),
    pytest.param(lambda d: says(d)["outlets"].append("open-gazette"), "outlets of a statement", id="an outlet twice"),
    pytest.param(lambda d: says(d).update(outlets=["quay-herald"]), "outlets of a statement", id="an outlet is gone"),
    pytest.param(lambda d: says(d)["citations"].pop(), "outlets of a statement", id="a citation is gone"),
    pytest.param(lambda d: says(d).update(attributed_to=LIE), "whom a statement rests on", id="whom it rests on"),
    pytest.param(lambda d: says(d).update(text=LIE), "text is", id="a statement"),
    pytest.param(lambda d: kind("statements", 1)(d)["spans"].append(kind("statements", 1)(d)["citations"][0]), "the words that", id="more"),
    pytest.param(lambda d: kind("statements", 2)(d).update(passage=LIE), "passage is true or false", id="a passage"),
    pytest.param(lambda d: kind("statements", 2)(d).update(passage=False), "counts 1 separate texts", id="one text, no passage"),
    pytest.param(lambda d: alone(d).update(separate_texts=2), "counts 2 separate texts|not by only one", id="not only one text"),
    pytest.param(lambda d: d["stories"][0]["only_one"].append(says(d)), "not by only one", id="what several tell"),
    pytest.param(lambda d: differs(d).update(what=LIE), "unknown kind", id="a kind of difference"),
    pytest.param(lambda d: differs(d).update(about=LIE), "stands in none of the articles", id="what it is about"),
    pytest.param(lambda d: differs(d).update(within=True), "is not within one text", id="within one text"),
    pytest.param(lambda d: kind("differences", 1)(d).update(within=False), "is within one text", id="not within one text"),
    pytest.param(lambda d: differs(d)["values"].pop(), "fewer than two values", id="one value"),
    pytest.param(lambda d: differs(d)["values"][0].update(value=LIE), "neither a day nor a number", id="a value"),
    pytest.param(lambda d: differs(d)["values"][0].update(shown=LIE), "shown is", id="what is shown"),
    pytest.param(lambda d: differs(d)["values"][0].update(assumed=LIE), "assumed is true or false", id="assumed"),
    pytest.param(lambda d: longer(differs(d)["values"][0]["spans"][0]), "does not stand in", id="the words of a value"),
    pytest.param(lambda d: differs(d)["values"][0]["spans"].reverse(), "other sentences than words in them", id="words in another order"),
    pytest.param(lambda d: differs(d)["values"][0]["spans"].pop(), "other sentences than words in them", id="words are gone"),
    pytest.param(lambda d: differs(d)["values"][0].update(spans=differs(d)["values"][1]["spans"]), "stand in none", id="others"),
    pytest.param(lambda d: version(d).update(order="known"), "does not follow from when", id="who was first"),
    pytest.param(lambda d: version(d).update(order=LIE), "does not follow from when", id="an order"),
    pytest.param(lambda d: version(d).update(articles=[GEAR, "drawbridge-of-orvane-stuck-open"]), "not two copies", id="no copies"),
    pytest.param(lambda d: version(d)["changes"][0].update(citations=says(d)["citations"][:2]), "cites something else", id="a change"),
    pytest.param(lambda d: wording(d).update(kind=LIE), "unknown kind", id="a kind of wording"),
    pytest.param(lambda d: wording(d)["values"][0].update(value=LIE), "neither a day nor a number", id="a word"),
    pytest.param(lambda d: dated(d).update(date="2031-05-16"), "does not follow from the words", id="a date"),
    pytest.param(lambda d: dated(d).update(date="2031-05-32"), "not in the shape", id="no date"),
    pytest.param(lambda d: dated(d).update(date=LIE), "is no date", id="words as a date"),
    pytest.param(lambda d: dated(d).update(precision="year"), "is no date as precise", id="a precision"),
    pytest.param(lambda d: dated(d).update(basis="stated"), "does not follow from the words", id="another basis"),
    pytest.param(lambda d: dated(d).update(basis="other-article"), "does not follow from the words", id="another article's year"),
    pytest.param(lambda d: dated(d).update(basis=LIE), "which is no basis", id="a basis"),
    pytest.param(lambda d: dated(d).update(shown=LIE), "shown is", id="the words of a date"),
    pytest.param(lambda d: d["why"]["days"].append("2031-05-13"), "is named by none of the articles", id="a day"),
    pytest.param(lambda d: d["why"]["days"].append(LIE), "is named by none of the articles", id="words as a day"),
    pytest.param(lambda d: d["why"]["nearest"].update(article=GEAR), "is no article that was left out", id="the nearest is in it"),
    pytest.param(lambda d: d["why"]["nearest"].update(article=LIE), "is no article that was left out", id="the nearest is none"),
    pytest.param(lambda d: d["why"]["nearest"].update(score=2), "no number from 0 to 1", id="the nearest's score"),
    pytest.param(lambda d: decision(d).update(what="only"), "no editor decided", id="a decision"),
    pytest.param(lambda d: decision(d).update(line=99), "no editor decided", id="a decision's line"),
    pytest.param(lambda d: kind("editorial", 1)(d).update(why=LIE), "no editor decided", id="a reason"),
    pytest.param(lambda d: kind("editorial", 2)(d).update(until="2032-07-01"), "no editor decided", id="until when"),
    pytest.param(lambda d: decision(d)["articles"].append(GEAR), "no editor decided", id="an article of a decision"),
    pytest.param(lambda d: decision(d).update(by=LIE), "by is", id="who decided"),
    pytest.param(lambda d: kind("editorial", 3)(d).update(why=LIE), "a withdrawal is", id="why it was withdrawn"),
    pytest.param(lambda d: kind("editorial", 3)(d).update(date="2031-05-21"), "a withdrawal is", id="when it was withdrawn"),
    pytest.param(lambda d: note(d).update(text=LIE), "is no editor's", id="a correction"),
    pytest.param(lambda d: note(d).update(by=LIE), "is no editor's", id="who signed it"),
    pytest.param(lambda d: note(d).update(date="2031-05-17"), "is no editor's", id="a correction's day"),
    pytest.param(lambda d: note(d).update(state="original"), "state of a correction", id="a correction's state"),
    *(pytest.param(lambda d, of=of: of(d).update(comment=LIE), "has the unknown field 'comment'", id=f"an unknown field of a {name}")
      for name, of in {"statement": says, "difference": differs, "value": lambda d: differs(d)["values"][0], "version": version, "change":
                       lambda d: version(d)["changes"][0], "wording": wording, "date": dated, "decision": decision, "correction": note,
                       "nearest": lambda d: d["why"]["nearest"]}.items()),
])
def test_refuses_changed_findings(digest: Run, shown: Desk, change: Callable[[dict[str, Any]], object], what: str) -> None:
    path = next((shown.site / "data" / "topics").glob("ferries*.json"))
    found = json.loads(path.read_text("utf-8"))
    change(found)
    path.unlink()
    path.write_text(json.dumps(found), "utf-8")
    refused(digest, shown, "data/topics/ferries", what)


@pytest.mark.parametrize(("page", "old", "new", "what"), [
    pytest.param(TOPIC, r"(id=\"statement-1\".*?<li>)2 separate", r"\g<1>3 separate", "“3 separate texts” is not what", id="texts"),
    pytest.param(TOPIC, r"(id=\"statement-2\".*?<li>)1 outlet", r"\g<1>3 outlets", "“3 outlets” is not what", id="outlets"),
    pytest.param(TOPIC, r"<mark>Monday</mark>", "<mark>drawbridge</mark>", "does not stand in|nothing rests on", id="other words"),
    pytest.param(TOPIC, r"<mark>Monday</mark>", "Monday <mark>and</mark>", "does not stand in|nothing rests on", id="more words"),
    pytest.param(TOPIC, r"(<q [^>]*>)A cracked", r"\1A <mark>cracked</mark>", "nothing rests on these", id="words without a reason"),
    pytest.param(TOPIC, r"<mark>Monday</mark>", "<mark><i>Monday</i></mark>", "stands inside a marked text", id="an element in them"),
    pytest.param(TOPIC, r"<mark>Monday</mark>", "<mark title='x'>Monday</mark>", "stands inside a marked text", id="an attribute"),
    pytest.param(TOPIC, r"(id=\"dated-1\".*?<time datetime=\")[^\"]*\">[^<]*", r'\g<1>2031-05-12">12 May 2031', "nor follows", id="a date"),
    pytest.param(TOPIC, r"(id=\"dated-3\".*?datetime=\"[^\"]*\">)May", r"\1June", "is not the day", id="a month"),
    pytest.param(TOPIC, r"(id=\"difference-1\".*?<time datetime=\")[^\"]*\">[^<]*", r'\g<1>2031-05-13">13 May 2031', "nor follows", id="d"),
    pytest.param(TOPIC, r"(id=\"wording-1-1\".*?)1 article<", r"\g<1>2 articles<", "“2 articles” is not what", id="a count of uses"),
    pytest.param(TOPIC, r"perhaps in other words", "found in every article", "is neither a marked quotation", id="a blank"),
    pytest.param(TOPIC, r"(id=\"why-t.*?<time datetime=\")[^\"]*\">[^<]*", r'\g<1>2031-05-15">15 May 2031', "nor follows", id="shared"),
    pytest.param(TOPIC, r"(override:\d+:why\">)", r"\1Not ", "is not what override", id="a reason"),
    pytest.param(TOPIC, r"(override:\d+:text\">)", r"\1Not ", "is not what override", id="a note"),
    pytest.param(TOPIC, r"override:\d+:text", "override:1:text", "names nothing that exists", id="another line"),
    pytest.param(TOPIC, r"(withdrawn:[^>]*reason\">)", r"\1Not ", "is not what withdrawn", id="a notice"),
    pytest.param(TOPIC, r'<div class="point">', '<div class="points">', "the key point", id="a key point that is none"),
    pytest.param("corrections", r"(by\">)", r"\1Not ", "is not what override", id="a signature"),
    pytest.param("sources/mayor", r"(reason\">)", r"\1Not ", "is not what withdrawn", id="a notice at its address"),
    pytest.param("topics/lighthouse", r"(<p class=\"kicker.*?term\">)Brann", r"\1Harbor", "is not what topic", id="a title's term"),
    pytest.param("topics/lighthouse", r"(<p class=\"kicker.*?data-from=\")[^\"]+", r"\1story:s-00000000:term", "is not the title of its",
                 id="another title"),
    pytest.param("topics/lighthouse", r"(<h1.*?data-from=\")[^\"]+", r"\1article:ferry-line:title", "is the headline of no event",
                 id="the headline of another topic"),
    pytest.param("topics/myn", r"(<h1.*?title\">)", r"\1Not ", "is not what topic", id="an editor's title"),
    pytest.param("topics/index.html", r"(term\">)Brann", r"\1Harbor", "is not what topic", id="a title's term in a list"),
    pytest.param("names/matis", r"(<h1[^>]*><bdi[^>]*>)Matis", r"\1Mathis", "is not what name", id="a name"),
    pytest.param("names/matis", r"(spelling\">)", r"\1Mac ", "is not what name", id="a spelling"),
    pytest.param("names/matis", r"<mark>Matis Corl</mark> said", "Matis Corl <mark>said</mark>", "nothing rests on", id="no name"),
    pytest.param("names/index.html", r"1 topic<", "2 topics<", "“2 topics” is not what", id="a count of topics"),
])
def test_refuses_changed_findings_on_a_page(digest: Run, shown: Desk, page: str, old: str, new: str, what: str) -> None:
    path = shown.site / page if page.endswith(".html") else shown.page(page)
    shown.edit(path, old, new)
    refused(digest, shown, path.relative_to(shown.site).as_posix(), what)


@pytest.mark.parametrize(("old", "new", "what"), [
    pytest.param('"name": "Matis Corl"', '"name": "Ilsa Venn"', "address of a name|none of its spellings", id="another name"),
    pytest.param('"Corl"\n', '"Brann"\n', "stands in none of its topics", id="a spelling"),
    pytest.param('"kind": "person"', '"kind": "saint"', "is no kind of name", id="a kind"),
    pytest.param('"kind": "person"', '"kind": "person", "note": "x"', "unknown field 'note'", id="an unknown field"),
    pytest.param(r'(?s)("topics": \[\s*)"ferries[^"]*"', r'\1"honey-thieves-leave-a-note-in-pellin-a3a7c769"', "in all|in none", id="t"),
])
def test_refuses_changed_names(digest: Run, shown: Desk, old: str, new: str, what: str) -> None:
    shown.edit(shown.site / "data" / "index.json", old, new)
    refused(digest, shown, "data/index.json", what)


@pytest.mark.parametrize(("file", "old", "new", "what"), [
    pytest.param("digest.yml", "persons: .Matis Corl.\n", "", "may not have a page", id="nobody listed the person"),
    pytest.param("overrides.yml", "pin:", "hide_names: [Corl]\npin:", "may not have a page", id="an editor hid the name"),
    pytest.param("overrides.yml", "The barge", "A barge", "is no editor's", id="another note"),
    pytest.param("overrides.yml", "Lulu's open", "Lulu's closed", "which no editor gave", id="another title"),
    pytest.param("withdrawn.yml", "took it back", "kept it", "a withdrawal is", id="another reason"),
])
def test_refuses_what_editors_did_not_decide(digest: Run, shown: Desk, file: str, old: str, new: str, what: str) -> None:
    shown.edit(shown.content / file, old, new)
    refused(digest, shown, "data/", what)
