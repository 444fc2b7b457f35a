"""What was published keeps its id and its address, and what an edition said can be read again."""

import html
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Desk
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import RecordError
from digest.pipeline import Digest, load_digest, record_digest
from digest.record_files import read_editions, read_ledger, write_edition, write_ledger
from digest.records import EditionRecord, Given, Ledger, QuoteRecord, TopicRecord, assign

Run = Callable[..., Result]
HERON = ["A heron has moved into the fountain of Sill and refuses to leave it before the summer.",
         "Mayor Tove Lund of Sill said the heron may stay as long as the fountain has fish.",
         "Children in Sill bring the heron herrings after school. The fishmonger of Sill sells them at half the price."]
AGAIN = ["The heron of Sill has left the fountain, and the children of Sill are looking for it.",
         "Mayor Tove Lund of Sill said the heron had eaten every fish in the fountain and would be back.",
         "The fishmonger of Sill has forty herrings left over. He is thinking of opening a museum."]


def load(desk: Desk) -> Digest:
    """Make the digest of a desk."""
    return load_digest(desk.content)[0]


def slugs(desk: Desk) -> dict[str, str]:
    """Return the address of each article's topic."""
    return {a.id: topic.slug for topic in load(desk).edition.topics for a in topic.articles}


@pytest.mark.parametrize(("groups", "given", "ids"), [
    pytest.param([["a", "b"]], {"t-1": ["a"]}, ["t-1"], id="a group keeps its id"),
    pytest.param([["z", "a", "b"]], {"t-1": ["a", "b"]}, ["t-1"], id="an earlier article changes nothing"),
    pytest.param([["a"], ["b", "c"]], {"t-1": ["a", "b", "c"]}, [None, "t-1"], id="split: most articles keep the id"),
    pytest.param([["a", "b", "c"]], {"t-1": ["a"], "t-2": ["b", "c"]}, ["t-2"], id="merged: the larger one's id"),
    pytest.param([["a", "b"]], {"t-2": ["b"], "t-1": ["a"]}, ["t-1"], id="merged equals: the first id"),
    pytest.param([["x"]], {"t-1": ["a"]}, [None], id="a new group"),
])
def test_ids_stay_with_most_of_their_articles(groups: list[list[str]], given: dict[str, list[str]], ids: list[str | None]) -> None:
    found = assign(groups, {ident: Given(tuple(articles)) for ident, articles in given.items()}, "t")
    assert [ident if ident in given else None for ident in found] == ids
    assert len(set(found)) == len(groups)


@given(st.data())
def test_ids_do_not_depend_on_the_order_of_groups(data: st.DataObject) -> None:
    articles = data.draw(st.lists(st.sampled_from("abcdefghij"), unique=True, min_size=1))
    cuts = data.draw(st.lists(st.integers(0, len(articles)), max_size=4).map(sorted))
    groups = [part for start, end in zip([0, *cuts], [*cuts, len(articles)], strict=True) if (part := articles[start:end])]
    given_ids = {f"t-{n}": Given(tuple(data.draw(st.lists(st.sampled_from("abcdefghij"), unique=True)))) for n in range(3)}
    shuffled = data.draw(st.permutations(range(len(groups))))
    plain = assign(groups, given_ids, "t")
    assert assign([groups[n] for n in shuffled], given_ids, "t") == [plain[n] for n in shuffled]
    assert len(set(plain)) == len(plain)


def test_ids_and_addresses_stay_while_articles_come_one_by_one(desk: Desk) -> None:
    paths = sorted(path for path in (desk.content / "articles").rglob("*.md") if path.stem != "broken-front-matter")
    texts = {path: path.read_text("utf-8") for path in paths}
    for path in paths:
        path.unlink()
    seen: set[str] = set()
    for path in paths:
        path.write_text(texts[path], "utf-8")
        found = load(desk)
        addresses = {topic.slug for topic in found.edition.topics} | set(found.forwards)
        assert seen <= addresses
        seen |= addresses
        record_digest(found, desk.content)


def test_a_new_headline_changes_no_address(desk: Desk) -> None:
    record_digest(load(desk), desk.content)
    before = slugs(desk)
    for path in (desk.content / "articles").rglob("*orvane*.md"):
        desk.edit(path, "title: (\"?)", r"title: \1Finally, ")
    assert load(desk).edition.topics[0].title.text.startswith("Finally")
    assert slugs(desk) == before


def test_merged_topics_send_their_readers_on(digest: Run, desk: Desk) -> None:
    desk.write("heron-in-the-fountain", *HERON, published="2031-07-01")
    desk.write("otter-in-the-mill", "An otter lives under the mill of Tarn and steals the miller's shoes.", published="2031-07-02")
    record_digest(load(desk), desk.content)
    before = slugs(desk)
    desk.write("otter-in-the-mill", *HERON, published="2031-07-02")
    now = slugs(desk)["heron-in-the-fountain"]
    old, = {before["otter-in-the-mill"], before["heron-in-the-fountain"]} - {now}
    assert digest(desk, "build").exit_code == 0
    page = html.unescape(desk.page(f"topics/{old}").read_text("utf-8"))
    assert f'href="../{now}/"' in page
    assert "This page has moved" in page
    assert digest(desk, "verify").exit_code == 0


def test_a_merged_topic_redirects(digest: Run, desk: Desk) -> None:
    """Without JavaScript too."""
    test_merged_topics_send_their_readers_on(digest, desk)
    moved = next(path for path in desk.site.glob("topics/*/index.html") if "This page has moved" in path.read_text("utf-8"))
    assert 'http-equiv="refresh"' in moved.read_text("utf-8")


def test_a_vanished_topic_says_so(digest: Run, desk: Desk) -> None:
    record_digest(load(desk), desk.content)
    old = slugs(desk)["lighthouse-of-brann-paints-itself"]
    desk.article("lighthouse-of-brann-paints-itself").unlink()
    assert digest(desk, "build").exit_code == 0
    assert "This page no longer exists" in desk.page(f"topics/{old}").read_text("utf-8")
    assert digest(desk, "verify").exit_code == 0


def days(desk: Desk) -> dict[str, list[str]]:
    """Return the quotations of each edition's page."""
    return {page.day.isoformat(): [point.text for topic in page.topics for point in topic.points] for page in load(desk).days}


def test_editions_keep_what_they_said(digest: Run, desk: Desk) -> None:
    first = desk.write("heron-in-the-fountain", *HERON, published="2031-07-01")
    assert digest(desk, "stories", "--record").exit_code == 0
    said = [quote for quote in days(desk)["2031-07-01"] if "heron" in quote]
    assert said
    desk.write("heron-leaves-the-fountain", *AGAIN, published="2031-07-09")
    assert digest(desk, "stories", "--record").exit_code == 0
    assert sorted(path.name for path in (desk.content / "editions").iterdir()) == ["2031-07-01.json", "2031-07-09.json"]
    assert [quote for quote in days(desk)["2031-07-01"] if "heron" in quote] == said
    assert not any("Pellin" in quote for quote in days(desk)["2031-07-09"])  # nothing new was said of it
    assert digest(desk, "build").exit_code == 0
    page = desk.page("archive/2031/07/01").read_text("utf-8")
    assert "What was new or changed in this edition" in page
    assert "no longer shown" not in page
    listed = desk.page("archive").read_text("utf-8")
    assert sorted(set(re.findall(r'href="[\d/]+"><time datetime="([^"]*)"', listed))) == ["2031", "2031-07", "2031-07-01", "2031-07-09"]
    assert first.exists()


def test_recording_twice_changes_nothing(digest: Run, desk: Desk) -> None:
    digest(desk, "stories", "--record")
    before = {path: path.read_bytes() for path in desk.content.rglob("*.json")}
    digest(desk, "stories", "--record")
    assert {path: path.read_bytes() for path in desk.content.rglob("*.json")} == before
    assert {path.name for path in before} == {"ledger.json", "2031-06-05.json"}


@pytest.mark.parametrize("command", [("stories",), ("summarize",), ("build",), ("verify",)])
def test_only_record_writes_records(digest: Run, built: Desk, command: tuple[str, ...]) -> None:
    assert digest(built, *command).exit_code == 0
    assert list(built.content.rglob("*.json")) == []


@pytest.mark.parametrize(("old", "new", "stands"), [
    pytest.param("\nThieves took forty", "\nAfter a long night and much noise, thieves took forty", False, id="the sentence has changed"),
    pytest.param("\nThieves took forty", "\nIt was a quiet night.\n\nThieves took forty", True, id="it has moved"),
    pytest.param("gate for half the price", "gate for a third of the price", True, id="another sentence has changed"),
])
def test_the_archive_shows_only_words_that_still_stand(digest: Run, desk: Desk, old: str, new: str, stands: bool) -> None:
    record_digest(load(desk), desk.content)
    quote = next(quote for quote in days(desk)["2031-06-05"] if quote.startswith("Thieves took forty"))
    desk.edit(desk.article("honey-thieves-leave-note-in-pellin"), old, new)
    desk.write("otter-in-the-mill", "An otter lives under the mill of Tarn and steals the miller's shoes.", published="2031-07-02")
    assert (quote in days(desk)["2031-06-05"]) == stands
    assert digest(desk, "build").exit_code == 0
    assert ("A sentence quoted here is no longer shown" in desk.page("archive/2031/06/05").read_text("utf-8")) != stands
    assert digest(desk, "verify").exit_code == 0


def test_an_editors_title_is_told_and_proven_in_the_archive(digest: Run, desk: Desk) -> None:
    """Before it is recorded, after that, and when it is another by now."""
    title = "titles: [{topic: honey-thieves-leave-note-in-pellin, title: {en: The honey affair}}]\n"
    (desk.content / "overrides.yml").write_text(title, "utf-8")
    for step in ("unrecorded", "recorded", "retitled"):
        assert digest(desk, "build").exit_code == 0, step
        assert "The honey affair" in desk.page("archive/2031/06/05").read_text("utf-8")
        now = "Forty jars" if step == "retitled" else "The honey affair"
        assert re.search(rf"<h[23]><a [^>]*>(<span[^>]*>)?{now}<", desk.page("").read_text("utf-8")), "it heads its card"
        record_digest(load(desk), desk.content)
        if step == "recorded":
            desk.write("otter-in-the-mill", "An otter lives under the mill of Tarn and steals the miller's shoes.", published="2031-07-02")
            desk.edit("content/overrides.yml", "The honey affair", "Forty jars")


def test_the_archive_tells_no_headline_of_an_article_that_was_hidden_since(digest: Run, desk: Desk) -> None:
    record_digest(load(desk), desk.content)
    desk.write("otter-in-the-mill", "An otter lives under the mill of Tarn and steals the miller's shoes.", published="2031-07-02")
    honey = "honey-thieves-leave-note-in-pellin"
    assert digest(desk, "build").exit_code == 0
    assert "Honey thieves" in desk.page("archive/2031/06/05").read_text("utf-8")
    (desk.content / "overrides.yml").write_text(f"hide: [{{article: {honey}, why: a hoax}}]\n", "utf-8")
    assert digest(desk, "build").exit_code == 0
    assert [path for path, content in desk.snapshot().items() if b"Honey thieves" in content] == []


def test_the_archive_keeps_to_the_rights_of_today(digest: Run, desk: Desk) -> None:
    record_digest(load(desk), desk.content)
    desk.edit("content/outlets.yml", "(id: quay-herald)", r"\1\n  rights: link")
    assert not any("Thieves" in quote for quote in days(desk)["2031-06-05"])
    assert digest(desk, "build").exit_code == 0


def test_the_address_of_a_name_stays(digest: Run, desk: Desk) -> None:
    write_ledger(desk.content, Ledger(names=("ova-12345678",)))
    assert digest(desk, "build").exit_code == 0
    assert "no page of its own any more" in (desk.site / "names" / "ova-12345678" / "index.html").read_text("utf-8").replace("&#32;", " ")
    record_digest(load(desk), desk.content)
    assert read_ledger(desk.content).names == ("ova-12345678",)


RECORD = EditionRecord(date(2031, 6, 5), (TopicRecord("t-1", "a-1", "A", "a", ((QuoteRecord("a", "0" * 16, 0, 5, "Words"),),)),))


def test_records_are_read_as_they_were_written(tmp_path: Path) -> None:
    ledger = Ledger({"t-1": Given(("a", "b"), "a-1")}, {"s-1": Given(("a",))}, ("ova-1", "ova-2"), "d-1")
    write_ledger(tmp_path, ledger)
    write_edition(tmp_path, RECORD)
    assert (read_ledger(tmp_path), read_editions(tmp_path)) == (ledger, (RECORD,))
    lines = (tmp_path / "ledger.json").read_text("utf-8").splitlines()
    assert [line for line in lines if "t-1" in line] == ['"t-1": {"articles": ["a", "b"], "slug": "a-1"}']
    assert json.loads("\n".join(lines))["format"] == 1


def test_a_digest_keeps_its_id(desk: Desk) -> None:
    """It is from the earliest article when it was first recorded, whatever comes, goes or is recorded later."""
    first = load(desk).ident
    assert read_ledger(desk.content).digest == ""
    record_digest(load(desk), desk.content)
    desk.write("ice-on-the-teller", "The Teller froze at Orvane.", published="2029-01-07")
    desk.article("drawbridge-of-orvane-stuck-open").unlink()
    record_digest(load(desk), desk.content)
    assert load(desk).ident == first == read_ledger(desk.content).digest


def test_there_are_no_records_at_first(tmp_path: Path) -> None:
    assert (read_ledger(tmp_path), read_editions(tmp_path)) == (Ledger(), ())


@pytest.mark.parametrize("text", [
    "", "{", "[]", '{"format": 2}', '{"format": 1, "topics": {"t-1": {}}}',
    '{"format": 1, "topics": {"t-1": 7}}', '{"format": 1, "topics": []}', '{"format": 1, "topics": {"t-1": {"articles": 7}}}', "[" * 5000,
    '{"format": 1, "topics": {"t-1": {"articles": [], "slug": "../x"}}}',
    '{"format": 1, "digest": "../x"}', '{"format": 1, "digest": 7}',
])
@pytest.mark.parametrize("name", ["ledger.json", "editions/2031-06-05.json"])
def test_a_damaged_record_is_named(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    with pytest.raises(RecordError, match=path.name):
        (read_ledger if name == "ledger.json" else read_editions)(tmp_path)
