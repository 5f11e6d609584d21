import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.entities.slug import LONGEST_SLUG, slug


@pytest.mark.parametrize(
    "name, written",
    [
        ("Касым-Жомарт Токаев", "kasym-zhomart-tokaev"),
        ("Салтыков-Щедрин", "saltykov-shchedrin"),
        ("Екатерина Соловьёва", "ekaterina-solovyova"),
        ("Наталья Ильинична Васильева", "natalya-ilyinichna-vasilyeva"),
        ("Юрий Жуковский", "yury-zhukovsky"),
        ("Андрей Белый", "andrey-bely"),
        ("Подъячев", "podyachev"),
        ("Э. Тукумов", "e-tukumov"),
        ("Н'Голо Канте", "ngolo-kante"),
        ("МИД «Щукино», №5", "mid-shchukino-no5"),
        ("Ўткир Қасымов", "utkir-kasymov"),
        ("Володимир Зеленський", "volodimir-zelensky"),
        ("Nestlé Straße Đoković", "nestle-strasse-dokovic"),
        ("Гурбангулы Мяликгулыевич Бердымухамедов", "gurbanguly-berdymukhamedov"),
        ("习近平", ""),
        ("«»", ""),
    ],
)
def test_names_are_read_as_they_sound(name, written):
    assert slug(name) == written


@given(st.text())
def test_a_slug_is_short_ascii_and_its_own_slug(name):
    written = slug(name)
    assert len(written) <= LONGEST_SLUG
    assert written.strip("-") == written and "--" not in written
    assert set(written) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(written) == written
