"""Files: what lies in content/ besides text; nothing outside is read, nothing dangerous is published."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.read.sites import FOLDER, LATER, PNG, built, matter, shown
from tests.support import SITE, Site, article, make_site

SECRET = "秘密文字"


def timed(site: Site, seconds: int = 10) -> tuple[int, str]:
    """Builds in another process that may not hang: exit status and what it said."""
    done = subprocess.run([sys.executable, "-m", "softsite", "build", str(site.root), "--as-of", LATER, "--jobs", "1"],
                          capture_output=True, check=False, timeout=seconds)  # fmt: skip
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert "Traceback" not in said
    return done.returncode, said


def everything(site: Site) -> str:
    """All text of the output."""
    output = site.root / "output"
    return (
        "".join(p.read_text("utf-8", "replace") for p in output.rglob("*") if p.is_file())
        if output.exists()
        else ""
    )


@pytest.mark.parametrize("name", ["a.md", "a.png", "a.svg", "a.txt", "a.pdf"])
def test_links_out_of_the_site_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside").write_text(matter(f"标题：{SECRET}\n日期：2017-11-27", SECRET), encoding="utf-8")
    site = make_site(tmp_path / "site", {f"{FOLDER}/b.md": article(body=f"[甲]({name}) ![乙]({name})")}, SITE)
    (site.root / FOLDER / name).symlink_to(tmp_path / "outside")
    report = site.build(LATER)
    assert not report.good
    assert any(each.path == f"{FOLDER}/{name}" for each in report.problems), shown(report.problems)
    assert SECRET not in everything(site)


@pytest.mark.parametrize("inside", ["content/news", FOLDER, f"{FOLDER}/more"])
def test_linked_folders_out_of_the_site_are_refused(tmp_path: Path, inside: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.md").write_text(matter(f"标题：{SECRET}\n日期：2017-11-27"), encoding="utf-8")
    site = make_site(tmp_path / "site", {}, SITE)
    (site.root / inside).parent.mkdir(parents=True, exist_ok=True)
    (site.root / inside).symlink_to(tmp_path / "outside", target_is_directory=True)
    report = site.build(LATER)
    assert [each.path for each in report.problems] == [inside]
    assert SECRET not in everything(site)


def test_content_that_is_a_link_out_of_the_site(tmp_path: Path) -> None:
    """The folder as a whole may be wherever its owner says; each file in it is still checked."""
    site = make_site(tmp_path / "site", {}, SITE)
    (site.root / "content").rmdir()
    (tmp_path / "elsewhere").mkdir()
    (site.root / "content").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert site.build(LATER).problems is not None


def test_links_in_circles(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"{FOLDER}/b.md": article()}, SITE)
    (site.root / FOLDER / "loop").symlink_to(site.root / "content", target_is_directory=True)
    (site.root / FOLDER / "self.md").symlink_to("self.md")
    (site.root / FOLDER / "nowhere.md").symlink_to("nothing.md")
    status, said = timed(site)
    assert status in (0, 1)
    assert "self.md" in said
    assert "nowhere.md" in said


@pytest.mark.parametrize(
    "path",
    [f"{FOLDER}/a.md", f"{FOLDER}/a.png", "templates/article.html", "templates/static/a.css", "site.yaml"],
)
def test_pipes_are_refused_at_once(tmp_path: Path, path: str) -> None:
    site = make_site(
        tmp_path, {f"{FOLDER}/b.md": article(body="![甲](a.png)" if path.endswith("png") else "正文")}, SITE
    )
    (site.root / path).parent.mkdir(parents=True, exist_ok=True)
    (site.root / path).unlink(missing_ok=True)
    os.mkfifo(site.root / path)
    status, said = timed(site)
    assert status == 1
    assert path in said


@pytest.mark.parametrize("path", [f"{FOLDER}/a.md", f"{FOLDER}/a.png", "templates/article.html", "site.yaml"])
def test_devices_behind_links_are_refused_at_once(tmp_path: Path, path: str) -> None:
    site = make_site(tmp_path, {f"{FOLDER}/b.md": article()}, SITE)
    (site.root / path).parent.mkdir(parents=True, exist_ok=True)
    (site.root / path).unlink(missing_ok=True)
    (site.root / path).symlink_to("/dev/zero")
    status, said = timed(site)
    assert status == 1
    assert path in said


def test_huge_sparse_files_are_not_read(tmp_path: Path) -> None:
    site = make_site(tmp_path, {f"{FOLDER}/b.md": article(body="[甲](a.zip)")}, SITE)
    for name in ("a.md", "a.zip"):
        with (site.root / FOLDER / name).open("wb") as file:
            file.truncate(20_000_000_000)
    status, said = timed(site)
    assert status == 1
    assert "a.md" in said
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    "path", ["site.yaml", "content", f"{FOLDER}/a.md", "templates", "templates/article.html"]
)
def test_a_folder_for_a_file_and_a_file_for_a_folder(tmp_path: Path, path: str) -> None:
    site = make_site(tmp_path, {}, SITE)
    place = site.root / path
    if place.is_dir():
        place.rmdir()
        place.write_text("x", encoding="utf-8")
    else:
        place.unlink(missing_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir()
    report = site.build(LATER)
    assert report.good or report.problems[0].path


def test_deep_folders(tmp_path: Path) -> None:
    """400 folders deep, and past what a path may hold: said, not passed over."""
    site = make_site(tmp_path, {f"{FOLDER}/b.md": article()}, SITE)
    folder = os.open(site.root / FOLDER, os.O_RDONLY)
    for _ in range(400):
        os.mkdir("很深的文件夹", dir_fd=folder)
        inner = os.open("很深的文件夹", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    descriptor = os.open("a.md", os.O_WRONLY | os.O_CREAT, dir_fd=folder)
    os.write(descriptor, article(title="深处").encode())
    os.close(descriptor)
    os.close(folder)
    status, said = timed(site)
    assert status == 1 or "深处" in everything(site)
    assert status == 0 or "很深的文件夹" in said


# What is published

EVIL = "<script>alert(1)</script>"
KINDS = (
    "html",
    "htm",
    "xhtml",
    "xht",
    "shtml",
    "mht",
    "xml",
    "xsl",
    "js",
    "mjs",
    "css",
    "php",
    "swf",
    "exe",
    "bat",
    "jar",
    "hta",
    "vbs",
    "HTML",
    "svgz",
)


@pytest.mark.parametrize("kind", KINDS)
def test_files_that_browsers_run_are_never_published(tmp_path: Path, kind: str) -> None:
    """As an attachment it is refused; lying about it is at least not published."""
    site = make_site(
        tmp_path, {f"{FOLDER}/b.md": article(body=f"[附件](a.{kind})"), f"{FOLDER}/a.{kind}": EVIL}, SITE
    )
    assert not site.build(LATER).good
    site.write({f"{FOLDER}/b.md": article()})
    site.build(LATER)
    assert EVIL not in everything(site)
    assert (
        not [path for path in site.output() if path.endswith(f"/a.{kind}")]
        if (tmp_path / "output").exists()
        else True
    )


@pytest.mark.parametrize("head", [
    "图片：a.html", "图片：../../../etc/passwd", "图片：/etc/passwd", "图片：https://cdn.example.com/a.png", "图片：javascript:alert(1)", "图片：data:image/png;base64,AAAA", "图片：b.md",
])  # fmt: skip
def test_the_picture_of_the_head_is_a_picture_of_the_site(tmp_path: Path, head: str) -> None:
    found = built(
        tmp_path, {"b": matter(f"标题：甲\n日期：2017-11-27\n{head}")}, files={f"{FOLDER}/a.html": EVIL}
    )
    errors = [(each.line, each.column) for each in found.problems if each.severity == "error"]
    assert errors == [(4, 4)], shown(found.problems)
    assert {each.code for each in found.problems if each.severity == "warning"} <= {"file-unused"}


@pytest.mark.parametrize("head", ["a.html", "b.md", "../../../etc/passwd"])
def test_what_is_no_picture_is_not_said_to_be_on_another_site(tmp_path: Path, head: str) -> None:
    found = built(
        tmp_path, {"b": matter(f"标题：甲\n日期：2017-11-27\n图片：{head}")}, files={f"{FOLDER}/a.html": EVIL}
    )
    assert "image-remote" not in {each.code for each in found.problems}


@pytest.mark.parametrize("kind", ["txt", "markdown", "doc", "docx", "wps", "rtf", "html", "DOCX"])
def test_a_file_that_looks_like_an_article_and_is_named_by_nothing(tmp_path: Path, kind: str) -> None:
    """A warning: half of the editors think that this is how an article is published."""
    path = f"{FOLDER}/通知.{kind}"
    found = built(tmp_path, {"a": article()}, files={path: PNG, f"{FOLDER}/表.xlsx": PNG})
    assert [(each.code, each.severity, each.path) for each in found.problems] == [
        ("file-unused", "warning", path)
    ]
    assert "a" in found.items
    if kind not in ("html", "markdown"):
        again = found.site
        again.write({f"{FOLDER}/a.md": article(body=f"[通知](通知.{kind})")})
        assert again.build(LATER).problems == []


def test_a_file_named_by_a_broken_article_is_not_called_unused(tmp_path: Path) -> None:
    text = matter("标题：甲\n日期：2017-02-30", "[表](表.docx)")
    found = built(tmp_path, {"a": text}, files={f"{FOLDER}/表.docx": PNG})
    assert [each.code for each in found.problems] == ["date-impossible"]


NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
BAD_SVG: dict[str, str | bytes] = {
    "script": f"<svg {NS}><script>alert(1)</script></svg>",
    "script-upper": f"<svg {NS}><SCRIPT>alert(1)</SCRIPT></svg>",
    "script-prefix": '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>alert(1)</s:script></s:svg>',
    "script-html": f'<svg {NS}><h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script></svg>',
    "onload": f'<svg {NS} onload="alert(1)"/>',
    "onclick": f'<svg {NS}><rect onClick="alert(1)"/></svg>',
    "foreign": f'<svg {NS}><foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/></foreignObject></svg>',
    "href": f'<svg {NS}><a href="javascript:alert(1)"><rect/></a></svg>',
    "href-entity": f'<svg {NS}><a xlink:href="java&#115;cript:alert(1)"><rect/></a></svg>',
    "href-tab": f'<svg {NS}><a xlink:href="java&#9;script:alert(1)"><rect/></a></svg>',
    "animate": f'<svg {NS}><a><animate attributeName="href" values="javascript:alert(1)"/></a></svg>',
    "set": f'<svg {NS}><a><set attributeName="href" to="javascript:alert(1)"/></a></svg>',
    "entity": f'<!DOCTYPE svg [<!ENTITY x "&lt;script>alert(1)&lt;/script>">]><svg {NS}>&x;</svg>',
    "entity-file": f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg {NS}><text>&x;</text></svg>',
    "bomb": '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
            + "".join(f'<!ENTITY {y} "{f"&{x};" * 10}">' for x, y in zip("bcdefghijk", "cdefghijkl", strict=True))
            + f"]><svg {NS}><text>&l;</text></svg>",
    "style-sheet": f'<?xml-stylesheet href="javascript:alert(1)"?><svg {NS}/>',
    "style-sheet-away": f'<?xml-stylesheet href="https://evil.example.com/a.xsl" type="text/xsl"?><svg {NS}/>',
    "import": f"<svg {NS}><style>@import url(https://evil.example.com/a.css);</style></svg>",
    "style-url": f'<svg {NS}><rect style="fill:url(https://evil.example.com/a)"/></svg>',
    "image-away": f'<svg {NS}><image href="https://evil.example.com/a.png"/></svg>',
    "use-away": f'<svg {NS}><use xlink:href="https://evil.example.com/a.svg#x"/></svg>',
    "utf-16": f"<?xml version='1.0' encoding='utf-16'?><svg {NS}><script>alert(1)</script></svg>".encode("utf-16"),
    "utf-7": b"<?xml version='1.0' encoding='utf-7'?><svg>+ADw-script+AD4-alert(1)+ADw-/script+AD4-</svg>",
    "no-xml": "<svg><p><script>alert(1)</svg>",
    "html": "<html><script>alert(1)</script></html>",
    "empty": "",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_SVG)
def test_svg_with_script_or_outside_content_is_refused(tmp_path: Path, name: str) -> None:
    svg = BAD_SVG[name]
    found = built(tmp_path, {"a": article(body="![图](x.svg)")}, files={f"{FOLDER}/x.svg": svg})
    assert [each.path for each in found.problems if each.severity == "error"] == [f"{FOLDER}/x.svg"], shown(
        found.problems
    )


@pytest.mark.parametrize("svg", [
    (f'<svg {NS} viewBox="0 0 10 10"><title>图</title><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
    '<rect width="10" height="10" fill="url(#g)" style="stroke:#000"/><use xlink:href="#g"/><text font-family="serif">文字</text></svg>'),
    f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- Inkscape -->\n<svg {NS}><style>.a{{fill:red}}</style><path class="a" d="M0 0h1v1z"/></svg>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"/>',
    f'<svg {NS}><image href="data:image/png;base64,{"iVBORw0KGgo="}" width="1" height="1"/></svg>',
], ids=["plain", "inkscape", "doctype", "embedded"])  # fmt: skip
def test_harmless_svg_is_published(tmp_path: Path, svg: str) -> None:
    found = built(tmp_path, {"a": article(body="![图](x.svg)")}, files={f"{FOLDER}/x.svg": svg})
    assert not found.problems, shown(found.problems)
    assert found.site.read("news/headlines/x.svg") == svg


def test_attachments_are_published_as_they_are(tmp_path: Path) -> None:
    kinds = (
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "wps",
        "et",
        "ofd",
        "csv",
        "zip",
        "rar",
        "txt",
        "mp4",
        "mp3",
        "PDF",
        "Docx",
    )
    links = "\n\n".join(f"[附件 {n}](文件{n}.{kind})" for n, kind in enumerate(kinds))
    files = {f"{FOLDER}/文件{n}.{kind}": PNG + bytes([n]) for n, kind in enumerate(kinds)}
    found = built(tmp_path, {"a": article(body=links)}, files=files)
    assert not found.problems, shown(found.problems)
    for n, kind in enumerate(kinds):
        assert (tmp_path / f"output/news/headlines/文件{n}.{kind}").read_bytes() == PNG + bytes([n])


def test_files_that_no_article_names_are_not_lost_silently(tmp_path: Path) -> None:
    """A picture of a draft must not be published (promise 6); that of a published article must."""
    found = built(tmp_path, {"a": article(body="![图](a.png)"), "b": article(body="![图](b.png)", draft="true")},
                  files={f"{FOLDER}/a.png": PNG, f"{FOLDER}/b.png": PNG})  # fmt: skip
    output = found.site.output()
    assert "news/headlines/a.png" in output
    assert "news/headlines/b.png" not in output


@pytest.mark.parametrize(
    "name",
    [
        "a?b.md",
        "a#b.md",
        "a%2fb.md",
        "a&b.md",
        "a'b.md",
        'a"b.md',
        "a<b>.md",
        "..md",
        "a\\b.md",
        "a\nb.md",
        "a\x7fb.md",
        " .md",
        "a .md",
    ],
)
def test_odd_names(tmp_path: Path, name: str) -> None:
    """Published so that the link to it works, or told; never a broken page."""
    found = built(tmp_path, {"z": article()}, files={f"{FOLDER}/{name}": article(title="怪名")})
    if found.problems:
        assert all(each.path.startswith(FOLDER) for each in found.problems)
    else:
        from urllib.parse import unquote, urlsplit

        places = [
            unquote(urlsplit(item["url"]).path)[len("/ruanhuanjing/") :] for item in found.items.values()
        ]
        urls = found.site.read("feed.json")
        assert "怪名" in urls or name.startswith(".")
        assert all((tmp_path / "output" / place).is_file() for place in places)
