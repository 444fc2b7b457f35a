"""`digest verify` refuses every translation that is not its original's, not told as one, or not on a page that says so."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ADDRESS, Desk
from test_verify import LIE, Run, refused
from told import LANTERNS, PRAYED

from digest.catalog import load_catalog
from digest.manifest import write_manifest
from digest.memory import read_memory, write_memory
from digest.placing import Placing
from digest.running import Hashes
from digest.search import write_search
from digest.settings import load_settings
from digest.translators import Draft
from digest.verify import verify_site

TURKISH, HEBREW, ENGLISH = "tr/topics/ferries", "he/topics/ferries", "topics/ferries"
FALLEN, DAY, NAME, HONEY = "tr/topics/myn", "tr/archive/2031/06/05", "he/names/matis", "tr/topics/honey"
PRAYER = "“Yağladık ve dua ettik” dedi."
SPAN, ORIGIN, NOTICE, FALLBACK = (
    "<span data-translation=[^>]*>", '<p class="origin">', '<p class="machine-notice">', '<p class="fallback"[^>]*>')
ENGINE = 'engine:argos:1.9" lang="en" dir="ltr">Argos 1.9'
HOW, NOT_DATA = "which is not how it came about", "is not what the data say"
IN_QUOTATION_MARKS, IS_NONE = "stands in quotation marks", "is said to be an editor's translation, and is none"
BY_EDITOR = '<span>özgün dil: <bdi data-from="language:en:name">İngilizce</bdi>; çeviri: bir editör</span>'
BY_MACHINE = load_catalog("tr").text("machine_notice")
BY_BOTH = load_catalog("he").text("machine_notice_edited")
LIGHTHOUSE, SIGNED = "he/topics/lighthouse", "<h3><span data-translation=[^>]*>[^<]*</span> "
NOT_SIGNED = "is a translated title and does not say so where it stands"
ONLY_TURKISH = 'רק במקורות ב<bdi data-from="language:tr:name">טורקית</bdi></li></ul>'


@pytest.fixture
def retold(told: Desk, tmp_path: Path) -> Desk:
    """A copy of the newsroom in three languages, to be changed with `edit`."""
    return told.copy(tmp_path / "retold")


def test_accepts_what_was_built(digest: Run, told: Desk) -> None:
    result = digest(told, "verify")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(("page", "old", "new", "what"), [
    pytest.param(TURKISH, ">“Yağladık", ">“Yağladim", NOT_DATA, id="a letter"),
    pytest.param(TURKISH, f"({SPAN}“Yağladık ve )dua ", r"\1", NOT_DATA, id="a word is gone"),
    pytest.param(HEBREW, r"(data-translation=[^>]*:)0(-139\">)", r"\g<1>344\2", "does not stand beside it", id="another's mark"),
    pytest.param(HEBREW, r"(data-translation=[^>]*:)0-139(\">)", r"\g<1>3-4\2", "where there are no words|does not stand beside it",
                 id="a mark of a blank"),
    pytest.param(HEBREW, r"(data-translation=[^>]*:0-139\">)[^<]*", r"\1עד הצהריים העבירו המעבורות 1,200 איש אל מעבר לנהר טלר.",
                 NOT_DATA, id="another's words"),
    pytest.param(HEBREW, "data-translation=\"[^\"]*\"", f'data-translation="{LIE}"', "does not stand beside it", id="no mark"),
    pytest.param(HEBREW, r"(\">גשר[^<]*</span></p>)\s*<details.*?</details>", r"\1", "does not stand beside it", id="without its original"),
    pytest.param(TURKISH, "<blockquote lang=\"en\"><p><q[^>]*>“We greased.*?</blockquote>", "", "does not stand beside it",
                 id="direct speech without its original"),
    pytest.param(TURKISH, rf"(Yağladık[^<]*</span></p>\s*){ORIGIN}.*?</p>", r"\1", "is not said to be a translation", id="no label"),
    pytest.param(HEBREW, r'<details class="original"><summary class="origin">.*?</summary>', "<details>", "is not said to be a translation",
                 id="a title without a label"),
    pytest.param(TURKISH, f"({SPAN}“Yağladık.*?</span>)", r"<q>\1</q>", IN_QUOTATION_MARKS, id="in a <q>"),
    pytest.param(TURKISH, f"({SPAN}“Yağladık.*?</span>)", r"<blockquote>\1</blockquote>", IN_QUOTATION_MARKS, id="in a <blockquote>"),
    pytest.param(TURKISH, "<span (data-translation=[^>]*>“Yağladık.*?)</span>", r"<q \1</q>", IN_QUOTATION_MARKS, id="as a <q>"),
    pytest.param(TURKISH, f"({SPAN}“Yağladık)", r"“\1", "neither a marked quotation", id="after a quotation mark"),
    pytest.param(TURKISH, "(<q [^>]*>)(“We)", r"\1<i data-translation='x'>\2</i>", "stands inside a marked text", id="in a quotation"),
    pytest.param(TURKISH, f'{ORIGIN}<span class="machine">.*?</p>', f"{ORIGIN}{BY_EDITOR}</p>", HOW, id="an editor's label"),
    pytest.param(HEBREW, ENGINE, ENGINE.replace("Argos 1", "Argos 2"), "is not what engine", id="the words of a label"),
    pytest.param(HEBREW, ENGINE, ENGINE.replace("argos", "apertium").replace("Argos", "Apertium"), HOW, id="another engine"),
    pytest.param(HEBREW, ENGINE, ENGINE.replace("1.9", "2.0"), HOW, id="another model"),
    pytest.param(HEBREW, ENGINE, ENGINE.replace("argos", "oracle").replace("Argos", "Oracle"), "names nothing that exists", id="no engine"),
    pytest.param(HEBREW, "tr:name\">טורקית</bdi> דרך", 'ar:name">ערבית</bdi> דרך', HOW, id="from another language"),
    pytest.param(HEBREW, " דרך <bdi[^>]*>אנגלית</bdi> באמצעות", " באמצעות", HOW, id="the way through English"),
    pytest.param(HONEY, "<h1", f"{NOTICE}{BY_MACHINE}</p><h1", "has machine translations, and has none", id="a notice of none"),
    *(pytest.param(page, f"{NOTICE}.*?</p>", "", "has machine translations and does not say so", id=f"no notice on {page}")
      for page in (TURKISH, HEBREW, ENGLISH, DAY, NAME, "he/")),
    pytest.param(LIGHTHOUSE, f"({SIGNED})<small.*?</small>", r"\1", NOT_SIGNED, id="a title without a sign"),
    pytest.param(LIGHTHOUSE, f"({SIGNED}<small[^>]*title=\")[^\"]*", rf"\1{LIE}", NOT_SIGNED, id="words in a sign"),
    pytest.param(LIGHTHOUSE, f'({SIGNED}<small class=")machine', r"\1edited", NOT_SIGNED, id="an editor's sign"),
    pytest.param(LIGHTHOUSE, f"({SIGNED}<small[^>]*>)[^<]*", r"\1בית", NOT_SIGNED, id="another word of a sign"),
    pytest.param(TURKISH, f"({SPAN}“Yağladık[^<]*</span>)", rf'\1<small class="machine" title="{LIE}"></small>',
                 "is not a word of the interface", id="a sign after a sentence"),
    pytest.param(TURKISH, f"{NOTICE}.*?</p>", f"{NOTICE}{BY_MACHINE}</p>", "does not say which of its translations are an editor's",
                 id="a notice without editors"),
    pytest.param(LIGHTHOUSE, f"{NOTICE}.*?</p>", f"{NOTICE}{BY_BOTH}</p>", "says that translations are an editor's, and none is",
                 id="a notice with editors"),
    pytest.param(TURKISH, f"{NOTICE}.*?</p>", f"{NOTICE}Ana sayfa</p>", "does not say so", id="another notice"),
    pytest.param(TURKISH, f"({SPAN}“Yağladık)", lambda m: m[1].replace("<span ", '<span lang="he" '), "in the language 'he', and the page",
                 id="said to be in another language"),
    pytest.param(FALLEN, f"{FALLBACK}.*?</p>", "", "is told in 'tr', but its data are in 'en'", id="a page that fell back"),
    pytest.param(FALLEN, f"{FALLBACK}.*?</p>", "", "is neither a marked quotation", id="words of a page that fell back"),
    pytest.param(FALLEN, f"({FALLBACK}).*?</p>", r"\1</p>", "is not what a page says", id="no word about it"),
    pytest.param(FALLEN, "en:name\">İngilizce", 'he:name">İbranice', "is not what a page says", id="another language"),
    pytest.param(TURKISH, "<h1", '<p class="fallback" lang="tr" dir="ltr"></p><h1', "is told in 'en', but its data are in 'tr'",
                 id="a page that did not fall back"),
    pytest.param(ENGLISH, "<h1", '<p class="fallback">Home</p><h1', "is not what a page says", id="a page that cannot fall back"),
    pytest.param(HEBREW, "(id=\"statement-1\".*?)</ul>", rf'\1<li class="only-in">{ONLY_TURKISH}', NOT_DATA, id="only in Turkish sources"),
    pytest.param(HEBREW, "(id=\"statement-1\".*?)</ul>", rf"\1<li>{ONLY_TURKISH}", NOT_DATA, id="only in Turkish, without its class"),
    pytest.param(HEBREW, r"(only-in\">[^<]*<bdi[^>]*)tr(:name\">)טורקית", r"\1en\2אנגלית", NOT_DATA, id="only in English sources"),
    pytest.param(ENGLISH, "</h1>", "</h1><p>Ana sayfa</p>", "“Ana sayfa” is neither", id="Turkish words"),
    pytest.param(ENGLISH, "</h1>", '</h1><p lang="tr">Ana sayfa</p>', "“Ana sayfa” is neither", id="Turkish words that say so"),
    pytest.param(TURKISH, "</h1>", '</h1><p lang="en">Home</p>', "“Home” is neither", id="English words on a page in Turkish"),
    pytest.param(ENGLISH, "</h1>", '</h1><p lang="ru">Главная</p>', "“Главная” is neither", id="words of a language that is not here"),
    pytest.param(TURKISH, '<html lang="tr"', '<html lang="ru"', "is in the language 'ru', not in 'tr'", id="a page's language"),
    pytest.param(TURKISH, '<blockquote lang="en"><p><q ([^>]*)lang="en"', r"<blockquote><p><q \1", "said to be in the language 'tr', not",
                 id="a sentence without its language"),
    pytest.param(TURKISH, r"(<li>Bu sayfada )\d+ cümle", r"\g<1>77 cümle", "“Bu sayfada 77 cümle çevrilmedi.” is not what the data count",
                 id="how many sentences are not translated"),
    pytest.param(HEBREW, r"\d+ משפטים בדף הזה אינם", "77 משפטים בדף הזה אינם", "is not what the data count", id="how many in Hebrew"),
])
def test_refuses_a_changed_page(digest: Run, retold: Desk, page: str, old: str, new: str | Callable[..., str], what: str) -> None:
    path = retold.site / page / "index.html" if page.endswith("/") else retold.page(page)
    retold.edit(path, old, new)
    refused(digest, retold, path.relative_to(retold.site).as_posix(), what)


def change(desk: Desk, lang: str, edit: Callable[[dict[str, Any]], object], topic: str = "ferries") -> None:
    """Change the data of a topic in a language."""
    path = next((desk.site / lang / "data" / "topics").glob(f"{topic}*.json"))
    found = json.loads(path.read_text("utf-8"))
    edit(found)
    path.unlink()
    path.write_text(json.dumps(found), "utf-8")


def each(found: object, text: str) -> Iterator[dict[str, Any]]:
    """Yield everything in data that is told as a text."""
    for value in found if isinstance(found, list) else found.values() if isinstance(found, dict) else ():
        yield from each(value, text)
    if isinstance(found, dict) and found.get("text") == text:
        yield found


def prayer(**new: object) -> Callable[[dict[str, Any]], object]:
    """Return what changes the translation of the prayer wherever the data have it, or how they say that it came about."""
    def edit(data: dict[str, Any]) -> None:
        for found in list(each(data, PRAYER)):
            how = found["translated"]
            found.update({key: value for key, value in new.items() if key in found})
            how.update({key: value for key, value in new.items() if key in how})
    return edit


def row(data: dict[str, Any]) -> dict[str, Any]:
    """Return the prayer in the list of translations."""
    return next(found for found in data["translations"] if found["text"] == PRAYER)


MOVED = "is not what the translation memory has"


@pytest.mark.parametrize(("edit", "what"), [
    pytest.param(prayer(text="“Yağladik ve dua ettik” dedi."), MOVED, id="a letter everywhere"),
    pytest.param(lambda d: row(d).update(text="“Yağladık!” dedi."), "translation is", id="in one of two places"),
    pytest.param(prayer(text="“Yağladık ve 2 kez dua ettik” dedi."), "fails the check 'digits'", id="a digit"),
    pytest.param(prayer(text=PRAYED), "fails the check 'unchanged'", id="the original as a translation"),
    pytest.param(lambda d: row(d).update(start=0, end=134, quote=d["translations"][0]["quote"]), "translation is|fails", id="moved"),
    pytest.param(lambda d: row(d).update(quote=PRAYED[:-1]), "does not stand in", id="of other words"),
    pytest.param(lambda d: row(d).update(start=0), "does not stand in", id="at another place"),
    pytest.param(prayer(engine="apertium"), HOW, id="another engine"),
    pytest.param(prayer(engine="oracle"), "is no engine of ours", id="no engine"),
    pytest.param(prayer(model=LIE), "is no engine of ours", id="words as a model"),
    pytest.param(prayer(engine="editor", state="editor", model=""), IS_NONE, id="an editor's"),
    pytest.param(prayer(state="editor"), "whether an editor translated it", id="an editor's state"),
    pytest.param(prayer(state="original"), "is said to be 'original', translated", id="an original"),
    pytest.param(prayer(translated=None), "is said to be 'translated', translated 'None'", id="nobody's"),
    pytest.param(prayer(lang="he"), "language of a translation is 'he'", id="in another language"),
    pytest.param(prayer(**{"from": "ar"}), "language that it is from is 'ar'", id="from another language"),
    pytest.param(prayer(through="en"), HOW, id="through English"),
    pytest.param(prayer(through=LIE), "came about through 'The mayor took the m", id="through words"),
    pytest.param(prayer(doubts=["names"]), HOW, id="a doubt"),
    pytest.param(prayer(doubts=[LIE]), "with the doubts", id="words as a doubt"),
    pytest.param(lambda d: row(d)["translated"].update(comment=LIE), "translated has the unknown field 'comment'", id="an unknown field"),
    pytest.param(lambda d: row(d).update(comment=LIE), "translation has the unknown field 'comment'", id="an unknown field of a row"),
    pytest.param(lambda d: d["summary"][-1].update(state="fallback"), "is said to be 'fallback'", id="an original in its language"),
    pytest.param(lambda d: d["statements"][0].update(only_in="ar"), "is said to be found in the language 'ar' alone", id="only in Arabic"),
    pytest.param(lambda d: d["statements"][1].update(only_in="tr"), "is said to be found in the language 'tr' alone", id="in its language"),
    pytest.param(lambda d: d["statements"][1].update(only_in=LIE), "is said to be found in the language", id="only in words"),
    pytest.param(lambda d: d["limits"].__setitem__(-1, "Bu sayfada 77 cümle çevrilmedi."), "not what the data count", id="how many"),
    pytest.param(lambda d: d["limits"].append("1 sentence on this page is not translated."), "is none of the interface", id="in English"),
    pytest.param(lambda d: d.update(lang="en"), "lang is 'en', the content says 'tr'", id="the page's language"),
])
def test_refuses_changed_data(digest: Run, retold: Desk, edit: Callable[[dict[str, Any]], object], what: str) -> None:
    change(retold, "tr", edit)
    refused(digest, retold, "tr/", what)


@pytest.mark.parametrize(("edit", "what"), [
    pytest.param(lambda t: t.update(original=None), "not in the shape", id="without its original"),
    pytest.param(lambda t: t["original"].update(text="Fishes"), "title is 'Fishes'", id="of another headline"),
    pytest.param(lambda t: t["original"].update(comment=LIE), "original has the unknown field", id="an unknown field"),
    pytest.param(lambda t: t.update(text=t["text"].replace("מעבורות", "סירות")), MOVED, id="other words"),
    pytest.param(lambda t: t.update(state="original", translated=None), "original of a title is", id="said to be an original"),
])
def test_refuses_a_changed_title(digest: Run, retold: Desk, edit: Callable[[dict[str, Any]], object], what: str) -> None:
    change(retold, "he", lambda data: edit(data["title"]))
    refused(digest, retold, "he/data/topics/ferries", what)


@pytest.mark.parametrize(("old", "new", "what"), [
    pytest.param('"told": "tr"', '"told": "he"', "in 'he'", id="a third language"),
    pytest.param('"told": "tr"', '"told": "en"', "but its data are in 'en'", id="told, said to fall back"),
    pytest.param('"told": "en"', '"told": "tr"', "but its data are in 'tr'", id="fallen back, said to be told"),
    pytest.param('"lang": "tr"', '"lang": "en"', "lang is 'en'", id="the language of the index"),
])
def test_refuses_a_changed_index(digest: Run, retold: Desk, old: str, new: str, what: str) -> None:
    retold.edit(retold.site / "tr" / "data" / "index.json", old, new)
    refused(digest, retold, "tr/", what)


def test_a_letter_is_refused_on_pages_and_in_the_data_together(digest: Run, retold: Desk) -> None:
    """Nothing but the memory tells that the engine did not say so."""
    change(retold, "tr", prayer(text=PRAYER.replace("ettik", "ettim")))
    for path in [path for path in sorted((retold.site / "tr").rglob("*")) if path.name in {"index.html", "feed.xml", "feed.json"}]:
        text = path.read_text("utf-8")
        path.unlink()
        path.write_text(text.replace("dua ettik”", "dua ettim”"), "utf-8")
    shutil.rmtree(retold.site / "search")
    write_search(Placing(retold.site, None, Hashes()), load_settings(retold.content))
    write_manifest(retold.site, Hashes())
    assert verify_site(retold.site, retold.content, root=retold.root) == []
    refused(digest, retold, "tr/data/topics/ferries", MOVED)


def test_refuses_what_the_memory_has_otherwise(digest: Run, retold: Desk) -> None:
    path = retold.root / "build" / "translations" / "argos-tr-en.jsonl"
    rows = read_memory(path)
    assert any(sentence == LANTERNS for _, sentence in rows)
    path.unlink()
    write_memory(path, {key: Draft("The mayor took 45 boats.") for key in rows})
    refused(digest, retold, "data/topics/ferries", MOVED)


@pytest.mark.parametrize(("file", "old", "new", "what"), [
    pytest.param("translations/tr.yml", "isteselerdi", "istemeselerdi", IS_NONE, id="other words"),
    pytest.param("translations/tr.yml", "Beekeeper", "The beekeeper", IS_NONE, id="of others"),
    pytest.param("outlets.yml", "(id: open-gazette)", r"\1\n  translate: false", "whose outlet does not allow it", id="an outlet"),
    pytest.param("digest.yml", "tr, he", "he, tr", "languages is", id="other languages"),
])
def test_refuses_a_site_of_other_content(digest: Run, retold: Desk, file: str, old: str, new: str, what: str) -> None:
    retold.edit(retold.content / file, old, new)
    refused(digest, retold, "", what)


@pytest.mark.parametrize(("old", "new", "what"), [
    pytest.param(f'(hreflang="tr" href="{ADDRESS}tr/topics/honey)', r"\1z", "is no page in the language tr", id="a page that is not"),
    pytest.param(f'hreflang="he" href="{ADDRESS}he/', f'hreflang="he" href="{ADDRESS}tr/', "no page in the language he", id="another tree"),
    pytest.param(f'(hreflang="x-default" href="{ADDRESS})', r"\1he/", "is no page in the language x-default", id="another default"),
    pytest.param('hreflang="he"', 'hreflang="ru"', "is no page in the language ru", id="a language that is not here"),
])
def test_refuses_a_changed_list_of_pages(digest: Run, retold: Desk, old: str, new: str, what: str) -> None:
    retold.edit(retold.site / "sitemap.xml", old, new)
    refused(digest, retold, "sitemap.xml", what)


def fallen(desk: Desk) -> str:
    """Return the address of a page that fell back."""
    return desk.page(FALLEN).parent.relative_to(desk.site).as_posix() + "/"


def test_refuses_an_alternate_that_fell_back(digest: Run, retold: Desk) -> None:
    own = f"<loc>{ADDRESS}{fallen(retold).removeprefix('tr/')}</loc>"
    link = f'<xhtml:link rel="alternate" hreflang="tr" href="{ADDRESS}{fallen(retold)}"/>'
    retold.edit(retold.site / "sitemap.xml", f"({own}.*?)</url>", rf"\1{link}</url>")
    refused(digest, retold, "sitemap.xml", "is no page in the language tr")


def test_refuses_a_page_that_fell_back_in_the_list(digest: Run, retold: Desk) -> None:
    retold.edit(retold.site / "sitemap.xml", "</urlset>", f"<url><loc>{ADDRESS}{fallen(retold)}</loc></url></urlset>")
    refused(digest, retold, "sitemap.xml", "is told in another language than its address")
