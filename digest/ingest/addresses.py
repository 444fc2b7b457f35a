"""Addresses of pages: two that lead to the same page are one, and one page may name another of its own site alone."""

from urllib.parse import parse_qsl, urlsplit

from digest.settings import is_address

__all__ = ["same_site", "site_of", "tidy_address"]

_LONGEST = 2_000


def tidy_address(url: str | None) -> str | None:
    """Return an address without its fragment and what only counts readers (`utm_source` …); None where it is none."""
    if not url or len(url) > _LONGEST or not is_address(url := url.strip()):
        return None
    bare, _, _ = url.partition("#")
    if "?" not in bare:
        return bare
    from courlan import normalize_url

    tidy, _, _ = str(normalize_url(bare)).partition("#")
    same = sorted(parse_qsl(urlsplit(tidy).query)) == sorted(parse_qsl(urlsplit(bare).query))
    return bare if same or not is_address(tidy) else tidy


def site_of(url: str) -> str | None:
    """Return the site of an address: the part of its host that somebody registered (Public Suffix List), or host and port."""
    from tld import get_fld

    parts = urlsplit(url)
    return get_fld(url, fail_silently=True) or parts.netloc.casefold().removeprefix("www.") or None


def same_site(one: str, other: str) -> bool:
    """Return whether two addresses are of one site."""
    return site_of(one) == site_of(other)
