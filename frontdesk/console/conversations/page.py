"""A stretch of one conversation as staff read it: who said what, and what was understood."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from frontdesk.clinical.masking import Span
from frontdesk.console.conversations.store import Event, Store
from frontdesk.console.conversations.understood import (
    Noticed,
    Said,
    is_by_staff,
    moment,
    said,
)
from frontdesk.console.conversations.veil import veiled

EVENTS = 300  # read at once
AFTER = 100  # events shown after the one that is linked to
CONTACT = ("contact_name", "contact_phone", "contact_email")
QUIET = frozenset({"action_listen", "action_session_start", "action_unlikely_intent"})
_MARKUP = re.compile(r"\[([^\]]+)\]\([^)\s]+\)|\*\*([^*]+)\*\*")
TOLD = {"pause": "A person took over.", "resume": "The assistant answers again."}


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a message's text, with what was noticed in it."""

    text: str
    noticed: Noticed | None = None


@dataclass(slots=True)
class Line:
    """One message, or one thing that happened; ``number`` is that of its event."""

    number: int
    at: datetime.datetime
    who: str
    pieces: Sequence[Piece]
    by: str = ""
    understood: Said | None = None
    steps: list[str] = field(default_factory=list)
    reply: str = ""
    claims: Sequence[str] = ()
    buttons: Sequence[str] = ()

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of a conversation, oldest first; ``older`` is where those before begin."""

    lines: Sequence[Line]
    older: int | None
    newest: int


class Writer:
    """Turns events into lines, masked unless somebody may see all of it."""

    def __init__(self, known: Iterable[str], *, is_revealed: bool) -> None:
        self._known = tuple(known)
        self._is_revealed = is_revealed

    def lines(self, events: Iterable[Event]) -> list[Line]:
        """The lines of some events."""
        lines: list[Line] = []
        steps: list[str] = []
        for event in events:
            if event.kind == "action":
                steps += _step(event)
                continue
            line = self._line(event)
            if line is None:
                continue
            if line.who == "assistant":
                line.steps, steps = steps, []
            lines.append(line)
        return lines

    def text(self, text: str, private: Sequence[Span] | None = None) -> str:
        """A text as it may be seen."""
        return "".join(piece.text for piece in self._pieces(text, private, ()))

    def _line(self, event: Event) -> Line | None:
        at = moment(event)
        if event.kind in TOLD:
            return Line(event.id, at, "note", (Piece(TOLD[event.kind]),))
        if event.kind == "user":
            return self._visitor(event, at)
        if event.kind != "bot" or not event.data.get("text"):
            return None
        # our own replies name nobody but whom the visitor named
        private = None if is_by_staff(event) else ()
        noted = event.data.get("metadata") or {}
        buttons = (event.data.get("data") or {}).get("buttons") or ()
        return Line(
            event.id,
            at,
            "staff" if is_by_staff(event) else "assistant",
            self._pieces(_MARKUP.sub(_plain, str(event.data["text"])), private, ()),
            by=str(noted.get("by") or ""),
            reply=str(noted.get("utter_action") or ""),
            claims=tuple((noted.get("metadata") or {}).get("claims") or ()),
            buttons=tuple(str(one.get("title")) for one in buttons),
        )

    def _visitor(self, event: Event, at: datetime.datetime) -> Line | None:
        heard = said(event)
        if not heard.text:
            return None
        pieces = self._pieces(heard.text, heard.private, heard.noticed)
        return Line(event.id, at, "visitor", pieces, understood=heard)

    def _pieces(
        self,
        text: str,
        private: Sequence[Span] | None,
        noticed: Sequence[Noticed],
    ) -> tuple[Piece, ...]:
        """The text cut where something was noticed, what is personal replaced."""
        hidden: Sequence[Span] = ()
        if not self._is_revealed:
            hidden = veiled(text, self._known, private).spans
        cuts = {0, len(text)}
        cuts |= {place for one in hidden for place in (one.start, one.end)}
        cuts |= {place for one in noticed for place in (one.start, one.end)}
        places = sorted(cuts)
        pieces: list[Piece] = []
        for start, end in itertools.pairwise(places):
            covering = [one for one in hidden if one.start <= start and end <= one.end]
            shown = text[start:end]
            if covering:
                shown = covering[0].kind.token if covering[0].start == start else ""
            about = [one for one in noticed if one.start <= start and end <= one.end]
            if shown:
                pieces.append(Piece(shown, about[0] if about else None))
        return tuple(pieces) or (Piece(""),)


@dataclass(frozen=True, slots=True)
class Details:
    """How the visitor can be reached, as given for a booking: every value by its slot."""

    given: Mapping[str, Sequence[Any]]

    @classmethod
    def of(cls, store: Store, key: str) -> Details:
        """Those of a conversation."""
        return cls(store.slots(key, CONTACT))

    @property
    def last(self) -> dict[str, str]:
        """The last given of each."""
        return {name: str(values[-1]) for name, values in self.given.items() if values[-1]}

    @property
    def every(self) -> tuple[str, ...]:
        """Every name, number and address that was ever given."""
        return tuple(dict.fromkeys(str(v) for values in self.given.values() for v in values if v))


def last_lines(store: Store, key: str, writer: Writer, before: int | None = None) -> Stretch:
    """The last lines of a conversation, or those before a number."""
    events = store.before(key, before, EVENTS)
    is_all = len(events) < EVENTS
    if not is_all:
        events = _from_a_message(events)
    older = None if is_all or not events else events[0].id
    return Stretch(writer.lines(events), older, events[-1].id if events else before or 0)


def lines_around(store: Store, key: str, writer: Writer, number: int) -> Stretch:
    """The lines that lead up to a number, and some after it."""
    later = store.since(key, number, AFTER)
    return last_lines(store, key, writer, (later[-1].id if later else number) + 1)


def new_lines(events: Sequence[Event], writer: Writer, after: int) -> Stretch:
    """What was said in events after a number."""
    return Stretch(writer.lines(events), None, events[-1].id if events else after)


def _from_a_message(events: list[Event]) -> list[Event]:
    """The same without a turn cut in two at the beginning."""
    first = next((n for n, one in enumerate(events) if one.kind == "user"), 0)
    return events[first:]


def _plain(match: re.Match[str]) -> str:
    """Marked-up words as bare words."""
    return match[1] or match[2]


def _step(event: Event) -> list[str]:
    name = str(event.data.get("name") or "")
    policy = str(event.data.get("policy") or "").rpartition("_")[2]
    if name in QUIET or not name:
        return []
    return [f"{name} ({policy})" if policy else name]


def as_text(lines: Iterable[Line]) -> str:
    """Lines as plain text, one message a paragraph."""
    told: list[str] = []
    for line in lines:
        who: Any = line.by or line.who
        told.append(f"{line.at:%Y-%m-%d %H:%M:%S} UTC  {who}\n{line.text}\n")
    return "\n".join(told)
