"""Kinds: one page of every kind that the sample site has, and what makes it that kind."""

from typing import NamedTuple


class Kind(NamedTuple):
    """A page by its path, and a selector of what it has to show."""

    path: str
    shows: str


KINDS = {
    "home": Kind("", ".lead img"),
    "column": Kind("news/headlines/", ".entry.pictured"),
    "column of columns": Kind("news/", ".section-nav"),
    "further page": Kind("news/headlines/list-1.html", ".pager"),
    "article with pictures": Kind("news/headlines/202609/03-shipin-kuojian.html", ".body figure img"),
    "article with a table": Kind("focus/202611/04-jujiao-di28qi.html", ".body .scroll table"),
    "article with code": Kind("notices/202611/02-kaifang-shuju.html", ".body .codehilite"),
    "article with a bulletin, footnotes and files": Kind(
        "news/headlines/202611/20-pingyi-jieguo.html", ".story:has(.embed):has(.footnote) .attachments"
    ),
    "article with corrections": Kind("news/headlines/202611/13-jiancha-cishu.html", ".corrections"),
    "bulletin with charts": Kind("bulletins/approvals/2026-q3.html", ".evidence .chart"),
    "bulletin with cases": Kind("bulletins/notices/2026-10.html", ".evidence .scroll"),
    "bulletin with text": Kind("bulletins/rules/zongheyicha.html", ".passages"),
    "bulletin with many rows": Kind("bulletins/quotas/2026-q3.html", ".evidence .scroll"),
    "bulletins of a type": Kind("bulletins/approvals/", ".trends"),
    "bulletins": Kind("bulletins/", ".board .spark"),
    "special": Kind("special/", ".entry"),
    "tags": Kind("tags/", ".tally"),
    "tag": Kind("tags/项目服务/", ".entry"),
    "archive": Kind("archive/", ".year"),
    "month": Kind("archive/2026-11/", ".entry"),
    "search": Kind("search/", "form.search"),
    "what was found": Kind("search/?q=企业", "#s-hits > .entry mark"),
    "page of its own": Kind("about.html", ".sheet"),
    "not found": Kind("no-such-page.html", ".message"),
    "withdrawn": Kind("news/departments/202609/18-banjian-tongji.html", ".message"),
    "redirect": Kind("html/2026/1111/qiao.html", ".message"),
}
REDIRECTS = {"html/2026/1111/qiao.html": "news/headlines/202611/11-daqiao-tongche.html"}
