"""All that a message says around its conditions: who is spoken of, what is denied, what is over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Span

from frontdesk.clinical.encoder import Vectors
from frontdesk.clinical.governing import LAST, Governing
from frontdesk.clinical.subjects import Cast
from frontdesk.domain.finding import Clearance
from frontdesk.domain.modifier import Means

# What is looked for anywhere in a message.
MARKS = (
    Means.PERSON,
    Means.PET,
    Means.BOOKED_FOR,
    Means.WANTS_ONE,
    Means.ASKS_FOR_THEM,
    Means.TOGETHER,
    Means.NOT_THEIRS,
    Means.WRITER,
    Means.THEY,
    Means.CLEARED,
    Means.REFUSED,
    Means.CORRECTION,
    Means.DISCLOSED,
    Means.ELSEWHERE,
    Means.BACK,
    Means.PAIN,
)
RESUMING = frozenset({",", ";", "just", "only", "but", "so", "and", "i"})  # after a "not me"
FOLLOWING = 4  # clauses after what somebody else has in which the writer may say "not me"


@dataclass(slots=True)
class Surroundings:
    """All that a message says around its conditions, found once for all of them."""

    doc: Doc
    marks: dict[Means, list[Span]]
    cast: Cast
    governing: Governing
    texts: Sequence[str] = ()  # its parts, and with ``vectors`` what it and they mean
    vectors: Vectors | None = None
    meant: Collection[str] = ()  # entries that the second reader takes it to state

    def is_denied_of_writer(self, target: Span) -> bool:
        """Whether the writer says "not me" after what somebody else has: "... and I'm not"."""
        clause = target.sent
        if any(
            target.end <= start < end <= clause.end and self.doc[end - 1].norm_ == "me"
            for start, end in self.governing.denials
        ):
            return True
        for _ in range(FOLLOWING):
            if clause.end >= len(self.doc):
                return False
            clause = self.doc[clause.end].sent
            if any(clause.start <= start < clause.end for start, _ in self.governing.names):
                return False
            if any(self._is_of_writer(place, clause) for place in self.governing.denials):
                return True
        return False

    def _is_of_writer(self, place: tuple[int, int], clause: Span) -> bool:
        if not clause.start <= place[0] < place[1] <= clause.end:
            return False
        spoken = [one for one in self.cast.mentions if clause.start <= one.start < place[1]]
        after = self.doc[place[1] : clause.end]
        rest = takewhile(lambda token: token.norm_ not in RESUMING, after)
        is_end = all(token.is_punct or token.norm_ in LAST for token in rest)
        return bool(spoken) and spoken[-1].is_client and is_end

    @property
    def is_corrected(self) -> bool:
        """Whether the person takes something back, in words that name nothing themselves."""
        return any(
            not any(start < mark.end and mark.start < end for start, end in self.governing.of)
            for mark in self.marks.get(Means.CORRECTION, ())
        )

    @property
    def clearance(self) -> Clearance:
        """What a clinician said of massage."""
        if self.marks.get(Means.REFUSED):
            return Clearance.REFUSED
        return Clearance.GIVEN if self.marks.get(Means.CLEARED) else Clearance.NONE
