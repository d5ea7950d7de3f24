"""What an export would change, file by file, and what stands in its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from frontdesk.console.learning.cases import Case, is_stated
from frontdesk.console.learning.choices import TREATMENT
from frontdesk.console.learning.library import Library, held_out
from frontdesk.console.learning.models import Correction
from frontdesk.console.learning.phrases import normal

MOST_PHRASES = {"out_of_scope": 400}  # the world outside our subject is wide
MANY = 60
# phrases of other intents teach the second reader what states no condition
HEALTH_INTENTS = frozenset({"check_suitability", "report_red_flag"})
MEASURING = "kept for measuring, so it is never learned from"


@dataclass(frozen=True, slots=True)
class Change:
    """One text that goes into a list of a file, or out of it; ``steps`` lead to the list."""

    file: str
    text: str
    steps: tuple[str, ...] = ()
    is_removal: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is not written, and why; ``correction`` can be left out."""

    text: str
    why: str
    correction: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A phrase with more than one meaning; ``choices`` are intents, each with who says so."""

    phrase: str
    choices: Mapping[str, str]
    correction: int


@dataclass(slots=True)
class Plan:
    """Everything that an export would do; ``done`` are the corrections that it settles."""

    changes: list[Change] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    done: list[int] = field(default_factory=list)

    def files(self) -> list[tuple[str, list[Change]]]:
        """The changes by file."""
        in_order = sorted(self.changes, key=lambda one: one.file)
        return [(file, list(some)) for file, some in groupby(in_order, lambda one: one.file)]

    def add(self, change: Change) -> bool:
        """Take in a change once."""
        key = (change.file, change.steps, normal(change.text), change.is_removal)
        known = ((one.file, one.steps, normal(one.text), one.is_removal) for one in self.changes)
        if key in known:
            return False
        self.changes.append(change)
        return True


def plan(corrections: Sequence[Correction], library: Library) -> Plan:
    """What these corrections change in a data folder."""
    made = Plan()
    measured = held_out()
    by_phrase: dict[str, list[Correction]] = {}
    for one in corrections:
        by_phrase.setdefault(normal(one.phrase), []).append(one)
    for phrase, some in by_phrase.items():
        if phrase in measured:
            made.skipped += [Skipped(one.phrase, MEASURING, one.pk) for one in some]
            continue
        choices = _meanings(phrase, some, library)
        if len(choices) > 1:
            made.conflicts.append(Conflict(some[0].phrase, choices, some[0].pk))
            continue
        for one in some:
            _learn(made, one, library)
    made.warnings += _growth(made, library)
    return made


def _meanings(
    phrase: str, corrections: Sequence[Correction], library: Library
) -> Mapping[str, str]:
    """The intents that this phrase is given, each with who says so."""
    found: dict[str, list[str]] = {}
    home = library.homes.get(phrase, "")
    if home and not any(one.moves for one in corrections):
        found[home] = [f"data/nlu/{home}.yml"]
    for one in corrections:
        if one.intent:
            found.setdefault(one.intent, []).append(str(one.by or "somebody"))
    return {intent: ", ".join(dict.fromkeys(who)) for intent, who in found.items()}


def _learn(made: Plan, correction: Correction, library: Library) -> None:
    """Take in all that one correction teaches."""
    if correction.intent:
        _learn_phrase(made, correction, library)
    for marked in correction.entities:
        _learn_words(made, correction, marked, library)
    for missed in correction.findings.get("missed", ()):
        _learn_example(made, correction, missed, library)
    for wrong in correction.findings.get("wrong", ()):
        _learn_near_miss(made, correction, wrong, library)
    case = Case.of(correction)
    if not case.is_empty and case not in made.cases:
        made.cases.append(case)
    made.done.append(correction.pk)


def _learn_phrase(made: Plan, correction: Correction, library: Library) -> None:
    phrase, intent = correction.phrase, correction.intent
    home = library.homes.get(normal(phrase))
    if home == intent:
        _skip(made, correction, phrase, f"stands in data/nlu/{home}.yml already")
        return
    if _states_something(correction) and intent not in HEALTH_INTENTS:
        why = f"states a condition, so it would teach {intent} that a condition is none"
        _skip(made, correction, phrase, why)
        return
    if home:
        made.add(Change(f"nlu/{home}.yml", phrase, is_removal=True))
    if not made.add(Change(f"nlu/{intent}.yml", phrase)):
        _skip(made, correction, phrase, "was corrected more than once, in the same way")


def _learn_words(
    made: Plan, correction: Correction, marked: Mapping[str, str], library: Library
) -> None:
    entity, value, words = marked["entity"], marked["value"], marked["words"]
    known = library.words.get(entity, {})
    homes = [name for name, some in known.items() if normal(words) in some]
    if homes:
        _skip(made, correction, words, f"stands for {', '.join(homes)} already")
    elif entity == TREATMENT:
        file = f"treatments/{library.treatment_files[value]}"
        made.add(Change(file, words, ("treatments", value, "also_called")))
    else:
        made.add(Change(f"vocabulary/{entity}.yml", words, ("vocabulary", value, "words")))


def _learn_example(
    made: Plan, correction: Correction, missed: Mapping[str, str], library: Library
) -> None:
    name, phrase = missed["id"], normal(correction.phrase)
    if phrase in library.examples(name):
        _skip(made, correction, correction.phrase, f"is an example of {name} already")
    elif phrase in library.harmless:
        why = f"is a near miss of {library.harmless[phrase]}, so it cannot be an example of {name}"
        _skip(made, correction, correction.phrase, why)
    elif not is_stated(missed):
        why = f"says that {name} is not there now, so it is tested and not learned from"
        _skip(made, correction, correction.phrase, why)
    else:
        steps = ("conditions", name, "examples")
        made.add(Change(f"conditions/{name}.yml", correction.phrase, steps))


def _learn_near_miss(made: Plan, correction: Correction, wrong: str, library: Library) -> None:
    phrase = normal(correction.phrase)
    if phrase in library.harmless:
        where = library.harmless[phrase]
        _skip(made, correction, correction.phrase, f"is a near miss of {where} already")
    elif phrase in library.stating or _states_something(correction):
        why = f"states another condition, so it is no near miss of {wrong}; it is tested only"
        _skip(made, correction, correction.phrase, why)
    else:
        steps = ("conditions", wrong, "near_misses")
        made.add(Change(f"conditions/{wrong}.yml", correction.phrase, steps))


def _states_something(correction: Correction) -> bool:
    found = (correction.findings.get(one, ()) for one in ("missed", "kept", "noticed"))
    return any(is_stated(one) for some in found for one in some)


def _skip(made: Plan, correction: Correction, text: str, why: str) -> None:
    made.skipped.append(Skipped(text, why, correction.pk))


def _growth(made: Plan, library: Library) -> list[str]:
    told: list[str] = []
    for file, changes in made.files():
        folder, _, name = file.partition("/")
        intent = name.removesuffix(".yml")
        if folder != "nlu":
            continue
        count = len(library.phrases[intent]) + sum(-1 if one.is_removal else 1 for one in changes)
        most = MOST_PHRASES.get(intent, MANY)
        grows = any(not one.is_removal for one in changes)
        if count > most and grows:
            told.append(
                f"data/{file} would hold {count} phrases. Past {most}, take out those that say "
                "the same as others."
            )
    return told
