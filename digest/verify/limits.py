"""Hold what a topic's page says that it cannot tell against its articles."""

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from digest.catalog import Catalog
from digest.escape import visible
from digest.limits import UNQUOTED, tell_limit, why_unquoted
from digest.models import Article
from digest.unheard import unheard_countries, unheard_languages
from digest.verify.counts import stated_counts
from digest.verify.datafile import DataFile
from digest.verify.evidence import Evidence
from digest.verify.words import is_interface

__all__ = ["check_limit", "check_unquoted", "note_unheard"]


def note_unheard(data: DataFile, firsts: Sequence[Article], articles: Sequence[Article]) -> None:
    """Note which countries and languages a topic does not hear; `firsts` are the first articles of its separate texts."""
    evidence = data.evidence
    evidence.unheard[data.page] = unheard_countries(firsts, articles, evidence.settings)
    evidence.silent[data.page] = unheard_languages(articles, evidence.settings)


def check_limit(data: DataFile, limit: str) -> None:
    """Check that a limit is a string of the interface, and that what it counts or lists is so."""
    lang, folded = data.catalog.lang, visible(limit)
    if folded in _listing(data):
        return
    if not is_interface(folded, lang):
        data.fault(f"the limit {limit[:60]!r} is none of the interface")
    elif (counts := stated_counts(folded, lang)) and counts.isdisjoint(data.evidence.counts[data.page]):
        data.fault(f"the limit {limit[:60]!r} is not what the data count")


def check_unquoted(main: etree._Element, articles: Iterable[str], evidence: Evidence, catalog: Catalog) -> Iterator[str]:
    """Yield whether a topic's page gives a reason for quoting nothing that is not the case; `catalog` is that of its text."""
    words = {visible(str(catalog.text(key).unescape())): key for key in UNQUOTED}
    told = {words[text] for found in main.iter("p") if (text := visible(found.text_content())) in words}
    members = [article for ident in articles if (article := evidence.segmented(ident))]
    if told and told != {why_unquoted(members, evidence.settings)}:
        yield "says why nothing is quoted, and the articles say otherwise"


def _listing(data: DataFile) -> set[str]:
    listed = {"limit_countries": data.evidence.unheard.get(data.page, ()), "limit_unheard": data.evidence.silent.get(data.page, ())}
    return {visible(tell_limit(key, codes, len(codes), data.catalog)) for key, codes in listed.items() if codes}
