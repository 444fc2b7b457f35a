"""What dates an article states."""

from datetime import date
from pathlib import Path

import pytest

from digest.dates.stated import StatedDate, stated_dates
from digest.models import Article, When
from digest.segment import segment_article

THURSDAY = "2021-01-14"
"""The day of publication of all cases."""


def _dates(lang: str, text: str, published: str | None = THURSDAY) -> tuple[StatedDate, ...]:
    article = Article(id="a", path=Path("a.md"), title="T", text=text, lang=lang, published=When.parse(published) if published else None)
    return stated_dates(segment_article(article))


def _shown(lang: str, text: str, published: str | None = THURSDAY) -> dict[str, str | None]:
    return {text[one.start:one.end]: one.date for one in _dates(lang, text, published)}


@pytest.mark.parametrize(("lang", "text", "dates"), [
    ("en", "The dam opened on Nov. 7, 2019, in Velden.", {"Nov. 7, 2019": "2019-11-07"}),
    ("en", "The dam opened on 7 November 2019.", {"7 November 2019": "2019-11-07"}),
    ("en", "The dam opened on 2019-11-07 in Velden.", {"2019-11-07": "2019-11-07"}),
    ("en", "The dam opened on 25/11/2019.", {"25/11/2019": "2019-11-25"}),
    ("en", "The dam opened on Sept. 27.", {"Sept. 27": "2020-09-27"}),
    ("en", "The dam opened on the 27th of September.", {"27th of September": "2020-09-27"}),
    ("en", "The dam opened on Tuesday, Jan. 12, after a year.", {"Tuesday, Jan. 12": "2021-01-12"}),
    ("en", "The dam opened in March 2019.", {"March 2019": "2019-03"}),
    ("en", "The dam opened in late November.", {"November": "2020-11"}),
    ("en", "The dam opened in 2011.", {"2011": "2011"}),
    ("en", "The dam has been closed since October.", {"October": "2020-10"}),
    ("en", "The dam opened last year.", {"last year": "2020"}),
    ("en", "The dam opened last month.", {"last month": "2020-12"}),
    ("en", "The dam opened two years ago.", {"two years ago": "2019"}),
    ("en", "The dam opened three days ago.", {"three days ago": "2021-01-11"}),
    ("en", "The dam opened yesterday.", {"yesterday": "2021-01-13"}),
    ("en", "The mayor opened the dam last Friday.", {"Friday": "2021-01-08"}),
    ("en", "The mayor praised Tuesday's opening of the dam.", {"Tuesday": "2021-01-12"}),
    ("en", "The dam will open on Saturday.", {"Saturday": "2021-01-16"}),
    ("en", "The dam will open in July.", {"July": "2021-07"}),
    ("en", "The dam was built after a flood on Sept. 27 and will open on July 1.", {"Sept. 27": "2020-09-27", "July 1": "2021-07-01"}),
    ("tr", "Baraj 7 Kasım 2019'da açıldı.", {"7 Kasım 2019": "2019-11-07"}),
    ("tr", "Baraj 27 Eylül’de açıldı.", {"27 Eylül": "2020-09-27"}),
    ("tr", "Baraj 12 Ocak Salı günü açıldı.", {"12 Ocak Salı": "2021-01-12"}),
    ("tr", "Baraj Kasım ayında açıldı.", {"Kasım": "2020-11"}),
    ("tr", "Baraj 2011 yılında açıldı.", {"2011": "2011"}),
    ("tr", "Baraj geçen yıl açıldı.", {"geçen yıl": "2020"}),
    ("tr", "Baraj iki yıl önce açıldı.", {"iki yıl önce": "2019"}),
    ("tr", "Baraj dün açıldı.", {"dün": "2021-01-13"}),
    ("tr", "Vali barajı Salı günü açtı.", {"Salı": "2021-01-12"}),
    ("ru", "Плотину открыли 7 ноября 2019 года.", {"7 ноября 2019": "2019-11-07"}),
    ("ru", "Плотину открыли 27 сентября.", {"27 сентября": "2020-09-27"}),
    ("ru", "Плотину открыли в ноябре.", {"ноябре": "2020-11"}),
    ("ru", "Плотину открыли в 2011 году.", {"2011": "2011"}),
    ("ru", "Плотину открыли в прошлом году.", {"в прошлом году": "2020"}),
    ("ru", "Плотину открыли два года назад.", {"два года назад": "2019"}),
    ("ru", "Плотину открыли вчера.", {"вчера": "2021-01-13"}),
    ("ru", "Губернатор открыл плотину во вторник, 12 января.", {"вторник, 12 января": "2021-01-12"}),
    ("ru", "Плотина откроется 18.02.2021 в Вельдене.", {"18.02.2021": "2021-02-18"}),
    ("es", "La presa se inauguró el 7 de noviembre de 2019.", {"7 de noviembre de 2019": "2019-11-07"}),
    ("es", "La presa se inauguró el 27 de septiembre.", {"27 de septiembre": "2020-09-27"}),
    ("es", "La presa se inauguró en noviembre.", {"noviembre": "2020-11"}),
    ("es", "La presa se inauguró en 2011.", {"2011": "2011"}),
    ("es", "La presa se inauguró el año pasado.", {"el año pasado": "2020"}),
    ("es", "La presa se inauguró hace dos años.", {"hace dos años": "2019"}),
    ("es", "El alcalde inauguró la presa el martes.", {"martes": "2021-01-12"}),
    ("fr", "Le barrage a ouvert le 7 novembre 2019.", {"7 novembre 2019": "2019-11-07"}),
    ("fr", "Le barrage a ouvert le 1er octobre.", {"1er octobre": "2020-10-01"}),
    ("fr", "Le barrage a ouvert en novembre.", {"novembre": "2020-11"}),
    ("fr", "Le barrage a ouvert en 2011.", {"2011": "2011"}),
    ("fr", "Le barrage a ouvert l’année dernière.", {"l’année dernière": "2020"}),
    ("fr", "Le barrage a ouvert il y a deux ans.", {"il y a deux ans": "2019"}),
    ("fr", "Le maire a ouvert le barrage mardi.", {"mardi": "2021-01-12"}),
    ("de", "Der Damm wurde am 7. November 2019 eröffnet.", {"7. November 2019": "2019-11-07"}),
    ("de", "Der Damm wurde am 07.11.2019 eröffnet.", {"07.11.2019": "2019-11-07"}),
    ("de", "Der Damm wurde am 27. September eröffnet.", {"27. September": "2020-09-27"}),
    ("de", "Der Damm wurde im November eröffnet.", {"November": "2020-11"}),
    ("de", "Der Damm wurde im Jahr 2011 eröffnet.", {"2011": "2011"}),
    ("de", "Der Damm wurde im vergangenen Jahr eröffnet.", {"im vergangenen Jahr": "2020"}),
    ("de", "Der Damm wurde vor zwei Jahren eröffnet.", {"vor zwei Jahren": "2019"}),
    ("de", "Der Damm wurde am Dienstag eröffnet.", {"Dienstag": "2021-01-12"}),
    ("it", "La diga è stata aperta il 7 novembre 2019.", {"7 novembre 2019": "2019-11-07"}),
    ("it", "La diga è stata aperta il 27 settembre.", {"27 settembre": "2020-09-27"}),
    ("it", "La diga è stata aperta a novembre.", {"novembre": "2020-11"}),
    ("it", "La diga è stata aperta nel 2011.", {"2011": "2011"}),
    ("it", "La diga è stata aperta l'anno scorso.", {"l'anno scorso": "2020"}),
    ("it", "La diga è stata aperta due anni fa.", {"due anni fa": "2019"}),
    ("it", "Il sindaco ha aperto la diga martedì.", {"martedì": "2021-01-12"}),
    ("nl", "De dam werd op 7 november 2019 geopend.", {"7 november 2019": "2019-11-07"}),
    ("nl", "De dam werd op 27 september geopend.", {"27 september": "2020-09-27"}),
    ("nl", "De dam werd in november geopend.", {"november": "2020-11"}),
    ("nl", "De dam werd in 2011 geopend.", {"2011": "2011"}),
    ("nl", "De dam werd vorig jaar geopend.", {"vorig jaar": "2020"}),
    ("nl", "De dam werd twee jaar geleden geopend.", {"twee jaar geleden": "2019"}),
    ("nl", "De dam werd dinsdag geopend.", {"dinsdag": "2021-01-12"}),
    ("pt", "A barragem abriu em 7 de novembro de 2019.", {"7 de novembro de 2019": "2019-11-07"}),
    ("pt", "A barragem abriu em 27 de setembro.", {"27 de setembro": "2020-09-27"}),
    ("pt", "A barragem abriu em novembro.", {"novembro": "2020-11"}),
    ("pt", "A barragem abriu em 2011.", {"2011": "2011"}),
    ("pt", "A barragem abriu no ano passado.", {"no ano passado": "2020"}),
    ("pt", "A barragem abriu há dois anos.", {"há dois anos": "2019"}),
    ("pt", "O autarca abriu a barragem na terça-feira.", {"terça-feira": "2021-01-12"}),
    ("ar", "افتتح السد في 7 نوفمبر 2019.", {"7 نوفمبر 2019": "2019-11-07"}),
    ("ar", "افتتح السد في 27 أيلول.", {"27 أيلول": "2020-09-27"}),
    ("ar", "افتتح السد في 26 كانون الأول.", {"26 كانون الأول": "2020-12-26"}),
    ("ar", "افتتح السد عام 2011.", {"2011": "2011"}),
    ("ar", "افتتح السد العام الماضي.", {"العام الماضي": "2020"}),
    ("cs", "Přehrada byla otevřena 7. listopadu 2019.", {"7. listopadu 2019": "2019-11-07"}),
    ("cs", "Přehrada byla otevřena v roce 2011.", {"2011": "2011"}),
    ("cs", "Přehrada byla otevřena loni.", {"loni": "2020"}),
    ("el", "Το φράγμα άνοιξε στις 27 Σεπτεμβρίου.", {"27 Σεπτεμβρίου": "2020-09-27"}),
    ("el", "Το φράγμα άνοιξε το 2011.", {"2011": "2011"}),
    ("he", "הסכר נפתח ב-7 בנובמבר 2019.", {"7 בנובמבר 2019": "2019-11-07"}),
    ("he", "הסכר נפתח בשנת 2011.", {"2011": "2011"}),
    ("hi", "बांध 27 सितंबर को खुला था।", {"27 सितंबर": "2020-09-27"}),
    ("hi", "बांध वर्ष 2011 में खुला था।", {"2011": "2011"}),
    ("pl", "Zapora została otwarta 7 listopada 2019 r.", {"7 listopada 2019": "2019-11-07"}),
    ("uk", "Греблю відкрили 27 вересня.", {"27 вересня": "2020-09-27"}),
    ("sv", "Dammen öppnades den 7 november 2019.", {"7 november 2019": "2019-11-07"}),
])
def test_date_is_told(lang: str, text: str, dates: dict[str, str]) -> None:
    assert _shown(lang, text) == dates


@pytest.mark.parametrize(("lang", "text"), [
    ("en", "The fighting lasted 44 days and displaced 2011 families."),
    ("en", "The dispute is 30 years old."),
    ("en", "The dam has been disputed since the early 1990s."),
    ("en", "The council passed resolution 1923 by a vote of 20-15."),
    ("en", "The crews came with 2000 tents and $1999 each."),
    ("en", "The train left at 2045 GMT, the clinic said by telephone 555 2010."),
    ("en", "The council may march to the dam."),
    ("en", "The envoy opened the dam on 05/06/2020."),
    ("en", "The rally is held every Monday."),
    ("en", "The talks go on from Jan. 11-13."),
    ("en", "The envoy April Senn met the mayor August Holm."),
    ("en", "The Sunday Times reported the case."),
    ("en", "Today the town is home to many."),
    ("en", "The Sept. 11 attacks changed the law."),
    ("en", "The dam was planned a decade ago and begun weeks ago."),
    ("en", "The dam opened on Feb. 30."),
    ("en", "“We were there yesterday,” the mayor said."),
    ("es", "La presa se planeó en la década de 1980."),
    ("fr", "Le Conseil a adopté la résolution 1923."),
    ("ru", "Плотину строили 44 дня 2000 рабочих."),
    ("tr", "Baraj 44 gün sonra 2000 kişiyle açıldı."),
    ("xx", "The dam opened on 2019-11-07."),
])
def test_no_date_rather_than_a_wrong_one(lang: str, text: str) -> None:
    assert {one.date for one in _dates(lang, text)} <= {None}


def test_without_publication() -> None:
    (day,) = _dates("en", "The dam opened on Nov. 7.", None)
    assert (day.date, day.day_of_year, day.year_told) == (None, (11, 7), False)
    (month,) = _dates("en", "The dam opened in late September.", None)
    assert (month.date, month.day_of_year) == (None, (9, 0))
    assert _dates("en", "The dam opened on Wednesday after last month's flood.", None) == ()
    (full,) = _dates("en", "The dam opened on Nov. 7, 2019.", None)
    assert (full.date, full.basis) == ("2019-11-07", "stated")


def test_counts_from_another_day() -> None:
    article = Article(id="a", path=Path("a.md"), title="T", text="The mayor opened the dam on Wednesday.", lang="en")
    assert [one.date for one in stated_dates(segment_article(article), date(2021, 1, 14))] == ["2021-01-13"]


@pytest.mark.parametrize(("text", "date", "told"), [
    ("The dam broke on Sept. 27.", "2020-09-27", False),
    ("Crews fought the flood last year after the dam broke on Sept. 27.", "2020-09-27", True),
    ("In 2019 the dam broke on Sept. 27.", None, False),
    ("The dam broke on Sept. 27.\n\nThe report of September 27, 2018, names the reasons.", "2018-09-27", True),
    ("The dam broke on Friday, Sept. 27.", None, False),
    ("The dam broke on April 3.", None, False),
])
def test_year_that_the_words_leave_out(text: str, date: str | None, told: bool) -> None:
    one = next(one for one in _dates("en", text) if one.day_of_year)
    assert (one.date, one.year_told) == (date, told)


@pytest.mark.parametrize(("text", "role"), [
    ("The dam opened on Jan. 11.", "when"),
    ("The dam has been closed since Jan. 11.", "since"),
    ("The dam was closed until Jan. 11.", "bound"),
    ("The Jan. 11 agreement was fulfilled.", "name"),
    ("The agreement of 11 January was fulfilled.", "name"),
    ("The mayor said on Jan. 11 that the dam was safe.", "said"),
])
def test_what_a_date_does(text: str, role: str) -> None:
    assert [one.role for one in _dates("en", text)] == [role]


def test_what_was_to_come() -> None:
    assert [(one.date, one.future) for one in _dates("en", "Talks began on Jan. 11 and will end on Jan. 20.")] == [
        ("2021-01-11", False), ("2021-01-20", True)]


@pytest.mark.parametrize(("text", "future", "week"), [
    ("The school will stay closed this month.", True, False), ("The school was closed this month.", False, False),
    ("The school was closed this week.", False, True), ("The school burned three weeks ago.", False, True),
])
def test_what_is_not_over_and_what_is_a_week(text: str, future: bool, week: bool) -> None:
    assert [(one.future, one.week) for one in _dates("en", text)] == [(future, week)]


def test_spans_are_the_words() -> None:
    text = "The dam, begun in 2011, opened on Sept. 27. The mayor spoke on Wednesday."
    assert [text[one.start:one.end] for one in _dates("en", text)] == ["2011", "Sept. 27", "Wednesday"]


def test_a_list_of_dates_tells_nothing() -> None:
    assert _dates("en", "We met on " + "Monday, Tuesday, " * 2000 + "and so on.") == ()
