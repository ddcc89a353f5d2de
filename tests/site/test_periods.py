"""Periods: a bulletin is compared with the one of the period just before, and stands in the order of periods."""

import json
from pathlib import Path

from tests.bulletins import FOLDER, TYPE, bulletin_site, notice
from tests.site.look import BASE, page
from tests.support import Files, Site

PLACE = "bulletins/notices"
LAST_MONTH = TYPE.replace(
    "required: true, min: 1}\n",
    "required: true, min: 1}\n"
    '      - {name: before, label: 上月人数, kind: integer, value: "find(previous.ranks, rank=rank).people"}\n',
)  # fmt: skip


def built(root: Path, *months: str, more: Files | None = None) -> Site:
    """A site with notices of these months."""
    files = {f"{FOLDER}/{month}.yaml": notice(month) for month in months}
    site = bulletin_site(root, {f"{FOLDER}/_type.yaml": LAST_MONTH, **files, **(more or {})})
    assert site.build().good
    return site


def test_the_month_just_before_is_compared(tmp_path: Path) -> None:
    site = built(tmp_path, "2026-09", "2026-10")
    found = page(site, f"{PLACE}/2026-10.html").words()
    assert "与2026年9月持平" in found
    assert "与上期比较" in found
    assert json.loads(site.read(f"{PLACE}/2026-10.json"))["data"]["ranks"][0]["before"] == 2


def test_nothing_older_takes_its_place(tmp_path: Path) -> None:
    draft = {f"{FOLDER}/2026-09.yaml": notice("2026-09", more="草稿: 是\n")}
    site = built(tmp_path, "2026-08", "2026-10", more=draft)
    found = page(site, f"{PLACE}/2026-10.html").words()
    assert "持平" not in found
    assert "与上期比较" not in found
    data = json.loads(site.read(f"{PLACE}/2026-10.json"))["data"]
    assert data["rise"] is None
    assert [row["before"] for row in data["ranks"]] == [None, None, None]


def test_a_later_bulletin_that_waits_is_checked_against_the_period_before(tmp_path: Path) -> None:
    check = "  - {that: people == previous.people, says: 与上月不一致}\n"
    waiting = notice("2026-10", (2, 5, 19), more="定时发布: 2027-01-01\n")
    site = built(tmp_path, "2026-08", "2026-09")
    site.write({f"{FOLDER}/_type.yaml": LAST_MONTH.replace("charts:\n", check + "charts:\n", 1),
                f"{FOLDER}/2026-10.yaml": waiting})  # fmt: skip
    assert site.codes() == ["sum-differs"]


def test_neighbours_follow_the_periods_and_not_the_day_of_publication(tmp_path: Path) -> None:
    late = {f"{FOLDER}/2026-08.yaml": notice("2026-08").replace("日期: 2026-08-28", "日期: 2026-11-20", 1)}
    site = built(tmp_path, "2026-09", "2026-10", more=late)
    turns = {
        month: [
            (link.get("rel"), link.get("href"))
            for link in page(site, f"{PLACE}/{month}.html").all("a")
            if link.get("rel") in ("prev", "next")
        ]
        for month in ("2026-08", "2026-09", "2026-10")
    }
    assert turns == {
        "2026-08": [("next", f"{BASE}{PLACE}/2026-09.html")],
        "2026-09": [("prev", f"{BASE}{PLACE}/2026-08.html"), ("next", f"{BASE}{PLACE}/2026-10.html")],
        "2026-10": [("prev", f"{BASE}{PLACE}/2026-09.html")],
    }
