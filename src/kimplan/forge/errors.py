"""Why a forge's API does not do what it was asked."""

from __future__ import annotations

from kimplan.errors import KimplanError


class ForgeError(KimplanError):
    """The forge cannot be asked, or does not do it; nothing more can be asked of it.

    `status` is that of its answer, 0 where there was none.
    """

    status = 0


class RefusedError(ForgeError):
    """The forge refuses this one request, and may well take the next.

    `fields` are those of the request that it does not like, `codes` its own names for the reasons.
    """

    fields: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
