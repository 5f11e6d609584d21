"""Letters: how well characters follow one another as in Russian news.

A text is Russian where each letter is what one expects after the one before it: some 4 bits a
character. Decoded wrongly it has letters after which nothing of the kind stands, capitals inside
words and signs that no text has.
"""

from functools import cache

import numpy as np

ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"

_BITS = """
f553546754b465443435577858dfff698f 2c6475575764453a64449866678fffa65e
5487c939b4f73952c46c4e7dc9463ab76d 23b9883f84f6585385566baba7bc48df7d
53b9a54ed4f84a71c3995eeeadffdfbcff 43b5972793f7574375584da989fa67bb7b
28755466695544387344b877677fffda9c 636ba31bf3f6b937ba8f5ffa7ffff8cafa
42647458c4f77544959b5eebaef959da7f 26757648545545468544b956689fffd64f
0b9aa69facf78756ba35fac766bfffffcf 33c6bd56b3f96a72a4544db6ecffddbeef
33bd8937d2f76b63b9695defaeff73d64b 2388ad3ec3f876535a7c4ada9fdf589b6d
5398763ba2f6bd43ba5567b79bae37ca6d 3a434466675544466444a888679fffa97e
74dcdd3fd5f95c7172995cc9cdff7add7f 52876737b3f786529765479aa8df57ca6b
4586b84dd4f346645742599a77fb75ca4b 3394d93fc3f79752945a5bcc8fdd54ba7e
2646546469a4555a4444e979466fff94af 439e7e3fa2f95982946546bbdaff78bbbc
14e7bb7fd5fa7862d5786ecfcffefb9eff 5488bc2fa1f59ca69a7b5dcbffff5cdbdf
53ebff2cf3f67a4aa8826edfd7fff6eff9 73e6ee1ff2f5495598a56eccdffff6abfa
a2ffff1ff2ffff6afaff6ffffffff6fff8 6dffff1ffdffefffffffffffffffefb717
2f6477398937446f7655ef3d86cfffff8f 1f79785f67f5f629af45f9a8959ffff56b
7c86a7eeae63465d7451b59af9ffffefcf 195984b76bb7685ec562fdb84a3fffc8ff
1f6496576b97655d9764ff67696ffff68f 2ea587c76d87443e9342ee6eeaeeeeeeee
""".split()
"""A row for each first letter, a digit for each second one: how many bits it tells, -log2 of its
share in the words of navec's news vocabulary (https://github.com/natasha/navec), 15 at the most.
The first of both is the border of a word."""

_BORDER, _LOWER, _UPPER = 0, 1, 1 + len(ALPHABET)
_LETTERS = slice(_LOWER, 1 + 2 * len(ALPHABET))
_LINE_BREAK, _LATIN, _SIGN, _CYRILLIC, _FOREIGN, _ODD = range(
    1 + 2 * len(ALPHABET), 7 + 2 * len(ALPHABET)
)
_CLASSES = _ODD + 1

_SIGNS = "«»—–…„“”‘’‚№\u00a0•·©®™°§€£±×÷²³½\u00ad\ufeff"
_CASE_BITS = {"down_up": 8, "up_up": 1, "border_up": 1}
_CLASS_BITS = {_LATIN: 2, _CYRILLIC: 10, _FOREIGN: 12, _SIGN: 9, _ODD: 14}
_AFTER_STRANGER = 7
_MIXED_BITS = 10
_STRANGE_BITS = 5.5


@cache
def classes() -> np.ndarray:
    """The class of each code point of the basic plane, (65536,) uint8."""
    found = np.full(1 << 16, _ODD, np.uint8)
    for point in range(0x20, 0x7F):
        found[point] = _LATIN if chr(point).isalpha() else _BORDER
    found[[*b"\t\v\f\r"]] = _BORDER
    found[ord("\n")] = _LINE_BREAK
    found[0xC0:0x250] = _FOREIGN
    found[0x400:0x530] = _CYRILLIC
    for number, letter in enumerate(ALPHABET):
        found[ord(letter)] = _LOWER + number
        found[ord(letter.upper())] = _UPPER + number
    found[[ord(sign) for sign in _SIGNS]] = _SIGN
    for first, last in ((0x2000, 0x2010), (0xD800, 0xE000), (0xFE00, 0xFE10)):
        found[first:last] = _SIGN
    return found


@cache
def pair_bits() -> np.ndarray:
    """How many bits a class tells after another, (classes, classes) float32, flat."""
    letters = np.array([[int(digit, 16) for digit in row] for row in _BITS], np.float32)
    fold = np.zeros(_CLASSES, int)
    fold[_LOWER:_UPPER] = fold[_UPPER:_LINE_BREAK] = range(1, 1 + len(ALPHABET))
    bits = letters[fold[:, None], fold[None, :]]
    lower, upper = slice(_LOWER, _UPPER), slice(_UPPER, _LINE_BREAK)
    bits[lower, upper] += _CASE_BITS["down_up"]
    bits[upper, upper] += _CASE_BITS["up_up"]
    borders = [_BORDER, _LINE_BREAK, _SIGN]
    bits[borders, upper] += _CASE_BITS["border_up"]
    bits[np.ix_(borders, borders)] = 0
    for kind, cost in _CLASS_BITS.items():
        bits[:, kind] = cost
    bits[[[_CYRILLIC], [_FOREIGN], [_ODD]], _LETTERS] = _AFTER_STRANGER
    bits[_LATIN, _LETTERS] += _MIXED_BITS
    bits[_LETTERS, _LATIN] += _MIXED_BITS
    return bits.ravel()


def bits_of(text: str) -> float:
    """How many bits a text tells to who expects Russian news; the fewer a character, the surer
    it is Russian."""
    kinds = _kinds(f" {text} ")
    return float(pair_bits()[kinds[:-1] * _CLASSES + kinds[1:]].sum())


def is_strange(lines: str) -> bool:
    """Whether any line holds letters of other alphabets, signs that no text has, or letters that
    do not follow one another as in Russian."""
    kinds = _kinds(f"\n{lines}\n")
    if (kinds > _SIGN).any():
        return True
    bits = pair_bits()[kinds[:-1] * _CLASSES + kinds[1:]]
    borders = np.flatnonzero(kinds == _LINE_BREAK)
    totals = np.add.reduceat(bits, borders[:-1])
    return bool((totals > _STRANGE_BITS * np.diff(borders)).any())


def _kinds(text: str) -> np.ndarray:
    points = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    return classes()[points].astype(np.intp)


@cache
def _byte_bits(encoding: str) -> np.ndarray:
    points = [ord(bytes([byte]).decode(encoding, "replace")) for byte in range(256)]
    kinds = classes()[points].astype(np.intp)
    return pair_bits()[kinds[:, None] * _CLASSES + kinds[None, :]].ravel()


def bits_by_encoding(content: bytes, encodings: tuple[str, ...]) -> list[float]:
    """How many bits the text of bytes tells in each of some one-byte encodings."""
    points = np.frombuffer(b" " + content + b" ", np.uint8).astype(np.intp)
    pairs, counts = np.unique(points[:-1] << 8 | points[1:], return_counts=True)
    return [float(_byte_bits(encoding)[pairs] @ counts) for encoding in encodings]
