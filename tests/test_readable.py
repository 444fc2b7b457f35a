"""Sentences that can be quoted alone, and those that can't."""

from pathlib import Path

import pytest

from digest.models import Article, Sentence
from digest.readable import is_boilerplate, readability, word_count
from digest.segment import segment_article


def _read(text: str, lang: str) -> float:
    article = segment_article(Article(id="a", path=Path("a.md"), title="T", text=text, lang=lang))
    return readability(article, article.sentences[-1])


ALONE = [
    ("en", "Police in Velden arrested two men who are said to have stolen 40 beehives."),
    ("en", "The harbour of Velden reopened on Monday after a storm of two days."),
    ("en", "One person was hurt when the old bridge of Velden gave way."),
    ("en", "Mayor Ana Birk called the repair “long overdue” and thanked the crews."),
    ("en", "“The bridge will be rebuilt before winter,” Mayor Ana Birk told the council."),
    ("en", "There were no injuries when the old bridge of Velden gave way."),
    ("en", "The study appeared on 12/01/2021 and counted 300 storks in Velden."),
    ("tr", "Velden limanı iki günlük fırtınanın ardından pazartesi günü yeniden açıldı."),
    ("ru", "Порт Вельден вновь открылся в понедельник после двухдневного шторма."),
    ("es", "El puerto de Velden reabrió el lunes después de dos días de tormenta."),
    ("ar", "أعاد ميناء فيلدن فتح أبوابه يوم الاثنين بعد عاصفة استمرت يومين."),
    ("hi", "वेल्डेन का बंदरगाह दो दिन के तूफान के बाद सोमवार को खुल गया।"),
    ("he", 'נמל ולדן נפתח מחדש ביום שני לאחר סערה, הודיע דובר צה"ל.'),
    ("zh", "维尔登港口在两天的暴风雨之后于星期一重新开放。"),
]


@pytest.mark.parametrize(("lang", "text"), ALONE)
def test_stands_alone(lang: str, text: str) -> None:
    assert _read(text, lang) == 1.0


BACKWARD = [
    ("en", "He added that the harbour would stay closed for repairs."),
    ("en", "However, the harbour would stay closed for three more days."),
    ("en", "The two countries signed an agreement on the harbour in May."),
    ("en", "One provision is said to allow ships of any flag to enter."),
    ("en", "Although not yet published, the text opens the harbour to ships."),
    ("en", "We want to rebuild the bridge before winter, Mayor Ana Birk said."),
    ("en", "“The bridge will be rebuilt before winter,” he noted in the council."),
    ("en", "The bridge will be rebuilt before the winter comes, he said."),
    ("tr", "Ancak liman onarım nedeniyle üç gün daha kapalı kalacak."),
    ("tr", "İki ülke liman konusunda mayıs ayında bir anlaşma imzaladı."),
    ("ru", "Однако порт останется закрытым ещё на три дня."),
    ("es", "Sin embargo, el puerto seguirá cerrado durante tres días más."),
    ("ar", "وأضاف الوزير أن الميناء سيبقى مغلقا ثلاثة أيام أخرى."),
    ("fr", "Cependant, le port restera fermé pendant trois jours encore."),
    ("de", "Die beiden Länder unterzeichneten im Mai ein Abkommen über den Hafen."),
    ("it", "Tuttavia il porto resterà chiuso per altri tre giorni."),
    ("nl", "Daarnaast blijft de haven nog drie dagen gesloten voor schepen."),
    ("pt", "No entanto, o porto ficará fechado por mais três dias."),
    ("cs", "Přesto zůstane přístav zavřený ještě další tři dny."),
    ("el", "Ωστόσο, το λιμάνι θα μείνει κλειστό για τρεις ακόμη ημέρες."),
    ("he", "עם זאת, הנמל יישאר סגור עוד שלושה ימים."),
    ("hi", "हालांकि, बंदरगाह तीन और दिन बंद रहेगा ऐसा मंत्री ने कहा।"),
]


@pytest.mark.parametrize(("lang", "text"), BACKWARD)
def test_points_back(lang: str, text: str) -> None:
    assert _read(text, lang) == 0.0


BROKEN = {
    "short": "The harbour reopened on Monday.",
    "long": "The harbour " + "and the bridge " * 20 + "reopened.",
    "no end": "The harbour of Velden reopens after two days of storm",
    "no beginning": "harbour of Velden reopened on Monday after a storm.",
    "abbreviation": "The harbour of Velden reopened on Monday, said the envoy Dr.",
    "question": "Will the harbour of Velden reopen on Monday after all?",
    "quotation that does not end": "Mayor Ana Birk said the harbour would be “open again by Monday.",
    "speech without a speaker": "“The harbour of Velden will be open again by Monday.”",
    "bracket": "The harbour of Velden (closed since Friday reopened on Monday.",
    "direction override": "The harbour of Velden \u202ereopened on Monday after a storm.",
    "control": "The harbour of Velden \x07reopened on Monday after a storm.",
    "private use": "The harbour of Velden \ue000reopened on Monday after a storm.",
    "capitals": "THE HARBOUR OF VELDEN REOPENS AFTER TWO DAYS OF STORM.",
    "figures": "Velden 12 14 16 18 20 22 24 26 28 30 32 34 36.",
    "address": "The harbour of Velden reopened on Monday, see https://example.org/port.",
    "site": "Click here to read what the harbour of Velden says about it.",
    "ellipsis": "The harbour of Velden reopened on Monday after the storm and then...",
    "headline run on": "Velden Harbour Open Again After a storm of two days the harbour reopened.",
    "entry run on": "Ana Birk Velden Council, mayor since 2019 Ana Birk reopened the harbour on Monday.",
    "words run together": "Monday, January 18, 2021Through the harbour of Velden came the first ship.",
    "name and office": "Ana Birk, the mayor of Velden.",
    "told, not what": "Mayor Ana Birk told the council of Velden.",
    "said, not what": "Mayor Ana Birk said at an emotional meeting after the storm.",
    "quoted as saying": "Mayor Ana Birk of Velden was quoted as saying.",
    "list": "- The harbour of Velden reopened on Monday after a storm.",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_is_not_quoted(text: str) -> None:
    assert _read(text, "en") == 0.0


def test_a_torn_sentence_is_not_quoted() -> None:
    text = "The crews reached the harbour of Velden shortly before 9.30pm on Monday."
    article = Article(id="a", path=Path("a.md"), title="T", text=text, lang="en")
    assert readability(article, Sentence(0, 0, text.index("30pm"), 0)) == 0.0


@pytest.mark.parametrize("text", [
    "The harbour of Velden is open again at last!", "The harbour of Velden " + "and the bridge " * 14 + "reopened.",
])
def test_reads_less_well(text: str) -> None:
    assert 0.0 < _read(text, "en") < 1.0


def test_middle_of_a_speech_is_not_quoted() -> None:
    crews = "The crews of Velden have worked for two days without sleep."
    assert _read(f"“The harbour is open,” Birk said. “Ships may enter. {crews}", "en") == 0.0
    assert _read(f"“The harbour is open,” Birk said. {crews}", "en") == 1.0


@pytest.mark.parametrize(("text", "expected"), [
    ("Reuters reported on Monday that the harbour of Velden had reopened after the storm.", False),
    ("Netflix lost a million subscribers in Velden after the price of the series rose twice.", False),
    ("Subscribers only: sign in to go on.", True), ("The harbour. REUTERS/Ana Birk", True),
])
def test_boilerplate(text: str, expected: bool) -> None:
    assert is_boilerplate(text, "en") is expected


def test_words_are_counted_in_scripts_without_blanks() -> None:
    assert word_count("one two three") == 3
    assert word_count("港口重新开放。") == 3
