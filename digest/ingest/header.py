"""Read what stands above an article's first paragraph: title, subtitle, byline, outlet, dates, address, section."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from digest.ingest.dateline import has_dateline
from digest.ingest.dates import Found, find_dates, strip_weekdays, undecided_date
from digest.ingest.junk import address_of, ends_sentence
from digest.ingest.labels import EMAIL
from digest.ingest.names import byline_of, looks_like_outlet, looks_like_person
from digest.ingest.phrases import any_of
from digest.ingest.raw import Dropped
from digest.ingest.sift import fold
from digest.models import When
from digest.settings import is_address

__all__ = ["Header", "meta_of", "read_header"]

_ZONE = 14
"""Lines that can stand above the first paragraph, at most."""
_TITLE = 400
"""A title's length, at most."""
_SUBTITLE = 140
"""A subtitle's length, at most, where no byline or date follows it."""
_MANY = 2
"""A line of more fields than this, a date among them, is a header whatever else stands in it."""
_PHRASE = 6
"""More words than these that end as a sentence does are one."""
_SENTENCE = 160
"""From here on a first line that ends as a sentence does is a paragraph, not a title."""
_UPDATED, _REPOSTED = (re.compile(rf"\b{any_of(kind)}", re.IGNORECASE) for kind in ("updated", "reposted"))
_LABEL = re.compile(rf"\b{any_of('published')}\b", re.IGNORECASE)
_FIELD = re.compile(r"\s+[|•·]\s+|\s*\|\s*|\s+[–—]\s+")
_EDGES = " \t|•·,;:–—-/()[]*_."
_MARKED = re.compile(r"^(?:#{1,2}\s+(?P<heading>\S.*?)\s*#*|(?P<stars>\*\*|__)(?P<bold>[^*_].*?)(?P=stars))$")


@dataclass(frozen=True, slots=True)
class Meta:
    """What one line above the text tells."""

    dates: tuple[When, ...] = ()
    reposted: bool = False
    names: tuple[str, ...] = ()
    """Outlets and persons, in the order they stand."""
    authors: tuple[str, ...] = ()
    url: str | None = None
    cited: bool = False
    """Whether the date stands in parentheses after a name, as in a citation."""
    undecided: str | None = None
    """A date that can be read two ways: it is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands above the first paragraph."""

    title: str | None = None
    subtitle: str | None = None
    published: When | None = None
    reposted: When | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    """Short lines beside a date that are neither a person nor surely an outlet."""
    notes: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    body: tuple[str, ...] = field(default=())
    """The lines that are left."""


def meta_of(line: str) -> Meta | None:
    """Return what a line of names, dates and addresses tells; None for any other line, above all for a sentence."""
    if len(line) > 2_500 or (len(line) > 300 and "://" not in line):
        return None
    if authors := byline_of(line):
        return Meta(authors=authors)
    if EMAIL.fullmatch(line):
        return Meta()
    undecided = undecided_date(line)
    line = " ".join(line.replace(undecided, " ").split()) if undecided else line
    fields = [part for part in _FIELD.split(line) if part.strip()]
    url = next((url for part in fields if (url := address_of(part)) and is_address(url)), None)
    if not url and ends_sentence(line) and len(line.split()) > _PHRASE:
        return None
    dates = list(find_dates(line))
    if not dates and not url and not undecided:
        return None
    rest = [_without_dates(part) for part in fields if not address_of(part)]
    names = tuple(name for name in rest if name)
    odd = [name for name in names if not _is_name(name, alone=len(fields) == 1)]
    if not url and odd and not (dates and len(fields) > _MANY):
        return None
    names = names if url else tuple(name for name in names if name not in odd)
    authors = tuple(author for name in names for author in byline_of(name))
    names = tuple(name for name in names if not byline_of(name))
    cited = bool(dates) and line[:dates[0].start].endswith("(")
    return Meta(_stated(line, dates), bool(_REPOSTED.search(line)), names, authors, url, cited, undecided)


def _stated(line: str, dates: list[Found]) -> tuple[When, ...]:
    """Return a line's dates without those of an update."""
    ends = [0, *(found.end for found in dates)]
    return tuple(found.when for found, end in zip(dates, ends, strict=False) if not _UPDATED.search(line[end:found.start]))


def _without_dates(part: str) -> str:
    for found in reversed(list(find_dates(part))):
        part = f"{part[:found.start]} {part[found.end:]}"
    part = _REPOSTED.sub(" ", _UPDATED.sub(" ", part)) if re.search(r"\s{2}|^\s|\s$", part) else part
    bare = strip_weekdays(_LABEL.sub(" ", part)).strip(_EDGES)
    return " ".join(part.split()).strip(_EDGES) if any(map(str.isalpha, bare)) else ""


def _is_name(name: str, *, alone: bool) -> bool:
    """Return whether words beside a date can be a name: a longer one must look like an outlet's or a person's."""
    if len(name) > 80 or len(name.split()) > 7 or ends_sentence(name) or name[:1].islower():
        return False
    return not alone or len(name.split()) <= 3 or looks_like_outlet(name) or looks_like_person(name) or bool(byline_of(name))


def read_header(lines: Sequence[str], title: str | None = None) -> Header:
    """Part the lines above the first paragraph from the body, and read them; a title that is known already is only taken out."""
    size = _zone(lines, title)
    metas = {at: meta for at in range(size) if (meta := meta_of(lines[at])) and (at or title is not None or size > 1 or _is_bare(meta))}
    others = [at for at in range(size) if at not in metas]
    at_title = _title_at(lines, others) if title is None else None
    notes = _notes(lines, at_title, metas)
    title = title if at_title is None else _unmarked(lines[at_title])
    copies = {at for at in range(min(_ZONE, len(lines))) if _is_copy(_unmarked(lines[at]), title)}
    metas |= {at: Meta(names=(lines[at],)) for at in others if at not in copies and _is_outlet_line(lines, at, metas)}
    loose = [at for at in others if at not in copies and at not in metas]
    above = [at for at in loose if at < min(copies, default=-1) and _is_label(lines[at])]
    known = [*metas, *(at for at in copies if at < size)]
    below = _subtitle_at(lines, [at for at in loose if at not in above], known, given=at_title is None)
    idle = [at for at in loose if at not in above and at != below and _is_idle(lines, at, metas, copies)]
    used = copies.union(metas, above, idle, () if below is None else (below,))
    labels = _labels([lines[at] for at in above])
    return replace(
        _of_metas([metas[at] for at in sorted(metas) if at not in copies]),
        title=title,
        subtitle=None if below is None else _unmarked(lines[below]),
        section=labels[0] if len(labels) == 1 else None,
        tags=labels if len(labels) > 1 else (),
        idle=tuple(lines[at] for at in idle),
        notes=notes,
        dropped=tuple(Dropped("title" if at in copies else "label" if at in idle else "header", lines[at]) for at in sorted(used)),
        body=tuple(line for at, line in enumerate(lines) if at not in used),
    )


def _zone(lines: Sequence[str], title: str | None) -> int:
    """Return how many lines stand above the body: up to the first paragraph, or the last header line after a subtitle."""
    start = 0 if title is not None or has_dateline(lines[0] if lines else "") else 1
    prose = next((at for at in range(start, len(lines)) if _is_prose(lines[at]) and not meta_of(lines[at])), len(lines))
    if prose < len(lines) and prose == start and len(lines[prose]) <= 300:
        after = [at for at in range(prose + 1, min(prose + 4, len(lines))) if meta_of(lines[at])]
        beyond = next((at for at in range(prose + 1, len(lines)) if _is_prose(lines[at])), len(lines))
        prose = after[-1] + 1 if after and after[-1] < beyond else prose
    return min(prose, _ZONE)


def _is_prose(line: str) -> bool:
    wide = sum(c > "\u2e80" for c in line[:100])
    return (ends_sentence(line) and len(line) + 2 * wide >= 60) or len(line) > _TITLE or has_dateline(line)


def _unmarked(line: str) -> str:
    found = _MARKED.match(line)
    return (found["heading"] or found["bold"]).strip() if found else line


def _title_at(lines: Sequence[str], others: Sequence[int]) -> int | None:
    """Return which line is the title: one marked as such, one printed twice, else the first that is not a mere label."""
    usable = [at for at in others if len(lines[at]) <= _TITLE]
    marked = (at for at in usable if _MARKED.match(lines[at]))
    folded = [fold(line[:_TITLE]) for line in lines[:_ZONE]]
    twice = (at for at in usable if folded.count(folded[at]) > 1 and len(folded[at].split()) > 1)
    long = (at for at in usable if not _is_kicker(lines[at]) and at < len(lines) - 1)
    found = next((at for choice in (marked, twice, long, iter(usable)) for at in choice), None)
    if found is None or (found == 0 and len(lines[0]) > _SENTENCE and ends_sentence(lines[0]) and folded.count(folded[0]) == 1):
        return None
    return found


def _is_outlet_line(lines: Sequence[str], at: int, metas: Mapping[int, Meta]) -> bool:
    """Return whether a line is an outlet's name beside a line of dates or names."""
    beside = at - 1 in metas or at + 1 in metas
    return beside and len(lines[at]) <= 40 and not ends_sentence(lines[at]) and lines[at].istitle() and looks_like_outlet(lines[at])


def _is_idle(lines: Sequence[str], at: int, metas: Mapping[int, Meta], copies: AbstractSet[int]) -> bool:
    """Return whether a line is a mere label among lines of dates and names, or a name between one of them and the title or the text."""
    if not _is_label(lines[at]):
        return False
    if at - 1 in metas:
        return at + 1 in metas or (lines[at].istitle() and at + 1 < len(lines) and _is_prose(lines[at + 1]))
    return at - 1 in copies and at + 1 in metas and lines[at].istitle()


def _is_bare(meta: Meta) -> bool:
    """Return whether a line tells nothing but a day, or is a mail address: it is no title, even where it is all there is."""
    return not (meta.names or meta.authors or meta.url)


def _notes(lines: Sequence[str], at: int | None, metas: Mapping[int, Meta]) -> tuple[str, ...]:
    unread = [f"date left out: {meta.undecided} can be read two ways" for meta in metas.values() if meta.undecided]
    doubtful = at is not None and not _MARKED.match(lines[at]) and _is_doubtful(lines[at], lines[:_ZONE])
    return (*((f"title taken from the first line: {lines[at or 0]}",) if doubtful else ()), *unread)


def _is_doubtful(line: str, around: Sequence[str]) -> bool:
    """Return whether a title that only its place tells looks like a sentence or labels, or is very short."""
    if [fold(other[:_TITLE]) for other in around].count(fold(line)) > 1:
        return False
    wide = any(c > "\u2e80" for c in line)
    sentence = ends_sentence(line) and not wide and line[-1] not in "?!？！" and len(line.split()) > 4
    return sentence or (not wide and len(line.split()) < 3) or len(re.split(r"\s*[|›»]\s*", line)) > _MANY


def _is_copy(line: str, title: str | None) -> bool:
    return title is not None and len(line) <= len(title) + 20 and fold(line) == fold(title)


def _is_kicker(line: str) -> bool:
    return _is_label(line) and (len(line.split()) <= 2 or bool(re.search("[,/|›>»]", line)))


def _is_label(line: str) -> bool:
    return len(line) <= 40 and len(line.split()) <= 3 and not ends_sentence(line)


def _labels(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(label for line in lines for part in re.split(r"[,/|›>»]", line) if (label := part.strip()))


def _subtitle_at(lines: Sequence[str], loose: Sequence[int], known: Sequence[int], *, given: bool) -> int | None:
    """Return which line is the subtitle: right below the title, and before the byline or no sentence."""
    first, last = -1 if given else min(known, default=-1), max(known, default=-1)
    at = next((at for at in loose if at > first and len(lines[at].split()) >= 4), len(lines) - 1)
    if at < last or (at < len(lines) - 1 and not given and _is_subtitle(lines[at]) and not any(first < before < at for before in loose)):
        return at
    return None


def _is_subtitle(line: str) -> bool:
    return len(line) <= _SUBTITLE and not ends_sentence(line)


def _of_metas(metas: Sequence[Meta]) -> Header:
    authors = [author for meta in metas for author in meta.authors]
    outlet, beside = None, None
    for meta in metas:
        outlets, persons = _sorted_names(meta, has_outlet=outlet is not None)
        authors.extend(persons)
        if outlets and outlet is None:
            outlet, beside = outlets[0], next(iter(meta.dates), None)
    alone = [when for meta in metas if not meta.reposted for when in meta.dates[:1]]
    reposts = [when for meta in metas if meta.reposted for when in meta.dates[:1]]
    published = beside or next(iter(alone), None)
    reposts += [when for when in alone if beside and when.day != beside.day and when is not published]
    return Header(published=published, reposted=next(iter(reposts), None), outlet=outlet, authors=tuple(dict.fromkeys(authors)),
                  url=next((meta.url for meta in metas if meta.url), None))


def _sorted_names(meta: Meta, *, has_outlet: bool) -> tuple[list[str], list[str]]:
    """Part a line's names into outlets and persons, by their look and by their place."""
    if meta.cited and meta.names:
        return [meta.names[0]], [name for name in meta.names[1:] if looks_like_person(name)]
    if len(meta.names) >= 2 and not looks_like_outlet(meta.names[1]) and not has_outlet:
        return [meta.names[0]], list(meta.names[1:2])
    outlets = [name for name in meta.names if looks_like_outlet(name)]
    return outlets, [name for name in meta.names if name not in outlets and looks_like_person(name)]
