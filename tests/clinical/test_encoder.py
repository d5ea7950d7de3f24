"""The sentence encoder: checked weights, vectors of length 1, and meanings near each other."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from frontdesk.clinical import encoder
from frontdesk.settings import ROOT, models_folder

# Threads change places as often as they can, so that two meet where they should not.
MANY_AT_ONCE = """
import sys
from frontdesk.clinical import encoder
from frontdesk.settings import models_folder
sys.setswitchinterval(1e-6)
reader = encoder.load(models_folder() / "encoder")
assert len(reader.encode([f"{'word ' * 40}{n}" for n in range(2 * encoder.MANY)])) > encoder.MANY
"""


@pytest.fixture(scope="module")
def reader(model):
    return encoder.SentenceEncoder(models_folder() / "encoder")


def test_like_meanings_are_near(reader):
    hurts, aches, hours = reader.encode(["my back hurts", "my spine aches", "when do you open"])
    assert hurts @ aches > 0.6 > 0.3 > hurts @ hours


def test_texts_read_side_by_side_do_not_see_each_other(reader):
    texts = ["hi", "my lower back has been hurting for weeks now", "a " * 60, "is it safe?"]
    texts += [f"I have had {number} massages and liked the last" for number in range(20)]
    together = reader.encode(texts)
    for text, vector in zip(texts, together, strict=True):
        alone = reader.encode([text])[0]
        assert alone @ vector > 0.9999
        assert np.linalg.norm(alone) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("time", range(4))
def test_threads_do_not_wait_for_each_other_at_the_first_run(reader, time):
    subprocess.run([sys.executable, "-c", MANY_AT_ONCE], cwd=ROOT, check=True, timeout=60)


def test_very_long_text_is_cut_not_refused(reader):
    assert reader.encode(["word " * 2000]).shape == (1, encoder.WIDTH)


def test_nothing_gives_no_vectors(reader):
    assert reader.encode([]).shape == (0, encoder.WIDTH)


def test_reads_where_nothing_compiled_can_be_kept(model, reader, tmp_path):
    (tmp_path / "file").touch()
    other = encoder.SentenceEncoder(models_folder() / "encoder", tmp_path / "file" / "compiled")
    assert other.encode(["hi"])[0] @ reader.encode(["hi"])[0] > 0.9999


def test_missing_part_says_how_to_mend_it(tmp_path):
    with pytest.raises(encoder.EncoderDamaged, match="make train"):
        encoder.SentenceEncoder(tmp_path)


def test_other_weights_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(encoder, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(encoder.EncoderDamaged, match="differ from the published"):
        encoder.convert(tmp_path / "encoder")
