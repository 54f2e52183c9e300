"""A page: one file with its style and its script in it, which fetches nothing and sends nothing."""

from __future__ import annotations

import base64
import hashlib
import textwrap
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kimplan import __version__
from kimplan.html.address import address
from kimplan.html.prose import breakable
from kimplan.html.tables import class_of, header_at
from kimplan.model.language import Language

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER = Path(__file__).parent
TEMPLATES = _FOLDER / "templates"
STYLE = "style.css"
_LONGEST_TITLE = 70  # characters, of which browsers and search engines show no more


def render(
    template: str,
    language: Language,
    *,
    styles: Sequence[str] = (STYLE,),
    scripts: Sequence[str] = (),
    **values: object,
) -> str:
    """Return the page that `template` makes of `values`, in `language`.

    `styles` and `scripts` are files of this package; they stand in the page, and nothing else runs
    there. Every value reaches the page as text.
    """
    from markupsafe import Markup

    style, script = _joined(styles), _joined(scripts)
    page = _environment().get_template(template)
    return page.render(
        values,
        language=language,
        say=language.say,
        generator=f"kimplan {__version__}",
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 - a file of this package
        script=Markup(script),  # noqa: S704 - a file of this package
    )


def title_of(*words: str) -> str:
    """Return what a page is called in a browser's tab: the words that there is room for."""
    first, *rest = words
    said = textwrap.shorten(first, _LONGEST_TITLE, placeholder="…")
    for word in rest:
        longer = f"{said} – {word}"
        said = longer if len(longer) <= _LONGEST_TITLE else said
    return said


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from kimplan.html import markup

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.globals.update(
        address=address,
        breakable=breakable,
        class_of=class_of,
        header_at=header_at,
        prose=markup.prose,
        rating=markup.rating,
        row=markup.row,
        runs=markup.runs,
    )
    return made


def _policy(style: str, script: str) -> str:
    """Return what a browser may do for the page: show it, and run what stands in it."""
    scripts = f"script-src {_hash(script)}; " if script else ""
    return (
        f"default-src 'none'; style-src {_hash(style)}; {scripts}img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest())
    return f"'sha256-{digest.decode('ascii')}'"


def _joined(names: Sequence[str]) -> str:
    return "\n".join(_read(name) for name in names)


@lru_cache(maxsize=8)
def _read(name: str) -> str:
    """Return a style or a script; one that ends its own element would open the page to text."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    if "</" in text or "<!--" in text:
        raise ValueError(name)
    return text
