"""A withdrawn article is gone everywhere but for a dated notice, and never comes back."""

import os
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
from digest.errors import ArticleError, DigestError, SettingsError
from digest.ingest import add_files
from digest.models import Topic
from digest.pages import write_pages
from digest.pipeline import Digest, load_digest, record_digest
from digest.publish import Workplace
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


CACHES = ("pages/sources/otter.md", "site-new/otter.html", "site-old/otter.html", "pages.json", "preview/pages/otter.md",
          "preview/site/otter.html", "preview/site-next/otter.html", "preview/pages.json")
"""What builds and previews may leave."""


@pytest.fixture
def quoted(desk: Desk) -> Desk:
    """A digest that quoted an otter in two editions, has its former texts, a second file of its name, and caches of every kind."""
    path = desk.write("otter", *OTTER, url=URL, outlet="quay-herald", title="Otter steals shoes in Tarn")
    for version in ("0123456789abcdef", "123456789abcdef0"):
        former = desk.content / "versions" / "otter" / f"{version}.md"
        former.parent.mkdir(parents=True, exist_ok=True)
        former.write_text(path.read_text("utf-8"), "utf-8")
    recorded(desk)
    desk.write("owl", "An owl of Quillon sleeps in the town hall.", "Nobody wakes the owl of Quillon.", published="2031-07-08")
    (desk.content / "overrides.yml").write_text("titles: [{topic: otter, title: {en: The thief of Tarn}}]\n", "utf-8")
    recorded(desk)
    second = desk.content / "articles" / "undated" / "otter.md"
    second.write_text(path.read_text("utf-8"), "utf-8")
    for name in CACHES:
        (desk.root / "build" / name).parent.mkdir(parents=True, exist_ok=True)
        (desk.root / "build" / name).write_text(OTTER[0], "utf-8")
    return desk


def withdraw(desk: Desk, reason: str = WHY) -> None:
    withdraw_article(desk.content, "otter", reason, DAY, Workplace(desk.root, desk.content, desk.site).caches)


def files(desk: Desk) -> dict[str, bytes]:
    return {path.relative_to(desk.root).as_posix(): path.read_bytes() for path in sorted(desk.root.rglob("*")) if path.is_file()}


class _Killed(BaseException):
    """The process ends here."""


def dying(patch: pytest.MonkeyPatch, after: int | None = None) -> list[str]:
    """Make the process end before the change on disk that comes after so many; return the list of changes as they come."""
    done: list[str] = []

    def wrap(name: str, change: Callable[..., object]) -> Callable[..., object]:
        def changed(*args: object, **options: object) -> object:
            if len(done) == after:
                raise _Killed
            done.append(name)
            return change(*args, **options)
        return changed

    for name in ("replace", "rename", "unlink", "remove", "rmdir"):
        patch.setattr(os, name, wrap(name, getattr(os, name)))
    return done


def test_a_withdrawal_that_is_killed_anywhere_shows_nothing_and_is_finished(quoted: Desk, tmp_path: Path) -> None:
    untouched = files(quoted)
    whole = quoted.copy(tmp_path / "whole")
    with pytest.MonkeyPatch.context() as patch:
        changes = dying(patch)
        withdraw(whole)
    assert (changes.count("replace"), len(changes) > 15) == (3, True), "the list, two editions, and what is removed"
    expected = files(whole)
    assert not any(sentence.encode() in content for content in expected.values() for sentence in OTTER)
    for after in range(len(changes)):
        half = quoted.copy(tmp_path / f"half-{after}")
        with pytest.MonkeyPatch.context() as patch:
            dying(patch, after)
            with pytest.raises(_Killed):
                withdraw(half)
        if after:
            digest = load(half)
            assert "otter" not in {a.id for a in digest.articles}
            assert not any("Otter" in topic.title.text for page in digest.days for topic in page.topics)
            assert (half.content / "articles" / "undated" / "otter.md").exists() or (half.article("otter").exists())
        else:
            assert {name: raw for name, raw in files(half).items() if not name.endswith(".new")} == untouched
        withdraw(half)
        assert files(half) == expected


def test_a_second_reason_takes_the_place_of_the_first_and_is_told(digest: Run, desk: Desk) -> None:
    recorded(desk)
    first = digest(desk, "withdraw", HONEY, "--reason", WHY, "--day", "2031-07-20")
    assert "withdrawn before" not in first.stdout
    again = digest(desk, "withdraw", HONEY, "--reason", " The family\nasked for it. ", "--day", "2031-08-01")
    assert again.stdout.splitlines()[:2] == [
        f"withdrawn: {HONEY}, as of 2031-07-20: The family asked for it.",
        f"  it was withdrawn before, and the day stays; the reason was: {WHY}"]
    assert [(w.reason, w.day) for w in load(desk).withdrawn] == [("The family asked for it.", DAY)]
    same = digest(desk, "withdraw", HONEY, "--reason", "The family asked for it.")
    assert "  it was withdrawn before, and the day stays\n" in same.stdout


def test_withdrawing_twice_changes_nothing(desk: Desk) -> None:
    recorded(desk)
    withdraw_article(desk.content, HONEY, WHY, DAY)
    before = files(desk)
    taken = withdraw_article(desk.content, HONEY, WHY, date(2031, 8, 1))
    assert (taken.removed, taken.changed) == ((), ())
    assert files(desk) == before


def test_what_previews_and_builds_left_is_emptied(digest: Run, quoted: Desk) -> None:
    (quoted.root / "build" / "pages.json").unlink()
    assert digest(quoted, "withdraw", "otter", "--reason", WHY).exit_code == 0
    assert not (quoted.root / "build" / "preview").joinpath("site").exists()
    assert (quoted.root / "build" / "pages").exists(), "without a stamp nobody knows whose it is"


def test_a_build_that_was_killed_leaves_nothing_that_is_kept(digest: Run, desk: Desk) -> None:
    """It was killed while it wrote the pages."""
    desk.write("otter", *OTTER)
    with pytest.MonkeyPatch.context() as patch:
        dying(patch, 20)
        patch.chdir(desk.root)
        with pytest.raises(_Killed):
            write_pages(desk.content, desk.root, desk.root / "build" / "pages", desk.root / "build" / "translations")
    desk.root.joinpath("build", "pages", "left.md").write_text(OTTER[0], "utf-8")
    assert digest(desk, "withdraw", "otter", "--reason", WHY).exit_code == 0
    assert OTTER[0] not in kept(desk.root / "build")


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
    assert result.exit_code == 2
    assert "Invalid value for '--reason': it is empty; readers must learn why" in result.stderr
    with pytest.raises(DigestError, match="the reason is empty"):
        withdraw_article(desk.content, HONEY, "\n", DAY)
    assert desk.article(HONEY).exists()
