"""From the index to an installed package, over HTTP; nothing that is not as it was pinned is used."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from argos import ES, FIXTURES, NEEDS_FIXTURES, TR, Shop

from digest.translators.argos import Argos, codes, installed_packages
from digest.translators.install import Outcome, install_packages
from digest.translators.pins import read_pins, write_pins

pytestmark = NEEDS_FIXTURES
TO_ES = [("en", "es")]


def relabeled(name: str, **metadata: str) -> bytes:
    """Return a package of the fixtures that says something else of itself."""
    raw = io.BytesIO()
    with zipfile.ZipFile(FIXTURES / name) as found, zipfile.ZipFile(raw, "w") as packed:
        for member in found.namelist():
            content = found.read(member)
            if member.endswith("metadata.json"):
                content = json.dumps(json.loads(content) | metadata).encode()
            packed.writestr(member.replace("1_0", metadata.get("package_version", "1.0").replace(".", "_")), content)
    return raw.getvalue()


def install(content: Path, pairs: Iterable[tuple[str, str]] = TO_ES, *, update: bool = False) -> list[Outcome]:
    return list(install_packages(content, pairs, update=update))


def test_a_package_is_fetched_and_pinned_and_found(shop: Shop, tmp_path: Path) -> None:
    (done,) = install(tmp_path)
    assert (done.what, done.state, done.problem) == ("translate-en_es", "installed", "")
    pin = read_pins(tmp_path)["translate-en_es"]
    assert (pin.version, pin.url, pin.size) == ("1.0", f"{shop.address}/{ES}", len(shop.files[ES]))
    model = Argos(tmp_path).find("en", "es")
    assert model
    assert model.place == tmp_path / "packages" / "translate-en_es-1_0"
    assert pin.files[:32] in model.identity
    assert shop.asked == ["index.json", ES]
    assert [path.name for path in (tmp_path / "packages").iterdir()] == ["translate-en_es-1_0"]


def test_what_is_here_as_pinned_is_not_fetched(shop: Shop, tmp_path: Path) -> None:
    install(tmp_path)
    shop.asked.clear()
    assert [done.state for done in install(tmp_path)] == ["here"]
    assert shop.asked == []


def test_a_pinned_package_is_fetched_without_the_index(shop: Shop, tmp_path: Path) -> None:
    install(tmp_path)
    shutil.rmtree(tmp_path / "packages")
    del shop.files["index.json"]
    shop.asked.clear()
    assert [done.state for done in install(tmp_path)] == ["installed"]
    assert shop.asked == [ES]


def test_a_pinned_package_that_moved_is_found_through_the_index(shop: Shop, tmp_path: Path) -> None:
    install(tmp_path)
    shutil.rmtree(tmp_path / "packages")
    shop.offer("elsewhere", "en", "es", shop.files.pop(ES))
    assert [done.state for done in install(tmp_path)] == ["installed"]


def corrupt(shop: Shop) -> None:
    raw = bytearray(shop.files[ES])
    raw[len(raw) // 2] ^= 1
    shop.files[ES] = bytes(raw)


def truncate(shop: Shop) -> None:
    shop.cut.add(ES)


def shorten(shop: Shop) -> None:
    shop.files[ES] = shop.files[ES][:-1000]


def swap(shop: Shop) -> None:
    shop.files[ES] = shop.files[TR]


def close(shop: Shop) -> None:
    shop.files.clear()


@pytest.mark.parametrize("harm", [corrupt, truncate, shorten, swap, close])
@pytest.mark.parametrize("pinned", [True, False])
def test_what_is_not_right_is_refused_by_name_and_the_other_package_is_installed(shop: Shop, tmp_path: Path, harm: Callable[[Shop], None],
                                                                                pinned: bool) -> None:
    if pinned:
        install(tmp_path)
        shutil.rmtree(tmp_path / "packages")
    before = read_pins(tmp_path)
    other = shop.files[TR]
    harm(shop)
    if harm is close:
        shop.offer(TR, "en", "tr", other)
        shop.files["index.json"] = json.dumps([row for row in json.loads(shop.files["index.json"]) if row["to_code"] == "tr"]).encode()
    done = {outcome.what: outcome for outcome in install(tmp_path, [("en", "es"), ("en", "tr")])}
    refused = next(outcome for what, outcome in done.items() if "es" in what)
    assert refused.state == "refused"
    assert "translate-en_es" in refused.problem or "en → es" in refused.problem or ES in refused.problem
    assert "\n" not in refused.problem
    assert done["translate-en_tr"].state == "installed"
    assert [found.target for found in installed_packages()] == ["tr"]
    assert read_pins(tmp_path).get("translate-en_es") == before.get("translate-en_es")
    assert len(shop.asked) < 10


def test_a_dead_index_is_asked_once(shop: Shop, tmp_path: Path) -> None:
    shop.files.clear()
    done = install(tmp_path, [("en", "es"), ("tr", "es"), ("de", "fr")])
    assert {outcome.state for outcome in done} == {"refused"}
    assert shop.asked == ["index.json"]


@pytest.mark.parametrize("raw", [b"", b"{}", b"no json", b"[1, {}, {\"from_code\": []}]", b"\xff", b"[" * 100_000])
def test_a_strange_index_is_no_index(shop: Shop, tmp_path: Path, raw: bytes) -> None:
    shop.files["index.json"] = raw
    (done,) = install(tmp_path)
    assert done.state == "refused"
    assert "index.json" in done.problem


def test_an_update_is_taken_only_when_asked_for(shop: Shop, tmp_path: Path) -> None:
    """And the editor's score stays."""
    install(tmp_path)
    (pin,) = read_pins(tmp_path).values()
    write_pins(tmp_path, [type(pin)(**{name: getattr(pin, name) for name in pin.__slots__} | {"min_score": -0.2})])
    shop.offer("newer", "en", "es", relabeled(ES, package_version="1.1"), version="1.1")
    assert [done.pin.version for done in install(tmp_path) if done.pin] == ["1.0"]
    assert [(done.state, done.pin.version) for done in install(tmp_path, update=True) if done.pin] == [("installed", "1.1")]
    assert [(new.version, new.min_score) for new in read_pins(tmp_path).values()] == [("1.1", -0.2)]
    assert [found.version for found in installed_packages()] == ["1.1"]


def test_a_package_installed_otherwise_is_used_as_long_as_it_is_not_another_than_the_pinned(shop: Shop, tmp_path: Path) -> None:
    with zipfile.ZipFile(FIXTURES / ES) as packed:
        packed.extractall(tmp_path / "packages")
    model = Argos(tmp_path).find("en", "es")
    assert model
    assert model.place
    install(tmp_path)
    (tmp_path / "packages" / "translate-en_es-1_0" / "model" / "config.json").write_text("{}", "utf-8")
    model = Argos(tmp_path).find("en", "es")
    assert model
    assert model.place is None
    assert "translate-en_es 1.0 is not what models.lock.json pins" in model.problem
    assert [done.state for done in install(tmp_path)] == ["installed"]
    assert Argos(tmp_path).find("en", "es").place  # type: ignore[union-attr]


def test_without_a_straight_package_both_halves_are_installed(shop: Shop, tmp_path: Path) -> None:
    shop.offer("de_en", "de", "en", relabeled(ES, from_code="de", to_code="en"))
    assert [done.what for done in install(tmp_path, [("de", "tr")])] == ["translate-de_en", "translate-en_tr"]
    assert [done.what for done in install(tmp_path, [("fr", "tr")])] == ["fr → tr"]


@pytest.mark.parametrize(("lang", "expected"), [
    ("en", ("en",)), ("en-GB", ("en",)), ("pt-BR", ("pb", "pt")), ("pt", ("pt", "pb")), ("pt-PT", ("pt",)), ("zh", ("zh",)),
    ("zh-Hans", ("zh",)), ("zh-Hant", ("zt",)), ("zh-TW", ("zt",)),
    ("zh-Hans-TW", ("zh",)), ("fil", ("tl",)), ("nb", ("nb",)), ("no", ("nb",)),
    ("he", ("he",)), ("iw", ("he",)), ("sr-Latn", ()), ("sr-Cyrl", ("sr",)), ("az-Arab", ()), ("TR", ("tr",)),
])
def test_codes_of_argos(lang: str, expected: tuple[str, ...]) -> None:
    assert codes(lang) == expected
