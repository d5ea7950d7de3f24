"""Whose health is spoken of: the client's, who would have the massage, or somebody else's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span

from frontdesk.clinical.modifiers import ASKING
from frontdesk.domain.finding import Subject
from frontdesk.domain.modifier import Means

NEAR = 4  # words between "for my" and the person
ASIDE = 10  # words in which "recommended you" is still said of the person before it
WISHING = 16  # and "wants a massage"
# what is somebody's who comes: "my son's form"
BOOKED = frozenset({
    "appointment", "appointments", "appt", "appts", "app", "form", "forms", "answers", "list",
    "booking", "bookings", "slot", "session", "massage", "massages", "turn", "intake", "history",
})  # fmt: skip
DETERMINERS = frozenset(
    {"both", "all", "my", "our", "a", "an", "the", "his", "her", "their", "your", "this"}
)
OWNING = frozenset({"my", "our"})
# before somebody of whom something is said, and after them
LEADING = frozenset({"and", "but", "for", "if", "that", "because", "so", ",", "was", "is", "with"})
SAYING = frozenset(
    [
        "is",
        "has",
        "had",
        "have",
        "was",
        "with",
        "who",
        "'s",
        "does",
        "got",
        "gets",
        "did",
        "takes",
        "says",
        "uses",
        "suffers",
        "been",
        "are",
        "were",
        "ca",
        "can",
        "will",
        "wo",
        "just",
        "also",
        "still",
        "wants",
        "needs",
        "broke",
        "hurt",
        "died",
        "on",
    ]
)
NOW = frozenset({
    "is", "has", "had", "'s", "gets", "takes", "suffers", "(", "on", "with", "who", "got", ",",
    "have", "wears", "uses", "was", "gave", "just", "still", "hurt", "broke", "does", "ca", "can",
})  # fmt: skip
# "my friend says it's scabies": what they say is not said of them
REPORTING = frozenset({
    "say", "says", "said", "saying", "think", "thinks", "thought", "reckon", "reckons", "reckoned",
    "wonders", "suspects", "swears", "believes", "insists", "guesses", "tells", "warned", "calls",
})  # fmt: skip
WRITERS = frozenset({"me", "my", "us", "myself"})  # "the booking is for me"
MODALS = frozenset({"can", "could", "may", "should", "is", "would", "let", "does"})
# "as a child", "had my baby", "mate": these name nobody
NO_PERSON_AFTER = frozenset({"as", "had", "having", "like", "since", "deliver", "delivered"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody spoken of: ``is_client`` when it is who would have the massage.

    ``acts`` when something is said of them, and they are not just part of what happens:
    "my wife has", not "lifted my wife".
    """

    start: int
    end: int
    is_client: bool
    acts: bool = True
    is_stranger: bool = False  # certainly not the client: "recommended you", a pet
    owns: bool = False  # a "my" that goes with what follows


@dataclass(slots=True)
class Cast:
    """Who is spoken of in a message, in the order of the words."""

    mentions: list[Mention] = field(default_factory=list)
    is_together: bool = False

    def of(self, start: int, end: int, clause: Span) -> Subject:
        """Whose the words from ``start`` to ``end`` are.

        One right around them is meant when they describe her: "my pregnant wife". Else the last
        one mentioned before them, in this clause or before it. Nobody mentioned means the client.
        """
        around = next((m for m in self.mentions if m.start <= start and end <= m.end), None)
        if around is not None:
            return _subject(around)
        whole = start <= clause.start and clause.end <= end
        if whole:
            inside = [m for m in self.mentions if start <= m.start < end and m.acts]
            before = inside[:1]
        else:
            before = [m for m in self.mentions if clause.start <= m.start and m.end <= start]
            before = [m for m in before if m.acts][-1:]
        if not whole and _is_reported(clause.doc, before, start):
            return Subject.CLIENT
        # "no temperature on me"
        if any(end < m.start <= end + 1 and _is_on(clause.doc, m) for m in self.mentions):
            return Subject.CLIENT
        # "my wife found a lump on my spine"
        after = [m for m in self.mentions if end <= m.start < min(clause.end, end + NEAR)]
        if before and not before[0].is_client and any(m.owns for m in after):
            return Subject.CLIENT
        earlier = [m for m in self.mentions if m.end <= clause.start and m.acts]
        holders = before or earlier[-1:]
        return _subject(holders[0] if holders else None)

    def in_danger(self, start: int, end: int) -> Subject:
        """Whose a red flag is: the client's unless somebody is named who has no part in this."""
        strangers = [m for m in self.mentions if m.is_stranger]
        is_theirs = any(m.start < end and start - m.end <= ASIDE for m in strangers)
        return Subject.OTHER if is_theirs else Subject.CLIENT


def _is_reported(doc: Doc, before: list[Mention], start: int) -> bool:
    """Whether the last one spoken of only says or thinks it, of nobody: "reckons it's gout"."""
    if not before or before[0].is_client or before[0].end >= start:
        return False
    said = doc[before[0].end]
    told = [token.norm_ for token in doc[said.i + 1 : start]]
    is_said = said.norm_ in REPORTING
    return is_said and any(norm in ("it", "it's", "its", "this", "that") for norm in told[:3])


def _is_on(doc: Doc, mention: Mention) -> bool:
    """Whether it is on or of the client: "no temperature on me"."""
    return mention.is_client and mention.start > 0 and doc[mention.start].norm_ == "me"


def _subject(holder: Mention | None) -> Subject:
    return Subject.CLIENT if holder is None or holder.is_client else Subject.OTHER


def cast(doc: Doc, marks: dict[Means, list[Span]]) -> Cast:
    """Work out who is spoken of and who of them the massage is for."""
    pets = {span.start for span in marks.get(Means.PET, ())}
    people = [*marks.get(Means.PERSON, ()), *marks.get(Means.PET, ())]
    people = sorted((one for one in people if _is_person(doc, one)), key=lambda one: one.start)
    people = [one for one in people if not any(_inside(one, other) for other in people)]
    asks_for_them = bool(marks.get(Means.ASKS_FOR_THEM))
    together = marks.get(Means.TOGETHER, ())
    # "for me and my sister" brings her, and not the mother who was named before
    pairing = [span for span in together if doc[span.end - 1].norm_ == "my"]
    is_together = len(pairing) < len(together)
    named: list[Mention] = []
    for person in people:
        start = _phrase_start(doc, person)
        comes = (is_together and not _is_apart(person, marks)) or _just_before(
            pairing, start + 1, person
        )
        is_client = comes or _is_client(doc, person, start, marks, asks_for_them)
        is_client = is_client and person.start not in pets
        apart = _is_apart(person, marks) or _just_before(
            marks.get(Means.NOT_THEIRS, ()), start, person
        )
        is_stranger = not is_client and (person.start in pets or apart)
        acts = _acts(doc, person, start) and (person.start not in pets or _has(doc, person))
        named.append(Mention(start, person.end, is_client, acts, is_stranger))
    mentions = list(named)
    for span in marks.get(Means.WRITER, ()):
        if not any(one.start <= span.start < one.end for one in named):
            owns = doc[span.start].norm_ in OWNING
            mentions.append(Mention(span.start, span.end, True, owns=owns))
    for span in marks.get(Means.THEY, ()):
        if any(one.start <= span.start < one.end for one in named):
            continue
        known = [one for one in named if one.end <= span.start]
        mentions.append(Mention(span.start, span.end, known[-1].is_client if known else True))
    mentions.sort(key=lambda one: (one.start, one.end))
    return Cast(mentions, is_together)


def _is_person(doc: Doc, span: Span) -> bool:
    """Whether the word names somebody here; most need a "my" or a beginning before them."""
    before = [token.norm_ for token in doc[max(0, span.start - 4) : span.start]]
    if any(norm in NO_PERSON_AFTER for norm in before[-3:]):
        return False
    if before[-2:] in (["was", "a"], ["were", "a"], ["am", "a"], ["was", "just"]):
        return False  # "when I was a kid"
    if len(span) > 1:
        return True  # "mother in law broke her hip", "guy at work"
    is_begun = span.start == span.sent.start or before[-1:] == [","]
    return is_begun or any(norm in DETERMINERS for norm in before)


def _acts(doc: Doc, person: Span, start: int) -> bool:
    """Whether something is said of a person, and not only done with them."""
    if start == person.sent.start or (start and doc[start - 1].norm_ in LEADING):
        return True
    return person.end < len(doc) and doc[person.end].norm_ in SAYING


def _has(doc: Doc, pet: Span) -> bool:
    """Whether a pet has something, and does not just do something: "a horse threw me"."""
    return pet.end < len(doc) and doc[pet.end].norm_ in ("has", "had", "is", "'s", "got", "takes")


def _phrase_start(doc: Doc, person: Span) -> int:
    """Where "my pregnant wife" begins."""
    for place in range(person.start - 1, max(-1, person.start - 4), -1):
        if doc[place].norm_ in DETERMINERS:
            return place
    return int(person.start)


def _is_client(
    doc: Doc, person: Span, start: int, marks: dict[Means, list[Span]], asks_for_them: bool
) -> bool:
    apart = marks.get(Means.NOT_THEIRS, ())
    booked = [
        span
        for span in marks.get(Means.BOOKED_FOR, ())
        if not any(one.start <= span.start and span.end <= one.end for one in apart)
    ]
    if _just_before(booked, start, person):
        return True
    if _is_apart(person, marks) or _just_before(apart, start, person):
        return False
    if start and doc[start - 1].norm_ in MODALS and doc[start].norm_ in DETERMINERS:
        return True
    if asks_for_them or _has_booked(doc, person):
        return True
    if _is_asked_about(doc, person, start, marks):
        return True
    return any(
        person.end <= span.start <= person.end + WISHING
        and not _writer_between(marks, person.end, span.start)
        and not (span.end < len(doc) and doc[span.end].norm_ in WRITERS)
        for span in marks.get(Means.WANTS_ONE, ())
    )


def _is_apart(person: Span, marks: dict[Means, list[Span]]) -> bool:
    """Whether it is said of somebody that they are not who comes: "my wife recommended you"."""
    return any(
        person.end <= span.start <= person.end + ASIDE for span in marks.get(Means.NOT_THEIRS, ())
    )


def _is_asked_about(doc: Doc, person: Span, start: int, marks: dict[Means, list[Span]]) -> bool:
    """Whether a message asks something and speaks of nobody else: "Nan is 91, is that OK?"."""
    asks = "?" in doc.text or any(clause[0].norm_ in ASKING for clause in doc.sents)
    if not asks or person.end >= len(doc) or doc[person.end].norm_ not in NOW:
        return False
    spoken = marks.get(Means.WRITER, ())
    return all(start <= span.start < person.end for span in spoken)


def _has_booked(doc: Doc, person: Span) -> bool:
    """Whether what is theirs shows that they come: "my daughter's appointment on Friday"."""
    following = doc[person.end : person.end + NEAR]
    if doc[person.end - 1].norm_.endswith("s"):  # "mom's", or without its sign
        return any(token.norm_ in BOOKED for token in following[:2])
    is_owner = bool(following) and following[0].norm_ in ("'s", "\u2019s", "s", "'")
    return is_owner and any(token.norm_ in BOOKED for token in following[1:3])


def _just_before(spans: Iterable[Span], start: int, person: Span) -> bool:
    return any(
        span.end >= start - 1 and span.start < person.start and person.start - span.end <= NEAR
        for span in spans
    )


def _writer_between(marks: dict[Means, list[Span]], start: int, end: int) -> bool:
    return any(start <= span.start < end for span in marks.get(Means.WRITER, ()))


def _inside(one: Span, other: Span) -> bool:
    return bool(other.start <= one.start and one.end <= other.end and len(other) > len(one))
