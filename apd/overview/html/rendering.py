"""Templates to pages: escaped, without network, without script."""

from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from apd.overview.html.sanitizing import is_safe_uri, visible
from apd.privacy.masking import show
from apd.text.page import PageWords
from apd.wording import Hide, Language


def render(template: str, language: Language, hide: Hide | None, **values: object) -> str:
    """A page.

    Args:
        template: its name.
        language: ``"da"`` or ``"en"``.
        hide: is applied to every text that goes into the page; None hides nothing.
        values: what the template shows.
    """
    environment = _environment()
    if hide is not None:
        environment = environment.overlay(finalize=_finalizer(hide))
    return environment.get_template(template).render(
        language=language, words=PageWords(language), style=_style(), policy=_policy(), **values
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("apd.overview.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_finalizer(show),
    )
    environment.tests["safe_uri"] = is_safe_uri
    return environment


def _finalizer(hide: Hide) -> Callable[[Any], Any]:
    """What every value passes before it is escaped; markup that was made here is left alone."""

    def finalize(value: Any) -> Any:
        if not isinstance(value, str) or isinstance(value, Markup):
            return value
        return visible(hide(value))

    return finalize


@cache
def _style() -> Markup:
    file = resources.files("apd.overview.html") / "templates" / "style.css"
    return Markup("\n" + file.read_text("utf-8"))


@cache
def _policy() -> Markup:
    """The Content-Security-Policy: nothing is fetched, nothing runs, one style sheet holds."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return Markup(
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
