"""Sentences that lean on others inside, not at their opening."""

import pytest

from digest.pointing import leaning

AROUND = "The police of Velden closed the bridge. A car burned. We saw that Birk came, and the police left."

BACK = [
    ("en", "Police said he had left the harbour of Velden at dawn."),
    ("en", "Salt water has reached her pumping station twice since Monday."),
    ("en", "Birk said the harbour of Velden would gain from this decision."),
    ("en", "Birk believes it to be the oldest of all."),
    ("en", "For Velden we want a bridge that lasts a hundred years."),
    ("fr", "Velden profitera longtemps de cette décision du conseil."),
    ("de", "Der Hafen von Velden leidet seit langem unter diesem Streit."),
    ("nl", "Velden heeft jarenlang op deze beslissing van de raad gewacht."),
    ("es", "El puerto de Velden ganará mucho con esta decisión."),
    ("tr", "Velden limanı bu karardan sonra yeniden açıldı."),
    ("ru", "Порт Вельден выиграет от этого решения совета."),
]
HINTS = [
    ("en", "Birk also promised the council of Velden a new ferry before winter."),
    ("en", "The man fled over the fields and into the woods near Velden."),
    ("fr", "Birk a également promis un nouveau bac au conseil de Velden."),
]
ALONE = [
    ("en", "Birk said he had left the harbour of Velden at dawn."),
    ("en", "A man who lost his car on the bridge thanked the crews of Velden."),
    ("en", "The harbour of Velden will open again this week, the council said."),
    ("en", "“We want a bridge that lasts,” Mayor Ana Birk told the council."),
    ("fr", "Le port de Velden rouvrira cette semaine, selon le conseil."),
    ("de", "Der Hafen von Velden öffnet in dieser Woche wieder."),
    ("es", "El puerto de Velden reabrirá esta semana tras la tormenta."),
    ("ja", "ベルデン港は月曜日に再開した。"),
]


@pytest.mark.parametrize(("lang", "text", "worth"), [(*case, 0.0) for case in BACK] + [(*case, 1.0) for case in ALONE])
def test_points_back_or_not(lang: str, text: str, worth: float) -> None:
    assert leaning(text, lang, f"{AROUND} {text}") == worth


@pytest.mark.parametrize(("lang", "text"), HINTS)
def test_hints_back(lang: str, text: str) -> None:
    assert 0.0 < leaning(text, lang, f"{AROUND} {text}") < 1.0
