"""Adding files: each once, changed ones with their former text kept, unusable ones refused by name, the rest goes on."""

from pathlib import Path

import pytest

from digest.content import read_article, read_articles
from digest.errors import SettingsError
from digest.ingest import Added, add_files
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
    "picture.png": (b"\x89PNG", ".png"),
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
    assert [added.source.name for added in results] == ["a.md", "b.txt", "c.HTML"]
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
