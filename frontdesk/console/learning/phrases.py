"""Makes a phrase fit for the data folder, and tells whether two are the same."""

from __future__ import annotations

import re
import unicodedata

from frontdesk.clinical.masking import Kind
from frontdesk.console.conversations.errors import CannotDo
from frontdesk.console.learning.models import LONGEST

JOINER = "\u200d"  # holds an emoji of several together
_TOKEN = re.compile("|".join(re.escape(kind.token) for kind in Kind), re.IGNORECASE)
_ANNOTATION = re.compile(r"\](?=[(\[{])")


def cleaned(text: str) -> str:
    """The same words on one line, without what Rasa or YAML would read as more than words.

    Rasa takes "[a](b)" for a marked entity, a backslash for an escape and a slash at the beginning
    for a command.
    """
    plain = "".join(one if _is_plain(one) else " " for one in text)
    one_line = " ".join(plain.split())
    return _ANNOTATION.sub("] ", one_line).lstrip("/ ")


def normal(text: str) -> str:
    """What two phrases have in common when they are the same but for looks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = ("" if unicodedata.category(one)[0] == "P" else one for one in folded)
    return " ".join("".join(kept).split())


def has_token(text: str) -> bool:
    """Whether something personal was masked in it."""
    return bool(_TOKEN.search(text))


def checked(text: str) -> str:
    """A phrase that may be learned.

    Raises:
        CannotDo: it is empty or too long, or something personal was masked in it.
    """
    phrase = cleaned(text)
    token = _TOKEN.search(phrase)
    if token:
        raise CannotDo(
            f"Please put other words in place of {token[0]}, or leave it out: "
            "nothing personal is learned."
        )
    if not normal(phrase):
        raise CannotDo("Please give the words to be learned.")
    if len(phrase) > LONGEST:
        raise CannotDo(f"Please shorten the phrase to {LONGEST} characters.")
    return phrase


def _is_plain(character: str) -> bool:
    if character == "\\":
        return False
    return character == JOINER or unicodedata.category(character)[0] not in "CZ"
