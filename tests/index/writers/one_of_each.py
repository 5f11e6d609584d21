"""Writes the folder tests/index/files: one small file of each kind that is read, and some that
are not.

Command: PYTHONPATH=tests/index/writers python tests/index/writers/one_of_each.py FOLDER
"""

import gzip
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

import article_writers as write
import zstandard
from office_writer import docx, odt
from pdf_writer import Line, paragraph, pdf
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TEXTS = {
    "jsonl": "Министр транспорта края Рустам Тагиев осмотрел переправу. По его словам, паром выйдет на линию к пятнице.",
    "json": "Филармония закрыла сезон. Дирижёр Томас Эрикссон трижды выходил на поклон.",
    "csv": "Сев окончен раньше срока. Дождей не было две недели, сообщили в управлении сельского хозяйства.",
    "tsv": "Цены на хлеб не выросли. Пекарни края договорились держать их до осени.",
    "html": "Мост через Серебрянку открыли утром. Первым по нему проехал автобус четырнадцатого маршрута.",
    "rss": "Хоккеисты вернулись домой с победой. Вратарь Семён Горелов отразил сорок бросков.",
    "atom": "Суд отложил слушание до понедельника. Адвокат попросил время на изучение дела.",
    "txt": "Депутаты утвердили бюджет края на три года. Дольше всего спорили о дорогах к сёлам.",
    "cp1251": "В Заозёрке открыли школу. Первоклассников в ней восемь, учителей двое.",
    "koi8": "Река вскрылась на неделю раньше обычного. Спасатели просят не выходить на лёд.",
    "cp866": "Театр показал премьеру. Зрители аплодировали стоя, цветов хватило всем.",
    "utf16": "На вокзале починили часы. Они стояли с прошлой зимы и показывали полдень.",
    "mojibake": "Завод получил заказ на сорок вагонов. Первые пять сдадут к новому году.",
    "pdf": "Губернатор Андрей Ремизов открыл набережную. Рабочие укладывали плитку два лета, деревья обещают посадить осенью.",
    "docx": "Библиотека продлила часы работы. Читать теперь можно до десяти вечера, и по воскресеньям тоже.",
    "odt": "Аптека в Малых Вязах снова работает. Фармацевт приехала из соседнего района.",
    "eml": "Пресс-служба края сообщает: переправа закрыта на ремонт. Объезд через новый мост.",
    "attached": "Список улиц, где отключат воду, вывесили у подъездов. Работы займут сутки.",
    "sqlite": "Тэсан Моторс построит цех под Новокаменным. Рабочих начнут нанимать весной.",
    "parquet": "Музей купил картину местного художника. Её повесят в большом зале.",
    "warc": "Стадион закрыли на зиму. Каток обещают залить, как только ударят морозы.",
    "zip": "Туристы потеряли тропу и вышли к леснику. Он напоил их чаем и вызвал машину.",
    "tar": "Рыбаки выловили щуку весом в двенадцать килограммов. Её отпустили.",
    "gz": "Школьники посадили аллею из сорока лип. Поливать их взялся первый класс.",
    "zst": "Автобус по маршруту семь пойдёт через рынок. Так просили жители.",
}  # fmt: skip


def titled(kind: str) -> tuple[str, str]:
    """The title of a text and the rest of it."""
    title, _, text = TEXTS[kind].partition(". ")
    return title.split(": ")[-1].capitalize(), text


def article(kind: str, **more: str) -> dict[str, str]:
    title, _ = titled(kind)
    return {"id": f"{kind}-1", "title": title, "text": TEXTS[kind], "date": "2022-08-19"} | more


def _page(kind: str) -> bytes:
    more = {
        "url": f"https://vestnik.example/2021/03/04/{kind}",
        "source": "Вестник",
        "section": "",
        "authors": "",
    }
    return write.html(article(kind, **more))


def _warc() -> bytes:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        "https://gazeta.example/warc", "response", io.BytesIO(_page("warc")), http_headers=headers,
        warc_headers_dict={"WARC-Date": "2022-09-01T10:00:00Z"},
    )  # fmt: skip
    writer.write_record(record)
    return stream.getvalue()


def _atom() -> bytes:
    title, _ = titled("atom")
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>'
        f"Край-ТВ</title><entry><id>urn:atom-1</id><title>{title}</title>"
        f"<updated>2022-08-19T10:00:00Z</updated><content>{TEXTS['atom']}</content></entry></feed>"
    ).encode()


def _newspaper() -> bytes:
    return (
        "Депутаты утвер-\n\nВестник № 34, 19 августа 2022 года\n\nдили бюджет края на три года. "
        "Дольше всего спорили о доро-\nгах к сёлам.\n"
    ).encode()


def _archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in (
            ("туристы-2022-08-18.txt", TEXTS["zip"].encode()),
            ("../выше.txt", b"x"),
        ):
            archive.writestr(zipfile.ZipInfo(name, (2022, 8, 19, 12, 0, 0)), content)
    return stream.getvalue()


def _tar() -> bytes:
    stream = io.BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode="w") as archive:
            content = TEXTS["tar"].encode()
            member = tarfile.TarInfo("рыбаки.txt")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def _mail() -> bytes:
    message = write.eml(article("eml", authors="Пресс-служба края"))
    return write.attached_to(message, "вода.txt", TEXTS["attached"].encode("cp1251"))


def _lines() -> bytes:
    good = article("jsonl", source="Таволга-Информ")
    again = {name: good[name] for name in ("title", "text", "date", "source")}
    rows = [good, again, {"id": "x"}, article("mojibake", id="jsonl-2")]
    rows[3]["text"] = rows[3]["text"].encode().decode("cp1251", "ignore")
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    return "\n".join([*lines, '{"id": 5, "text": '] + [""]).encode()


def files() -> dict[str, bytes]:
    """The files by name."""
    text = {kind: TEXTS[kind] for kind in TEXTS}
    return {
        "archive.jsonl": _lines(),
        "array.json": write.array(article("json", date="2022-08")),
        "table.csv": write.FORMATS["semicolons"](article("csv", date="31.12.2021")),
        "table.tsv": write.FORMATS["tsv"](article("tsv", date="2199-01-01")),
        "page.html": _page("html"),
        "feed.xml": write.rss(article("rss", url="https://kray.example/rss-1", source="Край-ТВ",
                                      section="Спорт", authors="Анна Волкова")),
        "feed.atom": _atom(),
        "newspaper.txt": _newspaper(),
        "windows-1251.txt": text["cp1251"].encode("cp1251"),
        "koi8-r.txt": text["koi8"].encode("koi8-r"),
        "cp866.txt": text["cp866"].encode("cp866"),
        "utf-16.txt": text["utf16"].encode("utf-16"),
        "decoded-wrongly.txt": text["mojibake"].replace("Завод", "Новый завод").encode("cp1251")
        .decode("cp1252").encode(),
        "page.pdf": pdf([[Line(50, 40, "Набережную открыли к осени", 20),
                          *paragraph(50, 90, 200, text["pdf"])]], CreationDate="D:20220820"),
        "document.docx": docx(("Title", titled("docx")[0]), text["docx"]),
        "document.odt": odt(("Title", titled("odt")[0]), text["odt"]),
        "letter.eml": _mail(),
        "base.sqlite": write.sqlite(article("sqlite")),
        "table.parquet": write.parquet(article("parquet")),
        "crawl.warc": _warc(),
        "folder.zip": _archive(),
        "folder.tar.gz": _tar(),
        "text.gz": gzip.compress(text["gz"].encode(), mtime=0),
        "lines.jsonl.zst": zstandard.compress(write.jsonl(article("zst"))),
        "scan.pdf": pdf([[]]),
        "picture.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        "damaged.docx": docx("Мост")[:2000],
        "empty.txt": b"",
    }  # fmt: skip


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files().items():
        (folder / name).write_bytes(content)
