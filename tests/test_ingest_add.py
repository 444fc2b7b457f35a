"""Adding files: each once, changed ones with their former text kept, unusable ones refused by name, the rest goes on."""

import logging
from pathlib import Path

import pytest

from digest.content import read_article, read_articles
from digest.errors import SettingsError
from digest.ingest import Added, add_files
from digest.ingest.merge import merge_files
from digest.ingest.raw import RawArticle
from digest.ingest.shelf import article_id
from digest.settings import is_slug

TITLE = "Harbour towns agree on a ferry line"
BODY = (
    "The mayors of Alsund, Berhaven and Corvik agreed on Thursday to run one ferry line together.\n\n"
    "Each town will pay a third of the sum.\n"
)
HEADER = "Northern Gazette | Ann Lee | 2022-03-04T10:15:00+01:00 | https://www.gazette.example/ferry"
OUTLETS = (
    "- {id: northern-gazette, name: Northern Gazette, domains: [gazette.example]}\n"
    "- {id: sound, name: The Sound, domains: [sound.example]}\n"
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write(tmp_path / "raw" / "a.txt", f"{TITLE}\n{HEADER}\n\n{BODY}")


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def add_one(source: Path, content: Path) -> Added:
    (added,) = add_files([source], content)
    return added


def test_added(source: Path, content: Path) -> None:
    added = add_one(source, content)
    assert (added.state, added.unknown, added.problem) == ("added", (), None)
    assert added.article
    assert added.article.parent == content / "articles" / "2022" / "03"
    assert added.article.read_text("utf-8") == (
        f"---\ntitle: {TITLE}\npublished: 2022-03-04T10:15+01:00\noutlet: Northern Gazette\nlang: en\n"
        f"url: https://www.gazette.example/ferry\nauthors: [Ann Lee]\n---\n{BODY}"
    )
    assert read_article(added.article)[1] == ()


def test_the_same_again_changes_nothing(source: Path, content: Path) -> None:
    first = add_one(source, content).article
    assert first
    before = (first.stat().st_mtime_ns, sorted(content.rglob("*")))
    assert add_one(source, content).state == "unchanged"
    assert (first.stat().st_mtime_ns, sorted(content.rglob("*"))) == before


def test_the_same_twice_in_one_run(source: Path, content: Path) -> None:
    twin = write(source.with_name("b.txt"), source.read_bytes())
    assert [added.state for added in add_files([source, twin, source], content)] == ["added", "unchanged"]


def test_without_address_the_text_is_the_id(tmp_path: Path, content: Path) -> None:
    source = write(tmp_path / "a.txt", f"{TITLE}\n\n{BODY}")
    added = add_one(source, content)
    assert added.unknown == ("published", "outlet", "url", "authors")
    assert added.article
    assert added.article.parent.name == "undated"
    added.article.write_text(added.article.read_text("utf-8").replace("a third", "one third"), "utf-8")
    again = add_one(source, content)
    assert (again.state, again.notes) == ("unchanged", ("its file was edited since; the editor's text stays",))


def test_a_changed_text_keeps_the_former_one(source: Path, content: Path) -> None:
    first = add_one(source, content)
    assert first.article
    former = first.article.read_text("utf-8")
    first.article.write_text(former.replace("---\nThe", "rights: full\n---\nThe"), "utf-8")
    former, version = first.article.read_text("utf-8"), read_article(first.article)[0].version
    write(source, f"{TITLE} now\n{HEADER}\n\n{BODY.replace('a third', 'a fourth')}")
    second = add_one(source, content)
    assert (second.state, second.article) == ("updated", first.article)
    assert (content / "versions" / first.article.stem / f"{version}.md").read_text("utf-8") == former
    article = read_article(first.article)[0]
    assert (article.title, article.rights) == (f"{TITLE} now", "full")
    assert "a fourth" in article.text
    write(source, f"{TITLE}\n{HEADER}\n\n{BODY}")
    assert add_one(source, content).state == "unchanged"
    assert len(read_articles(content).articles) == 1


def page(path: Path, outlet: str | None, title: str = TITLE, body: str = BODY, url: str = "https://www.first.example/ferry") -> Path:
    """Write a web page that calls an address its canonical one."""
    site = f"<meta property='og:site_name' content='{outlet}'>" if outlet else ""
    text = "".join(f"<p>{line}</p>" for line in body.split("\n\n"))
    return write(path, f"<html lang=en><head><title>{title}</title><link rel=canonical href='{url}'>{site}</head><body>"
                       f"<article><h1>{title}</h1>{text}</article></body></html>")


@pytest.mark.parametrize("declared", ["", "- {id: aa, name: AA, domains: [first.example]}\n- {id: bb, name: BB}\n"])
@pytest.mark.parametrize("title", [TITLE, "Ferry line agreed, mayors say"])
@pytest.mark.parametrize("body", [BODY, BODY.replace("a third", "a fourth")])
def test_a_repost_stays_beside_the_first_publishers_article(title: str, body: str, declared: str, tmp_path: Path, content: Path) -> None:
    write(content / "outlets.yml", declared)
    first, repost = page(tmp_path / "a.html", "AA"), page(tmp_path / "b.html", "BB", title, body)
    one = add_one(first, content)
    assert one.article
    before = one.article.read_bytes()
    two = add_one(repost, content)
    assert (two.state, two.notes) == ("added", (f"{one.article.stem} of another outlet has the same address; both stay",))
    for order in ([first, repost], [repost, first]):
        assert [added.state for added in add_files(order, content)] == ["unchanged"] * 2
    assert one.article.read_bytes() == before
    read = read_articles(content)
    assert sorted((article.outlet or "").lower() for article in read.articles) == ["aa", "bb"]
    assert read.left_out == ()
    assert not (content / "versions").exists()
    page(repost, "BB", title, body.replace("on Thursday", "late on Thursday"))
    updated = add_one(repost, content)
    assert (updated.state, updated.article) == ("updated", two.article)
    assert one.article.read_bytes() == before


def test_the_id_of_a_first_article_does_not_depend_on_its_outlet(tmp_path: Path, content: Path) -> None:
    added = add_one(page(tmp_path / "a.html", "AA"), content)
    raw = RawArticle(title=TITLE, paragraphs=("x",), url="https://www.first.example/ferry")
    assert added.article
    assert added.article.stem == article_id(raw) != article_id(raw, "BB")


@pytest.mark.parametrize(
    ("first", "second", "outlet"),
    [("AA", None, "AA"), (None, "BB", "BB"), (None, None, None), ("AA", "aa", "aa"), ("The News", "AA", "first")],
)
def test_an_outlet_that_is_unknown_or_the_same_is_no_other(
    first: str | None, second: str | None, outlet: str | None, tmp_path: Path, content: Path,
) -> None:
    added = add_one(page(tmp_path / "a.html", first), content)
    assert added.article
    if outlet == "first":
        write(content / "outlets.yml", "- {id: first, name: First, domains: [first.example]}\n")
    again = add_one(page(tmp_path / "a.html", second, body=BODY.replace("a third", "a fourth")), content)
    assert (again.state, again.article) == ("updated", added.article)
    assert read_article(added.article)[0].outlet == outlet


@pytest.mark.parametrize("declared", ["", OUTLETS + "- {id: news, name: The News}\n"])
def test_the_same_words_of_two_outlets_without_address(declared: str, tmp_path: Path, content: Path) -> None:
    write(content / "outlets.yml", declared)
    first = write(tmp_path / "a.txt", f"{TITLE}\nNorthern Gazette | 4 March 2022\n\n{BODY}")
    second = write(tmp_path / "b.txt", f"{TITLE}\nThe News | 4 March 2022\n\n{BODY}")
    assert [added.state for added in add_files([first, second], content)] == ["added"] * 2
    assert [added.state for added in add_files([second, first], content)] == ["unchanged"] * 2


def test_an_outlet_that_an_editor_put_right_is_not_added_twice(tmp_path: Path, content: Path) -> None:
    source = write(tmp_path / "a.txt", f"{TITLE}\nThe News | 4 March 2022\n\n{BODY}")
    article = add_one(source, content).article
    assert article
    write(content / "outlets.yml", OUTLETS)
    told = article.read_text("utf-8")
    write(article, told.replace("outlet: The News", "outlet: northern-gazette"))
    assert article.read_text("utf-8") != told
    assert add_one(source, content).state == "unchanged"


FRONT = (
    "# our notes\ntitle: {title}\nsubtitle: An editor's  # by hand\nverified_by: [Ann, \"Bo: Li\"]\npublished: 2022-03-04\n"
    "# checked twice\noutlet: Northern Gazette\nlang: en\nurl: https://www.gazette.example/ferry\nauthors: [Ann Lee]\n"
    "checks:\n  by: Bo\n  steps:\n  - call\n  - visit\nplaces:\n- Alsund\n- Corvik\nnote: |\n  one\n\n  two\nsection: Sea\n"
    "tags: [ferry]\nretrieved: 2022-03-05\nsummary: >\n  In\n  short.\nrepublished_by: sound\nreposted: 2022-03-06\n"
    "copy_of: other\nrights: link\ndraft: true\n"
)
"""What an editor made of a front matter."""


def test_an_update_keeps_every_key(source: Path, content: Path) -> None:
    path = add_one(source, content).article
    assert path
    write(path, f"---\n{FRONT.format(title=TITLE)}---\n{BODY}")
    write(source, f"{TITLE} now\n{HEADER}\n\n{BODY.replace('a third', 'a fourth')}")
    assert add_one(source, content).state == "updated"
    told = FRONT.format(title=f"{TITLE} now").replace("published: 2022-03-04", "published: 2022-03-04T10:15+01:00")
    assert path.read_text("utf-8") == f"---\n{told}---\n{BODY.replace('a third', 'a fourth')}"
    article = read_article(path)[0]
    assert (article.rights, article.copy_of, article.draft, article.republished_by) == ("link", "other", True, "sound")


def test_an_update_takes_what_the_source_states(tmp_path: Path, content: Path) -> None:
    front = "title: T\npublished: 2022-03-04\noutlet: AA\nlang: en\nurl: https://www.first.example/ferry\n"
    source = write(tmp_path / "a.md", f"---\n{front}section: Old\nsummary: Old\nretrieved: 2022-03-04\n---\n{BODY}")
    path = add_one(source, content).article
    assert path
    write(source, f"---\n{front}section: New\nsummary: New\nretrieved: 2022-03-09\ntags: [a]\n---\n{BODY}More.\n")
    assert add_one(source, content).state == "updated"
    assert path.read_text("utf-8").partition("\n---\n")[0] == (
        f"---\n{front}authors: []\nsection: New\nretrieved: 2022-03-09\nsummary: New\ntags: [a]")


@pytest.mark.parametrize(
    ("former", "merged"),
    [
        ("title: a\nx: 1\n", "title: b\nx: 1\nnew: 2\n"),
        ("x: 1\ntitle:\n  a\n  b\n# c\ny: 'z: 2'\n", "x: 1\ntitle: b\n# c\ny: 'z: 2'\nnew: 2\n"),
        ('x: "two\nlines: 2"\n"title": a\n', 'x: "two\nlines: 2"\ntitle: b\nnew: 2\n'),
        ("  title: a\n  x:\n  - 1\n", "title: b\nx:\n  - 1\nnew: 2\n"),
        ("{title: a, x: [1,\n 2], y: 3}\n", "title: b\nx: [1,  2]\ny: 3\nnew: 2\n"),
        ("x: [1,\n2\n]\ntitle: a # c\nnew:\n", "x: [1,\n2\n]\ntitle: b\nnew:\n"),
        ("x: 'a\x01b\u2028c'\ntitle: a\n", "x: 'a\x01b\u2028c'\ntitle: b\nnew: 2\n"),
        ("[1, 2]: c\ntitle: a\n# end\n", "[1, 2]: c\ntitle: b\n# end\nnew: 2\n"),
    ],
)
def test_front_matter_is_kept_as_written(former: str, merged: str) -> None:
    assert merge_files(f"---\n{former}---\nOld.\n", "---\ntitle: b\nnew: 2\n---\nNew.\n", {"title"}) == f"---\n{merged}---\nNew.\n"


def test_front_matter_that_cannot_be_kept_is_not_lost(source: Path, content: Path) -> None:
    path = add_one(source, content).article
    assert path
    written = path.read_text("utf-8").replace("title:", "? verified_by\n: Ann\n? title\n:")
    write(path, written)
    assert read_article(path)[0].title == TITLE
    write(source, f"{TITLE}\n{HEADER}\n\n{BODY}More.\n")
    added = add_one(source, content)
    assert (added.state, path.read_text("utf-8"), (content / "versions").exists()) == ("refused", written, False)


def test_a_language_that_is_not_told_stays(tmp_path: Path, content: Path) -> None:
    source = write(tmp_path / "a.md", "---\ntitle: T\noutlet: AA\nurl: https://www.first.example/ferry\n---\n123 456.\n")
    path = add_one(source, content).article
    assert path
    write(path, path.read_text("utf-8").replace("lang: und", "lang: fo"))
    write(source, source.read_text("utf-8").replace("456", "789"))
    assert add_one(source, content).state == "updated"
    assert read_article(path)[0].lang == "fo"


def test_a_new_content_folder_is_told(source: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "digest")
    content = tmp_path / "mistyped"
    add_files([source.with_name("missing.txt")], content)
    assert not content.exists()
    assert caplog.messages == []
    add_files([source, source], content)
    add_files([source], content)
    assert caplog.messages == [f"{content} is a new content folder"]


def test_an_undated_copy_of_the_same_words_is_the_same(tmp_path: Path, content: Path) -> None:
    write(content / "articles" / "undated" / "ferry.md", f"---\ntitle: {TITLE}\noutlet: null\nlang: en\n---\n{BODY}")
    assert add_one(write(tmp_path / "a.txt", f"{TITLE}\n\n{BODY}"), content).article == content / "articles" / "undated" / "ferry.md"


def test_a_broken_article_in_the_way_is_not_overwritten(source: Path, content: Path) -> None:
    article = add_one(source, content).article
    assert article
    write(article, "no front matter")
    added = add_one(source, content)
    assert added.state == "refused"
    assert "repair" in (added.problem or "")
    assert article.read_text("utf-8") == "no front matter"


@pytest.mark.parametrize(
    ("header", "outlet"),
    [
        ("Northern gazette | 4 March 2022", "northern-gazette"),
        ("northern-gazette | 4 March 2022 | https://other.example/a", "northern-gazette"),
        ("The News | 4 March 2022 | https://www.sound.example/a", "sound"),
        ("The News | 4 March 2022 | https://notsound.example/a", "The News"),
        ("4 March 2022 | https://m.sound.example/a", "sound"),
        ("4 March 2022", None),
    ],
)
def test_outlets(header: str, outlet: str | None, tmp_path: Path, content: Path) -> None:
    write(content / "outlets.yml", OUTLETS)
    added = add_one(write(tmp_path / "a.txt", f"{TITLE}\n{header}\n\n{BODY}"), content)
    assert added.article
    assert read_article(added.article)[0].outlet == outlet
    assert ("outlet" in added.unknown) == (outlet is None)
    assert (content / "outlets.yml").read_text("utf-8") == OUTLETS


def test_broken_settings_stop_it(source: Path, content: Path) -> None:
    write(content / "outlets.yml", "- {id: Not A Slug, name: x}\n")
    with pytest.raises(SettingsError):
        add_files([source], content)


REFUSED = {
    "empty.txt": (b"", "empty"),
    "blank.md": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 9, "not text"),
    "nul.md": (b"# Title\n\nSome\0 text here.", "not text"),
    "controls.html": (b"\x01\x02\x03<html>" * 50, "not text"),
    "large.txt": (b"word " * 600_000, "larger than 2 MB"),
    "line.txt": (b"Title\n\n" + b"word " * 50_000, "200 kB"),
    "picture.png": (b"\x89PNG", "an image"),
    "title.txt": (b"A title alone", "no text"),
    "page.html": (b"<p>", "no title"),
    "long.md": (b"---\ntitle: " + b"x" * 1_500 + b"\n---\nText.", "1,000"),
}


def test_refusals_name_the_file_and_the_rest_goes_on(tmp_path: Path, source: Path, content: Path) -> None:
    paths = [write(tmp_path / "bad" / name, raw) for name, (raw, _) in REFUSED.items()]
    (tmp_path / "bad" / "dangling.txt").symlink_to(tmp_path / "nothing")
    results = add_files([*paths, tmp_path / "bad" / "dangling.txt", tmp_path / "missing.txt", source], content)
    assert [added.state for added in results] == ["refused"] * (len(REFUSED) + 2) + ["added"]
    for added, (_, problem) in zip(results, REFUSED.values(), strict=False):
        assert problem in (added.problem or ""), added
        assert "\n" not in (added.problem or "")


def test_folders_are_walked_in_order_and_hidden_files_passed_over(tmp_path: Path, content: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.HTML", ".hidden.txt", ".git/d.txt", "notes.csv"):
        write(
            tmp_path / "raw" / name,
            f"<html><head><title>{name}</title></head><body><p>{BODY}</p></body></html>" if "HTML" in name else f"# {name} title\n\n{BODY}",
        )
    results = add_files([tmp_path / "raw"], content)
    assert [Path(added.source).name for added in results] == ["a.md", "b.txt", "c.HTML"]
    assert {added.state for added in results} == {"added"}


@pytest.mark.parametrize(
    ("name", "raw", "title"),
    [
        ("bom.txt", f"{TITLE}\n\n{BODY}".encode("utf-8-sig"), TITLE),
        ("u16.txt", f"{TITLE}\n\n{BODY}".encode("utf-16"), TITLE),
        (
            "cp1251.txt",
            ("Совет одобрил план\n\n" + "Совет в понедельник одобрил новый план развития гавани. " * 5).encode("cp1251"),
            "Совет одобрил план",
        ),
        (
            "meta.html",
            (
                "<html><head><meta charset='windows-1254'><title>Kıyıda şenlik</title></head><body><p>"
                + "Kıyıda şenlik başladı, dedi başkan. " * 9
            ).encode("cp1254"),
            "Kıyıda şenlik",
        ),
        ("nul.html", f"<html><head><title>{TITLE}\0</title></head><body><p>{BODY}\0</p>".encode(), TITLE),
        ("noname", f"<!DOCTYPE html><title>{TITLE}</title><p>{BODY}".encode(), TITLE),
        ("surrogate.txt", f"{TITLE}\n\n".encode() + b"\xed\xa0\x80" + BODY.encode(), TITLE),
    ],
)
def test_encodings(name: str, raw: bytes, title: str, tmp_path: Path, content: Path) -> None:
    added = add_one(write(tmp_path / name, raw), content)
    assert added.article
    assert read_article(added.article)[0].title == title


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("unit", ["[", "<a ", '<![><img src="]><img', "<div>", "**", "> ", "&amp;", "{"])
def test_hostile_repetition_is_survived(unit: str, suffix: str, tmp_path: Path, content: Path) -> None:
    wall = unit * (50_000 // len(unit))
    text = (
        f"<html><head><title>{TITLE}</title></head><body><p>{BODY}</p>{wall}</body></html>"
        if suffix == ".html"
        else f"# {TITLE}\n\n{BODY}\n{wall}\n"
    )
    assert add_one(write(tmp_path / f"a{suffix}", text), content).state == "added"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Erdoğan’s “plan”", "erdogans-plan"),
        ("...", "article"),
        ("", "article"),
        ("CON", "con"),
        ("x" * 99, "x" * 48),
        ("😀", "grinning"),
        ("../../etc", "etc"),
    ],
)
def test_slugs(title: str, slug: str) -> None:
    ident = article_id(RawArticle(title=title, paragraphs=("x",)))
    assert ident[:-9] == slug
    assert is_slug(ident)


def test_dropped_lines_are_counted(tmp_path: Path, content: Path) -> None:
    added = add_one(write(tmp_path / "a.txt", f"{TITLE}\n\n{BODY}\nShare this article\n0:00\n1:00\n"), content)
    assert added.notes == ("3 lines dropped: player (2), share",)
