"""A phrase people use and what it stands for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """The ways people say one value.

    ``words`` always count. Those under ``maybe`` count only within a few words of one of
    ``near``, or in a message of at most ``alone`` words. ``capitals`` ("my AS") count where a word
    of them is written so in a message that is not all in capitals. No phrase counts inside one of
    the longer ones under ``unless``.
    """

    words: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    alone: int = 3
    unless: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One entity value with its phrases, such as ``pain_area`` / ``lower_back``."""

    label: str
    value: str
    phrases: Phrases


@dataclass(frozen=True, slots=True)
class Topic:
    """What an intent is called on a button, for "did you mean ...?"."""

    title: str
