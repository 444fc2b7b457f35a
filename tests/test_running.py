"""Results are kept by what they are made from, made by several processes, and never trusted where they are not whole."""

import logging
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from types import MappingProxyType

import pytest

from digest.errors import WorkerError
from digest.models import Article, Citation, KeyPoint, When
from digest.running import Brief, Keys, Runner, Store, freeze, names_of, open_executor, open_runner, thaw
from digest.running.executors import InProcess
from digest.running.memo import NOTES, Memo
from digest.settings import Outlet

TEXT = "The pier opens. The mayor came."
ARTICLE = Article(id="pier", path=Path("pier.md"), title="Pier", text=TEXT, lang="en", published=When(date(2031, 7, 1)))
POINT = KeyPoint((Citation(ARTICLE, 0, 15, "The pier opens."),))


@dataclass
class Counting:
    """Squares numbers and counts how many."""

    done: int = 0

    def __call__(self, number: int) -> int:
        self.done += 1
        return number * number


def square(number: int) -> int:
    return number * number


def process_of(number: int) -> tuple[int, int]:
    return number, os.getpid()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def test_what_was_made_is_not_made_again(store: Store) -> None:
    counting = Counting()
    assert list(Runner(store).each("square", counting, [1, 2, 3])) == [1, 4, 9]
    assert list(Runner(store).each("square", counting, [3, 1, 4])) == [9, 1, 16]
    assert counting.done == 4


@pytest.mark.parametrize("change", ["stage", "program", "asked"])
def test_it_is_made_again_for_another_stage_program_or_setting(store: Store, change: str) -> None:
    counting, names = Counting(), {"stage": "square", "program": "1", "asked": "a"}
    for row in (names, names | {change: "other"}):
        assert list(Runner(store, program=row["program"]).each(row["stage"], counting, [2], row["asked"])) == [4]
    assert counting.done == 2


@pytest.mark.parametrize("damage", [b"", b"short", bytes(64), pickle.dumps(4)])
def test_what_is_damaged_is_made_again(store: Store, damage: bytes) -> None:
    counting = Counting()
    list(Runner(store).each("square", counting, [2]))
    path, = (path for path in store.folder.rglob("*") if path.is_file())
    path.write_bytes(damage)
    assert list(Runner(store).each("square", counting, [2])) == [4]
    assert counting.done == 2
    assert list(Runner(store).each("square", counting, [2])) == [4]
    assert counting.done == 2


def test_a_single_wrong_byte_anywhere_is_noticed(store: Store) -> None:
    store.write("ab" * 20, b"what was made")
    path = Path(store.path("ab" * 20))
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1:])
        assert store.read("ab" * 20) is None


@pytest.mark.parametrize("kept", [False, True])
def test_what_is_asked_for_by_its_number_is_taken_then_and_once(store: Store, kept: bool) -> None:
    counting = Counting()
    runner = Runner(store if kept else None)
    square_of = runner.on_demand("square", counting, [2, 3, 4])
    assert counting.done == 3
    assert [square_of(2), square_of(0), square_of(2)] == [16, 4, 16]
    assert counting.done == 3


def test_what_is_damaged_before_it_is_asked_for_is_made_again(store: Store) -> None:
    counting = Counting()
    square_of = Runner(store).on_demand("square", counting, [2, 3])
    for path in store.folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"short")
    assert square_of(1) == 9
    assert counting.done == 3


def test_what_a_run_counts_on_stays_though_it_reads_none_of_it(store: Store) -> None:
    Runner(store).on_demand("square", square, [2, 3])
    paths = [path for path in store.folder.rglob("*") if path.is_file()]
    for path in paths:
        os.utime(path, (0, 0))
    Runner(store).on_demand("square", square, [2])
    assert sorted(path.stat().st_mtime > 0 for path in paths) == [False, True]


def test_nothing_is_kept_without_a_store() -> None:
    counting = Counting()
    runner = Runner()
    assert list(runner.each("square", counting, [5])) == list(runner.each("square", counting, [5])) == [25]
    assert counting.done == 2


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", "utf-8")
    assert list(Runner(Store(tmp_path / "cache")).each("square", square, [2, 3])) == [4, 9]
    with open_runner(tmp_path / "cache", 1) as runner:
        assert runner.store is None
    with open_runner(tmp_path / "other", 1) as runner:
        assert runner.store is not None


@pytest.mark.parametrize("anew", [False, True])
def test_a_folder_of_another_program_is_left_alone(tmp_path: Path, anew: bool) -> None:
    """A build's working folder may lie beside a site in a place that others use too."""
    folder = tmp_path / ("cache-anew" if anew else "cache")
    theirs = folder / "ab" / "theirs"
    theirs.parent.mkdir(parents=True)
    theirs.write_text("kept by another program", "utf-8")
    os.utime(theirs, (1_000_000, 1_000_000))
    with open_runner(tmp_path / "cache", 1, anew=anew) as runner:
        assert runner.store is None
        assert list(runner.each("square", square, [2])) == [4]
    Store(folder).clear()
    Store(folder).prune()
    assert [path for path in folder.rglob("*") if path.is_file()] == [theirs]


def test_what_nobody_asked_for_in_a_month_goes(store: Store) -> None:
    assert store.claim()
    store.write("aa" * 20, b"old")
    store.write("bb" * 20, b"new")
    os.utime(store.path("aa" * 20), (1_000_000, 1_000_000))
    store.prune()
    assert Path(store.path("aa" * 20)).is_file()  # it was begun today
    os.utime(store.folder / "CACHEDIR.TAG", (1_000_000, 1_000_000))
    store.prune()
    assert store.read("aa" * 20) is None
    assert store.read("bb" * 20) == b"new"


def test_a_citation_comes_back_as_a_span_of_this_run_s_article() -> None:
    again = Article(id="pier", path=Path("elsewhere.md"), title="Pier", text=TEXT, lang="en", published=When(date(2031, 7, 1)))
    found = thaw(freeze(POINT), names_of([again]))
    assert found == KeyPoint((Citation(again, 0, 15, "The pier opens."),))
    assert found.citations[0].article is again
    assert b"opens" not in freeze(POINT)


def test_nothing_comes_back_of_another_text() -> None:
    other = Article(id="pier", path=Path("pier.md"), title="Pier", text="The pier shuts. The mayor came.", lang="en")
    with pytest.raises(ValueError, match="cannot be thawed"):
        thaw(freeze(POINT), names_of([other]))


class Bomb:
    """What a stranger might put into a cache."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch exploded",)


@pytest.mark.parametrize("frozen", [
    pickle.dumps(Bomb()), pickle.dumps(subprocess.Popen), b"cos\nsystem\n(S'touch exploded'\ntR.", b"", b"\x80"])
def test_what_strangers_froze_runs_nothing(frozen: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="cannot be thawed"):
        thaw(frozen, {})
    assert not list(tmp_path.iterdir())


def test_a_mapping_that_nobody_changes_comes_back_as_one() -> None:
    found = thaw(freeze(MappingProxyType({"a": Outlet(id="a", name="A")})), {})
    assert type(found) is MappingProxyType
    assert found["a"].name == "A"


KEYED = """
from digest.running import Keys
print(Keys().of(frozenset(["pier", "mayor", "harbour"]), {"a": {"x", "y", "z"}}, "word" * 3, ("a" + "b", "ab")))
"""


def test_equal_values_have_equal_keys_in_any_process() -> None:
    keys = {subprocess.run([sys.executable, "-c", KEYED], env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True).stdout
            for seed in ("1", "2", "3")}
    assert len(keys) == 1


def test_other_values_have_other_keys() -> None:
    keys = Keys()
    assert len({keys.of(value) for value in (1, "1", (1,), [1], frozenset({1}), {1: 1}, None, ARTICLE, POINT)}) == 9
    other = Article(id="pier", path=Path("pier.md"), title="Pier", text=TEXT, lang="en", published=When(date(2031, 7, 2)))
    assert keys.of(POINT) != keys.of(KeyPoint((Citation(other, 0, 15, "The pier opens."),)))


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 11, 50])
def test_the_results_come_in_order_whoever_makes_them(store: Store, jobs: int, count: int) -> None:
    with open_executor(jobs) as executor:
        for kept in (None, store):
            assert list(Runner(kept, executor).each("square", square, range(count))) == [number ** 2 for number in range(count)]


def test_many_items_go_to_other_processes_and_few_do_not() -> None:
    with open_executor(2) as executor:
        runner = Runner(executor=executor)
        few, many = (list(runner.each("process", process_of, range(count))) for count in (3, 40))
    assert {process for _, process in few} == {os.getpid()}
    assert len({process for _, process in many} - {os.getpid()}) == len({process for _, process in many})


class Screen(StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is_and_a_log_what_is_to_do(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("digest.progress")
    for name, value in (("handlers", [caplog.handler]), ("propagate", False), ("disabled", False)):
        monkeypatch.setattr(log, name, value)
    log.setLevel(logging.INFO)
    with open_executor(2) as executor:
        list(Runner(executor=executor).each("squares", square, range(40)))
        assert "squares: 40 to make" in caplog.messages
        screen = Screen()
        monkeypatch.setattr(sys, "stderr", screen)
        list(Runner(executor=executor).each("cubes", square, range(40)))
    assert "cubes" in screen.getvalue()
    assert "40/40" in screen.getvalue()
    assert len(caplog.messages) == 1


def fail(number: int) -> int:
    raise ValueError(f"{number} is wrong")


def test_a_fault_in_another_process_is_told_here() -> None:
    with open_executor(2) as executor, pytest.raises(ValueError, match="is wrong"):
        list(Runner(executor=executor).each("fail", fail, range(20)))


def die(number: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_process_that_is_killed_is_one_line() -> None:
    with open_executor(2) as executor, pytest.raises(WorkerError, match=r"^a process was killed, .* --jobs"):
        list(Runner(executor=executor).each("die", die, range(20)))


def test_after_a_killed_process_others_do_the_work() -> None:
    with open_executor(2) as executor:
        with pytest.raises(WorkerError):
            list(Runner(executor=executor).each("die", die, range(20)))
        assert list(Runner(executor=executor).each("square", square, range(20))) == [number * number for number in range(20)]


def halves(numbers: Sequence[int]) -> list[float]:
    return [number / 2 for number in numbers]


def test_results_that_are_made_together_are_kept_one_by_one(store: Store) -> None:
    assert list(Runner(store).together("half", halves, [2, 4])) == [1, 2]
    assert sum(path.is_file() for path in store.folder.rglob("*")) == 2
    assert InProcess().workers == 1


@pytest.mark.parametrize("spoiled", [False, True])
def test_what_a_note_suffices_for_is_neither_made_nor_read(tmp_path: Path, spoiled: bool) -> None:
    """Where notes are damaged, or do not suffice, results are there all the same."""
    def run(enough: int) -> list[tuple[str, float | None]]:
        brief: Brief[int, float, str] = Brief(str, lambda number, note: number <= enough and note == str(number / 2))
        with open_runner(tmp_path / "cache", 1) as runner:
            return list(runner.briefly("half", halves, [2, 4, 6], brief=brief))

    all_of_them = [("1.0", 1), ("2.0", 2), ("3.0", 3)]
    assert run(6) == all_of_them
    kept = list((tmp_path / "cache").glob("??/*"))
    notes = tmp_path / "cache" / "00" / f"{NOTES:038}"
    assert notes in kept
    for path in kept:
        if path != notes or spoiled:
            path.write_bytes(b"spoiled")
    assert run(4) == (all_of_them if spoiled else [("1.0", None), ("2.0", None), ("3.0", 3)])
    assert run(0) == all_of_them


def test_notes_that_a_whole_run_did_not_ask_for_go(store: Store) -> None:
    first = Memo(store, NOTES)
    first.note("one", 1)
    first.note("two", 2)
    first.save()
    broken = Memo(store, NOTES)
    assert broken.get("one") == 1
    broken.note("three", 3)
    broken.save(whole=False)
    whole = Memo(store, NOTES)
    assert [whole.get(name) for name in ("one", "two", "three", "four")] == [1, 2, 3, None]
    other = Memo(store, NOTES)
    assert other.get("two") == 2
    other.save()
    assert [Memo(store, NOTES).get(name) for name in ("one", "two", "three")] == [None, 2, None]
    assert Memo(None, NOTES).get("two") is None


SLOW = """
import signal, sys, time
from digest.running import Runner, open_executor
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has what it starts in the background ignore it
def nap(number):
    time.sleep(60)
with open_executor(2) as executor:
    print("begun", flush=True)
    list(Runner(executor=executor).each("nap", nap, range(20)))
"""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_nobody_outlives_a_run_that_is_stopped(sent: signal.Signals, tmp_path: Path) -> None:
    """Ctrl-C reaches a whole group of processes; a killed one cannot tell the others."""
    (tmp_path / "slow.py").write_text(SLOW, "utf-8")
    with subprocess.Popen([sys.executable, str(tmp_path / "slow.py")], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          start_new_session=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"begun\n"
        workers = wait_for_workers(run.pid)
        if sent is signal.SIGINT:
            os.killpg(run.pid, sent)
        else:
            run.send_signal(sent)
        _, said = run.communicate(timeout=30)  # ends when no process holds its output any more
    assert len(workers) == 2
    assert not [pid for pid in workers if Path(f"/proc/{pid}/cmdline").is_file() and Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert said.count(b"Traceback") <= 1


def wait_for_workers(parent: int) -> list[int]:
    """Return the processes that a process started, when there are two."""
    path = Path(f"/proc/{parent}/task/{parent}/children")
    for _ in range(200):
        found = [int(pid) for pid in path.read_text("utf-8").split()]
        if len(found) == 2:
            return found
        signal.sigtimedwait([], 0.05)
    raise AssertionError("it started no processes")
