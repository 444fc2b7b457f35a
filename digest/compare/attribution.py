"""Find whom a sentence rests on, where it says so: "according to the ministry", "the ministry announced that"."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from digest.lists import load_lists
from digest.models import Citation
from digest.phrases import Token, phrases, plain_words, tokenize, unquoted
from digest.words import base_language, stem

__all__ = ["find_source", "telling_span"]

_LONGEST = 8
"""Words of the longest source."""
_LEADING = 3
"""Words in small letters that may stand before the noun or name of a source."""
_TRAILING = 2
"""Words in small letters that may end it, where it ends its clause: "UN estimates"."""
_PHRASE = 4
"""Words of the longest phrase in `attribution.yml`."""
_BREAKS = frozenset(",;:،؛()[]—–…!?\"“”„«»‹›「」")
"""What parts a source from what else a sentence says."""

Span = tuple[int, int]
Openings = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Speech:
    """The lists of one language; `attribution.yml` tells what each holds."""

    according: Openings
    opening: Openings
    after: Openings
    say: Openings
    tell: Openings
    addressed: Openings
    that: Openings
    articles: Openings
    ends: Openings
    never: Openings
    skip: Openings
    joins: Openings
    common: frozenset[str]
    """Stems."""
    starts: frozenset[str]
    """The words with which the phrases begin that can tell of a source."""
    verb: str


@lru_cache(maxsize=64)
def _speech(lang: str) -> _Speech | None:
    block = load_lists("attribution").get(lang)
    if block is None:
        return None
    lists = {field.name: frozenset(tuple(t.word for t in tokenize(line)) for line in block.get(field.name, ()))
             for field in fields(_Speech) if field.name not in ("common", "starts", "verb")}
    starts = frozenset(phrase[0] for name in ("according", "opening", "after", "say", "tell") for phrase in lists[name])
    return _Speech(**lists, common=frozenset(stem(word, lang) for word in block.get("common", ())), starts=starts,
                   verb=block.get("verb", "beside"))


def find_source(cited: Citation) -> Citation | None:
    """Return the words of a sentence that name whom it rests on; None where it does not say, or says it with a pronoun."""
    found = _found(cited.quote, base_language(cited.article.lang))
    if found is None:
        return None
    span, _ = found
    return Citation(cited.article, cited.start + span[0], cited.start + span[1], cited.quote[span[0]:span[1]])


def telling_span(text: str, lang: str) -> Span | None:
    """Return where a sentence tells whom it rests on: the source with all that is said of it, and the verb; None where it doesn't."""
    found = _found(text, base_language(lang))
    return found[1] if found else None


@lru_cache(maxsize=20_000)
def _found(text: str, lang: str) -> tuple[Span, Span] | None:
    """Return where a sentence names its source, and where it tells of it; what is said inside its quotations does not count."""
    speech = _speech(lang)
    if speech is None or speech.starts.isdisjoint(plain_words(text)):
        return None
    tokens = unquoted(text)
    return _Sentence(text, lang, speech, tokens).source() if tokens else None


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    lang: str
    speech: _Speech
    tokens: Sequence[Token]

    def source(self) -> tuple[Span, Span] | None:
        """Return the source named with "according to", else that of the first verb of saying; and what tells of it."""
        places = [at for at, token in enumerate(self.tokens) if token.word in self.speech.starts]
        for at in places:
            size = self._size(at, self.speech.according) or self._opening(at)
            if size and not self._breaks(at + size) and (found := self._noun(at + size)):
                return found, self._span(at, self._clause_end(at + size) - 1)
            if self._size(at, self.speech.after) and (found := self._before(at)):
                return found, self._with(found, at, 1)
        for at in places:
            sure = self._size(at, self.speech.say)
            size = sure or self._size(at, self.speech.tell)
            if size:
                if self._is_pronoun(at - 1) or (self._breaks(at) and self._is_pronoun(at + size) and self._breaks(at + size + 1)):
                    return None
                if found := self._sayer(at, size, sure=bool(sure)):
                    return found, self._with(found, at, size)
        return None

    def _with(self, found: Span, at: int, size: int) -> Span:
        """Return the span from a source to its verb and what is said of it, whichever comes first."""
        start, end = self._span(at, at + size - 1)
        if found[0] < start:
            return found[0], end
        last = next((place for place, token in enumerate(self.tokens) if token.end == found[1]), at)
        while last + 1 < len(self.tokens) and self.text[self.tokens[last].end:self.tokens[last + 1].start].strip() in ("", ","):
            last += 1
        return start, self.tokens[last].end

    def _sayer(self, at: int, size: int, *, sure: bool) -> Span | None:
        """Return who says something by the verb at a place."""
        if self.speech.verb == "last":
            return self._first() if at + size == len(self.tokens) else None
        if self.speech.verb == "first":
            return self._noun(at + size, bare=True)
        introduces = bool(self._size(at + size, self.speech.that)) or self._breaks(at + size)
        subject = self._before(at)
        turned = self.speech.verb == "second" and at == 1 and self._begins(at + size)
        if subject and not turned and (sure or introduces or self._is_named(subject)):
            return subject
        if not (self._breaks(at) or self.speech.verb == "either"):
            return None
        found = None if self._size(at, self.speech.addressed) else self._noun(at + size)
        if found and self._closes(found):
            return found
        return self._apart(at) if self._breaks(at) and (sure or introduces) else None

    def _before(self, at: int) -> Span | None:
        """Return the source that stands right before a place and has its clause to itself."""
        last = at - 1
        while last >= 0 and not self._breaks(last + 1) and self._size(last, self.speech.skip):
            last -= 1
        if last < 0 or self._breaks(last + 1):
            return None
        first = last
        while first > 0 and not self._breaks(first) and last - first < _LONGEST:
            first -= 1
        return self._checked(first, last) if self._breaks(first) else None

    def _apart(self, at: int) -> Span | None:
        """Return the source that begins the sentence, with something between commas after it."""
        end = next((place for place in range(1, at) if self._breaks(place)), 0)
        if not end or end == at or self.text[:self.tokens[0].start].strip():
            return None
        found = self._checked(0, end - 1)
        return found if found and end <= _LEADING + 1 and self._is_capital(end - 1) else None

    def _first(self) -> Span | None:
        """Return the source that begins a sentence whose verb ends it."""
        end = next((place for place in range(1, len(self.tokens)) if self._breaks(place)), 0)
        run = next((place for place in range(len(self.tokens)) if not self._is_capital(place)), 0)
        last = (end if end and end <= _LONGEST and self._checked(0, end - 1) else run if run > 1 else 0) - 1
        if last < 0 or any(mark in self.tokens[last].word for mark in "'’") or not (last or end == 1):
            return None
        return self._checked(0, last)

    def _checked(self, first: int, last: int) -> Span | None:
        """Return the span of these words if they can be a source: few, without a verb or a pronoun, a name or a noun that speaks."""
        words = range(first, last + 1)
        if len(words) > _LONGEST or any(self._size(at, self.speech.never) or self._is_pronoun(at) for at in words):
            return None
        phrases_of_saying = self.speech.say | self.speech.tell | self.speech.according | self.speech.opening
        if any(self._size(at, phrases_of_saying) for at in words):
            return None
        known = any(self._is_common(at) or (self._is_capital(at) and at) for at in words)
        return self._span(first, last) if known or (first == 0 and self._is_capital(first) and len(words) == 1) else None

    def _noun(self, at: int, *, bare: bool = False) -> Span | None:
        """Return the source that starts at a place: articles and adjectives, then names and nouns and what joins them."""
        end = self._clause_end(at)
        if bare:
            return self._span(at, end - 1) if 0 < end - at <= _LONGEST else None
        head = next((place for place in range(at, min(end, at + _LEADING + 1)) if self._is_capital(place) or self._is_common(place)), -1)
        refused = self.speech.never | self.speech.say | self.speech.skip
        if head < 0 or any(self._is_pronoun(place) or self._size(place, refused) for place in range(at, head + 1)):
            return None
        last = head
        while (following := self._continued(last, end)) and following - at < _LONGEST:
            last = following
        rest = range(last + 1, end)
        whole = len(rest) <= _TRAILING and not any(self._size(p, self.speech.skip | self.speech.articles | self.speech.never) for p in rest)
        return self._span(at, end - 1 if whole else last)

    def _continued(self, last: int, end: int) -> int:
        """Return the next word of a name, or of another that is joined to it; 0 where it ends."""
        at = last + 1
        while at < min(end, last + 3) and self._size(at, self.speech.joins):
            at += 1
        return at if at < end and (self._is_capital(at) or self._is_common(at)) else 0

    def _clause_end(self, at: int) -> int:
        """Return the first place from one on at which a source has ended."""
        for place in range(at, len(self.tokens)):
            if (place > at and self._breaks(place)) or self._size(place, self.speech.ends) or self._size(place, self.speech.that):
                return place
        return len(self.tokens)

    def _closes(self, span: Span) -> bool:
        """Return whether a source ends its clause, but for words such as "on Monday"."""
        at = next((place for place, token in enumerate(self.tokens) if token.start >= span[1]), len(self.tokens))
        return at == len(self.tokens) or self._breaks(at) or bool(self._size(at, self.speech.skip))

    def _opening(self, at: int) -> int:
        """Return the words of a phrase that means "according to" only where it begins a clause."""
        size = self._size(at, self.speech.opening) if at == 0 or self._breaks(at) else 0
        following = at + size < len(self.tokens) and (self._is_capital(at + size) or self._size(at + size, self.speech.articles))
        return size if following else 0

    def _begins(self, at: int) -> bool:
        """Return whether a source may begin at a place."""
        return at < len(self.tokens) and not self._breaks(at) and (
            self._is_capital(at) or self._is_common(at) or bool(self._size(at, self.speech.articles)))

    def _is_named(self, span: Span) -> bool:
        words = [at for at, token in enumerate(self.tokens) if span[0] <= token.start < span[1]]
        return self._is_capital(words[-1]) or self._is_common(words[-1])

    def _is_capital(self, at: int) -> bool:
        return self.text[self.tokens[at].start].isupper()

    def _is_common(self, at: int) -> bool:
        return stem(self.tokens[at].word, self.lang) in self.speech.common

    def _is_pronoun(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and (self.tokens[at].word,) in phrases(self.lang).pronouns

    def _size(self, at: int, listed: Openings) -> int:
        """Return the number of words of the longest of these phrases that stands at a place; 0 where none does."""
        words = tuple(token.word for token in self.tokens[at:at + _PHRASE]) if at >= 0 else ()
        return next((size for size in range(len(words), 0, -1) if words[:size] in listed), 0)

    def _breaks(self, at: int) -> bool:
        """Return whether something other than blanks parts a word from the one before it; true at both ends."""
        if not 0 < at < len(self.tokens):
            return True
        return not _BREAKS.isdisjoint(self.text[self.tokens[at - 1].end:self.tokens[at].start])

    def _span(self, first: int, last: int) -> Span:
        return self.tokens[first].start, self.tokens[last].end
