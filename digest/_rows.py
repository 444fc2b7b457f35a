"""Read the YAML that article files mostly are, a key and a value in each row, far faster than a reader of all YAML does.

What it reads, it reads as YAML is read; of anything else it says so, and `_yaml` reads that as a whole.
"""

import re
from collections.abc import Iterator

import yaml

__all__ = ["compose_rows"]

_PLAIN = r"[^\W_](?:[\w.,;/+?=&%~’–()'-]|:(?=\S)|\b#|/#| (?=\S)(?!#))*"
_QUOTED = r'"[^"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]*"'
_PART = rf"(?:[^\W_](?:[\w.’–'-]| (?=[^\s#]))*|{_QUOTED})"
_ROW = re.compile(rf"(?P<key>[a-z_]+): (?:(?P<plain>{_PLAIN})|(?P<quoted>{_QUOTED})|\[(?P<list>(?:{_PART}(?:, {_PART})*)?)\])")
_PARTS = re.compile(_PART)
_TEXT, _LIST, _MAP = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


def compose_rows(text: str) -> yaml.MappingNode | None:
    """Return the mapping that a YAML text is; None where it is more than keys and values of a row each."""
    rows = text.removesuffix("\n").split("\n")
    found = [match for row in rows if (match := _ROW.fullmatch(row))]
    if len(found) < len(rows):
        return None
    marks = [yaml.Mark("", 0, line, 0, None, 0) for line in range(len(rows))]
    pairs = [(yaml.ScalarNode(_TEXT, row["key"], mark), _value(row, mark)) for row, mark in zip(found, marks, strict=True)]
    return yaml.MappingNode(_MAP, pairs, marks[0])


def _value(row: re.Match[str], mark: yaml.Mark) -> yaml.Node:
    if row["list"] is None:
        return _scalar(row["plain"] or row["quoted"], mark)
    return yaml.SequenceNode(_LIST, list(_scalars(row["list"], mark)), mark)


def _scalars(parts: str, mark: yaml.Mark) -> Iterator[yaml.ScalarNode]:
    yield from (_scalar(part, mark) for part in _PARTS.findall(parts))


def _scalar(written: str, mark: yaml.Mark) -> yaml.ScalarNode:
    quoted = written.startswith('"')
    return yaml.ScalarNode(_TEXT, written[1:-1] if quoted else written, mark, None, '"' if quoted else None)
