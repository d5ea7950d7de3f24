"""What the second reader learns of a statement amid everything else."""

from __future__ import annotations

import pytest

from frontdesk.clinical.company import NONE, harmless_parts, in_company
from frontdesk.domain.finding import Assertion, Finding, Subject


@pytest.fixture
def learned(nlp):
    """What is learned of a message that states something."""

    def parts(text, *stated):
        findings = tuple(
            Finding(name, Assertion(how), Subject(*whose)) for name, how, *whose in stated
        )
        return harmless_parts([(nlp(text), findings)])

    return parts


PARKING = "is there somewhere to park the car?"


def test_part_that_names_nothing_states_nothing(learned):
    text = f"I have had asthma since school. {PARKING}"
    found = learned(text, ("asthma_respiratory", "present", "client"))
    assert ("is there somewhere to park the car", NONE) in found
    assert [one for one, _ in found if "asthma" in one] == []


@pytest.mark.parametrize(
    "stated",
    [
        ("asthma_respiratory", "present", "other"),
        ("asthma_respiratory", "absent", "client"),
        ("asthma_respiratory", "hypothetical", "client"),
        ("asthma_respiratory", "historical", "client"),
    ],
)
def test_what_is_not_so_states_nothing(learned, stated):
    found = learned(f"About the asthma I told you of. {PARKING}", stated)
    assert {name for _, name in found} == {NONE}


def test_message_with_something_unnamed_teaches_nothing(learned):
    assert (
        learned(f"I keel over whenever it is hot. {PARKING}", ("hernia", "present", "client")) == []
    )


def test_red_flag_stays_one_beside_something_else(nlp, conditions):
    said = [("My legs have gone numb on both sides", "rf_both_legs_weak_numb")] * 8
    harmless = [("Could I come on Tuesday instead", NONE)]
    asthma = "I have had asthma since school"
    statement = (
        nlp(asthma),
        (Finding("asthma_respiratory", Assertion.PRESENT, Subject.CLIENT),),
    )
    found = in_company([*said, *harmless], conditions, [statement])
    flags = [text for text, name in found if name]
    assert flags == [
        "Could I come on Tuesday instead. My legs have gone numb on both sides",
        "I have had asthma since school. My legs have gone numb on both sides",
        "My legs have gone numb on both sides. Could I come on Tuesday instead",
        "My legs have gone numb on both sides. I have had asthma since school",
    ]
    assert not any(asthma in text for text, name in found if name == NONE)


def test_nothing_to_stand_beside_teaches_nothing(conditions):
    assert in_company([("My legs are numb", "rf_both_legs_weak_numb")], conditions, []) == []
