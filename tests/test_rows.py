"""Keys and values of a row each are read by a reader of their own, and it reads what YAML reads, or nothing."""

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digest._rows import compose_rows
from digest.content import format_scalar

SIGNS = st.sampled_from([*"ab1 :#,'\"[]{}-?&*!%@`|>~/+=;.()_\\\t", *"é中’–…“ºß²２",
                         "\u00a0", "\u0301", "\u0627", "\u200b", "\u2028", "\ufeff", "\U0001f600"])
WORDS = st.text(SIGNS | st.characters(codec="utf-8"), max_size=12)
VALUES = st.one_of(st.none(), st.booleans(), WORDS, st.lists(WORDS, max_size=3))
ODD = st.builds("{}{}{}".format, st.sampled_from(["", '"', "[", "'", '["', "a", "["]), WORDS, st.sampled_from(["", '"', "]", "'", '"]']))


def shape(node: object) -> Iterator[object]:
    """Yield all that `Block` asks of a node: kind, value, whether it is quoted, line."""
    if isinstance(node, yaml.ScalarNode):
        yield node.value, bool(node.style), node.start_mark.line
    elif isinstance(node, yaml.SequenceNode):
        yield "list", [list(shape(part)) for part in node.value], node.start_mark.line
    elif isinstance(node, yaml.MappingNode):
        yield "keys", [(list(shape(key)), list(shape(value))) for key, value in node.value], node.start_mark.line


def agree(text: str) -> None:
    """Hold both readers against each other, where the fast one reads the text at all."""
    if (fast := compose_rows(text)) is not None:
        assert list(shape(fast)) == list(shape(yaml.compose(text, Loader=yaml.CSafeLoader)))


@given(st.dictionaries(st.sampled_from(["title", "url", "authors", "copy_of", "no"]), VALUES, min_size=1))
def test_what_we_write_is_read_as_yaml_is(front: dict[str, object]) -> None:
    agree("".join(f"{key}: {format_scalar(value)}\n" for key, value in front.items()))


@given(st.lists(ODD, min_size=1, max_size=3))
def test_what_others_write_is_read_as_yaml_is_or_not_at_all(values: list[str]) -> None:
    agree("".join(f"{key}: {value}\n" for key, value in zip("abc", values, strict=False)))


@pytest.mark.parametrize("text", [
    "title: A title of 3 words\npublished: 2021-02-18T14:05+03:00\nurl: https://e.org/a?b=c&d#e\n", 'title: "One: two"\nauthors: []\n',
    "authors: [Ann Lee, \"Lee, Bo\", Çiğdem O’Hara]\noutlet: null\nlang: en", "a: b\na: c\n",
])
def test_reads_plain_rows(text: str) -> None:
    assert compose_rows(text) is not None
    agree(text)


@pytest.mark.parametrize("text", [
    "", "\n", "title:\n", "title: a: b\n", "title: a #b\n", "title: 'a'\n", "title: |\n  a\n", "title: a\n  b\n", "# a\ntitle: b\n",
    "title: &a b\n",
    'title: "a\\nb"\n', "tags:\n- a\n", "tags: [a, [b]]\n", "tags: [a: b]\n", "tags: [a,b]\n", "{title: a}\n", "title: a \n", "Title: a\n",
    "- a\n", "title: a\n---\n", "title: *a\n", "title: !a b\n", "title: -a\n", 'title: "a\u2028b"\n',
])
def test_leaves_the_rest_to_yaml(text: str) -> None:
    assert compose_rows(text) is None
