"""Find where an article holds names: runs of words with a capital where none is due, without titles, and what stands around them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from digest.days import calendar_words
from digest.lists import load_lists
from digest.models import Article, Citation
from digest.names.places import find_places
from digest.terms import LONGEST_NAME, function_words, names_of
from digest.words import base_language, fold, split_whole

__all__ = ["Key", "Mention", "NameLists", "are_short_forms", "find_mentions", "name_lists"]

_JOINS = (" ", "-", "\u2011")
"""What stands between the words of one name."""
_SHORT_JOINS = (". ", "'", "’")
"""The same after a single letter."""
_BEFORE = (" ", ". ", "'", "’")
"""What stands between a name and the word before it that belongs to it."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands."""

    article: Article
    start: int
    end: int
    key: Key
    """Its words, folded."""
    hint: str
    """What the words around it say it is: `person`; `said` for perhaps one, `the` for none, `in` for perhaps a place; or nothing."""
    joins: tuple[str, ...]
    """What stands between its words."""
    sentence: int
    """Where its sentence starts."""
    quote: str
    """Its words as they stand."""

    @property
    def cited(self) -> Citation:
        """The words of the name themselves."""
        return Citation(self.article, self.start, self.end, self.quote)

    def word(self, number: int) -> Citation:
        """Cite one word of the name, by its number; negative ones count from the end."""
        at = number % len(self.key)
        parts = split_whole(self.quote)
        start = self.start + sum(map(len, parts[:2 * at + 1]))
        return Citation(self.article, start, start + len(parts[2 * at + 1]), parts[2 * at + 1])


@dataclass(frozen=True, slots=True)
class NameLists:
    """The lists of one language; `names.yml` tells what each holds."""

    titles: frozenset[str]
    around: frozenset[str]
    said: frozenset[str]
    organizations: frozenset[str]
    places: frozenset[str]
    articles: frozenset[str]
    before: frozenset[str]


@lru_cache(maxsize=64)
def name_lists(lang: str) -> NameLists:
    """Return what the words around names say in a language, without region."""
    block = load_lists("names").get(lang, {})
    return NameLists(*(frozenset(word for phrase in block.get(name, ()) for word in phrase.split())
                    for name in ("titles", "around", "said", "organizations", "places", "articles", "in")))


@lru_cache(maxsize=1)
def _short_forms() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for block in load_lists("names").values() for line in block.get("short", ()))


def are_short_forms(one: str, other: str) -> bool:
    """Return whether two given names, folded, may be one: `bill` and `william`."""
    return any(one in forms and other in forms for forms in _short_forms())


@lru_cache(maxsize=4096)
def find_mentions(article: Article) -> tuple[Mention, ...]:
    """Return where an article's text holds names, in order, without titles and words of the calendar; none in scripts without capitals."""
    parts = split_whole(article.text)
    named = names_of(article)
    lists, skipped = name_lists(base_language(article.lang)), _skipped(article.lang)
    ends = list(accumulate(map(len, parts)))
    starts = [sentence.start for sentence in article.sentences] or [0]
    capital = [at for at in range(1, len(parts), 2) if parts[at][0].isupper() and (parts[at].lower() in named or _has_initial(parts, at))]
    mentions = []
    for first, last in _runs(parts, capital):
        bare = _strip(parts, first, last, lists, skipped)
        if bare and any(len(parts[at]) > 1 for at in range(bare[0], bare[1] + 1, 2)):
            start, end = ends[bare[0]] - len(parts[bare[0]]), ends[bare[1]]
            key = tuple(_folded(word) for word in parts[bare[0]:bare[1] + 1:2])
            sentence = starts[max(0, bisect_right(starts, start) - 1)]
            joins = tuple(parts[bare[0] + 1:bare[1]:2])
            mentions.append(Mention(article, start, end, key, _hint(parts, first, bare, lists), joins, sentence, article.text[start:end]))
    return tuple(mention for mention in mentions if not _names_people(mention.quote, article.lang))


_folded = lru_cache(maxsize=100_000)(fold)


@lru_cache(maxsize=64)
def _skipped(lang: str) -> frozenset[str]:
    """Return the words that neither begin nor end a name."""
    return calendar_words(lang) | function_words(lang) | name_lists(base_language(lang)).around


def _has_initial(parts: Sequence[str], at: int) -> bool:
    """Return whether a word is an initial within a name, or stands right after one: "Raj K. Sarn", "O'Dell"."""
    if len(parts[at]) == 1:
        return parts[at + 1] in _SHORT_JOINS and parts[at - 1] == " "
    return at > 2 and len(parts[at - 2]) == 1 and parts[at - 2].isupper() and parts[at - 1] in _SHORT_JOINS and parts[at - 3] == " "


def _runs(parts: Sequence[str], capital: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each run of names; an initial with its full stop belongs to it."""
    first = last = -1
    for at in capital:
        joined = parts[at - 1] in _JOINS or (parts[at - 1] in _SHORT_JOINS and len(parts[at - 2]) == 1)
        if last == at - 2 and last > 0 and joined and at - first < 2 * (LONGEST_NAME + 3):
            last = at
            continue
        if last > 0:
            yield first, last
        first = last = at
    if last > 0:
        yield first, last


def _strip(parts: Sequence[str], first: int, last: int, lists: NameLists, skipped: frozenset[str]) -> tuple[int, int] | None:
    """Return a run without titles before it and words that belong to no name; None where nothing is left."""
    titles = [at for at in range(first, last + 1, 2) if parts[at].lower() in lists.titles and parts[at - 1] != "-"]
    if titles and titles[-1] < last and not any(parts[at].lower() in lists.organizations for at in range(titles[-1], last + 1, 2)):
        first = titles[-1] + 2
    while first <= last and parts[first].lower() in skipped:
        first += 2
    while last >= first and ((lowered := parts[last].lower()) in skipped or lowered in lists.titles):
        last -= 2
    return (first, last) if first <= last and last - first < 2 * LONGEST_NAME else None


def _hint(parts: Sequence[str], first: int, bare: tuple[int, int], lists: NameLists) -> str:
    """Return what the words right around a name say it is."""
    before = parts[bare[0] - 2].lower() if bare[0] > 2 and parts[bare[0] - 1] in _BEFORE else ""
    after = parts[bare[1] + 2].lower() if bare[1] + 2 < len(parts) and parts[bare[1] + 1] == " " else ""
    if before in lists.titles:
        return "person"
    if before in lists.articles:
        return "the"
    if after in lists.said or before in lists.said:
        return "said"
    return "in" if before in lists.before and bare[0] == first else ""


@lru_cache(maxsize=20_000)
def _names_people(quote: str, lang: str) -> bool:
    """Return whether all words name peoples: these are no names of their own."""
    named = sum(place.end - place.start for place in find_places(quote, lang) if place.kind == "people")
    return named > 0 and named >= len(quote) - quote.count("-") - quote.count(" ")
