"""Promise 4: a page is a pure function of its view; staleness needs no file times."""

import inspect
from pathlib import Path

import msgspec

from softsite.plan import views
from tests.site.look import good, many
from tests.support import Site, article, make_site

THEME = Path(__file__).parents[2] / "templates"


def changed(site: Site, before: dict[str, str]) -> set[str]:
    """The outputs that differ."""
    after = site.output()
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_views_are_frozen() -> None:
    records = [
        each for _, each in inspect.getmembers(views, inspect.isclass) if issubclass(each, msgspec.Struct)
    ]
    ours = [each for each in records if each.__module__ == views.__name__]
    assert len(ours) > 10
    assert all(each.__struct_config__.frozen for each in ours)


def test_a_new_body_redraws_its_own_page_feeds_and_a_part_of_the_search_index(tmp_path: Path) -> None:
    site = many(tmp_path, 40)
    site.write({"content/policy/m2/2.md": article("题", "2026-11-20", "## 小标题\n\n旧。", summary="摘要")})
    good(site.build())
    before = site.output()
    site.write({"content/policy/m2/2.md": article("题", "2026-11-20", "## 小标题\n\n新。", summary="摘要")})
    report = site.build()
    good(report)
    feeds = {
        f"{folder}{name}" for folder in ("", "policy/") for name in ("feed.xml", "atom.xml", "feed.json")
    }
    index = {path for path in changed(site, before) if path.startswith("search/")}
    assert changed(site, before) == {"policy/m2/2.html"} | feeds | index
    assert [path for path in index if path.endswith(".html")] == []
    assert report.written == 7 + len(index) <= 7 + 6  # four shards, a part, the index itself
    assert report.rendered <= 7


def test_the_texts_order_of_arrival_does_not_matter(tmp_path: Path) -> None:
    """A site that grew one article at a time is the site that was there at once."""
    whole = many(tmp_path / "whole", 9)
    good(whole.build())
    grown = make_site(
        tmp_path / "grown",
        settings=(whole.root / "site.yaml").read_text(encoding="utf-8")
        + "checks: {links: warn, images: warn}\n",
    )
    for each in sorted(whole.root.rglob("content/**/*"), reverse=True):
        if each.is_file():
            grown.write({str(each.relative_to(whole.root)): each.read_bytes()})
            assert grown.build().good
    grown.write({"site.yaml": (whole.root / "site.yaml").read_bytes()})
    good(grown.build())
    assert grown.output() == whole.output()


def test_an_edit_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    import os

    site = make_site(tmp_path, {"content/policy/a.md": article(body="甲。")})
    path = tmp_path / "content/policy/a.md"
    os.utime(path, (1_700_000_000, 1_700_000_000))
    good(site.build())
    beside = tmp_path / "beside"
    beside.write_text(article(body="乙。"), encoding="utf-8")
    os.utime(beside, (1_700_000_000, 1_700_000_000))
    os.replace(beside, path)
    good(site.build())
    assert "乙。" in site.read("policy/a.html")
    path.write_text(article(body="丙。"), encoding="utf-8")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    good(site.build())
    assert "丙。" in site.read("policy/a.html")


def test_a_template_changes_only_what_is_drawn_with_it(tmp_path: Path) -> None:
    site = many(tmp_path, 12)
    good(site.build())
    before = site.output()
    site.write(
        {
            "templates/404.html": (THEME / "404.html")
            .read_text(encoding="utf-8")
            .replace("找不到这个网页", "没有这个网页")
        }
    )
    good(site.build())
    assert changed(site, before) <= {"404.html"}


def test_a_new_pick_does_not_read_or_draw_articles_again(tmp_path: Path) -> None:
    """Every page shows it, and none pays for its Markdown: only pages change, no feed but where the article's own row is."""
    site = many(tmp_path, 40)
    site.write({"content/policy/x.md": article("要选的", "2020-01-01")})
    good(site.build())
    before = site.output()
    site.write({"content/policy/x.md": article("要选的", "2020-01-01", special="{rank: 1}")})
    report = site.build()
    good(report)
    articles = {path for path in before if path.startswith(("news/", "policy/")) and "/m" in path}
    assert articles - changed(site, before) == set() or len(articles - changed(site, before)) <= 2
    assert report.rendered <= 15
