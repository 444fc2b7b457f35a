"""An edition in one language: what can be read in it, what stays in the original, and when a page is told."""

from pathlib import Path

import pytest
from conftest import Desk
from pagewise import pages_of

from digest.findings import Findings, Statement
from digest.models import Article, Citation, KeyPoint, Story, Text, Title, Topic, Why
from digest.segment import segment_article
from digest.telling import Telling, holds_speech, may_translate, quoted_in, title_original
from digest.translation import Original, Told, Translation, Untranslated

WHY = Why((), 1.0)


def article(text: str = "It rains in Orvane.", lang: str = "en", outlet: str | None = "open") -> Article:
    return segment_article(Article(id=f"{lang}-{abs(hash(text)) % 997}", path=Path("x.md"), title=f"Title of {lang}", text=text, lang=lang,
                                   outlet=outlet))


def cite(text: str = "It rains in Orvane.", lang: str = "en", outlet: str | None = "open") -> Citation:
    found = article(text, lang, outlet)
    return Citation.of(found, found.sentences[0])


def translation(text: str = "Orvane'de yağmur yağıyor.", engine: str = "argos", source: str = "en", model: str = "1.9") -> Translation:
    return Translation(text=text, lang="tr", source=source, engine=engine, model=model)


def telling(told: dict[str, Told] | None = None, lang: str = "tr", closed: frozenset[str] = frozenset(), source: str = "en") -> Telling:
    return Telling(lang=lang, closed=closed, translations={Original(text, source): became for text, became in (told or {}).items()})


@pytest.mark.parametrize(("lang", "of", "speaks"), [
    ("tr", "tr", True), ("tr", "TR", True), ("pt-BR", "pt", True), ("en", "en-GB", True), ("zh-Hant", "zh-Hans", True), ("tr", "en", False),
    ("az", "tr", False),
])
def test_a_text_of_its_own_language_needs_no_translation(lang: str, of: str, speaks: bool) -> None:
    assert telling(lang=lang).speaks(of) == speaks
    assert (telling(lang=lang).sentence(cite(lang=of)) is None) == speaks
    assert telling(lang=lang).reads(cite(lang=of)) == speaks


def test_a_sentence_is_translated_or_says_why_not() -> None:
    known = telling({"It rains in Orvane.": translation(), "It snows in Orvane.": Untranslated("digits")})
    assert known.sentence(cite()) == translation()
    assert known.reads(cite())
    assert known.sentence(cite("It snows in Orvane.")) == Untranslated("digits")
    assert not known.reads(cite("It snows in Orvane."))
    assert known.sentence(cite("Nobody asked for this.")) == Untranslated("engine")
    assert known.sentence(cite(lang="en-GB")) == Untranslated("engine")


def test_an_outlet_that_does_not_allow_it_is_not_translated_even_where_another_carries_the_same_words() -> None:
    known = telling({"It rains in Orvane.": translation(), "Title of en": translation("Başlık")}, closed=frozenset({"sealed"}))
    assert known.sentence(cite(outlet="sealed")) == Untranslated("outlet")
    assert known.sentence(cite(outlet="open")) == known.sentence(cite(outlet=None)) == translation()
    sealed, of_nobody = article(outlet="sealed"), article(outlet=None)
    assert known.title(Title(sealed.title, "en", "article", sealed)) == Untranslated("outlet")
    assert known.title(Title(of_nobody.title, "en", "article", of_nobody)) == translation("Başlık")
    assert [may_translate(found, known.closed) for found in (sealed, of_nobody)] == [False, True]


def test_a_list_of_names_and_terms_is_no_text_to_translate() -> None:
    known = telling({"Orvane, gear": translation("x"), "Fishes": translation("Balıklar")})
    terms, written = Title("Orvane, gear", "en", "terms", None, ("Orvane", "gear")), Title("Fishes", "en", "editor")
    assert (title_original(terms), known.title(terms)) == (None, None)
    assert (title_original(written), known.title(written)) == (Original("Fishes", "en"), translation("Balıklar"))
    assert known.title(Title("Balıklar", "tr", "editor")) is None


@pytest.mark.parametrize(("langs", "told"), [
    ("", True), ("t", True), ("e", False), ("te", True), ("tee", False), ("ttee", True), ("tteee", False), ("m", True), ("me", True),
    ("mtee", True), ("meee", False),
])
def test_a_page_is_told_where_its_readers_can_read_half_of_its_key_points(langs: str, told: bool) -> None:
    """Of Turkish, English and translated ones."""
    known = telling({"It rains in Orvane.": translation()})
    points = {"t": cite(lang="tr"), "e": cite("It snows in Orvane."), "m": cite()}
    assert known.tells([KeyPoint((points[lang],)) for lang in langs]) == told


def test_only_what_a_program_translated_is_named() -> None:
    edited = translation(engine="editor", model="")
    assert not telling({"x": Untranslated("score")}).translates
    assert telling({"It rains in Orvane.": edited, "x": Untranslated("score")}).translates
    rows: dict[Original, Told] = {
        Original("a", "es"): translation("1", source="es"), Original("b", "en-GB"): translation("2", source="en-GB"),
        Original("c", "en"): translation("3"), Original("d", "en"): translation("4", "apertium"), Original("e", "en"): edited,
        Original("f", "en"): Untranslated("loop")}
    made = Telling(lang="tr", translations=rows).makers()
    assert [(told.source[:2], told.engine) for told in made] == [("en", "apertium"), ("en", "argos"), ("es", "argos")]
    assert telling().makers() == ()


@pytest.mark.parametrize(("text", "speech"), [
    ("“We greased it and prayed,” he said.", True), ("He said: \"We greased it and prayed.\"", True),
    ("„Wir haben gebetet“, sagte er.", True), ("«Мы смазали его и помолились», — сказал он.", True),
    ("« Nous avons prié », dit-il.", True), ("「私たちは祈りました」と彼は言った。", True), ("قال: «دهناه وصلينا معا».", True),
    ("The ship “Mira Luz” sank.", False), ("He called it “magic”.", False), ("It rains.", False), ("", False),
])
def test_direct_speech_is_three_words_in_quotation_marks(text: str, speech: bool) -> None:
    assert holds_speech(text) == speech


def test_everything_that_a_page_quotes_is_told() -> None:
    first, second, third = (article(f"{word} rains in Orvane. It pours.") for word in ("It", "There", "Here"))
    said = [Citation.of(found, found.sentences[0]) for found in (first, second, third)]
    story = Story("s-1", Title("x", "en", "editor"), (Text((first, second)),), WHY, (KeyPoint((said[1], said[0])),))
    topic = Topic("t-1", "t", Title("x", "en", "editor"), (story,), WHY, (KeyPoint((said[0],)),))
    assert list(quoted_in(topic, Findings(statements=(Statement((said[2],), 1, ()),)))) == said


def test_the_sentences_of_a_closed_outlet_stay_as_they_are_in_every_language_and_say_so(told: Desk) -> None:
    """The same sentence of its copy, which another outlet carries, is translated."""
    langs = set()
    for page in pages_of(told):
        for mark in page.main.xpath(".//*/@data-translation"):
            assert not mark.startswith(("orvane-drawbridge-gear-cracks@", "article:orvane-drawbridge-gear-cracks:")), page.address
        for quote in page.main.xpath(".//blockquote//q[starts-with(@data-quote, 'orvane-drawbridge-gear-cracks@')]"):
            if page.told_in == "en":
                continue
            group = next(quote.iterancestors("div"))
            assert group.xpath("./p[@class='origin']//@data-from") == ["language:en:name"], page.address
            langs.add(page.lang)
    assert langs == {"tr", "he"}
    copies = [mark for page in pages_of(told) for mark in page.main.xpath(".//*/@data-translation")]
    assert any(mark.startswith("orvane-drawbridge-gear-cracks-gazette@") for mark in copies)
