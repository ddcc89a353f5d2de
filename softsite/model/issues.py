"""Issues: what no two bulletins of a type share: what they are the issue of, and their document number."""

from collections.abc import Iterator

from softsite.problems import ERROR, WARNING, Problem, problem
from softsite.read.bulletin import Bulletin
from softsite.read.declared import BulletinType


class Issues:
    """The bulletins that were met so far."""

    def __init__(self) -> None:
        self.met: dict[tuple[str, ...], Bulletin] = {}

    def repeated(self, declared: BulletinType, bulletin: Bulletin, title: str) -> Iterator[Problem]:
        """Notes that a bulletin is what another is already: mostly a copy in which something was not changed.

        `title` is the one that the type gives: two of one period that it tells apart are two issues.
        """
        for field in declared.fields:
            cell = bulletin.cells.get(field.name)
            if cell is None:
                continue
            if field.name == declared.period:
                code, severity, named = "period-repeated", ERROR, title
            elif field.kind == "document_number":
                code, severity, named = "number-repeated", WARNING, ""
            else:
                continue
            other = self.met.setdefault((declared.slug, field.name, cell.value, named), bulletin)
            if other is not bulletin:
                yield problem(
                    code, f"content/{bulletin.document.path}", line=cell.line, column=cell.column,
                    severity=severity, key=field.label, value=cell.value, other=f"content/{other.document.path}",
                )  # fmt: skip
