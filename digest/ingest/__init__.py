"""Import raw articles: plain text, HTML pages and Markdown become article files."""

from digest.ingest.add import READERS, Added, add_files, iter_added

__all__ = ["READERS", "Added", "add_files", "iter_added"]
