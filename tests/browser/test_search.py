"""The search page in a browser: what a reader sees is found, by keyboard too; what fails is told."""

import random
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Open
from tests.browser.kinds import KINDS

READ = (
    "article with a table",
    "article with a bulletin, footnotes and files",
    "article with corrections",
    "bulletin with charts",
    "bulletin with cases",
    "bulletin with text",
    "page of its own",
)
# The lines that a reader sees: cells of a table stand apart.
SEEN = """() => [...document.querySelectorAll("h1, .body")].flatMap(e => e.innerText.split(/[\\n\\t]/))
    .map(line => line.trim()).filter(line => line.length > 1)"""
# The addresses of everything that is found, and what the first answer loaded.
FOUND = """async questions => {
    const {engine, index, texts} = document.getElementById("s-search").dataset;
    const {Search} = await import(engine);
    const found = [];
    for (const words of questions) {
        const search = new Search(index, texts);
        const query = await search.query(words);
        const hits = await query.next();
        const {requests} = search;
        while (!query.done) hits.push(...await query.more());
        found.push([hits.map(hit => hit.href), requests]);
    }
    return found;
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own, with no page yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def told(page: Page, words: str) -> None:
    """Sees to it that the page says so."""
    expect(page.locator("#s-status")).to_have_text(words)


def test_any_run_that_is_seen_is_found(open_page: Open) -> None:
    rng = random.Random(7)
    runs: list[tuple[str, str]] = []
    for kind in READ:
        lines = open_page(KINDS[kind].path).evaluate(SEEN)
        assert len(lines) > 5
        for _ in range(12):
            line = rng.choice(lines)
            start = rng.randrange(len(line) - 1)
            run = line[start : start + rng.randint(2, 12)].strip()
            if len(run) > 1:
                runs.append((KINDS[kind].path, run))
    found = open_page("search/").evaluate(FOUND, [run for _, run in runs])
    missed = [(path, run) for (path, run), (hrefs, _) in zip(runs, found, strict=True) if path not in hrefs]
    assert missed == []
    assert max(requests for _, requests in found) <= 12


def test_the_form_in_the_head_leads_here_and_the_answer_is_told(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("searchbox", name="站内搜索").fill("問責通報")
    page.keyboard.press("Enter")
    expect(page.locator("#s-hits li").first).to_contain_text("问责通报")
    assert page.locator("#s-hits mark").first.inner_text() == "问责通报"
    assert page.title().startswith("問責通報")
    expect(page.get_by_role("status")).to_contain_text("找到")


def test_a_reader_with_a_keyboard_asks_filters_goes_on_and_back(page: Page, home: str) -> None:
    page.goto(home + "search/")
    page.get_by_role("searchbox", name="要找的字词").focus()
    page.keyboard.type("企业")
    page.keyboard.press("Enter")
    hits = page.locator("#s-hits > li")
    expect(hits).to_have_count(10)
    assert page.evaluate("document.activeElement.name") == "q"
    page.get_by_role("button", name="再看一些").focus()
    page.keyboard.press("Enter")
    expect(hits).to_have_count(20)
    eleventh = "document.activeElement === document.querySelectorAll('#s-hits > li')[10].querySelector('a')"
    page.wait_for_function(eleventh)
    page.get_by_label("类型").select_option("bulletin")
    page.wait_for_url("**/?q=*&type=bulletin")
    expect(hits.first.locator("a")).to_have_attribute("href", "/ruanhuanjing/bulletins/support/2026-10.html")
    page.get_by_label("年份").select_option("2025")
    told(page, "找到 1 条。")
    page.go_back()
    expect(page.get_by_label("年份")).to_have_value("")
    expect(hits).to_have_count(10)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("没有这回事的事", "没有找到。可以少写几个字，或者换一个说法。"),
        ("鼋", "标题里没有。写两个字以上，在正文里也找。"),
    ],
)
def test_that_nothing_is_found_is_told(words: str, answer: str, page: Page, home: str) -> None:
    page.goto(f"{home}search/?q={words}")
    told(page, answer)


@pytest.mark.parametrize("file", ["index.json", "pairs/*", "texts/*", "static/search.*"])
def test_a_file_that_does_not_come_is_told(file: str, page: Page, home: str) -> None:
    page.route(f"**/{file}", lambda route: route.abort())
    page.goto(home + "search/?q=企业走访")
    told(page, "查找没有成功：索引没有读到。请过一会儿再试，或者按栏目、按时间查找。")
    page.unroute_all()
    page.get_by_role("searchbox", name="要找的字词").press("Enter")
    expect(page.locator("#s-hits li").first).to_contain_text("企业走访")


def test_an_index_that_was_published_anew_meanwhile_is_read_again(page: Page, home: str) -> None:
    page.route("**/texts/*", lambda route: route.fulfill(status=404), times=1)
    page.goto(home + "search/?q=企业走访")
    expect(page.locator("#s-hits li").first).to_contain_text("企业走访")


def test_nothing_is_broken_and_nobody_else_is_asked(page: Page, home: str) -> None:
    complaints: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(home + "search/?q=企业")
    expect(page.locator("#s-hits > li")).to_have_count(10)
    assert complaints == []
    assert [url for url in requests if not url.startswith(home)] == []
    assert len([url for url in requests if "/search/" in url]) > 5


def test_without_scripts_columns_and_years_lead_on(open_page: Open) -> None:
    page = open_page("search/", scripts=False)
    assert "现在没有打开" in page.inner_text("main")
    assert not page.is_visible("fieldset.search-filters")
    links = page.locator("main nav a").all()
    assert len(links) > 20
    assert all(link.is_visible() for link in links)


def test_the_other_edition_answers_in_its_own_script(page: Page, home: str) -> None:
    page.goto(home + "zh-hant/search/?q=软环境网站没有这句话")
    told(page, "沒有找到。可以少寫幾個字，或者換一個說法。")
    page.goto(home + "zh-hant/search/?q=首席负责人")
    expect(page.locator("#s-hits h2 a").first).to_contain_text("首席負責人")
    assert (page.locator("#s-hits h2 a").first.get_attribute("href") or "").startswith(
        "/ruanhuanjing/zh-hant/"
    )
