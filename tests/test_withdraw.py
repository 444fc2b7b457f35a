"""A withdrawn article is gone everywhere but for a dated notice, and never comes back."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Desk

from digest.content import format_article, read_articles
from digest.editors.withdraw import withdraw_article
from digest.editors.withdrawn import Withdrawal, read_withdrawals
from digest.errors import ArticleError, SettingsError
from digest.ingest import add_files
from digest.models import Topic
from digest.pipeline import Digest, load_digest, record_digest
from digest.record_files import read_editions, read_ledger

Run = Callable[..., Result]
DAY = date(2031, 7, 20)
WHY = "The Herald took it back: it was \"invented\"."
HONEY, AFTER = "honey-thieves-leave-note-in-pellin", "why-pellin-laughs-about-honey"
GEAR, GEAR_COPY = "orvane-drawbridge-gear-cracks", "orvane-drawbridge-gear-cracks-gazette"
URL = "https://quay.example/otter"
OTTER = ["An otter lives under the mill of Tarn and steals the shoes of the miller at night.",
         "Miller Jorun Falk of Tarn has bought eleven pairs since the spring.", "The otter of Tarn wears none of them."]


def load(desk: Desk) -> Digest:
    return load_digest(desk.content)[0]


def recorded(desk: Desk) -> Digest:
    """Record a desk's digest and return it."""
    digest = load(desk)
    record_digest(digest, desk.content)
    return digest


def home(digest: Digest, ident: str) -> Topic:
    return next(topic for topic in digest.edition.topics if ident in {a.id for a in topic.articles})


def kept(folder: Path) -> str:
    """Return all that a content folder holds, without the names of files."""
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob("*")) if path.is_file())


def test_nothing_of_its_words_is_left(digest: Run, desk: Desk) -> None:
    path = desk.write("otter", *OTTER, url=URL, outlet="quay-herald", title="Otter steals shoes in Tarn")
    (desk.content / "versions" / "otter").mkdir(parents=True)
    (desk.content / "versions" / "otter" / "0123456789abcdef.md").write_text(path.read_text("utf-8"), "utf-8")
    recorded(desk)
    assert sum(map(kept(desk.content).count, OTTER)) > 2 * len(OTTER)  # editions quote it
    assert digest(desk, "withdraw", "otter", "--reason", WHY, "--day", "2031-07-20").exit_code == 0
    rest = kept(desk.content)
    for words in ("An otter lives", "Jorun Falk", "wears none", "Otter steals", URL):
        assert words not in rest
    assert "otter" in read_ledger(desk.content).topics[read_withdrawals(desk.content)["otter"].topics[0]].articles
    assert not path.exists()
    assert not (desk.content / "versions" / "otter").exists()


def test_an_edition_keeps_that_something_stood_there(desk: Desk) -> None:
    recorded(desk)
    before = {(t.id, p[0].article, p[0].start) for r in read_editions(desk.content) for t in r.topics for p in t.points}
    withdraw_article(desk.content, HONEY, WHY, DAY)
    after = read_editions(desk.content)
    assert {(t.id, p[0].article, p[0].start) for r in after for t in r.topics for p in t.points} == before
    quotes = [q for r in after for t in r.topics for p in (*t.points, *t.story_points) for q in p]
    assert {q.quote == "" for q in quotes if q.article == HONEY} == {True}
    assert all(q.quote for q in quotes if q.article != HONEY)
    assert all(t.title for r in after for t in r.topics if t.title_article)


def test_the_notice_stands_with_the_topics_that_held_it(desk: Desk) -> None:
    topic = home(recorded(desk), HONEY)
    withdraw_article(desk.content, HONEY, WHY, DAY)
    now = load(desk)
    notice = Withdrawal(article=HONEY, day=DAY, reason=WHY, outlet="quay-herald", topics=(topic.id,),
                        address=now.withdrawn[0].address, version=now.withdrawn[0].version)
    assert now.withdrawn == (notice,)
    assert now.notices == {topic.slug: (notice,)}
    assert HONEY in now.uncited
    assert HONEY not in {a.id for a in now.articles}
    assert home(now, AFTER).slug == topic.slug


def test_the_worklist_does_not_tell_what_was_withdrawn(digest: Run, desk: Desk) -> None:
    topic = home(recorded(desk), HONEY)
    quote = next(point.text for point in topic.summary if point.citations[0].article.id == HONEY)
    desk.edit(desk.article(HONEY), re.escape(quote), "Somebody took something.")
    assert quote[:60] in digest(desk, "review").stdout
    withdraw_article(desk.content, HONEY, WHY, DAY)
    listed = digest(desk, "review").stdout
    assert quote[:60] not in listed
    assert "“”" not in listed


def test_a_topic_that_is_gone_keeps_its_notice(desk: Desk) -> None:
    desk.write("otter", *OTTER)
    topic = home(recorded(desk), "otter")
    withdraw_article(desk.content, "otter", WHY, DAY)
    now = load(desk)
    assert now.forwards[topic.slug] is None
    assert [w.article for w in now.notices[topic.slug]] == ["otter"]


def test_a_topic_that_was_never_recorded_is_found_by_another_article(desk: Desk) -> None:
    withdraw_article(desk.content, HONEY, WHY, DAY)
    now = load(desk)
    assert now.withdrawn[0].topics == (AFTER,)
    assert set(now.notices) == {home(now, AFTER).slug}


def test_the_notice_follows_a_topic_that_is_recorded_again(desk: Desk) -> None:
    recorded(desk)
    withdraw_article(desk.content, HONEY, WHY, DAY)
    notices = load(desk).notices
    assert recorded(desk).notices == notices
    assert load(desk).notices == notices


def test_the_site_is_built_and_proven_without_it(digest: Run, desk: Desk) -> None:
    recorded(desk)
    assert digest(desk, "build").exit_code == 0
    assert desk.page(f"sources/{HONEY}").exists()
    digest(desk, "withdraw", HONEY, "--reason", WHY, "--day", "2031-07-20")
    assert "Thieves took forty" not in kept(desk.root / "build")
    assert digest(desk, "build").exit_code == 0
    assert desk.page(f"sources/{HONEY}").exists()
    assert not any(b"Thieves took forty" in raw for raw in desk.snapshot().values())
    assert digest(desk, "verify").exit_code == 0


def test_copies_are_named_and_stay(digest: Run, desk: Desk) -> None:
    shown = digest(desk, "withdraw", GEAR, "--reason", WHY, "--day", "2031-07-20").stdout
    assert f"the same text is still here: {GEAR_COPY}" in shown
    assert desk.article(GEAR_COPY).exists()
    assert read_withdrawals(desk.content)[GEAR].copies == (GEAR_COPY,)
    listed = digest(desk, "review").stdout
    assert f"{GEAR_COPY}.md: it had the text of {GEAR}, which was withdrawn on 2031-07-20" in listed
    assert f"digest withdraw {GEAR_COPY} --reason" in listed
    assert "still here" not in digest(desk, "withdraw", GEAR_COPY, "--reason", WHY, "--day", "2031-07-20").stdout


@pytest.mark.parametrize("step", ["write_edition", "shutil.rmtree", "Path.unlink"])
def test_an_interrupted_withdrawal_shows_nothing_and_is_finished(desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    desk.write("otter", *OTTER, title="Otter steals shoes in Tarn")
    (desk.content / "versions" / "otter").mkdir(parents=True)
    recorded(desk)

    def fail(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(f"digest.editors.withdraw.{step}", fail)
        with pytest.raises(KeyboardInterrupt):
            withdraw_article(desk.content, "otter", WHY, DAY)
    half = load(desk)
    assert not any("Otter" in topic.title.text for page in half.days for topic in page.topics)
    assert "otter" not in {a.id for a in half.articles}
    assert [row.path.stem for row in half.edition.left_out if "withdrawn on 2031-07-20" in row.reason] == ["otter"]
    taken = withdraw_article(desk.content, "otter", "Another reason.", date(2031, 8, 1))
    assert (taken.withdrawal.reason, taken.withdrawal.day) == (WHY, DAY)
    assert not any(sentence in kept(desk.content) for sentence in OTTER)
    assert all(row.path.stem != "otter" for row in load(desk).edition.left_out)


def test_withdrawing_twice_changes_nothing(desk: Desk) -> None:
    recorded(desk)
    withdraw_article(desk.content, HONEY, WHY, DAY)
    before = {path: path.read_bytes() for path in desk.content.rglob("*") if path.is_file()}
    taken = withdraw_article(desk.content, HONEY, "Another reason.", date(2031, 8, 1))
    assert (taken.removed, taken.changed) == ((), ())
    assert {path: path.read_bytes() for path in desk.content.rglob("*") if path.is_file()} == before


def test_what_cannot_be_read_can_be_withdrawn(desk: Desk) -> None:
    path = desk.article("broken-front-matter")
    withdraw_article(desk.content, "broken-front-matter", WHY, DAY)
    assert not path.exists()


@pytest.mark.parametrize("ident", ["honey-thieves-leave-note-in-pelin", "../../digest", "*", "", "nothing"])
def test_an_unknown_id_is_refused_and_nothing_changes(desk: Desk, ident: str) -> None:
    before = kept(desk.content)
    with pytest.raises(ArticleError, match="did you mean" if "pelin" in ident else "no article"):
        withdraw_article(desk.content, ident, WHY, DAY)
    assert kept(desk.content) == before


@pytest.mark.parametrize(("title", "paragraphs", "url"), [
    pytest.param("Another headline", ["Other words of the harbour office."], URL, id="the address"),
    pytest.param("Another headline", OTTER, None, id="the text"),
])
def test_it_is_not_added_again(desk: Desk, tmp_path: Path, title: str, paragraphs: list[str], url: str | None) -> None:
    desk.write("otter", *OTTER, url=URL)
    withdraw_article(desk.content, "otter", WHY, DAY)
    source = tmp_path / "again.md"
    source.write_text(format_article({"title": title, "outlet": "open-gazette", "lang": "en", "url": url}, paragraphs), "utf-8")
    (added,) = add_files([source], desk.content)
    assert added.state == "refused"
    assert added.problem == f"otter was withdrawn on 2031-07-20 ({WHY}); it is not added again"


def test_an_added_article_is_not_added_again(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "otter.md"
    source.write_text(format_article({"title": "Otter", "outlet": "open-gazette", "lang": "en"}, OTTER), "utf-8")
    (added,) = add_files([source], desk.content)
    assert added.article
    withdraw_article(desk.content, added.article.stem, WHY, DAY)
    assert add_files([source], desk.content)[0].state == "refused"


def test_withdrawals_are_read_as_they_were_written(desk: Desk) -> None:
    withdraw_article(desk.content, HONEY, WHY, DAY)
    withdraw_article(desk.content, GEAR, "It: was # wrong\nand 'odd'", date(2031, 7, 1))
    found = read_withdrawals(desk.content)
    assert [(w.article, w.reason) for w in found.values()] == [(GEAR, "It: was # wrong and 'odd'"), (HONEY, WHY)]
    assert read_articles(desk.content).withdrawn == tuple(found.values())


@pytest.mark.parametrize(("text", "problem"), [
    ("- {day: 2031-07-01, reason: a}", "1: article is missing"),
    ("- {article: A b, day: 2031-07-01, reason: a}", "1: article: expected an article's id"),
    ("- {article: a, day: soon, reason: a}", "1: day: expected a day like 2021-03-01, found 'soon'"),
    ("- {article: a, day: 2031-07-01}", "1: reason is missing"), ("- {article: a, day: 2031-07-01, reason: ''}", "1: reason is empty"),
    ("- {article: a, day: 2031-07-01, reason: a}\n- {article: a, day: 2031-07-01, reason: b}", "2: article: 'a' stands here twice"),
    ("- {article: a, day: 2031-07-01, reason: a, outlets: b}", "1: unknown key 'outlets'; did you mean 'outlet'?"),
    ("a: b", "1: expected a list"),
])
def test_a_damaged_file_is_named(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "withdrawn.yml").write_text(text, "utf-8")
    with pytest.raises(SettingsError, match=re.escape(f"withdrawn.yml:{problem}")):
        read_withdrawals(tmp_path)


def test_the_day_is_todays_where_none_is_given(digest: Run, desk: Desk) -> None:
    assert digest(desk, "withdraw", HONEY, "--reason", WHY).exit_code == 0
    assert date(2026, 1, 1) <= read_withdrawals(desk.content)[HONEY].day <= date.max


def test_a_reason_is_needed(digest: Run, desk: Desk) -> None:
    assert digest(desk, "withdraw", HONEY).exit_code == 2
    result = digest(desk, "withdraw", HONEY, "--reason", " ")
    assert (result.exit_code, result.stderr) == (1, "error: content/withdrawn.yml: reason is empty; readers must learn why\n")
    assert desk.article(HONEY).exists()
