"""Find different words for one thing: names of one place, words that take sides (`stances`), spellings of one name."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from digest.compare.align import Aligned
from digest.compare.claims import sentence_at
from digest.compare.stances import find_stances
from digest.findings import Value, Wording
from digest.models import Citation, Text
from digest.names.naming import Called, call_names, word_lists
from digest.words import UNDECLINED, base_language, fold, split

__all__ = ["find_wording"]

ALIKE = 0.3
"""How alike two sentences must be that call one thing by two names."""
_ENDING = 3
"""Letters at the end of a name that may be its case or number."""
_BRITISH = re.compile(r"s(?=[eio])|our|re$|or(?=s?$)")
_AMERICAN = {"s": "z", "our": "or", "re": "er", "or": "er"}


def find_wording(texts: Sequence[Text], aligned: Sequence[Aligned]) -> tuple[Wording, ...]:
    """Return the different words that the texts of a topic have for one thing: names, then verbs, then spellings.

    Each value is cited once an article, so that outlets can be counted; copies count with their text.
    """
    if len(texts) < 2:
        return ()
    articles = [article for text in texts for article in text.articles]
    called = call_names(tuple(sorted(articles, key=lambda a: a.order)))
    return (*_names(called, aligned), *find_stances(texts, aligned), *_spellings(called))


# names

def _names(called: Sequence[Called], aligned: Sequence[Aligned]) -> Iterator[Wording]:
    """Yield names of places and organizations that share their last word, in alike sentences, where no article has both."""
    ends: defaultdict[str, list[Called]] = defaultdict(list)
    for name in called:
        if len(name.key) > 1 and name.kind in ("place", "organization") and not name.in_table:
            ends[name.key[-1]].append(name)
    for head, names in ends.items():
        lists = word_lists(names[0].mentions)
        if len(names) > 1 and head not in lists.organizations and head not in lists.places:
            yield from _named_apart(names, aligned)


def _named_apart(names: Sequence[Called], aligned: Sequence[Aligned]) -> Iterator[Wording]:
    for one, other in combinations(names, 2):
        ones, others = ({m.article.id for m in name.mentions if m.key[-1] == name.key[-1] and len(m.key) > 1} for name in (one, other))
        if ones.isdisjoint(others) and _stand_in_alike(one, other, aligned):
            yield Wording("name", _about_names(one), tuple(_named(name) for name in sorted((one, other), key=_used_by)))


def _stand_in_alike(one: Called, other: Called, aligned: Sequence[Aligned]) -> bool:
    """Return whether two names stand in two sentences that are alike."""
    ones, others = ({(m.article.id, m.sentence) for m in name.mentions if len(m.key) > 1} for name in (one, other))
    pairs = [((p.one.article.id, p.one.start), (p.other.article.id, p.other.start)) for p in aligned if p.score >= ALIKE]
    return any((a in ones and b in others) or (a in others and b in ones) for a, b in pairs)


def _used_by(name: Called) -> int:
    return -len({m.article.id for m in name.mentions})


def _named(name: Called) -> Value:
    first = {m.article.id: m for m in reversed(name.mentions) if len(m.key) > 1}
    found = sorted(first.values(), key=lambda m: m.article.order)
    return Value(name.name, tuple(sentence_at(m.article, m.start) for m in found), tuple(m.cited for m in found))


def _about_names(name: Called) -> tuple[str, ...]:
    return (split(name.name)[-2],)


# spellings

def _spellings(called: Sequence[Called]) -> Iterator[Wording]:
    """Yield the names that articles of one language spell in different ways, by the last word that differs."""
    for name in called:
        for lang in dict.fromkeys(base_language(m.article.lang) for m in name.mentions):
            if lang not in UNDECLINED:  # in others another ending would look like a spelling
                continue
            variants = _variants(name, lang)
            if len(variants) > 1:
                yield Wording("spelling", (), tuple(variants))


def _variants(name: Called, lang: str) -> list[Value]:
    """Return the spellings of the last word of a name that differs by more than an ending, each with where each article has it first."""
    if len({mention.quote for mention in name.mentions}) == 1:
        return []
    for back in range(1, len(name.key) + 1):
        found: defaultdict[str, dict[str, Citation]] = defaultdict(dict)
        for mention in name.mentions:
            if base_language(mention.article.lang) == lang and len(mention.key) >= back:
                word = mention.word(-back)
                found[word.quote].setdefault(mention.article.id, word)
        kept = {word: cited for word, cited in found.items() if not any(_is_inflected(word, other) for other in found if other != word)}
        if len(kept) > 1 and len({article for cited in kept.values() for article in cited}) > 1:
            ordered = sorted(kept, key=lambda word: (-len(kept[word]), word))
            return [_spelled(word, kept[word]) for word in ordered]
    return []


def _spelled(word: str, cited: Mapping[str, Citation]) -> Value:
    return Value(word, tuple(sentence_at(c.article, c.start) for c in cited.values()), tuple(cited.values()))


def _american(word: str) -> str:
    """Return a word without what British and American spelling differ in."""
    return _BRITISH.sub(lambda found: _AMERICAN[found[0]], word)


def _is_inflected(word: str, other: str) -> bool:
    """Return whether a word is another with another ending, or in other capitals."""
    one, two = word.lower(), other.lower()
    if one == two:
        return word.isupper() or not other.isupper()
    if fold(one) == fold(two):
        return False
    if _american(one) == _american(two):
        return True
    shared = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return max(len(one), len(two)) - shared <= _ENDING and (len(one) != len(two) or one[-1] != two[-1])
