"""What holds after several messages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.finding import Assertion, Clearance, Finding, Subject, merged
from tests.domain.examples import CONDITIONS, finding

PRESENT, POSSIBLE, HISTORICAL, HYPOTHETICAL, ABSENT = Assertion


def after(*said):
    """What is known once each finding was said in a message of its own."""
    known = ()
    for one in said:
        known = merged(known, [one], CONDITIONS)
    return [(one.id, one.assertion, one.subject) for one in known]


def assertions(*said):
    return [assertion for _, assertion, _ in after(*said)]


def test_latest_statement_wins():
    assert assertions(finding("mild"), finding("mild", ABSENT)) == [ABSENT]
    assert assertions(finding("mild", ABSENT), finding("mild")) == [PRESENT]
    assert assertions(finding("mild"), finding("mild", HISTORICAL)) == [HISTORICAL]


def test_newest_comes_last():
    said = after(finding("mild"), finding("never"), finding("mild", POSSIBLE))
    assert [name for name, *_ in said] == ["never", "mild"]


def test_somebody_elses_is_kept_beside_the_clients():
    said = after(finding("mild"), finding("mild", ABSENT, Subject.OTHER))
    assert said == [("mild", PRESENT, Subject.CLIENT), ("mild", ABSENT, Subject.OTHER)]


def test_question_replaces_nothing_that_was_stated():
    for stated in (PRESENT, POSSIBLE, HISTORICAL):
        assert assertions(finding("mild", stated), finding("mild", HYPOTHETICAL)) == [stated]
    assert assertions(finding("mild", HYPOTHETICAL), finding("mild")) == [PRESENT]
    assert assertions(finding("mild", ABSENT), finding("mild", HYPOTHETICAL)) == [HYPOTHETICAL]


def test_red_flag_stays_until_it_is_denied():
    assert assertions(finding("rf_now"), finding("rf_now", HISTORICAL)) == [PRESENT]
    assert assertions(finding("rf_now", POSSIBLE), finding("rf_now", HISTORICAL)) == [POSSIBLE]
    assert assertions(finding("rf_now"), finding("rf_now", HYPOTHETICAL)) == [PRESENT]
    assert assertions(finding("rf_now"), finding("rf_now", ABSENT)) == [ABSENT]


def test_red_flag_of_the_past_may_come_back():
    assert assertions(finding("rf_now", HISTORICAL), finding("rf_now")) == [PRESENT]


def test_doubtful_finding_is_not_kept():
    assert after(finding("mild", POSSIBLE, is_doubtful=True)) == []
    assert assertions(finding("mild", ABSENT), finding("mild", POSSIBLE, is_doubtful=True)) == [
        ABSENT
    ]


def test_correction_that_names_somebody_else_takes_it_from_the_client():
    known = (finding("mild"), finding("never"))
    said = [finding("mild", subject=Subject.OTHER)]
    kept = merged(known, said, CONDITIONS, is_corrected=True)
    assert [(one.id, one.subject) for one in kept] == [
        ("never", Subject.CLIENT),
        ("mild", Subject.OTHER),
    ]
    kept = merged(known, said, CONDITIONS)
    assert ("mild", Subject.CLIENT) in [(one.id, one.subject) for one in kept]


def test_finding_is_kept_as_a_slot_and_read_again():
    said = Finding("mild", POSSIBLE, Subject.OTHER, "so so", "meaning", 0.4)
    cleared = Finding("rf_now", PRESENT, Subject.CLIENT, clearance=Clearance.GIVEN)
    for one in (said, cleared):
        assert Finding.from_dict(one.as_dict()) == one
    assert (said.as_dict()["kind"], cleared.as_dict()["kind"]) == ("condition", "red_flag")


def test_button_names_no_more_than_an_id():
    pressed = Finding.from_dict({"id": "mild"})
    assert (pressed.assertion, pressed.subject) == (PRESENT, Subject.CLIENT)
    assert pressed.reader == "button" and not pressed.is_doubtful


def test_entry_that_no_longer_exists_is_kept_as_said():
    assert assertions(finding("gone"), finding("gone", ABSENT)) == [ABSENT]


any_finding = st.builds(
    finding,
    st.sampled_from(sorted(CONDITIONS)),
    st.sampled_from(Assertion),
    st.sampled_from(Subject),
    is_doubtful=st.booleans(),
)


@given(st.lists(any_finding, max_size=12))
def test_one_statement_is_kept_of_each_entry_and_person(said):
    keys = [(name, subject) for name, _, subject in after(*said)]
    assert len(keys) == len(set(keys))
    assert set(keys) == {(one.id, one.subject) for one in said if not one.is_doubtful}


@given(st.lists(any_finding, max_size=12))
def test_only_a_denial_ends_a_red_flag(said):
    known = {(name, subject): assertion for name, assertion, subject in after(*said)}
    for number, one in enumerate(said):
        is_alarm = one.id.startswith("rf_") and one.assertion is PRESENT and not one.is_doubtful
        later = [
            other.assertion
            for other in said[number:]
            if (other.id, other.subject) == (one.id, one.subject) and not other.is_doubtful
        ]
        if is_alarm and ABSENT not in later:
            assert known[one.id, one.subject] in (PRESENT, POSSIBLE)
