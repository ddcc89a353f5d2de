"""Search: the borders between segments, groups and parts; a document more moves few of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softsite.plan.search import GROUPS, PARTS, SEGMENTS, Border, cut

BORDERS = (SEGMENTS, GROUPS, PARTS)


@pytest.mark.parametrize("border", BORDERS)
@given(count=st.integers(0, 1000))
def test_runs_hold_everything_in_order_and_no_run_is_too_long(border: Border, count: int) -> None:
    items = [f"{n}.md" for n in range(count)]
    made = list(cut(items, str, border))
    assert [each for run in made for each in run] == items
    assert all(0 < len(run) <= border.most for run in made)
    assert all(len(run) >= border.least for run in made[:-1])


@given(place=st.integers(0, 5000))
def test_a_document_more_changes_few_segments(place: int) -> None:
    items = [f"{n}.md" for n in range(5000)]
    before = set(map(tuple, cut(items, str, SEGMENTS)))
    after = set(map(tuple, cut([*items[:place], "new.md", *items[place:]], str, SEGMENTS)))
    assert len(after - before) <= 8
