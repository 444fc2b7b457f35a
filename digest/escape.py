"""The one place where text of strangers is made harmless for Markdown, HTML and YAML alike.

Every ASCII character that is neither letter, digit nor space becomes a numeric character reference, so that no character
that any of the three gives a meaning to survives; control characters, bidirectional overrides and invisible characters go.
The result stands on one line.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from digest.settings import is_address

__all__ = ["address", "escape", "is_clean", "script_json", "text_fragment", "visible"]

_REFERENCES = {n: f"&#{n};" for n in range(33, 127) if not chr(n).isalnum()}
_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'"}
_JOINERS = "\u200c\u200d\u200e\u200f"
"""Zero-width (non-)joiners and direction marks, which Persian, Hindi, Hebrew and emoji need."""
_SUSPECT = re.compile(r"[^\n\x20-\x7e\xa0-\xac\xae-\u061b\u061d-\u180d\u180f-\u1fff\u2010-\u2027\u2030-\u205f\u2070-\ud7ff"
                      r"\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef]")
"""A quick look: what it does not find is certainly visible."""
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in _HIDDEN and character not in _JOINERS and character != "\n"


def is_clean(text: str) -> bool:
    """Return whether a text has no control, bidirectional, invisible or unassigned characters."""
    return not any(_hidden(found) for found in _SUSPECT.findall(text))


def visible(text: str) -> str:
    """Return a text on one line without control, bidirectional, invisible and unassigned characters."""
    shown = _SUSPECT.sub(lambda found: "" if _hidden(found[0]) and not found[0].isspace() else found[0], text)
    return " ".join(shown.split())


def escape(text: object) -> Markup:
    """Return a text that Markdown, HTML (text and attributes) and quoted YAML show as it is and never interpret."""
    return Markup(visible(str(text)).translate(_REFERENCES))  # noqa: S704 - this is the escaping


def script_json(value: object) -> Markup:
    """Return data as JSON on one line that neither ends nor begins anything in a `<script>` or a text in single quotes of YAML."""
    written = json.dumps(_shown(value), ensure_ascii=False, separators=(",", ":"))
    return Markup(written.translate(_IN_SCRIPT))  # noqa: S704 - this is the escaping


def _shown(value: object) -> object:
    """Return data with every text in them as it can be seen."""
    if isinstance(value, Mapping):
        return {key: _shown(found) for key, found in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(found) for found in value]
    return visible(value) if isinstance(value, str) else value


def address(url: str | None) -> str | None:
    """Return an http(s) address percent-encoded for a link; None for anything else."""
    if url is None or not is_address(url):
        return None
    parts = urlsplit(url)
    try:
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except UnicodeError:
        return None
    if not re.fullmatch(r"[A-Za-z0-9.\-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?", host):
        return None
    rest = quote(parts.path, safe="/%:@!$&'()*+,;=~-._") + ("?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else "")
    fragment = "#" + quote(parts.fragment, safe="/%:@!$&'()*+,;=~-._?") if parts.fragment else ""
    return f"{parts.scheme}://{host}{rest}{fragment}"


def text_fragment(url: str | None, sentence: str) -> str | None:
    """Return a publisher's address at a sentence: `#:~:text=start,end`.

    Percent-encoded as the draft standard "URL Fragment Text Directives" (WICG) demands: `-`, `,` and `&` in the words too.
    A long sentence is named by its first and last words; one that holds an address itself is not named. None where the address is
    unusable.
    """
    base = address(url)
    if base is None or "http" in sentence.lower():
        return base
    words = visible(sentence).split()
    parts = [" ".join(words)] if len(words) <= 12 else [" ".join(words[:5]), " ".join(words[-5:])]
    directive = ",".join(quote(part, safe="").replace("-", "%2D") for part in parts)
    return f"{base}{'' if '#' in base else '#'}:~:text={directive}"
