"""Turn an edition into the files that MkDocs makes a site of: Markdown pages from templates, and data.

Each module yields the files of one kind of page, as path and content; `tree` fills their templates, `marker` writes the values.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from hashlib import sha256
from itertools import repeat
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment

from digest.page_files import PageFile, describe_file
from digest.pipeline import Digest
from digest.render.about import method_page
from digest.render.archive import archive_pages, corrections_page, day_page
from digest.render.data_files import index_file, manifest_file, topic_files
from digest.render.fed import feeds_page
from digest.render.feeds import feed_files, outlet_list, topic_feeds
from digest.render.front import front_pages
from digest.render.handbook import handbook_pages
from digest.render.names import name_pages
from digest.render.outlets import outlet_pages
from digest.render.portion import divide, divide_archive, says
from digest.render.sources import source_pages, uncited_pages
from digest.render.topics import former_topic_pages, topic_pages
from digest.render.tree import Tree
from digest.running import PLAIN, PORTIONS, Brief, Runner, one_by_one
from digest.templating import make_environment, template_folders

__all__ = ["render_pages"]

_SCHEMA = Path(__file__).parent.parent / "schema.json"
_TOLD = (front_pages, former_topic_pages, archive_pages, corrections_page, name_pages, outlet_pages, method_page, feeds_page, index_file,
         feed_files)
"""What stands in the tree of each language, beside its topics."""
_SHARED = (uncited_pages, handbook_pages, manifest_file, outlet_list)
"""What all languages share."""
_TOPIC = (topic_pages, topic_files, topic_feeds)
"""What each topic has in the tree of each language."""
_WORTH = 12
"""Parts of a digest for each process below which its start is not worth while."""
_File = tuple[str, str]
"""Path and content."""


def render_pages(digest: Digest, root: Path, runner: Runner = PLAIN,
                 here: Mapping[str, bytes] = MappingProxyType({})) -> Iterator[tuple[PageFile, str | None]]:
    """Yield every generated file and its content; `root` is the folder whose `templates/` may override the program's.

    All are made before the first one is yielded; those of topics, which are most, are taken from where they are kept some at a time.
    `here` are the SHA-256 of files that are there already, by path: the content of what is one of them may be None, and stays.

    Raises:
        TemplateError: a template is missing or wrong.
    """
    templates = _templates(root)
    trees = _trees(digest, root, templates)
    files: list[_File] = [("data/schema.json", _SCHEMA.read_text("utf-8"))]
    files += (file for pages in trees for part in _TOLD for file in part(pages))
    files += (file for part in _SHARED for file in part(trees[0]))
    stays: Brief[Digest, tuple[_File, ...], tuple[PageFile, ...]] = Brief(
        _describe, lambda _, noted: all(here.get(file.path) == bytes.fromhex(file.version) for file in noted))

    def render(stage: str, function: Callable[[Path, str, Digest], tuple[_File, ...]],
               portions: Sequence[Digest]) -> Iterator[tuple[PageFile, str | None]]:
        each = partial(one_by_one, partial(function, root, templates))
        for described, found in runner.briefly(stage, each, portions, digest.settings, templates, brief=stays, keyed=says,
                                               portions=PORTIONS, worth=_WORTH):
            texts: Iterable[str | None] = repeat(None) if found is None else (text for _, text in found)
            yield from zip(described, texts, strict=False)

    days = list(render("editions", _render_day, divide_archive(digest)))
    yield from render("topics", _render_topic, divide(digest))
    yield from days
    yield from zip(_describe(files), (text for _, text in files), strict=True)


def _describe(files: Iterable[_File]) -> tuple[PageFile, ...]:
    """Return what is to be known of files."""
    return tuple(describe_file(*file) for file in files)


def _render_topic(root: Path, templates: str, portion: Digest) -> tuple[_File, ...]:
    """Return all files of a topic, in all languages, and of its articles."""
    trees = _trees(portion, root, templates)
    return (*(file for pages in trees for part in _TOPIC for file in part(pages)), *source_pages(trees[0]))


def _render_day(root: Path, templates: str, portion: Digest) -> tuple[_File, ...]:
    """Return the page of an edition in all languages."""
    return tuple(map(day_page, _trees(portion, root, templates)))


def _trees(digest: Digest, root: Path, templates: str) -> list[Tree]:
    environment = _environment(root, templates)
    return [Tree(digest, environment, telling) for telling in digest.tellings]


@lru_cache(maxsize=1)
def _environment(root: Path, _: str) -> Environment:
    """Return the environment of a digest's templates, made anew when the hash of these is another one."""
    return make_environment(root)


def _templates(root: Path) -> str:
    """Return a hash of the templates of pages."""
    seen = sha256()
    for folder in template_folders(root):
        for path in sorted(folder.rglob("*.jinja")):
            seen.update(f"\0{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return seen.hexdigest()
