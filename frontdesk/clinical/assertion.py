"""How and of whom a condition is stated: denied, perhaps, once, what if, my mother."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from frontdesk.clinical import modifiers as words
from frontdesk.clinical import times
from frontdesk.clinical.clauses import STOPS
from frontdesk.clinical.modifiers import CONTEXT
from frontdesk.clinical.subjects import Cast, cast
from frontdesk.clinical.vocabulary import DOUBTFUL
from frontdesk.domain.condition import Condition, History
from frontdesk.domain.finding import FLAG, Assertion, Clearance, Subject
from frontdesk.domain.modifier import Direction, Means, Modifier

# What begins a clause and may stand before a denial of all of it: "and I have no ..."
FILLERS = frozenset(
    [
        "they",
        "told",
        "me",
        "it",
        "says",
        "said",
        "midwife",
        "doctor",
        "doc",
        "gp",
        "scan",
        "am",
        "i",
        "we",
        "he",
        "she",
        "my",
        "and",
        "but",
        "so",
        "also",
        "ok",
        "okay",
        "well",
        "yes",
        "no",
        "yeah",
        "just",
        "have",
        "has",
        "had",
        "'ve",
        "is",
        "are",
        "there",
        "got",
        "'s",
        "with",
        "the",
        "that",
        ",",
        ".",
        "-",
        "currently",
        "absolutely",
        "definitely",
        "luckily",
        "thankfully",
        "no",
    ]
)
REAL_BEFORE_IF = frozenset(
    [
        "come",
        "book",
        "visit",
        "massage",
        "one",
        "ok",
        "okay",
        "fine",
        "alright",
        "problem",
        "matter",
        "matters",
        "safe",
        "allowed",
    ]
)
ALL_WELL, GOING_ON = "all_well", ("lasting", "treated")
IN_PASSING = "in_passing"  # "I think I'll take the long one": said of anything
BACK_THEN = {
    (that, was) for that in ("that", "it", "this", "they") for was in ("was", "were", "'s")
}
FOLLOWING = 4  # clauses after what somebody else has in which the writer may say "not me"
# What stands for something already named: "my asthma, which is fine".
REFERRING = frozenset(
    [
        "which",
        "those",
        "these",
        "this",
        "all",
        "both",
        "now",
        "been",
        "long",
        "since",
        "everything",
        "results",
        "result",
        "test",
        "tests",
        "came",
        "back",
        "was",
        "were",
    ]
)
LAST = frozenset(
    [
        "it",
        "that",
        "one",
        "them",
        "those",
        "any",
        "either",
        "lol",
        "on",
        "of",
        "at",
        "here",
        "now",
        "so",
        "far",
        "anywhere",
        "luckily",
        "thankfully",
        "thank",
        "god",
        "thanks",
        "thx",
        "haha",
        "anymore",
        "me",
        "all",
    ]
)
COMING = frozenset(["comes", "came", "starts", "started", "arrives", "turns", "appears", "shows"])
SHORT = 9  # words of a clause that "is fine" at its end is said of as a whole
ASKING = frozenset(["is", "are", "can", "could", "do", "does", "would", "should", "will", "may"])
# What must begin or end a clause to be said of all of it.
LEADING = (Means.DENIED, Means.NEGATED, Means.POSSIBLE, Means.HYPOTHETICAL)
PAST = {Means.AGO, Means.HAD, Means.OVER}
MARKS = (
    Means.PERSON,
    Means.PET,
    Means.BOOKED_FOR,
    Means.WANTS_ONE,
    Means.ASKS_FOR_THEM,
    Means.TOGETHER,
    Means.NOT_THEIRS,
    Means.WRITER,
    Means.THEY,
    Means.CLEARED,
    Means.REFUSED,
    Means.CORRECTION,
    Means.DISCLOSED,
    Means.ELSEWHERE,
    Means.BACK,
    Means.PAIN,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """How something is stated, and the words that made it so."""

    assertion: Assertion
    subject: Subject
    because: tuple[str, ...] = ()


@dataclass(slots=True)
class Surroundings:
    """All that a message says around its conditions, found once for all of them."""

    doc: Doc
    marks: dict[Means, list[Span]]
    cast: Cast
    governing: dict[tuple[int, int], list[Any]]
    names: list[tuple[int, int]] = field(default_factory=list)
    denials: list[tuple[int, int]] = field(default_factory=list)

    def is_denied_of_writer(self, target: Span) -> bool:
        """Whether the writer says "not me" after what somebody else has: "... and I'm not"."""
        clause = target.sent
        if any(
            target.end <= start < end <= clause.end and self.doc[end - 1].norm_ == "me"
            for start, end in self.denials
        ):
            return True
        for _ in range(FOLLOWING):
            if clause.end >= len(self.doc):
                return False
            clause = self.doc[clause.end].sent
            if any(clause.start <= start < clause.end for start, _ in self.names):
                return False
            if any(self._is_of_writer(place, clause) for place in self.denials):
                return True
        return False

    def _is_of_writer(self, place: tuple[int, int], clause: Span) -> bool:
        if not clause.start <= place[0] < place[1] <= clause.end:
            return False
        spoken = [one for one in self.cast.mentions if clause.start <= one.start < place[1]]
        after = self.doc[place[1] : clause.end]
        rest = takewhile(lambda token: token.text not in ",;", after)
        is_end = all(token.is_punct or token.norm_ in LAST for token in rest)
        return bool(spoken) and spoken[-1].is_client and is_end

    @property
    def is_corrected(self) -> bool:
        """Whether the person takes something back, in words that name nothing themselves."""
        return any(
            not any(start < mark.end and mark.start < end for start, end in self.governing)
            for mark in self.marks.get(Means.CORRECTION, ())
        )

    @property
    def clearance(self) -> Clearance:
        """What a clinician said of massage."""
        if self.marks.get(Means.REFUSED):
            return Clearance.REFUSED
        return Clearance.GIVEN if self.marks.get(Means.CLEARED) else Clearance.NONE


class Assertions:
    """Decides how each target in a message is stated."""

    def __init__(self, nlp: Language, modifiers: Mapping[str, Modifier]) -> None:
        self._context = words.context(nlp, modifiers)
        self._marks = words.Marks(nlp, modifiers, MARKS)

    def around(self, doc: Doc, targets: Iterable[Span]) -> Surroundings:
        """Find what governs each of the targets."""
        wanted = list(targets)
        each = {(span.start, span.end): span for span in wanted}
        doc.spans[words.TARGETS] = list(each.values())
        marks = self._marks(doc)
        self._context(doc)
        graph = doc._.context_graph
        governing: dict[tuple[int, int], list[Any]] = {place: [] for place in each}
        who = cast(doc, marks)
        flags = {(span.start, span.end) for span in wanted if span.id_.startswith(FLAG)}
        names = [place for place, span in each.items() if span.label_ != words.CLAUSE]
        # a "no" before a subject answers something: "no, I am pregnant"
        graph.modifiers = [m for m in graph.modifiers if not _answers(doc, m)]
        edges = [(t, m) for t, m in graph.edges if not _answers(doc, m)]
        # the "can't" of "can't feel my legs" denies nothing else either
        sure = [place for place in names if each[place].label_ != DOUBTFUL]
        free = [m for m in graph.modifiers if not any(_within(m, name) for name in sure)]
        for target, modifier in edges:
            if target.label_ != words.CLAUSE and modifier in free and _governs(modifier, target):
                governing[target.start, target.end].append(modifier)
        for place in names:
            # "never had | a stroke": ConText lets a modifier govern nothing that it overlaps
            governing[place] += [m for m in free if _runs_into(m, place)]
            sentence = doc[place[0]].sent
            governing[place] += [
                m
                for m in free
                if Means(m.category.lower()) in words.DENIALS
                and place[1] <= m.modifier_span[0] < sentence.end
                and _is_last(m, sentence)
            ]
            governing[place] += _afterwards(doc, place, free, sure, who)
        for place, span in each.items():
            if span.label_ == words.CLAUSE:
                inside = [m for m in free if _within(m, place)]
                governing[place] = [m for m in inside if _bears(m, span, place in flags)]
                if place not in flags:
                    governing[place] += _afterwards(doc, place, free, sure, who)
        denials = [
            m.modifier_span
            for m in free
            if Means(m.category.lower()) in words.DENIALS and m.rule.metadata["name"] != ALL_WELL
        ]
        return Surroundings(doc, marks, who, governing, sure, denials)

    def of(
        self,
        target: Span,
        condition: Condition,
        around: Surroundings,
        today: datetime.date | None = None,
    ) -> Stated:
        """How a name in the message, or all of a clause, is stated."""
        governed = around.governing.get((target.start, target.end), [])
        furthest_first = sorted(governed, key=lambda one: -_distance(one, target))
        means = {Means(modifier.category.lower()): modifier for modifier in furthest_first}
        said = {kind: _words(around.doc, one) for kind, one in means.items()}
        on = today or datetime.date.today()
        subject = around.cast.of(target.start, target.end, target.sent)
        if Means.FAMILY in means:
            subject = Subject.OTHER
        elif condition.is_red_flag and subject is Subject.OTHER:
            told, _ = _told_of(target, around)
            if _when(target, condition, means, on, told) is not Assertion.HISTORICAL:
                # somebody in danger now is sent for help, whoever it is
                subject = around.cast.in_danger(target.start, target.end)
        if not _is_denial(target, condition, means, on):
            means = {k: v for k, v in means.items() if k is not Means.DENIED}
        if subject is Subject.OTHER:  # "my sister is the diabetic one, not me"
            means = {k: v for k, v in means.items() if not _is_of_me(around.doc, k, v)}
        is_denied = Means.DENIED in means or Means.NEGATED in means
        assertion: Assertion
        is_about_somebody = bool(around.marks.get(Means.DISCLOSED))
        if Means.HYPOTHETICAL in means and not (is_about_somebody or _is_answered(target, means)):
            assertion = Assertion.HYPOTHETICAL
        elif Means.POSSIBLE in means:
            assertion = Assertion.POSSIBLE
        elif not is_about_somebody and (_is_if(target) or _asks_in_general(target, around)):
            assertion = Assertion.HYPOTHETICAL
        elif is_denied:
            assertion = Assertion.ABSENT
        elif subject is Subject.OTHER and not _is_dated(target, means, on):
            assertion = Assertion.PRESENT
        else:
            told, begin = _told_of(target, around)
            ago = means.get(Means.AGO)
            if ago is not None and target.sent.start <= ago.modifier_span[0] < begin:
                means = {k: v for k, v in means.items() if k is not Means.AGO}
            assertion = _when(target, condition, means, on, told)
        return Stated(assertion, subject, tuple(f"{k.value}: {v}" for k, v in said.items()))


def _is_of_me(doc: Doc, means: Means, modifier: Any) -> bool:
    return means in words.DENIALS and _words(doc, modifier).lower().endswith(" me")


def _is_answered(target: Span, means: Mapping[Means, Any]) -> bool:
    """Whether a supposition is answered: "I asked if I had sciatica and she said no"."""
    denial = means.get(Means.DENIED)
    if denial is None or denial.rule.metadata["name"] == ALL_WELL:
        return False
    return bool(denial.modifier_span[0] >= target.sent.end)


def _distance(modifier: Any, target: Span) -> int:
    start, end = modifier.modifier_span
    return int(max(start - target.end, target.start - end, 0))


def _is_denial(
    target: Span, condition: Condition, means: Mapping[Means, Any], today: datetime.date
) -> bool:
    """Whether "all clear", "is fine" and the like deny a thing, and not only say how it goes.

    What is over, or treated, was or is there: "stopped in March, so I'm fine", "on tablets, all
    good now", "cancer in 2014, all clear since".
    """
    denial = means.get(Means.DENIED)
    if denial is None or denial.rule.metadata["name"] != ALL_WELL:
        return True
    if means.keys() & {Means.OVER, Means.CURRENT, Means.AGO}:
        return False
    is_dated = times.days_ago(target.sent.text.lower(), today) is not None
    return not (is_dated and (condition.lifelong or Means.HAD in means))


def _is_dated(target: Span, means: Mapping[Means, Any], today: datetime.date) -> bool:
    """Whether a clause about somebody else says when it was."""
    if means.keys() & {Means.AGO, Means.OVER}:
        return True
    return times.days_ago(target.sent.text.lower(), today, with_months=False) is not None


def _governs(modifier: Any, target: Span) -> bool:
    """Whether it is on the right side of what it may be said of on both.

    A tick ("heart: no, skin: fine") is of what stands before it, and of what comes after it only
    when it is followed by that. A "maybe" after something is of it when it ends the clause.
    """
    doc = target.doc
    if modifier.rule.metadata["name"] == ALL_WELL and _is_of_something_else(modifier, target):
        return False
    if modifier.direction != CONTEXT[Direction.BOTH]:
        return True
    end = modifier.modifier_span[1]
    means = Means(modifier.category.lower())
    is_before = end <= target.start
    if means is Means.DENIED:
        is_alone = end >= len(doc) or doc[end].is_punct or doc[end].is_space
        return is_before is not is_alone
    if means is Means.POSSIBLE:
        return is_before or _is_last(modifier, target.sent)
    return True


def _is_of_something_else(modifier: Any, target: Span) -> bool:
    """Whether something else is fine: "type 2 here, feeling in my feet is fine"."""
    between = list(target.doc[target.end : modifier.modifier_span[0]])
    if any(token.text == "(" for token in between[1:]):
        return True  # "asthma, blood pressure (treated, fine)"
    commas = [place for place, token in enumerate(between) if token.text == ","]
    if not commas:
        return False
    said = [token for token in between[commas[-1] + 1 :] if token.is_alpha]
    return any(token.norm_ not in FILLERS and token.norm_ not in REFERRING for token in said)


def _answers(doc: Doc, modifier: Any) -> bool:
    start, end = modifier.modifier_span
    if doc[start:end].text.lower() not in ("no", "nope", "nah") or end >= len(doc):
        return False
    return doc[end].norm_ in ("i", "she", "he", "we", "they", "it")


def _runs_into(modifier: Any, place: tuple[int, int]) -> bool:
    start, end = modifier.modifier_span
    runs = Means(modifier.category.lower()) in LEADING
    return bool(runs and start < place[0] < end)


def _afterwards(
    doc: Doc, place: tuple[int, int], free: list[Any], names: list[tuple[int, int]], who: Cast
) -> list[Any]:
    """What the next clause says of a name, when it names nothing itself: "... but I stopped it"."""
    end = doc[place[0]].sent.end
    if end >= len(doc):
        return []
    following = doc[end].sent
    if any(following.start <= start < following.end for start, _ in names):
        return []
    # "my partner takes Eliquis, I take nothing" takes nothing back
    spoken = who.of(following.end - 1, following.end, following)
    if spoken is not who.of(*place, doc[place[0]].sent):
        return []
    return [
        m
        for m in free
        if following.start <= m.modifier_span[0]
        and m.modifier_span[1] <= following.end
        and _speaks_back(m, following)
    ]


def _speaks_back(modifier: Any, clause: Span) -> bool:
    """Whether a clause is said of what came before: it is over, or all it says is "not me"."""
    means = Means(modifier.category.lower())
    if means in words.DENIALS:
        is_of_all = modifier.rule.metadata["name"] != ALL_WELL  # "I feel fine" is of nothing else
        is_answer = modifier.modifier_span[0] == clause.start and _ends_part(modifier, clause)
        return is_of_all and (is_answer or _is_last(modifier, clause)) and len(clause) <= SHORT
    is_backward = modifier.direction == CONTEXT[Direction.BACKWARD]
    if means is Means.POSSIBLE and modifier.modifier_span[0] == clause.start:
        return _ends_part(modifier, clause)  # "torn? Maybe, not been seen"
    return is_backward and means in (Means.OVER, Means.POSSIBLE)


def _is_last(modifier: Any, clause: Span) -> bool:
    """Whether nothing comes after it but a "thanks": what it denies stands before it."""
    after = clause.doc[modifier.modifier_span[1] : clause.end]
    return all(token.is_punct or token.norm_ in LAST for token in after)


def _ends_part(modifier: Any, clause: Span) -> bool:
    """Whether a comma or the clause's end comes after it: "Negative, no symptoms"."""
    end = modifier.modifier_span[1]
    return bool(end >= clause.end or clause.doc[end].is_punct)


def _within(modifier: Any, place: tuple[int, int]) -> bool:
    start, end = modifier.modifier_span
    return bool(place[0] <= start and end <= place[1])


def _bears(modifier: Any, clause: Span, is_flag: bool) -> bool:
    """Whether a modifier says something of all of a clause it stands in.

    A bare "not" is part of many symptoms, and so is a denial in their middle: "can't go without
    leaking". One that begins the clause, or ends it ("... are normal"), is of all of it.
    """
    means = Means(modifier.category.lower())
    if means in (Means.NOTHING, Means.TURN, Means.COUNTER):
        return False
    start, end = modifier.modifier_span
    if means is Means.NEGATED and (is_flag or _is_unable(clause.doc, start)):
        return False
    if means not in LEADING:
        return True
    if modifier.direction == CONTEXT[Direction.BACKWARD]:
        is_last = bool(end >= clause.end - 2 and len(clause) <= SHORT)
        return is_last if is_flag else means is Means.DENIED or is_last
    if means is Means.POSSIBLE and not is_flag and modifier.rule.metadata["name"] != IN_PASSING:
        return True
    before = list(clause.doc[clause.start : start])
    if means is Means.HYPOTHETICAL and before and before[-1].text == ",":
        return True
    return all(token.norm_ in FILLERS for token in before)


def _is_unable(doc: Doc, start: int) -> bool:
    """Whether a "not" is that of "can't", which tells of trouble: "can't cope with heat"."""
    unable = ("can", "could", "will", "would")
    return doc[start].norm_ in unable or bool(start and doc[start - 1].norm_ in unable)


def _is_if(target: Span) -> bool:
    """Whether it stands after an "if" that supposes it: "if I broke a bone".

    "Is it OK if I have a pacemaker" and "if my back pain comes back" speak of what is so.
    """
    if _comes(target):
        return True
    before = target.doc[target.sent.start : max(target.start, target.sent.start + 1)]
    for token in reversed(list(before)):
        if token.norm_ == "if":
            if not target.id_.startswith(FLAG) and any(
                other.norm_ in ("would", "'d") for other in target.doc[target.end : target.sent.end]
            ):
                return True  # "if my period came, would I have to cancel?"
            last = target.doc[token.i - 1].norm_ if token.i else ""
            following = target.doc[token.i + 1].norm_ if token.i + 1 < len(target.doc) else ""
            return last not in REAL_BEFORE_IF and following not in ("my", "that", "it", "this")
    return False


def _comes(target: Span) -> bool:
    """Whether it is supposed to come: "if my period comes on the day"."""
    doc = target.doc
    if target.id_.startswith(FLAG) or target.label_ == words.CLAUSE or target.end >= len(doc):
        return False
    is_supposed = any(token.norm_ == "if" for token in doc[max(0, target.start - 3) : target.start])
    return is_supposed and doc[target.end].norm_ in COMING


def _asks_in_general(target: Span, around: Surroundings) -> bool:
    """Whether it is a question about anybody: "is deep tissue ok with MS?"."""
    sentence = target.sent
    spoken = [token for token in sentence if token.is_alpha or token.norm_ == "not"]
    if len(spoken) < 2 or spoken[0].norm_ not in ASKING or spoken[1].norm_ == "not":
        return False
    if target.label_ == words.CLAUSE or not _ends_asking(around.doc, sentence):
        return False
    return not any(
        sentence.start <= mention.start < sentence.end for mention in around.cast.mentions
    )


def _ends_asking(doc: Doc, sentence: Span) -> bool:
    """Whether a question mark ends it, or nothing does: chat leaves it out.

    More may follow before that: "can massage help migraines, or is that a myth?".
    """
    ends = (token.text for token in doc[sentence.end - 1 :] if token.text in STOPS)
    return next(ends, "?") in ("?", "\n")


def _when(
    target: Span,
    condition: Condition,
    means: Mapping[Means, Any],
    today: datetime.date,
    clause: str,
) -> Assertion:
    """Present or of the past, by what ``clause`` says of time and by how long it counts."""
    if condition.lifelong:
        # one that counts when it is past as well may be called past
        is_past = Means.OVER in means and condition.history is History.FIRES
        return Assertion.HISTORICAL if is_past and not condition.weeks else Assertion.PRESENT
    if Means.CURRENT in means and not _is_nearer_over(target, means):
        return Assertion.PRESENT
    days = times.days_ago(clause, today, with_months=bool(PAST & means.keys()))
    if days is None and Means.AGO in means:
        days = means[Means.AGO].rule.metadata["days"]
    if days is not None and condition.weeks and days <= condition.weeks * 7:
        return Assertion.PRESENT  # healed or not, it is too recent
    if Means.SINCE in means and Means.OVER not in means:
        return Assertion.PRESENT  # "no feeling in it since I cut the nerve years ago"
    is_over = Means.OVER in means and not (condition.is_red_flag and not _is_long_over(means))
    if days is not None and not is_over:
        return Assertion.PRESENT if days <= max(7, condition.weeks * 7) else Assertion.HISTORICAL
    if is_over:
        return Assertion.HISTORICAL
    if Means.HAD in means and Means.SINCE not in means and not times.is_lasting(clause):
        if condition.is_red_flag:
            return Assertion.PRESENT
        return Assertion.POSSIBLE if condition.weeks else Assertion.HISTORICAL
    return Assertion.PRESENT


def _told_of(target: Span, around: Surroundings) -> tuple[str, int]:
    """The words that may say when something was, and which word they begin at.

    Those of its clause, without what stands before an "and" with a name of its own ("gave birth 6
    weeks ago and breastfeeding"); and those of the next when it says so: "but that was in 1998".
    """
    clause, doc = target.sent, target.doc
    start = clause.start
    for token in doc[clause.start : target.start]:
        names = any(start <= place < token.i for place, _ in around.names)
        if token.norm_ in ("and", "plus", "&", ",") and names:
            start = token.i
    told = doc[start : clause.end].text.lower()
    if clause.end < len(doc):
        following = doc[clause.end].sent
        spoken = [token.norm_ for token in following if token.is_alpha or token.norm_ == "'s"]
        while spoken and spoken[0] in ("but", "and", "yes", "yeah"):
            spoken = spoken[1:]
        if tuple(spoken[:2]) in BACK_THEN or spoken[:1] in (["in"], ["back"]):
            told = f"{told} {following.text.lower()}"
    return told, start


def _is_nearer_over(target: Span, means: Mapping[Means, Any]) -> bool:
    """Whether "used to" stands nearer than a "has been": "used to get it, skin has been clear"."""
    over, current = means.get(Means.OVER), means[Means.CURRENT]
    if over is None or current.rule.metadata["name"] not in GOING_ON:
        return False
    return _distance(over, target) < _distance(current, target)


def _is_long_over(means: Mapping[Means, Any]) -> bool:
    """Whether a red flag is over for certain: "as a child", not "used to be just the one leg"."""
    direction: str = means[Means.OVER].rule.direction
    return direction == CONTEXT[Direction.BOTH]


def _words(doc: Doc, modifier: Any) -> str:
    start, end = modifier.modifier_span
    return str(doc[start:end].text)
