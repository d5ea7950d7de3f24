"""Words that change what is said of a condition: no, maybe, used to, what if, for my mother."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Means(str, Enum):
    """What a modifier does to what it is said of."""

    DENIED = "denied"  # there is none of it
    NEGATED = "negated"  # a bare not, which many symptoms contain ("can't feel my legs")
    NOTHING = "nothing"  # sounds like one of the others and is none
    TURN = "turn"  # what was said before ends here
    COUNTER = "counter"  # ends a denial: "no broken bones just a sprain"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"
    OVER = "over"
    HAD = "had"  # past tense: over, unless it may be recent
    CURRENT = "current"
    SINCE = "since"
    AGO = "ago"  # so many days ago
    FAMILY = "family"  # of the family, not of anybody who books
    PERSON = "person"
    PET = "pet"
    BOOKED_FOR = "booked_for"
    WANTS_ONE = "wants_one"
    ASKS_FOR_THEM = "asks_for_them"
    TOGETHER = "together"
    NOT_THEIRS = "not_theirs"
    WRITER = "writer"  # I, my
    THEY = "they"
    CLEARED = "cleared"
    REFUSED = "refused"
    CORRECTION = "correction"
    DISCLOSED = "disclosed"
    ELSEWHERE = "elsewhere"
    BACK = "back"
    PAIN = "pain"
    JOINER = "joiner"  # a clause may begin here: ", and I ..."
    SUBJECT = "subject"
    OWNER = "owner"
    VERB = "verb"


class Direction(str, Enum):
    """Where in its clause a modifier is looked for, seen from what it changes."""

    FORWARD = "forward"  # before it: "no fever"
    BACKWARD = "backward"  # after it: "fever: no"
    BOTH = "both"
    PSEUDO = "pseudo"
    TERMINATE = "terminate"
    ANYWHERE = "anywhere"  # a mark in the message, tied to nothing


@dataclass(frozen=True, slots=True)
class Modifier:
    """One entry of ``data/modifiers/``.

    ``reach`` is over how many words it holds, the whole clause when 0; ``days`` how long ago the
    phrases of an ``ago`` put something.
    """

    means: Means
    phrases: tuple[str, ...]
    direction: Direction = Direction.ANYWHERE
    reach: int = 0
    days: int = 0
