"""Search: the borders between segments, groups and parts; a document more moves few of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softsite.plan.search import BY_GROUP, BY_PART, BY_SEGMENT, Border, borders, cut

BORDERS = (BY_SEGMENT, BY_GROUP, BY_PART)


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
    before = set(map(tuple, cut(items, str, BY_SEGMENT)))
    after = set(map(tuple, cut([*items[:place], "new.md", *items[place:]], str, BY_SEGMENT)))
    assert len(after - before) <= 8


@given(count=st.integers(1, 20_000))
def test_one_range_more_halves_one_and_leaves_the_others(count: int) -> None:
    before, after = borders(count), borders(count + 1)
    assert len(before) == count
    assert before[0] == 0
    assert before == sorted(before)
    assert set(before) < set(after)
    assert len(after) == count + 1
