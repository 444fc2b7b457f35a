"""Try readers on bytes that a fuzzer makes of what it has seen them do (atheris, libFuzzer): a refusal is right, anything else a finding.

    pip install atheris
    python tests/robust/fuzz.py text -max_total_time=600

Without a name all readers take turns. A finding is written to a file, and becomes a test.
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["digest"]):
    from digest.clean import clean_text
    from digest.content import parse_article
    from digest.errors import ArticleError, FetchError
    from digest.fetch.decoding import BadEncodingError, decoded
    from digest.ingest.addresses import tidy_address
    from digest.ingest.decode import decode_source
    from digest.ingest.feed import read_feed
    from digest.ingest.html import read_html
    from digest.ingest.markdown import read_markdown
    from digest.ingest.text import read_text
    from digest.segment import segment_article

PATH = Path("fuzz.md")


def article(raw: bytes) -> None:
    """Read an article file and its sentences."""
    found, _ = parse_article(decode_source(raw, PATH, html=False), PATH)
    for sentence in segment_article(found).sentences:
        assert found.text[sentence.start:sentence.end].strip()


def clean(raw: bytes) -> None:
    """Clean a text; what is clean stays."""
    text = clean_text(raw.decode("utf-8", "surrogatepass" if raw.isascii() else "replace"))
    assert clean_text(text) == text


READERS: dict[str, Callable[[bytes], object]] = {
    "text": lambda raw: read_text(decode_source(raw, PATH, html=False), "fuzz"),
    "markdown": lambda raw: read_markdown(decode_source(raw, PATH, html=False), "fuzz"),
    "html": lambda raw: read_html(decode_source(raw, PATH, html=True), "fuzz"),
    "feed": lambda raw: read_feed(raw, "https://press.example/feed"),
    "address": lambda raw: tidy_address(raw.decode("utf-8", "replace")),
    "gzip": lambda raw: decoded(raw, "gzip, deflate", 100_000),
    "article": article,
    "clean": clean,
}


def try_one(raw: bytes) -> None:
    """Give bytes to the reader that is asked for, or to the one that their first byte names."""
    read = READERS[NAME] if NAME else list(READERS.values())[raw[0] % len(READERS)] if raw else clean
    with suppress(ArticleError, FetchError, BadEncodingError):
        read(raw if NAME else raw[1:])


NAME = next((word for word in sys.argv[1:] if word in READERS), None)

if __name__ == "__main__":
    atheris.Setup([word for word in sys.argv if word != NAME], try_one)
    atheris.Fuzz()
