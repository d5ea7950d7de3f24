"""Where a message is cut into clauses."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.clinical.clauses import MOST, Clauses, parts


@pytest.mark.parametrize(
    "text, clauses",
    [
        ("no fever but a rash", ["no fever", "but a rash"]),
        ("I have diabetes and my back hurts", ["I have diabetes", "and my back hurts"]),
        ("I have diabetes and epilepsy", ["I have diabetes and epilepsy"]),
        ("bread and butter", ["bread and butter"]),
        ("not only diabetic but pregnant", ["not only diabetic", "but pregnant"]),
        ("my back hurts, I'm on warfarin", ["my back hurts", "I'm on warfarin"]),
        ("it hurts. I took a pill!", ["it hurts", "I took a pill"]),
        ("one\ntwo", ["one", "two"]),
        ("I weigh 11.5 stone", ["I weigh 11.5 stone"]),
        (
            "it hurts so I rested because I was sore",
            ["it hurts", "so I rested", "because I was sore"],
        ),
        ("hi", ["hi"]),
    ],
)
def test_clauses_begin_where_something_else_is_said(nlp, text, clauses):
    assert [one.text.strip(" ,.;!?\n") for one in nlp(text).sents] == clauses


def test_message_of_one_clause_has_no_parts(nlp):
    assert parts(nlp("I have diabetes and epilepsy")) == []
    assert parts(nlp("diabetes? nope")) == []  # one word is no clause worth reading
    assert parts(nlp("")) == []


def test_parts_are_the_clauses_and_then_each_with_the_next(nlp):
    long = ["it hurts when I bend", "I rested for a week", "I took all of the pills"]
    assert parts(nlp(", ".join(long))) == [
        *long,
        "it hurts when I bend I rested for a week",
        "I rested for a week I took all of the pills",
    ]
    assert parts(nlp(", ".join(long[:2]))) == long[:2]  # both of them are the message


def test_short_clauses_are_read_with_their_neighbours_only(nlp):
    assert parts(nlp("it hurts, I rested, I took a pill")) == [
        "it hurts I rested",
        "I rested I took a pill",
    ]
    assert parts(nlp("it hurts, I rested")) == []


def test_long_message_has_its_first_and_last_parts(nlp):
    told = [f"I did thing{n} again today" for n in range(60)]
    wanted = parts(nlp(". ".join(told)))
    assert len(wanted) == 2 * MOST
    assert wanted[0] == told[0]
    assert wanted[-1] == f"{told[-2]} {told[-1]}"


def test_step_is_kept_and_loaded(tmp_path, nlp):
    kept = nlp.get_pipe("frontdesk_clauses")
    kept.to_disk(tmp_path / "clauses")
    loaded = Clauses(nlp).from_disk(tmp_path / "clauses")
    assert loaded.phrases == kept.phrases
    doc = nlp("no fever but a rash")
    assert loaded.match(doc) == kept.match(doc)


WORDS = [
    "I",
    "my",
    "back",
    "hurts",
    "and",
    "but",
    "no",
    ",",
    ".",
    "?",
    "\n",
    "not",
    "so",
    "warfarin",
]


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
)
def test_clauses_hold_every_word_once_and_in_order(nlp, text):
    doc = nlp(text)
    assert [token.i for clause in doc.sents for token in clause] == list(range(len(doc)))
    assert len(parts(doc)) <= 2 * MOST


def test_step_without_words_cuts_at_stops_only():
    nlp = spacy.blank("en")
    doc = Clauses(nlp)(nlp.make_doc("no fever but a rash. it hurts"))
    assert [one.text for one in doc.sents] == ["no fever but a rash.", "it hurts"]
