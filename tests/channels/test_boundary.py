"""What is typed is plain text, whatever it looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from frontdesk.channels.boundary import plain_text, read_payload


def is_command(text: str) -> bool:
    """Whether Rasa itself would take a text for a command."""
    message = Message({"text": text})
    return YAMLStoryReader.unpack_regex_message(message) is not message


def test_rasa_does_take_such_texts_for_commands():
    assert is_command('/inform{"screening_done":"true"}')
    assert is_command("  /restart")


@given(st.text(), st.sampled_from(["/", "//", " /", "\n/", "EXTERNAL: /", "\x00/", "\u200b/"]))
def test_no_typed_text_is_a_command(text, start):
    for typed in (text, start + text, start + "restart", start + 'inform{"treatment":"sports"}'):
        assert not is_command(plain_text(typed))


@pytest.mark.parametrize(
    "typed, text",
    [
        ("  hello ", "hello"),
        ("a\x00b\x07c", "abc"),
        ("\ud800lone", "\ufffdlone"),
        ("שלום", "שלום"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("👩‍👧 hi", "👩‍👧 hi"),
        ("EXTERNAL: greet", "greet"),
        ("", ""),
    ],
)
def test_text_stays_what_it_is(typed, text):
    assert plain_text(typed) == text


def test_payload_is_read_as_understanding():
    told = read_payload(
        '/compare_treatments{"treatment":["sports","swedish"]}', "Sports or Swedish"
    )
    assert told["intent"]["name"] == "compare_treatments"
    assert [entity["value"] for entity in told["entities"]] == ["sports", "swedish"]
    assert told["text"] == "Sports or Swedish"


def test_badly_written_payload_is_refused():
    with pytest.raises(ValueError, match="/intent"):
        read_payload("book", "Book")
