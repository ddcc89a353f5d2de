"""Lines of a value: a break between Han characters is none, as in articles; a full-width sign begins a text too."""

from pathlib import Path

import pytest

from tests.bulletins import FOLDER, bulletin_site, notice
from tests.site.look import page
from tests.support import article

OCTOBER = f"{FOLDER}/2026-10.yaml"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("甲乙\n  丙丁", "甲乙丙丁"), (">\n  甲乙\n  丙，\n  丁", "甲乙丙，丁"), ("|\n  甲乙\n  丙丁", "甲乙丙丁"), ("'甲乙\n  丙丁'", "甲乙丙丁"),
        ('"甲乙\n  丙丁"', "甲乙丙丁"), ("甲 乙\n  丙丁", "甲 乙丙丁"), ("甲乙\n  abc\n  def\n  丙", "甲乙 abc def 丙"),
        ("｜\n  甲乙\n  丙丁", "甲乙丙丁"), ("＞\n  甲乙\n  丙丁", "甲乙丙丁"), ("甲\n  乙\n  甲 乙", "甲乙甲 乙"),
    ],
)  # fmt: skip
def test_lines_of_a_value_are_joined(tmp_path: Path, title: str, shown: str) -> None:
    files = {OCTOBER: notice(more=f"标题: {title}\n"), "content/policy/a.md": article(title)}
    site = bulletin_site(tmp_path, files)
    assert site.build().problems == []
    for path in ("bulletins/notices/2026-10.html", "policy/a.html"):
        assert page(site, path).meta("ArticleTitle") == shown


def test_lines_of_a_cell_are_joined(tmp_path: Path) -> None:
    case = "  - 单位: 县乙\n      住建局\n    处理日期: 2026-10-06\n    公示截止: 2027-01-01\n"
    site = bulletin_site(tmp_path, {OCTOBER: notice(cases=case)})
    assert site.build().problems == []
    assert "县乙住建局" in site.read("bulletins/notices/2026-10.html")


def test_a_long_text_after_a_full_width_sign(tmp_path: Path) -> None:
    site = bulletin_site(tmp_path, {OCTOBER: notice(more="说明：｜\n  要求：**甲**\n\n  - 乙\n")})
    assert site.build().problems == []
    html = site.read("bulletins/notices/2026-10.html")
    assert "<p>要求：<strong>甲</strong></p>" in html
    assert "<li>乙</li>" in html
