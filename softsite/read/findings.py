"""Findings: the problems of one file, each with the line it is about."""

from softsite.problems import ERROR, Problem, problem


class Findings:
    """Collects what is wrong with one file while it is read."""

    def __init__(self, path: str, text: str = "") -> None:
        self.path = path
        self.lines = text.split("\n")
        self.problems: list[Problem] = []

    def add(
        self,
        code: str,
        line: int = 0,
        column: int = 0,
        *,
        fix: str = "",
        severity: str = ERROR,
        **facts: object,
    ) -> None:
        """Notes a problem at a place of the file; shows the line as it stands."""
        text = self.line(line) if line else ""
        self.problems.append(
            problem(code, self.path, line=line, column=column, text=text, fix=fix, severity=severity, **facts)
        )

    def line(self, number: int) -> str:
        """A line by its number, counted from 1; empty beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def swapped(self, line: int, column: int, old: str, new: str) -> str:
        """The line as it should be: `old` at `column` replaced by `new`."""
        text, start = self.line(line), column - 1
        if text[start : start + len(old)] != old:
            start = text.find(old)
        return text[:start] + new + text[start + len(old) :] if start >= 0 else ""
