"""The adapter to MkDocs, and the only module that imports it.

As a plugin (an entry point, `plugins: [digest]`) it brings the generated pages up to date before MkDocs reads them, so that a
bare `mkdocs build` or `mkdocs serve` works. `docs_dir` of mkdocs.yml names the content folder; the plugin puts the pages
made from it in its place.
"""

import json
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from jinja2 import TemplateError as JinjaError
from markupsafe import Markup
from mkdocs.commands.build import build as run_mkdocs
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.config_options import Optional, Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils.templates import TemplateContext

from digest.catalog import direction, load_catalog
from digest.errors import DigestError, SiteError, TemplateError
from digest.escape import escape
from digest.finish import finish_page, finish_site
from digest.html_blocks import may_pass, put_back, take_out
from digest.languages import Alternate, dress_toggles, find_alternates, link_page, local_nav, theme_language, theme_words
from digest.page_files import nav_pages, stub_of, told_pages
from digest.pages import write_pages
from digest.placing import Placing
from digest.policy import read_scripts
from digest.running import Hashes
from digest.settings import Frame, Settings, load_settings
from digest.templating import template_folders, theme_folders

__all__ = ["Body", "DigestPlugin", "Part", "Place", "Shell", "build_part", "build_whole", "make_server", "read_frame", "read_shell"]

log = logging.getLogger("digest")
_LATEST = 2**32 - 1
"""The latest second that the sitemap's gzip header can hold."""
_ELSEWHERE = {"config_file_path", "docs_dir", "site_dir", "theme", "plugins", "hooks"}
"""Settings of MkDocs that are no text of pages: places, and what is looked at by itself."""
_GIVEN_EPOCH = os.environ.get("SOURCE_DATE_EPOCH")


class PluginOptions(Config):  # type: ignore[no-untyped-call]
    """What `plugins: [digest: …]` may say."""

    pages = Optional(Type(str))
    """Where the generated pages go; `build/pages` beside mkdocs.yml by default."""
    memory = Optional(Type(str))
    """Where translations are remembered; `build/translations` beside mkdocs.yml by default."""
    drafts = Type(bool, default=False)
    """Whether drafts are shown, and the browser is made to reload: in previews only."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the table of contents of a page."""

    title: str
    """As HTML."""
    ident: str
    level: int
    inner: tuple["Heading", ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What the Markdown of a page becomes, whatever the theme puts around it."""

    html: str
    headings: tuple[Heading, ...]


@dataclass(slots=True)
class Part:
    """A part of a site, built by itself: of the other pages only the titles of those in the navigation are read."""

    settings: Settings
    day: date | None
    """The edition's day."""
    pages: Mapping[str, Sequence[Alternate]]
    """The pages that are built, by their Markdown files, each with its counterparts in all languages."""
    bodies: Mapping[str, Body] = field(default_factory=dict)
    """What is known of these pages already: their Markdown is not converted again."""
    static: bool = False
    """Whether the theme's own files are copied; what else is no page never is."""
    converted: dict[str, Body] = field(default_factory=dict)
    """What the Markdown of the others became."""
    made: dict[str, str] = field(default_factory=dict)
    """The HTML of each of the pages, when it is built."""


class DigestPlugin(BasePlugin[PluginOptions]):  # type: ignore[no-untyped-call]
    """Make the pages before MkDocs reads them, and finish them when they are built."""

    served = False
    """Whether `mkdocs serve` builds."""
    part: Part | None = None
    """What is built; None: the whole site."""
    told = False
    """Whether the warnings were told already."""
    blocks: tuple[str, ...] = ()
    """The HTML of the page that is converted."""

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - the signature is MkDocs'
        """Note which command builds."""
        self.served = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring the pages up to date and let MkDocs read them; set the title, language and footer that `digest.yml` gives."""
        logging.getLogger("digest").parent = logging.getLogger("mkdocs")
        root = Path(config.config_file_path).parent
        pages = Path(self.config.pages or root / "build" / "pages")
        self.settings, self.day = (self.part.settings, self.part.day) if self.part else self._bring_up_to_date(config, root, pages)
        self.scripts = None if self.config.drafts or self.served else read_scripts(theme_folders(root))
        _dress(config, self.settings, root)
        config.docs_dir = str(pages)
        whole = self.part is None or self.part.static
        config.theme.static_templates = config.theme.static_templates - {"sitemap.xml"} if whole else set()
        if _GIVEN_EPOCH is None:
            moment = datetime.combine(self.day, time(), UTC) if self.day else datetime(2000, 1, 1, tzinfo=UTC)
            os.environ["SOURCE_DATE_EPOCH"] = str(min(max(0, int(moment.timestamp())), _LATEST))
        return config

    def _bring_up_to_date(self, config: MkDocsConfig, root: Path, pages: Path) -> tuple[Settings, date | None]:
        content, memory = Path(config.docs_dir), Path(self.config.memory or root / "build" / "translations")
        try:
            settings = load_settings(content, frame=_frame(config))
            written = write_pages(content, root, pages, memory, drafts=self.config.drafts, frame=_frame(config))
        except DigestError as error:
            raise PluginError(str(error)) from error
        for warning in () if self.told else written.warnings:
            log.warning(warning)
        self.files = written.files
        return settings, written.day

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out what is no part of what is built."""
        self.alternates = self.part.pages if self.part else find_alternates(told_pages(self.files), self.settings.languages)
        if self.part:
            kept = {*self.part.pages, *nav_pages(config.nav, self.settings.languages)}
            for file in list(files):
                if not (file.src_uri in kept if file.is_documentation_page() else self.part.static and file.src_dir != config.docs_dir):
                    files.remove(file)
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:  # noqa: ARG002 - the signature is MkDocs'
        """Read no more than the title of a page that is not built."""
        return stub_of(page.file.content_string) if self.part and page.file.src_uri not in self.part.pages else None

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 - the signature is MkDocs'
        """Convert nothing of a page whose body is known, and of another one no HTML."""
        if self._body(page):
            return ""
        marked, self.blocks = take_out(markdown) if may_pass(config.markdown_extensions) else (markdown, ())
        return marked

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002 - the signature is MkDocs'
        """Put in the body of a page that is known, and note what the Markdown of another one became."""
        known = self._body(page)
        if known:
            page.toc = get_toc([_token(heading) for heading in known.headings])
            return known.html
        html = put_back(html, self.blocks)
        if self.part and page.file.src_uri in self.part.pages:
            self.part.converted[page.file.src_uri] = Body(html, tuple(map(_heading, page.toc)))
        return html

    def _body(self, page: Page) -> Body | None:
        """Return the body of a page, if it is known and the page has a title of its own: any other is named by a heading of it."""
        return self.part.bodies.get(page.file.src_uri) if self.part and "title" in page.meta else None

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - the signature is MkDocs'
        """Keep, for each language, the navigation that leads to its own pages."""
        self.trees = {lang: nav if not number else local_nav(nav, lang, files) for number, lang in enumerate(self.settings.languages)}
        return nav

    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Give a page the theme's words and the navigation of its own language, and tell it where it stands in the others."""
        catalog = load_catalog(str(page.meta.get("lang", self.settings.language)))
        config.theme["language"] = theme_language(catalog.lang)
        dress_toggles(config, catalog)
        link_page(page, self.alternates.get(page.file.src_uri, ()), self.settings.language, self.settings.address)
        page.meta["turned"] = direction(str(page.meta.get("body", catalog.lang)))
        context["nav"] = self.trees.get(str(page.meta.get("tree")), nav)
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG002 - the signature is MkDocs'
        """Finish a page; one that is built by itself is not written here."""
        if self.part is None:
            return self._finish(output, page.file.dest_uri)
        if page.file.src_uri in self.part.pages:
            self.part.made[page.file.src_uri] = self._finish(output, page.file.dest_uri)
        return ""

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002 - the signature is MkDocs'
        """Finish the theme's page for addresses that lead nowhere."""
        return self._finish(output_content, template_name) if template_name.endswith(".html") else output_content

    def _finish(self, page: str, name: str) -> str:
        try:
            return finish_page(page, name, self.scripts)
        except DigestError as error:
            raise PluginError(str(error)) from error

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish the site that was written."""
        if self.part is not None:
            return
        try:
            finish_site(Placing(Path(config.site_dir), None, Hashes()), self.settings, self.files)
        except DigestError as error:
            raise PluginError(str(error)) from error

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002 - the signature is MkDocs'
        """Follow edits of the templates too."""
        for folder in template_folders(Path(config.config_file_path).parent):
            server.watch(str(folder))
        return server


def _heading(link: AnchorLink) -> Heading:
    return Heading(link.title, link.id, link.level, tuple(map(_heading, link.children)))


def _token(heading: Heading) -> Any:
    """Return a heading as MkDocs takes it from Markdown."""
    return {"name": heading.title, "id": heading.ident, "level": heading.level, "children": [_token(inner) for inner in heading.inner]}


def _dress(config: MkDocsConfig, settings: Settings, root: Path) -> None:
    catalog = load_catalog(settings.language)
    config.site_name = escape(settings.title)  # stays as it is where the theme escapes it again
    config.theme["language"] = theme_language(catalog.lang)
    config.extra["alternate"] = True  # and no list: the theme makes room for a menu, and our template fills it
    config.extra["digest"] = theme_words(settings.languages)
    themes = [str(folder / "theme") for folder in template_folders(root) if (folder / "theme").is_dir()]
    config.theme.dirs[:0] = [folder for folder in themes if folder not in config.theme.dirs]
    if settings.publisher:
        name = escape(settings.publisher)
        link = Markup('<a href="{}">{}</a>').format(escape(settings.contact), name) if settings.contact else name
        config.copyright = str(link)


def read_frame(root: Path, content: Path) -> Frame:
    """Return what mkdocs.yml says of the site.

    Raises:
        SiteError: it is missing or wrong.
    """
    return _frame(_load(root, docs_dir=str(content.resolve())))


def _frame(config: MkDocsConfig) -> Frame:
    return Frame(config.site_name, config.site_url or "")


class _Heard(logging.Handler):
    """Keeps what MkDocs says of its settings, for one line of ours."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.lines.append(record.getMessage())


def _load(root: Path, **overrides: Any) -> MkDocsConfig:
    path = root / "mkdocs.yml"
    if not path.is_file():
        raise SiteError(f"{path.name} is not in this folder; run the command in the folder of the digest, "
                        "or copy that file there from the program’s repository")
    heard = _Heard()
    logging.getLogger("mkdocs").addHandler(heard)
    try:
        with path.open("rb") as file:
            config = load_config(file, **overrides)
    except (Abort, MkDocsException) as error:
        raise SiteError(f"mkdocs.yml: {' '.join('; '.join(heard.lines or [str(error)]).split())}") from error
    finally:
        logging.getLogger("mkdocs").removeHandler(heard)
    if "digest" not in config.plugins:
        raise SiteError("mkdocs.yml: the plugin is missing; add “plugins: [digest]”")
    return config


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site is built, and how, by whole paths; it can be sent to other processes."""

    root: Path
    """The folder of the digest, with mkdocs.yml."""
    content: Path
    pages: Path
    """The Markdown pages."""
    drafts: bool = False
    """Whether it is a preview."""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands around all pages alike."""

    divisible: bool
    """Whether pages can be built apart from each other: no navigation lists them all, and no other plugin sees them together."""
    markdown: str
    """How Markdown is converted."""
    says: tuple[str, ...]
    """What mkdocs.yml says, the theme, and the titles in the navigation."""


def read_shell(place: Place, settings: Settings) -> Shell:
    """Return what stands around the pages of a site that are written.

    Raises:
        SiteError: mkdocs.yml is wrong.
    """
    config = _configure(place, place.pages.parent / "nowhere")
    said = json.dumps({key: value for key, value in config.items() if key not in _ELSEWHERE}, default=str, sort_keys=True)
    look = json.dumps(dict(config.theme), default=str, sort_keys=True)
    nav = [stub_of(path.read_text("utf-8")) for name in nav_pages(config.nav, settings.languages) if (path := place.pages / name).is_file()]
    theme = [f"{path.relative_to(folder)} {sha256(path.read_bytes()).hexdigest()}"
             for folder in template_folders(place.root) for path in sorted((folder / "theme").rglob("*")) if path.is_file()]
    alone = set(config.plugins) == {"digest"} and not config.hooks and not config.extra_templates
    markdown = json.dumps([config.markdown_extensions, config.mdx_configs], default=str, sort_keys=True)
    return Shell(config.nav is not None and config.use_directory_urls and alone, markdown, (said, look, *nav, *theme, str(place.drafts)))


def build_part(place: Place, part: Part, site: Path) -> None:
    """Run MkDocs on a part of a site, and note in it the HTML of its pages; the theme's own files are copied into `site`.

    Raises:
        TemplateError: a template of the theme is wrong.
        SiteError: MkDocs could not build it.
    """
    config = _configure(place, site)
    config.plugins["digest"].part = part  # type: ignore[attr-defined]
    _run(config)


def build_whole(place: Place, site: Path, memory: Path) -> None:
    """Run MkDocs on all pages of a content folder at once, into `site`; `memory` is the folder of the translation memory.

    Raises:
        TemplateError: a template of the theme is wrong.
        SiteError: MkDocs could not build the site.
    """
    config = _configure(place, site)
    config.plugins["digest"].told = True  # type: ignore[attr-defined]
    config.plugins["digest"].config["memory"] = str(memory.resolve())
    _run(config)


def _configure(place: Place, site: Path) -> MkDocsConfig:
    config = _load(place.root, docs_dir=str(place.content), site_dir=str(site.resolve()), strict=place.strict)
    config.plugins["digest"].config.update({"pages": str(place.pages), "drafts": place.drafts})
    return config


def _run(config: MkDocsConfig) -> None:
    try:
        run_mkdocs(config)
    except Abort as error:
        raise SiteError(f"MkDocs stopped: {error}") from error
    except JinjaError as error:
        raise TemplateError(Path(getattr(error, "filename", None) or "templates/theme"), str(error),
                            line=getattr(error, "lineno", None)) from error
    except (MkDocsException, PluginError) as error:
        raise SiteError(" ".join(str(error).split())) from error


class _Server(LiveReloadServer):
    """Tells when it has its address."""

    ready: Callable[[], None]

    def server_activate(self) -> None:
        """Listen."""
        super().server_activate()
        self.ready()


def make_server(builder: Callable[[], None], host: str, port: int, site: Path, ready: Callable[[], None]) -> LiveReloadServer:
    """Return a server of a folder that calls `builder` when a watched file changes, and then reloads the browsers.

    It calls `ready` when the address is its own.
    """
    server = _Server(builder=builder, host=host, port=port, root=str(site))
    server.ready = ready
    return server
