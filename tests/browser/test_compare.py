"""The comparison: built, read month by month with pointer, finger and keys, narrowed, taken apart."""

import re

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

pytestmark = pytest.mark.browser

ASKED = "/compare?person=Тагиев&org=ДСМ&q=мост"
FIVE = "/compare?person=Тагиев&person=Екатерина Соловьёва&org=ДСМ&q=мост&q=школа"


def count(text: str) -> int:
    return int("".join(filter(str.isdigit, text)))


def told(browser) -> list[str]:
    return browser.texts(".item .here")


def numbers(browser, start: str) -> list[str]:
    """What the table says of a month, of each item."""
    script = "return [...document.querySelectorAll(arguments[0])].map((cell) => cell.textContent)"
    return browser.run(script, f".numbers tr[data-start='{start}'] td")[:-1]


def start_of(browser, link) -> str:
    return browser.run("return arguments[0].closest('[data-start]').dataset.start", link)


def focus(browser, link) -> None:
    browser.run("arguments[0].focus({focusVisible: true})", link)


def test_an_entity_is_compared_with_another(browser):
    browser.open("/persons/Рустам Тагиев")
    name = browser.one("h1").text
    browser.follow(browser.one(".together.person .ways a:last-child"))
    assert len(browser.all(".plot .line")) == len(browser.all(".item")) == 2
    assert browser.one(".item h2 a").text == name
    browser.follow(browser.link("долю, %"))
    assert browser.one(".bars .scale").text.endswith("%")
    browser.follow(browser.all(".item .remove")[1])
    assert len(browser.all(".plot .line")) == 1 and "bars=share" in browser.driver.current_url


def test_names_are_offered_as_they_are_typed(browser):
    browser.open("/compare")
    browser.one("[name=add]").send_keys("тагие")
    first = "return document.querySelector('#offers option')?.value ?? ''"
    browser.until(lambda _: "Тагиев" in browser.run(first))
    offered = browser.run(first)
    browser.one("[name=add]").clear()
    browser.one("[name=add]").send_keys(offered)
    browser.follow(browser.one(".adding button"))
    assert browser.one(".item h2 a").text == offered


def test_a_comparison_is_built_and_read_without_scripts(plain_browser):
    browser = plain_browser
    browser.open("/compare", width=390)
    for kind, value in (("person", "Тагиев"), ("org", "ДСМ"), ("q", "мост")):
        Select(browser.one("[name=as]")).select_by_value(kind)
        browser.one("[name=add]").send_keys(value)
        browser.follow(browser.one(".adding button"))
    assert len(browser.all(".plot .line")) == 3 and browser.overflow() <= 0
    browser.one("details summary").click()
    cell = browser.one(".numbers td a")
    found = count(cell.text)
    browser.follow(cell)
    assert browser.total() == found
    browser.open(ASKED)
    point = browser.one(".plot a")
    said = point.accessible_name
    browser.follow(point.find_element("css selector", ".strip"))
    assert browser.total() == count(re.search(r": (\d+) стат", said)[1])


def test_what_two_share_is_found(browser):
    browser.open(ASKED)
    cell = browser.all(".matrix td a")[-2]
    shared = count(cell.text)
    browser.follow(cell)
    assert browser.total() == shared


@pytest.mark.parametrize("width", [390, 1280])
def test_the_numbers_of_all_lines_are_told_under_the_pointer(browser, width):
    browser.open(ASKED, width)
    strip = browser.all(".plot .strip")[3]
    start = start_of(browser, strip)
    browser.center(strip)
    place = browser.one(".bars").rect
    ActionChains(browser.driver).move_to_element(strip).perform()
    assert told(browser) == numbers(browser, start)
    weights = [here.value_of_css_property("font-weight") for here in browser.all(".item .here")]
    assert weights.count("700") == 1
    assert re.search(r": \d+ стат\S+ в подшивке$", browser.one(".readout").text)
    assert browser.one(".bars").rect == place
    ActionChains(browser.driver).move_to_element(browser.one("h1")).perform()
    assert told(browser) == ["", "", ""]


def test_with_keys_one_goes_along_a_line_and_from_line_to_line(browser):
    browser.open(ASKED)
    (stop,) = browser.all(".plot a[tabindex='0']")
    focus(browser, stop)
    line, months = stop.get_attribute("data-line"), [start_of(browser, stop)]
    for _ in range(3):
        ActionChains(browser.driver).send_keys(Keys.ARROW_RIGHT).perform()
        active = browser.driver.switch_to.active_element
        assert active.get_attribute("data-line") == line
        months.append(start_of(browser, active))
        assert told(browser) == numbers(browser, months[-1])
    assert months == sorted(set(months))
    both = browser.one(".column:has(a + a) a")
    focus(browser, both)
    lines = set()
    for key in (Keys.ARROW_UP, Keys.ARROW_UP, Keys.ARROW_DOWN):
        ActionChains(browser.driver).send_keys(key).perform()
        active = browser.driver.switch_to.active_element
        lines.add(active.get_attribute("data-line"))
        assert start_of(browser, active) == start_of(browser, both)
    assert len(lines) == 2 and len(browser.all(".plot a[tabindex='0']")) == 1
    found = count(re.search(r": (\d+) стат", active.accessible_name)[1])
    browser.left(lambda: active.send_keys(Keys.ENTER))
    assert browser.total() == found


def test_dates_are_narrowed_by_dragging_and_taken_back(browser):
    browser.open(ASKED)
    bars = browser.one(".bars")
    chain = ActionChains(browser.driver).move_to_element_with_offset(bars, -100, 0)
    chain.click_and_hold().move_by_offset(100, 2).move_by_offset(100, 2).perform()
    assert " — " in browser.one(".readout").text
    browser.moved(ActionChains(browser.driver).release().perform)
    first, last = browser.params()["from"][0], browser.params()["to"][0]
    assert re.fullmatch(r"\d{4}-\d\d", first) and first < last
    assert len(browser.all(".item")) == 3
    starts = browser.run(
        "return [...document.querySelectorAll('.column')].map((c) => c.dataset.start)"
    )
    assert first <= starts[0] and starts[-1][:7] <= last
    browser.moved(browser.link("все даты").click)
    assert "from" not in browser.params()
    browser.driver.back()
    browser.moved(lambda: ActionChains(browser.driver).double_click(browser.one(".bars")).perform())
    assert "from" not in browser.params()


def touch(browser, element) -> None:
    box = browser.run("const b = arguments[0].getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]", element)  # fmt: skip
    for kind, points in (("touchStart", [dict(zip("xy", box))]), ("touchEnd", [])):
        browser.driver.execute_cdp_cmd(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": points}
        )


def test_a_finger_sees_the_numbers_before_it_is_led_on(browser):
    browser.open(ASKED, width=390)
    strip = browser.all(".plot .strip")[3]
    browser.center(strip)
    start = start_of(browser, strip)
    touch(browser, strip)
    browser.until(lambda _: told(browser) == numbers(browser, start))
    assert "/compare" in browser.driver.current_url
    browser.left(lambda: touch(browser, strip))
    assert "/compare" not in browser.driver.current_url and browser.params()["from"] == [start]


def test_a_finger_on_a_link_beside_is_led_on_at_once(browser):
    browser.open(f"{ASKED}&from=2021", width=390)
    strip = browser.all(".plot .strip")[3]
    browser.center(strip)
    touch(browser, strip)
    browser.until(lambda _: told(browser) == numbers(browser, start_of(browser, strip)))
    browser.moved(lambda: touch(browser, browser.link("все даты")))
    assert "from" not in browser.params()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_are_told_apart_by_colour_and_without(browser, theme):
    browser.open(FIVE, theme=theme)
    drawn = browser.run(STROKES)
    assert len(drawn) == 5
    assert len({colour for colour, _, _ in drawn}) == len({dash for _, dash, _ in drawn}) == 5
    assert min(contrast for _, _, contrast in drawn) >= 3
    marked = "return new Set([...document.querySelectorAll('.end use')].map((use) => "
    shapes = f"{marked} document.querySelector(use.getAttribute('href')).getAttribute('d'))).size"
    assert browser.run(shapes) == 5


STROKES = """
const luminance = (color) => color.match(/[\\d.]+/g).slice(0, 3).map((c) => c / 255)
  .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const paper = luminance(getComputedStyle(document.body).backgroundColor);
return [...document.querySelectorAll(".plot .line")].map((line) => {
  const { stroke, strokeDasharray } = getComputedStyle(line);
  const [light, dark] = [luminance(stroke), paper].sort((a, b) => b - a);
  return [stroke, strokeDasharray, (light + 0.05) / (dark + 0.05)];
});
"""


@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_labels_stand_beside_the_lines_and_not_over_each_other(browser, width):
    browser.open(FIVE, width)
    boxes = sorted((label.rect["y"], label) for label in browser.all(".end p"))
    assert browser.overflow() <= 0 and len(boxes) == 5
    for (_, above), (y, below) in zip(boxes, boxes[1:]):
        assert above.rect["y"] + above.rect["height"] <= y + 1
    plot = browser.one(".bars").rect
    assert all(label.rect["x"] > plot["x"] + plot["width"] for _, label in boxes)
    assert all(label.rect["x"] + label.rect["width"] <= width for _, label in boxes)
