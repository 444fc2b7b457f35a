"""What MkDocs and the theme need for pages of several languages in one site: navigation, menus, words of the theme.

It works on MkDocs' objects without importing MkDocs: `mkdocs_plugin` hands them over.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from typing import Any

from markupsafe import Markup

from digest.catalog import Catalog, direction, language_name, load_catalog, locale_code

__all__ = [
    "Alternate", "dress_toggles", "find_alternates", "link_page", "local_nav", "page_address", "theme_language", "theme_words",
]


@cache
def theme_language(lang: str) -> str:
    """Return the language whose words the theme has for a language; English where it has none."""
    words = resources("material") / "templates" / "partials" / "languages"
    names = (lang, lang.partition("-")[0])
    return next((name for name in names if words.joinpath(f"{name}.html").is_file()), "en")


_WORDS = ("not_found", "not_found_hint", "languages", "home", "topics", "archive", "close", "outlet_name", "search", "search_filters",
          "search_topic", "search_any", "search_from", "search_to", "search_none", "search_found", "search_back", "search_more",
          "search_earlier", "search_failed")
"""Our words in the theme's templates; what `{count}` and `{month}` are in them is known in the browser."""


def theme_words(languages: Sequence[str]) -> list[dict[str, str]]:
    """Return, for each language of a site, our words in the theme's templates, its digits, and where its pages begin."""
    catalogs = [load_catalog(lang) for lang in languages]
    later = {name: Markup(f"{{{name}}}") for name in ("count", "month")}  # noqa: S704 - names of fields
    return [{"lang": catalog.lang, "dir": direction(catalog.lang), "tree": lang, "home": f"{lang}/" if number else ".",
             "digits": "".join(map(catalog.number, range(10))), **{f"t_{key}": str(catalog.text(key, **later)) for key in _WORDS}}
            for number, (lang, catalog) in enumerate(zip(languages, catalogs, strict=True))]


def local_nav(nav: Any, lang: str, files: Any) -> Any:
    """Return a navigation with the same places in another language."""
    local = copy(nav)
    local.items = [_local(item, lang, files) for item in nav.items]
    local.homepage = _local(nav.homepage, lang, files) if nav.homepage else None
    return local


def _local(item: Any, lang: str, files: Any) -> Any:
    """Return a page, link or section of a navigation in another language; itself where it has no counterpart."""
    if item.is_section:
        section = copy(item)
        section.children = [_local(child, lang, files) for child in item.children]
        for child in section.children:
            child.parent = section
        return section
    found = files.get_file_from_path(f"{lang}/{item.file.src_uri}") if item.is_page else None
    return found.page if found else item


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same place in one of the languages of a site."""

    lang: str
    path: str
    """The Markdown file of its page."""
    told: bool
    """Whether search engines may take it for a page in that language."""


def find_alternates(told: Mapping[str, bool], languages: Sequence[str]) -> dict[str, tuple[Alternate, ...]]:
    """Return, by the path of each page, the same place in every language in which there is one; `told` holds all pages."""
    first, *others = languages
    found = {}
    for path in told:
        tree = next((lang for lang in others if path.startswith(f"{lang}/")), first)
        place = path if tree == first else path.removeprefix(f"{tree}/")
        places = {first: place, **{lang: f"{lang}/{place}" for lang in others}}
        found[path] = tuple(Alternate(lang, at, told[at]) for lang, at in places.items() if at in told)
    return found


def page_address(path: str) -> str:
    """Return the address of the page of a Markdown file from the site's root."""
    return f"{path.removesuffix('.md')}/".removesuffix("index/")


def link_page(page: Any, alternates: Sequence[Alternate], language: str, address: str) -> None:
    """Give a page its `alternates`; one that is told in another language leads search engines to that of the site's own `language`.

    `address` is that of the site.
    """
    page.meta["alternates"] = [
        {"lang": other.lang, "name": language_name(other.lang, other.lang), "url": page_address(other.path), "told": other.told,
         "here": other.path == page.file.src_uri, "locale": locale_code(other.lang)} for other in alternates]
    own = next((other for other in alternates if other.lang == language), None)
    if own and not page.meta.get("told", True) and address:
        page.canonical_url = address + page_address(own.path)


def dress_toggles(config: Any, catalog: Catalog) -> None:
    """Say the theme's switch between light and dark in a page's language, as far as mkdocs.yml has our words for it."""
    ours = {str(load_catalog(lang).text(key)): key for lang in ("en", catalog.lang) for key in ("to_dark", "to_light")}
    palette = config.theme.get("palette") or []
    for scheme in palette if isinstance(palette, list) else []:
        toggle = scheme.get("toggle", {})
        key = toggle.setdefault("key", ours.get(toggle.get("name")))
        if key:
            toggle["name"] = str(catalog.text(key))
