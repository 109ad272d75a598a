from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from premod.comments.marking import marked_pieces

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 10), st.sampled_from(["threat", "profanity"])).map(
        lambda span: (span[0], span[0] + span[1], span[2])
    )
)


@given(st.text(max_size=30), SPANS)
def test_the_pieces_joined_are_the_text(text: str, spans: list[tuple[int, int, str]]):
    assert "".join(piece.text for piece in marked_pieces(text, spans)) == text


@given(st.text(max_size=30), SPANS)
def test_exactly_the_characters_of_a_span_are_marked(text: str, spans: list[tuple[int, int, str]]):
    marked = [bool(piece.labels) for piece in marked_pieces(text, spans) for _ in piece.text]
    assert marked == [any(start <= place < end for start, end, _ in spans) for place in range(len(text))]
