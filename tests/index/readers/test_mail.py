"""EML: subject, text, day, what is attached."""

from email.message import EmailMessage

import pytest

from index.readers import Row, read_source
from index.rows import article_from_row

TEXT = (
    "Губернатор открыл в Заозёрске мост через Серебрянку. Жители ждали его шестьдесят лет.\n\n"
    "Первым по мосту проехал автобус."
)
DAY = "Fri, 19 Aug 2022 23:30:00 +0500"
PAGE = (
    "<html><head><title>Рассылка</title></head><body><table><tr><td>"
    + "".join(f"<p>{part} {part}</p>" for part in TEXT.split("\n\n"))
    + "</td></tr></table></body></html>"
)


def message(text: str | None = TEXT, subject: str = "Мост открыт", **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = headers.pop("sender", "Пресс-служба края <press@kray.example>")
    made["To"] = "news@vestnik.example"
    made["Subject"] = subject
    made["Date"] = headers.pop("date", DAY)
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    if text is not None:
        made.set_content(text)
    return made


@pytest.fixture
def read(tmp_path):
    def read(content: bytes | EmailMessage, name: str = "a.bin"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.as_bytes())
        return list(read_source(path))

    return read


def test_a_message(read):
    (row,) = read(message())
    article, dated = article_from_row(row.content, origin=row.origin, key=row.key)
    assert (article.title, article.text) == ("Мост открыт", TEXT)
    assert (article.date, dated.provenance) == ("2022-08-19", "metadata")
    assert article.authors == ("Пресс-служба края",)


@pytest.mark.parametrize("encoding", ["koi8-r", "windows-1251", "utf-8", "iso-8859-5"])
@pytest.mark.parametrize("declared", [True, False, "wrongly"])
def test_headers_and_text_as_they_stand_in_any_encoding(read, encoding, declared):
    charset = {True: encoding, False: "", "wrongly": "us-ascii"}[declared]
    content = (
        f"From: Анна Волкова <a@kray.example>\r\nSubject: Мост открыт\r\nDate: {DAY}\r\n"
        f'Content-Type: text/plain; charset="{charset}"\r\n'
        f"Content-Transfer-Encoding: 8bit\r\n\r\n{TEXT}"
    )
    (row,) = read(content.encode(encoding))
    assert (row.content["title"], row.content["text"]) == ("Мост открыт", TEXT)
    assert row.content["authors"] == ["Анна Волкова"]


def test_plain_text_is_taken_before_html(read):
    made = message()
    made.add_alternative(PAGE, subtype="html")
    assert read(made)[0].content["text"] == TEXT


@pytest.mark.parametrize("plain", [None, "Включите показ HTML."])
def test_html_is_taken_where_the_plain_text_says_nothing(read, plain):
    made = message(plain)
    if plain:
        made.add_alternative(PAGE, subtype="html")
    else:
        made.set_content(PAGE, subtype="html")
    (row,) = read(made)
    assert row.content["title"] == "Мост открыт"
    assert "Первым по мосту проехал автобус." in row.content["text"]
    assert "<p>" not in row.content["text"]


def test_a_message_of_a_few_words_in_html(read):
    made = message(None)
    made.set_content("<div>Мост <b>открыт</b></div><div>Ура</div>", subtype="html")
    assert read(made)[0].content["text"] == "Мост открыт\n\nУра"


def test_attachments_are_sources_of_their_own(read, tmp_path):
    made = message()
    made.add_attachment("Снег сошёл.".encode("cp1251"), "text", "plain", filename="снег.txt")
    made.add_attachment(b"\xff\xd8\xff\xe0\0\x10JFIF", "image", "jpeg", filename="мост.jpg")
    made.add_attachment(b"BEGIN:VCARD", "text", "vcard", filename="визитка.vcf")
    made.add_attachment(b'{"id": "7", "text": "\xd0\xb0"}\n', "application", "octet-stream",
                        filename="../a.jsonl")  # fmt: skip
    rows = read(made)
    assert [row.content["text"] for row in rows] == [TEXT, "Снег сошёл.", "а"]
    path = tmp_path / "a.bin"
    assert [row.place for row in rows] == [
        str(path), f"{path}!/снег.txt", f"{path}!/.._a.jsonl, line 1",
    ]  # fmt: skip
    assert len({row.key for row in rows}) == 3


def test_a_message_in_a_message(read):
    made = message()
    made.add_attachment(message("Подробности завтра.", "Мост: подробности"))
    assert [row.content["title"] for row in read(made)] == ["Мост открыт", "Мост: подробности"]


def test_without_a_day_or_with_one_that_is_none(read):
    made = message()
    del made["Date"]
    assert read(made)[0].content["date"] is None
    content = message().as_bytes().replace(DAY.encode(), b"yesterday")
    assert read(content)[0].content["date"] is None


@pytest.mark.parametrize(
    "content",
    [
        b"From: a\nSubject: \xff\xfe =?utf-8?q?=ff?= =?x-none?b?AAA?=\nDate: 99\n\nx",
        b"From: =?utf-8?b?!!!?= <<>>,,;\nTo: ;;\nSubject: \nContent-Type: multipart/mixed\n\nx",
        b"From: a\nDate: \nContent-Type: text/plain; charset=none\n\n\xcc\xee\xf1\xf2",
        b"From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n--x--\n",
        b"From: a\nSubject: b\nContent-Transfer-Encoding: base64\n\n!!!!",
    ],
)
def test_a_damaged_message_is_read_as_far_as_it_goes(read, content):
    assert all(isinstance(row, Row) for row in read(content))


def test_a_message_of_too_many_parts(read):
    parts = b"--x\n\na\n" * 1001
    (rejected,) = read(
        b"From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=x\n\n" + parts + b"--x--\n"
    )
    assert (rejected.kind, rejected.reason) == ("too large", "a message of more than 1000 parts")


@pytest.mark.parametrize(
    "header",
    [
        "Subject: " + "=?utf-8?B?0J/RgNC40LLQtdGC?= " * 1200,
        "Subject: Мост\nFrom:" + " a@kray.example,\n" * 2000,
        "Subject: Мост\nContent-Type: text/plain; " + "a=b; " * 8000,
    ],
)
def test_a_header_of_no_end_is_not_parsed(read, header):
    (item,) = read(f"Date: {DAY}\nFrom: press@kray.example\n{header}\n\n{TEXT}".encode())
    assert (item.kind, item.reason) == ("too large", "a header of more than 32768 bytes")


def test_a_header_of_no_end_in_an_attached_message_is_not_parsed(read):
    made, sender = message(), "b@kray.example"
    made.add_attachment(message(sender=sender))
    content = made.as_bytes().replace(sender.encode(), b",\n ".join([sender.encode()] * 3000))
    (item,) = read(content)
    assert item.kind == "too large"


def test_a_text_may_have_indented_lines_after_one_like_a_header(read):
    text = "Здравствуйте!\nSubject: перечень\n" + "    строка отчёта о ремонте моста\n" * 900
    made = message(None)
    made.set_content(text, cte="8bit")
    (row,) = read(made)
    assert row.content["text"] == text.strip()


def test_messages_nested_without_end(read):
    inner = "Content-Type: message/rfc822\n\nFrom: press@kray.example\n" * 5000
    (item,) = read(f"From: press@kray.example\nDate: {DAY}\n{inner}\n{TEXT}".encode())
    assert (item.kind, item.reason) == ("nested too deep", "nested deeper than it can be read")


def test_a_message_without_words(read):
    (rejected,) = read(message("", ""))
    assert rejected.kind == "no text"


@pytest.mark.parametrize(
    "text", ["From: Москва\nПоезд пришёл вовремя.", "Date: 2022", "X-мен: кино"]
)
def test_a_text_that_begins_like_a_message_is_a_text(read, text):
    (row,) = read(text.encode(), "a.txt")
    assert row.content["text"].endswith(text.split("\n")[-1])
