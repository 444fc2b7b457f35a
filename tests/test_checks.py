"""What the checks of a translated sentence let pass and what they refuse; a table of the kinds, measured at large in tests/quality."""

import pytest

from digest.checks import check_translation
from digest.digits import digits_differ

PLAIN = "The council of Orvane approved the new ferry pier on Monday evening."


@pytest.mark.parametrize(("original", "translation", "source", "target"), [
    (PLAIN, "El consejo de Orvane aprobó el nuevo muelle del ferry el lunes por la noche.", "en", "es"),
    (PLAIN, "Orvane meclisi pazartesi akşamı yeni vapur iskelesini onayladı.", "en", "tr"),
    (PLAIN, "Совет Орвана в понедельник вечером одобрил новый паромный причал.", "en", "ru"),
    (PLAIN, "奥尔瓦内议会周一晚间批准了新的渡轮码头。", "en", "zh"),
    (PLAIN, "وافق مجلس أورفان مساء الاثنين على رصيف العبارات الجديد.", "en", "ar"),
    ("No.", "No.", "en", "es"), ("Real Madrid", "Real Madrid", "es", "en"), ("…", "…", "en", "es"),
    ("He said no, no, no and left the room.", "Dijo que no, no, no y salió de la habitación.", "en", "es"),
    ("Write to desk@orvane.example or see https://orvane.example/a_b, said @falk.",
     "Escriba a desk@orvane.example o mire https://orvane.example/a_b, dijo @falk.", "en", "es"),
    ("It is over.", "C'est fini.", "en", "fr"),
])
def test_good_translations_pass(original: str, translation: str, source: str, target: str) -> None:
    assert check_translation(original, translation, source, target).reason is None


@pytest.mark.parametrize(("reason", "original", "translation", "target"), [
    ("empty", PLAIN, " ", "es"), ("empty", PLAIN, "…", "es"), ("unchanged", PLAIN, PLAIN, "es"),
    ("unchanged", PLAIN, PLAIN.upper(), "tr"), ("unchanged", PLAIN, "The council of Orvane approved it on Monday evening.", "ru"),
    ("unknown", PLAIN, "El consejo de <unk> aprobó el nuevo muelle del ferry el lunes por la noche.", "es"),
    ("unknown", PLAIN, "El consejo de Orvane aprobó el ⁇ muelle del ferry el lunes por la noche.", "es"),
    ("unknown", PLAIN, "El consejo de Orvane aprobó el <0xE2> muelle del ferry el lunes por la noche.", "es"),
    ("loop", PLAIN, "El consejo de Orvane aprobó el nuevo nuevo nuevo muelle del ferry el lunes.", "es"),
    ("loop", PLAIN, "El consejo de Orvane, de Orvane, de Orvane, aprobó el nuevo muelle el lunes.", "es"),
    ("loop", PLAIN, "El consejo de Orvane aprobó el nuevo muelle el lunes. El consejo de Orvane aprobó el nuevo muelle el lunes.", "es"),
    ("loop", PLAIN, "El consejo aprobó lalalalalalalalalala el nuevo muelle del ferry el lunes.", "es"),
    ("loop", PLAIN, "奥尔瓦内议会批准了新的批准了新的批准了新的渡轮码头。", "zh"),
    ("length", PLAIN, "El consejo aprobó el muelle.", "es"), ("length", PLAIN, "El consejo de Orvane aprobó el nuevo muelle del", "es"),
    ("length", PLAIN, "El consejo de Orvane, " + "que se reúne cada semana y decide sobre puertos, faros, calles o fiestas, " * 1
     + "aprobó con los votos de todos los presentes, salvo uno que estaba enfermo, el muelle.", "es"),
    ("length", PLAIN, "奥尔瓦内。", "zh"),
    ("address", "Write to desk@orvane.example today.", "Escriba hoy a desk@orvane.ejemplo, por favor.", "es"),
    ("address", "See https://orvane.example/a_b today.", "Mire hoy https://orvane.example/a b, por favor.", "es"),
    ("address", "It was said by @falk last week.", "Lo dijo falk la semana pasada.", "es"),
    ("address", "It was said last week in Orvane.", "Lo dijo www.orvane.example la semana.", "es"),
    ("digits", "The pier costs 25 million crowns, said the council.", "El muelle cuesta 52 millones de coronas, dijo el consejo.", "es"),
])
def test_bad_translations_stay_in_the_original(reason: str, original: str, translation: str, target: str) -> None:
    assert check_translation(original, translation, "en", target).reason == reason


@pytest.mark.parametrize(("score", "min_score", "reason", "doubts"), [
    (-0.1, -0.2, None, ()), (-0.3, -0.2, "score", ()), (-0.3, None, None, ()), (-3.0, None, None, ("score",)), (None, -0.2, None, ()),
])
def test_a_score_is_strict_where_an_editor_set_it(score: float | None, min_score: float | None, reason: str | None,
                                                  doubts: tuple[str, ...]) -> None:
    found = check_translation("It rains in Tarn.", "Llueve en Tarn.", "en", "es", score=score, min_score=min_score)
    assert (found.reason, found.doubts) == (reason, doubts)


@pytest.mark.parametrize(("translation", "target", "doubts"), [
    ("Jorun Falk se reunió el lunes con Ivo Bardin en Pellin.", "es", ()),
    ("Jorun Falk pazartesi günü Pellin'de Ivo Bardin'le görüştü.", "tr", ()),
    ("El halcón se reunió el lunes con el barril en la piel.", "es", ("names",)),
    ("Сокол в понедельник встретился с бочкой в шкуре.", "ru", ()),
])
def test_lost_names_are_a_doubt_between_languages_of_latin_script(translation: str, target: str, doubts: tuple[str, ...]) -> None:
    found = check_translation("On Monday Jorun Falk met Ivo Bardin in Pellin.", translation, "en", target)
    assert (found.reason, found.doubts) == (None, doubts)


@pytest.mark.parametrize(("original", "translation", "source", "target"), [
    ("1,234.50 crowns", "1.234,50 coronas", "en", "es"), ("1,234.50 crowns", "1 234,50 couronnes", "en", "fr"),
    ("1,234,567", "1\u202f234\u202f567", "en", "fr"), ("1,234,567", "1'234'567", "en", "de"), ("1,234", "1234", "en", "es"),
    ("in 2019, 500 came", "en 2019 vinieron 500", "en", "es"), ("24.11.2020", "24/11/2020", "tr", "es"),
    ("5.5 percent", "5,5 %", "en", "es"), ("the 19th century", "el siglo XIX", "en", "es"),
    ("World War II", "2. Dünya Savaşı", "en", "tr"), ("the 1930s", "los años 30", "en", "es"), ("the 1930s", "1930'lar", "en", "tr"),
    ("3 cats", "tres gatos", "en", "es"), ("three cats", "3 gatos", "en", "es"),
    ("$200 billion", "200.000 millones de dólares", "en", "es"), ("$200 billion", "200 mil millones", "en", "es"),
    ("$2 million", "dos millones de dólares", "en", "es"), ("1.2 million", "120万", "en", "zh"), ("25 000", "2.5万", "en", "zh"),
    ("November 10", "11月10日", "en", "zh"), ("11月10日", "November 10", "zh", "en"), ("at 3 p.m.", "a las 15:00", "en", "es"),
    ("at 7:30 p.m.", "saat 19.30'da", "en", "tr"), ("at 3 p.m.", "a las 3 p. m.", "en", "es"), ("at 5 a.m.", "saat 05:00'te", "en", "tr"),
    ("١٬٢٣٤٫٥٠", "1,234.50", "ar", "en"), ("۲۵ نفر", "25 kişi", "fa", "tr"), ("25 people", "२५ लोग", "en", "hi"),
    ("B-52 and H5N1", "B-52 y H5N1", "en", "es"), ("20 miles", "32 km", "en", "es"),
    ("2 to 3 inches", "entre 5 y 8 centímetros", "en", "es"),
    ("a 650 pound pig", "un cerdo de 295 kilos", "en", "es"), ("8 km", "5 miles", "tr", "en"), ("no number", "ningún número", "en", "es"),
])
def test_numbers_that_are_the_same(original: str, translation: str, source: str, target: str) -> None:
    assert not digits_differ(original, translation, source, target)


@pytest.mark.parametrize(("original", "translation", "source", "target"), [
    ("25 people", "52 personas", "en", "es"), ("1.5 million", "15 millones", "en", "es"), ("5.5", "55", "en", "es"),
    ("25", "", "en", "es"), ("", "25", "en", "es"), ("25 and 25", "25", "en", "es"), ("$200 billion", "200 millones", "en", "es"),
    ("$200 billion", "200 billones", "en", "es"), ("the 1930s", "los años 40", "en", "es"), ("1930", "30", "en", "es"),
    ("the early 2000s", "los 0000", "en", "es"), ("the 19th century", "el siglo XVIII", "en", "es"), ("3 cats", "dos gatos", "en", "es"),
    ("3 cats and 5 dogs", "tres gatos y 6 perros", "en", "es"), ("at 3 p.m.", "a las 14:00", "en", "es"),
    ("1.2 million", "12万", "en", "zh"), ("November 10", "12月10日", "en", "zh"), ("٢٥", "26", "ar", "en"), ("1,234", "1.243", "en", "es"),
    ("10:05", "10:06", "en", "es"), ("H5N1", "H5N2", "en", "es"), ("20 miles", "33 km", "en", "es"),
    ("2 to 3 inches", "entre 2 y 8 centímetros", "en", "es"), ("5 miles", "5 kilómetros", "en", "es"), ("5 km", "5 miles", "tr", "en"),
])
def test_numbers_that_are_not(original: str, translation: str, source: str, target: str) -> None:
    assert digits_differ(original, translation, source, target)
