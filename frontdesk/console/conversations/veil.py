"""Hides what tells who somebody is, in every text that staff read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from frontdesk.clinical.masking import Masked, Span, mask
from frontdesk.clinical.names import load_names
from frontdesk.clinical.people import find_people
from frontdesk.console.bookings import facts
from frontdesk.settings import data_folder


def veiled(text: str, known: Iterable[str] = (), private: Sequence[Span] | None = None) -> Masked:
    """A text as it may be seen.

    Args:
        text: what was written.
        known: names, numbers and addresses given in this conversation.
        private: what was found when the message was read; without it, names are looked for here.
    """
    spans = find_people(text, load_names(data_folder())) if private is None else private
    return mask(text, facts.region(), known=known, spans=spans, allowed=facts.own())
