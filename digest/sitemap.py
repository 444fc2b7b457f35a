"""The list of addresses for search engines (sitemaps.org), with the languages of each page."""

import gzip
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from digest.content import write_file
from digest.languages import find_alternates, page_address
from digest.page_files import PageFile, told_pages
from digest.settings import Settings

__all__ = ["write_sitemap"]

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""


def write_sitemap(site: Path, pages: Sequence[PageFile], settings: Settings) -> None:
    """Write the addresses of pages, plain and packed; those told in another language than their address says are left out.

    None has an address where that of the site is not known. Their day is that of SOURCE_DATE_EPOCH, which every build sets.
    """
    content = (_HEAD + "".join(_rows(pages, settings)) + "</urlset>\n").encode()
    write_file(site / "sitemap.xml", content)
    write_file(site / "sitemap.xml.gz", gzip.compress(content, mtime=0))


def _rows(pages: Sequence[PageFile], settings: Settings) -> Iterator[str]:
    told, address = told_pages(pages), settings.address
    modified = f"    <lastmod>{datetime.fromtimestamp(int(os.environ['SOURCE_DATE_EPOCH']), UTC):%Y-%m-%d}</lastmod>\n"
    for path, others in sorted(find_alternates(told, settings.languages).items()) if address else ():
        if told[path]:
            links = [(other.lang, escape(address + page_address(other.path))) for other in others if other.told]
            rows = [*links, ("x-default", links[0][1])] if len(links) > 1 else []
            listed = "".join(f'    <xhtml:link rel="alternate" hreflang="{lang}" href="{place}"/>\n' for lang, place in rows)
            yield f"  <url>\n    <loc>{escape(address + page_address(path))}</loc>\n{modified}{listed}  </url>\n"
