"""From an index of packages to pages in three languages, over HTTP and the command line; and again without translating anything."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from argos import NEEDS_FIXTURES, Document, Shop, chrf, documents, set_score, write_documents
from click.testing import Result
from conftest import ADDRESS, REPOSITORY, Desk
from lxml import etree
from pagewise import BuiltPage, pages_of

from digest.catalog import language_name, load_catalog
from digest.escape import visible
from digest.translators.pins import read_pins

pytestmark = NEEDS_FIXTURES
Run = Callable[..., Result]
LANGS = ("es", "tr")
TRANSLATED = re.compile(r"translating (\d+) sentences")


@dataclass(frozen=True)
class Told:
    """A quotation of a document as a page shows it."""

    page: BuiltPage
    document: Document
    quote: etree._Element
    translation: etree._Element | None


@pytest.fixture(scope="module")
def told(learned: Desk) -> list[Told]:
    """Every quotation on the pages in Spanish and Turkish."""
    return [row for page in pages_of(learned) if page.lang != "en" for row in quoted(page)]


def quoted(page: BuiltPage) -> Iterator[Told]:
    known = {document.id: document for document in documents()}
    for quote in page.main.xpath(".//q"):
        mark = quote.get("data-quote")
        place = next(quote.iterancestors("div", "section", "li"))
        found = place.xpath(".//*[@data-translation = $mark]", mark=mark)
        yield Told(page, known[mark.partition("@")[0]], quote, found[0] if found else None)


def words(element: etree._Element) -> str:
    return visible("".join(element.xpath(".//text()[not(ancestor::*[@class='aid'])]")))


def test_what_was_downloaded_is_pinned(learned: Desk) -> None:
    pins = read_pins(learned.content)
    assert [(code, pin.version, pin.min_score) for code, pin in pins.items()] == [
        ("translate-en_es", "1.0", -0.2), ("translate-en_tr", "1.0", -0.2)]


@pytest.mark.parametrize("lang", LANGS)
def test_documents_that_the_packages_know_read_like_their_references(told: list[Told], lang: str) -> None:
    rows = [row for row in told if row.document.seen and row.page.lang == lang]
    references = {visible(row.en): getattr(row, lang) for document in documents() for row in document.sentences}
    pairs = {(words(row.quote), words(row.translation)) for row in rows if row.translation is not None}
    known = [(text, references[original]) for original, text in sorted(pairs) if original in references]
    assert len(known) > 80
    assert len(known) >= 0.95 * len(pairs)
    assert chrf(known) >= 90
    assert len(pairs) >= 0.8 * len({words(row.quote) for row in rows if not row.page.fallen})


@pytest.mark.parametrize("lang", LANGS)
def test_documents_that_they_do_not_know_stand_in_the_original_marked(told: list[Told], lang: str) -> None:
    rows = [row for row in told if not row.document.seen and row.page.lang == lang]
    left = [row for row in rows if row.translation is None]
    assert len({words(row.quote) for row in left}) >= 0.98 * len({words(row.quote) for row in rows}) > 5
    for row in left:
        note = next(row.quote.iterancestors("div", "section", "li")).xpath("./p[@class='origin']")
        assert row.page.lang_of(row.quote) == "en"
        english = load_catalog(lang).text("not_translated", language=language_name("en", lang))
        assert [words(element) for element in note] == ([] if row.page.fallen else [visible(str(english.unescape()))]), row.page.address


@pytest.mark.parametrize(("lang", "names"), [("es", ("español", "inglés")), ("tr", ("Türkçe", "İngilizce"))])
def test_the_page_of_a_document_that_they_do_not_know_is_in_english_and_says_so(learned: Desk, lang: str, names: tuple[str, str]) -> None:
    notice = load_catalog(lang).text("fallback_notice", **dict(zip(("language", "shown"), names, strict=True)))
    unseen = {document.id for document in documents() if not document.seen}
    pages = [page for page in pages_of(learned) if page.lang == lang and page.place.startswith("topics/") and page.place != "topics/"]
    alone = [page for page in pages if {row.document.id for row in quoted(page)} <= unseen]
    assert len(alone) > 3
    for page in alone:
        assert [words(element) for element in page.main.xpath(".//p[@class='fallback']")] == [visible(str(notice.unescape()))], page.address
        assert page.lang_of(page.main.find(".//h1")) == "en"
        assert page.marked("data-translation") == []
    assert sum(page.fallen for page in pages) < len(pages) / 2


def test_a_second_build_translates_nothing_and_gives_the_same_bytes(learned: Desk, tmp_path: Path) -> None:
    """Once where it was built, and once in another folder that has nothing but the content and the memory."""
    env = {"ARGOS_PACKAGES_DIR": str(learned.root.parent / "packages"), "SITE_URL": ADDRESS}
    again, elsewhere = learned.copy(tmp_path / "again"), Desk(tmp_path / "elsewhere with blanks")
    shutil.copytree(learned.content, elsewhere.content)
    shutil.copytree(learned.root / "build" / "translations", elsewhere.root / "build" / "translations")
    shutil.copy(learned.root / "mkdocs.yml", elsewhere.root)
    shutil.rmtree(again.root / "build" / "pages")
    for desk in (again, elsewhere):
        done = desk.run("build", **env)
        assert done.returncode == 0, done.stderr
        assert TRANSLATED.findall(done.stderr) == []
        assert desk.snapshot() == learned.snapshot()
        for path in (learned.root / "build" / "translations").iterdir():
            assert (desk.root / "build" / "translations" / path.name).read_bytes() == path.read_bytes()


@pytest.fixture
def few(tmp_path: Path, shop: Shop, digest: Run) -> Desk:
    """A digest of two documents that the packages know, both packages installed; not built yet."""
    found = Desk(tmp_path / "few")
    write_documents(found.content, sorted((d for d in documents() if d.seen), key=lambda d: len(d.sentences))[:2])
    shutil.copy(REPOSITORY / "mkdocs.yml", found.root)
    assert digest(found, "translate", "--install").exit_code == 0
    set_score(found.content, -0.2)
    return found


def corrupt(spanish: Path, turkish: Path) -> None:
    """Change one byte in the middle of the weights."""
    path = spanish / "model" / "model.bin"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def truncate(spanish: Path, turkish: Path) -> None:
    path = spanish / "model" / "model.bin"
    path.write_bytes(path.read_bytes()[:-1000])


def swap(spanish: Path, turkish: Path) -> None:
    """Put the other package in its place, under its name."""
    said = (spanish / "metadata.json").read_bytes()
    shutil.rmtree(spanish)
    shutil.copytree(turkish, spanish)
    (spanish / "metadata.json").write_bytes(said)


@pytest.mark.parametrize("harm", [corrupt, truncate, swap])
def test_an_installed_package_that_is_not_the_pinned_one_is_refused_by_name_and_the_site_is_built_without_it(
        digest: Run, few: Desk, harm: Callable[[Path, Path], None]) -> None:
    packages = few.root.parent / "packages"
    harm(packages / "translate-en_es-1_0", packages / "translate-en_tr-1_0")
    done = digest(few, "build")
    assert done.exit_code == 0, done.stderr
    assert "en → es: translate-en_es 1.0 is not what models.lock.json pins, and is not used" in done.stderr
    assert TRANSLATED.findall(done.stderr) == TRANSLATED.findall(next(line for line in done.stderr.splitlines() if "en → tr" in line))
    assert translations(few) == {"es": False, "tr": True}
    checked = digest(few, "translate", "--check")
    assert checked.exit_code == 1
    assert "translate-en_es 1.0 is not what models.lock.json pins" in checked.stdout


def translations(desk: Desk) -> dict[str, bool]:
    """Return in which languages a site has any translation."""
    return {lang: any(page.marked("data-translation") for page in pages_of(desk) if page.lang == lang) for lang in LANGS}


def test_without_the_libraries_the_site_is_built_and_says_what_stays_in_the_original(few: Desk, tmp_path: Path) -> None:
    """As if argostranslate were not installed."""
    missing = tmp_path / "missing" / "argostranslate"
    missing.mkdir(parents=True)
    (missing / "__init__.py").write_text("raise ModuleNotFoundError(name='argostranslate')", "utf-8")
    done = few.run("build", PYTHONPATH=os.pathsep.join([str(missing.parent), os.environ.get("PYTHONPATH", "")]))
    assert done.returncode == 0, done.stderr
    assert "the engine argos needs argostranslate, which is not installed: `make site` installs it" in done.stderr
    assert "nothing translates into es, tr yet: the site is complete without, in the words of its sources" in done.stderr
    assert translations(few) == {"es": False, "tr": False}
    pages = [page for page in pages_of(few) if page.lang != "en" and page.place.startswith("topics/")]
    assert len(pages) == 6
    assert all(page.fallen for page in pages)
