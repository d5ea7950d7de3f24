"""A message read as a whole: both readers, ages, what counts together, and hostile text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.statements import messages, readings
from frontdesk.clinical.reading import REFUSED
from frontdesk.domain.finding import Assertion
from frontdesk.settings import ROOT
from tests.clinical.conftest import stated

LONGEST = 2000  # characters of a message, as the website lets through
TWENTY = {
    "warfarin": "blood_thinners",
    "epilepsy": "epilepsy",
    "diabetes": "diabetes",
    "osteoporosis": "osteoporosis",
    "sciatica": "sciatica",
    "a pacemaker": "pacemaker_icd",
    "haemophilia": "bleeding_disorder",
    "shingles": "contagious_skin_condition",
    "psoriasis": "eczema_psoriasis",
    "asthma": "asthma_respiratory",
    "lymphoedema": "lymphoedema",
    "scoliosis": "scoliosis",
    "fibromyalgia": "fibromyalgia",
    "sunburn": "sunburn",
    "varicose veins": "varicose_veins",
    "kidney disease": "kidney_disease",
    "migraines": "migraine_headache",
    "a slipped disc": "herniated_disc",
    "spinal stenosis": "spinal_stenosis",
    "a latex allergy": "latex_allergy",
}


def present(*names):
    return {(name, "present", "client") for name in names}


@pytest.mark.parametrize(
    "text, name",
    [
        ("I'm pregnant. I'm not pregnant.", "pregnancy"),
        ("diabetes: no. I have diabetes", "diabetes"),
        ("I'm on warfarin, no I'm not on warfarin", "blood_thinners"),
    ],
)
def test_contradiction_asks(by_words, text, name):
    reading = by_words(text)
    assert stated(reading) == {(name, "possible", "client")}
    assert reading.findings[0].is_doubtful


def test_correction_takes_what_was_said_last(by_words):
    assert stated(by_words("wait I typed not pregnant, I AM pregnant")) == present("pregnancy")
    reading = by_words("I'm pregnant. Sorry, typo, I'm not pregnant")
    assert stated(reading) == {("pregnancy", "absent", "client")}
    assert not reading.findings[0].is_doubtful


def test_entry_said_twice_is_found_once(by_words):
    reading = by_words("I'm pregnant, so is it fine, I mean being pregnant")
    assert [one.id for one in reading.findings] == ["pregnancy"]
    assert len(reading.places) == 1


@pytest.mark.parametrize(
    "text, expected",
    [
        ("I'm 14", present("minor_under_18")),
        ("my son is 14 and wants a massage", present("minor_under_18")),
        ("for my daughter, she's 16", present("minor_under_18")),
        ("I'm 85", present("elderly_frail")),
        ("I'm turning 80", present("elderly_frail")),
        ("I'm 40", set()),
        ("I am 71 years old", set()),
        ("I need an appointment at 14", set()),
        ("the pain is 8 out of 10", set()),
        ("I am 16 weeks into my course", set()),
    ],
)
def test_ages(by_words, text, expected):
    assert stated(by_words(text)) == expected


def test_child_with_a_sore_back_is_a_red_flag(by_words):
    found = present("minor_under_18", "rf_child_back_pain")
    assert stated(by_words("my back hurts and I'm 12 years old")) == found
    assert stated(by_words("for my son, he's 14 and hurt his back")) == found


def test_pain_in_the_back_with_cancer_is_asked_about(by_words):
    reading = by_words("my back hurts, I have cancer")
    asked = {one.id: one.is_doubtful for one in reading.findings}
    assert asked == {"cancer_active": False, "rf_cancer_history_new_pain": True}


def test_somebody_elses_fever_joins_nothing(by_words):
    reading = by_words("my back hurts and my mum has a fever")
    assert stated(reading) == {("fever", "present", "other")}


def test_denied_fever_joins_nothing(by_words):
    said = stated(by_words("my back is in agony, no fever"))
    assert all(assertion == "absent" for _, assertion, _ in said)


def test_what_is_true_with_what_was_found(by_words):
    found = present("pregnancy_first_trimester", "pregnancy")
    assert stated(by_words("I'm 8 weeks pregnant")) == found


def test_name_inside_a_longer_red_flag_is_that_red_flag_alone(by_words):
    assert stated(by_words("I am numb between my legs")) == present("rf_saddle_numbness")
    assert stated(by_words("I have a fever and my back hurts")) == present("rf_fever_back_pain")
    assert stated(by_words("numbness in my feet")) == present("reduced_sensation_neuropathy")


def test_finding_stands_where_its_words_are(by_words):
    text = "hello, I take warfarin and I'm pregnant"
    reading = by_words(text)
    words = [text[start:end] for start, end in reading.places]
    assert words == [one.text for one in reading.findings] == ["warfarin", "pregnant"]


def test_doubtful_word_that_nothing_settles_is_noted_and_not_found(by_words):
    reading = by_words("my heart sank a little")
    assert not reading.findings
    refused = [one for one in reading.considered if one.outcome.startswith(REFUSED)]
    assert [(one.id, one.text) for one in refused] == [("heart_disease", "heart")]


def test_likeliest_meanings_that_were_let_go_are_noted(by_both):
    reading = by_both("I feel a bit off and my leg is odd")
    meant = [one for one in reading.considered if one.reader == "meaning"]
    refused = [one for one in meant if one.outcome.startswith(REFUSED)]
    assert all(one.sureness < 0.6 for one in refused)
    assert 1 <= len(refused) <= 2


@pytest.mark.parametrize(
    "text, expected",
    [
        ("I'M ON WARFARIN AND I AM PREGNANT", present("blood_thinners", "pregnancy")),
        ("i take warfarin im pregnant", present("blood_thinners", "pregnancy")),
        ("warfarin!!! pregnant???", present("blood_thinners", "pregnancy")),
        ("I\u2019m pregnant \U0001f930 and on warfarin", present("blood_thinners", "pregnancy")),
        ("on warferin", present("blood_thinners")),
        ("i have epilepsy\n\nand i'm pregnant\n", present("epilepsy", "pregnancy")),
    ],
)
def test_capitals_slips_and_missing_signs(by_words, text, expected):
    assert stated(by_words(text)) == expected


def test_twenty_conditions_without_a_stop_are_all_found_and_soon(by_words, by_both):
    text = "i have " + " and i also have ".join(TWENTY)
    text = (text + " and my neck is stiff when i sit at work all day" * 40)[:LONGEST]
    began = time.perf_counter()
    found = stated(by_words(text))
    assert time.perf_counter() - began < 0.5
    assert found >= present(*TWENTY.values())
    began = time.perf_counter()
    assert stated(by_both(text)) >= present(*TWENTY.values())
    assert time.perf_counter() - began < 3


def test_list_without_a_single_sign_is_read(by_words):
    assert stated(by_words("i have " + " ".join(TWENTY))) >= present(*TWENTY.values())


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "....", "\U0001f600", "\U0001f44d\U0001f3fd" * 50, "\u200b", "a" * 2000],
)
def test_text_that_says_nothing(by_both, text):
    assert not by_both(text).findings


PIECES = (
    *("I'm", "my", "mum", "not", "no", "pregnant", "14", "years old", "what if", "back", "hurts"),
    *("had", "warfarin", "chest pain", ".", ",", "?", "but", "actually", "\n", "fever:"),
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)))
def test_any_text_is_read_without_harm(by_both, text):
    reading = by_both(text)
    assert len(reading.findings) == len(reading.places)
    keys = [(one.id, one.subject) for one in reading.findings]
    assert len(keys) == len(set(keys))
    for finding, (start, end) in zip(reading.findings, reading.places, strict=True):
        assert 0 <= start < end <= len(text)
        assert 0 < finding.sureness <= 1
        assert not finding.is_doubtful or finding.assertion is Assertion.POSSIBLE


def test_ways_to_put_a_statement_are_read(by_both):
    """At least 95 in 100 of the messages that show each way are read fully right."""
    path = ROOT / "benchmarks" / "development" / "assertions.yml"
    read = readings(messages(path), lambda text: by_both(text).findings)
    wrong = [one.message.text for one in read if not one.is_right]
    assert len(wrong) <= 0.05 * len(read), wrong


@pytest.mark.parametrize(
    "text, name",
    [
        ("I am in the middle of a manic episode", "severe_mental_illness"),
        ("I'm a nurse with asthma", "asthma_respiratory"),
        ("I teach kindergarten and two kids gave me pinkeye", "acute_infection_illness"),
    ],
)
def test_job_or_film_hides_nothing_of_ones_own(by_words, text, name):
    assert stated(by_words(text)) == {(name, "present", "client")}


@pytest.mark.parametrize(
    "text",
    ["watched an episode about epilepsy", "I teach kids with epilepsy", "I'm a nurse for diabetes"],
)
def test_job_or_film_is_nobodys_health(by_words, text):
    assert stated(by_words(text)) == set()
