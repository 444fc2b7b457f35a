"""Days that words of a quotation mean."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from digest.aids import date_aids
from digest.models import Aid, Article, Citation, When

THURSDAY = date(2021, 1, 14)
"""The day of publication of all cases."""
WEEK = range(7)


def _aids(lang: str, text: str, published: str | None = THURSDAY.isoformat()) -> tuple[Aid, ...]:
    article = Article(id="a", path=Path("a.md"), title="T", text=text, lang=lang, published=When.parse(published) if published else None)
    return date_aids(Citation(article, 0, len(text), text))


NAMES = {
    "en": ("The envoy left Velden on {}.", ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    "tr": ("Elçi {} günü Velden’den ayrıldı.", ["Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"]),
    "ru": ("Посол покинул Вельден в {}.", ["понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"]),
    "es": ("El enviado salió de Velden el {}.", ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]),
    "ar": ("غادر المبعوث المدينة يوم {}.", ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]),
    "fr": ("Le ministre a quitté Velden {}.", ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]),
    "de": ("Der Minister hat Velden am {} verlassen.", ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]),
}


@pytest.mark.parametrize(("lang", "number"), [(lang, number) for lang in NAMES for number in WEEK])
def test_last_such_weekday(lang: str, number: int) -> None:
    pattern, names = NAMES[lang]
    text = pattern.format(names[number])
    (aid,) = _aids(lang, text)
    day = date.fromisoformat(aid.text)
    assert day.weekday() == number
    assert timedelta(0) <= THURSDAY - day < timedelta(7)
    assert text[:aid.at].endswith(names[number])
    assert (aid.kind, aid.basis) == ("date", "published")


@pytest.mark.parametrize(("lang", "text", "days"), [
    ("en", "The leaders of two states met the envoy in a phone call Wednesday.", ["2021-01-13"]),
    ("en", "The three states signed a pact Monday to build the bridge.", ["2021-01-11"]),
    ("en", "The minister said on Tuesday that the bridge will reopen soon.", ["2021-01-12"]),
    ("en", "The envoy resigned yesterday.", ["2021-01-13"]),
    ("en", "The envoy resigned today.", ["2021-01-14"]),
    ("en", "The vote takes place tomorrow.", ["2021-01-15"]),
    ("tr", "Liman dün kapandı.", ["2021-01-13"]),
    ("ru", "Во вторник суд отклонил жалобу.", ["2021-01-12"]),
    ("es", "El alcalde dimitió ayer.", ["2021-01-13"]),
    ("ar", "التقى الوزير أمس الأربعاء نظيره في المدينة.", ["2021-01-13"]),
    ("it", "Il ministro ha incontrato mercoledì il sindaco.", ["2021-01-13"]),
    ("pt", "O enviado chegou na quarta-feira com o autarca.", ["2021-01-13"]),
    ("nl", "De minister heeft woensdag ontslag genomen.", ["2021-01-13"]),
    ("cs", "Ministr ve středu odstoupil.", ["2021-01-13"]),
    ("el", "Ο υπουργός παραιτήθηκε την Τετάρτη.", ["2021-01-13"]),
    ("he", "השר הודיע ביום רביעי על פרישתו.", ["2021-01-13"]),
    ("hi", "मंत्री ने बुधवार को इस्तीफा दिया।", ["2021-01-13"]),
])
def test_day_is_told(lang: str, text: str, days: list[str]) -> None:
    assert [aid.text for aid in _aids(lang, text)] == days


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "The bridge will reopen on Friday."),
    ("en", "The bridge will reopen on Friday, officials said."),
    ("en", "The court said Friday is the deadline."),
    ("en", "The council is to meet on Friday."),
    ("en", "The council is expected to vote Friday."),
    ("en", "The envoy agreed to meet the mayor on Friday."),
    ("en", "The mayor gave the crews until Friday."),
    ("en", "The council met next Monday’s speaker."),
    ("en", "The ministers met last Wednesday."),
    ("en", "Shops opened every Monday."),
    ("en", "The market closed on Mondays."),
    ("en", "Crowds gathered on Black Friday."),
    ("en", "The Sunday Times reported the case."),
    ("en", "The ministers met on Monday, 12 January."),
    ("en", "The ship left on Monday (Jan. 11)."),
    ("en", "The leaders on Monday signed a pact to build bridges over the river on Jan. 12."),
    ("en", "The bank failed on Monday in 1987."),
    ("en", "The shop was founded on a Sunday."),
    ("en", "The envoy left on Monday and came back on Tuesday."),
    ("en", "“We met on Monday,” the mayor said."),
    ("en", "Today the town is home to many."),
    ("en", "Voters were promised a better tomorrow."),
    ("tr", "Bakanlar Çarşamba günü Velden’de görüşecek."),
    ("tr", "Bakanlar her Çarşamba günü toplandı."),
    ("tr", "Pazar yeri kapandı."),
    ("ru", "Министры встретятся в среду."),
    ("ru", "Встреча пройдет в среду, сообщил посол."),
    ("ru", "Каждую среду министры встречались в Вельдене."),
    ("ru", "В следующую среду министры встретились."),
    ("es", "El ministro se reunirá el miércoles con el alcalde."),
    ("es", "El próximo miércoles se reunió el consejo."),
    ("es", "Los lunes el mercado cerró."),
    ("ar", "سيلتقي الوزير نظيره يوم الأربعاء."),
    ("ar", "وصل الوفد يوم الثلاثاء المقبل."),
    ("fr", "Le ministre doit démissionner mercredi."),
    ("de", "Am Mittwoch treffen sich die Minister."),
    ("sv", "Ministern avgick på onsdagen."),
])
def test_no_day_rather_than_a_wrong_one(lang: str, text: str) -> None:
    assert _aids(lang, text) == ()


def test_needs_the_day_of_publication() -> None:
    assert _aids("en", "The envoy left Velden on Wednesday.", None) == ()


def test_uses_the_day_as_stated_in_its_own_zone() -> None:
    (aid,) = _aids("en", "The envoy left Velden on Wednesday.", "2021-01-13T00:30:00+04:00")
    assert aid.text == "2021-01-13"


def test_middle_of_a_speech() -> None:
    text = "“The bridge is open. The crews left on Wednesday.”"
    article = Article(id="a", path=Path("a.md"), title="T", text=text, lang="en", published=When.parse("2021-01-14"))
    start = text.index("The crews")
    assert date_aids(Citation(article, start, len(text) - 1, text[start:-1])) == ()
