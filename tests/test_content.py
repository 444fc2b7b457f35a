"""Article files: read as they are, written so that they are read back."""

import os
import unicodedata
from pathlib import Path

import pytest
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st

from digest.content import article_path, format_article, normalize_text, parse_article, read_articles, write_file
from digest.errors import ArticleError
from digest.models import When
from digest.pages import write_pages

HEAD = "---\ntitle: A title\nlang: en\n"
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff"), min_size=1).filter(str.strip)


def parse(raw: str, name: str = "an-article") -> tuple[object, ...]:
    """Read an article file's content; return the article and its warnings."""
    return parse_article(raw, Path(f"{name}.md"))


def test_reads_every_key() -> None:
    article, warnings = parse_article(
        HEAD + "outlet: an-outlet\npublished: 2021-02-18T14:05+03:00\nurl: https://e.org/a\nauthors: [A B, C]\nsubtitle: S\n"
        "reposted: 2021-02-19\nrepublished_by: R\nsection: World\ntags: one\ncopy_of: b\nrights: link\nretrieved: 2021-02-20\n"
        "draft: true\n---\nText.\n", Path("a.md"))
    assert warnings == ()
    assert (article.id, article.title, article.outlet, article.subtitle) == ("a", "A title", "an-outlet", "S")
    assert (article.authors, article.tags, article.section) == (("A B", "C"), ("one",), "World")
    assert (article.republished_by, article.copy_of, article.rights, article.draft) == ("R", "b", "link", True)
    assert (article.published, article.reposted) == (When.parse("2021-02-18T14:05+03:00"), When.parse("2021-02-19"))
    assert article.text == "Text.\n"


@pytest.mark.parametrize(("raw", "text"), [
    (HEAD + "---\nOne.\r\n\r\nTwo.\r", "One.\n\nTwo.\n"), (HEAD + "---\ncafe\u0301", "café"), (HEAD + "---\n---\nText.", "---\nText."),
    (HEAD.replace("\n", "\r\n") + "---\r\nText.", "Text."), (HEAD + "---\n\n\n  Text.", "\n\n  Text."),
])
def test_the_text_is_the_coordinate_system(raw: str, text: str) -> None:
    article, _ = parse_article(raw, Path("a.md"))
    assert article.text == text
    assert article.text == unicodedata.normalize("NFC", article.text)


@pytest.mark.parametrize("key", ["published", "outlet", "url"])
@pytest.mark.parametrize("value", ["null", "", "~"])
def test_unknown_is_none(key: str, value: str) -> None:
    article, _ = parse_article(f"{HEAD}{key}: {value}\n---\nText.", Path("a.md"))
    assert getattr(article, key) is None


def test_unknown_keys_are_kept_and_named() -> None:
    _, warnings = parse_article(HEAD + "mood: gloomy\n---\nText.", Path("a.md"))
    assert warnings == ("a.md:4: unknown key 'mood'; it is kept and not used",)


@pytest.mark.parametrize(("raw", "problem"), [
    ("", ":1: expected front matter"), ("Text.", ":1: expected front matter"), ("---\n---\nText.", ":1: title is missing"),
    (HEAD + "Text.", ":1: expected front matter"), (HEAD + "---\n \n\n", "no text after the front matter"),
    ("---\ntitle: A\n---\nText.", ":2: lang is missing"), ("---\ntitle: ' '\nlang: en\n---\nText.", ":2: title is empty"),
    (HEAD + "published: soon\n---\nText.", ":4: published: expected a day"),
    (HEAD + "published: 1066-10-14\n---\nText.", ":4: published: '1066"),
    (HEAD + "url: ftp://e.org\n---\nText.", ":4: url: expected an address"),
    (HEAD + "rights: none\n---\nText.", ":4: rights: expected one of"),
    (HEAD + "draft: maybe\n---\nText.", ":4: draft: expected true or false"),
    (HEAD + "authors: {a: b}\n---\nText.", ":4: authors: expected"),
    ("---\ntitle: A\nlang: e/n\n---\nText.", ":3: lang: expected"), ("---\ntitle: A: B\nlang: en\n---\nText.", ":2: not valid YAML"),
])
def test_a_fault_names_its_line(raw: str, problem: str) -> None:
    with pytest.raises(ArticleError) as raised:
        parse(raw)
    assert problem in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["Upper", "with blank", "ünïcode", "x" * 61, "-x", "a.b", "_"])
def test_refuses_a_name_that_is_no_address(name: str) -> None:
    with pytest.raises(ArticleError, match="expected a file name of small letters"):
        parse(HEAD + "---\nText.", name)


def test_two_files_of_one_name_are_one_article(tmp_path: Path) -> None:
    for month in ("01", "02"):
        write_file(tmp_path / "articles" / "2021" / month / "a.md", f"{HEAD}---\nText of {month}.")
    found = read_articles(tmp_path)
    assert [article.text for article in found.articles] == ["Text of 01."]
    assert [row.path.parent.name for row in found.left_out] == ["02"]


def test_drafts_are_left_out_without_a_warning(tmp_path: Path) -> None:
    write_file(tmp_path / "articles" / "a.md", f"{HEAD}draft: true\n---\nText.")
    assert [row.reason for row in read_articles(tmp_path).drafts] == ["draft"]
    assert read_articles(tmp_path).left_out == ()
    assert read_articles(tmp_path).warnings == ()
    assert [article.id for article in read_articles(tmp_path, drafts=True).articles] == ["a"]


@given(title=LINES, outlet=LINES, authors=st.lists(LINES, max_size=3), paragraphs=st.lists(LINES, min_size=1, max_size=3))
def test_what_is_written_is_read_back(title: str, outlet: str, authors: list[str], paragraphs: list[str]) -> None:
    raw = format_article({"title": title, "outlet": outlet, "authors": authors, "lang": "en", "url": None}, paragraphs)
    article, warnings = parse_article(raw, Path("a.md"))
    assert (warnings, article.url) == ((), None)
    assert article.title == " ".join(normalize_text(title).split())
    assert article.outlet == normalize_text(outlet).strip()
    assert article.authors == tuple(normalize_text(author).strip() for author in authors)
    assert article.text == normalize_text("\n\n".join(paragraphs) + "\n")


@pytest.mark.parametrize(("published", "folder"), [("2021-02-18", "2021/02"), (None, "undated")])
def test_articles_lie_by_month(published: str | None, folder: str) -> None:
    assert article_path(Path("c"), "a", When.parse(published) if published else None) == Path(f"c/articles/{folder}/a.md")


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    write_file(tmp_path / "new" / "file", "one\ntwo\n")
    assert (tmp_path / "new" / "file").read_bytes() == b"one\ntwo\n"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["file"]


def test_files_in_the_wrong_place_or_of_the_wrong_kind_are_named(tmp_path: Path) -> None:
    write_file(tmp_path / "stray.md", "A strike.")
    write_file(tmp_path / "articles" / "pasted.txt", "A strike.")
    told = " ".join(read_articles(tmp_path).warnings)
    assert "stray.md" in told
    assert "pasted.txt" in told


@pytest.mark.parametrize(("name", "expected"), [
    ("translations/es.yaml", "es.yml"), ("translations/es.txt", "es.yml"), ("translations/pt-BR.yml.txt", "pt-BR.yml"),
    ("digest.yaml", "digest.yml"), ("outlets.YML", "outlets.yml"), ("overrides.yml.txt", "overrides.yml"),
    ("models.lock.yml", "models.lock.json"), ("articles/2021/01/pasted.txt", "article files end in .md"),
])
def test_a_file_with_a_wrong_ending_is_named_with_what_is_expected(tmp_path: Path, name: str, expected: str) -> None:
    write_file(tmp_path / name, "x")
    warning, = read_articles(tmp_path).warnings
    assert warning.startswith(f"{tmp_path / name}: not read: ")
    assert expected in warning


@pytest.mark.parametrize("name", [
    "digest.yml", "models.lock.json", "feeds.json", "translations/es.yml", "digest.yml.bak", "translations/es.yml~", ".digest.yml.swp",
    "notes.txt", "editions/2021-01-01.json"])
def test_what_is_read_or_no_concern_of_ours_is_not_named(tmp_path: Path, name: str) -> None:
    write_file(tmp_path / name, "x")
    assert read_articles(tmp_path).warnings == ()


def test_a_stray_is_named_though_the_pages_are_up_to_date(desk: Desk) -> None:
    def warnings() -> tuple[str, ...]:
        return write_pages(desk.content, desk.root, desk.root / "build" / "pages", desk.root / "build" / "translations").warnings

    before = warnings()
    write_file(desk.content / "translations" / "es.yaml", "x")
    assert [line for line in warnings() if line not in before] == [
        f"{desk.content}/translations/es.yaml: not read: expected es.yml; rename it"]


def test_what_is_no_plain_file_is_left_out_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (tmp_path / "other.md").write_text("---\ntitle: A\nlang: en\n---\nText.\n", "utf-8")
    os.mkfifo(folder / "pipe.md")
    (folder / "link.md").symlink_to(tmp_path / "other.md")
    (folder / "endless.md").symlink_to("/dev/zero")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "folder.md").mkdir()
    found = read_articles(tmp_path)
    assert not found.articles
    assert {left.path.name: left.reason for left in found.left_out} == {
        "pipe.md": "cannot be read: not a plain file", "link.md": "a link; put the article itself here",
        "endless.md": "a link; put the article itself here", "loop.md": "a link; put the article itself here",
        "folder.md": "cannot be read: Is a directory"}
