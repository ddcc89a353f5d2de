"""Templates: a theme's templates by Jinja, with our names in them, and their faults as problems."""

import traceback
from collections.abc import Mapping
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import Any

import jinja2
from markupsafe import Markup, _escape_inner  # type: ignore[attr-defined]

from softsite.plan.views import Picture, SiteView
from softsite.problems import Problem, problem
from softsite.records import json_text
from softsite.render.theme import TemplateError, Theme
from softsite.text.editions import BASE
from softsite.text.pictures import CLOSE, INSIDE, OPEN, mark
from softsite.text.slots import slot

PHRASE = Markup('<span class="phrase">{}</span>')


class _Template(jinja2.Template):
    """A template that writes values without wrapping each in Markup first: a quarter less time for a page."""

    @classmethod
    def from_code(cls, *args: Any, **kwargs: Any) -> jinja2.Template:
        made = super().from_code(*args, **kwargs)
        made.root_render_func.__globals__["escape"] = _escaped
        return made


def _escaped(value: Any) -> str:
    """What `markupsafe.escape` gives, as a plain string."""
    if type(value) is str:
        return _escape_inner(value)
    return value.__html__() if hasattr(value, "__html__") else _escape_inner(str(value))


class _Environment(jinja2.Environment):
    template_class = _Template


class Templates:
    """The templates of a theme, ready to render."""

    def __init__(self, theme: Theme, site: SiteView) -> None:
        self.theme = theme
        self.site = site
        self.made: dict[str, jinja2.Template] = {}
        self.drawn: dict[tuple[str, int], tuple[Any, Markup]] = {}

    def __reduce__(self) -> tuple[type["Templates"], tuple[Theme, SiteView]]:
        """Another process makes its own environment."""
        return Templates, (self.theme, self.site)

    def render(self, name: str, variable: str, view: Any, slots: Mapping[str, str]) -> str:
        """Template `name` with `view` under the name `variable`. Raises TemplateError."""
        try:
            template = self.made.get(name) or self._load(name)
            return template.render({variable: view, "slot": _marks(slots)})
        except RecursionError as error:
            raise TemplateError(problem("template", self._label(name), reason="recursion")) from error
        except TemplateError:
            raise
        except Exception as error:  # a template can raise whatever Python can
            raise TemplateError(self._fault(error, name)) from error

    def part(self, name: str, item: Any) -> Markup:
        """Template `name` with `item`; drawn once for each item, however many pages show it."""
        known = self.drawn.get((name, id(item)))
        if known is None:
            text = (self.made.get(name) or self._load(name)).render({"item": item})
            known = self.drawn[name, id(item)] = item, Markup(text)  # noqa: S704 - the item keeps its id taken
        return known[1]

    def qr(self, url: str) -> Markup:
        """A QR code of a page's address; it leads to the edition in the script of writing."""
        from softsite.render.qr import qr

        return qr(url.replace(BASE, self.site.editions[0].base) if self.site.editions else url)

    def _load(self, name: str) -> jinja2.Template:
        self.made[name] = self.environment.get_template(name)
        return self.made[name]

    @cached_property
    def environment(self) -> jinja2.Environment:
        """Jinja with our names in it."""
        made = _Environment(
            loader=jinja2.DictLoader(dict(self.theme.templates)),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        made.globals.update(
            site=self.site,
            static=self.site.asset_hrefs.__getitem__,
            jsonld=jsonld,
            part=self.part,
            chart=chart,
            qr=self.qr,
            picture=picture,
        )
        made.filters.update(day=day, minute=minute, second=second, headline=headline)
        return made

    def _fault(self, error: Exception, name: str) -> Problem:
        """The template and line where an error came from."""
        if isinstance(error, jinja2.TemplateNotFound):
            return problem("template-missing", self._label(name), name=error.name or "")
        if isinstance(error, jinja2.TemplateSyntaxError):
            return self._at(error.name or name, error.lineno, error.message or "")
        frames = [
            f for f in traceback.extract_tb(error.__traceback__) if f.filename in ("<template>", "<unknown>")
        ]
        reason = f"{type(error).__name__}: {error}"
        line = frames[-1].lineno or 0 if frames else 0
        return self._at(self._name_of(error) or name, line, reason)

    def _name_of(self, error: Exception) -> str | None:
        """The template whose code raised an error, found in the innermost of its frames."""
        found = None
        trace = error.__traceback__
        while trace is not None:
            code_globals = trace.tb_frame.f_globals
            if "__jinja_template__" in code_globals or code_globals.get("environment") is self.environment:
                found = code_globals.get("name") or found
            trace = trace.tb_next
        return found if isinstance(found, str) else None

    def _at(self, name: str, line: int, reason: str) -> Problem:
        lines = self.theme.templates.get(name, "").split("\n")
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        return problem("template", self._label(name), line=line, text=text, reason=reason)

    def _label(self, name: str) -> str:
        return self.theme.labels.get(name, f"templates/{name}")


def chart(view: Any) -> Markup:
    """A chart as SVG for the page itself, so that it has the page's colours."""
    from softsite.render.charts.draw import svg

    return Markup(svg(view))  # noqa: S704 - it escapes what it shows


def picture(view: Picture, place: str) -> Markup:
    """A picture in a place of the theme, `lead` or `card`; its size and variants are filled in later."""
    before, inside, after = (mark(part, place, view.path) for part in (OPEN, INSIDE, CLOSE))
    made = f'{before}<img src="{_escaped(view.src)}" alt="{_escaped(view.alt)}"{inside}>{after}'
    return Markup(made)  # noqa: S704 - escaped above


def jsonld(value: Any) -> Markup:
    """A value as JSON that may stand in a script element."""
    text = json_text(value)
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 - nothing of HTML is left in it


def day(time: str) -> str:
    """2017-11-27."""
    return time[:10]


def minute(time: str) -> str:
    """2017-11-27 17:42, or the day when there is no time."""
    return time[:16].replace("T", " ")


def second(time: str) -> str:
    """2017-11-27 17:42:54, or as much as there is."""
    return time[:19].replace("T", " ")


def headline(title: str) -> Markup | str:
    """A title whose parts, where it has blanks, stay whole as long as a line holds them."""
    parts = title.split(" ")
    return Markup(" ").join(map(PHRASE.format, parts)) if len(parts) > 1 else title


def _marks(slots: Mapping[str, str]) -> SimpleNamespace:
    """The marks that a template writes for its slots, as `slot.body`."""
    return SimpleNamespace(**{name: _mark(reference) for name, reference in slots.items()})


@lru_cache(maxsize=4096)
def _mark(reference: str) -> Markup:
    return Markup(slot(reference))  # noqa: S704 - a slot's mark
