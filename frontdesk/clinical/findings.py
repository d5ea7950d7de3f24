"""What was read from a message: findings, where they stand, and all that was considered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Span

from frontdesk.clinical.assertion import Stated
from frontdesk.domain.finding import Assertion, Clearance, Finding

WORDS, MEANING, AGE, MEASURED, TOGETHER = "words", "meaning", "age", "measured", "together"
REFUSED = "refused: "  # how the outcome begins of what was considered and let go
COUNTING = (Assertion.PRESENT, Assertion.POSSIBLE, Assertion.HISTORICAL)


@dataclass(frozen=True, slots=True)
class Considered:
    """One entry that was looked at: what was found, or why it was let go."""

    id: str
    reader: str
    text: str
    start: int
    end: int
    sureness: float
    outcome: str
    because: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """The findings of a message with where they stand, and all that was considered."""

    findings: list[Finding] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    considered: list[Considered] = field(default_factory=list)
    is_corrected: bool = False

    def take(
        self,
        name: str,
        span: Span,
        sureness: float,
        reader: str,
        stated: Stated,
        *,
        clearance: Clearance = Clearance.NONE,
        is_doubtful: bool = False,
    ) -> None:
        """Add a finding."""
        assertion = stated.assertion
        if is_doubtful and assertion is Assertion.PRESENT:
            assertion = Assertion.POSSIBLE
        # what is denied or not about anybody needs no question
        is_doubtful = is_doubtful and assertion is Assertion.POSSIBLE
        likely = round(sureness, 3)
        whose, text, place = stated.subject, span.text, (span.start_char, span.end_char)
        self.findings.append(
            Finding(name, assertion, whose, text, reader, likely, is_doubtful, clearance)
        )
        self.places.append(place)
        outcome = f"{assertion.value}, {whose.value}" + (", asks" if is_doubtful else "")
        self.considered.append(
            Considered(name, reader, text, *place, sureness, outcome, stated.because)
        )

    def refuse(
        self, span: Span, reader: str, sureness: float, why: str, because: tuple[str, ...] = ()
    ) -> None:
        """Note what was let go, and why."""
        place = span.start_char, span.end_char
        self.considered.append(
            Considered(span.id_, reader, span.text, *place, sureness, REFUSED + why, because)
        )

    def keep(self, numbers: Iterable[int]) -> None:
        """Keep these findings and drop the others."""
        kept = list(numbers)
        self.findings = [self.findings[number] for number in kept]
        self.places = [self.places[number] for number in kept]
