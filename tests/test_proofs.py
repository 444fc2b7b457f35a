"""A proof that was kept holds only as long as the page and all that it rests on are the same."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from conftest import Desk

from digest.pipeline import load_digest, record_digest
from digest.running import Runner, Store, program_version
from digest.verify import gather_evidence, verify_site
from digest.verify.pages import check_page
from digest.verify.watched import Answers, Question, Traces, WatchedEvidence


def reword(desk: Desk) -> None:
    desk.edit(desk.article("honey-thieves-leave-note-in-pellin"), "honey", "money")


def retitle(desk: Desk) -> None:
    desk.edit(desk.article("honey-thieves-leave-note-in-pellin"), "title: [^\n]*", "title: Another headline")


def redate(desk: Desk) -> None:
    desk.edit(desk.article("drawbridge-of-orvane-stuck-open"), r"published: \S+", "published: 2031-05-01")


def rename(desk: Desk) -> None:
    desk.edit(desk.content / "outlets.yml", "name: Open Gazette", "name: The Open Gazette")


def take_away(desk: Desk) -> None:
    desk.article("drawbridge-of-orvane-stuck-open").unlink()


def hide(desk: Desk) -> None:
    (desk.content / "overrides.yml").write_text("hide: [{article: honey-thieves-leave-note-in-pellin, why: A test.}]\n", "utf-8")


def forge(desk: Desk) -> None:
    desk.edit(next((desk.site / "data" / "topics").glob("*.json")), '"separate_texts": ', '"separate_texts": 1')


@pytest.mark.parametrize("change", [reword, retitle, redate, rename, take_away, hide, forge])
def test_kept_proofs_find_what_proofs_from_nothing_find(built: Desk, change: Callable[[Desk], None]) -> None:
    runner = Runner(Store(built.root / "build" / "cache"), program=program_version())
    assert verify_site(built.site, built.content, root=built.root, runner=runner) == []
    change(built)
    found = verify_site(built.site, built.content, root=built.root, runner=runner)
    assert found == verify_site(built.site, built.content, root=built.root)
    assert found


def disagree(desk: Desk) -> None:
    """Let one of two pages tell another translation of the same sentence, as an editor's."""
    desk.edit(desk.content / "translations" / "tr.yml", "Pellin'deki bal", "Pellin'deki bol")


def untell(desk: Desk) -> None:
    (desk.root / "build" / "translations" / "argos-tr-en.jsonl").unlink()


def silence(desk: Desk) -> None:
    desk.edit(desk.content / "outlets.yml", "name: Open Gazette", "name: Open Gazette\n  translate: false")


@pytest.mark.parametrize("change", [disagree, untell, silence, forge])
def test_kept_proofs_of_translations_find_the_same(told: Desk, tmp_path: Path, change: Callable[[Desk], None]) -> None:
    desk = told.copy(tmp_path / "desk")
    memory, runner = desk.root / "build" / "translations", Runner(Store(tmp_path / "cache"), program=program_version())
    for _ in range(2):
        assert verify_site(desk.site, desk.content, root=desk.root, memory=memory, runner=runner) == []
    change(desk)
    found = verify_site(desk.site, desk.content, root=desk.root, memory=memory, runner=runner)
    assert found == verify_site(desk.site, desk.content, root=desk.root, memory=memory)
    assert found


def test_all_of_a_site_that_is_right_is_kept(told: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory, runner = told.root / "build" / "translations", Runner(Store(tmp_path / "cache"), program=program_version())
    kept: list[str] = []
    keep = Traces.keep

    def watched(self: Traces, key: str, found: object, asked: Iterable[Question]) -> None:
        kept.append(type(found).__name__)
        keep(self, key, found, asked)

    monkeypatch.setattr(Traces, "keep", watched)
    assert verify_site(told.site, told.content, root=told.root, memory=memory, runner=runner) == []
    data = list(told.site.rglob("data/topics/*.json"))
    assert (kept.count("_Checked"), kept.count("_Proof")) == (len(data), len(list(told.site.rglob("*.html"))))
    assert kept.count("_Folder") > 3
    kept.clear()
    assert verify_site(told.site, told.content, root=told.root, memory=memory, runner=runner) == []
    assert kept == []


def test_what_is_wrong_is_not_kept(built: Desk, tmp_path: Path) -> None:
    runner = Runner(Store(tmp_path / "cache"), program=program_version())
    reword(built)
    assert verify_site(built.site, built.content, root=built.root, runner=runner) == verify_site(
        built.site, built.content, root=built.root, runner=runner) != []


def test_a_check_asks_for_no_more_than_it_says(newsroom: Desk) -> None:
    """The evidence without all that the check of a page did not ask for gives the same."""
    evidence = gather_evidence(newsroom.site, newsroom.content, root=newsroom.root)
    path = newsroom.page("topics/honey")
    watched = WatchedEvidence(evidence)
    check_page(path, watched)
    asked = {key for part, kind, key in watched.asked if (part, kind) == ("articles", "at")}
    assert 0 < len(asked) < len(evidence.articles)
    evidence.articles = {ident: article for ident, article in evidence.articles.items() if ident in asked}
    again = WatchedEvidence(evidence)
    check_page(path, again)
    assert (again.findings, again.asked) == (watched.findings, watched.asked) == ([], watched.asked)


def test_the_same_questions_have_the_same_answers(newsroom: Desk) -> None:
    one, other = (gather_evidence(newsroom.site, newsroom.content, root=newsroom.root) for _ in range(2))
    watched = WatchedEvidence(one)
    check_page(newsroom.page("topics/honey"), watched)
    runner = Runner()
    answers, others = Answers(one, runner.keys), Answers(other, Runner().keys)
    assert len(watched.asked) > 20
    assert all(answers[question] == others[question] for question in watched.asked)


def test_the_proof_of_a_past_edition_stands_when_another_one_comes(built: Desk) -> None:
    record_digest(load_digest(built.content)[0], built.content)
    built.write("late-harbour-news", "The harbour of Pellin opened a new pier on 2 July 2031.", "Ferries call there twice a day.",
                published="2031-07-02")
    assert built.run("build").returncode == 0
    past, *_, today = sorted((built.site / "archive").glob("*/*/*/index.html"))
    before = gather_evidence(built.site, built.content, root=built.root)
    watched = WatchedEvidence(before)
    check_page(past, watched)
    record_digest(load_digest(built.content)[0], built.content)
    built.write("later-harbour-news", "The pier of Pellin was closed on 3 July 2031.", "Ferries call elsewhere.", published="2031-07-03")
    after = gather_evidence(built.site, built.content, root=built.root)
    answers, others = (Answers(evidence, Runner().keys) for evidence in (before, after))
    assert past != today
    assert len(watched.asked) > 20
    assert {question for question in watched.asked if answers[question] != others[question]} == set()
