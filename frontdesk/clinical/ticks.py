"""Reads lists of answers: "pacemaker: yes, stroke: no", "no to heart", "Yes: afib. No: asthma"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from spacy.tokens import Doc

Place = tuple[int, int]  # the first word of a name, and the one after it
ANSWERS = {
    **dict.fromkeys(("yes", "yep", "yeah", "yup"), True),
    **dict.fromkeys(("no", "nope", "none", "never", "nah"), False),
}
LETTERS = {"y": True, "n": False}  # which are answers beside a sign only: "asthma n hay fever"
SIGNS = frozenset({":", "-", "\u2013", "\u2014", "="})
ENDS = frozenset({".", ";", "\n"})
EXCEPT = frozenset({"except", "but", "besides", "excepting", "barring"})  # "no to all but asthma"
LONGEST = 4  # words of a question after its name: "metal in my back: yes"


def ticked(doc: Doc, places: Collection[Place]) -> Mapping[Place, bool]:
    """Which names a list of answers says yes or no to.

    A single "no fever" is no list: what is said before a name alone is left to the other rules.
    """
    answers = dict(_answers(doc))
    if not answers:
        return {}
    found: dict[Place, bool] = {}
    heads = [(place, *_headed(doc, place, answers)) for place in answers]
    for answer, start, end in heads:
        for place in places:
            is_excepted = any(token.norm_ in EXCEPT for token in doc[start : place[0]])
            if start <= place[0] and place[1] <= end and not is_excepted:
                found[place] = answers[answer]
    free = answers.keys() - {answer for answer, start, end in heads if start < end}
    in_order = sorted(places)
    answered = {place: _after(doc, place, free) for place in in_order}
    # "diabetes no, stroke no" from the first on, and not "no diabetes no stroke"
    first = in_order[0] if in_order else (0, 0)
    is_list = answered.get(first) is not None and min(answers) > first[0]
    for place, (answer, is_signed) in ((p, a) for p, a in answered.items() if a is not None):
        if answers[answer] or is_signed or (is_list and _is_last(doc, answer)):
            found.setdefault(place, answers[answer])
    return found


def _is_last(doc: Doc, answer: int) -> bool:
    """Whether a "no" denies nothing after it: "asthma, no other problems" is none of a list."""
    return answer + 1 >= len(doc) or doc[answer + 1].is_punct or doc[answer].text.endswith(".")


def _answers(doc: Doc) -> Iterator[tuple[int, bool]]:
    for token in doc:
        word = token.norm_.rstrip(".")  # "N." is one word
        if word in ANSWERS:
            yield token.i, ANSWERS[word]
        elif word in LETTERS:
            beside = [doc[n].text for n in (token.i - 1, token.i + 1) if 0 <= n < len(doc)]
            if any(text in SIGNS for text in beside):
                yield token.i, LETTERS[word]


def _headed(doc: Doc, answer: int, answers: Collection[int]) -> Place:
    """What an answer is put before: "no to ...", "Yes: ..., ...", "yes (...)"."""
    following = doc[answer + 1].norm_ if answer + 1 < len(doc) else ""
    is_after_sign = answer > 0 and doc[answer - 1].text in SIGNS
    if following == "(":
        closing = (token.i for token in doc[answer + 2 :] if token.text == ")")
        return answer + 2, next(closing, len(doc))
    if following == "to" or (following in SIGNS and not is_after_sign):
        ends = (t.i for t in doc[answer + 2 :] if t.text in ENDS or t.i in answers)
        return answer + 2, next(ends, len(doc))
    return answer, answer


def _after(doc: Doc, place: Place, answers: Collection[int]) -> tuple[int, bool] | None:
    """The answer right after a name, and whether a sign stands between them."""
    here = place[1]
    question = [token.text for token in doc[here : here + LONGEST]]
    signs = [number for number, text in enumerate(question) if text in SIGNS or text == "?"]
    words = question[: signs[0]] if signs else []
    if signs and all(word.isalpha() and word.lower() not in ANSWERS for word in words):
        here += signs[0] + 1
        return (here, True) if here in answers else None
    if question[:1] == [","]:
        here += 1
    return (here, False) if here in answers else None
