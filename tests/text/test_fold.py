"""Fold: what the other script, full width and capitals make of a text is the same text to who searches."""

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from softsite.text.fold import FILE, folded, pairs, units
from tests.text.variants import families

SENTENCE = "关于征地的干部怎么并没有发展后面里头的台湾头发、面条、了解、余先生、岳飞、皇后、游行、制造、钟表、松树、系统、几乎"


def test_the_table_is_what_the_dictionaries_say_now() -> None:
    assert FILE.read_text(encoding="utf-8").split() == families(), "python -m tests.text.variants"


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_the_other_script_folds_to_the_same(config: str) -> None:
    other = opencc.OpenCC(config).convert(SENTENCE)
    assert other != SENTENCE
    assert folded(other) == folded(SENTENCE)


def test_width_and_capitals() -> None:
    assert folded("ＧＤＰ：３％，“甲”É") == 'gdp:3%,"甲"é'


def test_the_table_is_of_single_units_and_folding_twice_is_folding_once() -> None:
    sources, targets = pairs()
    assert len(sources) == len(targets) == len(sources.encode("utf-16-le")) // 2
    assert folded(targets) == targets


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_folded_unit_by_unit(text: str) -> None:
    data = text.encode("utf-16-le")
    made = [units()[int.from_bytes(data[n : n + 2], "little")] for n in range(0, len(data), 2)]
    assert b"".join(unit.to_bytes(2, "little") for unit in made).decode("utf-16-le") == folded(text)
