"""Charts in words: what those who cannot see a chart are told of it."""

from pathlib import Path

from softsite.plan.chartview import Series, described
from tests.bulletins import FOLDER, bulletin_site, notice


def test_all_series_are_named_and_what_is_missing_is_said() -> None:
    two = (Series("承诺", ("1200", "4")), Series("兑现", ("3", "")))
    assert described("bars", ("甲", "乙"), "项", two) == "承诺：甲 1,200项，乙 4项；兑现：甲 3项，乙 无数据。"


def test_of_many_figures_the_ends_are_named() -> None:
    labels = tuple(f"第{n}" for n in range(30))
    values = tuple("" if n in (3, 4) else str((n * 7) % 30) for n in range(30))
    assert (
        described("bars", labels, "人", (Series("人数", values),))
        == "共 30 项，最大的是第17 29人，最小的是第0 0人，2 项无数据。"
    )
    assert described("line", labels, "人", (Series("人数", values),)).endswith(
        "最早的是第0 0人，最近的是第29 23人，2 项无数据。"
    )


def test_a_trend_is_told_and_drawn_by_the_names_of_its_periods(tmp_path: Path) -> None:
    site = bulletin_site(tmp_path, {f"{FOLDER}/2026-{m}.yaml": notice(f"2026-{m}") for m in ("03", "05")})
    assert site.build().good
    html = site.read("bulletins/notices/index.html")
    assert "通报人数：2026年3月 25人，2026年4月 无数据，2026年5月 25人。</desc>" in html
    assert ">3月</text>" in html
