"""Cases: what is measured, and the edits that lead there, the same in both sites."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from tests.bench.corpus import Article
from tests.bench.measure import CommandFailedError
from tests.bench.tools import Tool

COLD = "cold build"
NOTHING = "nothing changed"
ONE_BODY = "one body changed"
ONE_TITLE = "one title changed"
ONE_MORE = "one article added"
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Change:
    """An edit: after the next build the pages named must contain `marker`."""

    marker: str
    pages: tuple[str, ...]

    def check(self, tool: Tool) -> None:
        """Insist that `tool` did what is being timed."""
        for page in self.pages:
            if self.marker not in tool.page(page):
                raise CommandFailedError(f"{tool.name}: {page} does not contain {self.marker!r}")


class Newsroom:
    """The articles as they stand now in the sites of all tools, the newest last."""

    def __init__(self, corpus: Sequence[Article], tools: Sequence[Tool]) -> None:
        self._articles = list(corpus)
        self._tools = tools
        self._serial = (str(number).translate(DIGITS) for number in count(1))

    def leave(self) -> Change:
        """Edit nothing."""
        return Change("<title>", ("index.html",))

    def append_sentence(self) -> Change:
        """Lengthen the last paragraph of an article from the middle, which no sidebar or feed shows."""
        sentence = f"第{next(self._serial)}次回访的情况将另行报道。"
        place = len(self._articles) // 2
        article = self._articles[place]
        self._lay(place, dataclasses.replace(article, body=article.body.rstrip("\n") + sentence + "\n"))
        return Change(sentence, (_page(article),))

    def retitle_newest(self) -> Change:
        """Change the newest article's title, which 最近更新 shows on every page."""
        marker = f"第{next(self._serial)}次修订"
        place = len(self._articles) - 1
        article = self._articles[place]
        title = f"{marker}：{article.headline.title.rpartition('：')[2]}"
        self._lay(
            place, dataclasses.replace(article, headline=dataclasses.replace(article.headline, title=title))
        )
        return Change(marker, (_page(article), "index.html", _page(self._articles[0])))

    def add_article(self) -> Change:
        """Add an article that is newer than all others, in the folder of the newest."""
        newest = self._articles[-1].headline
        marker = f"第{next(self._serial)}号通知"
        date = newest.date + timedelta(hours=1)
        path = f"{newest.path.rpartition('-')[0]}-{len(self._articles):06}"
        headline = dataclasses.replace(newest, path=path, title=f"{marker}：今日发布", date=date)
        self._articles.append(dataclasses.replace(self._articles[0], headline=headline))
        self._lay(-1, self._articles[-1])
        return Change(marker, (_page(self._articles[-1]), "index.html", _page(self._articles[0])))

    def check_articles(self) -> None:
        """Insist that every tool's output has a page for every article."""
        for tool in self._tools:
            missing = [page for page in map(_page, self._articles) if not (tool.output / page).is_file()]
            if missing:
                raise CommandFailedError(
                    f"{tool.name}: {len(missing)} articles have no page, as {missing[0]}"
                )

    def _lay(self, place: int, article: Article) -> None:
        self._articles[place] = article
        for tool in self._tools:
            tool.lay(article)


CASES: dict[str, Callable[[Newsroom], Change]] = {
    COLD: Newsroom.leave,
    NOTHING: Newsroom.leave,
    ONE_BODY: Newsroom.append_sentence,
    ONE_TITLE: Newsroom.retitle_newest,
    ONE_MORE: Newsroom.add_article,
}


def _page(article: Article) -> str:
    return f"{article.headline.path}.html"
