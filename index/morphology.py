"""Morphology: the one owner of pymorphy2.

pymorphy2 0.9.1 asks for ``inspect.getargspec`` (gone since Python 3.11) and for
``pkg_resources`` (no longer installed since 3.12). Here it gets the argument names from
``inspect.signature`` and its dictionary by path, so that it works on 3.10 and later; the
compiled ``dawg2`` is picked up by pymorphy2 itself where it is installed.

>>> [parse.normal_form for parse in parses("стали")][:2]
['стать', 'сталь']
"""

import gc
import inspect
import os
from collections.abc import Set
from functools import cache, lru_cache, partial
from operator import itemgetter
from unicodedata import name

import pymorphy2
import pymorphy2_dicts_ru
from pymorphy2 import tagset
from pymorphy2.analyzer import MorphAnalyzer
from pymorphy2.analyzer import Parse as AnalyzerParse
from pymorphy2.dawg import ConditionalProbDistDAWG
from pymorphy2.units.base import BaseAnalyzerUnit
from pymorphy2.units.by_lookup import DictionaryAnalyzer

CACHED_FORMS = 1 << 17
"""Distinct forms that are kept parsed in memory (news repeats itself)."""

SHARES = ConditionalProbDistDAWG.MULTIPLIER
"""pymorphy2's probabilities are counted in parts of this."""

# MorphVocab of natasha loads pymorphy2 by itself and takes the dictionary's path from here.
os.environ.setdefault(MorphAnalyzer.DICT_PATH_ENV_VARIABLE, pymorphy2_dicts_ru.get_path())


def _param_names(cls: type) -> list[str]:
    if cls.__init__ is object.__init__:
        return []
    return sorted(list(inspect.signature(cls.__init__).parameters)[1:])


BaseAnalyzerUnit._get_param_names = classmethod(_param_names)


class Tag(tagset.OpencorporaTag):
    """pymorphy2's tag, with what is asked for most looked up once, when the dictionary loads."""

    grammemes: frozenset[str] = frozenset()

    def __init__(self, tag: str):
        super().__init__(tag)
        self.grammemes = frozenset(self._grammemes_tuple)
        self.POS = self._one_of(self.PARTS_OF_SPEECH)
        self.case = self._one_of(self.CASES)
        self.gender = self._one_of(self.GENDERS)
        self.number = self._one_of(self.NUMBERS)

    def _one_of(self, grammemes: Set[str]) -> str | None:
        return next(iter(grammemes & self.grammemes), None)

    def __contains__(self, grammeme: str | Set[str]) -> bool:
        if isinstance(grammeme, str):
            return grammeme in self.grammemes
        return grammeme <= self.grammemes


tagset.registry[Tag.FORMAT] = Tag


class Parse(AnalyzerParse):
    """pymorphy2's parse; the analyzer hands out plain tuples, which are cheaper to make."""

    __slots__ = ()

    def inflect(self, required_grammemes: Set[str]) -> "Parse | None":
        found = _inflected(self, frozenset(required_grammemes))
        return _parse(found) if found else None

    @property
    def lexeme(self) -> "list[Parse]":
        return list(map(_parse, analyzer().get_lexeme(self)))


_parse = partial(tuple.__new__, Parse)


@lru_cache(CACHED_FORMS)
def _inflected(parse: Parse, required: frozenset[str]) -> tuple | None:
    if len(parse.methods_stack) > 1:
        return next(iter(analyzer()._inflect(parse, required)), None)
    unit, _, *place = parse.methods_stack[0]
    if not isinstance(unit, DictionaryAnalyzer):
        return next(iter(analyzer()._inflect(parse, required)), None)
    index = _place_of_form(*place, required)
    if index is None:
        return None
    word, paradigm = parse.word, unit.dict.build_paradigm_info(place[0])
    prefix, _, suffix = paradigm[place[1]]
    stem = word[len(prefix) : len(word) - len(suffix)]
    prefix, tag, suffix = paradigm[index]
    word = prefix + stem + suffix
    return word, tag, parse.normal_form, 1.0, ((unit, word, place[0], index),)


@lru_cache(CACHED_FORMS)
def _place_of_form(paradigm: int, index: int, required: frozenset[str]) -> int | None:
    """Which form of a paradigm has the required grammemes and else is most like form ``index``."""
    forms = analyzer().dictionary.build_paradigm_info(paradigm)
    unit = analyzer()._units[0][0]
    form = ("", forms[index][1], "", 1.0, ((unit, "", paradigm, index),))
    found = next(iter(analyzer()._inflect(form, required)), None)
    return found and found[4][0][3]


@cache
def analyzer() -> MorphAnalyzer:
    """The process's pymorphy2 analyzer, loaded at the first call (some 0.2 s)."""
    loaded = pymorphy2.MorphAnalyzer(path=pymorphy2_dicts_ru.get_path(), result_type=None)
    dictionary = loaded.dictionary
    dictionary.build_paradigm_info = cache(dictionary.build_paradigm_info)
    gc.freeze()  # the dictionary stays; walking it costs a collection 60 ms
    return loaded


@cache
def unit(kind: type) -> BaseAnalyzerUnit:
    """The analyzer's unit of a kind."""
    return next(unit for unit, _ in analyzer()._units if type(unit) is kind)


@lru_cache(CACHED_FORMS)
def parses(form: str) -> tuple[Parse, ...]:
    """All parses of a form, at least one, the most probable first (pymorphy2's own order)."""
    return tuple(map(_parse, looked_up(form))) or _analyzed(form)


def looked_up(form: str) -> list[tuple]:
    """What pymorphy2 finds for a word of its dictionary, without its detours: plain tuples in
    place of its parses, in its order; none for another word."""
    words, substitutes, shares, by_lookup = _dictionary()
    lower = form.lower()
    items = words.similar_items(lower, substitutes) if len(form) > 1 else None
    if not items:
        return []
    found = []
    known = 0
    for word, places in items:
        for place in places:
            tag, grammemes, prefix, suffix, first, last = _place(place)
            normal = first + word[prefix : len(word) - suffix] + last if place[1] else word
            share = shares.get(lower + grammemes, 0)
            known += share
            found.append((word, tag, normal, share, ((by_lookup, word, *place),)))
    if known:
        found.sort(key=itemgetter(3), reverse=True)
    return [
        (word, tag, normal, share / SHARES if known else 1.0 / len(found), place)
        for word, tag, normal, share, place in found
    ]


@cache
def _dictionary() -> tuple:
    """What a look-up takes: the words, which letters stand for others, the shares of parses, and
    pymorphy2's unit that inflects what is found."""
    loaded = analyzer()
    return (
        loaded.dictionary.words,
        loaded.char_substitutes,
        loaded.prob_estimator.p_t_given_w,
        unit(DictionaryAnalyzer),
    )


@cache
def _place(place: tuple[int, int]) -> tuple[Tag, str, int, int, str, str]:
    """Of a form of a paradigm: its tag, the tag as shares are kept by it, how long prefix and
    suffix are, and what the normal form has in their stead."""
    dictionary, (number, index) = analyzer().dictionary, place
    suffixes, prefixes = dictionary.suffixes, dictionary.paradigm_prefixes
    paradigm = dictionary.paradigms[number]
    n_forms = len(paradigm) // 3
    tag = dictionary.gramtab[paradigm[n_forms + index]]
    prefix, suffix = prefixes[paradigm[2 * n_forms + index]], suffixes[paradigm[index]]
    first, last = prefixes[paradigm[2 * n_forms]], suffixes[paradigm[0]]
    return tag, f":{tag}", len(prefix), len(suffix), first, last


def _analyzed(form: str) -> tuple[Parse, ...]:
    try:
        return tuple(map(_parse, analyzer().parse(form)))
    except ValueError:  # pymorphy2 asks each letter for its Unicode name, and some have none
        spelt = "".join(c if name(c, "") else "\ufffd" for c in form)
        return tuple(map(_parse, analyzer().parse(spelt)))


def fold(word: str) -> str:
    """The word in lower case with ё as е: how words are compared everywhere.

    >>> fold("Соловьёв")
    'соловьев'
    """
    return word.lower().replace("ё", "е")


@lru_cache(CACHED_FORMS)
def is_known(word: str) -> bool:
    """Whether the dictionary holds the word (in lower case, with ё or е)."""
    return holds(word.lower())


def holds(word: str) -> bool:
    """Whether the dictionary holds a word given in lower case. Not kept, as it is found fast."""
    words, substitutes, _, _ = _dictionary()
    return word in words or ("е" in word and bool(words.similar_keys(word, substitutes)))
