"""Find when things happened: sentences of a topic's articles that name a day, month or year, brought together by what they name.

The day on which an article was published is no event. A date of another affair is left out: its sentence, or the paragraph, must name
what the topic's texts have in common. So are what is still to come, weeks, ends of times, and dates that are part of a name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from digest.compare.copies import carried
from digest.compare.profiles import Profile, profile_sentences
from digest.dates.stated import StatedDate, stated_dates
from digest.findings import Dated
from digest.models import Article, Citation, Sentence, Text
from digest.names.places import countries
from digest.readable import inside_quotation, readability, word_count
from digest.terms import latin, skeleton
from digest.words import base_language, stems

__all__ = ["find_dated"]

MOST = 12
"""Entries of a topic; those that fewer texts name, or that are farther from what it is about, are left out."""
A_DATE = 2
"""Entries of one date."""
OFTEN = 2
"""A name that the only text in its language has so often, or in its title, is one of the topic's."""
SETTLED = 7
"""Days after which all texts of a topic that name a day mean by it what happened then, and no longer each its own news."""
FEWEST, ALIKE = 2, 3
"""Terms that two sentences share if they tell the same of a day that is settled, and of one that is not."""
_BONES = 3
"""Consonants by which names of two languages are compared: endings differ."""
SHARE = 0.3
"""Of the terms of the shorter of two sentences on a day that is not settled."""
_BARELY = 0.1
"""How well a sentence reads that is whole and yet points at another; it is shown for a day only."""
SHORTEST, LONGEST = 5, 60
"""Words of a sentence that is shown."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence that tells when something happened."""

    text: int
    """The number of its text."""
    profile: Profile
    stated: StatedDate
    core: int
    """How many of the topic's names it has."""
    readable: float

    @property
    def article(self) -> Article:
        return self.profile.article

    @property
    def date(self) -> str:
        return self.stated.date or ""


Group = list[_Told]
"""Sentences of different texts that tell the same of one date, the clearest first."""


def find_dated(texts: Sequence[Text]) -> tuple[Dated, ...]:
    """Return when things happened according to the texts of one topic, newest first."""
    core = _core(texts)
    told = [one for number, text in enumerate(texts) for one in _tell(number, text.articles[0], core)]
    told = [one for one in _with_years(told, _known_days(texts, told)) if one.date]
    by_date: defaultdict[str, list[_Told]] = defaultdict(list)
    for one in _clearest(told):
        by_date[one.date].append(one)
    groups = [group for day in sorted(by_date) for group in _groups(by_date[day])]
    chosen = _choose([group for group in groups if not _is_told_closer(group, groups)])
    newest = sorted(chosen, key=lambda group: (group[0].date, len(group)), reverse=True)
    return tuple(_dated(group, texts) for group in newest)


def _core(texts: Sequence[Text]) -> Mapping[str, frozenset[str]]:
    """Return by language the names that most of its texts have in common; of a single text those that it has often."""
    counts: defaultdict[str, list[Counter[str]]] = defaultdict(list)
    for text in texts:
        article = text.articles[0]
        names = Counter(name for profile in profile_sentences(article) for name in profile.names)
        titled = {name: OFTEN for name in stems(article.title, article.lang) if name in names}
        counts[base_language(article.lang)].append(names | Counter(titled))
    return {lang: _common(found) for lang, found in counts.items()}


def _common(counts: Sequence[Mapping[str, int]]) -> frozenset[str]:
    if len(counts) == 1:
        return frozenset(name for name, count in counts[0].items() if count >= OFTEN)
    having = Counter(name for count in counts for name in count)
    return frozenset(name for name, texts in having.items() if texts >= max(2, ceil(len(counts) / 2)))


def _tell(number: int, article: Article, core: Mapping[str, frozenset[str]]) -> Iterator[_Told]:
    """Yield the sentences of an article that tell when something of the topic happened, once a date."""
    names, found = core[base_language(article.lang)], stated_dates(article)
    if not found:
        return
    profiles = profile_sentences(article)
    around: defaultdict[int, set[str]] = defaultdict(set)
    for profile in profiles:
        around[profile.sentence.paragraph] |= profile.names & names
    for profile in profiles:
        sentence = profile.sentence
        within = [one for one in found if sentence.start <= one.start and one.end <= sentence.end and _is_event(one, article)
                  and not _is_dateline(one, sentence, article)]
        own = len(profile.names & names)
        if within and (own or len(around[sentence.paragraph]) > 1) and (readable := _readable(article, sentence)):
            yield from (_Told(number, profile, one, own, readable) for one in within
                        if not _is_implied(one, within) and (readable > _BARELY or _is_precise(one)))


def _is_precise(one: StatedDate) -> bool:
    """Return whether a date is a day, with its year or without."""
    return one.date.count("-") == 2 if one.date else bool(one.day_of_year and one.day_of_year[1])


def _is_event(one: StatedDate, article: Article) -> bool:
    """Return whether a date says when something happened."""
    happened = one.role in ("when", "said") or (one.role == "since" and _is_precise(one))
    return happened and not one.future and not one.week and not inside_quotation(article.text, one.start)


def _is_dateline(one: StatedDate, sentence: Sentence, article: Article) -> bool:
    """Return whether a date that opens a text in figures is that of its publication."""
    written = one.basis == "stated" or one.day_of_year is not None
    published = article.published.day.isoformat() if article.published else None
    return sentence.index == 0 and one.start == sentence.start and written and one.date == published


def _is_implied(one: StatedDate, others: Sequence[StatedDate]) -> bool:
    """Return whether another date of the sentence says the same more closely, or says when that happened which was said on this one."""
    said = one.role == "said" and any(other.role == "when" and other.date != one.date for other in others)
    return said or any(one.date and other.date and len(other.date) > len(one.date) and other.date.startswith(one.date) for other in others)


def _readable(article: Article, sentence: Sentence) -> float:
    """Return how well a sentence reads alone; a little where it points at another but is whole, 0 where it is not."""
    text = article.text[sentence.start:sentence.end]
    whole = text[-1] in ".!。।؟”»\"" and not text[0].islower() and not inside_quotation(article.text, sentence.start)
    return readability(article, sentence) or (_BARELY if whole and SHORTEST <= word_count(text) <= LONGEST else 0.0)


def _known_days(texts: Sequence[Text], told: Sequence[_Told]) -> list[date]:
    """Return the days around which a topic's news are: of publication, and those that were counted from them."""
    published = [text.articles[0].published.day for text in texts if text.articles[0].published]
    return published + [date.fromisoformat(one.date) for one in told if one.stated.basis == "published" and len(one.date) == 10]


def _with_years(told: Sequence[_Told], known: Sequence[date]) -> Iterator[_Told]:
    """Yield the sentences with the years that others tell, those of undated articles only if no other year is possible."""
    years: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    sure: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for one in told:
        if len(one.date) == 10:
            day = date.fromisoformat(one.date)
            years[day.month, day.day].add(day.year)
            if one.stated.year_told and (one.stated.day_of_year or one.stated.basis == "stated"):
                sure[day.month, day.day].add(day.year)
    for one in told:
        stated = one.stated.day_of_year
        if stated is None or one.stated.year_told:
            yield one
        elif one.date:
            yield _confirmed(one, sure[stated])
        elif one.article.published is None:
            possible = years[stated] or _nearest_years(stated, known)
            yield _in_year(one, possible.copy().pop()) if len(possible) == 1 else one


def _confirmed(one: _Told, told: set[int]) -> _Told:
    """Return a sentence whose year is the nearest, resting on the one that other articles tell; without a date where they differ."""
    if not told:
        return one
    return _in_year(one, int(one.date[:4])) if told == {int(one.date[:4])} else replace(one, stated=replace(one.stated, date=None))


def _nearest_years(stated: tuple[int, int], known: Sequence[date]) -> set[int]:
    """Return the years in which a day lies nearest to each of the days around which the news are."""
    month, day = stated
    return {min((abs((date(year, month, min(day or 15, 28)) - around).days), year) for year in range(around.year - 1, around.year + 2))[1]
            for around in known}


def _in_year(one: _Told, year: int) -> _Told:
    month, day = one.stated.day_of_year or (1, 0)
    shown = f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"
    return replace(one, stated=replace(one.stated, date=shown, basis="other-article"))


def _clearest(told: Sequence[_Told]) -> Iterator[_Told]:
    """Yield for each text and date the sentence that reads best, the first of those."""
    best: dict[tuple[int, str], _Told] = {}
    for one in told:
        known = best.get((one.text, one.date))
        if known is None or one.readable > known.readable:
            best[one.text, one.date] = one
    yield from best.values()


def _groups(told: Sequence[_Told]) -> list[Group]:
    """Return the sentences of one date by what they tell of it."""
    groups: list[Group] = []
    for one in sorted(told, key=lambda one: (-one.readable, one.article.order)):
        home = next((group for group in groups if any(_tell_the_same(one, other) for other in group)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    return groups


def _tell_the_same(one: _Told, other: _Told) -> bool:
    if base_language(one.article.lang) != base_language(other.article.lang):
        return len(_bones(one.profile) & _bones(other.profile)) >= ALIKE
    a, b = _terms(one.profile), _terms(other.profile)
    shared = len(a & b)
    if len(one.date) == 10 and (_is_settled(one) or _is_settled(other)):
        return shared >= FEWEST
    return shared >= ALIKE and shared >= SHARE * min(len(a), len(b))


def _is_settled(one: _Told) -> bool:
    published = one.article.published
    return published is None or (published.day - date.fromisoformat(one.date)).days > SETTLED


def _terms(profile: Profile) -> frozenset[str]:
    """Return the terms of a sentence and the countries that it names, without its numbers and months."""
    quote = profile.article.text[profile.sentence.start:profile.sentence.end]
    return frozenset(term for term in profile.terms if term[0] not in "#@") | countries(quote, profile.article.lang)


def _bones(profile: Profile) -> frozenset[str]:
    """Return what a sentence has in common with those that say the same in other languages: its names and larger numbers."""
    names = (skeleton(latin(name)) for name in profile.names)
    numbers = (term for term in profile.terms if term[0] == "#" and len(term) > 2)
    return frozenset([name[:_BONES] for name in names if len(name) >= _BONES] + list(numbers))


def _is_told_closer(group: Group, groups: Sequence[Group]) -> bool:
    """Return whether sentences that name a month or year tell what others tell of a day of it."""
    when = group[0].date
    closer = [other for other in groups if len(other[0].date) > len(when) and other[0].date.startswith(when)]
    return any(len(_terms(one.profile) & _terms(other.profile)) >= FEWEST for near in closer for other in near for one in group)


def _choose(groups: Sequence[Group]) -> list[Group]:
    """Return the groups that most texts tell, then those that are closest to what the topic is about, then those of days."""
    ranked = sorted(groups, key=lambda group: (-len(group), -max(one.core for one in group), -len(group[0].date), group[0].article.order))
    dates, chosen = Counter[str](), list[Group]()
    for group in ranked:
        dates[group[0].date] += 1
        if dates[group[0].date] <= A_DATE:
            chosen.append(group)
    return chosen[:MOST]


def _dated(group: Group, texts: Sequence[Text]) -> Dated:
    """Return an entry of the timeline, with the copies that carry its sentences word for word and mean the same date by them."""
    cited = [(one.stated.basis, Citation.of(one.article, one.profile.sentence), _span(one.article, one.stated)) for one in group]
    copies = [(basis, *copy) for one, (basis, sentence, words) in zip(group, cited, strict=True)
              for copy in carried(sentence, words, texts[one.text].articles[1:]) if _means_the_same(copy[1], one.stated)]
    bases, sentences, spans = zip(*cited, *copies, strict=True)
    return Dated(group[0].date, bases, sentences, spans)


def _means_the_same(words: Citation, stated: StatedDate) -> bool:
    """Return whether the words of a copy, counted from its own day, mean a date too: "Friday" is another one two months later."""
    own = next((one for one in stated_dates(words.article) if (one.start, one.end) == words.span), None)
    if own is None or own.day_of_year != stated.day_of_year:
        return False
    return stated.basis == "other-article" or (own.date, own.basis) == (stated.date, stated.basis)


def _span(article: Article, stated: StatedDate) -> Citation:
    return Citation(article, stated.start, stated.end, article.text[stated.start:stated.end])
