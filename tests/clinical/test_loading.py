"""A mistake in a data file stops the start and is named by file, entry and key."""

from __future__ import annotations

import pytest

from frontdesk.clinical.loading import entries
from frontdesk.domain.errors import DataFileError
from frontdesk.domain.treatment import Treatment


@pytest.mark.parametrize(
    "body, says",
    [
        (
            "a: {title: x, also_called: [y], colour: red}",
            ["entry 'a'", "key 'colour'", "unknown key"],
        ),
        ("a: {title: 3, also_called: [y]}", ["entry 'a'", "key 'title'", "expected str"]),
        ("a: {title: x, also_called: []}", ["entry 'a'", "key 'also_called'", "is empty"]),
        ("a: {also_called: [y]}", ["entry 'a'", "key 'title'", "missing"]),
        ("a: {title: x, also_called: [y]}\n  a: {title: z, also_called: [y]}", ["line 4", "twice"]),
        ("a: [unclosed", ["not valid YAML"]),
        (
            "a: {title: x, also_called: [y],"
            " suits: [{when: {q: [b]}, weight: heavy, because: x, claims: [A01]}]}",
            ["suits[0].weight", "expected int"],
        ),
    ],
)
def test_mistake_is_named(tmp_path, body, says):
    folder = tmp_path / "treatments"
    folder.mkdir()
    (folder / "some.yml").write_text(f'version: "1"\ntreatments:\n  {body}\n')
    with pytest.raises(DataFileError) as caught:
        entries(folder, Treatment)
    for part in ["some.yml", *says]:
        assert part in str(caught.value)


def test_entry_in_two_files_is_refused(tmp_path):
    folder = tmp_path / "treatments"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.yml").write_text("treatments:\n  a: {title: x, also_called: [y]}\n")
    with pytest.raises(DataFileError, match=r"two\.yml.*'a'.*also written in one\.yml"):
        entries(folder, Treatment)


def test_other_top_level_key_is_refused(tmp_path):
    folder = tmp_path / "treatments"
    folder.mkdir()
    (folder / "one.yml").write_text("rules:\n  a: 1\n")
    with pytest.raises(DataFileError, match=r"one\.yml, key 'rules'"):
        entries(folder, Treatment)


def test_empty_folder_is_refused(tmp_path):
    with pytest.raises(DataFileError, match=r"no \.yml file"):
        entries(tmp_path, Treatment)
