"""Persons: who is who among the names of a corpus.

Names are linked within a surname; a man's and a woman's surname are two. Names with a given name
are persons; one with less in it («Иван Петров») joins the only fuller one («Иван Иванович
Петров») that it fits. Then initials, then bare surnames join where one person is left for them.
Initials that give a person different patronymics join nobody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from index.linking.block import Row, alone, looks, ranks
from index.linking.person_names import Parts, fits, is_less, new_initial, parts
from index.linking.reasons import Reason
from index.linking.spelling import block_id, name_id, spelling
from index.linking.tally import Tally

FIELD = "person"

Name = tuple[Parts, str, str]
"""Parts, spelling, name."""


def key(name: str) -> int:
    """The block of a name: names with another surname are never linked with it."""
    spelt = spelling(name)
    return _key(spelt, parts(spelt))


def _key(spelt: str, found: Parts | None) -> int:
    return block_id(FIELD, f"surname {found.surname}" if found else f"name {spelt}")


def blocks(tally: Tally) -> Iterator[tuple[int, list[Row]]]:
    """The blocks of a tally by id, each linked."""
    members: dict[int, list[tuple[Parts, str]]] = defaultdict(list)
    keys: dict[str, int] = {}
    whole = Parts("")
    for name in tally.names:
        spelt = spelling(name)
        found = parts(spelt)
        if found is None:
            id = _key(spelt, None)
        elif (id := keys.get(found.surname)) is None:
            id = keys[found.surname] = _key(spelt, found)
        members[id].append((found or whole, name))
    for id in sorted(members):
        yield id, _linked(id, members.pop(id), tally.names)


def _linked(key: int, members: list[tuple[Parts, str]], counts: Mapping[str, int]) -> list[Row]:
    if len(members) == 1:
        ((_, name),) = members
        return alone(name, counts[name], name_id(FIELD, spelling(name)), key)
    names = [(found, spelling(name), name) for found, name in members]
    names.sort(key=_stability)
    nodes: dict[Parts, list[int]] = defaultdict(list)
    for place, (found, *_) in enumerate(names):
        nodes[found].append(place)
    links = _link(nodes)
    leaders = _leaders(nodes, links)
    worth = ranks([
        (found.fullness, looks(name), _is_natural(found, spelt)) for found, spelt, name in names
    ])  # fmt: skip
    rows = []
    for place, (found, spelt, name) in enumerate(names):
        candidates = links[found]
        kept: tuple[int, ...] = ()
        if len(candidates) > 1:
            reason = Reason.AMBIGUOUS
            kept = tuple(sorted(leaders[nodes[candidate][0]] for candidate in candidates))
        elif not candidates:
            reason = Reason.SPELLING
        elif found.given:
            reason = Reason.SHORTER
        else:
            reason = Reason.INITIALS if found.initials or found.more else Reason.SURNAME
        id = name_id(FIELD, spelt)
        rows.append(Row(name, counts[name], id, key, leaders[place], reason, worth[place], kept))
    return rows


def _stability(name: Name) -> tuple:
    """The order of a block. An entity's first name gives it its id, so the names come first
    that a fuller one does not displace: given name and surname."""
    found, spelt, written = name
    level = bool(found.more) if found.given else 2 if found.initials or found.more else 3
    return (level, len(found.given), found.more, not _is_natural(found, spelt), spelt, written)


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
    by_letter: dict[str, list[Parts]] = defaultdict(list)
    for person in people:
        by_letter[person.given[0][0]].append(person)
    rest = [node for node in nodes if not node.given]
    for node in rest:
        if node.initials or node.more:
            among = by_letter[node.initials[0][0][0]] if node.initials else people
            links[node] = [person for person in among if fits(node, person)]
    for node in _contradicting(links, rest):
        links[node] = []
    people += [node for node in rest if links.get(node) == []]
    for node in rest:
        if node not in links:
            links[node] = [
                person for person in people if not node.suffix or node.suffix == person.suffix
            ]
    return links


def _contradicting(links: dict[Parts, list[Parts]], rest: list[Parts]) -> list[Parts]:
    """The names with initials that fit one person whose patronymic is not known and who would
    get two by them."""
    given: dict[Parts, dict[Parts, str]] = defaultdict(dict)
    for node in rest:
        if len(found := links.get(node, ())) == 1 and (letter := new_initial(node, found[0])):
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
