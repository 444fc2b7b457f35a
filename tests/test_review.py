"""The editor's worklist names the file and what to do; what it gives to paste settles the matter."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from argos import NEEDS_FIXTURES, Shop
from click.testing import Result
from conftest import Desk
from editing import BRIDGE, BRIDGE_AGAIN, HERON, PRESS, article, decided, overrides

from digest.desk import open_desk
from digest.editors.nearness import find_near
from digest.editors.overrides import NO_OVERRIDES, Overrides
from digest.editors.review import find_tasks
from digest.editors.tasks import KINDS, Task, tasks_json, tell_tasks
from digest.editors.unrecorded import find_unrecorded
from digest.memory import memory_file, memory_key, write_memory
from digest.models import Article
from digest.pages import write_pages
from digest.pipeline import Digest
from digest.records import Ledger, record_edition, record_ledger
from digest.settings import Grouping, Outlet, Settings, load_settings
from digest.translators import Draft
from digest.translators.install import install_packages
from digest.translators.pins import Pin, write_pins

Run = Callable[..., Result]


def tasks(digest: Digest, folder: Path, before: Digest | None = None, warnings: Sequence[str] = ()) -> tuple[Task, ...]:
    """Return the worklist of a digest, when another was recorded before it."""
    ledger = record_ledger(Ledger(), before.edition.topics) if before else Ledger()
    record = record_edition(before.edition, ()) if before else None
    return find_tasks(digest, (*warnings, *digest.warnings), Overrides(path=folder / "overrides.yml"), ledger, (record,) if record else ())


def about(kind: str, found: Sequence[Task]) -> list[Task]:
    return [task for task in found if task.kind == kind]


def test_a_digest_in_order_needs_nothing(tmp_path: Path) -> None:
    digest = decided(tmp_path)
    assert tasks(digest, tmp_path, digest) == ()
    assert tell_tasks(()) == "nothing to look at"


@pytest.mark.parametrize(("change", "kind", "problem", "do"), [
    ({"outlet": None}, "outlet", "its outlet is unknown", "write outlet:"),
    ({"outlet": "The Owl"}, "outlet", "the outlet 'The Owl' is not declared", "declare it in"),
    ({"outlet": "Opens"}, "outlet", "the outlet 'Opens' is not declared", "did you mean 'open'? Then write that"),
    ({"published": None}, "date", "its publication day is unknown", "write published:"),
])
def test_what_an_article_does_not_tell(tmp_path: Path, change: dict[str, str | None], kind: str, problem: str, do: str) -> None:
    digest = decided(tmp_path, press=(*PRESS[:3], replace(PRESS[3], **change)))  # type: ignore[arg-type]
    task, = about(kind, tasks(digest, tmp_path))
    assert (task.where, problem in task.problem, do in task.do) == ("heron.md", True, True)


@pytest.mark.parametrize("name", ["The Owl", "Die Eule: Nachtausgabe", "'#1'", "Сова"])
def test_the_declaration_to_paste_is_right(tmp_path: Path, name: str) -> None:
    digest = decided(tmp_path, press=(*PRESS[:3], replace(PRESS[3], outlet=name)))
    task, = about("outlet", tasks(digest, tmp_path))
    assert [row["name"] for row in yaml.safe_load(task.paste)] == [name]


def test_decisions_that_do_not_apply_are_listed(tmp_path: Path) -> None:
    task, = about("override", tasks(decided(tmp_path, "titles: [{topic: t-1, title: {en: A}}]\n"), tmp_path))
    assert task.where.endswith("overrides.yml:1")
    assert (task.problem, task.do) == ("titles names the topic 't-1', which is not here", "mend the id or take it out")


def test_articles_at_their_limit_are_listed(tmp_path: Path) -> None:
    tight = Settings(title="T", outlets={"open": Outlet(id="open", name="Open", quote_limit=0.4)})
    task, = about("limit", tasks(decided(tmp_path, settings=tight), tmp_path))
    assert task.where.endswith("outlets.yml")
    assert task.problem.startswith("open: not all that was chosen of these may be quoted (40 % of the words): ")
    assert "honey" in task.problem
    closed = Settings(title="T", outlets={"open": Outlet(id="open", name="Open", rights="link")})
    assert about("limit", tasks(decided(tmp_path, settings=closed), tmp_path)) == []


def near_misses(press: Sequence[Article], folder: Path, cut: float, text: str = "") -> list[tuple[str, str, bool]]:
    """Return what is near where stories are joined from this likeness on."""
    digest = decided(folder, text, press)
    found = find_near(digest.edition.topics, Grouping(story=cut), overrides(folder, text))
    return [(n.one.id, n.other.id, n.joined) for n in found if n.of == "story"]


PAIR = (article("bridge-a", BRIDGE), article("bridge-b", BRIDGE_AGAIN), article("heron", HERON))


def test_what_nearly_and_hardly_joins(tmp_path: Path) -> None:
    apart = decided(tmp_path, "stories: [{apart: [bridge-a, bridge-b]}]\n", PAIR)
    near, = (n for n in find_near(apart.edition.topics, Grouping(), NO_OVERRIDES) if n.of == "story")
    assert (near.one.id, near.other.id, near.joined) == ("bridge-a", "bridge-b", False)
    assert near_misses(PAIR, tmp_path, near.score / 1.05) == [("bridge-a", "bridge-b", True)]
    assert near_misses(PAIR, tmp_path, near.score / 1.3) == []
    for rule in ("together", "only"):
        assert near_misses(PAIR, tmp_path, near.score / 1.05, f"stories: [{{{rule}: [bridge-a, bridge-b]}}]\n") == []
    assert near_misses(PAIR, tmp_path, near.score * 1.05, "stories: [{apart: [bridge-a, bridge-b]}]\n") == []


def test_what_is_near_does_not_depend_on_the_order_of_articles(tmp_path: Path) -> None:
    one, other = (decided(tmp_path, "stories: [{apart: [bridge-a, bridge-b]}]\n", press) for press in (PAIR, PAIR[::-1]))
    assert find_near(one.edition.topics, Grouping(), NO_OVERRIDES) == find_near(other.edition.topics, Grouping(), NO_OVERRIDES)


def test_nothing_is_near_where_nothing_is() -> None:
    assert find_near((), Grouping(), NO_OVERRIDES) == ()


def test_what_is_to_be_pasted_settles_a_near_miss(tmp_path: Path) -> None:
    apart = decided(tmp_path, "stories: [{apart: [bridge-a, bridge-b]}]\n", PAIR)
    plain = find_tasks(apart, (), Overrides(path=tmp_path / "overrides.yml"), Ledger(), ())
    task = next(task for task in about("near", plain) if task.paste.startswith("stories:"))
    assert "are nearly one event" in task.problem
    joined = decided(tmp_path, task.paste + "\n", PAIR)
    assert joined.warnings == ()
    assert about("near", find_tasks(joined, (), overrides(tmp_path, task.paste), Ledger(), ())) == []


def changes(before: str, after: str, folder: Path, press: Sequence[Article] = PRESS) -> list[tuple[str, tuple[str, ...]]]:
    """Return the kinds of changes between two digests, and the articles that they name."""
    first = decided(folder, before)
    record = record_edition(first.edition, ())
    assert record
    ledger = record_ledger(Ledger(), first.edition.topics)
    found = find_unrecorded(decided(folder, after, press, ledger=ledger).edition.topics, ledger, (record,))
    return [(change.what, change.articles) for change in found if change.what != "key-point-gone"]


BOTH = "topics: [{together: [bridge-a, honey]}]\n"
NAMED = "titles: [{topic: honey, title: {en: The honey affair}}]\n"


@pytest.mark.parametrize(("before", "after", "press", "told"), [
    ("", "", PRESS, []), ("", "", PRESS[:3], [("gone", ())]),
    ("", "", (*PRESS, article("x", "A zebra of Quillon opened its gate.")), [("new", ())]),
    ("", BOTH, PRESS, [("merged", ("honey", "bridge-a"))]),
    (BOTH, "", PRESS, [("new", ()), ("split", ("bridge-a", "honey"))]),
    ("", NAMED, PRESS, [("retitled", ())]),
])
def test_changes_against_the_record(tmp_path: Path, before: str, after: str, press: Sequence[Article],
                                    told: list[tuple[str, tuple[str, ...]]]) -> None:
    assert sorted(changes(before, after, tmp_path, press)) == told


def test_key_points_that_go_can_be_pinned(tmp_path: Path) -> None:
    before = decided(tmp_path)
    gone = next(t for t in before.edition.topics if t.articles[0].id == "honey").summary[0]
    mark = f"honey#{next(iter(_anchors(gone.text)))}"
    after = decided(tmp_path, f"keypoints: [{{topic: honey, drop: [{mark}]}}]\n")
    task, = (t for t in about("change", tasks(after, tmp_path, before)) if "does not quote any more" in t.problem)
    assert gone.text[:60] in task.problem
    assert f"pin: [{mark}]" in task.paste
    assert about("change", tasks(decided(tmp_path, task.paste), tmp_path, before)) == []


def _anchors(quote: str) -> list[str]:
    from digest.marks import anchor
    return [anchor(quote, 0, len(quote))]


def test_nothing_recorded_is_no_change(tmp_path: Path) -> None:
    assert about("change", tasks(decided(tmp_path), tmp_path)) == []


@pytest.mark.parametrize("text", [
    "hide: [{article: bridge-b}]\n", "stories: [{apart: [bridge-a, bridge-b]}]\ntopics: [{apart: [bridge-a, bridge-b]}]\n",
])
def test_what_a_topic_does_not_hold_any_more_is_not_to_be_pinned(tmp_path: Path, text: str) -> None:
    first = f"{BRIDGE_AGAIN.partition('. ')[0]}."
    before = decided(tmp_path, f"keypoints: [{{topic: bridge-b, pin: [bridge-b#{next(iter(_anchors(first)))}]}}]\n")
    assert before.warnings == ()
    after = decided(tmp_path, text, ledger=record_ledger(Ledger(), before.edition.topics))
    task, = (t for t in about("change", tasks(after, tmp_path, before)) if f"does not quote any more: “{first}”" in t.problem)
    assert (task.do, task.paste) == ("nothing; the sentence does not stand in this topic any more", "")


def test_a_title_that_an_editor_gave_needs_nothing(tmp_path: Path) -> None:
    before = decided(tmp_path)
    task, = about("change", tasks(decided(tmp_path, NAMED), tmp_path, before))
    assert task.do == "nothing; an editor gave the title"


OTTER = ["An otter lives under the mill of Tarn with 3 cubs.", "Otters of Pellin stole the shoes of 12 millers on Monday."]


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A digest of one article in two languages, whose package is pinned and not here, so that the memory alone translates."""
    for path in sorted((desk.content / "articles").rglob("*.md")):
        path.unlink()
    desk.write("otter", *OTTER, title="Otter steals shoes")
    desk.edit("content/outlets.yml", ".*", "- {id: open-gazette, name: Open Gazette, rights: full}\n")
    desk.edit("content/digest.yml", "languages: .*?\n", "languages: [en, es]\n")
    write_pins(desk.content, [Pin(code="translate-en_es", version="1.0", url="https://example.org/p", sha256="0", size=1, files="f" * 64)])
    return desk


def remember(desk: Desk, *drafts: str) -> None:
    """Let the memory have drafts of the otter's sentences and title."""
    model = open_desk(load_settings(desk.content), desk.content, desk.root / "build" / "translations").route("en", "es")
    assert model
    rows = {memory_key(model.steps[0], text): Draft(draft) for text, draft in zip([*OTTER, "Otter steals shoes"], drafts, strict=False)}
    write_memory(memory_file(desk.root / "build" / "translations", model.steps[0]), rows)


def untold(digest: Run, desk: Desk) -> list[dict[str, str]]:
    done = digest(desk, "review", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    return [row for row in json.loads(done.stdout)["tasks"] if row["kind"] == "translation"]


def test_what_a_check_kept_in_the_original_is_one_task_a_language_and_reason(digest: Run, told: Desk) -> None:
    remember(told, "Bajo el molino de Tarn vive una nutria con 4 crías.", "Roba los zapatos de 13 molineros por la noche.",
             "Nutria nutria nutria nutria nutria nutria nutria nutria nutria")
    problem, numbers, looped = untold(digest, told)
    assert "translate-en_es 1.0 is pinned and not installed" in problem["problem"]
    assert numbers["where"] == looped["where"] == "content/translations/es.yml"
    assert numbers["problem"] == f"es: 2 texts stay in the original, since a number changed: “{OTTER[0]}”"
    assert looped["problem"].startswith("es: a text stays in the original, since words came out again and again: “Otter")
    assert numbers["do"] == "nothing, or translate all of it in this file:"
    filled = numbers["paste"].replace("translation:", "translation: Una nutria.") + "\n"
    (told.content / "translations").mkdir()
    (told.content / "translations" / "es.yml").write_text(filled, "utf-8")
    assert [row["problem"] for row in untold(digest, told)] == [
        problem["problem"], looped["problem"], "its translation lacks 3; is it right?", "its translation lacks 12; is it right?"]


def test_what_is_not_translated_yet_is_no_fault_of_a_text(digest: Run, told: Desk) -> None:
    remember(told, "Bajo el molino de Tarn vive una nutria con 3 crías.")
    only, = untold(digest, told)
    assert "until then only what the memory holds is translated" in only["problem"]
    assert not list((told.root / "build").rglob("*.md")), "it builds nothing"
    (told.content / "models.lock.json").unlink()
    only, = untold(digest, told)
    assert only["problem"].startswith("nothing translates into es")


@NEEDS_FIXTURES
def test_what_no_engine_was_asked_for_is_counted_and_no_engine_is_asked(digest: Run, told: Desk, shop: Shop) -> None:
    (told.content / "models.lock.json").unlink()
    list(install_packages(told.content, [("en", "es")]))
    only, = untold(digest, told)
    assert only["problem"] == "es: not yet translated: 3 texts"
    assert not (told.root / "build").exists()


def test_translations_of_editors_that_do_not_apply_are_one_task_a_file(digest: Run, told: Desk) -> None:
    (told.content / "translations").mkdir()
    rows = "".join(f"- original: Never said {n}.\n  translation: Nunca {n}.\n" for n in range(2))
    (told.content / "translations" / "es.yml").write_text(rows, "utf-8")
    *_, idle = untold(digest, told)
    assert idle["where"] == "content/translations/es.yml:1"
    assert idle["problem"] == "“Never said 0.” and 1 more (lines 1, 3) are not told in this language (any more)"


def test_what_is_offered_for_pasting_stops_nothing_and_is_told_until_it_is_filled_in(digest: Run, told: Desk) -> None:
    remember(told, "Bajo el molino de Tarn vive una nutria con 4 crías.")
    _, numbers = untold(digest, told)
    (told.content / "translations").mkdir()
    (told.content / "translations" / "es.yml").write_text(numbers["paste"] + "\n", "utf-8")
    *_, blank = untold(digest, told)
    assert (blank["where"], blank["problem"]) == (
        "content/translations/es.yml:1", f"“{OTTER[0]}” has an empty translation, and is passed over")
    for task in ("--check", "--report"):
        done = digest(told, "translate", task)
        assert "warning: content/translations/es.yml:1: its translation is empty, and the entry is passed over; fill it in" in done.stderr
    written = write_pages(told.content, told.root, told.root / "build" / "pages", told.root / "build" / "translations")
    assert any("es.yml:1: its translation is empty" in warning for warning in written.warnings)


def test_doubts_and_slips_of_the_pen_are_told(digest: Run, told: Desk) -> None:
    """A translation that carries a doubt is shown with it, an editor's with other numbers as it is; both are for an editor to look at."""
    remember(told, "Bajo el molino vive una nutria con 3 crías.")
    (told.content / "translations").mkdir()
    (told.content / "translations" / "es.yml").write_text(
        f"- original: {OTTER[1]}\n  translation: Las nutrias robaron los zapatos.\n"
        "- original: Otter steels shoes\n  translation: X\n", "utf-8")
    _, doubt, idle, slip = untold(digest, told)
    doubted = f"“{OTTER[0]}” → “Bajo el molino vive una nutria con 3 crías.”"
    assert doubt["problem"] == f"es: a translation may have lost names: {doubted}"
    assert idle["do"] == "did you mean “Otter steals shoes”? Then write that; otherwise take the entry out"
    assert (slip["where"], slip["problem"]) == ("content/translations/es.yml:1", "its translation lacks 12; is it right?")
    report = digest(told, "translate", "--report").stdout
    assert f"  names may have changed: {doubted}\n" in report
    assert "from the memory, 1 in the original (engine 1); names may have changed in 1\n" in report
    checked = digest(told, "translate", "--check")
    assert "warning: content/translations/es.yml:1: its translation lacks 12; is it right?" in checked.stderr
    assert "es.yml:3: “Otter steels shoes” is not told in this language (any more); did you mean “Otter steals shoes”?" in checked.stdout


def test_hostile_texts_are_shown_visibly_and_not_pasted(digest: Run, told: Desk) -> None:
    told.write("otter", f"{OTTER[0]}\u202e", title="Otter \u202esteals")
    remember(told, "x", "x", "x")
    assert "\u202e" not in digest(told, "review").stdout


def test_the_list_is_told_by_kind_and_as_json(digest: Run, desk: Desk) -> None:
    desk.write("rumour", "A rumour went round in Tarn. Nobody knew who had started it.", outlet="The Owl", published=None, unknwon="x")
    (desk.content / "overrides.yml").write_text("pin: [{topic: gone-long-ago}]\n", "utf-8")
    told = digest(desk, "review")
    assert (told.exit_code, told.stderr) == (0, "")
    headings = [line.rpartition(" (")[0] for line in told.stdout.splitlines() if line and line[0] != " "][1:]
    assert headings == [heading for heading in KINDS.values() if heading in headings]
    assert "content/articles/2031/07/rumour.md: the outlet 'The Owl' is not declared" in told.stdout
    assert "content/overrides.yml:1: pin names the topic 'gone-long-ago'" in told.stdout
    assert "unknown key 'unknwon'" in told.stdout
    assert "content/articles/undated/broken-front-matter.md: " in told.stdout
    found = json.loads(digest(desk, "review", "--json").stdout)["tasks"]
    assert {row["kind"] for row in found} >= {"outlet", "date", "left-out", "slip", "override"}
    assert all(row["where"] and row["problem"] and row["do"] for row in found)
    assert len({json.dumps(row) for row in found}) == len(found), "nothing is told twice"
    assert not list(desk.content.rglob("*.json")), "it writes nothing"


def test_warnings_name_a_file_as_errors_do(digest: Run, desk: Desk) -> None:
    """The path is the one that the user can open, whatever noticed it."""
    desk.write("copied", "A copy came to Tarn. Nobody knew of what.", copy_of="gone-long-ago", outlet="Open Gazete", unknwon="x")
    (desk.content / "overrides.yml").write_text("stories:\n  - apart: [copied, gone]\npin: [{topic: gone-long-ago}]\n", "utf-8")
    told = [line for line in digest(desk, "stories").stderr.splitlines() if line.startswith("warning: ") and "left out" not in line]
    assert len(told) == 5
    assert all(line.startswith("warning: content/") for line in told)
    (desk.content / "overrides.yml").write_text("stories:\n  - aprat: [copied, gone]\n", "utf-8")
    assert digest(desk, "stories").stderr.startswith("error: content/overrides.yml:2: ")


def test_strict_fails_where_there_is_anything(digest: Run, desk: Desk) -> None:
    assert digest(desk, "review", "--strict").exit_code == 1
    for path in sorted((desk.content / "articles").rglob("*.md")):
        path.unlink()
    desk.write("heron", HERON)
    told = digest(desk, "review", "--strict")
    assert (told.stdout, told.exit_code) == ("nothing to look at\n", 0)


def test_hostile_words_stay_on_one_line(tmp_path: Path) -> None:
    digest = decided(tmp_path, press=(*PRESS[:3], replace(PRESS[3], outlet="Owl\x1b[31m\u202e\nx")))
    task, = about("outlet", tasks(digest, tmp_path))
    told = tell_tasks([task])
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert json.loads(tasks_json([task]))["tasks"][0]["kind"] == "outlet"
