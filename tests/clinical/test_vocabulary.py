"""What the spaCy pipeline finds in messages: lay words, slips of the keyboard, other senses."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from frontdesk.clinical import language
from frontdesk.clinical.spelling import as_meant
from frontdesk.clinical.vocabulary import DOUBTFUL, HINT, SPANS
from frontdesk.settings import ROOT
from tests.clinical.conftest import stated

KINDS = ("treatment", "pain_area", "pain_cause", "pressure")


def found(nlp, text):
    doc = nlp(text)
    return {(span.label_, span.id_) for span in doc.spans[SPANS]}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("swedsh masage or deep tisue?", {("treatment", "swedish"), ("treatment", "deep_tissue")}),
        ("do you do shiatzu", {("treatment", "shiatsu")}),
        ("sports massage for my hip", {("treatment", "sports"), ("pain_area", "hips")}),
        ("between my shoulder blades", {("pain_area", "upper_back")}),
        ("not too hard please", {("pressure", "light")}),
        ("firm", {("pressure", "firm")}),
        ("it's hard to sit", set()),
        ("light traffic today", set()),
        ("I live in your neck of the woods", set()),
        ("SLIPPED DISK", {("condition", "herniated_disc")}),
    ],
)
def test_words_are_found(nlp, text, expected):
    assert {one for one in found(nlp, text) if one[0] != DOUBTFUL} == expected


def test_real_words_are_not_taken_for_slips(nlp):
    assert found(nlp, "asdf qwer zxcv") == set()
    for text in ("I need to train for it", "the things I do", "spots on the table", "what a shame"):
        assert found(nlp, text) <= {("pain_cause", "sport")}, text


@pytest.mark.parametrize(
    "text, expected",
    [
        ("I have a heart condition", {("condition", "heart_disease")}),
        ("my heart sank a little", {(DOUBTFUL, "heart_disease")}),
        ("late this month", {(HINT, "pregnancy")}),
        ("numb between my legs", {("red_flag", "rf_saddle_numbness")}),
    ],
)
def test_health_words_are_told_apart(nlp, text, expected):
    assert {one for one in found(nlp, text) if one[0] not in KINDS} == expected


@pytest.mark.parametrize(
    "text, condition",
    [
        ("I've got AS so mornings are slow", "ankylosing_spondylitis"),
        ("ME has me in bed most days", "fibromyalgia"),
        ("they found a PE on Sunday", "dvt_blood_clot"),
    ],
)
def test_short_forms_are_read_in_capitals(nlp, text, condition):
    assert ("condition", condition) in found(nlp, text)
    assert ("condition", condition) not in found(nlp, text.lower())
    assert ("condition", condition) not in found(nlp, text.upper())  # where capitals say nothing


@pytest.mark.parametrize("text", ["on my way from Tesco", "my haematologist rang", "a PE teacher"])
def test_words_of_everyday_are_no_slips_of_ours(nlp, text):
    assert not [one for one in found(nlp, text) if one[0] == "condition"]


@pytest.mark.parametrize(
    "text, meant",
    [
        ("waht is sweedish masage", "what is swedish massage"),
        (
            "My freind sugested it, wihtout saying wehre",
            "My friend suggested it, without saying where",
        ),
        ("dont wnat deep tissue", "dont want deep tissue"),
    ],
)
def test_the_encoder_is_given_words_as_meant(nlp, text, meant):
    assert as_meant(nlp(text)) == meant


@pytest.mark.parametrize(
    "text",
    [
        "my cousin Marek Kowalczyk drove me",  # names
        "had an MLD and two x-rays, no DVTs",  # short forms
        "no estoy embarazada",
        "apixaban, Xarelto and clopidogrel",
        "vaping and googling in a cafe with wifi",  # words our texts have and the list has not
    ],
)
def test_what_is_no_slip_is_left_as_it_is(nlp, text):
    assert as_meant(nlp(text)) == text


def test_a_slip_of_a_small_word_counts(by_words):
    assert stated(by_words("scan was fine, wihtout a blood clot")) == {
        ("dvt_blood_clot", "absent", "client")
    }


@pytest.mark.parametrize(
    "text",
    [
        "waht is sweedish masage",
        "helo cna i boook a masage for tomorow plese",
        "wich tratment is bset for shoulders stif from siting",
        "do yuo hvae parkng neer the clnic",
    ],
)
def test_misspelled_words_are_no_sign_of_illness(by_both, text):
    """A vector of misspelled words once sounded drunk to the second reader."""
    assert not by_both(text).findings


def test_held_out_entities_are_read(nlp):
    """At least 9 in 10 of the messages set aside are read fully right."""
    held_out = YAML(typ="safe").load(ROOT / "benchmarks" / "development" / "entities.yml")[
        "messages"
    ]
    right = 0
    for message in held_out:
        expected = {(kind, v) for kind, values in message["entities"].items() for v in values}
        right += {one for one in found(nlp, message["text"]) if one[0] in KINDS} == expected
    assert right / len(held_out) >= 0.9, f"{right} of {len(held_out)}"


def test_pipeline_is_built_once_for_the_same_data(tmp_path):
    assert language.build_if_stale(ROOT / "data", tmp_path / "reading") is True
    assert language.build_if_stale(ROOT / "data", tmp_path / "reading") is False
