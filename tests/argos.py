"""A local index of Argos packages, served on 127.0.0.1, and the documents that they know by heart."""

import json
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from digest.content import format_article
from digest.translators.pins import read_pins, write_pins

__all__ = ["ES", "EVAL", "FIXTURES", "NEEDS_FIXTURES", "PACKAGES", "TR", "Document", "Sentence", "Shop", "chrf", "documents", "open_shop",
           "sentences", "set_score", "write_documents"]

EVAL = os.environ.get("DIGEST_EVAL")
FIXTURES = Path(EVAL or "", "argos")
ES, TR = "translate-en_es-1_0.argosmodel", "translate-en_tr-1_0.argosmodel"
PACKAGES = {("en", "es"): ES, ("en", "tr"): TR}
NEEDS_FIXTURES = pytest.mark.skipif(not EVAL, reason="DIGEST_EVAL names no folder with Argos packages")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in English and its translations by people."""

    en: str
    es: str
    tr: str
    seen: bool
    """Whether the packages learned it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the fixtures, its title first."""

    id: str
    sentences: tuple[Sentence, ...]
    seen: bool


@lru_cache(maxsize=1)
def documents() -> tuple[Document, ...]:
    rows = [json.loads(line) for line in (FIXTURES / "ntrex.jsonl").read_text("utf-8").splitlines()]
    return tuple(Document(f"document-{number}", tuple(Sentence(*texts, row["seen"]) for texts in zip(
        [row["title"], *row["text"].split("\n")], row["es"], row["tr"], strict=True)), row["seen"]) for number, row in enumerate(rows))


def sentences() -> tuple[Sentence, ...]:
    return tuple(sentence for document in documents() for sentence in document.sentences)


def write_documents(content: Path, found: Iterable[Document]) -> None:
    """Write documents as a content folder in English, told in Spanish and Turkish too: an article each, a paragraph a sentence."""
    content.mkdir(parents=True)
    (content / "digest.yml").write_text("title: Thirty documents\nlanguages: [en, es, tr]\n", "utf-8")
    (content / "outlets.yml").write_text("- {id: courier, name: The Courier, lang: en, rights: full}\n", "utf-8")
    for number, document in enumerate(found):
        title, *paragraphs = (sentence.en for sentence in document.sentences)
        published = date(2031, 1, 1) + timedelta(days=60 * number)
        path = content / "articles" / f"{published:%Y/%m}" / f"{document.id}.md"
        path.parent.mkdir(parents=True)
        front = {"title": title, "published": published.isoformat(), "outlet": "courier", "lang": "en"}
        path.write_text(format_article(front, paragraphs), "utf-8")


def set_score(content: Path, score: float | None) -> None:
    """Set the lowest score of every pinned package, as an editor would."""
    write_pins(content, [replace(pin, min_score=score) for pin in read_pins(content).values()])


@dataclass
class Shop:
    """A server of packages; what it has may be changed while it runs."""

    address: str
    files: dict[str, bytes] = field(default_factory=dict)
    """By name."""
    cut: set[str] = field(default_factory=set)
    """Files of which only the first half is sent, though all is announced."""
    asked: list[str] = field(default_factory=list)
    """The names of what was asked for."""

    def offer(self, name: str, source: str, target: str, raw: bytes, version: str = "1.0") -> None:
        """Put a package on the shelf and into the index."""
        self.files[name] = raw
        rows: list[Any] = json.loads(self.files.get("index.json", b"[]"))
        rows = [row for row in rows if (row["from_code"], row["to_code"]) != (source, target)]
        links = ["ipfs://QmNothing", f"{self.address}/{name}"]
        row = {"from_code": source, "to_code": target, "package_version": version, "links": links, "code": f"translate-{source}_{target}"}
        self.files["index.json"] = json.dumps([*rows, row]).encode()


@contextmanager
def open_shop(packages: Mapping[tuple[str, str], str]) -> Iterator[Shop]:
    """Serve packages, by pair of languages, from the fixtures."""

    class Counter(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/")
            shop.asked.append(name)
            if name not in shop.files:
                self.send_error(404)
                return
            raw = shop.files[name]
            self.send_response(200)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw[:len(raw) // 2] if name in shop.cut else raw)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counter)
    shop = Shop(f"http://127.0.0.1:{server.server_address[1]}")
    for (source, target), name in packages.items():
        shop.offer(name, source, target, (FIXTURES / name).read_bytes())
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def chrf(pairs: Iterable[tuple[str, str]], longest: int = 6, beta: float = 2) -> float:
    """Return the character F-score of translations against references, from 0 to 100 (chrF2, Popović 2015)."""
    scores, rows = [], [tuple("".join(text.split()) for text in pair) for pair in pairs]
    for size in range(1, longest + 1):
        hits = found = wanted = 0
        for told, reference in rows:
            one, other = (Counter(text[at:at + size] for at in range(len(text) - size + 1)) for text in (told, reference))
            hits, found, wanted = hits + (one & other).total(), found + one.total(), wanted + other.total()
        precision, recall = hits / max(found, 1), hits / max(wanted, 1)
        scores.append((1 + beta**2) * precision * recall / max(beta**2 * precision + recall, 1e-9))
    return 100 * sum(scores) / len(scores)
