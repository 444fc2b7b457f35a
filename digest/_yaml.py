"""Read YAML that people wrote: every value knows its file and line, and nothing is guessed from its look.

Values are taken as they are asked for (`text`, `texts`, `number` …), so that `country: NO` stays a country and
`published: 2021-02-18` a string. Aliases, tags and deep nesting have no use in these files and are refused, which also
disarms files made to exhaust memory.
"""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import yaml

from digest._rows import compose_rows
from digest.errors import SettingsError

__all__ = ["Block", "Fault", "did_you_mean", "read_block", "read_blocks"]

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_CHARACTERS = 1_000_000
_MAX_OPENERS = 20_000
"""More brackets, dashes and question marks than any file of ours needs: nesting this deep would exhaust the parser."""
_OPENER = re.compile(r"[\[{]|[-?](?!\S)")
"""What opens a list or a mapping; a dash within a word does not."""
_HALF = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow; a control character in a headline is read as a blank."""
_NULLS = {"", "~", "null", "Null", "NULL"}
_OPENED = ("while parsing a flow mapping", "while parsing a flow sequence", "while scanning a quoted", "while scanning a simple key")
"""What is read where something is opened that may never be closed, in the words of PyYAML and libyaml."""
_TRUE, _FALSE = {"true", "True", "TRUE"}, {"false", "False", "FALSE"}

Fault = Callable[[Path, str, int | None], Exception]
"""Makes the error to raise from (path, problem, line)."""


def _settings_fault(path: Path, problem: str, line: int | None) -> Exception:
    return SettingsError(path, problem, line=line)


class Block:
    """A mapping of a YAML file whose keys are asked for one by one."""

    def __init__(self, node: yaml.Node, path: Path, fault: Fault = _settings_fault, first_line: int = 1) -> None:
        self._path, self._fault, self._first = path, fault, first_line
        self._line = node.start_mark.line + first_line
        if not isinstance(node, yaml.MappingNode):
            raise self.error(f"expected keys and values, found {_shape(node)}")
        self._nodes: dict[str, yaml.Node] = {}
        self._keys: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else _shape(key)
            if name in self._nodes:
                raise self.error(f"{name} stands here twice; keep one", at=key)
            self._nodes[name], self._keys[name] = value, key

    def error(self, problem: str, at: yaml.Node | str | None = None) -> Exception:
        """Return the error for a problem at a key, a node or this block."""
        node = self._keys.get(at) if isinstance(at, str) else at
        return self._fault(self._path, problem, node.start_mark.line + self._first if node is not None else self._line)

    def line(self, key: str) -> int:
        """Return the line of a key, from 1."""
        node = self._keys.get(key)
        return node.start_mark.line + self._first if node is not None else self._line

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def _take(self, key: str) -> yaml.Node | None:
        self._asked.add(key)
        node = self._nodes.get(key)
        return None if node is None or _is_null(node) else node

    def text(self, key: str, *, required: bool = False) -> str | None:
        """Return a scalar as it is written; None where the key is absent or null."""
        node = self._take(key)
        if node is None:
            if required:
                raise self.error(f"{key} is missing; expected a text{self._misspelt(key)}")
            return None
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(f"{key}: expected a text, found {_shape(node)}", at=node)
        return str(node.value).strip()

    def _misspelt(self, key: str) -> str:
        near = get_close_matches(key, [name for name in self._nodes if name not in self._asked], 1)
        return f"; did you mean it by {near[0]!r} in line {self.line(near[0])}?" if near else ""

    def need(self, key: str) -> str:
        """Return a scalar that must be there."""
        return self.text(key, required=True) or ""

    def choice(self, key: str, options: Collection[str], default: str | None = None) -> str | None:
        """Return a text that is one of a closed list."""
        value = self.text(key)
        if value is None:
            return default
        if value not in options:
            raise self.error(f"{key}: expected one of {', '.join(options)}; found {value!r}{did_you_mean(value, options)}", at=key)
        return value

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """Return a number within bounds, both included."""
        value = self.text(key)
        if value is None:
            return default
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            raise self.error(f"{key}: expected a number from {low:g} to {high:g}, found {value!r}", at=key)
        return number

    def integer(self, key: str, default: int, low: int, high: int) -> int:
        """Return a whole number within bounds, both included."""
        number = self.number(key, default, low, high)
        if number != int(number):
            raise self.error(f"{key}: expected a whole number from {low} to {high}, found {self.text(key)!r}", at=key)
        return int(number)

    def flag(self, key: str, default: bool) -> bool:
        """Return true or false."""
        value = self.text(key)
        if value is None:
            return default
        if value not in _TRUE | _FALSE:
            raise self.error(f"{key}: expected true or false, found {value!r}", at=key)
        return value in _TRUE

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts; a single text counts as a list of one."""
        node = self._take(key)
        if node is None:
            if required:
                raise self.error(f"{key} is missing; expected a list of texts{self._misspelt(key)}")
            return ()
        rows = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for row in rows:
            if not isinstance(row, yaml.ScalarNode):
                raise self.error(f"{key}: expected a list of texts, found {_shape(row)} in it", at=row)
        return tuple(str(row.value).strip() for row in rows if not _is_null(row))

    def lines(self, key: str) -> dict[str, int]:
        """Return a list of texts, each with the first line that has it."""
        texts, node = self.texts(key), self._take(key)
        rows = node.value if isinstance(node, yaml.SequenceNode) else [node] if node else []
        places = [row.start_mark.line + self._first for row in rows if not _is_null(row)]
        return dict(reversed(list(zip(texts, places, strict=True))))

    def day(self, key: str) -> date:
        """Return a day that must be there, in ISO 8601."""
        value = self.need(key)
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.error(f"{key}: expected a day like 2021-03-01, found {value!r}", at=key) from error

    def mapping(self, key: str, like: str) -> dict[str, str]:
        """Return keys and their texts; `like` is an example of them."""
        node = self._take(key)
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise self.error(f"{key}: expected keys and values like {like}, found {_shape(node)}", at=node)
        block = Block(node, self._path, self._fault, self._first)
        return {name: block.need(name) for name in block.unknown()}

    def blocks(self, key: str) -> tuple["Block", ...]:
        """Return a list of mappings."""
        node = self._take(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(f"{key}: expected a list, found {_shape(node)}", at=node)
        return tuple(Block(row, self._path, self._fault, self._first) for row in node.value)

    def skip(self, *keys: str) -> None:
        """Accept keys that another part of the program reads."""
        self._asked.update(keys)

    def unknown(self) -> tuple[str, ...]:
        """Return the keys that nobody asked for."""
        return tuple(key for key in self._nodes if key not in self._asked)

    def finish(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self.unknown():
            known = sorted(self._asked)
            hint = did_you_mean(key, known) or f"; expected one of {', '.join(known)}"
            raise self.error(f"unknown key {key!r}{hint}", at=key)


def _shape(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return "nothing" if _is_null(node) else "a text"
    return "a list" if isinstance(node, yaml.SequenceNode) else "keys and values"


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS


def did_you_mean(value: str, options: Collection[str]) -> str:
    """Return a question for the option that is nearly a value; nothing where none is."""
    near = get_close_matches(value, list(options), 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _compose(text: str, path: Path, fault: Fault, first_line: int) -> yaml.Node | None:
    if len(text) > _MAX_CHARACTERS or sum(1 for _ in _OPENER.finditer(text)) > _MAX_OPENERS:
        raise fault(path, "too long or too deeply nested for a file of this kind", first_line)
    text = _UNPRINTABLE.sub(" ", text)
    if (rows := compose_rows(text)) is not None:
        return rows
    loader = yaml.SafeLoader if any(text.count(c) > 500 for c in "[{?") else _Loader
    try:
        for token in yaml.scan(text, Loader=loader) if "&" in text or "*" in text or "!" in text else ():
            if isinstance(token, yaml.AliasToken | yaml.AnchorToken | yaml.TagToken):
                raise fault(path, "YAML anchors, aliases and tags are not read here; put the value in quotation marks",
                            token.start_mark.line + first_line)
        root = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = _mark(error)
        problem = getattr(error, "problem", None) or "unreadable"
        row = text.split("\n")[mark.line] if mark else ""
        quoting = "check the indent, and put a text with special characters in quotation marks"
        hint = "indent with blanks, not tabs" if "\t" in row else quoting
        raise fault(path, f"not valid YAML: {problem}; {hint}", mark.line + first_line if mark else first_line) from error
    except RecursionError as error:
        raise fault(path, "too deeply nested", first_line) from error
    for scalar in _halved(root):
        raise fault(path, "half of a character (\\ud800 to \\udfff); write the character itself", scalar.start_mark.line + first_line)
    return root


def _mark(error: yaml.YAMLError) -> yaml.Mark | None:
    """Return where a mistake is: of a bracket or a quotation mark that is not closed, where it was opened."""
    opened = str(getattr(error, "context", None) or "").startswith(_OPENED)
    return getattr(error, "context_mark" if opened else "problem_mark", None) or getattr(error, "problem_mark", None)


def _halved(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Yield the texts that cannot be written: libyaml refuses halves of characters, PyYAML's own loader makes them of escapes."""
    if isinstance(node, yaml.ScalarNode):
        yield from (node,) if _HALF.search(node.value) else ()
    elif node is not None:
        for child in node.value:
            for part in child if isinstance(child, tuple) else (child,):
                yield from _halved(part)


def read_block(text: str, path: Path, *, fault: Fault = _settings_fault, first_line: int = 1) -> Block | None:
    """Return the mapping that a YAML text holds; None for an empty one.

    Raises:
        SettingsError: (or what `fault` makes) the text is no mapping.
    """
    node = _compose(text, path, fault, first_line)
    return None if node is None or _is_null(node) else Block(node, path, fault, first_line)


def read_blocks(text: str, path: Path) -> Iterator[Block]:
    """Yield the mappings of a YAML text that holds a list of them.

    Raises:
        SettingsError: the text is no list of mappings.
    """
    node = _compose(text, path, _settings_fault, 1)
    if node is None or _is_null(node):
        return
    if not isinstance(node, yaml.SequenceNode):
        raise SettingsError(path, f"expected a list, found {_shape(node)}", line=node.start_mark.line + 1)
    for row in node.value:
        yield Block(row, path)
