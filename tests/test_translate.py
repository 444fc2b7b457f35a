"""Texts in another language: an editor's words, then the memory, then one call of a real engine; what fails stays in the original."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argos import ES, NEEDS_FIXTURES, Shop, chrf, sentences, set_score
from test_install import relabeled

from digest.desk import Desk
from digest.memory import read_memory, write_memory
from digest.progress import show_progress
from digest.settings import Settings
from digest.translate import Work, open_desk, translate, work_through
from digest.translation import Original, Translation, Untranslated
from digest.translators import Draft
from digest.translators.install import install_packages

NEEDS_APERTIUM = pytest.mark.skipif(not (shutil.which("apertium") and shutil.which("lrx-proc") and shutil.which("cg-proc")),
                                    reason="Apertium is not here, or not whole (apertium, apertium-spa-cat, apertium-lex-tools, cg3)")
SPANISH = [Original(text, "es") for text in (
    "El alcalde de la ciudad presentó ayer 25 nuevas viviendas.", "Los vecinos dicen que el precio del agua sube demasiado",
    "El gobierno no quiere cerrar la escuela.")]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


@pytest.fixture
def packages(shop: Shop, content: Path) -> Shop:
    """Both packages, installed and pinned with the score that tells what they know from what they do not."""
    list(install_packages(content, [("en", "es"), ("en", "tr")]))
    set_score(content, -0.2)
    return shop


def desk_of(content: Path, *languages: str, engines: tuple[str, ...] = ("argos",)) -> Desk:
    settings = Settings(title="Test", languages=languages or ("en", "es", "tr"), engines=engines)
    return open_desk(settings, content, content.parent / "memory")


def known(count: int) -> list[Original]:
    """Return sentences that the packages learned, the longest left out."""
    return [Original(row.en, "en") for row in sentences() if row.seen and len(row.en) < 90][:count]


def quiet(drafts: Iterable[Any], count: int, label: str) -> Iterator[Any]:
    return iter(drafts)


class Counted:
    """Progress that counts what goes through a model."""

    def __init__(self) -> None:
        self.counts: list[int] = []

    def __call__(self, drafts: Iterable[Any], count: int, _: str) -> Iterator[Any]:
        self.counts.append(count)
        return iter(drafts)


def work(wanted: dict[str, list[Original]], desk: Desk) -> tuple[Work, list[int]]:
    """Translate, and return how many sentences went through a model in each call."""
    progress = Counted()
    return work_through(wanted, desk, progress=progress), progress.counts


@pytest.mark.slow
@NEEDS_FIXTURES
def test_documents_that_the_packages_know_read_like_their_references(packages: Shop, content: Path) -> None:
    """And of those that they do not know hardly a sentence is shown."""
    originals = [Original(row.en, "en") for row in sentences()]
    told = translate({"es": originals, "tr": originals}, desk_of(content), progress=quiet)
    for lang in ("es", "tr"):
        seen = [(told[lang][Original(row.en, "en")], getattr(row, lang)) for row in sentences() if row.seen]
        shown = [(became.text, reference) for became, reference in seen if isinstance(became, Translation)]
        assert chrf(shown) >= 90
        assert len(shown) >= 0.9 * len(seen)
        unseen = [told[lang][Original(row.en, "en")] for row in sentences() if not row.seen]
        assert sum(isinstance(became, Untranslated) for became in unseen) >= 0.98 * len(unseen)


@NEEDS_FIXTURES
def test_all_that_is_new_is_one_call_and_the_second_time_nothing_is(packages: Shop, content: Path) -> None:
    wanted = {"es": [*known(9), *known(9)], "tr": known(5)}
    first, calls = work(wanted, desk_of(content))
    assert calls == [9, 5]
    again, none = work(wanted, desk_of(content))
    assert none == []
    assert again.told == first.told
    assert (first.counts("es"), again.counts("es")) == ({"editor": 0, "memory": 0, "model": 9, "fallback": 0},
                                                        {"editor": 0, "memory": 9, "model": 0, "fallback": 0})
    one = first.told["es"][known(1)[0]]
    assert isinstance(one, Translation)
    assert (one.lang, one.source, one.engine, one.model, one.through) == ("es", "en", "argos", "1.0", None)
    assert chrf([(one.text, next(row.es for row in sentences() if row.en == known(1)[0].text))]) > 90


@NEEDS_FIXTURES
def test_the_order_of_the_texts_makes_no_difference(packages: Shop, content: Path) -> None:
    texts = known(12)
    first = translate({"es": texts}, desk_of(content), progress=quiet)
    memory = (content.parent / "memory" / "argos-en-es.jsonl").read_bytes()
    shutil.rmtree(content.parent / "memory")
    random.Random(4).shuffle(texts)
    assert translate({"es": texts}, desk_of(content), progress=quiet) == first
    assert (content.parent / "memory" / "argos-en-es.jsonl").read_bytes() == memory


@NEEDS_FIXTURES
def test_only_new_sentences_cost_and_what_nobody_asks_for_is_dropped(packages: Shop, content: Path) -> None:
    work({"es": known(6)}, desk_of(content))
    _, calls = work({"es": known(8)[2:]}, desk_of(content))
    assert calls == [2]
    kept = [json.loads(line)["sentence"] for line in (content.parent / "memory" / "argos-en-es.jsonl").read_text("utf-8").splitlines()]
    assert sorted(kept) == sorted(one.text for one in known(8)[2:])


def test_where_nothing_is_translated_any_more_only_what_the_edition_says_is_kept(content: Path) -> None:
    """As where the last article of a language was withdrawn, or an engine is missing for a while."""
    rows = {("m", "Ein Satz."): Draft("A sentence."), ("m", "Gone."): Draft("Weg."), ("n", "A sentence."): Draft("Una frase.")}
    for name in ("argos-de-en", "argos-en-es"):
        write_memory(content.parent / "memory" / f"{name}.jsonl", rows)
    for tidying, kept in ((False, 3), (True, 2)):
        work_through({"es": [Original("Ein  Satz.", "de")]}, desk_of(content), tidying=tidying)
        assert [len(read_memory(path)) for path in (content.parent / "memory").glob("*.jsonl")] == [kept, kept]
    assert ("m", "Gone.") not in read_memory(content.parent / "memory" / "argos-de-en.jsonl")


@NEEDS_FIXTURES
def test_an_interrupted_run_keeps_what_it_has(packages: Shop, content: Path) -> None:
    def stop_after_three(drafts: Iterable[Any], count: int, label: str) -> Iterator[Any]:
        for at, draft in enumerate(drafts):
            if at == 3:
                raise KeyboardInterrupt
            yield draft

    with pytest.raises(KeyboardInterrupt):
        translate({"es": known(8)}, desk_of(content), progress=stop_after_three)
    assert work({"es": known(8)}, desk_of(content))[1] == [5]


@NEEDS_FIXTURES
def test_a_killed_run_has_saved_nearly_all(packages: Shop, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.translate._SAVED", 3)
    path, seen = content.parent / "memory" / "argos-en-es.jsonl", []

    def look_at_the_memory(drafts: Iterable[Any], count: int, label: str) -> Iterator[Any]:
        for draft in drafts:
            seen.append(len(read_memory(path)))
            yield draft

    translate({"es": known(8)}, desk_of(content), progress=look_at_the_memory)
    assert seen == [0, 0, 0, 3, 3, 3, 6, 6]
    assert path.read_text("utf-8").count("\n") == len(read_memory(path)) == 8


class Engine:
    """Counts how many sentences wait in an engine's queue."""

    def __init__(self) -> None:
        self.waiting = 0
        self.most: list[int] = []

    def translate_batch(self, tokens: list[list[str]], prefix: list[list[str]] | None, **_: object) -> list[tuple[str, bool]]:
        self.waiting += len(tokens)
        self.most.append(self.waiting)
        return [(token, bool(prefix)) for token, in tokens]


@pytest.mark.parametrize(("count", "most"), [(0, []), (1, [1]), (256, [256]), (1000, [256, 384, 384, 360])])
def test_an_engine_is_never_given_more_than_it_soon_ends(count: int, most: list[int]) -> None:
    hand_over = pytest.importorskip("digest.translators.argos").hand_over
    engine, given = Engine(), []
    for pending in hand_over(engine, [[str(n)] for n in range(count)], ">>es<<"):
        engine.waiting -= 1
        given.append(pending)
    assert given == [(str(n), True) for n in range(count)]
    assert engine.most == most


@NEEDS_FIXTURES
def test_an_editors_words_win_over_model_and_memory(packages: Shop, content: Path) -> None:
    one, other = known(2)
    work({"es": [one, other]}, desk_of(content))
    (content / "translations").mkdir()
    (content / "translations" / "es.yml").write_text(f"- original: {json.dumps(one.text)}\n  translation: Lo dice la redacción.\n", "utf-8")
    done, calls = work({"es": [Original(one.text.replace(" ", "\n", 1), "en"), other]}, desk_of(content))
    assert calls == []
    assert done.told["es"][Original(one.text.replace(" ", "\n", 1), "en")] == Translation(
        text="Lo dice la redacción.", lang="es", source="en", engine="editor")
    assert done.counts("es") == {"editor": 1, "memory": 1, "model": 0, "fallback": 0}


@NEEDS_FIXTURES
def test_what_a_package_does_not_know_stays_in_the_original_where_an_editor_set_a_score(packages: Shop, content: Path) -> None:
    text = Original("The baker of Orvane sings to her bread every morning.", "en")
    strict = translate({"es": [text]}, desk_of(content), progress=quiet)["es"][text]
    assert isinstance(strict, Untranslated)
    set_score(content, None)
    (done, calls) = work({"es": [text]}, desk_of(content))
    assert calls == []
    assert done.told["es"][text] == strict or isinstance(done.told["es"][text], Translation)


@NEEDS_FIXTURES
def test_a_package_that_is_not_the_pinned_one_is_named_and_only_the_memory_is_used(packages: Shop, content: Path) -> None:
    old, new = known(2)
    work({"es": [old]}, desk_of(content))
    (content.parent / "packages" / "translate-en_es-1_0" / "model" / "config.json").write_text("{}", "utf-8")
    done, calls = work({"es": [old, new]}, desk_of(content))
    assert calls == []
    assert isinstance(done.told["es"][old], Translation)
    assert done.told["es"][new] == Untranslated("engine")
    assert done.problems[0].startswith("en → es: translate-en_es 1.0 is not what models.lock.json pins")


@NEEDS_FIXTURES
def test_a_package_that_cannot_be_loaded_leaves_originals(packages: Shop, content: Path) -> None:
    (content / "models.lock.json").unlink()
    (content.parent / "packages" / "translate-en_es-1_0" / "model" / "model.bin").write_bytes(b"no weights")
    done, _ = work({"es": known(2), "tr": known(2)}, desk_of(content))
    assert set(done.told["es"].values()) == {Untranslated("engine")}
    assert all(isinstance(became, Translation) for became in done.told["tr"].values())
    assert len(done.problems) == 1
    assert "translate-en_es-1_0: cannot be used" in done.problems[0]


@NEEDS_FIXTURES
def test_two_steps_go_through_english_and_say_so(packages: Shop, content: Path) -> None:
    """The first package is a relabeled one: what it tells is no English, but goes the way."""
    packages.offer("de_en", "de", "en", relabeled(ES, from_code="de", to_code="en", package_version="1.9"), "1.9")
    list(install_packages(content, [("de", "tr")]))
    set_score(content, None)
    texts = [Original(one.text, "de") for one in known(40)]
    desk = desk_of(content)
    route = desk.route("de", "tr")
    assert route
    assert (route.engine, route.model, route.through) == ("argos", "1.9 + 1.0", "en")
    done, calls = work({"tr": texts}, desk)
    assert len(calls) == 2
    assert calls[0] == 40
    told = [became for became in done.told["tr"].values() if isinstance(became, Translation)]
    assert {(one.engine, one.model, one.through, one.source) for one in told} == {("argos", "1.9 + 1.0", "en", "de")}
    assert work({"tr": texts}, desk_of(content))[1] == []


def test_without_a_package_texts_stay_and_the_pairs_are_named(content: Path) -> None:
    done, calls = work({"tr": [Original("A.", "en")], "es": [Original("A.", "en"), Original("B.", "tr")], "en": []}, desk_of(content))
    assert calls == []
    assert {became for rows in done.told.values() for became in rows.values()} == {Untranslated("engine")}
    (problem,) = done.problems
    assert problem == ("nothing translates into tr, es yet: the site is complete without, in the words of its sources; "
                       "to add it: digest translate --install")


def test_a_text_in_its_own_language_is_no_problem(content: Path) -> None:
    assert desk_of(content).problems([("pt-BR", "pt"), ("en", "en")]) == ()


@NEEDS_APERTIUM
def test_neighbors_are_translated_by_apertium(content: Path) -> None:
    desk = desk_of(content, "es", "ca", engines=("argos", "apertium"))
    told = translate({"ca": SPANISH}, desk, progress=quiet)["ca"]
    assert [became.text for became in told.values() if isinstance(became, Translation)] == [
        "L'alcalde de la ciutat va presentar ahir 25 nous habitatges.", "El govern no vol tancar l'escola.",
        "Els veïns diuen que el preu de l'aigua puja massa"]
    label = {(one.engine, one.through, one.source) for one in told.values() if isinstance(one, Translation)}
    assert label == {("apertium", None, "es")}
    assert work({"ca": SPANISH}, desk_of(content, "es", "ca", engines=("apertium",)))[1] == []


@NEEDS_APERTIUM
@pytest.mark.parametrize("text", ["$5.", "^a/b$ {c} [d] <e> \\ @f", "*hola", "[]", "x" * 3000, "уголок 图 عربي", "a\\nb"])
def test_signs_that_apertium_uses_itself_do_no_harm(content: Path, text: str) -> None:
    """Each sentence gets its own answer."""
    texts = [Original(f"La casa {n} {text} es grande", "es") for n in range(3)]
    told = translate({"ca": texts}, desk_of(content, "es", "ca", engines=("apertium",)), progress=quiet)["ca"]
    for n, original in enumerate(texts):
        became = told[original]
        assert isinstance(became, Untranslated) or str(n) in became.text


@NEEDS_APERTIUM
def test_the_first_engine_that_knows_a_pair_straight_is_taken(content: Path) -> None:
    route = desk_of(content, "es", "ca", engines=("argos", "apertium")).route("es", "ca")
    assert route
    assert route.engine == "apertium"
    assert desk_of(content, "es", "ca-valencia", engines=("apertium",)).route("es", "ca-valencia")
    assert desk_of(content, engines=("apertium",)).route("en", "es") is None


def test_no_engine_is_imported_before_a_pair_needs_it(tmp_path: Path) -> None:
    program = ("import sys, digest.cli; from pathlib import Path; from digest.settings import Settings; from digest.desk import open_desk; "
               "desk = open_desk(Settings(title='x', languages=('en', 'tr')), Path('.'), Path('m')); desk.problems([('en', 'en')]); "
               "print([name for name in sys.modules if name.startswith(('argostranslate', 'ctranslate2', 'sentencepiece', 'numpy'))])")
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_without_the_libraries_one_line_says_what_to_install(tmp_path: Path) -> None:
    """As if argostranslate were not installed."""
    (tmp_path / "argostranslate").mkdir()
    (tmp_path / "argostranslate" / "__init__.py").write_text("raise ModuleNotFoundError(name='argostranslate')", "utf-8")
    program = ("from pathlib import Path; from digest.settings import Settings; from digest.translate import open_desk, work_through; "
               "from digest.translation import Original; settings = Settings(title='x', languages=('en', 'tr')); "
               "desk = open_desk(settings, Path('.'), Path('m')); "
               "print('\\n'.join(work_through({'tr': [Original('A b.', 'en')]}, desk).problems))")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True,
                          env=os.environ | {"PYTHONPATH": path})
    first, second = done.stdout.splitlines()
    assert first == ("the engine argos needs argostranslate, which is not installed: `make site` installs it; "
                     'with pip: pip install "mkdigest[translate]"')
    assert second.startswith("nothing translates into tr")


def test_one_sentence_is_one_sentence(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "digest"):
        assert list(show_progress(iter("a"), 1, "en → es, argos 1.0")) == ["a"]
    assert [message.split(":")[1].partition(",")[0] for message in caplog.messages] == [" translating 1 sentence", " 1 sentence translated"]


def test_progress_elsewhere_than_on_a_terminal_is_two_lines(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "digest"):
        assert list(show_progress(iter("abc"), 3, "en → es, argos 1.0")) == ["a", "b", "c"]
    first, last = caplog.messages
    assert first == "en → es, argos 1.0: translating 3 sentences"
    assert last.startswith("en → es, argos 1.0: 3 sentences translated, ")
    assert last.endswith(" a second")


@NEEDS_FIXTURES
def test_the_fingerprint_tells_what_translations_depend_on(packages: Shop, content: Path) -> None:
    pairs = [("en", "es")]
    seen = {desk_of(content).fingerprint(pairs)}
    assert desk_of(content).fingerprint(pairs) in seen

    def changed() -> bool:
        before = len(seen)
        seen.add(desk_of(content).fingerprint(pairs))
        return len(seen) > before

    work({"es": known(1)}, desk_of(content))
    assert changed()
    set_score(content, -0.3)
    assert changed()
    (content / "translations").mkdir()
    (content / "translations" / "es.yml").write_text("- {original: a, translation: b}", "utf-8")
    assert changed()
    shutil.rmtree(content.parent / "packages")
    assert changed()
    assert not changed()
