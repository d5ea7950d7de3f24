"""The clinical entries: a mistake in one stops the start, and all of the real ones are whole."""

from __future__ import annotations

import re
import shutil

import pytest

from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.loading import entries
from frontdesk.domain.errors import DataFileError
from frontdesk.domain.treatment import Treatment
from frontdesk.settings import data_folder

DATA = data_folder()
PLACES = {"{emergency_number}", "{crisis_number}", "{clinic_phone}"}
TREATMENTS = {name for name, one in entries(DATA / "treatments", Treatment).items() if one.covered}
ENTRY = "condition"
BODY = """\
version: "1"
conditions:
  condition:
    title: "Some condition"
    called: "some condition"
    category: caution_adapt
    history: fires
    words: ["some condition"]
    examples: ["I have it"]
    near_misses: ["I know of it"]
    question: "Do you have it?"
    advice: "Please tell us."
    alternative: "A gentle massage."
    evidence: C
    sources: [{title: "A page", org: "A clinic", where: "its site"}]
"""


@pytest.fixture
def data(tmp_path):
    """A copy of the data with one more entry, a sound one."""
    for folder in ("treatments", "conditions"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    (tmp_path / "conditions" / f"{ENTRY}.yml").write_text(BODY)
    return tmp_path


def refusal(data, body, name=ENTRY):
    (data / "conditions" / f"{name}.yml").write_text(body)
    with pytest.raises(DataFileError) as caught:
        load_conditions(data)
    return caught.value


def test_sound_entry_is_read(data):
    assert load_conditions(data)[ENTRY].title == "Some condition"


@pytest.mark.parametrize(
    "added, key, says",
    [
        ("color: red", "color", "unknown key"),
        ("maybe: []", "maybe", "is empty"),
        ("actions: {thai_yoga: avoid}", "actions", "no 'thai_yoga'"),
        ("affects: [swedisch]", "affects", "no 'swedisch'"),
        ("actions: {swedish: never}", "actions", ""),
        ("implies: [pregnancies]", "implies", "no 'pregnancies'"),
        ("explained_by: [a_sprain]", "explained_by", "no 'a_sprain'"),
        ("arranged: soon", "arranged", "expected bool"),
        ("joins: [a_cold]", "joins", "no 'a_cold'"),
        ("joins_asking: [a_cold]", "joins_asking", "no 'a_cold'"),
        ("when_past: once", "when_past", "no 'once'"),
        ("urgency: emergency", "urgency", "rf_"),
        ("weeks: six", "weeks", "expected int"),
        ("lifelong: 1", "lifelong", "expected bool"),
        ("ages: {from: 5}", "ages", "unknown key"),
        ('maybe: ["fits", "Fits"]', "maybe", "'Fits' is written twice"),
    ],
)
def test_mistake_is_named(data, added, key, says):
    error = refusal(data, f"{BODY}    {added}\n")
    assert f"{ENTRY}.yml" in error.path and error.entry == ENTRY
    assert error.key.startswith(key) and says in error.problem


@pytest.mark.parametrize(
    "line, instead, key, says",
    [
        ("category: caution_adapt", "category: forbidden", "category", "'forbidden' is none of"),
        ("evidence: C", "evidence: D", "evidence", ""),
        ("history: fires", "history: never", "history", ""),
        ('    question: "Do you have it?"\n', "", "question", "missing"),
        ('words: ["some condition"]', "words: []", "words", "is empty"),
        ('["I have it"]', '["I have it", "I have it"]', "examples", "written twice"),
        ('title: "A page", ', "", "sources", "missing"),
    ],
)
def test_line_that_is_wrong_is_named(data, line, instead, key, says):
    assert line in BODY
    error = refusal(data, BODY.replace(line, instead))
    assert f"{ENTRY}.yml" in error.path and error.entry == ENTRY
    assert error.key.startswith(key) and says in error.problem


def test_entry_in_two_files_is_refused(data):
    error = refusal(data, BODY, name="z_copy")
    assert "z_copy.yml" in error.path and error.entry == ENTRY
    assert f"also written in {ENTRY}.yml" in error.problem


def test_file_named_otherwise_is_refused(data):
    error = refusal(data, BODY.replace("  condition:", "  other_condition:"))
    assert error.entry == "other_condition" and "file of its own name" in error.problem


def test_red_flag_without_urgency_is_refused(data):
    error = refusal(data, BODY.replace("  condition:", "  rf_condition:"), name="rf_condition")
    assert error.entry == "rf_condition" and error.key == "urgency"


def test_every_real_entry_is_read(conditions):
    assert len(conditions) >= 100
    assert set(conditions) == {path.stem for path in (DATA / "conditions").glob("*.yml")}


def test_every_entry_has_enough_examples(conditions):
    few = {
        name: len(one.examples)
        for name, one in conditions.items()
        if len(one.examples) < (30 if one.is_red_flag else 12)
    }
    assert not few
    assert all(one.words and one.near_misses and one.sources for one in conditions.values())


def test_texts_name_no_place_that_nobody_fills(conditions):
    for name, one in conditions.items():
        for text in (one.called, one.question, one.advice, one.alternative):
            assert set(re.findall(r"\{[^}]*\}?", text)) <= PLACES, name


def test_actions_are_for_the_treatments_we_give(conditions):
    assert len(TREATMENTS) == 5
    for name, one in conditions.items():
        assert set(one.actions) | set(one.affects) <= TREATMENTS, name


def test_no_message_is_an_example_and_a_near_miss(conditions):
    examples = {text.lower() for one in conditions.values() for text in one.examples}
    near_misses = {text.lower() for one in conditions.values() for text in one.near_misses}
    assert not examples & near_misses
