"""What the tests of the clinical reading share; what is current under ``models/`` is used."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import spacy

from frontdesk.clinical import encoder, language, meanings
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.modifiers import load_modifiers
from frontdesk.clinical.reading import Reader, TextReader
from frontdesk.settings import data_folder, models_folder

DATA = data_folder()


@lru_cache(maxsize=1)
def _aside() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="frontdesk-models-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _use_kept(part: str, mark: str, wanted: str) -> None:
    kept = (models_folder() / part).resolve()
    is_current = (kept / mark).exists() and (kept / mark).read_text(encoding="ascii") == wanted
    if is_current and not (_aside() / part).exists():
        (_aside() / part).symlink_to(kept)


@lru_cache(maxsize=1)
def current_pipeline() -> Path:
    """The folder of a current spaCy pipeline: the kept one, or one made aside."""
    _use_kept("reading", language.MARK, language.data_mark(DATA))
    language.build_if_stale(DATA, _aside() / "reading")
    return _aside() / "reading"


@lru_cache(maxsize=1)
def current_models() -> Path:
    """A folder with everything the reading needs; what is not current is made anew, aside."""
    current_pipeline()
    _use_kept("encoder", encoder.MARK, encoder.converted_from())
    encoder.convert(_aside() / "encoder")
    _use_kept("meanings", meanings.MARK, meanings.data_mark(DATA))
    vectors = models_folder().resolve() / meanings.VECTORS
    if vectors.exists():
        shutil.copy(vectors, _aside() / meanings.VECTORS)
    meanings.learn_if_stale(DATA, encoder.load(_aside() / "encoder"), _aside() / "meanings")
    return _aside()


@pytest.fixture(scope="session")
def models():
    return current_models()


@pytest.fixture(scope="session")
def nlp():
    return spacy.load(current_pipeline())


@pytest.fixture(scope="session")
def conditions():
    return load_conditions(DATA)


@pytest.fixture(scope="session")
def modifiers():
    return load_modifiers(DATA)


@pytest.fixture(scope="session")
def by_words(nlp, conditions, modifiers):
    """Reads a message by its words alone, without the second reader."""
    reader = Reader(nlp, conditions, modifiers)

    def read(text: str, **kwargs: Any):
        return reader.read(nlp(text), **kwargs)

    return read


@pytest.fixture(scope="session")
def by_both(models):
    """Reads a message with both readers, as the assistant does."""
    return TextReader(models, DATA).read


def stated(reading) -> set[tuple[str, str, str]]:
    """Each finding as (id, assertion, subject)."""
    return {(one.id, one.assertion.value, one.subject.value) for one in reading.findings}
