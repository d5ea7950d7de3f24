"""The words that change what is said: strict loading, and where they are found."""

from __future__ import annotations

import pytest

from frontdesk.clinical.modifiers import Marks, load_modifiers
from frontdesk.domain.errors import DataFileError
from frontdesk.domain.modifier import Direction, Means


def loaded(tmp_path, *files):
    folder = tmp_path / "modifiers"
    folder.mkdir()
    for number, body in enumerate(files):
        text = f'version: "1"\nmodifiers:\n  {body}\n'
        (folder / f"file{number}.yml").write_text(text)
    return load_modifiers(tmp_path)


@pytest.mark.parametrize(
    "body, entry, key, says",
    [
        ("a: {means: denied, phrases: [no], scope: 3}", "a", "scope", "unknown key"),
        ("a: {means: denied, phrases: []}", "a", "phrases", "is empty"),
        ("a: {means: denied}", "a", "phrases", "missing"),
        ("a: {means: refuted, phrases: [no]}", "a", "means", ""),
        ("a: {means: denied, phrases: [no], direction: left}", "a", "direction", ""),
        ("a: {means: denied, phrases: [no], reach: far}", "a", "reach", "expected int"),
        ("a: {means: denied, phrases: [no, NO]}", "a", "phrases", "'NO' is written twice"),
    ],
)
def test_mistake_is_named(tmp_path, body, entry, key, says):
    with pytest.raises(DataFileError) as caught:
        loaded(tmp_path, body)
    assert "modifiers" in caught.value.path and caught.value.entry == entry
    assert caught.value.key == key and says in caught.value.problem


def test_phrase_in_two_scoped_entries_is_refused(tmp_path):
    with pytest.raises(DataFileError, match="'Not yet' is also in 'a'") as caught:
        loaded(
            tmp_path,
            "a: {means: denied, direction: forward, phrases: [not yet]}",
            "b: {means: possible, direction: backward, phrases: [Not yet]}",
        )
    assert (caught.value.entry, caught.value.key) == ("b", "phrases")


def test_phrase_may_be_scoped_and_a_mark(tmp_path):
    found = loaded(
        tmp_path,
        "a: {means: denied, direction: forward, phrases: [actually]}",
        "b: {means: correction, phrases: [actually]}",
    )
    assert found["b"].direction is Direction.ANYWHERE


def test_every_real_modifier_is_read_and_every_meaning_has_words(modifiers):
    assert {one.means for one in modifiers.values()} == set(Means)


def test_days_go_with_ago_and_with_nothing_else(modifiers):
    for name, one in modifiers.items():
        assert bool(one.days) == (one.means is Means.AGO), name


def test_marks_are_found_wherever_they_stand(nlp, modifiers):
    marks = Marks(nlp, modifiers, [Means.PERSON, Means.CORRECTION])
    found = marks(nlp("My Mum hurt her back, scratch that, my dad"))
    assert [span.text for span in found[Means.PERSON]] == ["Mum", "dad"]
    assert [span.text for span in found[Means.CORRECTION]] == ["scratch that"]
    assert set(found) == {Means.PERSON, Means.CORRECTION}
