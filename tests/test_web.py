"""The web that is fetched from: whatever a server does ends in one line, in bounded time, and leads nowhere it should not."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest
from argos import EVAL
from press import Press, Sheet, open_press

from digest.errors import FetchError, SettingsError
from digest.fetch.decoding import BadEncodingError, decoded
from digest.fetch.hosts import Hosts
from digest.fetch.reach import is_public
from digest.fetch.web import Limits, Web, agent_of, open_web
from digest.settings import Settings

SERVER = Path(EVAL or "", "eval", "hostile", "hostile_server.py")


@pytest.fixture
def press() -> Iterator[Press]:
    with open_press() as server:
        yield server


def problem(web: Web, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        web.get(url)
    return caught.value.problem


@dataclass(frozen=True)
class Hostile:
    public: int
    internal: int

    def web(self) -> Web:
        return Web("digest/test", Limits(seconds=3, pause=0, attempts=1),
                   reach=lambda address, port: (address, port) == ("127.0.0.1", self.public))

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.public}{path}"


@pytest.fixture(scope="module")
def hostile() -> Iterator[Hostile]:
    if not EVAL:
        pytest.skip("DIGEST_EVAL names no folder with a hostile server")
    with subprocess.Popen([sys.executable, SERVER], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield Hostile(**json.loads(server.stdout.readline()))
        server.kill()


ODD = {
    "/r-file": "no http or https address", "/r-internal": "public internet", "/r-internal-name": "public internet",
    "/r-decimal": "public internet", "/r-v6": "public internet", "/r-userinfo": "no http or https address",
    "/r-loop": "more than 5 redirects", "/r-chain": "more than 5 redirects", "/r-js": "absolute URLs", "/r-data": "absolute URLs",
    "/r-gopher": "no http or https address", "/r-long": "an address of", "/endless": "larger than 2 MB",
    "/slow": "not whole within 3 seconds", "/slow-header": "not whole within 3 seconds", "/many-headers": "no sound answer",
    "/big-header": "no sound answer", "/gzip-bomb": "when unpacked", "/deflate-bomb": "when unpacked", "/bad-gzip": "damaged gzip",
    "/short": "no sound answer", "/bad-chunk": "no sound answer", "/huge-length": "larger than 2 MB", "/neg-length": "no sound answer",
    "/rst": "not reached", "/garbage": "no sound answer", "/status-999": "answers 999", "/304": "answers 304",
    "/429": "asks to come back in",
}


@pytest.mark.parametrize("path", ODD)
def test_what_a_hostile_server_does_ends_in_one_line(hostile: Hostile, path: str) -> None:
    begun = monotonic()
    assert ODD[path] in problem(hostile.web(), hostile.url(path))
    assert monotonic() - begun < 8


@pytest.mark.parametrize("path", ["/ok", "/r-meta", "/gzip-gzip", "/cookie", "/bad-charset", "/disposition", "/pdf"])
def test_the_rest_of_it_is_text_and_nothing_else(hostile: Hostile, path: str) -> None:
    assert hostile.web().get(hostile.url(path)).status == 200


def test_nothing_reached_the_inside(hostile: Hostile) -> None:
    for path in (path for path in ODD if path.startswith("/r")):
        with suppress(FetchError):
            hostile.web().get(hostile.url(path))
    assert hostile.web().get(hostile.url("/hits")).body == b"[]"


@pytest.mark.parametrize("host", [
    "127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "127.0.0.1.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "169.254.169.254", "10.1.2.3", "192.168.0.1", "172.16.0.1", "0", "[64:ff9b::7f00:1]", "[fe80::1]", "[fc00::1]", "100.64.0.1", "[::]",
])
def test_no_address_of_ones_own_is_reached(press: Press, host: str) -> None:
    web = Web("digest/test", Limits(seconds=3, attempts=1))
    said = problem(web, f"http://{host}:{press.port}/")
    assert "public internet" in said or "no such host" in said
    assert not press.visits


@pytest.mark.parametrize(("address", "public"), [
    ("93.184.216.34", True), ("2606:2800:220:1:248:1893:25c8:1946", True), ("127.0.0.1", False), ("::1", False), ("0.0.0.0", False),
    ("::ffff:10.0.0.1", False), ("::ffff:93.184.216.34", True), ("2002:7f00:1::", False), ("64:ff9b::a00:1", False),
    ("64:ff9b::5db8:d822", True), ("64:ff9b:1::1", False), ("::7f00:1", False), ("fe80::1%eth0", False), ("224.0.0.1", False),
    ("ff02::1", False), ("169.254.169.254", False), ("fec0::1", False), ("255.255.255.255", False), ("198.18.0.1", False),
])
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address, 80) == public


@pytest.mark.parametrize("url", ["ftp://example.org/", "file:///etc/passwd", "http://user@example.org/", "https://", "http://a b/", "x",
                                 "http://example.org/\\x", f"http://example.org/{'a' * 3000}"])
def test_what_is_no_address_of_a_page_is_not_asked_for(url: str) -> None:
    assert re.search("no http or https address|an address of|is no address", problem(Web("digest/test"), url))


def test_a_moved_page_says_where_it_is_now(press: Press) -> None:
    press.page("/new", "Title", "Text.")
    press.sheets["/old"] = Sheet(status=301, headers=(("Location", "/new"),))
    press.sheets["/away"] = Sheet(status=302, headers=(("Location", "/old"),))
    assert press.web().get(press.url("/old")).moved == press.url("/new")
    assert press.web().get(press.url("/away")).moved is None
    assert press.web().get(press.url("/away")).url == press.url("/new")


def test_each_step_of_a_way_has_to_be_allowed(press: Press) -> None:
    press.page("/closed", "Title", "Text.")
    press.sheets["/open"] = Sheet(status=302, headers=(("Location", "/closed"),))
    press.sheets["/robots.txt"] = Sheet(b"User-agent: digest\nDisallow: /closed\n", "text/plain")
    assert problem(press.web(), press.url("/open")) == "robots.txt asks not to fetch it"


@pytest.mark.parametrize(("sheet", "allowed"), [
    (Sheet(status=404), True), (Sheet(status=403), True), (Sheet(status=500), False), (Sheet(b"\xff\x00<html>", "text/html"), True),
    (Sheet(b"User-agent: *\nDisallow: /\n\nUser-agent: digest\nAllow: /\n", "text/plain"), True),
])
def test_what_robots_allow(press: Press, sheet: Sheet, allowed: bool) -> None:
    press.page("/page", "Title", "Text.")
    press.sheets["/robots.txt"] = sheet
    if allowed:
        assert press.web().get(press.url("/page")).status == 200
    else:
        assert "robots.txt" in problem(press.web(), press.url("/page"))
        assert not press.asked("/page")


def test_a_server_that_may_do_better_is_asked_again(press: Press) -> None:
    press.page("/page", "Title", "Text.")
    good = press.sheets["/page"]
    assert isinstance(good, Sheet)
    press.sheets["/page"] = [Sheet(status=503), good]
    assert press.web().get(press.url("/page")).status == 200
    press.sheets["/page"] = [Sheet(status=404), good]
    assert problem(press.web(), press.url("/page")) == "the server answers 404"


def test_a_server_gets_the_time_it_asks_for(press: Press) -> None:
    press.page("/page", "Title", "Text.")
    good = press.sheets["/page"]
    assert isinstance(good, Sheet)
    press.sheets["/page"] = [Sheet(status=429, headers=(("Retry-After", "1"),)), good]
    begun = monotonic()
    assert press.web().get(press.url("/page")).status == 200
    assert monotonic() - begun >= 1


def test_a_host_has_a_pause_between_two_requests(press: Press) -> None:
    press.page("/page", "Title", "Text.")
    waited: list[float] = []
    web = Web("digest/test", Limits(pause=7, attempts=1), press.web().reach, waited.append)
    web.get(press.url("/page"))
    web.get(press.url("/page"))
    assert [round(seconds) for seconds in waited] == [7, 7]
    press.sheets["/robots.txt"] = Sheet(b"User-agent: *\nCrawl-delay: 20\n", "text/plain")
    slow = Web("digest/test", Limits(pause=7, attempts=1), press.web().reach, waited.append)
    slow.get(press.url("/page"))
    slow.get(press.url("/page"))
    assert round(waited[-1]) == 20


def test_one_request_at_a_time() -> None:
    hosts = Hosts(0)
    with hosts.turn("a"), hosts.turn("b"):
        assert not hosts._known["a"].lock.acquire(blocking=False)


def test_no_cookie_comes_back_and_no_proxy_is_used(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    press.sheets["/page"] = Sheet(b"x", headers=(("Set-Cookie", "a=b"),))
    web = press.web()
    web.get(press.url("/page"))
    web.get(press.url("/page"))
    assert all("cookie" not in headers for _, headers in press.visits)


@pytest.mark.parametrize(("body", "encoding"), [(b"x", "br"), (b"x", "gzip, gzip, gzip"), (b"x", "gzip"), (b"\x1f\x8b\x08\0", "gzip")])
def test_what_cannot_be_unpacked(body: bytes, encoding: str) -> None:
    with pytest.raises(BadEncodingError):
        decoded(body, encoding, 100)


def test_a_digest_that_nobody_answers_for_fetches_nothing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="contact is missing"):
        open_web(Settings(title="T"), tmp_path)
    assert agent_of("mailto:desk@example.org").endswith("(+desk@example.org)")
