"""Cuts a long reply into pieces that a channel takes, between sentences where it can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from frontdesk.channels.markup import Block, Run, Style, unlinked

SENTENCE = re.compile(r".+?[.!?…]+[\"')\]]*\s+|.+", re.DOTALL)
WORD = re.compile(r"\S*\s+|\S+")
SIGNS = re.compile(r".{1,100}", re.DOTALL)
FINER = (SENTENCE, WORD, SIGNS)


def length(text: str) -> int:
    """How long a text is to providers, who count an emoji as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(blocks: list[Block], style: Style, limit: int) -> list[str]:
    """The blocks as rendered texts of at most ``limit``, in order and with nothing left out."""
    pieces: list[list[Block]] = []
    for block in blocks:
        _place(pieces, block, style, limit, 0)
    return [text for text in map(style.render, pieces) if text]


def _place(
    pieces: list[list[Block]], block: Block, style: Style, limit: int, fineness: int
) -> None:
    """Put a block on the last piece, on a new one, or in smaller parts on several."""
    if pieces and length(style.render([*pieces[-1], block])) <= limit:
        pieces[-1].append(block)
    elif length(style.render([block])) <= limit or fineness == len(FINER):
        pieces.append([block])
    else:
        for part in _parts(block, FINER[fineness]):
            _place(pieces, part, style, limit, fineness + 1)


def _parts(block: Block, unit: re.Pattern[str]) -> Iterator[Block]:
    """A block in smaller parts; a link stays whole until nothing else helps."""
    part: list[Run] = []
    gap, is_item = block.gap, block.is_item
    for run in block.runs:
        whole = unlinked(run) if unit is SIGNS else run
        for words in [whole.text] if whole.url else unit.findall(whole.text):
            part.append(replace(whole, text=words))
            if unit is SIGNS or words[-1:].isspace():
                yield Block(tuple(part), gap, is_item)
                part, gap, is_item = [], "", False
    if part:
        yield Block(tuple(part), gap, is_item)
