"""Hosting: what the header files of docs/hosting/ say."""

import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs/hosting"
POLICY = "Content-Security-Policy"

_ADDED = re.compile(r"^ +add_header ([\w-]+) (?:\"([^\"]*)\"|(\S+?))(?: always)?;$", re.MULTILINE)
_MAP = re.compile(r"^map \$uri (\$\w+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_CASE = re.compile(r"^ +(\S+|\"[^\"]*\") \"([^\"]*)\";$", re.MULTILINE)
_SET = re.compile(r"^ *Header (?:always )?(?:set|unset) ([\w-]+)(?: \"([^\"]*)\")?$", re.MULTILINE)
_FILES = re.compile(r"^<FilesMatch \"([^\"]*)\">\n(.*?)^</FilesMatch>\n", re.MULTILINE | re.DOTALL)


@cache
def static_rules() -> dict[str, dict[str, str]]:
    """`_headers`: the headers by the pattern of the path."""
    rules: dict[str, dict[str, str]] = {}
    for line in (FOLDER / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            headers = rules.setdefault(line, {})
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            headers[name] = value
    return rules


def static_headers(path: str) -> dict[str, str]:
    """What a host that reads `_headers` adds for a path of the site."""
    found: dict[str, str] = {}
    for pattern, headers in static_rules().items():
        if fnmatchcase(path, pattern):
            found |= headers
    return found


def nginx_headers(path: str) -> dict[str, str]:
    """What nginx.conf adds for a path; what it leaves out is empty."""
    text = (FOLDER / "nginx.conf").read_text("utf-8")
    maps = {name: _chosen(cases, path) for name, cases in _MAP.findall(text)}
    return {name: maps[variable] if variable else value for name, value, variable in _ADDED.findall(text)}


def apache_headers(path: str) -> dict[str, str]:
    """What .htaccess sets for a path; what it unsets is empty."""
    text = (FOLDER / ".htaccess").read_text("utf-8")
    found = dict(_SET.findall(_FILES.sub("", text)))
    for pattern, inside in _FILES.findall(text):
        if re.search(pattern, path.rpartition("/")[2]):
            found |= dict(_SET.findall(inside))
    return found


def _chosen(cases: str, path: str) -> str:
    """The value of an nginx map: of the first pattern that fits, else the default."""
    values: dict[str, str] = {pattern.strip('"'): value for pattern, value in _CASE.findall(cases)}
    for pattern, value in values.items():
        if pattern.startswith("~*") and re.search(pattern[2:], path, re.IGNORECASE):
            return value
    return values["default"]
