"""Editions: what stands in each edition of a site, and the names that are kept right in the other script."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from softsite.model.site import Site
from softsite.plan.outputs import Planned
from softsite.read.declared import Declared
from softsite.text.editions import Edition, Names
from softsite.text.names import persons


def in_each(outputs: Iterable[Planned], editions: Sequence[Edition]) -> Iterator[Planned]:
    """The outputs in every edition; those of one page stand beside each other, so that one worker draws them."""
    for output in outputs:
        yield output
        for each in editions[1:]:
            yield output._replace(path=each.folder + output.path, edition=each.folder)


def names_of(site: Site) -> Names:
    """The persons and organisations that the site's settings, its pages and its data name."""
    config, pages = site.config, [*site.articles, *site.pages]
    told = set(_told(site))
    people = {text for page in pages for text in (page.author, page.editor)} | _of_kind(told, "person")
    organisations = {page.source for page in pages} | _of_kind(told, "organisation")
    return Names(
        persons=tuple(dict.fromkeys(chain.from_iterable(map(persons, sorted(people))))),
        organisations=tuple(sorted({*organisations, config.name, config.owner.organisation} - {""})),
    )


def _told(site: Site) -> Iterator[tuple[str, str]]:
    """What bulletins say, each with the kind of its field; of lists each item."""
    for bulletin in chain.from_iterable(site.bulletins.values()):
        yield from _of_record(bulletin.type.fields, bulletin.values)
        for table in bulletin.type.tables:
            for row in bulletin.rows[table.name]:
                yield from _of_record(table.fields, row)


def _of_record(fields: Iterable[Declared], values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in fields:
        kind, value = (
            (each.items, values.get(each.name))
            if each.kind == "list"
            else (each.kind, [values.get(each.name)])
        )
        if kind in ("person", "organisation"):
            yield from ((kind, text) for text in value or () if text)


def _of_kind(told: Iterable[tuple[str, str]], kind: str) -> set[str]:
    return {text for found, text in told if found == kind}
