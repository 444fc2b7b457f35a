"""Built sites on a local server, and a reader with a real browser."""

import gzip
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from conftest import Desk
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

__all__ = ["BROWSERS", "OUTSIDE", "OVERFLOW", "Reader", "close_browser", "open_browser", "serve"]

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
"""What Chromium may be called; the first is without a window, and opens pages at a quarter of the cost."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PACKED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")
expect.set_options(timeout=30_000)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OUTSIDE = """[...document.querySelectorAll("main .md-content *")].filter(e => {
    const {left, right} = e.getBoundingClientRect()
    return right > innerWidth + 1 || left < -1
}).map(e => e.outerHTML.slice(0, 120))"""


class _Pages(SimpleHTTPRequestHandler):
    """Serves a folder as GitHub Pages does, packed, and says nothing."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if urlsplit(self.path).path.endswith("/") else path
        kind = self.guess_type(path)
        if not path.is_file() or not kind.startswith(PACKED) or "gzip" not in self.headers.get("Accept-Encoding", ""):
            super().do_GET()
            return
        raw = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Encoding": "gzip", "Content-Length": str(len(raw))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


_opened: list[tuple[Playwright, Browser]] = []


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Give this process's Chromium, started if need be, which stays; skip the tests where there is none, unless REQUIRE_BROWSER=1."""
    if not _opened:
        path = next(filter(None, map(shutil.which, BROWSERS)), None)
        if path is None:
            if os.environ.get("REQUIRE_BROWSER") == "1":
                pytest.fail("Chromium is not installed, and REQUIRE_BROWSER=1 asks for it (Debian: apt-get install chromium)")
            pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
        playwright = sync_playwright().start()
        _opened.append((playwright, playwright.chromium.launch(executable_path=path, args=FLAGS)))
    yield _opened[0][1]


def close_browser() -> None:
    """Close this process's Chromium."""
    while _opened:
        playwright, browser = _opened.pop()
        browser.close()
        playwright.stop()


@contextmanager
def serve(folder: Path, sites: Mapping[str, Desk]) -> Iterator[str]:
    """Serve sites, each under a path of its own, and give the address of the server."""
    for name, desk in sites.items():
        (folder / name).symlink_to(desk.site)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@dataclass
class Reader:
    """A page, and what went wrong on it."""

    page: Page
    root: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        own = urlsplit(self.root).netloc
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type in {"error", "warning"} else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda asked: None if urlsplit(asked.url).netloc == own or asked.url.startswith("data:")
                     else self.faults.append(f"asks another host: {asked.url}"))
        self.page.on("response", lambda got: self.faults.append(f"{got.status} {got.url}") if got.status >= 400 else None)

    def open(self, path: str) -> Page:
        """Open a page of the server."""
        self.page.goto(f"{self.root}/{path}", wait_until="load")
        return self.page
