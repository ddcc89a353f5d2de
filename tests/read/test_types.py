"""The types that come with softsite: eleven, each in order, each with data of several periods in the sample site."""

from pathlib import Path

import pytest

from softsite.problems import as_text
from softsite.read.declaration import builtin_types, declaration
from softsite.read.declared import BulletinType
from softsite.read.review import FUNCTIONS
from softsite.text.expression import CALL

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


def test_the_functions_that_are_declared_are_those_that_there_are() -> None:
    from zoneinfo import ZoneInfo

    from softsite.model.formulas import Clock, functions
    from softsite.read.workdays import Calendar

    made = functions(Clock(0, ZoneInfo("UTC")), Calendar(), set())
    assert {name.removeprefix(CALL) for name in made if name.startswith(CALL)} == FUNCTIONS
