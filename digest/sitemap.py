"""The list of addresses for search engines (sitemaps.org), with the languages of each page; of a large site an index of several lists."""

import gzip
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from digest.content import write_file
from digest.languages import find_alternates, page_address
from digest.page_files import PageFile, told_pages
from digest.settings import Settings

__all__ = ["LARGEST", "LONGEST", "name_part", "write_sitemap"]

LONGEST, LARGEST = 50_000, 50 * 1024 * 1024
"""Addresses and bytes of a list, at most, as sitemaps.org has it."""
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""
_TAIL = "</urlset>\n"


def write_sitemap(site: Path, pages: Sequence[PageFile], settings: Settings) -> None:
    """Write the addresses of pages, plain and packed; those told in another language than their address says are left out.

    None has an address where that of the site is not known. Their day is that of SOURCE_DATE_EPOCH, which every build sets. Where they
    are too many for one list, `sitemap.xml` is an index of packed ones.
    """
    lists = list(_divide(_rows(pages, settings)))
    content = lists[0]
    if len(lists) > 1:
        for number, part in enumerate(lists, 1):
            write_file(site / name_part(number), gzip.compress(part, mtime=0))
        content = _index([f"{settings.address}{name_part(number)}" for number in range(1, 1 + len(lists))]).encode()
    write_file(site / "sitemap.xml", content)
    write_file(site / "sitemap.xml.gz", gzip.compress(content, mtime=0))


def name_part(number: int) -> str:
    """Return the name of one of several lists, which are numbered from 1."""
    return f"sitemap-{number}.xml.gz"


def _divide(rows: Iterable[str]) -> Iterator[bytes]:
    """Yield lists of so many rows as one may have; one without any where there is none."""
    held, size = list[bytes](), 0
    for row in map(str.encode, rows):
        if held and (len(held) >= LONGEST or size + len(row) > LARGEST - len(_HEAD) - len(_TAIL)):
            yield _HEAD.encode() + b"".join(held) + _TAIL.encode()
            held, size = [], 0
        held.append(row)
        size += len(row)
    yield _HEAD.encode() + b"".join(held) + _TAIL.encode()


def _index(places: Iterable[str]) -> str:
    rows = "".join(f"  <sitemap>\n    <loc>{escape(place)}</loc>\n{_modified()}  </sitemap>\n" for place in places)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            f"{rows}</sitemapindex>\n")


def _modified() -> str:
    return f"    <lastmod>{datetime.fromtimestamp(int(os.environ['SOURCE_DATE_EPOCH']), UTC):%Y-%m-%d}</lastmod>\n"


def _rows(pages: Sequence[PageFile], settings: Settings) -> Iterator[str]:
    told, address = told_pages(pages), settings.address
    modified = _modified() if address else ""
    for path, others in sorted(find_alternates(told, settings.languages).items()) if address else ():
        if told[path]:
            links = [(other.lang, escape(address + page_address(other.path))) for other in others if other.told]
            rows = [*links, ("x-default", links[0][1])] if len(links) > 1 else []
            listed = "".join(f'    <xhtml:link rel="alternate" hreflang="{lang}" href="{place}"/>\n' for lang, place in rows)
            yield f"  <url>\n    <loc>{escape(address + page_address(path))}</loc>\n{modified}{listed}  </url>\n"
