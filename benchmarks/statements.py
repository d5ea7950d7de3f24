"""Compares what was read from a message of the clinical sets with what it states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.places import NotMeasured
from benchmarks.words import words
from frontdesk.clinical.answers import answered
from frontdesk.domain.finding import FLAG, Assertion, Finding, Subject

NOTICED = (Assertion.PRESENT, Assertion.POSSIBLE)
Statement = tuple[str, Assertion, Subject]
Read = Callable[[str], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Message:
    """A message and what it states; see ``benchmarks/development/assertions.yml`` for the rest."""

    text: str
    expected: tuple[Finding, ...] = ()
    asked: tuple[str, ...] = ()
    are_free: bool = False
    may_also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A message with what was found in it."""

    message: Message
    found: tuple[Finding, ...]

    def verdicts(self) -> list[bool]:
        """For each expected statement, whether it was found exactly so."""
        found = {statement(one) for one in self.found}
        return [statement(one) in found for one in self.message.expected]

    def excess(self) -> list[Finding]:
        """What was found and is not stated; something denied does no harm."""
        expected = {statement(one) for one in self.message.expected}
        return [
            one
            for one in self.found
            if statement(one) not in expected
            and one.assertion is not Assertion.ABSENT
            and one.id not in self.message.may_also
        ]

    @property
    def is_right(self) -> bool:
        """Whether all of it was found, and nothing else."""
        return all(self.verdicts()) and not self.excess()

    def flags(self) -> list[Finding]:
        """The red flags that were noticed, those to be asked about among them."""
        return flags(self.found)

    @property
    def has_alarm(self) -> bool:
        """Whether a red flag counts at once, without a question."""
        return any(not one.is_doubtful for one in self.flags())

    @property
    def has_right_flag(self) -> bool:
        """Whether the red flag that was noticed is the one it states."""
        return bool({one.id for one in self.flags()} & {one.id for one in self.message.expected})

    @property
    def has_question(self) -> bool:
        """Whether something is asked about before it counts."""
        return any(one.is_doubtful for one in self.found)


def statement(finding: Finding) -> Statement:
    """What of a finding is compared."""
    return finding.id, finding.assertion, finding.subject


def flags(findings: Sequence[Finding]) -> list[Finding]:
    """Red flags that the client has, or perhaps has, now."""
    return [
        one
        for one in findings
        if one.id.startswith(FLAG) and one.subject is Subject.CLIENT and one.assertion in NOTICED
    ]


def messages(path: Path) -> list[Message]:
    """The messages of a file; one without a list of statements states nothing.

    Raises:
        NotMeasured: there is no such file.
    """
    return [_message(one) for one in words(path, "messages")]


def _message(raw: str | dict[str, Any]) -> Message:
    if isinstance(raw, str):
        return Message(raw)
    return Message(
        raw["text"],
        tuple(Finding.from_dict(one) for one in raw["expect"]),
        tuple(raw.get("asked", ())),
        raw.get("are_free", False),
        tuple(raw.get("may_also", ())),
    )


def readings(of: Sequence[Message], read: Read) -> list[Reading]:
    """Read each message; a bare answer to what was asked is taken as such first.

    Raises:
        NotMeasured: the reader fails on a message.
    """
    return [Reading(message, tuple(_found(message, read))) for message in of]


def _found(message: Message, read: Read) -> Sequence[Finding]:
    try:
        said = answered(message.text, message.asked, are_free=message.are_free)
        return said or read(message.text)
    except Exception as error:
        raise NotMeasured(f"{type(error).__name__} while reading '{message.text}'") from error
