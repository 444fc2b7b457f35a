"""Turn an edition into the files that MkDocs makes a site of: Markdown pages from templates, and data.

Each module yields the files of one kind of page, as path and content; `tree` fills their templates, `marker` writes the values.
"""

from pathlib import Path

from digest.pipeline import Digest
from digest.render.about import method_page
from digest.render.archive import archive_pages, corrections_page
from digest.render.data_files import data_files, manifest_file
from digest.render.fed import feeds_page
from digest.render.feeds import feed_files, outlet_list
from digest.render.front import front_pages
from digest.render.handbook import handbook_pages
from digest.render.names import name_pages
from digest.render.outlets import outlet_pages
from digest.render.sources import source_pages, uncited_pages
from digest.render.topics import topic_pages
from digest.render.tree import Tree
from digest.templating import make_environment

__all__ = ["render_pages"]

_SCHEMA = Path(__file__).parent.parent / "schema.json"
_TOLD = (front_pages, topic_pages, archive_pages, corrections_page, name_pages, outlet_pages, method_page, feeds_page, data_files,
         feed_files)
"""What stands in the tree of each language."""
_SHARED = (source_pages, uncited_pages, handbook_pages, manifest_file, outlet_list)
"""What all languages share."""


def render_pages(digest: Digest, root: Path) -> dict[str, str]:
    """Return every generated file as path and content; `root` is the folder whose `templates/` may override the program's.

    Raises:
        TemplateError: a template is missing or wrong.
    """
    environment = make_environment(root)
    trees = [Tree(digest, environment, telling) for telling in digest.tellings]
    told = [file for pages in trees for part in _TOLD for file in part(pages)]
    shared = [file for part in _SHARED for file in part(trees[0])]
    return dict(sorted([*told, *shared, ("data/schema.json", _SCHEMA.read_text("utf-8"))]))
