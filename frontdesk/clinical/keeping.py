"""Keeps sentence vectors between trainings: one changed line need not encode all the others."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from frontdesk.clinical.encoder import WEIGHTS_SHA256, WIDTH, Vectors

DIGEST = 16  # bytes of a text's hash
AT_ONCE = 8192  # new texts between one word of progress and the next
Tell = Callable[[str], None]  # takes a line of progress
DAMAGED = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)


def silent(progress: str) -> None:
    """Tell nobody."""


class Encodes(Protocol):
    """What turns many texts into vectors."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector for each text."""


class KeptVectors:
    """Encodes only texts whose vectors are not in the file; ``save`` keeps those that were used.

    A file that is missing, damaged or of another encoder counts as empty. ``tell`` is told how far
    it is.
    """

    def __init__(
        self,
        encoder: Encodes,
        file: Path,
        checksum: str = WEIGHTS_SHA256,
        tell: Tell = silent,
    ) -> None:
        self._encoder, self._file, self._checksum = encoder, file, checksum
        self._tell = tell
        self._kept = self._load()
        self._used: dict[bytes, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector for each text, as the encoder gives it."""
        keys = [hashlib.blake2b(text.encode(), digest_size=DIGEST).digest() for text in texts]
        known = self._used.keys() | self._kept.keys()
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            self._used.update(zip(new, self._encoded(list(new.values())), strict=True))
        for key in keys:
            if key not in self._used:
                self._used[key] = self._kept[key]
        if not keys:
            return np.zeros((0, WIDTH), dtype=np.float32)
        return np.stack([self._used[key] for key in keys])

    def _encoded(self, texts: Sequence[str]) -> Iterator[Vectors]:
        for start in range(0, len(texts), AT_ONCE):
            if len(texts) > AT_ONCE:
                self._tell(f"{start:,} of {len(texts):,} new sentences are read")
            yield from self._encoder.encode(texts[start : start + AT_ONCE])

    def save(self) -> None:
        """Write what was used since it was loaded, whole or not at all."""
        if not self._used or self._used.keys() == self._kept.keys():
            return
        keys = np.frombuffer(b"".join(self._used), np.uint8).reshape(-1, DIGEST)
        vectors = np.stack(list(self._used.values()))
        self._file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._file.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, checksum=np.array(self._checksum), keys=keys, vectors=vectors)
            Path(name).replace(self._file)
        finally:
            Path(name).unlink(missing_ok=True)

    def _load(self) -> dict[bytes, Vectors]:
        try:
            with np.load(self._file, allow_pickle=False) as kept:
                if str(kept["checksum"]) != self._checksum:
                    return {}
                keys, vectors = kept["keys"], kept["vectors"]
        except DAMAGED:
            return {}
        is_whole = keys.dtype == np.uint8 and keys.shape == (len(vectors), DIGEST)
        if not is_whole or vectors.dtype != np.float32 or vectors.shape[1:] != (WIDTH,):
            return {}
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}
