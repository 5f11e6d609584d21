"""Keyboard layouts: a text as the same keys write it in the other of QWERTY and ЙЦУКЕН."""

import re

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбюЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_TO_RUSSIAN = str.maketrans(_LATIN, _RUSSIAN)
_TO_LATIN = str.maketrans(_RUSSIAN, _LATIN)
_RUSSIAN_LETTER = re.compile("[А-Яа-яЁё]")

ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
"""The letters of the Russian layout by the rows of their keys."""


def other_layout(text: str) -> str:
    """What the keys of a text write in the other layout.

    >>> other_layout("ghtpbltyn"), other_layout("rf,bytn"), other_layout("ызщке")
    ('президент', 'кабинет', 'sport')
    """
    return text.translate(_TO_LATIN if _RUSSIAN_LETTER.search(text) else _TO_RUSSIAN)
