"""A newspaper's web server on this machine: what it serves is set by tests, and what was asked for is remembered."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from xml.sax.saxutils import escape

from digest.fetch.web import Limits, Web

AGENT = "digest/test (+desk@example.org)"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the server gives for a path."""

    body: bytes = b""
    media: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Press:
    """The server, and what its visitors did."""

    port: int
    sheets: dict[str, Sheet | list[Sheet]] = field(default_factory=dict)
    """By path; of a list each visit takes the next, and all later ones the last."""
    visits: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    """Paths asked for, with the headers sent."""

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def asked(self, path: str) -> int:
        """Return how often a path was asked for."""
        return sum(visit == path for visit, _ in self.visits)

    def page(self, path: str, title: str, *paragraphs: str, published: str | None = "2031-07-04T08:30:00+02:00", head: str = "") -> str:
        """Serve the page of an article; return its address."""
        day = f'<meta property="article:published_time" content="{published}">' if published else ""
        text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
        self.sheets[path] = Sheet(
            f"<!doctype html><html lang=en><head><title>{escape(title)}</title>{day}{head}</head><body><nav><a href=/>Home</a></nav>"
            f"<article><h1>{escape(title)}</h1>{text}</article><footer>About us</footer></body></html>".encode())
        return self.url(path)

    def feed(self, path: str, *entries: dict[str, str]) -> str:
        """Serve an RSS feed of entries (link, title, pubDate …); return its address."""
        rows = ("".join(f"<{key}>{escape(value)}</{key}>" for key, value in entry.items()) for entry in entries)
        items = "".join(f"<item>{row}</item>" for row in rows)
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Press</title>{items}</channel></rss>'
        self.sheets[path] = Sheet(feed.encode(), "application/rss+xml")
        return self.url(path)

    def web(self, **limits: float) -> Web:
        """Return the web as this server alone."""
        return Web(AGENT, Limits(**{"pause": 0, "seconds": 5, "attempts": 2, "first_wait": 0.01, **limits}),  # type: ignore[arg-type]
                   reach=lambda address, port: (address, port) == ("127.0.0.1", self.port))

    def take(self, path: str, headers: dict[str, str]) -> Sheet:
        """Return what is served to a visitor."""
        self.visits.append((path, headers))
        sheet = self.sheets.get(path) or self.sheets.get(path.partition("?")[0], Sheet(status=404))
        if isinstance(sheet, list):
            sheet = sheet.pop(0) if len(sheet) > 1 else sheet[0]
        if sheet.status != 200:
            return sheet
        tag = f'"{sha256(sheet.body).hexdigest()[:12]}"'
        if headers.get("if-none-match") == tag:
            return Sheet(status=304)
        return Sheet(sheet.body, sheet.media, 200, (*sheet.headers, ("ETag", tag), ("Last-Modified", "Fri, 04 Jul 2031 06:30:00 GMT")))


@contextmanager
def open_press() -> Iterator[Press]:
    """Run a server on a port of its own."""
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            sheet = press.take(self.path, {key.lower(): value for key, value in self.headers.items()})
            self.send_response(sheet.status)
            for key, value in (("Content-Type", sheet.media), ("Content-Length", str(len(sheet.body))), *sheet.headers):
                self.send_header(key, value)
            self.end_headers()
            if sheet.status != 304:
                self.wfile.write(sheet.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    press = Press(server.server_address[1])
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield press
    finally:
        server.shutdown()
        server.server_close()
