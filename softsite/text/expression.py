"""Expression: a formula of a bulletin type, by Jinja in a sandbox. It can compute with figures, and do nothing else.

Nothing in it can be long, slow or large: there are no loops, no powers, no products
of texts, and of values only the attributes that are named here can be seen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from softsite.text.period import Moment, Period

MAX_LENGTH = 600
CALL = "call_"
FILTERS = "length map selectattr rejectattr select reject list first last sort unique join default abs int"
_SEEN = {date: {"year", "month", "day"}, Period: {"first", "last", "year", "number"}, Moment: {"day"}}
_NUMBERS = (int, Decimal)
_MOST_PLACES = 6

OTHERS = ("bulletin", "previous")  # whose fields and tables are named by a point: previous.people
_OF_ROWS = {"selectattr", "rejectattr", "map", "sort", "unique"}  # filters that name a column of a table

# A table and its column, or "" and a field. Also ("previous", "people") and ("previous.ranks", "people").
Cell = tuple[str, str]


class ExpressionError(ValueError):
    """An expression cannot be read, or cannot be computed."""


class Side(NamedTuple):
    """One side of a comparison: how to compute it, and which cells it names."""

    formula: "Formula"
    cells: tuple[Cell, ...]


class Formula:
    """An expression, compiled once."""

    def __init__(self, tree: nodes.Expr) -> None:
        self.root = nodes.Template([nodes.Assign(nodes.Name("result", "store"), tree, lineno=1)], lineno=1)
        self.root.set_environment(_environment)
        try:
            self.template = _environment.from_string(self.root)
        except jinja2.TemplateError as error:
            raise ExpressionError(str(error)) from error

    @property
    def names(self) -> frozenset[str]:
        """The names that have to be given to it; those of functions begin with CALL."""
        return frozenset(find_undeclared_variables(self.root)) - set(_environment.globals)

    def __call__(self, names: Mapping[str, Any]) -> Any:
        """Its value, where names mean these. Raises ExpressionError, and TypeError where something is not given."""
        context = self.template.new_context(dict(names))
        try:
            for _ in self.template.root_render_func(context):
                pass
        except TypeError:
            raise
        except Exception as error:  # whatever arithmetic, filters and the sandbox can raise
            raise ExpressionError(f"{type(error).__name__}: {error}") from error
        value = context.vars["result"]
        if isinstance(value, jinja2.Undefined):
            raise ExpressionError(str(value._undefined_message))  # noqa: SLF001 - it is the only place that says which name
        return value


@lru_cache(maxsize=1024)
def formula(source: str) -> Formula:
    """The formula that `source` spells; raises ExpressionError."""
    return Formula(_parsed(source))


@lru_cache(maxsize=1024)
def sides(source: str) -> tuple[Side, Side] | None:
    """Both sides of `A == B`; None for any other expression."""
    tree = _parsed(source)
    if not isinstance(tree, nodes.Compare) or len(tree.ops) != 1 or tree.ops[0].op != "eq":
        return None
    return _side(tree.expr), _side(tree.ops[0].expr)


@lru_cache(maxsize=1024)
def cells(source: str) -> tuple[Cell, ...]:
    """The cells that an expression names: fields, and columns as in `sum(ranks, 'people')`; else whole tables."""
    return _cells(_parsed(source))


def _side(tree: nodes.Expr) -> Side:
    return Side(Formula(tree), _cells(tree))


def _cells(tree: nodes.Node) -> tuple[Cell, ...]:
    """Each cell once; where columns of a table are named, the table is not."""
    found = dict.fromkeys(_all_cells(tree))
    tables = {table for table, _ in found}
    return tuple(each for each in found if ".".join(filter(None, each)) not in tables)


def _all_cells(tree: nodes.Node) -> Iterator[Cell]:
    if isinstance(tree, nodes.Name):
        yield "", tree.name
    elif member := _member(tree):
        yield member
    else:
        yield from _columns(tree)
        for child in tree.iter_child_nodes():
            if not isinstance(tree, nodes.Call) or child is not tree.node:
                yield from _all_cells(child)


def _member(tree: nodes.Node) -> Cell | None:
    """What `bulletin.people` and `previous.people` name."""
    name = _attribute(tree)
    of = tree.node if isinstance(tree, nodes.Getattr | nodes.Getitem) else None
    return (of.name, name) if name and isinstance(of, nodes.Name) and of.name in OTHERS else None


def _attribute(tree: nodes.Node) -> str:
    """The name behind a point or in brackets."""
    if isinstance(tree, nodes.Getattr):
        return tree.attr
    return _word_of(tree.arg) if isinstance(tree, nodes.Getitem) else ""


def _word_of(tree: nodes.Node) -> str:
    return tree.value if isinstance(tree, nodes.Const) and isinstance(tree.value, str) else ""


def _columns(tree: nodes.Node) -> Iterator[Cell]:
    """The columns that a function, a filter, or a point behind a row names."""
    table, named = "", []
    if isinstance(tree, nodes.Call) and tree.args and isinstance(tree.node, nodes.Name):
        table = _table(tree.args[0]) if tree.node.name.startswith(CALL) else ""
        named = [*map(_word_of, tree.args[1:2]), *(each.key for each in tree.kwargs)]
    elif isinstance(tree, nodes.Filter) and tree.node is not None and tree.name in _OF_ROWS:
        table = _table(tree.node)
        given = tree.args[:1] if tree.name.endswith("attr") else []
        named = list(
            map(_word_of, [*given, *(each.value for each in tree.kwargs if each.key == "attribute")])
        )
    elif isinstance(tree, nodes.Getattr | nodes.Getitem) and isinstance(tree.node, nodes.Call | nodes.Filter):
        table, named = _table(tree.node), [_attribute(tree)]
    yield from ((table, name) for name in named if table and name)


def _table(tree: nodes.Node) -> str:
    """The table that rows are of: `ranks`, `previous.ranks`; filters and `find` take some of them."""
    while True:
        if isinstance(tree, nodes.Filter) and tree.node is not None:
            tree = tree.node
        elif isinstance(tree, nodes.Call) and tree.args and _is_find(tree.node):
            tree = tree.args[0]
        else:
            break
    return tree.name if isinstance(tree, nodes.Name) else ".".join(_member(tree) or ())


def _is_find(tree: nodes.Node) -> bool:
    return isinstance(tree, nodes.Name) and tree.name == f"{CALL}find"


def _parsed(source: str) -> nodes.Expr:
    """The tree of an expression."""
    if not 0 < len(source.strip()) <= MAX_LENGTH:
        raise ExpressionError(f"empty, or more than {MAX_LENGTH} characters")
    try:
        body = _environment.parse("{{ (" + source + "\n) }}").body
        if len(body) != 1 or not isinstance(body[0], nodes.Output) or len(body[0].nodes) != 1:
            raise ExpressionError(source)
        tree = _Exact().visit(body[0].nodes[0])
    except (jinja2.TemplateError, RecursionError) as error:
        raise ExpressionError(str(error)) from error
    if not isinstance(tree, nodes.Expr) or "self" in _names(tree):
        raise ExpressionError(source)
    return tree


def _names(tree: nodes.Expr) -> set[str]:
    found = {each.name for each in tree.find_all(nodes.Name)}
    return found | {tree.name} if isinstance(tree, nodes.Name) else found


class _Exact(NodeTransformer):
    """Makes numbers with a point exact and `~` strict; parts the names of functions from those of fields: `rank` may be both."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - Jinja's name
        if isinstance(node.node, nodes.Name):
            node.node = nodes.Name(CALL + node.node.name, "load", lineno=node.lineno)
        return self.generic_visit(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _call("TEXT", node.nodes, node.lineno)

    def visit_Const(self, node: nodes.Const) -> nodes.Expr:  # noqa: N802 - Jinja's name
        if not isinstance(node.value, float):
            return node
        return _call("DECIMAL", [nodes.Const(repr(node.value))], node.lineno)


def _call(name: str, given: list[nodes.Expr], line: int) -> nodes.Call:
    """A call of one of our own functions; no field can have its name."""
    return nodes.Call(nodes.Name(name, "load"), given, [], None, None, lineno=line)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with exact arithmetic, our few filters, and nothing to reach the machine by."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute; of what is not given none is given either."""
        return None if obj is None else super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ARG002 - Jinja's signature
        """Only what is named above can be seen of a value."""
        return attr in _SEEN.get(type(obj), ())

    def is_safe_callable(self, obj: Any) -> bool:
        """Only the functions that are given to a formula can be called."""
        return getattr(obj, "softsite_function", False) is True

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Arithmetic of exact numbers; with something that is not given the result is not known either."""
        if left is None or right is None:
            return None
        if not isinstance(left, _NUMBERS) or not isinstance(right, _NUMBERS) or operator not in _OPERATORS:
            raise SecurityError(f"{operator} takes numbers")
        return _OPERATORS[operator](left, right)


_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: Decimal(left) / Decimal(right) if right else None,
    "//": lambda left, right: left // right if right else None,
    "%": lambda left, right: left % right if right else None,
}


def function(made: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a function that formulas may call."""
    made.softsite_function = True  # type: ignore[attr-defined]
    return made


@function
def _decimal(text: str) -> Decimal:
    return Decimal(text)


@function
def _text(*parts: Any) -> str | None:
    """What `~` makes of its parts; with one that is not given the text is not known either."""
    return None if None in parts else "".join(map(_word, parts))


def _joined(parts: Iterable[Any], between: str = "") -> str:
    """The filter `join`; what is not given is left out."""
    return between.join(_word(each) for each in parts if each is not None)


def _rounded(figure: Any, places: int = 0) -> int | Decimal | None:
    """The filter `round`: half up, as figures are rounded everywhere; without places a whole number."""
    if figure is None:
        return None
    if not isinstance(figure, _NUMBERS) or places not in range(_MOST_PLACES + 1):
        raise SecurityError("round takes a number and how many places are left")
    rounded = Decimal(figure).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded if places else int(rounded)


def _word(part: Any) -> str:
    """A word, a figure, a day or a period as text; nothing else has one that readers could want."""
    if isinstance(part, bool) or not isinstance(part, str | int | Decimal | date | Period | Moment):
        raise SecurityError("texts are made of words, figures, days and periods")
    return f"{part:f}" if isinstance(part, Decimal) else getattr(part, "shown", None) or str(part)


def _made() -> _Sandbox:
    environment = _Sandbox(undefined=jinja2.StrictUndefined, autoescape=False)
    environment.filters = {name: environment.filters[name] for name in FILTERS.split()} | {
        "join": _joined,
        "round": _rounded,
    }
    environment.globals = {"DECIMAL": _decimal, "TEXT": _text}
    return environment


_environment = _made()
