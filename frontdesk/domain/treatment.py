"""The massage types people ask for, and for whom the articles say they suit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# The types the articles describe, in the order that settles ties and in which they are listed.
COVERED = ("trigger_point", "deep_tissue", "sports", "swedish", "hot_stone")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a treatment may be the one: ``because`` completes "because ..."."""

    because: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suits:
    """A reason that counts when every answer named in ``when`` was given.

    ``weight`` says how strongly the articles say so: 4 or 3 named outright, 2 said of pain of
    this kind, 1 in passing.
    """

    when: Mapping[str, tuple[str, ...]]
    weight: int
    because: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Treatment:
    """A massage type; ``covered`` when the articles describe it.

    ``also_called``, ``maybe``, ``near`` and ``unless`` are what people call it (see ``Phrases``).

    ``pressures`` are those it can be given with; ``not_for`` are condition ids with the claims
    that rule it out; ``otherwise`` is the reason when no other fits.
    """

    title: str
    also_called: tuple[str, ...]
    maybe: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    covered: bool = True
    short_title: str = ""
    articles: tuple[str, ...] = ()
    pressures: tuple[str, ...] = ()
    in_short: str = ""
    good_for: str = ""
    mind: str = ""
    claims: tuple[str, ...] = ()
    suits: tuple[Suits, ...] = ()
    otherwise: Reason | None = None
    not_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
