"""The local preview: built again whenever content, templates or settings change; a mistake shows as its one line."""

import logging
import shutil
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import click

from digest.errors import DigestError, SettingsError, SiteError
from digest.escape import escape
from digest.mkdocs_plugin import Place, make_server, read_frame, read_shell
from digest.pages import write_pages
from digest.publish import Workplace
from digest.running import Runner
from digest.settings import load_settings
from digest.site import build_site
from digest.tell import tell_counts
from digest.templating import template_folders

__all__ = ["serve_preview"]

log = logging.getLogger(__name__)
App = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

_MISTAKE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width"><title>digest serve</title>
<style>body{{font:1rem/1.5 system-ui,sans-serif;margin:15vh auto;max-width:40rem;padding:0 1rem}}</style></head>
<body><p>The site cannot be built:</p><p><code>{problem}</code></p>
<p>This page shows the site again as soon as it is mended.</p></body></html>
"""


class _Preview:
    """What the browser gets: the last site that could be built, or what is wrong."""

    def __init__(self, place: Workplace, runner: Runner) -> None:
        self.place, self.runner = place, runner
        self.pages, self.site, self.next = place.preview
        self.problem: str | None = None

    def build(self) -> None:
        """Build again; keep the mistake to be shown where it fails."""
        try:
            place = Place(self.place.root.resolve(), self.place.content.resolve(), self.pages.resolve(), drafts=True)
            runner = self.runner.renewed()
            frame = read_frame(place.root, place.content)
            written = write_pages(place.content, place.root, place.pages, self.place.memory, drafts=True, frame=frame, runner=runner)
            for warning in written.warnings:
                log.warning("%s", warning)
            settings = load_settings(place.content, frame=frame)
            build_site(place, self.next.resolve(), self.place.memory, settings, written, read_shell(place, settings), runner,
                       self.site.resolve())
        except DigestError as error:
            self.problem = str(error)
            log.error("%s", error)  # noqa: TRY400 - the user gets one line
            return
        shutil.rmtree(self.site, ignore_errors=True)
        self.next.rename(self.site)
        self.problem = None
        click.echo(f"built: {tell_counts(written)}")

    def wrap(self, app: App) -> App:
        """Return the server's application, with the mistake in the place of pages while there is one."""
        def respond(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
            if self.problem is None or not environ.get("PATH_INFO", "").endswith(("/", ".html")):
                return app(environ, start)
            start("500 Internal Server Error", [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")])
            return [_MISTAKE.format(problem=escape(self.problem)).encode()]
        return respond


def serve_preview(place: Workplace, address: str, runner: Runner) -> None:
    """Serve the preview until interrupted.

    Raises:
        SiteError: the address is no host and port, or in use, or there is no mkdocs.yml.
        SettingsError: there is no content folder.
    """
    if not place.content.is_dir():
        raise SettingsError(place.content, "no content folder is here; digest add makes one, and --content names another")
    host, port = _address(address)
    read_frame(place.root, place.content)
    preview = _Preview(place, runner)
    preview.build()
    server = make_server(preview.build, host, port, preview.site, lambda: click.echo(f"preview on http://{address}/ — stop it with Ctrl-C"))
    server.set_app(preview.wrap(server.serve_request))
    for path in (place.content, place.root / "mkdocs.yml", *template_folders(place.root)):
        server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        click.echo("stopped")
    except OSError as error:
        raise SiteError(f"{address}: cannot serve here ({error.strerror}); name another with --address") from error
    finally:
        server.shutdown()


def _address(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise SiteError(f"{address}: expected a host and a port, like 127.0.0.1:8000")
    return host.strip("[]"), int(port)


