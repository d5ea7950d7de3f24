"""Which words ask for a call, and which only speak of phones."""

from __future__ import annotations

import pytest

from frontdesk.clinical.vocabulary import SPANS


def found(nlp, text: str) -> set[str]:
    doc = nlp(text)
    return {span.id_ for span in doc.spans[SPANS] if span.label_ == "call_back"}


@pytest.mark.parametrize(
    "text",
    [
        "call me back please",
        "Could somebody from reception call me tomorrow?",
        "can someone phone me about this",
        "is it possible that the therapist rings me",
        "I'd like a callback",
        "give me a ring when you get a minute",
        "pls telephone me, typing is hard for me",
        "I would rather be called",
    ],
)
def test_asked_for(nlp, text):
    assert "asked" in found(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "could I explain this to somebody on the phone",
        "I'd prefer a phone call",
        "would it be possible to get a call from the manager",
        "I'd sooner talk over the phone",
    ],
)
def test_by_phone(nlp, text):
    assert found(nlp, text) == {"by_phone"}


@pytest.mark.parametrize(
    "text",
    [
        "don't call me, can a person write to me here",
        "please do not phone me at work, I want to chat with someone",
        "can I talk to a person",
        "I can't talk on the phone right now, is anybody there?",
        "what's your phone number",
        "can I call you",
        "do I have to switch my phone off",
        "I ring the bell when I arrive?",
        "no phone calls please, a human in the chat is fine",
    ],
)
def test_not_asked_for(nlp, text):
    assert found(nlp, text) == set()
