"""`digest verify` refuses every change of a built site or its content by name."""

import gzip
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from conftest import LEFT_OUT, Desk, whole

from digest.manifest import write_manifest
from digest.running import Hashes
from digest.verify import verify_site
from digest.verify.words import is_interface

Run = Callable[..., Result]
TOPIC, SOURCE = "topics/ferries-carry-commuters-as-orvane-drawbridge", "sources/orvane-drawbridge-gear-cracks"
OUTLET, HOME, HONEY, GEAR = "outlets/quay-herald", "", "topics/honey", "orvane-drawbridge-gear-cracks"
QUOTE = r"(<q data-quote=[^>]*>)"
LIE = "The mayor took the money."
OTHER_NAMES = "<main> has the attribute data-marks"


def refused(digest: Run, desk: Desk, where: str, what: str) -> None:
    """Check that a digest's site is refused, with a line that names the file and the fault (one of them, with `|` between)."""
    result = digest(desk, "verify")
    assert result.exit_code == 1, result.output
    lines = [line for line in result.stderr.splitlines() if line.startswith(where)]
    assert any(fault in line for fault in what.split("|") for line in lines), result.stderr


@pytest.mark.parametrize("name", ["newsroom", "sample", "compared"])
def test_accepts_what_was_built(digest: Run, request: pytest.FixtureRequest, name: str) -> None:
    result = digest(request.getfixturevalue(name), "verify", "site")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "every quotation stands in its source" in result.stdout


def plus_one(found: re.Match[str]) -> str:
    """Return a match with its number one higher."""
    return f"{found[1]}{int(found[2]) + 1}"


def strange_neighbor(found: re.Match[str]) -> str:
    """Put the first words of the article into the place of a neighbor in a receipt."""
    return f"{found[1]}0-1{found[2]}x{found[3]}"


@pytest.mark.parametrize(("page", "old", "new", "what"), [
    pytest.param(TOPIC, QUOTE + r"\w", r"\1x", "does not stand in", id="a letter of a quotation"),
    pytest.param(TOPIC, QUOTE + r"\w+ ", r"\1", "does not stand in", id="a word of a quotation is gone"),
    pytest.param(SOURCE, r"(<mark [^>]*>)\w", r"\1x", "does not stand in", id="a letter of a source page"),
    pytest.param(TOPIC, r"(data-quote=[^>]*:)(\d+)", plus_one, "does not stand in|beside its words", id="a quotation's start"),
    pytest.param(TOPIC, r"(data-quote=[^>]*:\d+-)(\d+)", plus_one, "does not stand in|beside its words", id="a quotation's end"),
    pytest.param(TOPIC, r"(data-quote=[^>]*:\d+-)(\d+)", r"\g<1>99999", "outside its text", id="an end outside the text"),
    pytest.param(TOPIC, r"(data-quote=[^>]*):\d+-\d+", r"\1", "malformed", id="a quotation without a span"),
    pytest.param(TOPIC, r"(data-quote=[^>]*@)[0-9a-f]{16}", r"\g<1>0123456789abcdef", "cites version 0123456789abcdef", id="a version"),
    pytest.param(TOPIC, r'data-quote="[a-z]+', 'data-quote="nowhere', "which is not in the content", id="an article that is not there"),
    pytest.param(TOPIC, r" data-quote=\"[^\"]*\"", "", "neither a marked quotation", id="a quotation without its mark"),
    pytest.param(TOPIC, r'(class="point">\n)<p class="says">.*?</p>', r"\1", "has no link to the place", id="a quotation without chips"),
    pytest.param(TOPIC, r"(#s-)[0-9a-f]{8}", r"\g<1>deadbeef", "a place that is not on that page", id="a chip to another place"),
    pytest.param(TOPIC, r'data-from="article', 'data-from="nothing', "names nothing that exists", id="a field that does not exist"),
    pytest.param(TOPIC, r"</h1>", "</h1><p>The mayor took the money.</p>", "The mayor took the money", id="an unmarked sentence"),
    pytest.param(HOME, r"</section>", "<ul><li>The mayor took the money.</li></ul></section>", "The mayor took", id="an unmarked list"),
    pytest.param(TOPIC, r"</article>", "</article><p>The mayor took the money.</p>", "The mayor took", id="an unmarked sentence beside"),
    pytest.param(TOPIC, r"</q>", "</q> The mayor took the money.", "The mayor took the money", id="an unmarked sentence after a quotation"),
    pytest.param(TOPIC, QUOTE, r"\1<i>The mayor took it.</i>", "stands inside a marked text", id="an element inside a quotation"),
    *(pytest.param(TOPIC, r"<h1", f'<h1 {name}="The mayor took it"', "The mayor took it", id=f"an unmarked {name}")
      for name in ("aria-label", "title", "alt", "placeholder", "aria-description")),
    pytest.param(TOPIC, r"<q ", '<q title="The mayor took it" ', "The mayor took it", id="a title on a quotation"),
    pytest.param(TOPIC, r'<nav class="md-nav', '<nav aria-label="The mayor took it" class="md-nav', "The mayor took it", id="in the theme"),
    pytest.param(TOPIC, r'data-printed="[^"]*', 'data-printed="https://example.org/other', "not that of its link", id="on paper"),
    pytest.param(TOPIC, r"</h1>", "</h1><script>alert(1)</script>", "has a <script>", id="a script in the text"),
    pytest.param(TOPIC, r"</h1>", "</h1><iframe src='https://example.org'></iframe>", "has a <iframe>", id="a frame"),
    pytest.param(TOPIC, r"(<h1[^>]*><span[^>]*>)\w+", r"\1Fishes", "is not what article", id="a headline"),
    pytest.param(TOPIC, r"<title>\w+", "<title>Fishes", "<title> “Fishes", id="the browser's title"),
    pytest.param(HOME, r"(<h2><a [^>]*data-from[^>]*>)\w+", r"\1Fishes", "is not what article", id="a headline on the front page"),
    pytest.param(HOME, r"\d+ outlets with texts of", "40 outlets with texts of", "is not what the data count", id="outlets that count"),
    pytest.param(HOME, r"(<h1[^>]*><span[^>]*>)\w+", r"\1Fishes", "is not what settings", id="the site's title"),
    pytest.param(TOPIC, r'(data-from="outlet[^>]*>)', r"\1Old ", "is not what outlet", id="an outlet's name"),
    pytest.param(HOME, r'(data-from="article[^>]*outlet">)', r"\1Old ", "is not what article", id="an undeclared outlet's name"),
    pytest.param(OUTLET, r'(owner">)', r"\1Old ", "is not what outlet", id="an owner"),
    pytest.param(OUTLET, r'(country">)\w+', r"\1Sweden", "is not what outlet", id="a country"),
    pytest.param(OUTLET, r"newspaper", "oracle", "“oracle” is neither", id="a kind"),
    pytest.param(TOPIC, r'(<time datetime="[^"]*"[^>]*>)\d+', r"\g<1>29", "is not", id="a date"),
    pytest.param(TOPIC, r'(published">)\d+', r"\g<1>29", "is not what article", id="an article's date"),
    pytest.param(TOPIC, r'datetime="2031(-\S*" data-from)', r'datetime="2030\1', "is not the day", id="the date behind a date"),
    pytest.param(HOME, r'<time datetime="[^"]*">[^<]*', '<time datetime="2031-06-29">29 June 2031', "nor follows", id="a day"),
    pytest.param(HONEY, r'(class="aid".*?time datetime=")[^"]*">[^<]*', r'\g<1>2031-06-03">3 Jun 2031', "nor follows", id="a day beside"),
    pytest.param(HONEY, r"</q>", '<span class="aid"><time datetime="2031-06-03">3 Jun 2031</time></span></q>', "nor follows", id="an aid"),
    pytest.param(HONEY, r"</q>", ' <span class="aid">The mayor took it</span></q>', "The mayor took it", id="words in an aid"),
    pytest.param(TOPIC, r"<li>\d+ separate", "<li>9 separate", "“9 separate texts” is not what", id="a count of texts"),
    pytest.param(HOME, r"<li>\d+ outlets", "<li>9 outlets", "“9 outlets” is not what the data count", id="a count of outlets"),
    pytest.param("about/method", r"<li>\d+ separate", "<li>9 separate", "“9 separate texts” is not what", id="a total"),
    pytest.param("about/method", r'(data-from="left[^>]*>)\w+', r"\1fine", "is not what left-out", id="what was left out"),
    pytest.param("about/method", r'(data-from="settings[^>]*>)\w+', r"\1fine", "is not what settings", id="a setting"),
    pytest.param(TOPIC, r'(term">)', r"\1Dragon", "is not what", id="a shared term"),
    pytest.param(HOME, r'(<h2><a href=")topics', r"\1topicz", "leads to nothing", id="a broken link"),
    pytest.param(HOME, r'(<h2><a href=")[^"]*', r"\1javascript:alert(1)", "neither a page nor an address", id="a script in a link"),
    pytest.param(HOME, r'(<h2><a href=")[^"]*', r"\1../../etc/passwd", "leads to nothing", id="a link out of the site"),
    pytest.param(HOME, r'(<h2><a href=")[^"]*', r"\1http://[", "malformed", id="a link that is none"),
    pytest.param(TOPIC, r'(term">)[^<]*', r"\1A cracked gear stopped the drawbridge of Orvane", "is not what",
                 id="a sentence as a shared term"),
    pytest.param(TOPIC, r'(term">)[^<]*', r"\1rvan", "is not what", id="a part of a word as a shared term"),
    pytest.param(TOPIC, r"</h1>", '</h1><p><span data-from="language:The mayor took it:name">The mayor took it</span></p>',
                 "names nothing that exists", id="a sentence as a language"),
    pytest.param(TOPIC, r"</h1>", '</h1><p><span data-from="language:fi:name">Finnish</span></p>', "names nothing", id="no language here"),
    *(pytest.param(TOPIC, r"</h1>", f"</h1><{tag}>", f"has a <{tag.split()[0].rpartition('<')[2]}>", id=f"<{tag}>") for tag in (
        "img src='x.png'", "video", "audio", "source", "picture", "button", "link href='x'", "meta name='x'", "form", "textarea",
        "svg><image", "svg><text", "svg><use")),
    *(pytest.param(TOPIC, "<h1", f"<h1 {name}", f"attribute {name.split('=')[0]}", id=name) for name in (
        "onclick='alert(1)'", "style='color: red'", "src='/x.png'", "data-note='The mayor took it'", "background='//example.org/x.png'",
        "href='x'")),
    *(pytest.param(TOPIC, r"</h1>", f"</h1><input {asks}>", "asks for more than a tick", id=f"an input {asks}") for asks in (
        "", "type='text'", "type='checkbox' name='x'", "type='checkbox' value='The mayor took it'", "type='image'")),
    pytest.param(TOPIC, r"</h1>", "</h1><button type='submit' popovertarget='receipt-1'></button>", "opens no receipt", id="a button"),
    pytest.param(TOPIC, r'(class="context".*?data-quote="[^"]*:)\d+-\d+(">)[^<]*(</span>)', strange_neighbor, "no neighbor",
                 id="a neighbor"),
    pytest.param(TOPIC, r"</article>", "</article><img src='https://example.org/x.png' onerror='alert(1)'>", "has a <img>",
                 id="an image"),
    pytest.param(TOPIC, r"</article>", "</article><input type='image' src='https://example.org/x.png'>", "attribute src", id="an input"),
    pytest.param(TOPIC, r"</article>", "</article><script>alert(1)</script>", "not the theme's", id="a script beside"),
    pytest.param(TOPIC, r"</article>", "</article><script src='/x.js'></script>", "not the theme's", id="a script's file beside"),
    pytest.param(TOPIC, r"<body", "<body onload='alert(1)'", "<body> runs onload", id="a script of the page"),
    *(pytest.param(TOPIC, r"</head>", f"{tag}</head>", "from elsewhere", id=tag) for tag in (
        "<script src='https://example.org/x.js'></script>", "<script src='//example.org/x.js'></script>",
        "<link rel='stylesheet' href=' HTTPS://example.org/x.css'>",
        "<link rel='preload' imagesrcset='x.png 1x, //example.org/x.png 2x'>")),
    pytest.param(TOPIC, r"</body>", "<p style='background: url(\"//example.org/x\")'></p></body>", "from elsewhere", id="a background"),
    pytest.param(TOPIC, r"</body>", "<form action='https://example.org'></form></body>", "from elsewhere", id="a form's address"),
    pytest.param(TOPIC, r"</head>", f"<meta name='description' content='{LIE}'></head>", "<meta> description", id="a description"),
    pytest.param(TOPIC, r"</head>", f"<meta property='og:title' content='{LIE}'></head>", "<meta> og:title", id="a property"),
    pytest.param(TOPIC, r"(<meta name=\"generator\" content=\")", rf"\1{LIE} ", "<meta> generator", id="a generator"),
    pytest.param(TOPIC, r"</head>", "<meta http-equiv='refresh' content='0; url=https://example.org'></head>", "another site",
                 id="a way out"),
    pytest.param(TOPIC, r"</head>", "<meta http-equiv='refresh' content='0; url=../nowhere/'></head>", "leads to nothing", id="a way"),
    pytest.param(TOPIC, r'<html lang="en"', '<html lang="tr"', "is in the language 'tr'", id="a page's language"),
    pytest.param(TOPIC, r'(id="__config"[^>]*>)\{', r"\1{{", "are no JSON", id="broken settings of the theme"),
    pytest.param(TOPIC, r'data-from="[^"]*', 'data-from="left-out:' + "9" * 5000 + ':file', "can be checked", id="long"),
    pytest.param(TOPIC, r"</h1>", "</h1>" + "<div>" * 3000, "can be checked", id="a deep page"),
    pytest.param("about/method", r"<li>\d+ articles", "<li>99 articles", "“99 articles” is not what", id="a total of articles"),
    pytest.param("about/method", r"<li>\d+ articles", "<li>9,9 articles", "“9,9 articles” is not what", id="a number that is none"),
    pytest.param("about/method", r"<li>\d+ topics", "<li>99 topics", "“99 topics” is not what", id="a total of topics"),
    pytest.param("about/method", r"<li>\d+ events", "<li>99 events", "“99 events” is not what", id="a total of events"),
    pytest.param("outlets/index.html", r">\d+ article", ">99 article", "is not what the data count", id="a count of an outlet's articles"),
    pytest.param("archive/index.html", r">\d+ topic", ">99 topic", "is not what the data count", id="a count of an edition's topics"),
    pytest.param(TOPIC, r'<ul class="counts">', '<ul class="counts"><li>2 articles of unknown outlets</li>', "is not what", id="unknown"),
    pytest.param(TOPIC, r"</article>", "<p>7 articles have no date.</p></article>", "is not what", id="a limit's number"),
    pytest.param(TOPIC, r'(as of )<time datetime="[^"]*">[^<]*', r'\1<time datetime="2031-06-02">2 June 2031',
                 "nor one of the articles here", id="the day of another topic's article"),
    pytest.param(TOPIC, r'(class="when"><span>)<time datetime="[^"]*">[^<]*', r'\1<time datetime="2031-06-02">2 June 2031',
                 "nor one of the articles here", id="the day of an event"),
    pytest.param(HOME, r'<time datetime="[^"]*">[^<]*', '<time datetime="2031-05-13">13 May 2031', "not the edition's", id="an older day"),
    pytest.param(TOPIC, r"<main", "<main>The mayor took the money.</main><main", "has 2 <main>", id="two mains"),
    pytest.param(TOPIC, r"<main(.*)</main", r"<div\1</div", "has no <main>", id="no main"),
    pytest.param(TOPIC, r".*", "", "is no HTML", id="an empty page"),
])
def test_refuses_a_changed_page(digest: Run, built: Desk, page: str, old: str, new: str | Callable[..., str], what: str) -> None:
    path = built.site / page if page.endswith(".html") else built.page(page)
    built.edit(path, old, new)
    refused(digest, built, path.relative_to(built.site).as_posix(), what)


def test_a_page_with_whole_marks_is_proven_too(digest: Run, built: Desk) -> None:
    for path in built.site.rglob("index.html"):
        text = whole(path)
        path.unlink()
        path.write_text(text, "utf-8")
    write_manifest(built.site, Hashes())
    assert digest(built, "verify").exit_code == 0


@pytest.mark.parametrize(("old", "new", "what"), [
    pytest.param('(data-marks="[^"]*)"', r'\1 The mayor took the money."', OTHER_NAMES, id="more than names"),
    pytest.param('(data-marks="[^"]*)"', r'\1 article:honey"', OTHER_NAMES, id="one more name"),
    pytest.param('(data-marks="[^"]*) [^ "]*"', r'\1"', f"names nothing that exists|is malformed|{OTHER_NAMES}", id="a name less"),
    pytest.param('(data-marks=")([^ "]*) ([^ "]*)', r"\1\3 \2", "is not what|names nothing|does not stand in|malformed", id="two names"),
    pytest.param(' data-marks="[^"]*"', "", "names nothing that exists", id="no names"),
    pytest.param('data-marks="[^"]*"', "data-marks", OTHER_NAMES, id="an empty list"),
    pytest.param('data-quote="~\\d+:', 'data-quote="~999:', f"is malformed|{OTHER_NAMES}", id="a number that no name has"),
    pytest.param('data-quote="~\\d+:', 'data-quote="~' + "9" * 5000 + ":", f"is malformed|{OTHER_NAMES}", id="a long number"),
    pytest.param('data-from="~\\d+:', 'data-from="~:', f"names nothing that exists|{OTHER_NAMES}", id="no number"),
    pytest.param("<article ", '<article data-marks="article:honey" ', "<article> has the attribute data-marks", id="names elsewhere"),
])
def test_refuses_changed_names_of_marks(digest: Run, built: Desk, old: str, new: str, what: str) -> None:
    path = built.page(TOPIC)
    text, changed = re.subn(old, new, path.read_text("utf-8"), count=1)
    assert changed
    path.unlink()
    path.write_text(text, "utf-8")
    refused(digest, built, "topics/ferries", what)


def test_refuses_a_missing_page(digest: Run, built: Desk) -> None:
    built.page(SOURCE).unlink()
    refused(digest, built, "topics/", "leads to nothing")


def test_refuses_a_quotation_that_lost_one_of_its_citations(digest: Run, built: Desk) -> None:
    """The words of a copy stand in both articles, so the page links to both."""
    path = built.page(TOPIC)
    built.edit(path, r'<p class="fine"><span>The same words in:</span>.*?</p>', "")
    refused(digest, built, "topics/", "lacks the link to another place|has no link to the place")


def first(data: dict[str, Any]) -> dict[str, Any]:
    """Return the first key point of a topic."""
    point: dict[str, Any] = data["summary"][0]
    return point


def cited(data: dict[str, Any]) -> dict[str, Any]:
    """Return the first citation of a topic."""
    found: dict[str, Any] = first(data)["citations"][0]
    return found




def sentence(data: dict[str, Any]) -> str:
    """Return six words that stand in an article of a topic."""
    return " ".join(str(cited(data)["quote"]).split()[:6])


@pytest.mark.parametrize(("change", "what"), [
    pytest.param(lambda d: cited(d).update(quote=cited(d)["quote"].replace("a", "e", 1)), "does not stand in", id="a letter of a quote"),
    pytest.param(lambda d: first(d).update(text=first(d)["text"] + "!"), "text is", id="a letter of a text"),
    pytest.param(lambda d: cited(d).update(start=cited(d)["start"] + 1), "does not stand in", id="a start"),
    pytest.param(lambda d: cited(d).update(end=cited(d)["end"] - 1), "does not stand in", id="an end"),
    pytest.param(lambda d: cited(d).update(start=str(cited(d)["start"])), "start and end are numbers", id="a start that is no number"),
    pytest.param(lambda d: cited(d).update(start=-9, end=-1, quote="drawbridge"), "does not stand in", id="a start before the text"),
    pytest.param(lambda d: cited(d).update(version="0" * 16), "cites version 0000", id="a version"),
    pytest.param(lambda d: cited(d).update(article="nowhere"), "which is not in the content", id="an article"),
    pytest.param(lambda d: first(d).update(citations=[]), "has no citation", id="no citation"),
    pytest.param(lambda d: first(d).pop("citations"), "not in the shape", id="citations are gone"),
    pytest.param(lambda d: first(d).update(lang="tr"), "language of a text is 'tr'", id="a language"),
    pytest.param(lambda d: first(d).update(state="translated", text=LIE), "is said to be 'translated'", id="a translation that is none"),
    pytest.param(lambda d: first(d).update(translated=LIE), "is said to be 'original', translated", id="words about a translation"),
    pytest.param(lambda d: first(d).update(aids=[{"at": 3, "kind": "date", "text": "2031-01-01", "basis": "published"}]),
                 "does not follow", id="an aid"),
    pytest.param(lambda d: d["summary"].append({**first(d), "text": LIE, "citations": []}), "has no citation", id="a sentence"),
    pytest.param(lambda d: d["title"].update(text="Fishes"), "title is 'Fishes'", id="a title"),
    pytest.param(lambda d: d["title"].update({"from": "terms"}), "the content says", id="a title's origin"),
    pytest.param(lambda d: d["stories"][0]["title"].update(text="Fishes"), "title is 'Fishes'", id="a story's title"),
    pytest.param(lambda d: d["stories"][0].update(date="2031-05-29"), "the date '2031-05-29'", id="a story's date"),
    pytest.param(lambda d: d["stories"][0]["texts"].pop(), "texts is", id="a separate text is gone"),
    pytest.param(lambda d: d["articles"][0].update(title="Fishes"), "title of", id="an article's title"),
    pytest.param(lambda d: d["articles"][0].update(outlet="quay"), "outlet of", id="an outlet"),
    pytest.param(lambda d: d["articles"][0].update(published="2031-05-29"), "published of", id="a date"),
    pytest.param(lambda d: d["articles"][0].update(url="https://example.org"), "url of", id="an address"),
    pytest.param(lambda d: d.update(updated="2031-05-29"), "updated is", id="the topic's day"),
    pytest.param(lambda d: d.update(slug="fishes"), "slug is", id="a slug"),
    pytest.param(lambda d: d["limits"].append(LIE), "the limit", id="a limit"),
    pytest.param(lambda d: d["why"]["shared"].append("dragon"), "shared term 'dragon'", id="a shared term"),
    pytest.param(lambda d: d["why"]["shared"].append(sentence(d)), "or is no term", id="a sentence as a shared term"),
    pytest.param(lambda d: d["why"]["shared"].append("rvan"), "or is no term", id="a part of a word as a shared term"),
    pytest.param(lambda d: d["why"]["shared"].append(""), "or is no term", id="nothing as a shared term"),
    pytest.param(lambda d: d["why"].update(shared={"Orvane": LIE}), "expected a list", id="shared terms that are no list"),
    pytest.param(lambda d: d["why"].update(shared="a"), "expected a list", id="a text as shared terms"),
    pytest.param(lambda d: d.update(limits={}), "expected a list", id="limits that are no list"),
    pytest.param(lambda d: d["stories"][0].update(articles=dict.fromkeys(d["stories"][0]["articles"], LIE)), "expected a list", id="ids"),
    pytest.param(lambda d: d["stories"][0].update(texts=[dict.fromkeys(t, LIE) for t in d["stories"][0]["texts"]]), "a list", id="no text"),
    pytest.param(lambda d: d["stories"][0].update(id=LIE), "the event 'The mayor took the money.' is no id", id="an event's id"),
    pytest.param(lambda d: (d["stories"][0]["articles"].append(LIE), d["stories"][0]["texts"].append([LIE])), "articles is", id="articles"),
    pytest.param(lambda d: d.update(id=LIE), "id is 'The mayor", id="an id"),
    pytest.param(lambda d: d.update(lang=LIE), "lang is 'The mayor", id="the page's language"),
    pytest.param(lambda d: d.update(format=LIE), "format is 'The mayor", id="a format"),
    pytest.param(lambda d: d["limits"].append("7 articles have no date."), "is not what the data count", id="a limit's number"),
    pytest.param(lambda d: d["why"].update(score=LIE), "the score", id="a score"),
    pytest.param(lambda d: d.pop("title"), "not in the shape", id="no title"),
    pytest.param(lambda d: d["articles"].append({"id": 5}), "not in the shape", id="a number for an article"),
    pytest.param(lambda d: d["stories"][0]["articles"].append(5), "not in the shape", id="a number for an event's article"),
    *(pytest.param(lambda d, of=of: of(d).update(comment=LIE), "has the unknown field 'comment'", id=f"an unknown field of {name}")
      for name, of in {"a topic": lambda d: d, "a title": lambda d: d["title"], "an article": lambda d: d["articles"][0], "why":
                       lambda d: d["why"], "a key point": first, "a citation": cited, "a story": lambda d: d["stories"][0]}.items()),
])
def test_refuses_changed_data(digest: Run, built: Desk, change: Callable[[dict[str, Any]], object], what: str) -> None:
    path = next((built.site / "data" / "topics").glob("ferries*.json"))
    found = json.loads(path.read_text("utf-8"))
    change(found)
    path.unlink()
    path.write_text(json.dumps(found), "utf-8")
    refused(digest, built, "data/topics/ferries", what)


@pytest.mark.parametrize(("name", "old", "new", "what"), [
    pytest.param("index.json", "Quay", "Key", "title is 'Key", id="the site's title"),
    pytest.param("index.json", '"day": "2031', '"day": "2032', "day is", id="the edition's day"),
    pytest.param("index.json", '"en"', '"fr"', "languages is", id="a language"),
    pytest.param("index.json", '"format": 1', '"format": 1, "note": "x"', "unknown field 'note'", id="an unknown field"),
    pytest.param("index.json", "topics/", "topicz/", "data is", id="a topic's file"),
    pytest.param("index.json", '"id": "[^"]*"', '"id": "The mayor took it"', "is no id", id="a topic's id"),
    pytest.param("index.json", '"id": "[^"]*"', '"id": ["t"]', "not in the shape", id="a list for a topic's id"),
    pytest.param("index.json", '"format": 1', '"format": "The mayor took it"', "format is 'The", id="a format"),
    pytest.param("schema.json", "\\{", '{"note": "The mayor took it", ', "is not the program's schema", id="the schema"),
    pytest.param("topics/*", '"text": ', '"text": "A lie.", "text": ', "a field stands twice", id="a field twice"),
    pytest.param("topics/*", r"\}\n$", "", "not in the shape", id="half a file"),
    pytest.param("topics/*", r"^.*$", "[1]", "not in the shape", id="a list"),
])
def test_refuses_damaged_data(digest: Run, built: Desk, name: str, old: str, new: str, what: str) -> None:
    path = next((built.site / "data").glob(name))
    built.edit(path, old, new)
    refused(digest, built, path.relative_to(built.site).as_posix(), what)


def test_refuses_an_index_among_topics(digest: Run, built: Desk) -> None:
    index = json.loads((built.site / "data" / "index.json").read_text("utf-8")) | {"topics": [], "names": []}
    (built.site / "data" / "topics" / "index.json").write_text(json.dumps(index), "utf-8")
    shutil.copytree(next((built.site / "topics").glob("ferries*")), built.site / "topics" / "index")
    refused(digest, built, "data/topics/index.json", "not in the shape")


@pytest.mark.parametrize(("file", "old", "new", "where", "what"), [
    pytest.param(GEAR, "A cracked", "A crooked", "", "its text is version", id="a letter of an article"),
    pytest.param(GEAR, "weighs four", "weighs nine", "", "its text is version", id="an uncited letter"),
    pytest.param("honey-thieves-leave-note-in-pellin", "title: Honey", "title: Money", "topics/honey", "is not what article", id="a title"),
    pytest.param("honey-thieves-leave-note-in-pellin", "06-02", "06-01", "topics/honey", "is not what article", id="a date"),
    pytest.param("honey-thieves-leave-note-in-pellin", "06-02", "06-01", "data/topics/honey", "published of", id="a date in the data"),
    pytest.param("outlets.yml", "The Quay Herald", "The Quay Mail", "outlets/quay-herald", "is not what outlet", id="an outlet's name"),
    pytest.param("outlets.yml", "(id: open-gazette.*?)rights: full", r"\1rights: link", "", "only links are allowed", id="rights: link"),
    pytest.param("outlets.yml", "(id: lantern-wire)", r"\1\n  rights: link", "", "only links are allowed", id="another outlet's rights"),
    pytest.param("outlets.yml", "(id: quay-herald)", r"\1\n  quote_limit: 0.05", "", "quote_limit is 5%", id="quote_limit"),
    pytest.param(GEAR, "---", "---\nrights: link", "", "only links are allowed", id="an article's rights"),
    pytest.param("digest.yml", "Quay", "Key", "index.html", "is not what settings", id="the site's title"),
])
def test_refuses_a_site_of_other_content(digest: Run, built: Desk, file: str, old: str, new: str, where: str, what: str) -> None:
    built.edit(built.content / file if file.endswith(".yml") else built.article(file), old, new)
    refused(digest, built, where, what)


@pytest.mark.parametrize("name", [
    "leak.txt", "linked.md", "leak.json", "data/leak.json", "data/topics/schema.json", "data/topics/more/index.json", "data/leak.txt",
    "leak.html", "leak.svg", "topics/leak.pdf", ".leak", "assets/leak.js", "assets/digest.css", "assets/images/favicon.png", "index.htm",
    "INDEX.HTML", "search/search_index.json", "main.html",
])
def test_refuses_a_file_that_is_not_due(digest: Run, built: Desk, name: str) -> None:
    path = built.site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text(built.article(GEAR).read_text("utf-8"), "utf-8")
    refused(digest, built, name, "is no page, no data, no feed and no file of the theme|is neither a part of the search index")


def test_refuses_links_to_other_files(digest: Run, built: Desk) -> None:
    (built.site / "leak").symlink_to(built.content)
    refused(digest, built, "leak", "is a link")


def test_refuses_a_page_that_comes_while_the_site_is_being_proven(built: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Hashes.all_of
    monkeypatch.setattr(Hashes, "all_of", lambda hashes, folder: {
        name: found for name, found in seen(hashes, folder).items() if name != "topics/index.html"})
    assert any(fault.startswith("topics/index.html: came while") for fault in verify_site(built.site, built.content, root=built.root))


@pytest.mark.parametrize("name", ["index.json", "schema.json"])
def test_refuses_a_site_without_its_data(digest: Run, built: Desk, name: str) -> None:
    (built.site / "data" / name).unlink()
    refused(digest, built, f"data/{name}", "is missing")


def test_accepts_the_theme_files_of_the_editors(digest: Run, built: Desk) -> None:
    for folder in (built.root / "templates" / "theme" / "assets", built.site / "assets"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "logo.svg").write_text("<svg/>", "utf-8")
    write_manifest(built.site, Hashes())
    assert digest(built, "verify").exit_code == 0
    away = shutil.copytree(built.content, built.root.parent / "elsewhere" / "content")
    assert [line.partition(":")[0] for line in verify_site(built.site, away)] == ["assets/logo.svg"]
    assert verify_site(built.site, away, root=built.root) == []


def listed(desk: Desk, *addresses: str, extra: str = "") -> None:
    """Write a site's list of addresses."""
    places = "".join(f"<url>\n <loc>{address}</loc>\n <lastmod>2031-06-05</lastmod>\n </url>\n" for address in addresses)
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {spaces}>\n{places}</urlset>{extra}'
    for name, raw in (("sitemap.xml", text.encode()), ("sitemap.xml.gz", gzip.compress(text.encode()))):
        (desk.site / name).unlink()
        (desk.site / name).write_bytes(raw)


ADDRESS = "https://example.org/news/"


def test_accepts_a_list_of_its_pages(built: Desk) -> None:
    listed(built, ADDRESS, f"{ADDRESS}archive/")
    write_manifest(built.site, Hashes())
    assert verify_site(built.site, built.content) == []


@pytest.mark.parametrize(("addresses", "extra", "what"), [
    pytest.param([ADDRESS, f"{ADDRESS}the-mayor-took-it/"], "", "is no page of the site", id="another page"),
    pytest.param([ADDRESS, "https://example.com/archive/"], "", "is no page of the site", id="another site"),
    pytest.param([ADDRESS], f"<!-- {LIE} -->", "not a plain list", id="a comment"),
    pytest.param([ADDRESS], "<p/>", "not a plain list", id="an element"),
    pytest.param([LIE], "", "not the address of a site", id="words"),
])
def test_refuses_another_list_of_pages(digest: Run, built: Desk, addresses: list[str], extra: str, what: str) -> None:
    listed(built, *addresses, extra=extra)
    refused(digest, built, "sitemap.xml", what)


@pytest.mark.parametrize("raw", [b"", LIE.encode(), gzip.compress(LIE.encode()), gzip.compress(LIE.encode())[:-9]], ids=range(4))
def test_refuses_another_packed_list(digest: Run, built: Desk, raw: bytes) -> None:
    (built.site / "sitemap.xml.gz").unlink()
    (built.site / "sitemap.xml.gz").write_bytes(raw)
    refused(digest, built, "sitemap.xml.gz", "does not hold what sitemap.xml holds")


def test_refuses_an_article_that_was_taken_out(digest: Run, built: Desk) -> None:
    built.article("honey-thieves-leave-note-in-pellin").unlink()
    refused(digest, built, "topics/honey", "which is not in the content")


def test_names_every_fault(digest: Run, built: Desk) -> None:
    for page in (TOPIC, SOURCE):
        built.edit(built.page(page), r"</h1>", "</h1> A lie.")
    result = digest(built, "verify")
    pages = [line.split("/")[0] for line in result.stderr.splitlines() if not line.startswith("data/manifest.json")]
    assert pages == ["sources", "topics"]


def test_uses_the_title_of_mkdocs_without_settings(digest: Run, desk: Desk) -> None:
    (desk.content / "digest.yml").unlink()
    assert desk.run("build").returncode == 0
    assert digest(desk, "verify").exit_code == 0


def test_says_where_no_site_is(tmp_path: Path, desk: Desk) -> None:
    assert verify_site(tmp_path, desk.content) == [f"{tmp_path}: no site is here; build one with digest build"]


def test_finds_what_was_left_out_on_the_method_page(newsroom: Desk) -> None:
    page = newsroom.page("about/method").read_text("utf-8")
    assert LEFT_OUT.rpartition("/")[2] in page
    assert "a day like 2021" in page


@pytest.mark.parametrize(("text", "known"), [
    ("", True), ("Home", True), ("3 separate texts", True), ("one text", True), ("Back to top", True), ("As of", True), ("[", True),
    ("The mayor lied", False), ("3 separate mayors", False), ("Home The mayor lied", False), ("by the mayor", False),
])
def test_knows_the_words_of_the_interface(text: str, known: bool) -> None:
    assert is_interface(text, "en") == known
