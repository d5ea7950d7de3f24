"""Gathers what leads to everything that is kept of a person, or of one conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from frontdesk.console.privacy import events, passing, rows
from frontdesk.console.privacy.person import Contact, Person

Ask = Callable[[str, Callable[[], Person]], Person]


@dataclass(frozen=True, slots=True)
class Found:
    """Who is meant.

    ``known`` is all that they told of themselves; ``booked`` what their bookings are known by:
    somebody else's may have been made under a number that was told along the way.
    """

    known: Person
    booked: Person


def straight(_: str, find: Callable[[], Person]) -> Person:
    """Ask a store, and let its errors through."""
    return find()


def of_contact(who: Contact, left: Person, ask: Ask = straight) -> Found:
    """What a contact leads to.

    Args:
        who: the contact.
        left: conversations and bookings that an earlier try did not come to.
        ask: how a store is asked, by its name.
    """
    given = Person(
        names=frozenset({who.name} - {""}),
        phones=frozenset({who.phone} - {""}),
        emails=frozenset({who.email} - {""}),
    )
    told = ask(events.STORE, partial(events.find, who))
    met = ask(passing.STORE, partial(passing.find, who)).with_more(left).with_more(told)
    start = given.with_more(Person(met.conversations, met.references))
    booked = ask(rows.STORE, partial(rows.find, start))
    every = start.with_more(Person(booked.conversations, booked.references))
    for key in sorted(every.conversations - told.conversations):
        told = told.with_more(ask(events.STORE, partial(events.tell, key)))
    every = every.with_more(Person(references=told.references))
    return Found(known=every.with_more(told).with_more(booked), booked=every)


def of_conversation(key: str, left: Person, ask: Ask = straight) -> Found:
    """What a conversation leads to; other conversations of the same person are not meant."""
    start = Person(conversations=frozenset({key})).with_more(left)
    told = start.with_more(ask(events.STORE, partial(events.tell, key)))
    by_keys = Person(told.conversations, told.references)
    booked = ask(rows.STORE, partial(rows.find, by_keys))
    every = Person(told.conversations, told.references | booked.references)
    known = Person(every.conversations, every.references, told.names, told.phones, told.emails)
    return Found(known=known, booked=every)
