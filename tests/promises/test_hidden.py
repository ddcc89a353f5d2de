"""Promise 6: what is not visible exists nowhere in `output/`."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.site.look import good, holding, png
from tests.support import SITE, make_site

AS_OF = "2026-11-23 12:00"
HIDING = ["draft: true", "publish: 2026-11-23 12:00:01", "publish: 2027-01-01", "expires: 2026-11-23 12:00", "expires: 2026-11-02",
          "withdrawn: {date: 2026-11-01, reason: 误}", "date: 2099-01-01"]  # fmt: skip
SHOWING = [
    "draft: false",
    "publish: 2026-11-23 12:00",
    "expires: 2026-11-23 12:00:01",
    "source: 吉网",
    "special: true",
]


@how(max_examples=15)
@given(rows=st.lists(st.tuples(st.sampled_from(["hidden", "shown", "picked"]), st.sampled_from(HIDING), st.sampled_from(SHOWING)),
                     min_size=1, max_size=6))  # fmt: skip
def test_what_is_not_visible_exists_nowhere(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]]
) -> None:
    """Every article has a word, a picture, a tag and an address of its own; only the visible ones are found."""
    files: dict[str, str | bytes] = {}
    for n, (kind, hiding, showing) in enumerate(rows):
        word = f"甲{n}乙字"
        held = {"title": word, "date": "2026-11-01", "tags": f"[{word}签]", "image": f"{word}.png", "aliases": f"[/old/{word}.html]",
                "summary": f"{word}摘"}  # fmt: skip
        crossed = kind != "shown" and {"publish", "expires"} <= {
            hiding.partition(":")[0],
            showing.partition(":")[0],
        }
        for row in [
            *([] if crossed else [showing]),
            *([hiding] if kind != "shown" else []),
            *(["special: {rank: 1}"] if kind == "picked" else []),
        ]:
            key, _, value = row.partition(": ")
            held[key] = value
        front = "".join(f"{key}: {value}\n" for key, value in held.items())
        files[f"content/policy/{word}.md"] = f"---\n{front}---\n\n{word}\n\n![]({word}文.png)\n"
        files[f"content/policy/{word}.png"] = png(n)
        files[f"content/policy/{word}文.png"] = png(n + 9)
    site = make_site(tmp_path_factory.mktemp("hidden"), files, SITE)
    good(site.build(AS_OF))
    for n, (kind, hiding, _) in enumerate(rows):
        found = holding(site, f"甲{n}乙字")
        if kind == "shown":
            assert len(found) > 10
        elif hiding.startswith("withdrawn"):
            assert set(found) <= {".softsite-files", f"policy/甲{n}乙字.html", f"old/甲{n}乙字.html"}
            assert not {f"甲{n}乙字摘", f"甲{n}乙字签"} & set(_texts(site.root / "output"))
        else:
            assert found == []


def _texts(output: Path) -> list[str]:
    return [each.read_text(encoding="utf-8") for each in output.rglob("*.html")]


def test_what_is_hidden_later_leaves_no_trace_in_an_incremental_build(tmp_path: Path) -> None:
    text = "---\ntitle: 密字号\ndate: 2026-11-01\ntags: 密字号\nimage: 密字号.png\n{}---\n\n密字号\n"
    site = make_site(tmp_path, {"content/policy/x.md": text.format(""), "content/policy/密字号.png": png()})
    good(site.build(AS_OF))
    assert holding(site, "密字号")
    for row in ("draft: true\n", "expires: 2026-11-23 12:00\n", "publish: 2026-11-24\n"):
        site.write({"content/policy/x.md": text.format(row)})
        good(site.build(AS_OF))
        assert holding(site, "密字号") == []
        site.write({"content/policy/x.md": text.format("")})
        good(site.build(AS_OF, jobs=2))
        assert holding(site, "密字号")
