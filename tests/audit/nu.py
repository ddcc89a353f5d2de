"""Nu: what the Nu HTML checker says of every page, style sheet and SVG file."""

import json
import subprocess
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote

JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"
KINDS = ("html", "css", "svg")
# -Xss: its parsers recurse. A folder would be taken with all that is in it, pictures too; so files are named.
COMMAND = ("java", "-Xss4m", "-jar", str(JAR), "--also-check-css", "--also-check-svg", "--format", "json",
           "--stdout", "--exit-zero-always")  # fmt: skip


def check(output: Path) -> list[str]:
    """Prints how much was checked; the faults are all that is said, warnings too."""
    files = {kind: sorted(map(str, output.rglob(f"*.{kind}"))) for kind in KINDS}
    command = [*COMMAND, *chain.from_iterable(files.values())]
    said = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)["messages"]
    print(f"nu: {', '.join(f'{len(paths)} {kind}' for kind, paths in files.items())}: {len(said)} messages")
    return [_line(each, output) for each in said]


def _line(said: dict[str, Any], output: Path) -> str:
    page = unquote(said.get("url", "")).removeprefix(f"file:{output}/")
    place = f"{page}:{said.get('lastLine', 0)}:{said.get('lastColumn', 0)}"
    return f"nu: {place}: {said.get('subType', said['type'])}: {said['message']} {said.get('extract', '')!r}"
