"""A letter as HTML that Outlook shows well: tables, styles of their own, nothing from elsewhere."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from kimplan.answers.letter import Letter
from kimplan.answers.naming import sentence_case
from kimplan.characters import make_visible


def as_html(letter: Letter) -> str:
    """Return the letter as one HTML page; every text of the plan is escaped in it."""
    return _template().render(letter=letter) + "\n"


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("kimplan.mail"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
    )
    environment.filters["sentence"] = _sentence
    return environment.get_template("letter.html")


def _shown(value: object) -> object:
    return make_visible(value) if isinstance(value, str) else value


def _sentence(text: str) -> str:
    return f"{sentence_case(text).removesuffix('.')}."
