"""Plan: all outputs of a site, checked against each other before anything is drawn."""

from collections.abc import Collection, Mapping

from softsite.model.site import Site
from softsite.plan.checks import Locate, Targets, collisions, dead_links, published_assets
from softsite.plan.editions import in_each, names_of
from softsite.plan.feeds import feeds
from softsite.plan.opendata import opendata
from softsite.plan.outputs import COPY, Plan, Planned
from softsite.plan.pages import Pages
from softsite.plan.search import Index, search_index
from softsite.plan.sitemap import robots, sitemap
from softsite.problems import ordered
from softsite.text.editions import Names
from softsite.text.links import address_of


def plan(
    site: Site,
    sizes: Mapping[str, int],
    static: Mapping[str, str],
    locate: Locate,
    broken: Collection[str] = (),
    templates: Collection[str] = (),
    glossary: Names = Names(),  # noqa: B008
) -> Plan:
    """The outputs of `site`.

    `sizes` are the files of content/ with their bytes; `static` the theme's files by
    the path that each gets; `locate` finds a place in an article, for messages;
    `broken` are articles that have faults already; `templates` the names of the theme's;
    `glossary` is what the site says of words in the other script.
    """
    made = Pages(site, sizes, templates)
    pages = list(made.all())
    assets = published_assets(site, sizes)
    editions = site.config.in_scripts(
        names_of(site).plus(glossary) if len(site.config.editions) > 1 else Names()
    )
    index = search_index(site) if site.config.search else Index([], [], [])
    outputs = [
        *in_each([*pages, *feeds(site, sizes), *sitemap(site.config, pages), *index.texts], editions),
        *index.outputs,
        *opendata(site),
        robots(site.config),
        *(Planned(path, COPY, None, {COPY: f"static:{name}"}, "") for name, path in static.items()),
        *(Planned(address_of(path), COPY, None, {COPY: f"asset:{path}"}, path) for path in assets),
    ]
    problems = [*site.problems, *collisions(outputs, locate)]
    targets = Targets(site, sizes, (output.path for output in outputs), broken)
    problems += dead_links(site, targets, locate)
    return Plan(outputs, index.segments, made.parts(), assets, ordered(problems), site.next_change, editions)
