"""Read what stands above an article's first paragraph: title, subtitle, byline, outlet, dates, address, section."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digest.ingest.dates import Found, find_dates, strip_weekdays
from digest.ingest.junk import address_of, ends_sentence
from digest.ingest.names import byline_of, looks_like_outlet, looks_like_person
from digest.ingest.raw import Dropped
from digest.ingest.sift import fold
from digest.models import When
from digest.settings import is_address

__all__ = ["Header", "meta_of", "read_header"]

_ZONE = 14
"""Lines that can stand above the first paragraph, at most."""
_TITLE = 400
"""A title's length, at most."""
_SENTENCE = 160
"""From here on a first line that ends as a sentence does is a paragraph, not a title."""
_UPDATED = re.compile(r"(?:last )?(?:updated?|modified|edited|güncelle\w*|son güncelleme|обновлено|изменено|actualizad[oa]|aktualisiert|zuletzt geändert|mis à jour|modifié|تحديث|آخر تحديث|aggiornato|atualizado)",
                      re.IGNORECASE)
_LABEL = re.compile(r"\b(?:(?:first |originally )?published|posted|date|issued|released|publication date|created|on|at|le|el|am|vom|yayın(?:lanma|lama)?(?: tarihi)?|tarih|giriş|eklenme|опубликовано|дата|publicado|fecha|"
                    r"veröffentlicht|stand|publié|نشر(?: في)?|تاريخ(?: النشر)?|pubblicato|il|г|года|uhr|local time)\b", re.IGNORECASE)
_REPOSTED = re.compile(r"\b(?:re-?posted|re-?published|reprinted|yeniden yayın\w*|перепечат\w*|republicado|repris)\b", re.IGNORECASE)
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
    dropped: tuple[Dropped, ...] = ()
    body: tuple[str, ...] = field(default=())
    """The lines that are left."""


def meta_of(line: str) -> Meta | None:
    """Return what a line of names, dates and addresses tells; None for any other line, above all for a sentence."""
    if len(line) > 2_500 or (len(line) > 300 and "://" not in line):
        return None
    if authors := byline_of(line):
        return Meta(authors=authors)
    fields = [part for part in _FIELD.split(line) if part.strip()]
    url = next((match["url"] for part in fields if (match := address_of(part)) and is_address(match["url"])), None)
    dates = list(find_dates(line))
    if not dates and not url:
        return None
    rest = [_without_dates(part) for part in fields if not address_of(part)]
    names = tuple(name for name in rest if name)
    if any(not _is_name(name) for name in names) and not (url and len(fields) > 2):
        return None
    authors = tuple(author for name in names for author in byline_of(name))
    names = tuple(name for name in names if not byline_of(name))
    return Meta(_stated(line, dates), bool(_REPOSTED.search(line)), names, authors, url, bool(dates and line[:dates[0].start].endswith("(")))


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


def _is_name(name: str) -> bool:
    return len(name) <= 80 and len(name.split()) <= 7 and not ends_sentence(name) and not name[:1].islower()


def read_header(lines: Sequence[str], title: str | None = None) -> Header:
    """Part the lines above the first paragraph from the body, and read them."""
    zone = _zone(lines, title)
    metas = {at: meta for at in range(zone) if at or title is not None or zone > 1 if (meta := meta_of(lines[at]))}
    others = [at for at in range(zone) if at not in metas]
    given = title is not None
    at_title = None if given else _title_at(lines, others)
    title = title if at_title is None else _unmarked(lines[at_title])
    copies = {at for at in others if _is_copy(_unmarked(lines[at]), title)}
    header = _of_metas([metas[at] for at in sorted(metas)])
    loose = [at for at in others if at not in copies]
    first = min(copies, default=-1)
    above = {at for at in loose if at < first and _is_label(lines[at])}
    at_subtitle = _subtitle_at(lines, loose, first, metas, copies, given=given)
    used = copies | above | set(metas) | ({at_subtitle} if at_subtitle is not None else set())
    return replace(
        header, title=title, subtitle=_unmarked(lines[at_subtitle]) if at_subtitle is not None else None, **_section(lines, sorted(above)),
        dropped=tuple(Dropped("title" if at in copies else "header", lines[at]) for at in sorted(used)),
        body=tuple(line for at, line in enumerate(lines) if at not in used and not (at < _ZONE and _is_copy(line, title))),
    )


def _zone(lines: Sequence[str], title: str | None) -> int:
    """Return how many lines stand above the body: up to the first paragraph, or the last header line after a subtitle."""
    start = 0 if title is not None else 1
    prose = next((at for at in range(start, len(lines)) if _is_prose(lines[at]) and not meta_of(lines[at])), len(lines))
    if prose < len(lines) and prose == start and len(lines[prose]) <= 300:
        after = [at for at in range(prose + 1, min(prose + 4, len(lines))) if meta_of(lines[at])]
        beyond = next((at for at in range(prose + 1, len(lines)) if _is_prose(lines[at])), len(lines))
        prose = after[-1] + 1 if after and after[-1] < beyond else prose
    return min(prose, _ZONE)


def _is_prose(line: str) -> bool:
    wide = sum(c > "\u2e80" for c in line[:100])
    return (ends_sentence(line) and len(line) + 2 * wide >= 60) or len(line) > _TITLE


def _unmarked(line: str) -> str:
    found = _MARKED.match(line)
    return (found["heading"] or found["bold"]).strip() if found else line


def _title_at(lines: Sequence[str], others: Sequence[int]) -> int | None:
    """Return which line is the title: one marked as such, one printed twice, else the first that is not a mere label."""
    usable = [at for at in others if len(lines[at]) <= _TITLE]
    marked = (at for at in usable if _MARKED.match(lines[at]))
    folded = [fold(line[:_TITLE]) for line in lines[:_ZONE]]
    twice = (at for at in usable if folded.count(folded[at]) > 1 and len(folded[at].split()) > 1)
    long = (at for at in usable if not _is_label(lines[at]))
    found = next((at for choice in (marked, twice, long, iter(usable)) for at in choice), None)
    if found is None or (found == 0 and len(lines[0]) > _SENTENCE and ends_sentence(lines[0]) and folded.count(folded[0]) == 1):
        return None
    return found


def _is_copy(line: str, title: str | None) -> bool:
    return title is not None and len(line) <= len(title) + 20 and fold(line) == fold(title)


def _is_label(line: str) -> bool:
    return len(line) <= 40 and len(line.split()) <= 3 and not ends_sentence(line)


def _section(lines: Sequence[str], above: Sequence[int]) -> dict[str, object]:
    labels = [part.strip() for at in above for part in re.split(r"[,/|›>»]", lines[at]) if part.strip()]
    return {"section": labels[0]} if len(labels) == 1 else {"tags": tuple(labels)}


def _subtitle_at(lines: Sequence[str], loose: Sequence[int], first: int, metas: dict[int, Meta], copies: set[int], *, given: bool) -> int | None:
    """Return which line is the subtitle: the one right below the title that is no label and comes before byline and date."""
    last = max([*metas, *copies], default=-1)
    for at in loose:
        if at <= first or len(lines[at].split()) < 4:
            continue
        in_place = all(between in copies for between in range(first + 1, at)) or at < last
        return at if in_place and (at < last or not (given or ends_sentence(lines[at]))) else None
    return None


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
