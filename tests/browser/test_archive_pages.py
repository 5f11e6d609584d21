"""The start page, the help and the pages of entities, as a reader goes through."""

import shutil
import threading

import pytest

from web.access.tokens import new_token
from web.server import listen
from web.settings import Settings

pytestmark = pytest.mark.browser


def count(text: str) -> int:
    return int("".join(filter(str.isdigit, text)))


def test_from_the_start_page_to_a_month_of_a_source(browser):
    browser.open("/")
    assert browser.one("h1").text == "135 статей в подшивке"
    closed = browser.all(".calendars details")[1]
    source = closed.find_element("css selector", ".source").text
    closed.find_element("css selector", "summary").click()
    cell = closed.find_element("css selector", ".months td a")
    n = count(cell.text)
    browser.follow(cell)
    assert browser.total() == n
    assert browser.texts(".chip.removable")[0] == f"{source}×"


def test_gaps_are_told_without_colour(browser):
    browser.open("/")
    gap, held = browser.one(".months .gap"), browser.one(".months td a")
    assert gap.text == "0" and gap.value_of_css_property("border-top-style") == "dashed"
    assert held.text.isdigit()


def test_an_example_of_the_start_page_and_one_of_the_help_find_something(browser):
    browser.open("/")
    browser.follow(browser.all(".help dt a")[1])
    assert browser.total() > 0 and browser.all("mark")
    browser.follow(browser.link("Как искать"))
    browser.follow(browser.link("губернатор / мост"))
    assert browser.total() > 0
    browser.follow(browser.one(".wordmark"))
    assert browser.one("main").get_attribute("class") == "start"


def test_all_articles_from_the_start_page_and_ranked_when_asked(browser):
    browser.open("/")
    browser.follow(browser.link("Все новости"))
    assert browser.total() == 125
    assert browser.one("#fold").text == "показать 135 статей с перепечатками"
    box = browser.one("input[type=search]")
    box.send_keys("мост")
    browser.moved(box.submit)
    assert browser.params()["q"] == ["мост"]
    assert "sort" not in browser.driver.current_url


def test_a_person_and_who_is_beside_them_become_filters(browser):
    browser.open("/?q=губернатор")
    browser.follow(browser.one(".hit h2 a"))
    browser.follow(browser.one(".who.person a"))
    name = browser.one("h1").text
    row = browser.one(".together.person li")
    other = row.find_element("css selector", ".both").text
    together = count(row.find_element("css selector", ".count").text)
    browser.follow(row.find_element("css selector", ".both"))
    assert browser.total() == together
    assert browser.texts(".chip.removable") == [f"{name}×", f"{other}×"]


@pytest.fixture
def editors_site(demo_folder, tmp_path):
    """A server of its own where the bearer of a token may edit; its address and the token."""
    folder = shutil.copytree(demo_folder, tmp_path / "index")
    token, secret = new_token("Архивист", edit=True)
    server = listen(folder, "127.0.0.1", 0, Settings(editing=True, session=token))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}", secret
    server.close()
    thread.join(5)


@pytest.fixture(params=["with_javascript", "without_javascript"])
def editor(editors_site, request):
    """A browser that has signed in there, with and without scripts."""
    site, secret = editors_site
    driver = request.getfixturevalue(request.param)
    browser = type(request.getfixturevalue("browser"))(driver, site)
    browser.open("/persons/Рустам Тагиев")
    assert not browser.all(".corrections")
    browser.follow(browser.one(".account"))
    browser.one("#token").send_keys(secret)
    browser.follow(browser.one("main form button"))
    yield browser
    driver.delete_all_cookies()


def test_names_are_merged_and_taken_apart_again(editor):
    browser = editor
    browser.open("/persons/Рустам Тагиев")
    before = browser.texts(".variants span[lang]")
    browser.one(".corrections summary").click()
    browser.one("[list=alike]").send_keys("Юсуф аль-Халиди")
    browser.follow(browser.one(".correction button"))
    assert "Юсуф аль-Халиди" in browser.one(".done").text
    assert set(browser.texts(".variants span[lang]")) == {*before, "Юсуф аль-Халиди"}
    browser.follow(browser.one(".done button"))
    assert browser.texts(".variants span[lang]") == before


def test_a_name_that_was_split_off_comes_back_from_the_page_that_it_left(editor):
    browser = editor
    browser.open("/persons/Рустам Тагиев", width=390)
    before = browser.texts(".variants span[lang]")
    assert not browser.all(".corrected")
    browser.one(".corrections summary").click()
    box = browser.one(".correction [type=checkbox]")
    browser.center(box)
    box.click()
    browser.follow(
        box.find_element("xpath", "ancestor::form").find_element("css selector", "button")
    )
    address = browser.driver.current_url.partition("?")[0].removeprefix(browser.site)
    browser.open(address, width=390)
    assert not browser.all(".done") and len(browser.texts(".variants span[lang]")) < len(before)
    assert browser.texts(".corrected li")[0].startswith("Выделено: ") and browser.overflow() <= 0
    browser.follow(browser.one(".corrected button"))
    assert browser.texts(".variants span[lang]") == before
