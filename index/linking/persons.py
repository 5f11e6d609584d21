"""Persons: who is who among the names of a corpus.

Names are linked within a surname and the first letter of the given name; a man's and a woman's
surname are two. Names with a given name are persons; one with less in it («Иван Петров») joins
the only fuller one («Иван Иванович Петров») that it fits. Then initials join where one person
is left for them; initials that give a person different patronymics join nobody. What remains
wants the one person of the corpus who has it: a bare surname, a patronymic and a surname, a
given name and a patronymic.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, groupby

import numpy as np

from index.linking.block import Row, looks
from index.linking.person_names import (
    Parts,
    fits,
    is_less,
    less_specific,
    new_initial,
    parts,
    whole,
)
from index.linking.reasons import Reason
from index.linking.spelling import block_id, block_ids, name_id, name_ids, spelling
from index.linking.tally import Tally

FIELD = "person"

Name = tuple[Parts, str, str]
"""Parts, spelling, name."""

_WHOLE = Parts("")


def alone(names: Sequence[str]) -> dict[str, np.ndarray]:
    """The columns of names each of which shares its block with no other."""
    spelt = list(map(spelling, names))
    found = list(map(parts, spelt))
    keys = block_ids(FIELD, map(_shared, spelt, found))
    wanting = [one is not None and _is_wanting(one) for one in found]
    offered = [() if one is None or wants else _offered(one) for one, wants in zip(found, wanting)]
    n_offers = np.fromiter(map(len, offered), np.int64, len(names))
    offers = block_ids(FIELD, chain.from_iterable(offered))
    order = np.lexsort((offers, np.repeat(np.arange(len(names)), n_offers)))
    return {
        "ids": name_ids(FIELD, spelt),
        "keys": keys,
        "ranks": np.array(
            [_worth(one or _WHOLE, *name) for one, *name in zip(found, spelt, names)]
        ),
        "wants": np.where(wanting, keys, np.uint64(0)),
        "met": np.array([_met(one, wants) for one, wants in zip(found, wanting)]),
        "offer_starts": n_offers,
        "offers": offers[order],
    }


def _shared(spelt: str, found: Parts | None) -> str:
    """What the names of a block share."""
    if found is None:
        return f"name {whole(spelt)}"
    if _is_wanting(found):
        return _wanted(found.given, found.more, found.surname, found.suffix)
    letter = found.given[0][0] if found.given else found.initials[0][0][0]
    return f"surname {found.surname}, {letter}"


def _is_wanting(found: Parts) -> bool:
    """Whether a name may be that of persons with any surname or any first letter."""
    return not found.surname or not found.given and not found.initials


def _wanted(given: tuple[str, ...], more: tuple[str, ...], surname: str, suffix: str) -> str:
    return f"{' '.join(given)}|{' '.join(more)}|{surname}|{suffix}"


def _met(found: Parts | None, wants: bool) -> Reason:
    """Why a name that wants somebody is theirs."""
    if not found or not wants:
        return Reason.SPELLING
    return Reason.SURNAME if found.surname else Reason.PATRONYMIC


def _offered(found: Parts) -> Collection[str]:
    """What a person has that shorter names want."""
    if not found.more and not found.suffix:
        return (_wanted((), (), found.surname, ""),)
    patronymic = found.more[-1:] if found.more and not found.more[-1].endswith(".") else ()
    offers = set()
    for suffix in {"", found.suffix}:
        offers.add(_wanted((), (), found.surname, suffix))
        if patronymic:
            offers.add(_wanted((), patronymic, found.surname, suffix))
            offers.add(_wanted(found.given, patronymic, "", suffix))
    return offers


def shorter(name: str, key: int) -> list[str]:
    """Spellings under which articles may have held a person of this name once."""
    return less_specific(spelling(name))


def blocks(tally: Tally) -> Iterator[tuple[int, list[Row]]]:
    """The blocks of a tally by id, each linked."""
    names, members, keys = list(tally.names), [], array("Q")
    for name in names:
        spelt = spelling(name)
        found = parts(spelt)
        members.append(found or _WHOLE)
        keys.append(block_id(FIELD, _shared(spelt, found)))
    order = np.argsort(np.frombuffer(keys, np.uint64), kind="stable").tolist()
    for id, places in groupby(order, keys.__getitem__):
        block = []
        for place in places:
            block.append((members[place], names[place]))
            members[place] = None
        yield id, _linked(id, block, tally.names)


def _linked(key: int, members: list[tuple[Parts, str]], counts: Mapping[str, int]) -> list[Row]:
    first = members[0][0]
    wants = key if first is not _WHOLE and _is_wanting(first) else 0
    names = [(found, spelling(name), name) for found, name in members]
    names.sort(key=_stability)
    nodes: dict[Parts, list[int]] = defaultdict(list)
    for place, (found, *_) in enumerate(names):
        nodes[found].append(place)
    links = _link(nodes) if len(nodes) > 1 else {first: []}
    leaders = _leaders(nodes, links)
    offers: dict[int, tuple[int, ...]] = {}
    if not wants and first is not _WHOLE:
        people = [node for node in nodes if not links[node]]
        for person in people:
            ids = sorted(block_id(FIELD, wanted) for wanted in _offered(person))
            offers[leaders[nodes[person][0]]] = tuple(ids)
    rows = []
    for place, name in enumerate(names):
        found, leader, candidates = name[0], leaders[place], links[name[0]]
        kept: tuple[int, ...] = ()
        if len(candidates) > 1:
            reason = Reason.AMBIGUOUS
            if leader == place:
                kept = tuple(sorted(leaders[nodes[candidate][0]] for candidate in candidates))
        elif not candidates:
            reason = Reason.SPELLING
        else:
            reason = Reason.SHORTER if found.given else Reason.INITIALS
        rows.append(
            Row(
                name[2],
                counts[name[2]],
                name_id(FIELD, name[1]),
                key,
                leader,
                reason,
                _worth(*name),
                kept,
                wants=wants,
                met=_met(found, bool(wants)),
                offers=offers.get(place, ()),
            )
        )
    return rows


def _stability(name: Name) -> tuple:
    """The order of a block. An entity's first name gives it its id, so the names come first
    that a fuller one does not displace: given name and surname."""
    found, spelt, written = name
    level = bool(found.more) if found.given else 2
    return (level, len(found.given), found.more, not _is_natural(found, spelt), spelt, written)


def _worth(found: Parts, spelt: str, name: str) -> int:
    """The rank of a name, comparable across blocks."""
    capital, not_all, some = looks(name)
    looked = (capital << 1 | not_all) << 1 | some
    return (found.fullness << 3 | looked) << 1 | _is_natural(found, spelt)


def _is_natural(found: Parts, spelt: str) -> bool:
    """Whether the surname stands last."""
    return spelt.replace("-", " ").endswith(found.surname)


def _link(nodes: dict[Parts, list[int]]) -> dict[Parts, list[Parts]]:
    """The persons that each name may be one of: none where it is a person by itself."""
    links: dict[Parts, list[Parts]] = {}
    people: list[Parts] = []
    namesakes: dict[tuple, list[Parts]] = defaultdict(list)
    for node in nodes:
        if node.given:
            namesakes[node.given, node.suffix].append(node)
    for same in namesakes.values():
        fuller = {node: [o for o in same if is_less(node.more, o.more)] for node in _short(same)}
        for node in same:
            above = [other for other in fuller.get(node, ()) if not fuller.get(other)]
            links[node] = above
            if not above:
                people.append(node)
    rest = [node for node in nodes if not node.given]
    for node in rest:
        links[node] = [person for person in people if fits(node, person)]
    for node in _contradicting(links, rest):
        links[node] = []
    return links


def _contradicting(links: dict[Parts, list[Parts]], rest: list[Parts]) -> list[Parts]:
    """The names with initials that fit one person whose patronymic is not known and who would
    get two by them."""
    given: dict[Parts, dict[Parts, str]] = defaultdict(dict)
    for node in rest:
        if len(found := links[node]) == 1 and (letter := new_initial(node, found[0])):
            given[found[0]][node] = letter
    return [node for nodes in given.values() if len(set(nodes.values())) > 1 for node in nodes]


def _short(same: list[Parts]) -> list[Parts]:
    """Those of some namesakes that may say less than another of them."""
    longest = max(len(node.more) for node in same)
    return [
        node
        for node in same
        if len(node.more) < longest or any(part.endswith(".") for part in node.more)
    ]


def _leaders(nodes: dict[Parts, list[int]], links: dict[Parts, list[Parts]]) -> list[int]:
    """The place of the row that stands for the entity of each row: its first one."""
    entity = {node: found[0] if len(found) == 1 else node for node, found in links.items()}
    first: dict[Parts, int] = {}
    for node, places in nodes.items():
        target = entity[node]
        first[target] = min(first.get(target, places[0]), places[0])
    leaders = [0] * sum(map(len, nodes.values()))
    for node, places in nodes.items():
        for place in places:
            leaders[place] = first[entity[node]]
    return leaders
