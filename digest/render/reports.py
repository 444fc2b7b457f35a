"""Where readers report a mistake: a letter to the publisher or a new issue, with the page filled in. No server takes part."""

from urllib.parse import quote

from digest.catalog import Catalog
from digest.settings import Settings

__all__ = ["report_links"]


def report_links(settings: Settings, catalog: Catalog, url: str) -> list[tuple[str, str]]:
    """Return the ways to report a sentence of a page, each as the key of its words and its address."""
    page = (settings.address or "/") + url
    subject = quote(catalog.text("report_subject").unescape(), safe="")
    body = quote(f"{page}\n\n{catalog.text('report_sentence').unescape()}\n", safe="")
    ways = []
    if settings.contact and settings.contact.startswith("mailto:"):
        ways.append(("report_mail", f"{settings.contact}{'&' if '?' in settings.contact else '?'}subject={subject}&body={body}"))
    if settings.repository:
        ways.append(("report_issue", f"{settings.repository}/issues/new?title={subject}&body={body}"))
    return ways
