"""Import articles: raw text, HTML pages, Markdown, feeds, web archives and addresses become article files."""

from digest.ingest.add import Added, add_files, iter_added
from digest.ingest.sources import READERS

__all__ = ["READERS", "Added", "add_files", "iter_added"]
