from hypothesis import example, given
from hypothesis import strategies as st

from index.segment.pieces import AT_ONCE, PieceNumbers
from index.sentences import LINE_BREAK

TEXTS = st.lists(
    st.text(st.sampled_from("аб\n \t\x1c\u2028\x85A\U0001f600\ud800") | st.characters())
)
LONG = "б" * AT_ONCE
MANY = " ".join(f"слово{number}" for number in range(1 << 15))


def split(text: str) -> list[str]:
    return text.replace("\n", f" {LINE_BREAK} ").split()


@given(st.lists(TEXTS))
@example([["", " \n "], [], ["ab 扡"]])
@example([[f"{LONG} {LONG}а {LONG}", f"а{LONG} {LONG}а {LONG}"]])
@example([[MANY], [MANY[::-1], MANY], [f"{MANY} новое {MANY}"]])
def test_pieces_are_what_stands_between_white_space_numbered_as_they_come(runs):
    known: dict[str, int] = {}
    pieces = PieceNumbers()
    for texts in runs:
        expected = [split(text) for text in texts]
        numbers, counts, new = pieces.of(texts)
        before = len(known)
        assert numbers.tolist() == [
            known.setdefault(piece, len(known)) for found in expected for piece in found
        ]
        assert counts.tolist() == [len(found) for found in expected]
        assert new == list(known)[before:]
        assert len(pieces) == len(known)
