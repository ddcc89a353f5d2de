"""Weights: what a reader's line has to carry before a page can be read."""

import gzip
from pathlib import Path

MOST = 40_000  # bytes of HTML and CSS after gzip
LEVEL = 1  # as nginx does it unless told otherwise


def weigh(output: Path) -> list[str]:
    """Prints the weight of the heaviest page and of the one in the middle; the faults are pages that weigh too much."""
    style = sum(map(_packed, output.glob("static/*.css")))
    pages = sorted((style + _packed(path), str(path.relative_to(output))) for path in output.rglob("*.html"))
    print(f"weights: HTML and CSS of {len(pages)} pages after gzip, CSS alone {style / 1000:.1f} kB")
    for name, (weight, page) in {"middle": pages[len(pages) // 2], "heaviest": pages[-1]}.items():
        print(f"  {name:10}{weight / 1000:5.1f} kB  {page}")
    return [f"weights: {page}: {weight} bytes, at most {MOST}" for weight, page in pages if weight > MOST]


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), LEVEL))
