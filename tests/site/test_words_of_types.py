"""The words of a type: what comes in periods is counted and turned by 期, the rest by 份."""

from pathlib import Path

import pytest

from tests.bulletins import FOLDER, TYPE, bulletin_site, notice
from tests.site.look import page

UNDATED = TYPE.replace("period: period\n", "", 1).replace("period ~ '问责通报'", "period ~ '通报'")


@pytest.mark.parametrize(
    ("declaration", "word", "all_of_it"), [(TYPE, "期", "各期数据"), (UNDATED, "份", "全部数据")]
)
def test_words(tmp_path: Path, declaration: str, word: str, all_of_it: str) -> None:
    months = ("2026-09", "2026-10")
    files = {f"{FOLDER}/{month}.yaml": notice(month) for month in months}
    site = bulletin_site(tmp_path, {**files, f"{FOLDER}/_type.yaml": declaration})
    assert site.build().problems == []
    listed = page(site, "bulletins/notices/index.html").words()
    assert f"共 2 {word}" in listed
    assert f"问责通报{all_of_it}" in listed
    assert f"{all_of_it}（CSV）" in listed
    assert f"上一{word}" in page(site, "bulletins/notices/2026-10.html").words()
    assert f"下一{word}" in page(site, "bulletins/notices/2026-09.html").words()
