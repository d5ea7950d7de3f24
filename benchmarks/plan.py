"""How much is measured: enough to rely on, or little for a quick look."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """The numbers of a measurement.

    ``starts`` of each bot; ``messages`` in alternating blocks of ``block``; ``turns`` in the one
    long conversation, of which the last ``block`` count; ``clients`` at once, for ``seconds``,
    ``rounds`` times; ``may_train`` the default pipeline, which takes long.
    """

    starts: int = 3
    messages: int = 200
    block: int = 20
    turns: int = 300
    clients: int = 16
    seconds: float = 20.0
    rounds: int = 2
    may_train: bool = True


FULL = Plan()
QUICK = Plan(starts=1, messages=40, turns=60, seconds=4.0, rounds=1, may_train=False)
