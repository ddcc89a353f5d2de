"""Charts: well-formed SVG without script or style, small, exact, and told in words to those who do not see it."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from softsite.plan.chartview import ChartView, Series
from softsite.render.charts import draw
from softsite.render.charts.draw import svg

KINDS = ("bars", "line", "share", "spark")
DRAWN = KINDS[:3]
SVG = "{http://www.w3.org/2000/svg}"
MONTHS = tuple(f"2026年{month}月" for month in range(1, 13))

figures = st.one_of(
    st.just(""),
    st.decimals(-(10**9), 10**9, places=2).map(lambda value: f"{value:f}"),
    st.integers(-(10**6), 10**6).map(str),
)


@st.composite
def views(draw: st.DrawFn) -> ChartView:
    """Charts of any kind, with labels and values of any kind."""
    labels = draw(st.lists(st.text(max_size=80), min_size=1, max_size=60))
    series = draw(
        st.lists(
            st.builds(
                Series,
                st.text(max_size=80),
                st.lists(figures, min_size=len(labels), max_size=len(labels)).map(tuple),
            ),
            min_size=1,
            max_size=8,
        )
    )
    kind = draw(st.sampled_from(KINDS))
    words = st.text(max_size=1500)
    return ChartView(kind, draw(words), draw(words), draw(words), tuple(labels), tuple(series), "a1-2")


def view(
    kind: str, labels: Sequence[str], *values: Sequence[str], unit: str = "件", name: str = "受理"
) -> ChartView:
    """A chart whose series are called `受理1`, `受理2` and so on."""
    series = tuple(Series(f"{name}{n}", tuple(row)) for n, row in enumerate(values, 1))
    return ChartView(kind, "各月受理", "全年受理情况。", unit, tuple(labels), series, "a1")


def parsed(chart: ChartView) -> etree._Element:
    return etree.fromstring(svg(chart).encode())


def all_of(root: etree._Element, name: str) -> list[etree._Element]:
    """Elements by name, outside definitions."""
    return [
        each
        for each in root.iter(SVG + name)
        if not any(up.tag == SVG + "defs" for up in each.iterancestors())
    ]


def texts(chart: ChartView) -> list[str]:
    return [each.text or "" for each in all_of(parsed(chart), "text")]


def number(element: etree._Element, name: str) -> Decimal:
    """An attribute without its unit; 0 when it is not there."""
    return Decimal(re.sub("%|em", "", element.get(name, "0")))


def bars(chart: ChartView) -> list[etree._Element]:
    """The bars of a chart, without the fields of its legend."""
    return [each for each in all_of(parsed(chart), "rect") if each.get("width", "").endswith("%")]


def points(chart: ChartView) -> list[list[tuple[float, float]]]:
    return [
        [(float(x), float(y)) for x, y in (pair.split(",") for pair in each.get("points", "").split())]
        for each in all_of(parsed(chart), "polyline")
    ]


# What holds for every chart


@settings(max_examples=150, deadline=None)
@given(views())
def test_every_chart_is_small_well_formed_and_passive(chart: ChartView) -> None:
    made = svg(chart)
    assert len(made.encode()) < 15_000
    root = etree.fromstring(made.encode())
    assert root.get("role") == "img"
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert all(str(name).startswith("s-a1-2-") for name in ids)
    told = root.get("aria-labelledby", "").split()
    assert [etree.QName(each).localname for each in root if each.get("id") in told] == ["title", "desc"]
    for each in root.iter():
        assert etree.QName(each).localname not in ("style", "script", "foreignObject", "image", "a")
        for key, value in each.attrib.items():
            assert key != "style"
            assert not str(key).startswith("on")
            assert key != "href" or value in [f"#{name}" for name in ids]


def test_the_same_view_is_the_same_bytes_in_every_process() -> None:
    code = (
        "from softsite.plan.chartview import ChartView, Series\n"
        "from softsite.render.charts.draw import svg\n"
        "rows = tuple(Series(str(n), tuple(str(n * k % 17) for k in range(50))) for n in range(1, 4))\n"
        f"for kind in {KINDS}:\n"
        "    print(svg(ChartView(kind, 't', 'd', 'u', tuple(map(str, range(50))), rows, 'a')))\n"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


@pytest.mark.parametrize("kind", DRAWN)
def test_words_are_escaped(kind: str) -> None:
    evil = "<script>\"&'</script>"
    chart = ChartView(kind, evil, evil, evil, (evil,), (Series(evil, ("3",)), Series("乙", ("4",))), "a1")
    assert "<script" not in svg(chart)
    root = parsed(chart)
    assert root.findtext(SVG + "title") == evil
    assert root.findtext(SVG + "desc") == evil


@pytest.mark.parametrize("kind", KINDS)
def test_title_and_description_are_the_views(kind: str) -> None:
    root = parsed(view(kind, MONTHS[:3], ("1", "2", "3")))
    assert root.findtext(SVG + "title") == "各月受理"
    assert root.findtext(SVG + "desc") == "全年受理情况。"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("values", [("",), ("", "")])
def test_a_chart_without_figures_says_so(kind: str, values: tuple[str, ...]) -> None:
    chart = view(kind, MONTHS[: len(values)], values)
    assert texts(chart) == ([] if kind == "spark" else ["暂无数据"])


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("values", [("0", "0", "0"), ("7",), ("-7", "", "0"), ("", "5", "")])
def test_odd_figures_are_drawn_and_shown(kind: str, values: tuple[str, ...]) -> None:
    assert set(filter(None, values)) <= set(texts(view(kind, MONTHS[: len(values)], values)))


def test_coordinates_have_at_most_two_decimals() -> None:
    made = "".join(svg(view(kind, MONTHS[:7], [str(n * n) for n in range(7)])) for kind in KINDS)
    assert not re.search(r"\.\d{3}", made)
    assert not re.search(r"\d\.\d\d%", made)


@pytest.mark.parametrize("kind", DRAWN)
def test_figures_keep_all_their_digits(kind: str) -> None:
    assert "1,234,567.50" in texts(view(kind, ["甲", "乙"], ("3", "1234567.50")))


@pytest.mark.parametrize("kind", DRAWN)
def test_the_unit_is_said_once(kind: str) -> None:
    assert [each for each in texts(view(kind, MONTHS[:2], ("3", "4"), unit="万元")) if "万元" in each] == [
        "单位：万元"
    ]


def test_forbidden_characters_become_replacements() -> None:
    assert "甲\ufffd" in texts(view("bars", ["甲\x01"], ("1",)))


# Bars


def test_a_figure_twice_as_large_has_a_bar_twice_as_long() -> None:
    small, large = bars(view("bars", ["甲", "乙"], ("21.5", "43")))
    assert number(large, "width") == 2 * number(small, "width") == 100


def test_bars_of_all_series_have_one_scale() -> None:
    widths = [number(each, "width") for each in bars(view("bars", ["甲", "乙"], ("10", "20"), ("5", "40")))]
    assert widths == [25, 50, Decimal("12.5"), 100]


def test_bars_below_zero_end_where_others_begin() -> None:
    below, above = bars(view("bars", ["甲", "乙"], ("-10", "30")))
    assert [number(below, "x"), number(below, "width")] == [0, 25]
    assert [number(above, "x"), number(above, "width")] == [25, 75]


def test_a_missing_figure_has_no_bar_and_a_dash() -> None:
    chart = view("bars", ["甲", "乙"], ("", "30"))
    assert len(bars(chart)) == 1
    assert "—" in texts(chart)


def test_a_long_label_is_wrapped_not_cut() -> None:
    label = "城关街道办事处及所属十二个社区工作站便民服务点"
    lines = texts(view("bars", [label], ("3",)))[1:-1]
    assert len(lines) > 1
    assert "".join(lines) == label


def test_closing_signs_do_not_begin_a_line() -> None:
    lines = texts(view("bars", ["一二三四五六七八九十一二三四五，六七八九十"], ("3",)))
    assert not any(line.startswith("，") for line in lines)


def test_forty_bars_are_all_drawn() -> None:
    assert len(bars(view("bars", [f"第{n}村" for n in range(40)], [str(n + 1) for n in range(40)]))) == 40


def test_of_more_than_forty_the_largest_are_drawn_and_the_others_summed() -> None:
    chart = view("bars", [f"第{n}村" for n in range(1, 61)], [f"{n}.1" for n in range(1, 61)])
    said = texts(chart)
    assert "第21村" not in said
    assert "第22村" in said
    assert said[1:40] == [f"第{n}村" for n in range(22, 61)]
    assert "其余 21 项" in said
    assert "233.1" in said  # 1.1 + 2.1 + … + 21.1
    assert "其余 21 项" in (parsed(chart).findtext(SVG + "desc") or "")


def test_long_labels_give_way_before_bars_do() -> None:
    chart = view(
        "bars", ["城关街道办事处及所属社区" * 6 + str(n) for n in range(40)], [str(n + 1) for n in range(40)]
    )
    assert len(bars(chart)) == 40
    assert len(svg(chart).encode()) < draw.LIMIT


def test_figures_that_no_chart_can_hold_are_left_to_the_table() -> None:
    chart = view("bars", ["甲"], ("9" * 20_000,))
    assert "".join(texts(chart)) == draw.TOO_LARGE


def test_series_differ_by_hatch_and_have_a_legend() -> None:
    chart = view("bars", ["甲"], ("1",), ("2",), ("3",))
    groups = [each for each in all_of(parsed(chart), "g") if each.find(SVG + "rect") is not None]
    assert [group.get("fill") for group in groups] == [None, "url(#s-a1-2)", "url(#s-a1-3)"]
    assert {"受理1", "受理2", "受理3"} <= set(texts(chart))


# Lines


def test_points_stand_in_order_and_to_scale() -> None:
    (line,) = points(view("line", MONTHS[:5], ("0", "25", "100", "50", "75")))
    assert line == [(0, 100), (25, 75), (50, 0), (75, 50), (100, 25)]


def test_a_line_is_broken_where_a_figure_is_missing() -> None:
    chart = view("line", MONTHS[:7], ("1", "2", "", "3", "", "4", "5"))
    assert [len(line) for line in points(chart)] == [2, 2]
    assert len(all_of(parsed(chart), "use")) == 5


def test_first_last_and_highest_are_written() -> None:
    said = texts(view("line", MONTHS, "312 287 198 164 356 402 388 441 467 520 498 503".split()))
    assert {"312", "503", "520"} <= set(said)
    assert not {"287", "198", "164", "388"} & set(said)


def test_a_scale_that_does_not_begin_at_zero_says_so() -> None:
    assert "单位：%；纵轴从 96 起" in texts(view("line", MONTHS[:3], ("96.1", "97.8", "98.2"), unit="%"))
    assert "单位：%" in texts(view("line", MONTHS[:3], ("72", "97.8", "98.2"), unit="%"))


def test_names_below_are_as_many_as_fit_and_hold_the_ends() -> None:
    labels = [f"2026年{n}月" for n in range(1, 13)] * 5
    root = parsed(view("line", labels, [str(n) for n in range(60)]))
    (narrow,) = (each for each in all_of(root, "g") if "narrow" in each.get("class", ""))
    few = [each.text for each in narrow]
    assert few[0] == "1月"
    assert few[-1] == "12月"
    assert 2 <= len([each for each in few if each and each.endswith("月")]) <= 6


def test_the_year_stands_where_it_changes() -> None:
    said = texts(view("line", ["2025年11月", "2025年12月", "2026年1月"], ("5", "4", "7")))
    assert [each for each in said if "年" in each] == ["2025年", "2026年"]


def test_lines_differ_by_sign_and_stroke() -> None:
    root = parsed(view("line", MONTHS[:3], ("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9")))
    signs = {each.get("href") for each in all_of(root, "use")}
    strokes = [
        each.get("stroke-dasharray") for each in all_of(root, "g") if each.find(SVG + "polyline") is not None
    ]
    assert len(signs) == 3
    assert len(set(strokes)) == 3


def test_last_figures_that_would_meet_are_moved_apart() -> None:
    root = parsed(view("line", MONTHS[:2], ("100", "200"), ("90", "201"), ("80", "202")))
    ends = [each for each in all_of(root, "svg") if each.get("x") == "100%"]
    heights = sorted(number(each, "y") for end in ends for each in end.iter(SVG + "text"))
    assert min(b - a for a, b in pairwise(heights)) >= 1


def test_a_line_of_very_many_points_is_thinned() -> None:
    chart = view("line", [str(n) for n in range(1000)], [str(n) for n in range(1000)])
    (line,) = points(chart)
    assert len(line) == draw.MOST_POINTS
    assert (line[0][0], line[-1][0]) == (0, 100)
    assert "1000 个数据点" in (parsed(chart).findtext(SVG + "desc") or "")


# Parts of a whole


def test_parts_fill_the_bar_in_order() -> None:
    rects = bars(view("share", ["甲", "乙", "丙"], ("5", "3", "2")))
    assert [number(each, "x") for each in rects] == [0, 50, 80]
    assert [number(each, "width") for each in rects] == [50, 30, 20]


def test_each_part_has_name_figure_and_percentage() -> None:
    said = texts(view("share", ["甲", "乙", "丙"], ("1", "2", "6000")))
    assert {"甲", "乙", "丙", "6,000", "100.0%", "<0.1%"} <= set(said)


def test_what_is_no_part_has_no_percentage() -> None:
    said = texts(view("share", ["甲", "乙", "丙"], ("", "-2", "5")))
    assert said.count("—") == 3
    assert said.count("100.0%") == 2


def test_of_many_parts_the_smallest_are_one() -> None:
    chart = view("share", [f"类别{n}" for n in range(12)], [str(100 - n) for n in range(12)])
    assert len(bars(chart)) == draw.MOST_PARTS
    assert "其余 5 项" in texts(chart)


# Sparks


def test_a_spark_has_a_line_and_no_words() -> None:
    chart = view("spark", MONTHS, [str(n) for n in range(12)])
    assert (parsed(chart).get("width"), parsed(chart).get("height")) == ("120", "32")
    assert len(points(chart)[0]) == 12
    assert texts(chart) == []
    assert len(svg(chart)) < 1000


def test_a_spark_of_equal_figures_runs_through_the_middle() -> None:
    (line,) = points(view("spark", MONTHS[:3], ("4", "4", "4")))
    assert {y for _, y in line} == {16}
