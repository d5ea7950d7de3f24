"""Sentence vectors are kept between trainings."""

from __future__ import annotations

import numpy as np
import pytest

from frontdesk.clinical.encoder import WIDTH
from frontdesk.clinical.keeping import KeptVectors


class Counting:
    """An encoder that tells what it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts):
        self.seen += texts
        return np.array([[len(text)] * WIDTH for text in texts], np.float32)


@pytest.fixture
def encoder():
    return Counting()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kept" / "vectors.npz"


def kept(encoder, file, *texts):
    vectors = KeptVectors(encoder, file)
    found = vectors.encode(texts)
    vectors.save()
    encoder.seen.clear()
    return found


def test_only_new_texts_are_encoded(encoder, file):
    kept(encoder, file, "a", "bb")
    found = KeptVectors(encoder, file).encode(["bb", "ccc", "bb"])
    assert encoder.seen == ["ccc"]
    assert found[:, 0].tolist() == [2, 3, 2]


def test_what_was_not_used_is_not_kept(encoder, file):
    kept(encoder, file, "a", "bb")
    kept(encoder, file, "bb")
    KeptVectors(encoder, file).encode(["a", "bb"])
    assert encoder.seen == ["a"]


def test_nothing_is_left_beside_the_file(encoder, file):
    kept(encoder, file, "a")
    assert list(file.parent.iterdir()) == [file]


def test_vectors_of_another_encoder_are_not_used(encoder, file):
    kept(encoder, file, "a")
    KeptVectors(encoder, file, checksum="another").encode(["a"])
    assert encoder.seen == ["a"]


def cut(file):
    file.write_bytes(file.read_bytes()[:100])


def garble(file):
    file.write_bytes(b"no such thing")


def empty(file):
    file.write_bytes(b"")


def shorten(file):
    np.savez(file, checksum="any", keys=np.zeros((2, 3)), vectors=np.zeros((1, WIDTH)))


def pickled(file):
    np.savez(file, checksum=np.array({"a": 1}, dtype=object))


@pytest.mark.parametrize("damage", [cut, garble, empty, shorten, pickled])
def test_damaged_file_is_made_anew(encoder, file, damage):
    kept(encoder, file, "a")
    damage(file)
    assert kept(encoder, file, "a").shape == (1, WIDTH)
    KeptVectors(encoder, file).encode(["a"])
    assert encoder.seen == []


def test_no_texts_no_vectors(encoder, file):
    assert KeptVectors(encoder, file).encode([]).shape == (0, WIDTH)
