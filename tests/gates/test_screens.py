"""The five main pages as readers see them, kept as images where SCREENSHOTS names a folder."""

import os
from pathlib import Path

import pytest
from browsing import Reader, serve
from conftest import Desk
from one_of_each import KINDS, one_of_each
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.skipif("SCREENSHOTS" not in os.environ, reason="SCREENSHOTS names no folder")]
CASES = [(lang, scheme, width) for lang, scheme in (("en", "light"), ("en", "dark"), ("ar", "light")) for width in (375, 1280)]


@pytest.mark.parametrize(("lang", "scheme", "width"), CASES)
def test_main_pages_are_kept_as_images(published: Desk, browser: Browser, tmp_path: Path, lang: str, scheme: str, width: int) -> None:
    folder = Path(os.environ["SCREENSHOTS"])
    with serve(tmp_path, {"news": published}) as root, browser.new_context(viewport={"width": width, "height": 900},
                                                                           color_scheme=scheme) as context:
        reader = Reader(context.new_page(), root)
        addresses = one_of_each(published, lang)
        for name, kind in KINDS.items():
            if kind in addresses:
                page = reader.open(f"news/{addresses[kind]}")
                page.screenshot(path=folder / f"{name}-{lang}-{width}-{scheme}.png", full_page=True)
        assert reader.faults == []
