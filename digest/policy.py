"""The Content-Security-Policy of pages: nothing runs but the theme's scripts and the search's WebAssembly, all of this site.

It stands in a `<meta>`, since a site on GitHub Pages cannot send headers. Each inline script of the theme is named by its hash; a page
that holds any other script still has the same policy, so that a browser refuses to run it.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from digest.errors import SiteError

__all__ = ["META", "ThemeScripts", "add_policy", "policy_for", "read_scripts"]

META = "Content-Security-Policy"
ThemeScripts = tuple[re.Pattern[str], ...]
"""The inline scripts of a theme, each as a pattern, since a script names the site's root relative to its page."""

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_HOLE = re.compile(r"\{\{.*?\}\}")
_PLACE = r"(?!//)[\w./~%-]*"
"""What templates put into scripts: a path of this site."""
_CHARSET = '<meta charset="utf-8">'
"""Stands first in a head: behind the policy a browser might not look for it any more."""
_SCRIPTS = "script-src 'self' 'wasm-unsafe-eval'"
"""Files of the site, and the search's WebAssembly: no text is run by that."""
_REST = ("style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "base-uri 'none'", "form-action 'none'",
         "object-src 'none'")
"""Images within the style sheets of the theme are `data:`."""


def read_scripts(theme: Iterable[Path]) -> ThemeScripts:
    """Return the inline scripts of the templates in some folders."""
    places = [path for folder in theme for path in (*folder.glob("*.html"), *(folder / "partials").rglob("*.html"))]
    found = {script for path in places for script in _INLINE.findall(path.read_text("utf-8"))}
    return tuple(re.compile(_PLACE.join(map(re.escape, _HOLE.split(script)))) for script in sorted(found))


def policy_for(scripts: Iterable[str]) -> str:
    """Return the policy of a page with these inline scripts."""
    hashes = sorted({f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts})
    return "; ".join(["default-src 'none'", " ".join([_SCRIPTS, *hashes]), *_REST])


def add_policy(page: str, name: str, scripts: ThemeScripts) -> str:
    """Return a page with its policy; `scripts` are those that may run, `name` is the page's file.

    Raises:
        SiteError: it has no place for it.
    """
    head, charset, rest = page.partition(_CHARSET)
    if not charset or "<script" in head:
        raise SiteError(f"{name}: its head does not begin with {_CHARSET}, after which its policy has to stand; "
                        "compare templates/theme with the program's")
    return f'{head}{charset}\n<meta http-equiv="{META}" content="{policy_for(_allowed(rest, scripts))}">{rest}'


def _allowed(page: str, scripts: Sequence[re.Pattern[str]]) -> Iterator[str]:
    """Yield the inline scripts of a page that are the theme's."""
    return (script for script in _INLINE.findall(page) if any(known.fullmatch(script) for known in scripts))
