"""Links that nobody can follow, or should (KP305, KP312)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kimplan.diagnostic import Diagnostic, Severity
from kimplan.rules.base import Context, Rule
from kimplan.rules.texts import may_hold_link, may_mean_link

if TYPE_CHECKING:
    from kimplan.loader import LoadedFile
    from kimplan.model.recommendation import Recommendation
    from kimplan.rules.placed_links import PlacedLink


class _LinkRule(Rule):
    """A rule about the links of a file, wherever in it they stand."""

    code = ""
    is_of_doubtful = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._settings = context.settings.value

    def check(self, file: LoadedFile[Recommendation], item: Recommendation) -> Iterable[Diagnostic]:
        """Find it; most records hold nothing that may be a link, which is quick to see."""
        if not (item.evidence or item.fields or may_mean_link(file.document.text)):
            return ()
        from kimplan.rules.placed_links import LINKS

        links = LINKS.read(item, self._settings)
        return self._told(file, links) if links else ()

    def check_plan(self) -> Iterator[Diagnostic]:
        """Find it in the settings."""
        settings = self._settings
        source = settings.source if settings else None
        file = self.context.settings
        if settings and ((source and source.link) or may_hold_link(file.document.text)):
            from kimplan.rules.placed_links import links_of_settings

            yield from self._told(file, links_of_settings(settings))

    def _told(self, file: LoadedFile[Any], links: Iterable[PlacedLink]) -> Iterator[Diagnostic]:
        from kimplan.rules.placed_links import finding_of

        for link in links:
            if link.wrong.is_doubtful == self.is_of_doubtful:
                yield finding_of(file, self.code, self.severity, link)


class NotAWebAddress(_LinkRule):
    """A link is no web address.

    A board paper and an auditor can follow `https://` and `http://` addresses only, and these only
    where they are written as the browser shows them: with the name of the site, and with `%20` for
    each space. That is so in a field and in a text, where the words stand in `[ ]`:

        link: "https://example.org/policy"
        response: |
          See [the policy](https://example.org/Shared%20Documents/policy.pdf).
    """

    code = "KP305"


class DoubtfulLink(_LinkRule):
    """A link can be followed, and had better not be there as it is.

    It holds a password or a key that lets every reader in, it leads to a site that only your own
    network knows, or it ends with a full stop or at a space before the rest of it. Copy the address
    that the board and an auditor can open. A password that has been in the plan stays in its
    history: change it. In a text, words such as `[draft](not final)` may be meant for a link, and
    are printed as they stand.
    """

    code = "KP312"
    severity = Severity.WARNING
    is_of_doubtful = True
