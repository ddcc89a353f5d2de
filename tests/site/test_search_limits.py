"""Search at 10,000 articles: what a question moves, what one article more rewrites. Some minutes; `make soak`."""

import shutil
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.bench import corpus
from tests.site.asking import Question, ask
from tests.site.test_search import news_site, runs, words_of
from tests.support import Site, article

MAX_BYTES, MAX_REQUESTS, MAX_REWRITTEN = 250_000, 12, 2_000_000

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site of 10,000 articles."""
    return news_site(tmp_path_factory.mktemp("archive"), 10_000)


def test_no_question_moves_more_than_its_limits(archive: Site) -> None:
    rng = Random(3)
    words = words_of(archive)
    assert len(words) == 10_000
    count: Counter[str] = Counter()
    for text in list(words.values())[::20]:
        count.update({text[n : n + 2] for n in range(len(text) - 1) if not text[n : n + 2].count("\n")})
    frequent = [pair for pair, _ in count.most_common(200) if " " not in pair]
    filters: list[dict[str, str]] = [
        {},
        {"year": "2023"},
        {"column": "keji"},
        {"column": "yaowen", "year": "2025"},
    ]
    asked = [run for _, run in runs(words, 200, 5)] + frequent
    asked += [" ".join(rng.sample(frequent, rng.randint(2, 5))) for _ in range(100)]
    asked += ["".join(rng.sample(frequent, rng.randint(2, 4))) for _ in range(100)]
    asked += [pair[0] for pair in frequent[:50]]
    questions = [Question(run, rng.choice(filters), rounds=1, fresh=True) for run in asked]
    answers = ask(archive.root / "output", questions, "/")
    assert max(len(each.requests) for each in answers) <= MAX_REQUESTS
    assert max(sum(size for _, size in each.requests) for each in answers) <= MAX_BYTES


@pytest.mark.parametrize("date", ["2026-01-01 08:00", "2024-01-15 08:00", "2022-07-02 08:00"])
def test_one_article_more_rewrites_little(archive: Site, tmp_path: Path, date: str) -> None:
    root = tmp_path / "site"
    shutil.copytree(archive.root, root)
    made = Site(root)
    assert made.build(jobs=2).good
    before = made.output()
    body = "\n\n".join(line for line in corpus.articles(1, seed=99)[0].body.split("\n\n") if "](" not in line)
    made.write({"content/yaowen/one-more.md": article("又一篇", date, body)})
    assert made.build(jobs=2).good
    after = made.output()
    changed = [path for path in after if path.startswith("search/") and before.get(path) != after[path]]
    assert 0 < sum((root / "output" / path).stat().st_size for path in changed) <= MAX_REWRITTEN
