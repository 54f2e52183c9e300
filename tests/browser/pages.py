"""A page in a real browser: opened as somebody sees it, and looked at by axe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

# WCAG 2.2 in its levels A and AA, and what axe calls good practice.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


class View(NamedTuple):
    """How somebody sees a page: the width in pixels of CSS, the colours, and on paper or not."""

    width: int = 1440
    scheme: Literal["light", "dark"] = "light"
    forced: Literal["active", "none"] = "none"
    medium: Literal["screen", "print"] = "screen"

    @property
    def name(self) -> str:
        """What the view is called among the tests."""
        forced = "-forced" if self.forced == "active" else ""
        return f"{self.width}-{self.scheme}{forced}-{self.medium}"


VIEWS = (
    *(View(width, scheme) for width in (320, 768, 1440) for scheme in ("light", "dark")),
    *(View(width, forced="active") for width in (320, 1440)),
    View(1440, medium="print"),
)


class Heard(NamedTuple):
    """What the browser said and asked for while a page was open."""

    console: list[str]
    requests: list[str]


@contextmanager
def opened(
    browser: Browser,
    place: Path | str,
    view: View = View(),  # noqa: B008 - plain data
    *,
    script: bool = True,
    bypass_csp: bool = False,
) -> Iterator[tuple[Page, Heard]]:
    """Open the page at a path or an address, and close it again.

    Its own policy holds unless `bypass_csp` lets axe in; without `script` nothing of it runs.
    """
    size: ViewportSize = {"width": view.width, "height": 900}
    context = browser.new_context(
        viewport=size,
        color_scheme=view.scheme,
        forced_colors=view.forced,
        reduced_motion="reduce",
        java_script_enabled=script,
        bypass_csp=bypass_csp,
    )
    try:
        page, heard = context.new_page(), Heard([], [])
        page.on("console", lambda message: heard.console.append(message.text))
        page.on("pageerror", lambda error: heard.console.append(str(error)))
        page.on("request", lambda request: heard.requests.append(request.url))
        if view.medium == "print":  # to set "screen" would hold on paper as well
            page.emulate_media(media="print")
        page.goto(place.as_uri() if isinstance(place, Path) else place)
        yield page, heard
    finally:
        context.close()


def axe_findings(page: Page, axe: Path) -> list[str]:
    """Return what axe finds on the page, a line for each element; also what it cannot decide.

    The page must have been opened with `bypass_csp`.
    """
    page.evaluate(axe.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": list(TAGS)}}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    assert len(found["passes"]) > 10, "axe looked at nothing"
    return [
        f"{rule['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:200]}"
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"]
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(wide, 0)


def spilling(page: Page, boxes: str) -> list[str]:
    """Return the words that are wider than their boxes, which a selector of CSS names."""
    found: list[str] = page.evaluate(
        """boxes => [...document.querySelectorAll(boxes)]
            .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)""",
        boxes,
    )
    return found


def small_targets(page: Page, least: int = 24) -> list[str]:
    """Return the links and controls outside of sentences that are smaller than so many pixels."""
    small: list[str] = page.evaluate(
        """least => [...document.querySelectorAll('a, button, input, select, summary')]
            .filter(one => getComputedStyle(one).display !== 'inline' && one.offsetParent)
            .filter(one => {
                const box = one.getBoundingClientRect();
                return box.width < least || box.height < least;
            })
            .map(one => one.outerHTML.slice(0, 200))""",
        least,
    )
    return small


def focused(page: Page) -> str:
    """Return the element with the focus: its tag and its words or where it leads."""
    said: str = page.evaluate(
        """() => {
            const one = document.activeElement;
            const target = one.getAttribute('href') || one.innerText || one.id;
            return `${one.tagName.toLowerCase()} ${target}`;
        }"""
    )
    return said


def roles(page: Page) -> list[tuple[str, str]]:
    """Return the roles and names that the browser tells a screen reader, in their order."""
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")
    return [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in tree["nodes"]
        if not node["ignored"]
    ]
