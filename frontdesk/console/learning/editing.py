"""Adds to the data folder's files as text, so that comments and layout stay as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from frontdesk.console.learning.phrases import normal

Steps = Sequence[str]
_BARE = re.compile(r"[a-z][a-z' -]*[a-z]")
_NO_WORD = frozenset({"yes", "no", "on", "off", "true", "false", "null", "none"})


class NotThere(LookupError):
    """A file has no place of that name."""


def phrases_of(text: str) -> list[str]:
    """The phrases of one intent's file."""
    return [line.strip()[2:].strip() for line in _lines(text)]


def with_phrases(text: str, phrases: Iterable[str]) -> str:
    """An intent's file with more phrases at the end of its list."""
    start, end = _block(text)
    body = text[start:end].rstrip()
    last = body.rpartition("\n")[2]
    indent = last[: len(last) - len(last.lstrip())]
    added = "".join(f"\n{indent}- {phrase}" for phrase in phrases)
    place = start + len(body)
    return text[:place] + added + text[place:]


def without_phrase(text: str, phrase: str) -> str:
    """An intent's file without one phrase, however it is written there."""
    start, end = _block(text)
    lines = text[start:end].splitlines(keepends=True)
    kept = [line for line in lines if normal(line.strip().removeprefix("- ")) != normal(phrase)]
    return text[:start] + "".join(kept) + text[end:]


def items_at(text: str, steps: Steps) -> list[str]:
    """The list that stands under these keys."""
    return [str(one.value) for one in _sequence(text, steps).value]


def with_items(text: str, steps: Steps, items: Iterable[str]) -> str:
    """A file with more at the end of the list that stands under these keys."""
    node = _sequence(text, steps)
    if node.flow_style:
        place = len(text[: node.end_mark.index - 1].rstrip())
        # words stand bare in these lists
        added = "".join(f", {_bare(one)}" for one in items)
        added = added if node.value else added.removeprefix(", ")
    else:
        place = text.find("\n", node.value[-1].end_mark.index - 1)
        place = len(text) if place < 0 else place
        dash = " " * node.start_mark.column
        quotes = node.value[-1].style is not None
        added = "".join(f"\n{dash}- {quoted(one) if quotes else _bare(one)}" for one in items)
    return text[:place] + added + text[place:]


def quoted(text: str) -> str:
    """A text as YAML in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _bare(text: str) -> str:
    """A text without quotes where YAML reads it as the same text."""
    return text if _BARE.fullmatch(text) and text not in _NO_WORD else quoted(text)


def _root(text: str) -> Any:
    return YAML().compose(text)


def _sequence(text: str, steps: Steps) -> SequenceNode:
    node: Any = _root(text)
    for step in steps:
        node = _child(node, step)
    if not isinstance(node, SequenceNode) or (not node.flow_style and not node.value):
        raise NotThere(" > ".join(steps))
    return node


def _child(node: Any, key: str) -> Node:
    if isinstance(node, MappingNode):
        found: list[Node] = [value for name, value in node.value if name.value == key]
        if found:
            return found[0]
    raise NotThere(key)


def _block(text: str) -> tuple[int, int]:
    """Where the lines with phrases begin and end in an intent's file."""
    blocks = _child(_root(text), "nlu")
    if not isinstance(blocks, SequenceNode) or len(blocks.value) != 1:
        raise NotThere("nlu")
    node = _child(blocks.value[0], "examples")
    if not isinstance(node, ScalarNode) or node.style != "|":
        raise NotThere("examples")
    start = text.index("\n", node.start_mark.index) + 1
    end = start
    for line in text[start:].splitlines(keepends=True):
        if line.strip() and not line.lstrip().startswith("- "):
            break
        end += len(line)
    return start, end


def _lines(text: str) -> list[str]:
    start, end = _block(text)
    return [line for line in text[start:end].splitlines() if line.strip()]
