"""Search: an index of what the pages show, made with Pagefind; one folder a language, and in it one for each month.

A reader's browser loads the newest months first and joins them. `pages` reads what the built pages show, `program` has Pagefind make an
index of it, `shelf` lays the files out; `indexed` knows how Pagefind has a page, `spacing` how it splits a text into words.
"""

from digest.search.shelf import write_search

__all__ = ["write_search"]
