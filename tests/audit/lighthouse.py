"""Lighthouse: what it gives one page of every kind, on a phone, in every edition."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from tests.browser.chromium import FLAGS, chromium
from tests.browser.kinds import KINDS

PROGRAM = Path(__file__).parent / "node_modules/lighthouse/cli/index.js"
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
EDITIONS = ("", "zh-hant/")
# Status 404 is no page to Lighthouse: the page for what is not there is asked for by its own name. A redirect is gone
# before it can be looked at.
PAGES = {kind: page.path for kind, page in KINDS.items() if kind != "redirect"} | {"not found": "404.html"}
# These pages ask search engines to stay away, which Lighthouse takes for a mistake.
SKIPPED = {"not found": ("is-crawlable",), "withdrawn": ("is-crawlable",)}
# What else the machine does makes a page slower, and nothing makes it faster: one good run in three is enough.
TRIES = 3


def measure(home: str) -> list[str]:
    """Prints the marks of each page, from 0 to 100; the faults are marks below `LEAST`, and what cost them."""
    print(f"lighthouse: {', '.join(LEAST)}")
    return [fault for edition in EDITIONS for kind in PAGES for fault in _faults(home, edition, kind)]


def _faults(home: str, edition: str, kind: str) -> Iterator[str]:
    page = edition + PAGES[kind]
    for _ in range(TRIES):
        found = _report(home + page, SKIPPED.get(kind, ()))
        marks = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in LEAST}
        lacking = [name for name, mark in marks.items() if mark < LEAST[name]]
        if not lacking:
            break
    print("  " + "".join(f"{mark:4}" for mark in marks.values()), f" /{page} ({kind})", flush=True)
    for name in lacking:
        yield f"lighthouse: {page}: {name} {marks[name]}, at least {LEAST[name]}: {'; '.join(_costs(found, name))}"


def _report(address: str, skipped: tuple[str, ...]) -> dict[str, Any]:
    """All that Lighthouse has to say of a page."""
    options = [f"--only-categories={name}" for name in LEAST] + [f"--skip-audits={name}" for name in skipped]
    command = ("node", str(PROGRAM), address, *options, "--output=json", "--quiet", "--disable-full-page-screenshot",
               "--no-enable-error-reporting", f"--chrome-flags=--headless {' '.join(FLAGS)}")  # fmt: skip
    environment = os.environ | {"CHROME_PATH": chromium()}
    with TemporaryFile() as printed:  # into a pipe, it would not print to the end what ends with an error
        subprocess.run(command, check=False, stdout=printed, env=environment)
        printed.seek(0)
        found: dict[str, Any] = json.load(printed)
    return found


def _costs(found: dict[str, Any], category: str) -> Iterator[str]:
    """The audits of a category that a page did not pass, of those that count; or why there are none."""
    if "runtimeError" in found:
        yield found["runtimeError"]["message"]
        return
    for each in found["categories"][category]["auditRefs"]:
        audit = found["audits"][each["id"]]
        if each["weight"] and (audit["score"] or 0) < 1 and audit["scoreDisplayMode"] != "notApplicable":
            yield f"{audit['title']} {audit.get('displayValue', audit.get('explanation', ''))}".strip()
