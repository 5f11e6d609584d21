"""Word lists of the grammar of names: particles, suffixes, surnames that stand first."""

import re

SURNAME_PARTICLES = frozenset(
    """
 де да ди дю дель делла дела ла ле лос дос душ ду дас ван вон дер ден тер фон цу цур
 бен бин ибн бинт аль эль ас аш ад ат ар ан аз абу умм абд абдул сан сен мак
 de da di du del della la le los dos van von der den ter zu ben bin ibn al el mac
 """.split()
)
"""Words that open a surname: де ла Круа, фон Берг, бин Ладен, Ле Пен."""

ARTICLES = frozenset("аль эль ас аш ад ат ар ан аз ал ет".split())
"""Arabic articles that a hyphen ties to the word after them: аль-Халиди."""

PATRONYMIC_PARTICLES = frozenset("оглы оглу кызы гызы улы уулу кзы".split())
"""Words that make the name before them a patronymic: Гейдар оглы, Рашид кызы."""

PATRONYMIC_ENDING = re.compile(
    r"(?:ов|ев|ёв|ь|и|н|м|ф|т|к|л)ич(?:а|у|ем|е)?$"
    r"|(?:овн|евн|ёвн|ичн)(?:а|ы|е|у|ой|ою)$"
    r"|[а-яёәіңғүұқөһ]{3,}(?:улы|ұлы|кызы|қызы|гызы)$"
)
"""Endings of a patronymic in any case."""

TURKIC_PATRONYMIC = re.compile("...(?:улы|ұлы|кызы|қызы|гызы)$")
"""A patronymic in one word, of a Turkic name: Ерланулы."""

SURNAME_ENDING = re.compile(
    r"(?:ов|ев|ёв|ин|ын|ск|цк)(?:а|у|ым|ой|ий|ого|ому|им|ая|ую|ом)?$"
    r"|(?:ко|дзе|швили|яна?|яну|яном|[ыи]х|чук|юк)$"
)
"""Endings that hardly any word but a surname has."""

GENERATION = re.compile(
    r"(?:^|[-‐‑])(?:(младш|старш)(?:ий|его|ему|им|ем|ая|ей|ую)|(мл|ст|jr|sr)\.?)$", re.IGNORECASE
)
"""A word after a name, or tied to it by a hyphen, that tells namesakes of a family apart."""

GENERATIONS = {
    "младш": "младший", "мл": "младший", "старш": "старший", "ст": "старший",
    "jr": "Jr", "sr": "Sr",
}  # fmt: skip
"""How such a word is written, by what the pattern finds."""

EASTERN_SURNAMES = frozenset(
    """
 ван ли чжан лю чэнь чжао хуан чжоу сюй сунь ху чжу гао линь хэ го ма лян сун чжэн се хань
 тан фэн юй дун сяо чэн цао юань дэн фу шэнь цзэн пэн люй су лу цзян цай цзя дин вэй сюэ янь
 пань ду дай ся чжун тянь жэнь цзинь фань ши яо тань ляо цзоу сюн лэй хоу лун дуань хао кун шао
 мао чан вань цянь инь си вэнь ни бо ло
 ким пак чхве цой чон чжон кан чо чжо юн лим им хан со син квон хван ан сон ю хон пан мун но ро
 чу нам ри о
 нгуен чан ле фам хоанг хюинь фан ву во данг буй до хо нго зыонг динь лыонг чыонг
 """.split()
)
"""Chinese, Korean and Vietnamese surnames, which stand before the given name."""

_SYLLABLE = (
    r"(?:чжх|чж|цз|нг|дж|тх|кх|чх|хв|кв|гв|тр|[бвгджзклмнпрстфхцчшй])?ь?"
    r"(?:[аоуэыиеёюя]{1,2}|[ию]а|уэ|ы[ое])(?:й|нь|нг|н|м|к|г|п|т|р|ль|л|о)?"
)
ONE_SYLLABLE = re.compile(f"{_SYLLABLE}$")
"""One syllable of an East Asian given name: Чен, Ын, Чжон, Тхи."""

CHINESE_GIVEN = re.compile(
    r"(?:(?:чж|цз|[бпмфдтнлгкхцсчшжйвр])?"
    r"(?:яо|янь|ян|юань|юань|юэ|юнь|юн|юй|ю|ия|я|ие|инь|ин|и|уань|уан|уай|уа|уй|унь|ун|у|"
    r"ань|ан|ай|ао|а|энь|эн|эй|э|ей|е|оу|о)){1,2}$"
)
"""A Chinese given name of one or two syllables as the Palladius system writes it."""
