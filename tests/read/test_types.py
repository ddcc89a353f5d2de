"""The types that come with softsite: eleven, each in order, each with data of several periods in the sample site."""

import shutil
from pathlib import Path

import pytest

from softsite.problems import as_text
from softsite.read.declaration import builtin_types, declaration
from softsite.read.declared import BulletinType
from softsite.read.review import FUNCTIONS
from softsite.text.expression import CALL
from tests.support import SITE, Site, make_site

REPOSITORY = Path(__file__).parents[2]
TYPES = builtin_types()


def loaded(slug: str) -> BulletinType:
    made, problems = declaration(TYPES[slug].read_bytes(), slug, f"softsite/types/{slug}.yaml")
    assert made is not None, "\n".join(as_text(each, "zh") for each in problems)
    return made


def test_all_eleven_are_there() -> None:
    assert sorted(TYPES) == [
        "appraisals", "approvals", "commitments", "notices", "projects", "questions", "quotas", "rules", "supervision",
        "support", "visits",
    ]  # fmt: skip


@pytest.mark.parametrize("slug", TYPES)
def test_a_declaration_is_in_order(slug: str) -> None:
    made = loaded(slug)
    assert made.name_en
    assert made.description.endswith("。")
    assert any(each.key for each in made.fields) or slug == "rules"
    assert made.list
    for field in made.fields:
        for each in (field, *field.fields):
            assert each.help or each.value, f"{field.name}.{each.name} says nothing of how to fill it in"
    assert not any(check.says.endswith("。") for check in made.checks)


@pytest.mark.parametrize("slug", TYPES)
def test_the_sample_site_has_several_of_it(slug: str) -> None:
    assert len(list((REPOSITORY / "content/bulletins" / slug).glob("*.yaml"))) >= 3


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The data of the sample site alone; what it links to is not there."""
    made = make_site(tmp_path_factory.mktemp("samples"), {}, f"{SITE}checks: {{links: off, images: off}}\n")
    shutil.copytree(REPOSITORY / "content/bulletins", made.root / "content/bulletins")
    return made


MISTAKES = {
    "a task that is not done": ("quotas/2026-q3", "洽谈招商项目: 沈阳某模具厂", "洽谈招商项目: 否", "没有完成的一项不写"),
    "a task that there is not": ("quotas/2026-q3", "洽谈招商项目: 沈阳某模具厂", "洽谈招商项目: 无", "没有的不写这一项"),
    "万元 where 亿元 is meant": ("projects/2026-10", "总投资: 4.2亿元", "总投资: 42000", "“总投资”写的“42000”超出了范围：要在 0 到 1000 之间"),
    "元 where 万元 is meant": ("supervision/2026-10", "罚款: 5.20万元", "罚款: 520000", "“罚款”写的“520000”超出了范围：要在 0 到 100000 之间"),
    "a sum of last year that shrinks": ("supervision/2026-10", "上年同期检查: 3200", "上年同期检查: 320",
        "（上年同期检查 320次，第 9 行；content/bulletins/supervision/2026-09.yaml 的上年同期检查 2,905次，第 8 行）"),
    "a part without its whole": ("supervision/2026-10", "今年累计首违免罚: 52\n", "", "写了按期改正，没有写首违免罚"),
    "evidence that there is not": ("commitments/2026-q3", "依据: 县直机关内部制度重新汇编成册，网上可查", "依据: 无", "没有的不写这一项"),
}  # fmt: skip


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_that_would_be_published_is_told(samples: Site, case: str) -> None:
    name, right, wrong, expected = MISTAKES[case]
    file = samples.root / f"content/bulletins/{name}.yaml"
    before = file.read_text(encoding="utf-8")
    assert right in before
    file.write_text(before.replace(right, wrong, 1), encoding="utf-8")
    try:
        report = samples.build("2026-11-25 12:00")
    finally:
        file.write_text(before, encoding="utf-8")
    assert not report.good
    assert expected in "\n".join(as_text(each, "zh") for each in report.problems)


def test_the_functions_that_are_declared_are_those_that_there_are() -> None:
    from zoneinfo import ZoneInfo

    from softsite.model.formulas import Clock, functions
    from softsite.read.workdays import Calendar

    made = functions(Clock(0, ZoneInfo("UTC")), Calendar(), set())
    assert {name.removeprefix(CALL) for name in made if name.startswith(CALL)} == FUNCTIONS
