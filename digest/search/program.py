"""Pagefind, the program: it is handed pages one by one, in our order, and writes the index of them.

We speak to it as its own wrappers do (`pagefind --service`): JSON in Base64, each message ended by a comma. Its command line would read
a folder in the order of the file system, and the same pages would not always give the same bytes.
"""

import base64
import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from typing import IO, Any, cast

from pagefind_bin import get_executable

from digest.errors import SiteError
from digest.search.indexed import Indexed, page_html

__all__ = ["SCRIPT", "Pagefind", "open_pagefind"]

SCRIPT = "pagefind.js"
"""What of it runs in browsers."""
_CHUNKS = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "1000"}
"""Places of words in a part of an index, about 2 KB: a search loads a part for each of its words from each month. (Default: 20,000.)"""


class Pagefind:
    """The running program."""

    def __init__(self, asked: IO[bytes], told: IO[bytes]) -> None:
        self._asked, self._told, self._number = asked, told, 0

    def index(self, pages: Iterable[Indexed], lang: str) -> dict[str, bytes]:
        """Return the files that Pagefind makes for pages, its own ones among them; the words are stemmed as in a language.

        Raises:
            SiteError: it could not.
        """
        (made,) = self._ask([{"type": "NewIndex", "config": {}}])
        here = {"index_id": made["index_id"]}
        added = ({"type": "AddFile", "url": page.address, "file_contents": page_html(page, lang), "file_path": None} | here
                 for page in pages)
        *_, written, _ = self._ask([*added, {"type": "GetFiles"} | here, {"type": "DeleteIndex"} | here])
        return {file["path"]: base64.b64decode(file["content"]) for file in written["files"]}

    def _ask(self, requests: Sequence[Mapping[str, object]]) -> list[dict[str, Any]]:
        """Send messages, which are answered in turn, and return the answers; they are read while the messages are still being sent."""
        sending = Thread(target=self._send, args=(requests,), daemon=True)
        sending.start()
        try:
            answers = [json.loads(base64.b64decode(answer))["payload"] for answer in self._answers(len(requests))]
        except (OSError, ValueError, KeyError) as error:
            raise SiteError(f"search: Pagefind stopped ({error}); is the package pagefind-bin made for this machine?") from error
        sending.join()
        for answer in answers:
            if answer["type"] == "Error":
                raise SiteError(f"search: Pagefind says: {answer.get('message')}")
        return answers

    def _send(self, requests: Iterable[Mapping[str, object]]) -> None:
        with suppress(OSError, ValueError):  # it stopped, or was stopped: there is no answer then
            for request in requests:
                self._number += 1
                self._asked.write(base64.b64encode(json.dumps({"message_id": self._number, "payload": request}).encode()) + b",")
            self._asked.flush()

    def _answers(self, count: int) -> Iterator[bytes]:
        left = b""
        while count:
            piece = self._told.read1(1 << 20)  # type: ignore[attr-defined]
            if not piece:
                raise OSError("it does not answer")
            *answers, left = (left + piece).split(b",")
            count -= len(answers)
            yield from answers


@contextmanager
def open_pagefind() -> Iterator[Pagefind]:
    """Start the program, and end it.

    Raises:
        SiteError: it is not there.
    """
    try:
        running = subprocess.Popen([get_executable(), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, env={**os.environ, **_CHUNKS})
    except OSError as error:
        raise SiteError(f"search: Pagefind cannot be started ({error}); install the package pagefind-bin again") from error
    try:
        yield Pagefind(cast("IO[bytes]", running.stdin), cast("IO[bytes]", running.stdout))
    finally:
        running.kill()
        running.communicate()
