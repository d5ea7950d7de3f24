"""The second reader: what a clause means, whatever words it uses, from its sentence vector.

Word lists miss what strangers write ("it's like the dentist gave me a shot, but between my
legs"). A network of one hidden layer over the encoder's vectors learns each entry of
``data/conditions`` from whole messages that state it, several at once from those of
``data/statements``, and none of them from near misses, from ordinary messages and from what
people say to the assistant about everything else. How it is stated is for others to judge.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np

from frontdesk.clinical import encoder
from frontdesk.clinical.company import NONE, harmless_parts, in_company
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.encoder import WIDTH, SentenceEncoder, Vectors
from frontdesk.clinical.judge import Judge
from frontdesk.clinical.keeping import Encodes, KeptVectors, Tell, silent
from frontdesk.clinical.loading import read_yaml_list
from frontdesk.clinical.ordinary import load_ordinary
from frontdesk.clinical.statements import Told, told

NUMBERS, LABELS, MARK, LOCK = "meanings.npz", "meanings.json", "learned-from.txt", "lock"
# Beside the target: our spaCy pipeline, and the vectors of all that is learned from.
READING, VECTORS = "reading", "vectors.npz"
FOLDERS = ("conditions", "ordinary", "nlu", "statements")
CODE = ("meanings", "company", "statements", "lessons", "judge", "traits")
HEALTH_INTENTS = frozenset({"check_suitability", "report_red_flag"})
# Chosen by cross-validation; see docs/clinical.md.
HIDDEN, DROPPED = 768, 0.4  # units of the hidden layer, and the share dropped at each step
ROUNDS, BATCH, PACE = 15, 512, 2e-3
NETWORKS = 3  # what one is sure of by chance the others are not
_ANNOTATED = re.compile(r"\[([^\]]+)\](\([^)]*\)|\{[^}]*\})")
_CUT = re.compile(r"[.!?;\n]+\s*|,\s+|\s+(?:and|but|so|because|since|when|also|plus)\s+|\s-\s")


class Meanings:
    """What was learned, ready to read clauses; with the ``judge`` that learned beside it."""

    def __init__(
        self,
        labels: Sequence[str],
        layers: Sequence[tuple[Vectors, Vectors]],
        judge: Judge | None = None,
    ) -> None:
        self.labels = list(labels)
        self.judge = judge
        self._hidden, self._output = layers

    @classmethod
    def load(cls, folder: Path) -> Meanings:
        """Read what was learned into a folder, the judge among it."""
        judge = Judge.load(folder)
        return cls(*cls._kept(folder), judge)

    @classmethod
    def alone(cls, folder: Path) -> Meanings:
        """The same without the judge, which learns from what is read without it."""
        return cls(*cls._kept(folder))

    @staticmethod
    def _kept(folder: Path) -> tuple[list[str], list[tuple[Vectors, Vectors]]]:
        with np.load(folder / NUMBERS) as numbers:
            layers = [(numbers[f"weights{n}"], numbers[f"bias{n}"]) for n in range(2)]
        return json.loads((folder / LABELS).read_text(encoding="utf-8")), layers

    def likelihoods(self, vectors: Vectors) -> Vectors:
        """How likely each label is for each vector, shape ``(len(vectors), len(labels))``."""
        hidden = np.maximum(vectors @ self._hidden[0] + self._hidden[1], 0)
        scores = hidden @ self._output[0] + self._output[1]
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        result: Vectors = likely / likely.sum(axis=1, keepdims=True)
        return result


def texts(data: Path) -> list[tuple[str, str]]:
    """Everything learned from: a text and the entry it states, or ``NONE``.

    Raises:
        DataFileError: naming file, entry and key of what is wrong.
    """
    conditions = load_conditions(data)
    learned = [(text, name) for name, one in conditions.items() for text in one.examples]
    harmless = [text for one in conditions.values() for text in one.near_misses]
    harmless += load_ordinary(data)
    # what is said of several things is harmless in each of its parts, too
    harmless += [part for text in harmless for part in _parts(text)]
    harmless += _said_about_other_things(data)
    return [*learned, *((text, NONE) for text in dict.fromkeys(harmless))]


def _parts(text: str) -> list[str]:
    cut = [part.strip() for part in _CUT.split(text) if part and len(part.split()) > 1]
    return cut if len(cut) > 1 else []


def _said_about_other_things(data: Path) -> Iterable[str]:
    """The training phrases of all intents but those about health."""
    for path in sorted((data / "nlu").glob("*.yml")):
        for block in read_yaml_list(path, "nlu"):
            if block.get("intent") in HEALTH_INTENTS:
                continue
            for line in str(block.get("examples", "")).splitlines():
                phrase = line.strip().removeprefix("- ").strip()
                if phrase:
                    yield _ANNOTATED.sub(r"\1", phrase)


def learn(data: Path, reader: Encodes, target: Path, statements: Told) -> None:
    """Learn from the data folder's texts and keep the result in ``target``."""
    learned = texts(data)
    learned += in_company(learned, load_conditions(data), statements)
    learned += harmless_parts(statements)
    stated = [(doc.text, {one.id for one in each}) for doc, each in statements if each]
    stated += [(text, {label}) for text, label in learned]
    scale = np.float32(WIDTH**0.5)  # a vector is of length 1: its numbers are small
    vectors = reader.encode([text for text, _ in stated]) * scale
    labels = sorted({label for _, label in learned})
    shares = _shares([names for _, names in stated], labels)
    networks = [_fitted(vectors, shares, seed) for seed in range(NETWORKS)]
    hidden, bias0, output, bias1 = zip(*networks, strict=True)
    (target / LABELS).write_text(json.dumps(labels), encoding="utf-8")
    np.savez(
        target / NUMBERS,
        weights0=np.hstack(hidden) * scale,
        bias0=np.hstack(bias0),
        # their mean, read as one network
        weights1=np.vstack(output) / np.float32(NETWORKS),
        bias1=np.mean(bias1, axis=0),
    )


def _shares(stated: Sequence[Collection[str]], labels: Sequence[str]) -> Vectors:
    """What each text states, in equal shares, shape ``(len(stated), len(labels))``."""
    number = {label: place for place, label in enumerate(labels)}
    shares: Vectors = np.zeros((len(stated), len(labels)), dtype=np.float32)
    for row, names in zip(shares, stated, strict=True):
        row[[number[name] for name in names]] = 1 / len(names)
    return shares


def _fitted(vectors: Vectors, shares: Vectors, seed: int) -> list[Vectors]:
    """Weights and biases of both layers; hidden units are dropped while it learns."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf  # slow to import, and not needed to read

    layers = tf.keras.layers
    first, second = (tf.keras.initializers.GlorotUniform(seed=2 * seed + n) for n in range(2))
    network = tf.keras.Sequential(
        [
            layers.Input((vectors.shape[1],)),
            layers.Dense(HIDDEN, activation="relu", kernel_initializer=first),
            layers.Dropout(DROPPED, seed=seed),
            layers.Dense(shares.shape[1], kernel_initializer=second),
        ]
    )
    steps = ROUNDS * (len(vectors) // BATCH + 1)
    network.compile(
        tf.keras.optimizers.Adam(tf.keras.optimizers.schedules.CosineDecay(PACE, steps)),
        tf.keras.losses.CategoricalCrossentropy(from_logits=True),
    )
    each = tf.data.Dataset.from_tensor_slices((vectors, shares))
    network.fit(each.shuffle(len(vectors), seed=seed).batch(BATCH), epochs=ROUNDS, verbose=0)
    return [np.ascontiguousarray(one.numpy(), np.float32) for one in network.trainable_weights]


def data_mark(data: Path) -> str:
    """A hash of the files and the code that the second reader is made from."""
    digest = hashlib.sha256(encoder.WEIGHTS_SHA256.encode())
    paths = [Path(__file__).with_name(f"{name}.py") for name in CODE]
    paths += [p for f in FOLDERS for p in sorted((data / f).glob("*.yml"))]
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def learn_if_stale(data: Path, reader: SentenceEncoder, target: Path, tell: Tell = silent) -> bool:
    """Learn into ``target`` unless what is there was learned from just this.

    One process learns at a time; another waits and finds it done. ``tell`` is told how far it is.

    Returns:
        Whether anything was learned anew.
    """
    mark, kept = data_mark(data), target / MARK
    target.mkdir(parents=True, exist_ok=True)
    with (target / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists() and kept.read_text(encoding="ascii") == mark:
            return False
        kept.unlink(missing_ok=True)
        vectors = KeptVectors(reader, target.with_name(VECTORS), tell=tell)
        statements = told(data, target.parent / READING)
        learn(data, vectors, target, statements)
        tell("What health statements mean is learned; now how they are stated")
        from frontdesk.clinical import lessons  # which read with what was just learned

        lessons.learn(data, vectors, target, statements)
        vectors.save()
        kept.write_text(mark, encoding="ascii")
    return True
