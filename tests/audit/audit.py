"""Audit: what a scale, the Nu HTML checker and Lighthouse say of the sample site, in every edition.

The site is built for the address at which it is handed out, so that its canonical
addresses, robots.txt and sitemap are those of the pages that are looked at.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.audit import lighthouse, nu, weights
from tests.browser.sample import build_sample
from tests.browser.server import served


def main() -> int:
    """Prints figures, then each fault in a line; the status is 1 when there are faults."""
    with TemporaryDirectory() as folder:
        output = Path(folder, "output")
        with served(output, base="/") as home:
            build_sample(Path(folder), output, home)
            faults = [*weights.weigh(output), *nu.check(output), *lighthouse.measure(home)]
    for each in faults:
        print(each)
    return 1 if faults else 0
