"""Names that are safe in addresses and as file names everywhere."""

import hashlib
import re

from anyascii import anyascii

__all__ = ["free_id", "name_slug", "short_hash", "slugify"]


def slugify(text: str, limit: int = 48) -> str:
    """Return small letters, digits and hyphens that resemble a text, whole words up to `limit` characters; perhaps nothing."""
    words = re.findall(r"[a-z0-9]+", anyascii(text[:4 * limit].replace("'", "").replace("’", "")).lower())
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > limit:
            break
        slug = f"{slug}-{word}" if slug else word[:limit]
    return slug


def free_id(name: str, taken: set[str]) -> str:
    """Return an outlet's id that resembles its name and is not taken yet; then it is."""
    base = slugify(name)[:50].strip("-") or "outlet"
    ident = next(each for each in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if each not in taken and each != "index")
    taken.add(ident)
    return ident


def short_hash(*parts: str) -> str:
    """Return 8 hex digits that stay the same for these texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:8]


def name_slug(name: str) -> str:
    """Return the address of the page of a place or organization: the same for all spellings that differ in case or accents only."""
    plain = slugify(name)
    return f"{plain or 'name'}-{short_hash('name', plain or name)}"
