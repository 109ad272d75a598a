from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from premod.reader.marking import marked_pieces

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: (pair[0], pair[0] + pair[1])))


@given(st.text(max_size=30), SPANS)
def test_the_pieces_joined_are_the_text(text: str, spans: list[tuple[int, int]]):
    assert "".join(piece.text for piece in marked_pieces(text, spans)) == text


@given(st.text(max_size=30), SPANS)
def test_exactly_the_characters_of_a_span_are_marked(text: str, spans: list[tuple[int, int]]):
    marked = [piece.marked for piece in marked_pieces(text, spans) for _ in piece.text]
    assert marked == [any(start <= place < end for start, end in spans) for place in range(len(text))]
