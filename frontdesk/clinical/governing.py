"""What a word such as "no" or "used to" is said of: a name in the message, or all of a clause."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Span

from frontdesk.clinical import modifiers as words
from frontdesk.clinical.modifiers import CONTEXT
from frontdesk.clinical.subjects import Cast
from frontdesk.clinical.ticks import Place, ticked
from frontdesk.domain.modifier import Direction, Means

SOMEBODY = "somebody"  # "someone with", which asks in general
ALL_WELL = "all_well"  # "is fine", which may be said of something else
GOES_ON = "goes_on"  # "still am"
IN_PASSING = "in_passing"  # "I think I'll take the long one": said of anything
SHORT = 9  # words of a clause that "is fine" at its end is said of as a whole
# What must begin or end a clause to be said of all of it.
LEADING = (Means.DENIED, Means.NEGATED, Means.POSSIBLE, Means.HYPOTHETICAL)
# What begins a clause and may stand before a denial of all of it: "and I have no ..."
FILLERS = frozenset({
    "they", "told", "me", "it", "says", "said", "midwife", "doctor", "doc", "gp", "scan", "am",
    "i", "we", "he", "she", "my", "and", "but", "so", "also", "ok", "okay", "well", "yes", "no",
    "yeah", "just", "have", "has", "had", "'ve", "is", "are", "there", "got", "'s", "with", "the",
    "that", ",", ".", "-", "currently", "absolutely", "definitely", "luckily", "thankfully",
})  # fmt: skip
# What stands for something already named: "my asthma, which is fine".
REFERRING = frozenset({
    "which", "those", "these", "this", "all", "both", "now", "been", "long", "since", "everything",
    "results", "result", "test", "tests", "came", "back", "was", "were",
})  # fmt: skip
# What may follow a denial that still ends its clause: "no rash so far, thanks".
LAST = frozenset({
    "it", "that", "one", "them", "those", "any", "either", "lol", "on", "of", "at", "here", "now",
    "so", "far", "anywhere", "luckily", "thankfully", "thank", "god", "thanks", "thx", "haha",
    "anymore", "me", "all", "have", "myself",
})  # fmt: skip

TROUBLE = frozenset({
    "problem", "problems", "issue", "issues", "trouble", "wrong", "bother", "concern", "concerns",
    "sign", "signs", "symptom", "symptoms", "history", "find", "found", "see", "saw", "show",
    "with", "have", "had", "or", "nor",
})  # fmt: skip
TOUCH = frozenset({
    "touch", "press", "rub", "massage", "work", "lean", "go", "push", "hurt", "knock", "squeeze",
    "mention", "tell", "told", "say", "ask", "asked", "forget", "ignore", "miss", "disturb",
})  # fmt: skip
THAT = frozenset({"the", "this", "that", "these", "those", "an", "a"})
BEING = frozenset({"am", "'m", "im", "i'm", "is", "'s", "she's", "he's", "as"})
ASKING_WHAT = frozenset({"what", "what's", "whats", "how", "why", "where", "when", "so"})
WRONG = frozenset({"wrong", "mistake", "incorrect", "error", "untrue", "outdated"})
# What may stand before a "say" that supposes: "and say I had a pacemaker".
SUPPOSING = frozenset({"and", "but", "or", "so", "ok", "okay", "now", "just", "then", "like"})

TAKING_BACK = (Means.NOTHING, Means.TURN, Means.COUNTER)


@dataclass(slots=True)
class Governing:
    """What governs each target; where the sure ``names`` stand, and every denial.

    ``taken_back`` are the places of words that deny nothing or end a denial: "not only", "just".
    ``ticked`` are the names that a list of answers says yes or no to.
    """

    of: dict[Place, list[Any]]
    names: list[Place] = field(default_factory=list)
    denials: list[Place] = field(default_factory=list)
    taken_back: list[Place] = field(default_factory=list)
    ticked: Mapping[Place, bool] = field(default_factory=dict)


def governing(
    doc: Doc, each: Mapping[Place, Span], flags: Collection[Place], sure: list[Place], who: Cast
) -> Governing:
    """Find what governs each target, after ConText has read the document.

    ``flags`` are the places of red flags, ``sure`` those of names that nothing else can be.
    """
    graph = doc._.context_graph
    # a "no" before a subject answers something: "no, I am pregnant"
    meant = [m for m in graph.modifiers if not (answers_something(doc, m) or _is_told(doc, m))]
    graph.modifiers = meant
    edges = [(t, m) for t, m in graph.edges if m in meant]
    # the "can't" of "can't feel my legs" denies nothing else either
    free = [m for m in graph.modifiers if not any(is_within(m, name) for name in sure)]
    found: dict[Place, list[Any]] = {place: [] for place in each}
    for target, modifier in edges:
        if target.label_ != words.CLAUSE and modifier in free and is_governed(modifier, target):
            found[target.start, target.end].append(modifier)
    for place, span in each.items():
        if span.label_ == words.CLAUSE:
            inside = [m for m in free if is_within(m, place)]
            found[place] = [m for m in inside if bears_on_all(m, span, place in flags)]
        else:
            found[place] += _beside(doc, place, free)
        if span.label_ != words.CLAUSE or place not in flags:
            found[place] += said_afterwards(doc, place, free, sure, who)
    denials = [
        m.modifier_span for m in free if _is_denial(m) and m.rule.metadata["name"] != ALL_WELL
    ]
    back = [m.modifier_span for m in free if Means(m.category.lower()) in TAKING_BACK]
    named = [place for place, span in each.items() if span.label_ != words.CLAUSE]
    return Governing(found, sure, denials, back, ticked(doc, named))


def _is_denial(modifier: Any) -> bool:
    return Means(modifier.category.lower()) in words.DENIALS


def _beside(doc: Doc, place: Place, free: list[Any]) -> list[Any]:
    """What runs into a name, which ConText lets govern nothing, and a denial that ends a clause."""
    clause = doc[place[0]].sent
    into = [m for m in free if runs_into(m, place)]
    last = [
        m
        for m in free
        if _is_denial(m) and place[1] <= m.modifier_span[0] < clause.end and is_last(m, clause)
    ]
    return into + last


def is_governed(modifier: Any, target: Span) -> bool:
    """Whether it is on the right side of what it may be said of on both.

    A tick ("heart: no, skin: fine") is of what stands before it, and of what comes after it only
    when it is followed by that. A "maybe" after something is of it when it ends the clause.
    """
    doc = target.doc
    if modifier.rule.metadata["name"] == ALL_WELL and _is_of_something_else(modifier, target):
        return False
    if _is_denial(modifier) and (
        _is_of_something_before(modifier, target)
        or _is_after_each_no(modifier, target)
        or _is_of_what_was_named(modifier, target)
    ):
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
        return is_before or is_last(modifier, target.sent)
    return True


def _is_of_something_before(modifier: Any, target: Span) -> bool:
    """Whether a denial is of what is done about it: "no box for my stoma", "don't press my hernia".

    What is the writer's is there: "you never asked about my hernia". But "no trouble with my
    heart" is of both.
    """
    end, doc = modifier.modifier_span[1], target.doc
    if target.start - end < 2:
        return False
    between = [token.norm_ for token in doc[end : target.start]]
    if any(norm in TROUBLE or norm == "," for norm in between):
        return False
    return between[-1] == "my" or (between[-1] in THAT and any(norm in TOUCH for norm in between))


def _is_of_what_was_named(modifier: Any, target: Span) -> bool:
    """Whether it denies what somebody named before: "I don't have that, mine is a bad disc"."""
    end, doc = modifier.modifier_span[1], target.doc
    if end + 1 >= target.start:
        return False
    return doc[end].norm_ in ("that", "it", "those", "them", "either") and doc[end + 1].is_punct


def _is_after_each_no(modifier: Any, target: Span) -> bool:
    """Whether it stands without a "no" after a list in which each has its own.

    "No C-section, no complications, breastfeeding" - but "no clots, no diabetes, asthma or gout".
    """
    doc, (start, end) = target.doc, modifier.modifier_span
    if target.start < end or doc[start].norm_ != "no":
        return False
    commas = [place for place in range(end, target.start) if doc[place].text == ","]
    if not commas or not any(token.norm_ == "no" for token in doc[target.sent.start : start]):
        return False
    rest = doc[commas[0] : target.sent.end]
    return not any(token.norm_ in ("or", "nor", "no", "either", "etc") for token in rest)


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


def answers_something(doc: Doc, modifier: Any) -> bool:
    """Whether a "no" answers and denies nothing: "no, I am pregnant"."""
    start, end = modifier.modifier_span
    if doc[start:end].text.lower() not in ("no", "nope", "nah") or end >= len(doc):
        return False
    return doc[end].norm_ in ("i", "she", "he", "we", "they", "it")


def _is_told(doc: Doc, modifier: Any) -> bool:
    """Whether it supposes nothing: "I should say I have asthma", "I'm somebody with MS"."""
    start = modifier.modifier_span[0]
    if modifier.rule.metadata["name"] == SOMEBODY and start > doc[start].sent.start:
        begins = doc[start].sent.start
        return doc[start - 1].norm_ in BEING and doc[begins].norm_ not in ASKING_WHAT
    is_say = doc[start].norm_ == "say" and Means(modifier.category.lower()) is Means.HYPOTHETICAL
    return (
        is_say and start > 0 and doc[start - 1].is_alpha and doc[start - 1].norm_ not in SUPPOSING
    )


def runs_into(modifier: Any, place: Place) -> bool:
    """Whether it overlaps the beginning of a name: "never had | a stroke"."""
    start, end = modifier.modifier_span
    runs = Means(modifier.category.lower()) in LEADING
    return bool(runs and start < place[0] < end)


def said_afterwards(
    doc: Doc, place: Place, free: list[Any], names: list[Place], who: Cast
) -> list[Any]:
    """What the next clause says of a name, when it names nothing itself: "... but I stopped it"."""
    end = doc[place[0]].sent.end
    if end >= len(doc):
        return []
    following = doc[end].sent
    if following.end < len(doc) and _takes_back(following):
        following = doc[following.end].sent
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


def _takes_back(clause: Span) -> bool:
    """Whether all it says is that it is wrong: "down as asthmatic, that's wrong, I'm not"."""
    spoken = [token.norm_ for token in clause if not token.is_punct]
    return len(spoken) <= SHORT // 2 and any(norm in WRONG for norm in spoken)


def _speaks_back(modifier: Any, clause: Span) -> bool:
    """Whether a clause is said of what came before: it is over, or all it says is "not me"."""
    means = Means(modifier.category.lower())
    if means in words.DENIALS:
        is_of_all = modifier.rule.metadata["name"] != ALL_WELL  # "I feel fine" is of nothing else
        is_answer = modifier.modifier_span[0] == clause.start and _ends_part(modifier, clause)
        return is_of_all and (is_answer or is_last(modifier, clause)) and len(clause) <= SHORT
    is_backward = modifier.direction == CONTEXT[Direction.BACKWARD]
    if means is Means.CURRENT:  # "I used to be allergic. Tested again, still am"
        return bool(modifier.rule.metadata["name"] == GOES_ON and is_last(modifier, clause))
    if means is Means.POSSIBLE and modifier.modifier_span[0] == clause.start:
        return _ends_part(modifier, clause)  # "torn? Maybe, not been seen"
    return is_backward and means in (Means.OVER, Means.POSSIBLE)


def is_last(modifier: Any, clause: Span) -> bool:
    """Whether nothing comes after it but a "thanks": what it denies stands before it."""
    after = clause.doc[modifier.modifier_span[1] : clause.end]
    return all(token.is_punct or token.norm_ in LAST for token in after)


def _ends_part(modifier: Any, clause: Span) -> bool:
    """Whether a comma or the clause's end comes after it: "Negative, no symptoms"."""
    end = modifier.modifier_span[1]
    return bool(end >= clause.end or clause.doc[end].is_punct)


def is_within(modifier: Any, place: Place) -> bool:
    """Whether it stands inside a name or a clause."""
    start, end = modifier.modifier_span
    return bool(place[0] <= start and end <= place[1])


def bears_on_all(modifier: Any, clause: Span, is_flag: bool) -> bool:
    """Whether a modifier says something of all of a clause it stands in.

    A bare "not" is part of many symptoms, and so is a denial in their middle: "can't go without
    leaking". One that begins the clause, or ends it ("... are normal"), is of all of it.
    """
    means = Means(modifier.category.lower())
    if means in TAKING_BACK:
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
