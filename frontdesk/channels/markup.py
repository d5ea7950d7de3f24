"""Renders our replies' small markup (paragraphs, bold, lists, links) in a channel's own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import phonenumbers

INLINE = re.compile(r"(\*\*.+?\*\*|\[[^\[\]]+\]\((?:https://|tel:)[^\s()]+\))")
# signs that WhatsApp and Slack read as markup at the edge of a word, and ones that look like them
EDGE = re.compile(r"(?<!\w)[*_~`](?=\S)|(?<=\S)[*_~`](?!\w)")
LOOKALIKES = str.maketrans("*_~`", "\u2217\uff3f\u223c\u02cb")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind: plain, bold, or a link."""

    text: str
    is_bold: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a text; ``gap`` is what stands between it and the line before."""

    runs: tuple[Run, ...]
    gap: str = "\n"
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How one channel writes plain words, bold ones, links and list items."""

    plain: Callable[[str], str]
    bold: Callable[[str], str]
    link: Callable[[str, str], str]
    bullet: str = "• "

    def render(self, blocks: Iterable[Block]) -> str:
        """The blocks as the channel wants them."""
        written = (
            block.gap + (self.bullet if block.is_item else "") + "".join(map(self._run, block.runs))
            for block in blocks
        )
        return "".join(written).strip()

    def _run(self, run: Run) -> str:
        words = self.link(run.text, run.url) if run.url else self.plain(run.text)
        return self.bold(words) if run.is_bold and words.strip() else words


def parse(text: str) -> list[Block]:
    """A reply's text as blocks; what is no markup of ours stays as it is written."""
    blocks: list[Block] = []
    gap, was_item = "", False
    for line in text.strip().splitlines():
        if not line.strip():
            gap = "\n\n" if blocks else ""
            continue
        is_item = line.startswith("- ")
        if blocks and is_item != was_item:
            gap = "\n\n"
        runs = tuple(_runs(line[2:] if is_item else line.rstrip()))
        blocks.append(Block(runs, gap, is_item))
        gap, was_item = "\n", is_item
    return blocks


def _runs(line: str, is_bold: bool = False) -> Iterable[Run]:
    for part in INLINE.split(line):
        if part.startswith("**") and part.endswith("**") and len(part) > 4 and not is_bold:
            yield from _runs(part[2:-2], is_bold=True)
        elif INLINE.fullmatch(part) and part.startswith("["):
            label, _, url = part[1:-1].partition("](")
            yield Run(label, is_bold, url)
        elif part:
            yield Run(part, is_bold)


def unlinked(run: Run) -> Run:
    """A link as plain words that hold its address."""
    return replace(run, text=_written_out(run.text, run.url), url="") if run.url else run


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _number(label: str, url: str) -> str:
    """A telephone link as words on which a telephone can be tapped."""
    dialed = url.removeprefix("tel:")
    if dialed.startswith("+"):
        try:
            number = phonenumbers.parse(dialed)
        except phonenumbers.NumberParseException:
            return f"{label}: {dialed}"
        form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        dialed = phonenumbers.format_number(number, form)
    shown = _digits(label)
    if shown and _digits(dialed).endswith(shown):
        # the label is the number itself, or words that end in it
        return dialed if dialed.startswith("+") and len(shown) > 6 else label
    return f"{label}: {dialed}"


def _written_out(label: str, url: str) -> str:
    if url.startswith("tel:"):
        return _number(label, url)
    return url if label == url else f"{label}: {url}"


def _html(text: str) -> str:
    return html.escape(text, quote=False)


def _html_link(label: str, url: str) -> str:
    if url.startswith("tel:"):  # not allowed there; Telegram makes numbers tappable by itself
        return _html(_number(label, url))
    return f'<a href="{html.escape(url)}">{_html(label)}</a>'


def _edgeless(text: str) -> str:
    return EDGE.sub(lambda found: found.group().translate(LOOKALIKES), text)


def _starred(words: str) -> str:
    bare = words.strip()
    return words.replace(bare, f"*{bare}*", 1)


def _mrkdwn(text: str) -> str:
    return _edgeless(_html(text))


def _mrkdwn_link(label: str, url: str) -> str:
    return f"<{_html(url).replace('|', '%7C')}|{_mrkdwn(label).replace('|', '/')}>"


def _same(text: str) -> str:
    return text


PLAIN = Style(_same, _same, _written_out, bullet="- ")
TELEGRAM = Style(_html, lambda words: f"<b>{words}</b>", _html_link)
WHATSAPP = Style(_edgeless, _starred, _written_out)
SLACK = Style(_mrkdwn, _starred, _mrkdwn_link)
