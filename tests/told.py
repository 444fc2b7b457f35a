"""The small newsroom told in English, Turkish and Hebrew, without any engine: by what a memory holds, and by an editor."""

import json
from collections.abc import Mapping
from pathlib import Path

from digest.content import format_article
from digest.desk import Pair, open_desk
from digest.memory import memory_file, memory_key, write_memory
from digest.settings import load_settings
from digest.translators import Draft
from digest.translators.pins import Pin, write_pins

__all__ = ["BANKS", "EDITED", "FILES", "GIVEN", "LANGUAGES", "LANTERNS", "PRAYED", "REGIONAL", "REMEMBERED", "STUCK", "correct",
           "remember", "tell_newsroom"]

LANGUAGES = ("en", "tr", "he")
FILES = {"translate-en_tr": "1a" * 32, "translate-en_he": "2b" * 32, "translate-tr_en": "3c" * 32}
"""The pinned packages, none of which is installed, and what was unpacked of each."""
STUCK = "drawbridge-of-orvane-stuck-open"
PRAYED = "“We greased it and prayed,” he said."
BANKS = "Orvane köprüsü pazartesi sabahından beri açık duruyor ve yüzlerce yolcu Teller nehrinin iki yakasında bekliyor."
LANTERNS = "Belediye başkanı Berkant Toprak, gece kürek çeken 45 kayıkçıya birer fener armağan etti."
ARTICLES = {
    "orvane-kayikcilari": (
        {"title": "Orvane köprüsü açık kaldı, kayıkçılar yolcu taşıdı", "published": "2031-05-12"},
        [BANKS, LANTERNS, "Kayıkçılar yorulmadıklarını anlattı. Fırınlar sabah erkenden ekmek dağıttı."]),
    "orvane-fenerleri": (
        {"title": "Kayıkçılara Orvane belediyesinden fener", "published": "2031-05-13"},
        ["Başkan Berkant Toprak pazartesi günü gece kürek çeken 45 kayıkçıya birer fener armağan etti.",
         "Okullar iki saat geç açıldı, öğretmenler derse yaya gitti. Orvane belediyesi çay dağıttı.",
         "Balıkçılar ağlarını o gün kurutmak zorunda kaldı. Çocuklar rıhtımda uçurtma uçurdu."]),
}
"""Two articles in Turkish that alone tell of the lanterns."""
GIVEN = "Mayor Berkant Toprak gave a lantern to each of the 45 boatmen who rowed at night."
OVERRIDES = f"""\
stories:
  - together: [{STUCK}, orvane-kayikcilari, orvane-fenerleri]
keypoints:
  - topic: {STUCK}
    pin: [drawbridge-of-orvane-moves-again#s-6161802e]
corrections:
  - topic: {STUCK}
    date: 2031-05-16
    by: Ada Editor
    text: The barge came a day later than we had written here.
"""
HONEY = "Honey thieves leave a note in Pellin"
EDITED = {
    "tr": {HONEY: "Pellin'deki bal hırsızları not bıraktı",
           "Beekeeper Jorun Aske said she would have given them the honey had they asked.":
               "Arıcı Jorun Aske, isteselerdi balı onlara vereceğini söyledi.",
           "The drawbridge of Orvane was lowered at six on Thursday evening, and the first commuters crossed the Teller river on foot to "
           "applause.": "Orvane köprüsü perşembe akşamı altıda indirildi; ilk yolcular Teller nehrini alkışlar arasında yaya geçti."},
    "he": {"Ferries carried 1,200 people across the Teller river by noon.": "עד הצהריים העבירו המעבורות 1,200 איש אל מעבר לנהר טלר."},
}
"""What an editor wrote, by language and original."""
THEFT = "Thieves took forty jars of honey from a beekeeper in the village of Pellin on Sunday night and left a note with an apology."
REGIONAL = {
    "ar": {HONEY: "لصوص العسل يتركون رسالة في بيلين"},
    "pt-BR": {THEFT: "Ladrões levaram quarenta potes de mel no domingo e deixaram um bilhete.", HONEY: "Ladrões de mel deixam bilhete"},
    "eu": {THEFT: "Lapurrek berrogei ezti-poto eraman zituzten igande gauean, eta ohar bat utzi zuten."},
    "zh-Hant": {THEFT: "竊賊週日夜裡拿走四十罐蜂蜜，留下一張道歉的字條。", HONEY: "偷蜜賊留下字條"},
}
"""What an editor wrote in languages of regions and scripts."""
REMEMBERED = {
    ("en", "tr"): {
        "The drawbridge of Orvane has been stuck open since Monday morning, and hundreds of commuters are waiting on both sides of the "
        "Teller river.": "Orvane köprüsü pazartesi sabahından beri açık kaldı ve yüzlerce yolcu Teller nehrinin iki yakasında bekliyor.",
        "Ferries carry commuters as Orvane drawbridge gear cracks": "Orvane köprüsünün dişlisi kırılınca yolcuları vapurlar taşıyor",
        "Lighthouse of Brann gets its stripes back": "Brann deniz feneri çizgilerine kavuştu",
        "The lighthouse of Brann has its red stripes back after volunteers painted it for nine evenings.":
            "Gönüllüler dokuz akşam boyunca boyadıktan sonra Brann deniz feneri kırmızı çizgilerine kavuştu.",
        "Small ferries took commuters across the Teller river from eight in the morning.":
            "Küçük vapurlar sabah sekizden itibaren yolcuları Teller nehrinin karşı yakasına taşıdı.",
        "Ferries carried 1,200 people across the Teller river by noon.": "Vapurlar öğlene kadar Teller nehrinden 1.200 kişi geçirdi.",
        "Engineer Matis Corl of the port authority said the spare gear from the railway museum fitted at the first try.":
            "Liman idaresinden mühendis Matis Corl, demiryolu müzesindeki yedek dişlinin ilk denemede oturduğunu söyledi.",
        "A choir that had been on its way to a contest sang on the quay instead.":
            "Yarışmaya gitmekte olan bir koro bunun yerine rıhtımda şarkı söyledi.",
        PRAYED: "“Yağladık ve dua ettik” dedi.",
    },
    ("en", "he"): {
        "The drawbridge of Orvane has been stuck open since Monday morning, and hundreds of commuters are waiting on both sides of the "
        "Teller river.": "גשר ההרמה של אורוונה תקוע פתוח מאז יום שני בבוקר, ומאות נוסעים ממתינים משני צדי הנהר טלר.",
        "Ferries carry commuters as Orvane drawbridge gear cracks": "מעבורות מסיעות נוסעים לאחר שנסדק גלגל השיניים של גשר אורוונה",
        "Engineer Matis Corl of the port authority said the spare gear from the railway museum fitted at the first try.":
            "המהנדס מטיס קורל מרשות הנמל אמר שגלגל השיניים החלופי ממוזאון הרכבת התאים כבר בניסיון הראשון.",
        "Lighthouse of Brann gets its stripes back": "המגדלור של בראן קיבל בחזרה את הפסים שלו",
        "The lighthouse of Brann has its red stripes back after volunteers painted it for nine evenings.":
            "המגדלור של בראן קיבל בחזרה את הפסים האדומים שלו לאחר שמתנדבים צבעו אותו במשך תשעה ערבים.",
        PRAYED: "”שימנו אותו והתפללנו“, אמר.",
        GIVEN:
            "ראש העיר ברקנט טופראק העניק פנס לכל אחד מ-45 בעלי הסירות שחתרו בלילה.",
    },
    ("tr", "en"): {
        LANTERNS: GIVEN,
        BANKS: "The Orvane bridge has stood open since Monday morning, and hundreds of passengers wait on both banks of the Teller river."},
}
"""What engines once made of sentences, by language; what comes from Turkish goes through English into Hebrew."""


def tell_newsroom(content: Path, memory: Path) -> None:
    """Give a newsroom the languages, articles, decisions and translations of this module."""
    _edit(content / "digest.yml", "languages: [en]", f"languages: [{', '.join(LANGUAGES)}]\npersons: [Matis Corl]")
    _edit(content / "outlets.yml", "id: lantern-wire", "id: lantern-wire\n  translate: false")
    for ident, (front, paragraphs) in ARTICLES.items():
        path = content / "articles" / "2031" / "05" / f"{ident}.md"
        path.write_text(format_article({"outlet": "Teller Haber", "lang": "tr"} | front, paragraphs), "utf-8")
    (content / "overrides.yml").write_text(OVERRIDES, "utf-8")
    correct(content, EDITED)
    write_pins(content, [Pin(code=code, version="1.9", url=f"https://example.org/{code}", sha256="0" * 64, size=9, files=files)
                         for code, files in FILES.items()])
    remember(content, memory, REMEMBERED)


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def correct(content: Path, edited: Mapping[str, Mapping[str, str]]) -> None:
    """Write the editors' translations, by language and original."""
    (content / "translations").mkdir(exist_ok=True)
    for lang, rows in edited.items():
        told = [f"- original: {json.dumps(original)}\n  translation: {json.dumps(text)}\n" for original, text in rows.items()]
        (content / "translations" / f"{lang}.yml").write_text("".join(told), "utf-8")


def remember(content: Path, memory: Path, remembered: Mapping[Pair, Mapping[str, str]]) -> None:
    """Write the memory as if the pinned packages had translated."""
    room = open_desk(load_settings(content), content, memory)
    for (source, target), rows in remembered.items():
        route = room.route(source, target)
        assert route is not None
        (model,) = route.steps
        write_memory(memory_file(memory, model), {memory_key(model, sentence): Draft(text, -0.1) for sentence, text in rows.items()})
