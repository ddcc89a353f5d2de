"""Layers: imports run one way, and each library that we did not write is known to the module that owns it."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "softsite"

# From what knows nothing to what knows all; a module may import from its own stage and from those before it.
ORDER = (
    ("records", "messages", "problems"),
    ("text",),
    ("read",),
    ("config",),
    ("model",),
    ("plan",),
    ("render",),
    ("write",),
    ("work",),
    ("steps",),
    ("pipeline",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
STAGES = {name: number for number, names in enumerate(ORDER) for name in names}

# Who may import what; Pygments is used by one of Markdown's extensions, never by us.
OWNERS = {
    "feedgen": {"softsite.render.feeds"},
    "jinja2": {"softsite.render.templates", "softsite.text.expression"},
    "markdown": {"softsite.text.markup", "softsite.text.blocks"},
    "markupsafe": {"softsite.render.templates", "softsite.render.qr"},
    "msgspec": {"softsite.records"},
    "nh3": {"softsite.text.markup"},
    "numpy": {"softsite.render.postings"},
    "opencc": {"softsite.text.script"},
    "PIL": {"softsite.render.images"},
    "segno": {"softsite.render.qr"},
    "yaml": {"softsite.read.yamlfile"},
}


def imports(source: str, module: str, *, package: bool = False) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module imports: also in functions and for types only."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            up = module.split(".")[: len(module.split(".")) - node.level + package] if node.level else []
            start = ".".join([*up, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{start}.{each.name}") for each in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            name = node.args[0] if node.args else None
            yield node.lineno, ast.unparse(name).strip("f'") if name else "?"


def faults(source: str, module: str, *, package: bool = False) -> list[str]:
    """Imports of a module that its place does not allow."""
    found = []
    own = STAGES.get(module.partition(".")[2].partition(".")[0], -1)
    for line, name in imports(source, module, package=package):
        top, _, rest = name.partition(".")
        if top == "softsite":
            if (stage := STAGES.get(rest.partition(".")[0])) is None:
                # `from softsite import __version__`, or a module that has no stage yet
                wrong = not rest.startswith("__")
            else:
                wrong = stage > own
        else:
            wrong = top not in sys.stdlib_module_names and module not in OWNERS.get(top, ())
        if wrong:
            found.append(f"{module}:{line}: {name}")
    return found


def modules() -> dict[str, Path]:
    """Every module of softsite by its name."""
    paths = sorted(PACKAGE.rglob("*.py"))
    names = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in paths]
    return dict(zip((name.removesuffix(".__init__") for name in names), paths, strict=True))


MODULES = modules()


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    path = MODULES[module]
    assert faults(path.read_text(encoding="utf-8"), module, package=path.name == "__init__.py") == []


def test_every_module_has_a_stage_and_every_stage_a_module() -> None:
    assert {module.split(".")[1] for module in MODULES if "." in module} == set(STAGES)


def test_owners_use_what_they_own() -> None:
    used = {
        (name.partition(".")[0], module)
        for module, path in MODULES.items()
        for _, name in imports(path.read_text(encoding="utf-8"), module, package=path.name == "__init__.py")
    }
    assert {(library, module) for library, owners in OWNERS.items() for module in owners} <= used


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("softsite.text.markup", "from softsite.plan.outputs import Plan"),
        ("softsite.text.markup", "import softsite.read.source"),
        ("softsite.read.source", "def f():\n    from softsite import config\n    return config"),
        ("softsite.records", "if TYPE_CHECKING:\n    from softsite.text.links import Reference"),
        ("softsite.plan.views", "try:\n    from ..render import feeds\nexcept ImportError:\n    pass"),
        ("softsite.plan.views", "from importlib import import_module\nimport_module('softsite.work')"),
        ("softsite.render.feeds", "import os, softsite.cli"),
        ("softsite.pipeline", "from softsite.commands import build"),
        ("softsite.pipeline", "from softsite.new import thing"),
        ("softsite.read.document", "import nh3"),
        ("softsite.read.document", "def f():\n    import yaml.events"),
        ("softsite.text.blocks", "from pygments.lexers import get_lexer_by_name"),
        ("softsite.work", "from jinja2 import Environment"),
        ("softsite.work", "import requests"),
        ("softsite", "from softsite.records import Record"),
    ],
)
def test_an_import_that_runs_backwards_is_found(module: str, source: str) -> None:
    assert len(faults(source, module)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("softsite.text.markup", "import re\nfrom . import blocks\nfrom markdown.extensions import tables"),
        (
            "softsite.write.memo",
            "from softsite.plan.outputs import Output\nfrom softsite.write import pieces",
        ),
        ("softsite.cli", "from softsite import __version__\nfrom softsite.commands import build"),
        ("softsite.problems", "from softsite.messages import MESSAGES"),
    ],
)
def test_an_import_that_runs_forwards_is_none(module: str, source: str) -> None:
    assert faults(source, module) == []
