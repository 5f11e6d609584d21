"""pymorphy2 works on every Python that we support, whatever is missing around it."""

import subprocess
import sys

import pymorphy2_dicts_ru
from hypothesis import given, settings
from hypothesis import strategies as st

from index import lemmas, morphology
from index.analyzer import query_lemmas, terms

FORMS = """
стали еще ещё Ивановым все её А Ё МИДом Петровны санкт-петербурга кто-нибудь псевдомэр наилучшего
""".split()


def run(code: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_works_without_getargspec():
    gone = "import inspect; vars(inspect).pop('getargspec', None); "
    assert run(gone + "from index.lemmas import lemmas; print(*lemmas('визитом'))") == "визит"


def test_works_without_pkg_resources():
    gone = "import sys; sys.modules['pkg_resources'] = None; "
    assert run(gone + "from index.lemmas import lemmas; print(*lemmas('визитом'))") == "визит"


def test_natasha_finds_the_dictionary_by_the_same_path():
    code = (
        "import sys; sys.modules['pkg_resources'] = None; import index.morphology; "
        "from natasha import MorphVocab; print(MorphVocab()('визитом')[0].normal)"
    )
    assert run(code) == "визит"


def test_dictionary_is_loaded_by_path_whatever_the_environment_says():
    code = (
        "import sys, os; sys.modules['pkg_resources'] = None; import index.morphology as m; "
        "os.environ.pop('PYMORPHY2_DICT_PATH'); print(m.analyzer().dictionary.path)"
    )
    assert run(code) == pymorphy2_dicts_ru.get_path()


def test_compiled_dictionary_is_used_where_it_is_installed():
    modules = [cls.__module__ for cls in type(morphology.analyzer().dictionary.words).__mro__]
    assert "dawg" in modules


def test_same_lemmas_without_the_compiled_dictionary():
    gone = "import sys; sys.modules['dawg'] = None; "
    assert run(gone + "from index.lemmas import lemmas; print(*lemmas('стали'))") == "стать сталь"


def test_caches_are_bounded():
    cached_functions = (morphology.parses, lemmas.weighted_lemmas, query_lemmas, terms)
    for cached in cached_functions:
        assert 0 < cached.cache_info().maxsize <= 1 << 20


@given(st.text("абвеёийклнорстуцьАБВЁ-.1x", max_size=9) | st.sampled_from(FORMS))
@settings(max_examples=500)
def test_words_are_looked_up_as_pymorphy2_parses_them(form):
    assert [tuple(parse) for parse in morphology.parses(form)] == morphology.analyzer().parse(form)
