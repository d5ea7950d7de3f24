"""Takes a bare answer as being about what was just asked: "no", "only the second"."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.domain.finding import Assertion, Finding, Subject

READER = "answer"
YES = frozenset(
    [
        "yes",
        "y",
        "yep",
        "yeah",
        "yea",
        "ya",
        "yup",
        "sure",
        "correct",
        "right",
        "true",
        "affirmative",
        "indeed",
        "si",
        "👍",
        "✅",
        "✔",
        "afraid",
        "unfortunately",
        "i'm",
        "am",
        "do",
        "have",
    ]
)
NO = frozenset(
    ["no", "n", "nope", "nah", "none", "neither", "never", "not", "negative", "nothing", "👎", "❌"]
)
UNSURE = frozenset(
    ["maybe", "perhaps", "possibly", "unsure", "idk", "dunno", "really", "sure", "might", "think"]
)
ORDINALS = {"first": 0, "1": 0, "1st": 0, "second": 1, "2": 1, "2nd": 1, "third": 2, "3": 2}
ORDINALS |= {"3rd": 2, "fourth": 3, "4": 3, "4th": 3, "last": -1}
ALL = frozenset(["both", "all", "everything"])
LONGEST = 5  # words; a longer message says what it means


def answered(text: str, asked: Sequence[str], *, are_free: bool = False) -> list[Finding]:
    """What a short answer says of each entry asked about, none when it is no such answer.

    Args:
        text: the message.
        asked: ids in the order in which they were named.
        are_free: the question was whether the person is free of them, so that yes means no.
    """
    words = text.lower().replace(",", " ").replace(".", " ").replace("!", " ").split()
    if not asked or not words or len(words) > LONGEST:
        return []
    # a fresh word: "not really" and "not sure" are neither yes nor no
    if (words[0] in ("not", "no") and set(words[1:]) & UNSURE) or set(words) <= UNSURE - {"sure"}:
        return [_finding(name, Assertion.POSSIBLE, text) for name in asked]
    chosen = [ORDINALS[word] for word in words if word in ORDINALS]
    if chosen and len(asked) > 1:
        picked = {asked[n] for n in chosen if -len(asked) <= n < len(asked)}
        return [_finding(name, _said(name in picked), text) for name in asked]
    if set(words) & ALL and not set(words) & NO:
        return [_finding(name, Assertion.PRESENT, text) for name in asked]
    if words[0] in NO:
        return [_finding(name, _said(are_free), text) for name in asked]
    if words[0] in YES and (len(asked) == 1 or are_free):
        return [_finding(name, _said(not are_free), text) for name in asked]
    return []


def _said(is_so: bool) -> Assertion:
    return Assertion.PRESENT if is_so else Assertion.ABSENT


def _finding(name: str, assertion: Assertion, text: str) -> Finding:
    return Finding(name, assertion, Subject.CLIENT, text, READER)
