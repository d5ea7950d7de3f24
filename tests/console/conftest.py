"""A data folder of one's own, to change before a page is asked for."""

import shutil
from pathlib import Path

import pytest

from frontdesk.settings import ROOT


class DataFolder:
    """A copy of the data the console reads, named in the environment."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("claims", "clinic", "treatments"):
            shutil.copytree(ROOT / "data" / name, path / name)

    def replace(self, name: str, old: str, new: str) -> None:
        file = self.path / name
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8")


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = DataFolder(tmp_path / "data")
    monkeypatch.setenv("FRONTDESK_DATA", str(folder.path))
    return folder
