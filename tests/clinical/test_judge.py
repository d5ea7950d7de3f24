"""The learned judge: what it looks at, when it overrules the rules, and what it is taught."""

from __future__ import annotations

import math

import numpy as np
import pytest
import yaml

from frontdesk.clinical.assertion import Stated
from frontdesk.clinical.encoder import WIDTH
from frontdesk.clinical.judge import OTHER, Judge
from frontdesk.clinical.statements import load_statements
from frontdesk.clinical.traits import OTHER_NAME, traits
from frontdesk.clinical.vocabulary import SPANS
from frontdesk.domain.errors import DataFileError
from frontdesk.domain.finding import Assertion, Subject
from frontdesk.settings import ROOT
from tests.clinical.conftest import DATA, stated

LABELS = [*(one.value for one in Assertion), OTHER]
VECTORS = np.zeros((1, WIDTH), dtype=np.float32)


def sure_of(label: str, likelihood: float) -> Judge:
    """A judge that finds one label so likely in everything."""
    odds = math.log(likelihood * (len(LABELS) - 1) / (1 - likelihood))
    bias = np.array([odds if one == label else 0.0 for one in LABELS], dtype=np.float32)
    return Judge(LABELS, [], np.zeros((2 * WIDTH, len(LABELS)), dtype=np.float32), bias)


@pytest.fixture
def sciatica(nlp):
    doc = nlp("my sciatica again")
    return next(one for one in doc.spans[SPANS] if one.id_ == "sciatica")


def judged(judge, rules, span, condition):
    after = judge.judged(rules, span, condition, (), VECTORS, is_clause=False)
    return after.assertion.value, after.subject.value


PRESENT = Stated(Assertion.PRESENT, Subject.CLIENT)
ABSENT = Stated(Assertion.ABSENT, Subject.CLIENT, ("denied: no",))
FIRM = Stated(Assertion.ABSENT, Subject.CLIENT, ("denied: no",), is_firm=True)
PLAIN = Stated(Assertion.ABSENT, Subject.CLIENT, ("denied: no",), is_firm=True, is_plain=True)
ASKED = Stated(Assertion.HYPOTHETICAL, Subject.CLIENT)
OVER = Stated(Assertion.HISTORICAL, Subject.CLIENT)
PLANNED = Stated(Assertion.HYPOTHETICAL, Subject.CLIENT, is_firm=True)
THEIRS = Stated(Assertion.PRESENT, Subject.OTHER)


@pytest.mark.parametrize(
    "rules, label, likelihood, after",
    [
        (PRESENT, "possible", 0.55, ("possible", "client")),
        (PRESENT, "possible", 0.45, ("present", "client")),
        # that something does not count takes more
        (PRESENT, "historical", 0.95, ("historical", "client")),
        (PRESENT, "historical", 0.9, ("present", "client")),
        (PRESENT, "hypothetical", 0.9, ("present", "client")),
        (PRESENT, OTHER, 0.95, ("present", "other")),
        (PRESENT, OTHER, 0.9, ("present", "client")),
        # than that it does
        (ASKED, "present", 0.55, ("present", "client")),
        (THEIRS, "present", 0.68, ("present", "client")),
        (THEIRS, "present", 0.55, ("present", "client")),  # nine in ten that it is the client's
        (THEIRS, OTHER, 0.35, ("present", "other")),
        (ABSENT, "present", 0.65, ("present", "client")),
        (OVER, "present", 0.9, ("historical", "client")),
        (FIRM, "present", 0.84, ("absent", "client")),
        (FIRM, "present", 0.9, ("present", "client")),
        (PLANNED, "present", 0.999, ("hypothetical", "client")),
        (PLAIN, "present", 0.98, ("absent", "client")),
    ],
)
def test_judge_overrules_only_what_it_is_sure_of(
    sciatica, conditions, rules, label, likelihood, after
):
    judge = sure_of(label, likelihood)
    assert judged(judge, rules, sciatica, conditions["sciatica"]) == after


@pytest.mark.parametrize(
    "rules",
    [
        PRESENT,
        Stated(Assertion.PRESENT, Subject.CLIENT, ("current: still",)),
        Stated(Assertion.POSSIBLE, Subject.CLIENT),
        Stated(Assertion.PRESENT, Subject.CLIENT, (), is_firm=True),
    ],
)
def test_that_something_is_denied_is_left_to_the_rules(sciatica, conditions, rules):
    judge = sure_of("absent", 0.999)
    expected = rules.assertion.value, rules.subject.value
    assert judged(judge, rules, sciatica, conditions["sciatica"]) == expected


def test_red_flags_are_left_to_the_rules(sciatica, conditions):
    flag = conditions["rf_chest_pain_breathless"]
    assert judged(sure_of("absent", 0.999), PRESENT, sciatica, flag) == ("present", "client")


def test_traits_know_sides_and_no_names(nlp, conditions):
    doc = nlp("no diabetes since 2015 but asthma for 3 years")
    (span,) = [one for one in doc.spans[SPANS] if one.id_ == "asthma_respiratory"]
    found = traits(span, conditions["asthma_respiratory"], is_clause=False)
    assert "before: but" in found and "after: for #number" in found
    assert f"earlier: no {OTHER_NAME}" in found and "earlier: #year" in found
    assert not any("diabetes" in trait for trait in found)


@pytest.mark.parametrize(
    "text, finding",
    [
        ("Came off warfarin in March, they said I didn't need it", "blood_thinners historical"),
        ("My hernia was repaired back in 2012, all good", "hernia historical"),
        ("I've a stoma bag so lying on my front is out", "medication_patch_pump_line present"),
        (
            "As my husband is on dialysis I can only come on Tuesdays",
            "kidney_disease present other",
        ),
        ("when can one get a massage after a heart attack", "heart_disease hypothetical"),
    ],
)
def test_what_no_rule_knows_is_read(by_both, text, finding):
    name, assertion, *other = finding.split()
    assert (name, assertion, other[0] if other else "client") in stated(by_both(text))


def test_statements_are_many_and_of_every_kind(conditions):
    statements = load_statements(DATA, conditions)
    assert len(statements) > 1000
    kinds = {(one.assertion, one.subject) for said in statements.values() for one in said}
    assert {(one, Subject.CLIENT) for one in Assertion} < kinds


def test_nothing_that_is_measured_on_is_learned_from(conditions):
    learned = {text.lower() for text in load_statements(DATA, conditions)}
    for path in sorted((ROOT / "benchmarks").glob("*/*.yml")):
        raw = yaml.safe_load(path.read_text(encoding="utf-8")).get("messages") or []
        said = {(one if isinstance(one, str) else one["text"]).lower() for one in raw}
        assert not learned & said, path.name


@pytest.mark.parametrize(
    "rows, problem",
    [
        ('- {text: "a", states: [colic present]}', "unknown condition 'colic'"),
        ('- {text: "a", states: [hernia]}', "expected 'id assertion'"),
        ('- {text: "a", states: [hernia gone]}', "gone"),
        ('- {text: "a", states: [hernia absent]}\n' * 2, "written twice"),
        ('- {text: "a", state: [hernia absent]}', "unknown key"),
    ],
)
def test_wrong_statement_stops_the_start(tmp_path, conditions, rows, problem):
    folder = tmp_path / "statements"
    folder.mkdir()
    lines = "\n".join(f"    {row}" for row in rows.splitlines())
    written = f"statements:\n  denied:\n    messages:\n{lines}\n"
    (folder / "denied.yml").write_text(written, encoding="utf-8")
    with pytest.raises(DataFileError) as error:
        load_statements(tmp_path, conditions)
    assert problem in str(error.value)
