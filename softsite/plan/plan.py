"""Plan: all outputs of a site, checked against each other before anything is drawn."""

from collections.abc import Collection, Mapping

from softsite.model.site import Site
from softsite.plan.checks import Locate, Targets, collisions, dead_links, published_assets
from softsite.plan.feeds import feeds
from softsite.plan.opendata import opendata
from softsite.plan.outputs import COPY, Plan, Planned
from softsite.plan.pages import Pages
from softsite.plan.sitemap import sitemap
from softsite.problems import ordered
from softsite.text.links import address_of


def plan(
    site: Site,
    sizes: Mapping[str, int],
    static: Mapping[str, str],
    locate: Locate,
    broken: Collection[str] = (),
    templates: Collection[str] = (),
) -> Plan:
    """The outputs of `site`.

    `sizes` are the files of content/ with their bytes; `static` the theme's files by
    the path that each gets; `locate` finds a place in an article, for messages;
    `broken` are articles that have faults already; `templates` the names of the theme's.
    """
    made = Pages(site, sizes, templates)
    pages = list(made.all())
    assets = published_assets(site, sizes)
    outputs = [
        *pages,
        *feeds(site, sizes),
        *opendata(site),
        *sitemap(site.config, pages),
        *(Planned(path, COPY, None, {COPY: f"static:{name}"}, "") for name, path in static.items()),
        *(Planned(address_of(path), COPY, None, {COPY: f"asset:{path}"}, path) for path in assets),
    ]
    problems = [*site.problems, *collisions(outputs, locate)]
    targets = Targets(site, sizes, (output.path for output in outputs), broken)
    problems += dead_links(site, targets, locate)
    return Plan(outputs, made.parts(), assets, ordered(problems), site.next_change)
