"""What a reader makes of a source: the article's parts as the source tells them, and what was left out."""

from dataclasses import dataclass

from digest.models import When

__all__ = ["Dropped", "RawArticle"]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is not part of the article's text."""

    kind: str
    """A word for people: caption, promo, share …"""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """An article as its source tells it; what the source does not tell is None."""

    title: str
    paragraphs: tuple[str, ...]
    """The body, each on one line; never empty."""
    lang: str | None = None
    """BCP 47."""
    subtitle: str | None = None
    published: When | None = None
    reposted: When | None = None
    outlet: str | None = None
    """Its name as found, or an id that the source already carries."""
    host: str | None = None
    """The outlet's host where something other than the address tells it."""
    authors: tuple[str, ...] = ()
    url: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    summary: str | None = None
    retrieved: When | None = None
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    """What the editor should know beside that."""

    @property
    def text(self) -> str:
        """The body as an article file holds it."""
        return "\n\n".join(self.paragraphs) + "\n"
