"""Bulletins for tests: a type of a site's own with most of what a declaration can say, and data of it."""

from pathlib import Path

from tests.support import Files, Site, article, make_site

TYPE = """\
name: {zh: 问责通报, en: Notices}
description: 按月通报。
title: "period ~ '问责通报'"
period: period
fields:
  - {name: period, label: 期别, words: [月份], kind: month, required: true, help: 如 2026-11}
  - {name: number, label: 文号, kind: document_number}
  - {name: units, label: 通报单位, kind: integer, unit: 个, required: true, min: 0, key: true}
  - {name: people, label: 通报人数, kind: integer, unit: 人, required: true, min: 0, key: true}
  - name: ranks
    label: 按职级
    kind: table
    total: [people]
    fields:
      - {name: rank, label: 职级, kind: choice, choices: [处级, 科级, 科级以下], required: true}
      - {name: people, label: 人数, kind: integer, unit: 人, required: true, min: 1}
      - {name: share, label: 占比, kind: percent, places: 1, value: "share(people, bulletin.people)"}
  - name: cases
    label: 典型案例
    kind: table
    until: until
    fields:
      - {name: unit, label: 单位, kind: organisation, required: true}
      - {name: person, label: 姓名, kind: person}
      - {name: decided, label: 处理日期, kind: date, required: true, within: period, past: true}
      - {name: until, label: 公示截止, kind: date, required: true}
  - {name: fine, label: 罚款, kind: money, unit: 万元}
  - {name: rise, label: 增长, kind: percent, value: "change(people, previous.people)"}
  - {name: remark, label: 说明, kind: prose}
  - {name: explanation, label: 解读, kind: link, back: 解读的通报}
  - {name: file, label: 原件, kind: attachment}
checks:
  - that: "sum(ranks, 'people') == people"
    says: 各职级人数之和与通报人数不一致
  - for: cases
    that: "until >= decided"
    at: until
    says: 公示截止早于处理日期
  - {that: explanation, at: explanation, says: 没有解读, severity: warn, only: government}
charts:
  - {kind: bars, title: 人数按职级, table: ranks, label: rank, values: [people]}
trend: [people, units]
list: [period, units, people]
"""
FOLDER = "content/bulletins/notices"


def notice(month: str = "2026-10", people: tuple[int, int, int] = (2, 5, 18), more: str = "", *,
           total: int | None = None, cases: str = "") -> str:  # fmt: skip
    """A bulletin of that type; `more` are further lines, `cases` further rows of the last table."""
    rows = "".join(
        f"  - 职级: {rank}\n    人数: {count}\n"
        for rank, count in zip(("处级", "科级", "科级以下"), people, strict=True)
    )
    return f"""\
期别: {month}
日期: {month}-28 09:00
通报单位: 12个
通报人数: {sum(people) if total is None else total}人
{more}按职级:
{rows}典型案例:
  - 单位: 县甲局
    姓名: 于建国
    处理日期: {month}-05
    公示截止: 2026-11-30
{cases}"""


def bulletin_site(root: Path, files: Files | None = None, settings: str | None = None) -> Site:
    """A site with that type, and these files."""
    held = {f"{FOLDER}/_type.yaml": TYPE, **(files or {})}
    return make_site(root, held) if settings is None else make_site(root, held, settings)


def some() -> dict[str, str]:
    """Two months of notices, and an article that uses them, as files of a site."""
    explained = "解读: ../../policy/figures.md\n"
    body = "通报 {{ notices/2026-10.people }} 人。\n\n{{ bulletin: notices/2026-10 }}\n"
    return {
        f"{FOLDER}/_type.yaml": TYPE,
        f"{FOLDER}/2026-09.yaml": notice("2026-09", (1, 4, 15), f"罚款: 3元\n{explained}"),
        f"{FOLDER}/2026-10.yaml": notice(
            more=f"{explained}罚款: 1.25亿元\n说明: |\n  **要求“一次办”**，共 {{{{ notices/2026-09.people }}}} 人。\n"
        ),
        "content/policy/figures.md": article("数据", body=body),
    }
