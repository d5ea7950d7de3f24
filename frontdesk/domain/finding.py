"""What a message says of somebody's health, and what holds after all the messages so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from frontdesk.domain.condition import Condition


class Assertion(str, Enum):
    """How a condition is stated."""

    PRESENT = "present"
    POSSIBLE = "possible"
    HISTORICAL = "historical"
    HYPOTHETICAL = "hypothetical"
    ABSENT = "absent"


class Subject(str, Enum):
    """Whose it is: the client is the person who would have the massage."""

    CLIENT = "client"
    OTHER = "other"


class Clearance(str, Enum):
    """What a clinician said of massage with it, as the person tells it."""

    NONE = "none"
    GIVEN = "given"
    REFUSED = "refused"


FLAG = "rf_"  # how the id of a red flag begins
BUTTON = "button"  # the reader of what was pressed and not written
SURE = 1.0  # the sureness of what was named outright


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition or red flag as a message states it.

    ``text`` is the words that raised it; ``reader`` which reader did; ``sureness`` from 0 to 1 is
    how likely the words mean it; ``is_doubtful`` when it is to be asked before it counts.
    """

    id: str
    assertion: Assertion
    subject: Subject
    text: str = ""
    reader: str = "words"
    sureness: float = SURE
    is_doubtful: bool = False
    clearance: Clearance = Clearance.NONE

    def as_dict(self) -> dict[str, Any]:
        """As the slot ``findings`` and an entity's extra keys hold it."""
        kept: dict[str, Any] = {
            "id": self.id,
            "kind": "red_flag" if self.id.startswith(FLAG) else "condition",
            "assertion": self.assertion.value,
            "subject": self.subject.value,
            "text": self.text,
            "reader": self.reader,
            "sureness": self.sureness,
        }
        if self.clearance is not Clearance.NONE:
            kept["clearance"] = self.clearance.value
        return kept

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Finding:
        """The other way round; what a button names has no more than an id, and is the client's."""
        return cls(
            str(kept["id"]),
            Assertion(kept.get("assertion", Assertion.PRESENT)),
            Subject(kept.get("subject", Subject.CLIENT)),
            str(kept.get("text", "")),
            str(kept.get("reader", BUTTON)),
            float(kept.get("sureness", SURE)),
            bool(kept.get("asks", False)),
            Clearance(kept.get("clearance", Clearance.NONE)),
        )


# What may not be forgotten because of a later remark that is no statement about the client.
_REAL = (Assertion.PRESENT, Assertion.POSSIBLE, Assertion.HISTORICAL)


def merged(
    before: Iterable[Finding],
    said: Iterable[Finding],
    conditions: Mapping[str, Condition],
    *,
    is_corrected: bool = False,
) -> tuple[Finding, ...]:
    """All findings after a message: of each entry and person the latest statement.

    A question of the kind "what if" replaces nothing that was stated. A red flag stays until it
    is denied: that it has passed, or is to be forgotten, does not withdraw it. A correction that
    names somebody else takes it back from the client.
    """
    latest = {(one.id, one.subject): one for one in before}
    for one in said:
        if one.is_doubtful:
            continue
        key = (one.id, one.subject)
        known = latest.get(key)
        if known is not None and known.assertion in _REAL and not _replaces(one, known, conditions):
            continue
        if is_corrected and one.subject is Subject.OTHER:
            latest.pop((one.id, Subject.CLIENT), None)
        latest.pop(key, None)  # so that the newest comes last
        latest[key] = one
    return tuple(latest.values())


def _replaces(new: Finding, known: Finding, conditions: Mapping[str, Condition]) -> bool:
    if new.assertion is Assertion.HYPOTHETICAL:
        return False
    condition = conditions.get(new.id)
    if condition is None or not condition.is_red_flag or known.assertion is Assertion.HISTORICAL:
        return True
    return new.assertion is not Assertion.HISTORICAL
