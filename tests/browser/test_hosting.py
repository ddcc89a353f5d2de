"""The header files of docs/hosting/ say the same, and what the pages need."""

import pytest

from tests.browser.hosting import POLICY, apache_headers, nginx_headers, static_headers

SECURITY = {POLICY, "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy"}
CACHE = "Cache-Control"


def test_all_servers_have_one_policy_for_pages() -> None:
    page = static_headers("/news/index.html")
    assert set(page) == SECURITY
    assert _without_cache(nginx_headers("/news/index.html")) == page
    assert _without_cache(apache_headers("/news/index.html")) == page


def test_the_policy_lets_in_the_site_alone() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in static_headers("/")[POLICY].split(";"))
    assert rules.pop("default-src") == "'none'"
    for name in ("base-uri", "font-src", "frame-ancestors"):
        assert rules.pop(name) == "'none'"
    assert set(rules.values()) == {"'self'"}


@pytest.mark.parametrize(
    "path", ["/images/a.svg", "/feed.xml", "/files/a.pdf", "/files/A.PDF", "/static/a.js", "/a.csv"]
)
def test_nginx_and_apache_say_the_same_of_a_file(path: str) -> None:
    assert nginx_headers(path) == apache_headers(path)


def test_files_opened_by_themselves_run_nothing() -> None:
    for path in ("/images/a.svg", "/sitemap.xml"):
        policy = nginx_headers(path)[POLICY]
        assert policy.startswith("default-src 'none'")
        assert policy.endswith("sandbox")
        assert "script-src" not in policy
    assert nginx_headers("/files/a.pdf")[POLICY] == ""


@pytest.mark.parametrize("base", ["/", "/ruanhuanjing/"])
def test_only_names_with_a_digest_are_kept_for_ever(base: str) -> None:
    kept = "public, max-age=31536000, immutable"
    for headers in (nginx_headers, apache_headers):
        assert headers(f"{base}static/style.4830721073.css")[CACHE] == kept
        assert headers(f"{base}static/favicon.8b0b80d71b.svg")[CACHE] == kept
        assert headers(f"{base}images/qiao.jpg")[CACHE] == "public, max-age=3600"
        for page in ("index.html", "news/2026.html", "feed.json", "bulletins/approvals/2026-q3.csv"):
            assert headers(base + page)[CACHE] == "no-cache"
    assert static_headers("/static/style.4830721073.css")[CACHE] == kept
    assert CACHE not in static_headers("/index.html")


def test_the_charset_of_data_is_named() -> None:
    for path in ("/a.csv", "/feed.json", "/feed.xml"):
        assert static_headers(path)["Content-Type"].endswith("; charset=utf-8")


def _without_cache(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != CACHE}
