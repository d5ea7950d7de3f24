"""How a condition is stated: each way to put it, read by words alone."""

from __future__ import annotations

import datetime

import pytest

from frontdesk.domain.finding import Clearance
from tests.clinical.conftest import stated

TODAY = datetime.date(2026, 5, 15)
PRESENT, POSSIBLE, HISTORICAL, HYPOTHETICAL, ABSENT = (
    "present",
    "possible",
    "historical",
    "hypothetical",
    "absent",
)


def check(by_words, text, expected):
    """Each expected entry is stated so of the client; a denial of more than that does no harm."""
    said = stated(by_words(text, today=TODAY))
    wanted = {(name, assertion, "client") for name, assertion in expected.items()}
    assert wanted <= said, said
    assert all(assertion == ABSENT for _, assertion, _ in said - wanted), said


@pytest.mark.parametrize(
    "text, names",
    [
        ("I'm not pregnant", ["pregnancy"]),
        ("I AM NOT PREGNANT", ["pregnancy"]),
        ("im not pregnant", ["pregnancy"]),
        ("no fever", ["fever"]),
        ("I have never had a stroke", ["stroke_tia_history"]),
        ("pregnant: no", ["pregnancy"]),
        ("diabetes? nope", ["diabetes"]),
        ("without any osteoporosis", ["osteoporosis"]),
        ("neither epilepsy nor diabetes", ["epilepsy", "diabetes"]),
        ("no fever, no rash, no cancer", ["fever", "unexplained_rash", "cancer_active"]),
        ("no history of clots or strokes", ["dvt_blood_clot", "stroke_tia_history"]),
        ("I don't take warfarin", ["blood_thinners"]),
        ("not on blood thinners", ["blood_thinners"]),
        ("I haven't got epilepsy", ["epilepsy"]),
        ("my heart is fine", ["heart_disease"]),
        ("no I'm not pregnant", ["pregnancy"]),
        ("no, I don't have epilepsy", ["epilepsy"]),
        ("no I don't have epilepsy", ["epilepsy"]),
        ("no chest pain", ["rf_chest_pain_breathless"]),
        ("I am not suicidal", ["rf_suicidal"]),
        ("I'm not on warfarin and don't have diabetes", ["blood_thinners", "diabetes"]),
    ],
)
def test_denied(by_words, text, names):
    check(by_words, text, dict.fromkeys(names, ABSENT))


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "Pacemaker: yes. Stroke: no. Dementia: no",
            {"pacemaker_icd": PRESENT, "stroke_tia_history": ABSENT, "capacity_to_consent": ABSENT},
        ),
        ("Pacemaker: N. Osteopenia: Y.", {"pacemaker_icd": ABSENT, "osteoporosis": PRESENT}),
        (
            "diabetes no, pregnant no, eczema yes on the neck, latex allergy no",
            {
                "diabetes": ABSENT,
                "pregnancy": ABSENT,
                "eczema_psoriasis": PRESENT,
                "latex_allergy": ABSENT,
            },
        ),
        ("no to seizures, yes to asthma", {"epilepsy": ABSENT, "asthma_respiratory": PRESENT}),
        (
            "Yes: warfarin, asthma. No: epilepsy, diabetes.",
            {
                "blood_thinners": PRESENT,
                "asthma_respiratory": PRESENT,
                "epilepsy": ABSENT,
                "diabetes": ABSENT,
            },
        ),
        ("no, no, yes (nursing), no", {"breastfeeding": PRESENT}),
        ("liver: yes. pregnant - no", {"liver_disease": PRESENT, "pregnancy": ABSENT}),
        ("any metal in my back: yes", {"spinal_fusion_metalwork": PRESENT}),
        ("I have asthma, no diabetes", {"asthma_respiratory": PRESENT, "diabetes": ABSENT}),
        ("asthma no diabetes no stroke", {"asthma_respiratory": PRESENT, "diabetes": ABSENT}),
        ("asthma, no other problems", {"asthma_respiratory": PRESENT}),
        ("asthma n diabetes", {"asthma_respiratory": PRESENT, "diabetes": PRESENT}),
    ],
)
def test_list_of_answers(by_words, text, expected):
    check(by_words, text, expected)


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "No surgery apart from a hip replacement",
            {"recent_surgery": POSSIBLE, "joint_replacement_implant": PRESENT},
        ),
        ("if my sciatica comes back can I come", {"sciatica": HISTORICAL}),
        ("if my chest pain returns can I still come", {"rf_chest_pain_breathless": HISTORICAL}),
    ],
)
def test_what_is_excepted_and_what_may_come_back(by_words, text, expected):
    check(by_words, text, expected)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("no epilepsy but I have diabetes", {"epilepsy": ABSENT, "diabetes": PRESENT}),
        ("no diabetes, however I am pregnant", {"diabetes": ABSENT, "pregnancy": PRESENT}),
        (
            "no osteoporosis though I do have diabetes",
            {"osteoporosis": ABSENT, "diabetes": PRESENT},
        ),
        (
            "I am not pregnant, and I have osteoporosis",
            {"pregnancy": ABSENT, "osteoporosis": PRESENT},
        ),
        (
            "I'm not pregnant but my back hurts and I take warfarin",
            {"pregnancy": ABSENT, "blood_thinners": PRESENT},
        ),
        ("I have diabetes and don't have epilepsy", {"diabetes": PRESENT, "epilepsy": ABSENT}),
        ("I have diabetes, no epilepsy", {"diabetes": PRESENT, "epilepsy": ABSENT}),
        ("nothing except osteoporosis", {"osteoporosis": PRESENT}),
        ("no diabetes, just osteoporosis", {"diabetes": ABSENT, "osteoporosis": PRESENT}),
        ("no diabetes just osteoporosis", {"diabetes": ABSENT, "osteoporosis": PRESENT}),
        # nothing marks where one statement ends
        (
            "no fever no rash i have epilepsy and i take warfarin",
            {"fever": ABSENT, "epilepsy": PRESENT, "blood_thinners": PRESENT},
        ),
    ],
)
def test_denial_ends_where_something_else_is_said(by_words, text, expected):
    check(by_words, text, expected)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("not only diabetic but pregnant", {"diabetes": PRESENT, "pregnancy": PRESENT}),
        ("no doubt it's osteoporosis", {"osteoporosis": PRESENT}),
        ("never without my warfarin", {"blood_thinners": PRESENT}),
        ("no change in my sciatica", {"sciatica": PRESENT}),
        ("I can't go without my warfarin", {"blood_thinners": PRESENT}),
        ("it's not that I don't have epilepsy", {"epilepsy": PRESENT}),
        ("I can't feel my legs", {"rf_both_legs_weak_numb": PRESENT}),
        ("no control of my bladder since Monday", {"rf_bladder_bowel_change": PRESENT}),
        ("can't breathe properly", {"rf_chest_pain_breathless": PRESENT}),
    ],
)
def test_word_of_denial_that_denies_nothing(by_words, text, expected):
    check(by_words, text, expected)


@pytest.mark.parametrize(
    "text, name",
    [
        ("maybe I'm pregnant", "pregnancy"),
        ("I might be pregnant", "pregnancy"),
        ("not sure if I'm pregnant", "pregnancy"),
        ("I don't think I'm pregnant", "pregnancy"),
        ("I wouldn't say I'm not pregnant", "pregnancy"),
        ("I think I have shingles", "contagious_skin_condition"),
        ("they suspect a herniated disc", "herniated_disc"),
        ("osteoporosis is suspected", "osteoporosis"),
        ("the doctor hasn't ruled out a fracture", "fracture_recent"),
        ("waiting for scan results for a clot", "dvt_blood_clot"),
        ("late this month lol", "pregnancy"),
    ],
)
def test_possible(by_words, text, name):
    check(by_words, text, {name: POSSIBLE})


@pytest.mark.parametrize(
    "text, name",
    [
        ("what if I get pregnant?", "pregnancy"),
        ("if I was pregnant could I come", "pregnancy"),
        ("is hot stone ok with epilepsy?", "epilepsy"),
        ("is deep tissue bad for blood clots", "dvt_blood_clot"),
        ("can you massage someone with epilepsy", "epilepsy"),
        ("would hot stones be ok if I had sunburn", "sunburn"),
    ],
)
def test_hypothetical(by_words, text, name):
    check(by_words, text, {name: HYPOTHETICAL})


@pytest.mark.parametrize(
    "text, name",
    [
        ("is it ok if I have a pacemaker", "pacemaker_icd"),
        ("is hot stone safe with MS? I was diagnosed in May", "multiple_sclerosis"),
        ("can I have hot stone with my epilepsy?", "epilepsy"),
        ("can I come if I'm on warfarin?", "blood_thinners"),
        ("would a scalp massage be ok w psoriasis? it's behind my ears", "eczema_psoriasis"),
        ("can you massage someone with epilepsy? it's me", "epilepsy"),
        ("would a massage help sciatica or make it worse? My leg is on fire", "sciatica"),
    ],
)
def test_question_about_what_is_so(by_words, text, name):
    check(by_words, text, {name: PRESENT})


@pytest.mark.parametrize(
    "text, expected",
    [
        ("I used to take warfarin", {"blood_thinners": HISTORICAL}),
        ("I had a slipped disc ten years ago", {"herniated_disc": HISTORICAL}),
        ("slipped disc in 2010, fine now", {"herniated_disc": HISTORICAL}),
        ("DVT in 2019", {"dvt_blood_clot": HISTORICAL}),
        ("as a child I had epilepsy", {"epilepsy": HISTORICAL}),
        ("I had cancer in 2015", {"cancer_history": HISTORICAL}),
        ("I broke my arm 10 years ago", {"fracture_recent": HISTORICAL}),
        ("had covid in January", {"acute_infection_illness": HISTORICAL}),
        ("I had chest pain last year", {"rf_chest_pain_breathless": HISTORICAL}),
        ("I broke my arm last week", {"fracture_recent": PRESENT}),
        ("had my baby two weeks ago", {"postpartum": PRESENT}),
        ("I've had epilepsy since 1990", {"epilepsy": PRESENT}),
        ("I still have sciatica", {"sciatica": PRESENT}),
        ("I was told I have osteoporosis", {"osteoporosis": PRESENT}),
        ("spinal fusion in 1998", {"spinal_fusion_metalwork": PRESENT}),
        ("I was diagnosed with diabetes ten years ago", {"diabetes": PRESENT}),
    ],
)
def test_past_and_present(by_words, text, expected):
    check(by_words, text, expected)


@pytest.mark.parametrize(
    "text, name, assertion, subject",
    [
        ("wait I typed not pregnant, I AM pregnant", "pregnancy", PRESENT, "client"),
        ("I'm pregnant. oops typo, I'm not pregnant", "pregnancy", ABSENT, "client"),
        ("scratch that, I do take warfarin", "blood_thinners", PRESENT, "client"),
        ("actually it's my sister who is pregnant", "pregnancy", PRESENT, "other"),
    ],
)
def test_correction(by_words, text, name, assertion, subject):
    reading = by_words(text)
    assert reading.is_corrected
    assert stated(reading) == {(name, assertion, subject)}


def test_what_is_no_correction(by_words):
    assert not by_words("I have epilepsy and my back hurts").is_corrected
    assert not by_words("half my face drooped and my words come out wrong").is_corrected


@pytest.mark.parametrize(
    "text, name, clearance",
    [
        (
            "my doctor cleared me for massage after my slipped disc",
            "herniated_disc",
            Clearance.GIVEN,
        ),
        ("my GP says massage is fine with my osteoporosis", "osteoporosis", Clearance.GIVEN),
        ("doctor said no massage because of my clot", "dvt_blood_clot", Clearance.REFUSED),
        ("doctor advised against massage with my epilepsy", "epilepsy", Clearance.REFUSED),
        ("I have epilepsy", "epilepsy", Clearance.NONE),
    ],
)
def test_clearance(by_words, text, name, clearance):
    reading = by_words(text)
    assert stated(reading) == {(name, PRESENT, "client")}
    assert reading.findings[0].clearance is clearance


def test_words_that_decided_are_told(by_words):
    [considered] = by_words("I'm not pregnant").considered
    assert considered.because == ("negated: I'm not",)
    [considered] = by_words("I might be pregnant").considered
    assert considered.because and considered.because[0].startswith("possible: ")


@pytest.mark.parametrize(
    "text, name, assertion",
    [
        # asked about people at large, or said of the one who asks
        ("do you see anyone who's had a stroke?", "stroke_tia_history", HYPOTHETICAL),
        ("would you treat a person whose cancer came back?", "cancer_active", HYPOTHETICAL),
        ("A person which has diabetes, it is allowed?", "diabetes", HYPOTHETICAL),
        ("is it ok for people to come with a fever? they say no", "fever", HYPOTHETICAL),
        ("I'm someone who has epilepsy, is that ok?", "epilepsy", PRESENT),
        ("I'm a person with MS. Is there a step?", "multiple_sclerosis", PRESENT),
        ("is there someone who can work around a fracture?", "fracture_recent", PRESENT),
        ("can someone help me with my sciatica?", "sciatica", PRESENT),
        # a "say" that is said, and one that supposes
        ("I should say I have schizophrenia", "severe_mental_illness", PRESENT),
        ("They say I've a hernia", "hernia", PRESENT),
        ("say I had a pacemaker, would that do?", "pacemaker_icd", HYPOTHETICAL),
        # words of denial about something else
        ("on warfarin, ok for massage yes/no", "blood_thinners", PRESENT),
        ("covered in psoriasis, don't judge", "eczema_psoriasis", PRESENT),
        ("I have a hernia, still coming unless you say not", "hernia", PRESENT),
        # what was noted wrongly
        ("You've got me down as asthmatic, that's wrong, I'm not.", "asthma_respiratory", ABSENT),
        ("carotid scan was fine, no aneurysm", "aneurysm_known", ABSENT),
        # over for good, and since childhood
        ("Hernia in 2008, long since put right", "hernia", HISTORICAL),
        ("treated for melanoma in 1998, have had nothing since", "cancer_history", HISTORICAL),
        ("Hepatitis from years ago was cured with tablets", "liver_disease", HISTORICAL),
        ("spondylolisthesis, diagnosed when I was at school", "spondylolisthesis", PRESENT),
        # not certain yet
        ("I suspect I'm pregnant", "pregnancy", POSSIBLE),
        ("waiting on bloods for diabetes", "diabetes", POSSIBLE),
        ("physio is worried my shin is a stress fracture", "fracture_recent", POSSIBLE),
    ],
)
def test_ways_of_the_telephone_and_the_form(by_words, text, name, assertion):
    assert (name, assertion, "client") in stated(by_words(text, today=TODAY))


@pytest.mark.parametrize(
    "text, name",
    [
        ("I'm having knee surgery next month", "recent_surgery"),
        ("I'm scheduled for back surgery in May", "recent_surgery"),
        ("my knee surgery is coming up in two weeks", "recent_surgery"),
        ("getting my pacemaker on the 20th", "pacemaker_icd"),
        ("I'm on the waiting list for a hip replacement", "joint_replacement_implant"),
    ],
)
def test_what_is_planned_is_not_there_yet(by_words, text, name):
    assert (name, HYPOTHETICAL, "client") in stated(by_words(text))


@pytest.mark.parametrize(
    "text, name",
    [
        ("I have a pacemaker, can I come tomorrow?", "pacemaker_icd"),
        ("can I get a massage with a pacemaker next week", "pacemaker_icd"),
        ("getting a deep tissue on Friday with my hip replacement", "joint_replacement_implant"),
        ("I start chemo on the 3rd", "cancer_active"),
        # it may come before the massage
        ("flu shot is planned for 10 am and you at noon", "recent_injection_vaccine"),
        ("I'm getting Botox tomorrow", "botox_filler"),
        ("got a cortisone shot on Monday", "recent_injection_vaccine"),
        ("had Botox on Tuesday", "botox_filler"),
    ],
)
def test_what_is_there_is_not_planned(by_words, text, name):
    assert (name, PRESENT, "client") in stated(by_words(text))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("no C-section, no complications, breastfeeding now", {"breastfeeding": PRESENT}),
        ("no cancer, no diabetes, asthma or epilepsy", {"asthma_respiratory": ABSENT}),
        ("I don't have that, mine is a bad disc", {"herniated_disc": PRESENT}),
        ("no to all of that except asthma", {"asthma_respiratory": PRESENT}),
        ("no surgery since 1988", {"recent_surgery": HISTORICAL}),
        ("not sunburnt any more", {"sunburn": HISTORICAL}),
        ("kidney stones in the past, two of them. Nothing now.", {"kidney_disease": HISTORICAL}),
        ("I used to be allergic to latex. Retested, still am.", {"latex_allergy": PRESENT}),
        ("I've got osteopenia not osteoporosis", {"osteoporosis": PRESENT}),
        ("I have epilepsy, no seizures since 2019", {"epilepsy": PRESENT}),
    ],
)
def test_how_far_a_denial_goes(by_words, text, expected):
    said = stated(by_words(text, today=TODAY))
    assert {(name, how, "client") for name, how in expected.items()} <= said, said


def test_what_another_finding_explains_is_none_of_its_own(by_words):
    sprain = stated(by_words("I sprained my ankle yesterday and it is swollen"))
    assert {name for name, _, _ in sprain} == {"acute_soft_tissue_injury"}
    alone = stated(by_words("my ankle is swollen, I don't know why"))
    assert ("unexplained_swelling_or_lump", PRESENT, "client") in alone
