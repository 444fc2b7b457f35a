"""Tell languages by the n-grams and weights of py3langid's model, and as it does, but for all bytes of a text at a time."""

import unicodedata
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

__all__ = ["classify"]

_Numbers = NDArray[np.intp]


def classify(text: str) -> str:
    """Return the language that the n-grams of a text tell of."""
    model = _model()
    text = unicodedata.normalize("NFC", text.lower() if text.isupper() else text)
    ends = _tables()[2].take(_walk(np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8).astype(np.intp)))
    ngrams, counts = _counted(ends[ends >= 0])
    if not len(ngrams):
        return str(model.nb_classes[0])
    weights = _floats().take(model.nb_ptc.view(np.uint16).take(ngrams, axis=0))
    scores = np.log1p(counts.astype(np.float32)) @ weights + model.nb_pc
    return str(model.nb_classes[int(scores.argmax())])


@cache
def _model() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


@cache
def _tables() -> tuple[NDArray[Any], _Numbers, _Numbers]:
    """Return the model's automaton: the state after each step, the place where a state's steps begin, the n-gram that ends in a state."""
    model = _model()
    steps, rows = (np.frombuffer(table, f"u{table.itemsize}") for table in (model.tk_nextmove, model.tk_row))
    return steps, rows.astype(np.intp) << 8, np.asarray(model.tk_output, np.intp)


@cache
def _floats() -> NDArray[np.float32]:
    """Return what numbers 16 bits can mean: weights are kept in so many, and to look one up is cheaper than to widen it."""
    return np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)


def _walk(letters: _Numbers) -> NDArray[Any]:
    """Return the state of the automaton after each byte.

    A state depends on the last few bytes only. So each is taken from the one before it, of all bytes at a time, again and again until none
    changes: then each is what follows from the one before it, and the first from the start.
    """
    steps, rows, _ = _tables()
    states = np.zeros(len(letters) + 1, steps.dtype)
    while True:
        after = steps.take(rows.take(states[:-1]) + letters)
        if np.array_equal(after, states[1:]):
            return after
        states[1:] = after


def _counted(numbers: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Return the numbers, each once and sorted, and how often each is there."""
    numbers = np.sort(numbers)
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    return numbers[starts], np.diff(starts, append=len(numbers))
