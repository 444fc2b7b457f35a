"""Fill the translation memory of a content folder with invented translations, so that building it asks no engine.

    remember.py CONTENT MEMORY

The packages are pinned and not installed: what the memory holds is all there is. Each translation has the names, numbers and marks of its
sentence, and other words.
"""

import re
import sys
from pathlib import Path

from digest.desk import BETWEEN, open_desk
from digest.memory import memory_file, memory_key, write_memory
from digest.pipeline import load_digest
from digest.settings import load_settings
from digest.translators import Draft
from digest.translators.pins import Pin, write_pins
from digest.wanted import find_wanted

_WORD = re.compile(r"\b[a-z]+\b")


def pin_packages(content: Path) -> None:
    """Pin a package from English into each language of a content folder."""
    url, digest = "https://packages.example.org/", "0" * 64
    write_pins(content, [Pin(code=f"translate-{BETWEEN}_{lang}", version="1.0", url=url, sha256=digest, size=1, files=digest)
                         for lang in load_settings(content).languages if lang != BETWEEN])


def fill_memory(content: Path, memory: Path) -> None:
    """Remember a translation of everything that the pages of a content folder tell."""
    digest, _ = load_digest(content)
    desk = open_desk(digest.settings, content, memory)
    for lang, originals in find_wanted(digest).items():
        if route := desk.route(BETWEEN, lang):
            model, = route.steps
            drafts = {memory_key(model, one.text): Draft(_WORD.sub(lambda found: f"{found[0][::-1]}u", one.text)) for one in originals}
            write_memory(memory_file(memory, model), drafts)


if __name__ == "__main__":
    folder, kept = map(Path, sys.argv[1:])
    pin_packages(folder)
    fill_memory(folder, kept)
