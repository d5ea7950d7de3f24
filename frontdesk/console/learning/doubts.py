"""Finds the messages that the assistant doubted most, each wording once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connection, connections

from frontdesk.console.conversations.understood import FALLBACK

PAGE = 25
MOST_ALIKE = 20_000  # messages of one wording that are dealt with at once
# what two messages of the same wording may differ in, besides capitals
IGNORED = " \n\t.,;:!?'\"\u2019\u2018\u201c\u201d()-"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands in the list: by doubt, then by the number of its event."""

    doubt: float
    event: int


def doubt(alias: str = "") -> str:
    """The SQL of how sure the assistant was: least for what it did not understand at all.

    A message that is not understood has the likelihood that no guess was right as its confidence.
    """
    return (
        f"(CASE WHEN {alias}intent = '{FALLBACK}' "
        f"THEN -{alias}confidence ELSE {alias}confidence END)"
    )


def wording(alias: str = "", vendor: str = "") -> str:
    """The SQL of a message's words without capitals, spaces and punctuation."""
    folded = f"lower({alias}masked)"
    for character in IGNORED:
        quoted = "''" if character == "'" else character
        folded = f"replace({folded}, '{quoted}', '')"
    # an index of PostgreSQL takes no long texts
    return f"md5({folded})" if (vendor or connection.vendor) == "postgresql" else f"({folded})"


def make_indexes(using: str = DEFAULT_DB_ALIAS) -> None:
    """Make the two indexes that this list lives by, after every change of the tables.

    They are of expressions, and SQLite forgets those when it rebuilds a table.
    """
    where = "ON conversations_message"
    vendor = connections[using].vendor
    if "conversations_message" not in connections[using].introspection.table_names():
        return
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS learning_doubt {where} ({doubt()}, event) WHERE is_open"
        )
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS learning_wording {where} "
            f"({wording(vendor=vendor)}, {doubt()}, event) WHERE is_open"
        )


def most_doubted(after: Place | None = None, limit: int = PAGE) -> list[Place]:
    """The next places of the list; of messages with the same words, the most doubted alone."""
    query = (
        f"SELECT {doubt('m.')}, m.event FROM conversations_message m WHERE m.is_open "
        f"AND ({doubt('m.')}, m.event) > (%s, %s) "
        "AND NOT EXISTS (SELECT 1 FROM conversations_message o WHERE o.is_open "
        f"AND {wording('o.')} = {wording('m.')} "
        f"AND ({doubt('o.')}, o.event) < ({doubt('m.')}, m.event)) "
        f"ORDER BY {doubt('m.')}, m.event LIMIT %s"
    )
    start = after or Place(-2.0, 0)
    with connection.cursor() as cursor:
        cursor.execute(query, [start.doubt, start.event, limit])
        return [Place(float(sureness), int(event)) for sureness, event in cursor.fetchall()]


def alike(event: int) -> list[int]:
    """The open messages with the words of this one, itself among them when it is open."""
    query = (
        "SELECT o.event FROM conversations_message o WHERE o.is_open "
        f"AND {wording('o.')} = "
        f"(SELECT {wording('m.')} FROM conversations_message m WHERE m.event = %s) LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [event, MOST_ALIKE])
        return sorted(int(row[0]) for row in cursor.fetchall())


def how_many_alike(events: Sequence[int]) -> dict[int, int]:
    """How many open messages have the words of each of these."""
    if not events:
        return {}
    places = ", ".join(["%s"] * len(events))
    query = (
        "SELECT m.event, (SELECT COUNT(*) FROM conversations_message o WHERE o.is_open "
        f"AND {wording('o.')} = {wording('m.')}) "
        f"FROM conversations_message m WHERE m.event IN ({places})"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, list(events))
        return {int(event): int(count) for event, count in cursor.fetchall()}
