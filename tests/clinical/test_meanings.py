"""The second reader: what it learns from, what it keeps, and what it notices."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.clinical import meanings
from frontdesk.clinical.company import NONE
from frontdesk.clinical.encoder import WIDTH
from frontdesk.clinical.meanings import Meanings
from tests.clinical.conftest import DATA, current_models


@pytest.fixture(scope="module")
def learned():
    return Meanings.load(current_models() / "meanings")


def test_learned_files_load_and_know_every_entry(learned, conditions):
    assert set(learned.labels) == {*conditions, NONE}


def test_likelihoods_add_up_to_one(learned):
    vectors = np.random.default_rng(7).normal(size=(5, WIDTH)).astype(np.float32)
    likely = learned.likelihoods(vectors)
    assert likely.shape == (5, len(learned.labels))
    assert likely.sum(axis=1) == pytest.approx(np.ones(5), abs=1e-4)
    assert not np.isnan(learned.likelihoods(vectors * 1000)).any()


def test_nothing_is_learned_anew_when_nothing_changed(models):
    assert not meanings.learn_if_stale(DATA, None, models / "meanings")


def test_learned_from_every_entry_and_from_harmless_messages(conditions):
    texts = meanings.texts(DATA)
    labels = {label for _, label in texts}
    assert labels == {*conditions, NONE}
    harmless = [text for text, label in texts if label == NONE]
    assert len(harmless) > 2000
    assert len(set(harmless)) == len(harmless)
    stated = {text for text, label in texts if label != NONE}
    assert not stated & set(harmless)


@pytest.mark.parametrize(
    "text, name",
    [
        ("the pills I take stop my blood from clumping", "blood_thinners"),
        ("I can't tell when I need to wee any more", "rf_bladder_bowel_change"),
        ("my left calf is the size of a melon and warm to touch", "rf_dvt_signs"),
        ("my privates feel like after the dentist", "rf_saddle_numbness"),
        ("I don't see the point of going on any more", "rf_suicidal"),
        ("the surgeon took out my appendix last week", "recent_surgery"),
    ],
)
def test_paraphrase_is_noticed(by_words, by_both, text, name):
    assert name not in {one.id for one in by_words(text).findings}
    found = {one.id: one for one in by_both(text).findings}
    assert name in found and found[name].reader == "meaning"


@pytest.mark.parametrize(
    "text",
    [
        "this weather is killing me",
        "I'm dying for a back rub",
        "you saved my life last week",
        "my boss is a pain in the neck",
        "it costs an arm and a leg",
        "I'd kill for a massage",
        "what time do you open",
        "could I have a gentle swedish on friday",
        "do you sell gift vouchers",
    ],
)
def test_idiom_and_everyday_message_are_not(by_both, text):
    assert not by_both(text).findings
