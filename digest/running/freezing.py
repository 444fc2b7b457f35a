"""Turn values of ours into bytes and back, and into keys.

An article is frozen as its name alone, and a citation as a span of one: so what thaws holds the very articles of this run, and every
citation is cut out of its text again. Only types of this program, and days and times, are ever thawed: bytes of strangers run nothing.
"""

import copyreg
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from digest.models import Article, Citation

__all__ = ["Keys", "Names", "freeze", "names_of", "thaw"]

_PROTOCOL = 5
_PLAIN = {"datetime": {"date", "datetime", "time", "timedelta", "timezone"}, "pathlib": {"PosixPath"}}
"""What may be thawed beside this program's own types."""
_ARRAYS = {("numpy", "dtype"), ("numpy", "ndarray"), ("numpy._core.numeric", "_frombuffer"), ("numpy._core.multiarray", "_reconstruct"),
           ("numpy._core.multiarray", "scalar")}
"""What arrays of numbers thaw by."""
Name = tuple[str, str, bool]
"""An article's id, the version of its text, and whether it is a former one."""
Names = Mapping[Name, Article]
"""The articles of this run."""


def _name(article: Article) -> Name:
    """Return what an article is frozen as."""
    return article.id, article.version, article.former


def names_of(articles: Iterable[Article]) -> dict[Name, Article]:
    """Return articles by what they are frozen as."""
    return {_name(article): article for article in articles}


def read_only(found: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """Return a mapping that nobody changes: what such a one thaws to."""
    return MappingProxyType(found)


copyreg.pickle(MappingProxyType, lambda proxy: (read_only, (dict(proxy),)))


class _Freezer(pickle.Pickler):
    def persistent_id(self, value: Any) -> Any:
        kind = type(value)
        if kind is Citation:
            return *_name(value.article), value.start, value.end
        return _name(value) if kind is Article else None


class _Thawer(pickle.Unpickler):
    def __init__(self, file: BytesIO, articles: Names) -> None:
        super().__init__(file)
        self._articles = articles

    def persistent_load(self, pid: Any) -> Any:
        ident, version, former, *span = pid
        article = self._articles[ident, version, former]
        if not span:
            return article
        start, end = span
        return Citation(article, start, end, article.text[start:end])

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _ARRAYS:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith("digest.") or name in _PLAIN.get(module, ()) else None
        if found is not read_only and not isinstance(found, type):
            raise pickle.UnpicklingError(f"{module}.{name} is no type of ours")
        return found


def freeze(value: object) -> bytes:
    """Return a value as bytes."""
    file = BytesIO()
    _Freezer(file, _PROTOCOL).dump(value)
    return file.getvalue()


def thaw(frozen: bytes, articles: Names) -> Any:
    """Return the value that was frozen, with these articles.

    Raises:
        ValueError: it is none, or is about other articles.
    """
    try:
        return _Thawer(BytesIO(frozen), articles).load()
    except Exception as error:  # what a pickle that is not ours may raise has no bounds
        raise ValueError(f"cannot be thawed: {error}") from error


class _Hasher(pickle.Pickler):
    """Writes equal values as equal bytes: without remembering which parts are one object, and sets in order."""

    def __init__(self, file: BytesIO, keys: "Keys") -> None:
        super().__init__(file, _PROTOCOL)
        self.fast = True
        self._keys = keys

    def persistent_id(self, value: Any) -> Any:
        kind = type(value)
        if kind is frozenset or kind is set:
            return "set", sorted(value if all(type(one) is str for one in value) else map(self._keys.of, value))
        if kind is Citation:
            return self._keys.article(value.article), value.start, value.end
        if kind is Article:
            return self._keys.article(value)
        tell = _teller(kind)  # type: ignore[arg-type]  # a class can be hashed
        return tell and (kind.__qualname__, tell(value))


@cache
def _teller(kind: type) -> Callable[[Any], object] | None:
    """Return what tells the fields of a dataclass, faster than pickling one does; None of another type."""
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else []
    return attrgetter(*names) if names else None


_SAID = tuple(name for name in Article.__slots__ if name not in {"path", "text", "sentences"})
"""What an article's key is made from; its version stands for the text and so for the sentences."""


class Keys:
    """Keys of values: equal ones have equal keys, in any run and on any machine. Those of articles are remembered."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Article, str]] = {}
        """By the number of the object, which is kept so that no other one gets its number."""

    def of(self, *values: object) -> str:
        """Return the key of values: 40 hexadecimal digits."""
        file = BytesIO()
        _Hasher(file, self).dump(values)
        return blake2b(file.getbuffer(), digest_size=20).hexdigest()

    def article(self, article: Article) -> str:
        """Return the key of all that an article says."""
        known = self._known.get(id(article))
        if known is None:
            known = self._known[id(article)] = article, self.of(*(getattr(article, name) for name in _SAID))
        return known[1]
