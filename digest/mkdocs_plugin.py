"""The adapter to MkDocs, and the only module that imports it.

As a plugin (an entry point, `plugins: [digest]`) it brings the generated pages up to date before MkDocs reads them, so that a
bare `mkdocs build` or `mkdocs serve` works. `docs_dir` of mkdocs.yml names the content folder; the plugin puts the pages
made from it in its place.
"""

import logging
import os
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from jinja2 import Environment
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
from mkdocs.utils.templates import TemplateContext

from digest.catalog import direction, load_catalog
from digest.errors import DigestError, SiteError, TemplateError
from digest.escape import escape
from digest.finish import finish_site
from digest.languages import dress_toggles, link_languages, local_nav, theme_language, theme_words
from digest.pages import write_pages
from digest.settings import Frame, Settings, load_settings
from digest.templating import template_folders, theme_folders

__all__ = ["DigestPlugin", "build_site", "make_server", "read_frame"]

log = logging.getLogger("digest")
_LATEST = 2**32 - 1
"""The latest second that the sitemap's gzip header can hold."""
_GIVEN_EPOCH = os.environ.get("SOURCE_DATE_EPOCH")


class PluginOptions(Config):  # type: ignore[no-untyped-call]
    """What `plugins: [digest: …]` may say."""

    pages = Optional(Type(str))
    """Where the generated pages go; `build/pages` beside mkdocs.yml by default."""
    memory = Optional(Type(str))
    """Where translations are remembered; `build/translations` beside mkdocs.yml by default."""
    drafts = Type(bool, default=False)
    """Whether drafts are shown, and the browser is made to reload: in previews only."""


class DigestPlugin(BasePlugin[PluginOptions]):  # type: ignore[no-untyped-call]
    """Make the pages before MkDocs reads them."""

    served = False
    """Whether `mkdocs serve` builds."""

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - the signature is MkDocs'
        """Note which command builds."""
        self.served = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Bring the pages up to date and let MkDocs read them; set the title, language and footer that `digest.yml` gives."""
        logging.getLogger("digest").parent = logging.getLogger("mkdocs")
        root, content = Path(config.config_file_path).parent, Path(config.docs_dir)
        pages = Path(self.config.pages or root / "build" / "pages")
        memory = Path(self.config.memory or root / "build" / "translations")
        try:
            settings = load_settings(content, frame=_frame(config))
            written = write_pages(content, root, pages, memory, drafts=self.config.drafts, frame=_frame(config))
        except DigestError as error:
            raise PluginError(str(error)) from error
        for warning in written.warnings:
            log.warning(warning)
        self.settings = settings
        _dress(config, settings, root)
        config.docs_dir = str(pages)
        if _GIVEN_EPOCH is None:
            moment = datetime.combine(written.day, time(), UTC) if written.day else datetime(2000, 1, 1, tzinfo=UTC)
            os.environ["SOURCE_DATE_EPOCH"] = str(min(max(0, int(moment.timestamp())), _LATEST))
        return config

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002 - the signature is MkDocs'
        """Keep, for each language, the navigation that leads to its own pages."""
        self.trees = {lang: nav if not number else local_nav(nav, lang, files) for number, lang in enumerate(self.settings.languages)}
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:  # noqa: ARG002 - the signature is MkDocs'
        """Tell each page where it stands in the other languages, now that all pages are read."""
        link_languages([file.page for file in files.documentation_pages() if file.page], self.settings.languages)
        return env

    def on_page_context(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
        """Give a page the theme's words and the navigation of its own language."""
        catalog = load_catalog(str(page.meta.get("lang", self.settings.language)))
        config.theme["language"] = theme_language(catalog.lang)
        dress_toggles(config, catalog)
        page.meta["turned"] = direction(str(page.meta.get("body", catalog.lang)))
        context["nav"] = self.trees.get(str(page.meta.get("tree")), nav)
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish the site that was written."""
        try:
            theme = theme_folders(Path(config.config_file_path).parent)
            finish_site(Path(config.site_dir), self.settings, theme, served=self.config.drafts or self.served)
        except DigestError as error:
            raise PluginError(str(error)) from error

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002 - the signature is MkDocs'
        """Follow edits of the templates too."""
        for folder in template_folders(Path(config.config_file_path).parent):
            server.watch(str(folder))
        return server


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


def build_site(root: Path, content: Path, pages: Path, site: Path, *, memory: Path, drafts: bool = False, strict: bool = False) -> None:
    """Run MkDocs on the pages of a content folder, into `site`; `memory` is the folder of the translation memory.

    Raises:
        TemplateError: a template of the theme is wrong.
        SiteError: MkDocs could not build the site.
    """
    config = _load(root, docs_dir=str(content.resolve()), site_dir=str(site.resolve()), strict=strict)
    config.plugins["digest"].config.update({"pages": str(pages.resolve()), "memory": str(memory.resolve()), "drafts": drafts})
    try:
        run_mkdocs(config)
    except Abort as error:
        raise SiteError(f"MkDocs stopped: {error}") from error
    except JinjaError as error:
        raise TemplateError(Path(getattr(error, "filename", None) or "templates/theme"), str(error),
                            line=getattr(error, "lineno", None)) from error
    except (MkDocsException, PluginError) as error:
        raise SiteError(" ".join(str(error).split())) from error


def make_server(builder: Callable[[], None], host: str, port: int, site: Path) -> LiveReloadServer:
    """Return a server of a folder that calls `builder` when a watched file changes, and then reloads the browsers."""
    return LiveReloadServer(builder=builder, host=host, port=port, root=str(site))
