"""What may be shown is spent so that as many differences as possible keep both sides."""

from dataclasses import replace
from pathlib import Path

from digest.admit import admit_contrasts, admit_findings
from digest.findings import Dated, Difference, Findings, Statement, Value
from digest.models import Article, Citation, Text
from digest.rights import QuoteBudget
from digest.segment import segment_article
from digest.settings import Outlet, Settings

SETTINGS = Settings(title="T", outlets={"part": Outlet(id="part", name="Part", rights="excerpt", quote_limit=0.5),
                                        "all": Outlet(id="all", name="All", rights="full")})


def article(ident: str, outlet: str, *sentences: str) -> Article:
    return segment_article(Article(id=ident, path=Path("x.md"), title="x", text=" ".join(sentences), lang="en", outlet=outlet))


def value(of: str, *citations: Citation) -> Value:
    return Value(of, citations, citations)


def sentence(of: Article, number: int) -> Citation:
    return Citation.of(of, of.sentences[number])


def test_no_difference_is_lost_for_a_further_sentence_of_another() -> None:
    part = article("part", "part", "The quake injured 41 people.", "Rescuers saved 19 people there.")
    one, other = article("one", "all", "It hurt 34.", "They saved 16."), article("other", "all", "It hurt 41.")
    hurt = Difference("number", (), (value("34", sentence(one, 0)), value("41", sentence(other, 0), sentence(part, 0))))
    saved = Difference("number", (), (value("16", sentence(one, 1)), value("19", sentence(part, 1))))
    shown = admit_contrasts(Findings(differences=(hurt, saved)), QuoteBudget(SETTINGS)).differences
    assert [[len(v.citations) for v in difference.values] for difference in shown] == [[1, 1], [1, 1]]


def test_a_difference_of_which_one_side_may_not_be_shown_takes_nothing() -> None:
    part = article("part", "part", "The quake injured 41 people.", "Rescuers saved 19 people there.")
    sealed = article("x", "link", "It hurt 9.")
    settings = Settings(title="T", outlets={**SETTINGS.outlets, "link": Outlet(id="link", name="Link", rights="link")})
    other = article("other", "all", "They saved 16.")
    hurt = Difference("number", (), (value("41", sentence(part, 0)), value("9", sentence(sealed, 0))))
    saved = Difference("number", (), (value("16", sentence(other, 0)), value("19", sentence(part, 1))))
    shown = admit_contrasts(Findings(differences=(hurt, saved)), QuoteBudget(settings)).differences
    assert [{v.value for v in difference.values} for difference in shown] == [{"16", "19"}]


def test_a_statement_remembers_which_articles_may_not_be_quoted_with_it() -> None:
    """Of one statement its article may be quoted, of the next no more: there it is neither silent nor in other words."""
    part = article("part", "part", "The quake injured 41 people.", "Rescuers saved 19 people there.")
    one, other = (article(ident, "all", "It hurt 41 people.", "They saved 19 people.") for ident in ("one", "other"))
    said = tuple(Statement(tuple(sentence(a, n) for a in (one, other, part)), 3, ("all", "part")) for n in (0, 1))
    shown = admit_findings(Findings(statements=said), [Text((a,)) for a in (one, other, part)], QuoteBudget(SETTINGS)).statements
    assert [(len(s.citations), s.separate_texts, s.unquoted) for s in shown] == [(3, 3, frozenset()), (2, 2, frozenset({"part"}))]


def test_a_date_rests_on_what_is_still_shown_of_it() -> None:
    shut, told = article("shut", "shut", "It fell on 3 May 2031."), article("told", "all", "It fell on 3 May.")
    settings = replace(SETTINGS, outlets={**SETTINGS.outlets, "shut": Outlet(id="shut", name="Shut", rights="link")})
    first, second = sentence(shut, 0), sentence(told, 0)
    found = Findings(timeline=(Dated("2031-05-03", ("stated", "other-article"), (first, second), (first, second)),))
    (kept,) = admit_findings(found, [Text((shut,)), Text((told,))], QuoteBudget(settings)).timeline
    assert (kept.basis, kept.citations) == ("other-article", (second,))


def test_a_difference_is_about_what_is_still_shown_of_it() -> None:
    shut = article("shut", "shut", "The strike of teachers lasts 7 weeks in Kesh.")
    one, other = article("one", "all", "In Kesh it lasts 7 weeks."), article("other", "all", "In Kesh it lasts 8 weeks.")
    settings = replace(SETTINGS, outlets={**SETTINGS.outlets, "shut": Outlet(id="shut", name="Shut", rights="link")})
    lasts = Difference("number", ("Kesh", "teachers"), (value("7", sentence(shut, 0), sentence(one, 0)), value("8", sentence(other, 0))))
    told, = admit_contrasts(Findings(differences=(lasts,)), QuoteBudget(settings)).differences
    assert ([len(v.citations) for v in told.values], told.about) == ([1, 1], ("Kesh",))
    whole = replace(lasts, values=(value("7", sentence(one, 0)), value("8", sentence(other, 0))))
    told, = admit_contrasts(Findings(differences=(whole,)), QuoteBudget(settings)).differences
    assert told.about == ("Kesh", "teachers")
