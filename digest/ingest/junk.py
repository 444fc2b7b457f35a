"""Tell lines that surround an article on a page from its own: captions, promos, share and subscribe lines, players …

Every rule takes a whole line and is meant to miss rather than to hit: a sentence of the article must never be lost.
A new language is a row in these tables.
"""

import re
from collections.abc import Callable

__all__ = ["OPENS_TAIL", "ends_sentence", "kind_of_junk"]

_LONGEST = 400
"""A longer line is a paragraph of the article, whatever it starts with."""
_SENTENCE_END = re.compile(r"[.!?…。！？｡।॥؟۔։።](?:[\"'”’»«“›)\]）」』*]|\s)*$")


def ends_sentence(line: str) -> bool:
    """Return whether a line ends as a sentence does."""
    return bool(_SENTENCE_END.search(line[-40:]))


def _any(*phrases: str) -> str:
    return "(?:" + "|".join(phrases) + ")"


_HOST = r"(?:https?://)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b"
_READ_ALSO = _any(
    "also read", "read also", "read more", "read next", "see also", "see more", "more on this", "more on this story", "related(?: news| stor(?:y|ies)| articles?| topics?)?",
    "watch(?: also| now)?", "don'?t miss", "recommended(?: for you)?", "must read", "you may also like", "more stories", "further reading", "editor'?s picks?",
    "ayrıca (?:okuyun|bakınız)", "bunu da okuyun", "ilgili haber(?:ler)?", "daha fazla(?:sı)?", "devamını oku", "okumaya devam",
    "читайте также", "читайте ещё", "читать также", "смотрите также", "по теме", "материалы по теме", "подробнее",
    "lea? también", "lee también", "lea además", "lee más", "leer más", "vea también", "ver también", "te puede interesar", "te recomendamos", "más información",
    "اقرأ أيضا[ًً]?", "اقرأ أيضًا", "إقرأ أيضا[ًً]?", "اقرأ المزيد", "شاهد أيضا[ًً]?", "مواضيع ذات صلة",
    "lesen sie auch", "lesen sie (?:hier )?mehr", "mehr zum thema", "mehr lesen", "weiterlesen", "siehe auch", "auch interessant", "das könnte sie auch interessieren",
    "(?:à )?lire aussi", "à lire également", "lire également", "voir aussi", "sur le même sujet", "pour aller plus loin", "en savoir plus",
    "leggi anche", "leia também", "leia mais", "veja também", "lees ook", "czytaj także", "czytaj też", "zobacz także", "читайте також", "həmçinin oxuyun", "بیشتر بخوانید",
)
_SURE_READ_ALSO = _any(
    "читайте также", "смотрите также", "lea también", "lee también", "te puede interesar", "اقرأ أيضا[ًً]?", "اقرأ أيضًا", "lesen sie auch", "(?:à )?lire aussi",
    "à lire également", "leggi anche", "leia também", "lees ook", "ayrıca okuyun", "czytaj także", "читайте також",
)
_SHARE_WORDS = frozenset("""
share shares tweet tweets facebook twitter x whatsapp telegram instagram linkedin pinterest reddit youtube email e-mail mail print copy link url save
messenger vk vkontakte odnoklassniki viber tiktok threads bluesky mastodon flipboard pocket rss bookmark comment comments like follow us on this via to
paylaş paylaşın yazdır kopyala yorum kaydet beğen поделиться поделитесь распечатать скопировать ссылку вконтакте одноклассники твиттер комментарии
compartir compártelo imprimir copiar enlace guardar comentarios teilen drucken merken kommentare partager imprimer copier lien commenter envoyer
condividi stampa compartilhar شارك مشاركة طباعة فيسبوك تويتر واتساب تلغرام نسخ الرابط delen udostępnij поділитися and or by ve oder et y и
""".split())
_SHARE_CORE = frozenset("""
share tweet facebook twitter whatsapp telegram linkedin print email e-mail paylaş paylaşın yazdır поделиться поделитесь распечатать compartir imprimir teilen drucken partager imprimer
condividi compartilhar شارك مشاركة فيسبوك تويتر delen udostępnij поділитися pinterest reddit messenger
""".split())
_NETWORK = _any("facebook", "twitter", "x", "instagram", "telegram", "whatsapp", "youtube", "google news", "linkedin", "tiktok", "social media", "вконтакте", "телеграм\\w*",
                "дзен\\w*", "твиттер\\w*", "sosyal medya\\w*", "تويتر", "فيسبوك", "تلغرام", "تليغرام", "واتساب", "bluesky", "threads", "viber")
_SHARE = re.compile(r"^\W*" + _any(
    r"(?:like|love|enjoy(?:ed)?) this (?:story|article|post|content|piece)\?.{0,80}",
    r"share (?:this|the) (?:story|article|post|page|news)\b.{0,40}", r"share (?:it )?(?:on|via|with) .{0,60}",
    rf"(?:follow|find|join|like) us (?:on|at) .{{0,80}}", rf"(?:join|follow) (?:our|the) .{{0,40}}\b{_NETWORK}\b.{{0,40}}",
    rf".{{0,60}}\b{_NETWORK}\S{{0,6}} (?:hesab|kanal|sayfa|üzerinden).{{0,30}}takip edin\W*", r"bizi .{0,60}takip edin\W*", r"(?:haberi|bu haberi) paylaş\w*.{0,30}",
    r"подписывайтесь на .{0,80}", r"подпишитесь на .{0,80}", r"следите за .{0,30}(?:в|на) .{0,40}", r"поделиться (?:в|с|ссылкой|новостью).{0,40}", r"поделитесь .{0,50}",
    rf"s[íi]gu(?:e|a)nos en .{{0,80}}", r"comparte (?:esta|este|en) .{0,40}", rf"folgen sie uns .{{0,80}}", r"(?:diesen )?artikel teilen.{0,20}", r"auf .{0,20} teilen",
    rf"suivez[- ]nous .{{0,80}}", r"partage[rz] (?:cet|l'|sur|cette).{0,40}", r"تابعونا .{0,80}", r"تابعنا .{0,80}", r"شارك (?:الخبر|المقال|عبر|على).{0,40}", r"seguici su .{0,60}", r"siga-nos .{0,60}",
) + r"\W*$", re.IGNORECASE)
_SUBSCRIBE = re.compile(r"^\W*" + _any(
    r"subscribe(?: (?:now|today|here|free|to .{2,120}|for .{2,80}))?", r"sign up (?:for|to|here|now|today).{0,140}", r"(?:get|receive) .{0,80}(?:newsletters?|(?:in|to) your inbox).{0,60}",
    r".{0,60}\bplease contact us for subscription options", r"(?:our|daily|weekly|the) .{0,30}newsletter", r"register (?:now|here|for free).{0,60}", r"already a subscriber\?.{0,40}", r"(?:log|sign) in",
    r"become a (?:member|subscriber).{0,60}", r"support (?:our|independent) journalism.{0,60}", r"download (?:our|the) .{0,30}app\b.{0,60}",
    r"(?:hemen |ücretsiz )?abone ol\w*.{0,60}", r".{0,60}bülten\w* (?:abone|kaydol).{0,40}", r"подписаться.{0,60}", r"подписка.{0,30}", r"оформите подписку.{0,60}",
    r"suscr[íi]b(?:ete|ase|irse).{0,80}", r"(?:jetzt )?abonnieren.{0,60}", r"(?:zum )?newsletter.{0,40}", r"melden sie sich .{0,60}newsletter.{0,40}", r"abonnez[- ]vous.{0,80}", r"s'abonner.{0,40}",
    r"inscrivez[- ]vous .{0,80}", r"(?:recevez|recevoir) .{0,60}newsletter.{0,40}", r"اشترك .{0,80}", r"النشرة البريدية.{0,40}", r"iscriviti .{0,80}", r"assine .{0,60}",
) + r"\W*$", re.IGNORECASE)
_MENU = re.compile(r"^\W*" + _any(
    "podcasts?", "videos?", "live", "comments?(?: \\(\\d+\\))?", r"\d+ comments?", "home(?:page)?", "menu", "search", "skip to (?:main )?content", "most (?:read|viewed|popular)", "trending(?: now)?",
    "top stories", "latest(?: news)?", "more news", "more from .{2,40}", "back to top", "load more", "show more", "leave a (?:comment|reply)", "listen(?: to (?:this )?article)?",
    r"\d+ ?min(?:ute)?s? read", "reading time.{0,20}", "next article", "previous article", "keep reading", "list of \\d+ items", "end of list", "gallery", "photo gallery",
    "yorumlar", "yorum yap", "en çok okunanlar", "son dakika", "okuma süresi.{0,20}", "son haberler", "anasayfa", "комментарии", "популярное", "главное", "ещё новости", "последние новости", "главная",
    "comentarios", "lo más leído", "últimas noticias", "kommentare", "meistgelesen", "startseite", "zur startseite", "lesezeit.{0,20}", "commentaires", "les plus lus", "à la une", "temps de lecture.{0,20}",
    "التعليقات", "الأكثر قراءة", "آخر الأخبار", "الرئيسية", "commenti", "comentários",
) + r"\W*$", re.IGNORECASE)
_ADVERT = re.compile(r"^\W*" + _any(
    "advertisements?", "advertising", "ad", "sponsored(?: content)?", "story continues below(?: advertisement)?", "article continues (?:after|below).{0,30}", "reklam(?:lar)?", "реклама", "publicidad",
    "anzeige", "werbung", "publicité", "إعلان", "إعلانات", "pubblicità", "publicidade", "advertentie", "реклама на сайте",
) + r"\W*$", re.IGNORECASE)
_RIGHTS = re.compile(_any(
    r"^\W*(?:©|\(c\)|copyright\s*(?:©|\(c\)|\d{4})).{0,160}$", r"^.{0,120}\ball rights reserved\W*.{0,80}$", r"^.{0,120}her hakkı saklıdır.{0,80}$", r"^.{0,120}tüm hakları saklıdır.{0,80}$", r"^.{0,120}все права защищены.{0,80}$",
    r"^.{0,120}todos los derechos reservados.{0,80}$", r"^.{0,120}alle rechte vorbehalten.{0,80}$", r"^.{0,120}tous droits réservés.{0,80}$", r"^.{0,120}جميع الحقوق محفوظة.{0,80}$",
    r"^.{0,160}\bwebsite contains only a portion of the news .{0,240}$", r"^.{0,60}\bweb sitesinde.{0,120}özetlenerek yayımlanmaktadır.{0,120}$",
    r"^\W*the (?:views|opinions) expressed (?:in this article|here(?:in)?) .{0,240}$", r"^\W*this (?:article|story|report|piece) (?:was )?(?:originally|first) (?:published|appeared) (?:by|in|on|at) .{2,120}$",
    r"^\W*(?:re(?:printed|published)|reposted) (?:with permission )?from .{2,120}$", r"^\W*(?:we use|this (?:site|website) uses) cookies\b.{0,240}$", r"^\W*click here (?:to|for) .{0,120}$",
), re.IGNORECASE)
_CREDITS = re.compile(r"^[*(\[]?\s?(?:" + _any(
    r"(?:additional )?(?:reporting|writing|editing)(?: and (?:contribution|editing|writing|reporting))?(?: and [a-z]+)? by [A-ZÀ-Þ].{2,200}", r"compiled by [A-ZÀ-Þ].{2,80}", r"translated by [A-ZÀ-Þ].{2,80}",
    r"(?:Muhabir|Çeviri|Editör|Редактор|Перевод|Redaktion|Traducción|Traduction)\s?: .{2,80}",
) + r")[)\]]?$", re.IGNORECASE)
_CREDIT_AGENCY = _any("REUTERS", "Reuters", "AFP", "AP", "EPA(?:-EFE)?", "EFE", "AA", "DHA", "İHA", "TASS", "ТАСС", "RIA Novosti", "РИА Новости", "Sputnik", "Getty(?: Images)?", "Shutterstock", "dpa", "DPA", "Xinhua",
                      "Anadolu(?: Agency| Ajansı)?", "Bloomberg", "ANSA", "IMAGO", "imago images", "picture alliance", "NurPhoto", "Ruptly", "AP Photo", "AFP Photo", "Keystone", "Belga", "PTI", "ANI", "Yonhap", "Kyodo")
_CAPTION = re.compile(_any(
    rf"(?:^|[.!?…\"”)»\d,]\s|[(\[©]\s?|\|\s?){_CREDIT_AGENCY}\s?/\s?(?!{_CREDIT_AGENCY}\W*$)(?:[A-ZÀ-ÞĀ-ŽА-Я][\w.'’-]*\s?){{1,5}}(?:via [A-Z][\w ]+?)?(?:\s?[-–]\s?[A-Z0-9]{{5,20}})?[)\].]*$",
    rf"^.{{0,300}}[(\[]\s?(?:File |Archive )?(?:Photo|Image|Picture|Photograph|Foto|Fotoğraf|Фото|Bild|Crédit|Credit|AP Photo|{_CREDIT_AGENCY} [Pp]hoto)s?\b[^()\[\]]{{0,80}}[)\]]\.?$",
    rf"^.{{0,200}}(?:©|\(c\))\s?(?:{_CREDIT_AGENCY})\b.{{0,60}}$",
    rf"^.{{0,250}}[.!?…\"”] (?:FILE PHOTO|AP Photo|Photo by [A-Z].{{2,60}}|Photo: .{{2,60}}|Foto: .{{2,60}}|Фото: .{{2,60}}|Photograph: .{{2,60}}|Credit: .{{2,60}}|Fotoğraf: .{{2,60}})\W*$",
    r"^\W*(?:FILE PHOTO|FILE|File photo|ARCHIVE PHOTO)\s?[:–—-].{2,350}$",
    r"^\W*(?:Photo(?:graph)?s?(?: by| credit)?|Images?(?: credit)?|Picture|Caption|Credit|Foto(?:graf)?|Fotos|Fotoğraf|Görsel|Фото|Фотография|Иллюстрация|Bild|Bildquelle|Imagen|Fotografía|Crédito|Crédit(?:s)?(?: photo)?|"
    r"Photo d'illustration|Légende|الصورة|صورة|تصوير|Foto di|Imagem|Getty Images)\s?[:：].{0,250}$",
    rf"^(?:{_CREDIT_AGENCY})$",
))
_SOURCE = re.compile(r"^\W*(?P<labels>(?:kaynak|source|sources|quelle|fuente|fonte|bron|источник|المصدر|źródło|джерело|mənbə|via|original article|original|link|url|permalink)(?:\s?/\s?\w+)?)\s?[:：]\s*(?P<rest>.{0,300})$",
                     re.IGNORECASE)
_TAGS = re.compile(r"^\W*(?:tags?|topics?|keywords|etiketler|etiket|теги|тэги|метки|etiquetas|schlagwörter|schlagworte|themen|mots[- ]clés|الكلمات المفتاحية|وسوم)\s?[:：]\s*\S.{0,300}$", re.IGNORECASE)
_ALSO_ON = re.compile(rf"^\W*(?:also|more|read more|see more) (?:on|at|from) {_HOST}.{{0,300}}$", re.IGNORECASE)
_PROMO = re.compile(rf"^\W*{_READ_ALSO}(?:\s?[:：>»|–—].{{0,300}}|\W*)$", re.IGNORECASE)
_SURE_PROMO = re.compile(rf"^\W*{_SURE_READ_ALSO}\b.{{0,250}}$", re.IGNORECASE)
_PLAYER = re.compile(r"^[▶►⏵⏸\s]*(?:\d{1,2}:)?\d{1,3}:\d{1,2}(?:\s?[/|–-]\s?(?:\d{1,2}:)?\d{1,3}:\d{1,2})?$|^(?:play(?: video| audio)?|pause|mute|unmute|auto|\d{3,4}p|embed|fullscreen)$", re.IGNORECASE)
_RULE = re.compile(r"^[-–—_=~*•·.#|+\s\ue000-\uf8ff]+$")
_ICON = re.compile(r"\b\w*icons?\b", re.IGNORECASE)
_ADDRESS = re.compile(r"^\W{0,3}(?P<url>https?://[^\s<>\"]{4,2000}?)[>)\]\s]*$", re.IGNORECASE)
address_of = _ADDRESS.match


def _is_icons(line: str) -> bool:
    icons = len(_ICON.findall(line)) if line.casefold().count("icon") >= 5 else 0
    return icons >= 5 and icons * 6 >= len(line.split())


def _is_share(line: str) -> bool:
    words = [word for word in re.split(r"[\s|/,:·•]+", line.casefold()) if any(map(str.isalpha, word))]
    return bool(words) and len(words) <= 20 and set(words) <= _SHARE_WORDS and bool(_SHARE_CORE & set(words)) or bool(_SHARE.match(line))


def _is_promo(line: str) -> bool:
    if _ALSO_ON.match(line):
        return True
    return not ends_sentence(line) and bool(_PROMO.match(line) or _SURE_PROMO.match(line))


def _is_source(line: str) -> bool:
    found = _SOURCE.match(line)
    return bool(found) and (len(found["rest"].split()) <= 8 or bool(address_of(found["rest"])))  # type: ignore[index]


def _is_caption(line: str) -> bool:
    return bool(_CAPTION.search(line))


_KINDS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("rule", _RULE.match),
    ("player", _PLAYER.match),
    ("address", _ADDRESS.match),
    ("source", _is_source),
    ("promo", _is_promo),
    ("share", _is_share),
    ("subscription", _SUBSCRIBE.match),
    ("menu", _MENU.match),
    ("advertisement", _ADVERT.match),
    ("tags", _TAGS.match),
    ("credits", _CREDITS.match),
    ("notice", _RIGHTS.match),
    ("caption", _is_caption),
)
OPENS_TAIL = {"share", "subscription", "menu", "tags", "notice", "source"}
"""After a line of these kinds, and no further paragraph, short lines belong to the page and not to the article."""


def kind_of_junk(line: str) -> str | None:
    """Return what a line is if it is surely not the article's; None for anything else."""
    if _is_icons(line):
        return "icons"
    if len(line) > _LONGEST:
        return None
    return next((kind for kind, matches in _KINDS if matches(line)), None)
