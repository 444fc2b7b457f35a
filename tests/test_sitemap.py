"""The list of addresses for search engines: one list, or an index of several where one may not hold them all."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from conftest import Desk

from digest.manifest import write_manifest
from digest.running import Hashes
from digest.sitemap import _HEAD, _TAIL, _divide
from digest.verify import verify_site

Run = Callable[..., Result]
ADDRESS = "https://example.org/news/"
FEW = 12


def faults(desk: Desk) -> list[str]:
    """Return what is wrong with a site, of which the manifest is right."""
    write_manifest(desk.site, Hashes())
    return verify_site(desk.site, desk.content, root=desk.root)


def write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(content)


@pytest.fixture
def divided(built: Desk, digest: Run, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A digest whose addresses are too many for one list."""
    monkeypatch.setattr("digest.sitemap.LONGEST", FEW)
    monkeypatch.setenv("SITE_URL", ADDRESS)
    assert digest(built, "build").exit_code == 0
    return built


def test_a_list_that_is_too_long_is_divided(divided: Desk) -> None:
    text = (divided.site / "sitemap.xml").read_text("utf-8")
    parts = re.findall(f"<loc>{ADDRESS}(sitemap-[0-9]+.xml.gz)</loc>", text)
    assert parts == [f"sitemap-{number}.xml.gz" for number in range(1, 1 + len(parts))]
    assert len(parts) > 2
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex')
    lists = [re.findall("<loc>([^<]*)</loc>", gzip.decompress((divided.site / part).read_bytes()).decode()) for part in parts]
    assert {len(places) for places in lists[:-1]} == {FEW}
    listed = [place.removeprefix(ADDRESS) for places in lists for place in places]
    assert len(set(listed)) == len(listed)
    assert all((divided.site / place / "index.html").is_file() for place in listed)
    assert {"", "archive/", "about/method/"} < set(listed)
    assert gzip.decompress((divided.site / "sitemap.xml.gz").read_bytes()).decode() == text
    assert faults(divided) == []


def test_refuses_another_index_and_other_lists(divided: Desk) -> None:
    index, second, stray = (divided.site / name for name in ("sitemap.xml", "sitemap-2.xml.gz", "sitemap-99.xml.gz"))
    whole, part = index.read_bytes(), second.read_bytes()
    write(stray, part)
    assert any(fault.startswith("sitemap-99.xml.gz: is no page") for fault in faults(divided))
    stray.unlink()
    for old, new in ((b"sitemap-1.", b"sitemap-2."), (b"https://example.org/", b"https://example.com/")):
        changed = whole.replace(old, new)
        write(index, changed)
        write(divided.site / "sitemap.xml.gz", gzip.compress(changed))
        assert any(fault.startswith("sitemap.xml: is not an index of the lists") for fault in faults(divided)), new
    write(index, whole)
    write(divided.site / "sitemap.xml.gz", gzip.compress(whole))
    for content in (gzip.compress(gzip.decompress(part).replace(b"</loc>", b"x/</loc>", 1)), part[:-9], b"", gzip.compress(b"words")):
        write(second, content)
        assert any(fault.startswith("sitemap-2.xml.gz: ") for fault in faults(divided)), content[:20]
    second.unlink()
    assert any(fault.startswith("sitemap-2.xml.gz: ") for fault in faults(divided))
    write(second, part)
    assert faults(divided) == []


def test_no_list_has_more_bytes_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"<url>{number:4}ü</url>" for number in range(50)]
    frame = len(_HEAD) + len(_TAIL)
    monkeypatch.setattr("digest.sitemap.LARGEST", frame + 100)
    lists = list(_divide(rows))
    assert all(len(part) <= frame + 100 for part in lists)
    assert "".join(part.decode().removeprefix(_HEAD).removesuffix(_TAIL) for part in lists) == "".join(rows)
    assert list(_divide([])) == [(_HEAD + _TAIL).encode()]
