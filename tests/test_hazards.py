"""The hazard log: every hazard is told whole, and the tests that show its control are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from frontdesk.settings import ROOT

LOG = (ROOT / "docs" / "hazards.md").read_text(encoding="utf-8")
HAZARDS = {text[:3]: text for text in re.split(r"^## (?=H\d)", LOG, flags=re.MULTILINE)[1:]}
PARTS = ("Cause", "Harm", "Control", "Shown by", "Remains")
# `tests/path.py::test_name`, or a conversation's name after the file it is written in
LINK = re.compile(r"`(tests/[\w/]+\.(?:py|yml))::([^`]+)`")


def names_in(path: Path) -> set[str]:
    """The names of the tests or conversations of a file that pytest takes."""
    assert path.name.startswith("test_"), f"{path} is not run"
    if path.suffix == ".yml":
        return {one["name"] for one in YAML(typ="safe").load(path)["conversations"]}
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in nodes if isinstance(node, kinds) and node.name.startswith("test")}


def test_ids_are_in_order():
    ids = re.findall(r"^## (H\d+) ", LOG, flags=re.MULTILINE)
    assert ids == [f"H{number:02}" for number in range(1, len(ids) + 1)]
    assert len(ids) >= 20


@pytest.mark.parametrize("name", HAZARDS)
def test_hazard_is_told_whole(name: str):
    parts = re.findall(r"^- \*\*([\w ]+):\*\* \S", HAZARDS[name], flags=re.MULTILINE)
    assert tuple(parts) == PARTS


@pytest.mark.parametrize("name", HAZARDS)
def test_control_of_hazard_is_shown(name: str):
    shown = re.search(r"^- \*\*Shown by:\*\* (.*)$", HAZARDS[name], flags=re.MULTILINE)
    assert shown is not None
    links = LINK.findall(shown[1])
    assert links, "no test"
    assert len(links) == shown[1].count("`") // 2, f"not all are links to tests: {shown[1]}"
    for path, test in links:
        assert (ROOT / path).is_file(), f"there is no {path}"
        assert test in names_in(ROOT / path), f"{path} has no '{test}'"
