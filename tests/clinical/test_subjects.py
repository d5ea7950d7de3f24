"""Whose health is spoken of: the client's or somebody else's."""

from __future__ import annotations

import pytest

from tests.clinical.conftest import stated


@pytest.mark.parametrize(
    "text, name",
    [
        ("my mum has osteoporosis", "osteoporosis"),
        ("epilepsy runs in my family", "epilepsy"),
        ("family history of breast cancer, I'm fine", "cancer_active"),
        ("my brother is on warfarin", "blood_thinners"),
        ("my sister's pregnant", "pregnancy"),
        ("MY SISTER IS PREGNANT", "pregnancy"),
        ("my grandmother had a stroke, I'm fine", "stroke_tia_history"),
        ("my dog has epilepsy", "epilepsy"),
        ("my mum recommended you, she has diabetes", "diabetes"),
        ("my wife is pregnant but it's just for me", "pregnancy"),
        ("my husband booked this for me, he has epilepsy", "epilepsy"),
        ("my sister is pregnant so she can't come, it's just me", "pregnancy"),
    ],
)
def test_somebody_elses(by_words, text, name):
    assert stated(by_words(text)) == {(name, "present", "other")}


@pytest.mark.parametrize(
    "text, name",
    [
        ("booking for my pregnant wife", "pregnancy"),
        ("booking for my mum, she has osteoporosis", "osteoporosis"),
        ("it's for my husband, he takes warfarin", "blood_thinners"),
        ("my wife is pregnant and wants a massage", "pregnancy"),
        ("can my dad have a massage? he has a pacemaker", "pacemaker_icd"),
        ("my son wants a sports massage, he has epilepsy", "epilepsy"),
        ("voucher for my sister who is pregnant", "pregnancy"),
        ("my husband, who has epilepsy, would like a massage", "epilepsy"),
        ("my friend has diabetes. can she come in?", "diabetes"),
        ("couples massage, my wife is pregnant", "pregnancy"),
        ("my friend with MS wants hot stone", "multiple_sclerosis"),
        ("my daughter's appointment is at 2 and she has asthma", "asthma_respiratory"),
        ("gift card for a friend, my mom has epilepsy", "epilepsy"),
        ("my dad wears a pacemaker. is it safe for him?", "pacemaker_icd"),
        (
            "my husband is on warfarin now, he is 58 and in good shape, and wants deep tissue",
            "blood_thinners",
        ),
    ],
)
def test_the_one_who_comes_is_the_client(by_words, text, name):
    assert stated(by_words(text)) == {(name, "present", "client")}


@pytest.mark.parametrize(
    "text, mine, theirs",
    [
        ("my mother has diabetes and I have epilepsy", "epilepsy", "diabetes"),
        ("I have epilepsy and my mother has diabetes", "epilepsy", "diabetes"),
        ("I take warfarin, my dad has osteoporosis", "blood_thinners", "osteoporosis"),
        ("my wife is pregnant. I have diabetes", "diabetes", "pregnancy"),
    ],
)
def test_each_has_their_own(by_words, text, mine, theirs):
    assert stated(by_words(text)) == {(mine, "present", "client"), (theirs, "present", "other")}


@pytest.mark.parametrize(
    "text, name",
    [
        ("me and my brother both have haemophilia", "bleeding_disorder"),
        ("I got my haemophilia from my mother", "bleeding_disorder"),
        ("I take warfarin since my wife died", "blood_thinners"),
        ("I have osteoporosis like my mother", "osteoporosis"),
    ],
)
def test_somebody_named_in_passing(by_words, text, name):
    assert (name, "present", "client") in stated(by_words(text))


def test_somebody_in_danger_now_is_sent_for_help_whoever_it_is(by_words):
    name = "rf_chest_pain_breathless"
    assert (name, "present", "client") in stated(by_words("my mum has chest pain right now"))
    assert (name, "present", "other") in stated(by_words("my dog has chest pain"))


@pytest.mark.parametrize(
    "text, name, subject",
    [
        # who only says it has it not; nor has one who waits, or stays at home
        ("my friend says it is scabies", "contagious_skin_condition", "client"),
        ("my mum says she has shingles", "contagious_skin_condition", "other"),
        ("can my son sit in the corner while I have mine, he's epileptic", "epilepsy", "other"),
        (
            "My son has asthma, I'll have him with me in the waiting room",
            "asthma_respiratory",
            "other",
        ),
        ("little brother is haemophiliac so I can't come", "bleeding_disorder", "other"),
        (
            "a couples massage but my boyfriend broke his wrist so he won't be coming",
            "fracture_recent",
            "other",
        ),
        ("couples massage for friday. my husband has a pacemaker", "pacemaker_icd", "client"),
        (
            "Mum has gout. The booking is for me and my sister.",
            "rheumatoid_arthritis_flare",
            "other",
        ),
        ("me and my sister want a massage, she has epilepsy", "epilepsy", "client"),
    ],
)
def test_who_comes_and_who_does_not(by_words, text, name, subject):
    assert subject in {whose for found, _, whose in stated(by_words(text)) if found == name}


def test_what_is_on_the_writer_is_the_writers(by_words):
    said = stated(by_words("up all night with a teething baby but no temperature on me"))
    assert ("fever", "absent", "client") in said


def test_writer_denies_it_and_goes_on(by_words):
    said = stated(by_words("my friend has sciatica. i dont have it just fancy a treat"))
    assert ("sciatica", "absent", "client") in said
