"""Weights: slovnet's news NER model and navec's word vectors, from natasha's wheel.

The model (https://github.com/natasha/slovnet) was trained on news; its word vectors
(https://github.com/natasha/navec) are quantised, 100 bytes a word, and stay on disk, mapped
into memory. natasha itself is not imported.
"""

import tarfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from slovnet import NER
from slovnet.shape import word_shape

_MODEL = "data/model/slovnet_ner_news_v1.tar"
_VECTORS = "data/emb/navec_news_v1_1B_250K_300d_100q.tar"
_VECTORS_HEADER = 16


@dataclass(frozen=True, slots=True)
class Convolution:
    """A convolution of width 3 with its ReLU and its batch norm: ``relu(taps · x + bias)``,
    then ``scale`` and ``shift``.

    ``taps`` has shape (3, n_in, n_out), the others (n_out,); all are float32.
    """

    taps: np.ndarray
    bias: np.ndarray
    scale: np.ndarray
    shift: np.ndarray


@dataclass(frozen=True, slots=True)
class Linear:
    """``x · weight + bias``, of shapes (n_in, n_out) and (n_out,), float32."""

    weight: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True, slots=True)
class Weights:
    """What the network knows.

    A feature is a word (in lower case) and a shape, numbered as
    ``word * len(shape_vectors) + shape``. The vector of word ``w`` is the concatenation of
    ``codebook[i, word_codes[w, i]]`` over i: ``word_codes`` has shape (n_words, 100) and dtype
    uint8, ``codebook`` (100, 256, 3) float32. ``shape_vectors`` has shape (n_shapes, 30),
    ``transitions`` (n_tags, n_tags) from row to column.
    """

    words: dict[str, int]
    unknown: int
    shapes: dict[str, int]
    padding: int
    tags: list[str]
    word_codes: np.ndarray
    codebook: np.ndarray
    shape_vectors: np.ndarray
    convolutions: list[Convolution]
    projection: Linear
    transitions: np.ndarray

    def feature(self, form: str) -> int:
        """The number of a token's feature."""
        word = self.words.get(form.lower(), self.unknown)
        return word * len(self.shape_vectors) + self.shapes[_shape(form)]

    def vectors(self, features: np.ndarray) -> np.ndarray:
        """The embeddings of features: (n,) integers to (n, 330) float32."""
        words, shapes = np.divmod(features, len(self.shape_vectors))
        n_parts, n_codes, size = self.codebook.shape
        places = self.word_codes[words] + np.arange(0, n_parts * n_codes, n_codes)
        parts = self.codebook.reshape(-1, size).take(places, axis=0)
        return np.concatenate([parts.reshape(len(words), -1), self.shape_vectors[shapes]], axis=1)


def _shape(form: str) -> str:
    """slovnet's word shape, which most words have by their first letter."""
    if "а" <= form[:1] <= "я" and form.islower() and len(form) > 1:
        return "RU_xx"
    if "А" <= form[:1] <= "Я" and form[1:].islower():
        return "RU_Xx"
    return word_shape(form)


def load_weights() -> Weights:
    """The weights, read from natasha's wheel (0.2 s).

    :raise ModuleNotFoundError: natasha is not installed.
    """
    wheel = _wheel()
    infer = NER.load(wheel / _MODEL).infer
    words, shapes = infer.encoder.words_vocab, infer.encoder.shapes_vocab
    emb, head = infer.model.emb, infer.model.head
    word_codes, codebook = _quantised_vectors(
        wheel / _VECTORS, emb.word.indexes.shape, emb.word.codes.shape
    )
    return Weights(
        words=words.item_ids,
        unknown=words.unk_id,
        shapes=shapes.item_ids,
        padding=words.pad_id * len(shapes) + shapes.pad_id,
        tags=infer.decoder.tags_vocab.items,
        word_codes=word_codes,
        codebook=codebook,
        shape_vectors=emb.shape.weight.array,
        convolutions=[_convolution(layer) for layer in infer.model.encoder.layers],
        projection=Linear(head.proj.weight.array, head.proj.bias.array),
        transitions=head.crf.transitions.array,
    )


def _wheel() -> Path:
    spec = find_spec("natasha")
    if spec is None:
        raise ModuleNotFoundError(
            "natasha, whose wheel holds the tagger's weights, is missing; pip install natasha",
            name="natasha",
        )
    return Path(spec.submodule_search_locations[0])


def _convolution(layer) -> Convolution:
    conv, norm = layer.conv, layer.norm
    scale = norm.weight.array / norm.std.array
    return Convolution(
        taps=conv.weight.array.transpose(2, 1, 0),
        bias=conv.bias.array,
        scale=scale,
        shift=norm.bias.array - norm.mean.array * scale,
    )


def _quantised_vectors(path: Path, codes: tuple, codebook: tuple) -> tuple[np.ndarray, np.ndarray]:
    with tarfile.open(path) as tar:
        start = tar.getmember("pq.bin").offset_data + _VECTORS_HEADER
    word_codes = np.memmap(path, np.uint8, "r", start, tuple(codes))
    vectors = np.fromfile(path, np.float32, np.prod(codebook), offset=start + word_codes.size)
    return word_codes, vectors.reshape(codebook)
