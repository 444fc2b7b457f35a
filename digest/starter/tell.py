"""What `digest init` says at its end: what was made, what to do next, and what publishing shows."""

import shlex
from collections.abc import Iterator
from pathlib import Path

from digest.starter.init import NewDigest

__all__ = ["tell_made"]

_PUBLIC = """\
Publishing from a public repository shows all of content/: whole articles, whatever their outlets' rights say. Where you may
not pass them on, keep the repository private, or begin with --private-content OWNER/NAME: README.md tells more."""
_PRIVATE = """\
Publishing shows what the site quotes; content/ belongs into the private repository {private}, and git ignores it here.
README.md tells how the workflow may read it, and what its logs name."""


def tell_made(folder: Path, wanted: NewDigest) -> Iterator[str]:
    """Yield the lines that say what was made, the next commands, and what is public once it is published."""
    yield f"{folder}: the digest “{wanted.title}”, with the program in wheels/ and how to publish it in README.md"
    yield "Next:"
    yield f"  cd {shlex.quote(str(folder))}"
    yield "  make                               # sets the program up, about a minute, and builds the site"
    yield "  .venv/bin/digest add STORY.txt     # an article: text, HTML or Markdown"
    yield "  make serve                         # the preview on http://127.0.0.1:8000/"
    if missing := [key for key in ("publisher", "contact") if not getattr(wanted, key)]:
        yield f"Before it is published, name a {' and a '.join(missing)} in content/digest.yml."
    yield from (_PRIVATE.format(private=wanted.private) if wanted.private else _PUBLIC).splitlines()
