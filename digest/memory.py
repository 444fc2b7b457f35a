"""The translation memory: what each engine once made of a sentence, so that only new sentences cost.

A file of JSON lines for each pair of languages of an engine, sorted, so that the same memory has the same bytes and two of them are
joined by a plain union of their lines. A line that cannot be read is passed over, and its sentence is translated again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from pathlib import Path

from digest.content import write_file
from digest.escape import visible
from digest.translators import Draft, Model

__all__ = ["Key", "Memory", "append_memory", "forget", "memory_file", "memory_key", "merge", "read_drafts", "read_memory", "write_memory"]

Key = tuple[str, str]
"""The identity of what translated, and the sentence."""
Memory = Mapping[Key, Draft]
_MAX_BYTES = 500_000_000


def memory_file(folder: Path, model: Model) -> Path:
    """Return the file of a pair of languages in the folder of the memory."""
    return folder / f"{model.engine}-{model.source}-{model.target}.jsonl"


def memory_key(model: Model, sentence: str) -> Key:
    """Return what a sentence's draft is remembered by."""
    return model.identity, sentence


def read_memory(path: Path) -> dict[Key, Draft]:
    """Read a file of the memory, as far as it can be read and seen; of two drafts of one sentence the more probable."""
    if not path.is_file() or path.stat().st_size > _MAX_BYTES:
        return {}
    return _union(row for line in path.read_bytes().split(b"\n") if (row := _row(line)))


def read_drafts(folder: Path) -> dict[str, frozenset[str]]:
    """Return all that any engine made of each sentence, whatever the languages."""
    drafts: dict[str, set[str]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for (_, sentence), draft in read_memory(path).items():
            drafts.setdefault(sentence, set()).add(draft.text)
    return {sentence: frozenset(texts) for sentence, texts in drafts.items()}


def _union(rows: Iterable[tuple[Key, Draft]]) -> dict[Key, Draft]:
    found: dict[Key, Draft] = {}
    for key, draft in rows:
        found[key] = max(draft, found.get(key, draft), key=lambda one: (one.score or 0.0, one.text))
    return found


def _row(line: bytes) -> tuple[Key, Draft] | None:
    try:
        found = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.keys() - {"score"} != {"model", "sentence", "text"}:
        return None
    model, sentence, text, score = (found.get(key) for key in ("model", "sentence", "text", "score"))
    if not all(isinstance(value, str) and _is_unicode(value) for value in (model, sentence, text)):
        return None
    if score is not None and not (isinstance(score, float | int) and isfinite(score)):
        return None
    return (str(model), str(sentence)), Draft(visible(str(text)), score if score is None else float(score))


def _is_unicode(text: str) -> bool:
    """Return whether a text can be written: JSON may hold halves of characters."""
    return not any("\ud800" <= c <= "\udfff" for c in text)


def write_memory(path: Path, rows: Memory) -> None:
    """Write a file of the memory whole or not at all."""
    write_file(path, "".join(sorted(_line(key, draft) for key, draft in rows.items())))


def append_memory(path: Path, rows: Memory) -> None:
    """Add lines to a file of the memory at once, before it is written whole: what is killed meanwhile has lost hardly anything."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        file.write("".join(("\n", *(_line(key, draft) for key, draft in rows.items()))).encode())


def _line(key: Key, draft: Draft) -> str:
    score = {} if draft.score is None else {"score": draft.score}
    row = {"model": key[0], "sentence": key[1], "text": draft.text, **score}
    return f"{json.dumps(row, ensure_ascii=False)}\n"


def merge(folder: Path, others: Iterable[Path]) -> int:
    """Take the memories of other folders into one; return how many drafts are new there."""
    new = 0
    for path in sorted(path for other in others for path in other.glob("*.jsonl")):
        mine, theirs = read_memory(folder / path.name), read_memory(path)
        if (both := _union((*mine.items(), *theirs.items()))) != mine:
            write_memory(folder / path.name, both)
        new += len(both) - len(mine)
    return new


def forget(folder: Path, texts: Sequence[str]) -> tuple[Path, ...]:
    """Take out of a memory every sentence that stands in one of these texts, in all languages; return the files that changed.

    What was made of it in a language in between goes too.
    """
    memories = {path: read_memory(path) for path in sorted(folder.glob("*.jsonl"))}
    folded = [" ".join(text.split()) for text in texts]
    gone = {key[1] for rows in memories.values() for key in rows if any(key[1] in text for text in folded)}
    gone |= {draft.text for rows in memories.values() for key, draft in rows.items() if key[1] in gone}
    changed = []
    for path, rows in memories.items():
        kept = {key: draft for key, draft in rows.items() if key[1] not in gone}
        if len(kept) < len(rows):
            write_memory(path, kept)
            changed.append(path)
    return tuple(changed)
