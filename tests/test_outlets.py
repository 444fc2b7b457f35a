"""Whose an article is, where its file does not say it in full."""

from pathlib import Path

import pytest

from digest.models import Article
from digest.outlets import settle_outlets, warn_of_outlets
from digest.settings import Outlet, Settings

HERALD = Outlet(id="quay-herald", name="Quay Herald", domains=("www.quay.example.org",), rights="link")
SETTINGS = Settings(title="T", outlets={HERALD.id: HERALD})


def article(outlet: str | None, url: str | None) -> Article:
    return Article(id="a", path=Path("a.md"), title="T", text="Text.", lang="en", outlet=outlet, url=url)


@pytest.mark.parametrize(("outlet", "url", "settled"), [
    (None, "https://quay.example.org/a", "quay-herald"),
    ("quay-heral", "https://mobile.quay.example.org/a", "quay-herald"),
    ("quay-herald", "https://other.example.org/a", "quay-herald"),
    ("Quay Herald", None, "quay-herald"),
    ("QUAY HERALD", "https://other.example.org/a", "quay-herald"),
    ("Other", "https://other.example.org/a", "Other"),
    (None, "https://notquay.example.org/a", None),
    (None, None, None),
])
def test_a_name_or_an_address_tells_a_declared_outlet(outlet: str | None, url: str | None, settled: str | None) -> None:
    """So a slip in a file's `outlet` does not lift what its publisher allows."""
    assert [a.outlet for a in settle_outlets([article(outlet, url)], SETTINGS)] == [settled]


def test_a_name_that_two_declared_outlets_have_tells_none() -> None:
    two = Settings(title="T", outlets={HERALD.id: HERALD, "herald-2": Outlet(id="herald-2", name="Quay Herald")})
    assert [a.outlet for a in settle_outlets([article("Quay Herald", None)], two)] == ["Quay Herald"]


@pytest.mark.parametrize(("outlet", "warned"), [("quay-heral", True), ("Quay Herold", True), ("Bay Mirror", False), ("quay-herald", False)])
def test_a_slip_in_an_outlets_name_is_noticed(outlet: str, warned: bool) -> None:
    assert bool(warn_of_outlets([article(outlet, None)], SETTINGS)) == warned
