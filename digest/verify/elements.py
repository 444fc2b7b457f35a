"""Hold a page's elements against what pages are made of: nothing runs, nothing is loaded from another site, nothing is hidden in a head."""

import re
from collections.abc import Iterator

from lxml import etree

from digest.policy import META, policy_for
from digest.verify.evidence import Evidence

__all__ = ["find_foreign", "find_refreshes", "find_scripts", "language_at", "misfits"]

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
    "colspan", "cx", "cy", "d", "data-chart", "data-drawn", "data-from", "data-new", "data-of", "data-printed", "data-quote", "data-since",
    "data-translation", "datetime", "dir", "disabled", "fill", "fill-rule", "for", "headers", "height", "hidden", "href", "hreflang",
    "id", "label", "lang", "open", "placeholder", "points", "popover", "popovertarget", "popovertargetaction", "r", "rel", "reversed",
    "role",
    "rowspan", "rx", "ry", "scope", "start", "stroke", "stroke-width", "summary", "tabindex", "target", "title", "transform",
    "translate", "type", "value", "viewbox", "width", "x", "x1", "x2", "xmlns", "y", "y1", "y2",
})
_PRINTED, _DIRECTIVE = "data-printed", ":~:text="
"""On a link, the address that paper shows for it, and what in the link begins the words that a browser is to look for."""
_LOADING = ("src", "srcset", "imagesrcset", "poster", "data", "action", "formaction", "background", "ping", "manifest", "xlink:href",
            "longdesc", "srcdoc", "codebase", "classid", "style")
_SUSPECT = etree.XPath(f"//@*[starts-with(name(), 'on') or contains(' {' '.join(_LOADING)} ', concat(' ', name(), ' '))]"
                       " | //link[not(@rel = 'canonical')]/@href")
_LEAVES = re.compile(r"[\s\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", re.IGNORECASE)
_DATA = ("application/json", "application/ld+json")
"""Scripts that a browser does not run."""


def language_at(element: etree._Element) -> str:
    """Return the language that an element is said to be in: its own, or that of the nearest that holds it."""
    return next((lang for holder in (element, *element.iterancestors()) if (lang := holder.get("lang"))), "")


def misfits(element: etree._Element, evidence: Evidence, *, theme: bool) -> Iterator[str]:
    """Yield what of an element in `<main>`, apart from its words, no page needs; `theme`: it stands beside the page's content."""
    tag = element.tag
    if tag not in _TAGS and not (theme and tag in _THEME_TAGS):
        yield f"has a <{tag}> in its text"
    elif tag == "script" and (element.keys() or not is_theme_script(element, evidence)):
        yield "has a <script> that is not the theme's"
    elif tag == "button" and not theme and (element.get("type") != "button" or not element.get("popovertarget")):
        yield "has a <button> that opens no receipt"
    elif tag == "input" and not theme and (element.get("type") != "checkbox" or set(element.keys()) - {"type", "checked"}):
        yield "has an <input> that asks for more than a tick"
    if (printed := element.get(_PRINTED)) is not None and printed != element.get("href", "").partition(_DIRECTIVE)[0].removesuffix("#"):
        yield f"<{tag}> prints the address {printed[:80]}, which is not that of its link"
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
        if meta.get("http-equiv") not in (None, META):
            found = re.fullmatch(r"0; url=(\S+)", meta.get("content", ""))
            yield found[1] if found and meta.get("http-equiv") == "refresh" and not _LEAVES.match(found[1]) else None


def is_theme_script(element: etree._Element, evidence: Evidence) -> bool:
    """Return whether an inline script is one of the theme's, word for word."""
    return any(known.fullmatch(element.text or "") for known in evidence.scripts)


def find_scripts(tree: etree._Element, evidence: Evidence) -> Iterator[str]:
    """Yield what a page runs that is not the theme's, and what is wrong with the policy that forbids browsers to run it."""
    inline = [found for found in tree.iter("script") if found.get("src") is None and found.get("type") not in _DATA]
    for found in inline:
        if found.keys() or not is_theme_script(found, evidence):
            yield f"has a <script> that is not the theme's: {(found.text or '')[:60]}"
    first = [found for found in tree.iter("meta", "link", "script", "style", "base") if found.get("charset") is None][:1]
    policies = [meta for meta in tree.iter("meta") if str(meta.get("http-equiv")).lower() == META.lower()]
    if not policies or policies != first:
        yield "has not its policy of what may run, once, before anything else"
    elif policies[0].get("content") != policy_for(found.text or "" for found in inline):
        yield f"has the policy “{policies[0].get('content', '')[:300]}”, which is not the one for its scripts"
