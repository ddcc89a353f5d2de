"""Chromium: the machine's own, and how it is started."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
# As root, in a container, without a network: nothing that looks for Google's hosts.
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def chromium() -> str:
    """The path of the machine's Chromium; CHROMIUM names another."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise FileNotFoundError(
            "no Chromium on this machine: `make chromium` installs one, CHROMIUM=/path/to/it names one"
        )
    return found
