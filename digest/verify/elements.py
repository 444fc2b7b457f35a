"""Hold a page's elements against what pages are made of: nothing runs, nothing is loaded from another site, nothing is hidden in a head."""

import re
from collections.abc import Iterator

from lxml import etree

from digest.verify.evidence import Evidence
from digest.verify.words import is_interface

__all__ = ["find_foreign", "find_refreshes", "find_untold", "language_at", "misfits"]

_TAGS = frozenset({
    "a", "abbr", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details", "dfn",
    "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd",
    "li", "main", "mark", "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "wbr", "svg", "g", "path", "circle",
    "rect", "line", "polygon", "polyline", "button", "fieldset", "input", "label", "legend",
})
_THEME_TAGS = frozenset({"script"})
"""Elements that only the theme has in `<main>`, beside the page's content."""
_ATTRIBUTES = frozenset({
    "alt", "aria-controls", "aria-current", "aria-describedby", "aria-description", "aria-expanded", "aria-haspopup", "aria-hidden",
    "aria-label", "aria-labelledby", "aria-live", "aria-roledescription", "aria-valuetext", "autocomplete", "checked", "class",
    "colspan", "cx", "cy", "d", "data-chart", "data-drawn", "data-from", "data-new", "data-of", "data-quote", "data-since",
    "data-translation", "datetime", "dir", "disabled", "fill", "fill-rule", "for", "headers", "height", "hidden", "href", "hreflang",
    "id", "label", "lang", "open", "placeholder", "points", "popover", "popovertarget", "popovertargetaction", "r", "rel", "reversed",
    "role",
    "rowspan", "rx", "ry", "scope", "start", "stroke", "stroke-width", "summary", "tabindex", "target", "title", "transform",
    "translate", "type", "value", "viewbox", "width", "x", "x1", "x2", "xmlns", "y", "y1", "y2",
})
_LOADING = ("src", "srcset", "imagesrcset", "poster", "data", "action", "formaction", "background", "ping", "manifest", "xlink:href",
            "longdesc", "srcdoc", "codebase", "classid", "style")
_SUSPECT = etree.XPath(f"//@*[starts-with(name(), 'on') or contains(' {' '.join(_LOADING)} ', concat(' ', name(), ' '))]"
                       " | //link[not(@rel = 'canonical')]/@href")
_LEAVES = re.compile(r"[\s\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_PLAIN = {
    "viewport": re.compile("width=device-width, ?initial-scale=1"), "robots": re.compile("[a-z, ]{1,40}"),
    "generator": re.compile(r"mkdocs-[\w.]{1,20}, mkdocs-material-[\w.+]{1,20}"), "referrer": re.compile("[a-z-]{1,40}"),
    "color-scheme": re.compile("[a-z ]{1,20}"), "theme-color": re.compile("#[0-9a-fA-F]{3,8}"),
}
"""The `<meta>` that tell readers nothing."""


def language_at(element: etree._Element) -> str:
    """Return the language that an element is said to be in: its own, or that of the nearest that holds it."""
    return next((lang for holder in (element, *element.iterancestors()) if (lang := holder.get("lang"))), "")


def misfits(element: etree._Element, evidence: Evidence, *, theme: bool) -> Iterator[str]:
    """Yield what of an element in `<main>`, apart from its words, no page needs; `theme`: it stands beside the page's content."""
    tag = element.tag
    if tag not in _TAGS and not (theme and tag in _THEME_TAGS):
        yield f"has a <{tag}> in its text"
    elif tag == "script" and (element.keys() or (element.text or "").strip() not in evidence.theme_scripts):
        yield "has a <script> that is not the theme's"
    elif tag == "button" and not theme and (element.get("type") != "button" or not element.get("popovertarget")):
        yield "has a <button> that opens no receipt"
    elif tag == "input" and not theme and (element.get("type") != "checkbox" or set(element.keys()) - {"type", "checked"}):
        yield "has an <input> that asks for more than a tick"
    for name in map(str, element.attrib):
        if (name not in _ATTRIBUTES and not name.startswith("data-md-")) or (name == "href" and tag != "a"):
            yield f"<{tag}> has the attribute {name}=“{element.get(name)[:60]}”"


def find_foreign(tree: etree._Element) -> Iterator[str]:
    """Yield what a page would run or load from another site, wherever it stands."""
    for value in _SUSPECT(tree):
        name, tag = value.attrname, value.getparent().tag
        if name.startswith("on"):
            yield f"<{tag}> runs {name}=“{value[:60]}”"
        elif any(map(_LEAVES.match, re.split(r"[,(]\s*[\"']?", value) if name in {"srcset", "imagesrcset", "style"} else [value])):
            yield f"<{tag}> loads {name}=“{value[:60]}” from elsewhere"


def find_refreshes(tree: etree._Element) -> Iterator[str | None]:
    """Yield where a page sends its readers on to; None for what is no address on this site."""
    for meta in tree.iter("meta"):
        if meta.get("http-equiv") is not None:
            found = re.fullmatch(r"0; url=(\S+)", meta.get("content", ""))
            yield found[1] if found and meta.get("http-equiv") == "refresh" and not _LEAVES.match(found[1]) else None


def find_untold(tree: etree._Element, lang: str, told: frozenset[str]) -> Iterator[str]:
    """Yield what a page's `<meta>` say that is neither a word of the interface nor `told` on the page itself."""
    for meta in tree.iter("meta"):
        name, content = meta.get("name", meta.get("property", "")), " ".join(meta.get("content", "").split())
        plain = meta.get("http-equiv") is not None or (name in _PLAIN and _PLAIN[name].fullmatch(content) is not None)
        if not plain and content not in told and not is_interface(content, lang):
            yield f"<meta> {name[:40]} “{content[:80]}” is neither a heading of the page nor a word of the interface"
