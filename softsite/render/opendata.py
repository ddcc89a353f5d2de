"""Open data as text: CSV that Excel opens as UTF-8 (RFC 4180, with a byte order mark), and JSON."""

import csv
import io

from softsite.plan.opendata import CsvView, JsonView
from softsite.records import json_document

BOM = "\ufeff"


def csv_file(view: CsvView) -> str:
    """A table as CSV."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\r\n").writerows(view.rows)
    return BOM + made.getvalue()


def json_file(view: JsonView) -> str:
    """A value as JSON, one line a value."""
    return json_document(view.data) + "\n"
