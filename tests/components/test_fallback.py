"""When the classifier is in doubt: not our subject, or not understood."""

from __future__ import annotations

import pytest

from frontdesk.components.fallback import DoubtfulIntent

STEP = DoubtfulIntent(DoubtfulIntent.get_default_config())


def guesses(**confidences):
    ranked = sorted(confidences.items(), key=lambda guess: -guess[1])
    return [{"name": name, "confidence": sure} for name, sure in ranked]


@pytest.mark.parametrize(
    "ranking, verdict",
    [
        (guesses(ask_price=0.9, out_of_scope=0.05), ""),
        (guesses(ask_price=0.5, out_of_scope=0.4), "out_of_scope"),
        (guesses(out_of_scope=0.6, ask_price=0.3), ""),
        (guesses(ask_price=0.15, ask_location=0.14, out_of_scope=0.1), "nlu_fallback"),
        ([], "nlu_fallback"),
    ],
)
def test_doubt_is_told_apart(ranking, verdict):
    assert STEP.verdict(ranking, has_words=True) == verdict


def test_signs_alone_are_not_guessed_at():
    assert STEP.verdict(guesses(affirm=0.9), has_words=False) == "nlu_fallback"
