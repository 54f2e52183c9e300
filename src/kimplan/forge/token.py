"""The token by which a forge knows us: from the environment alone, and never shown."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import SecretStr

from kimplan.errors import KimplanError

VARIABLES = ("KIMPLAN_FORGE_TOKEN", "GITHUB_TOKEN")
_LONGEST = 4096


def find_token(environment: Mapping[str, str]) -> SecretStr | None:
    """Return the token of the first of `VARIABLES` that has one, or None.

    Raises KimplanError, without its text, for what cannot be one: a header could not hold it.
    """
    for variable in VARIABLES:
        text = environment.get(variable, "").strip()
        if not text:
            continue
        if len(text) > _LONGEST or not text.isascii() or not text.isprintable() or " " in text:
            hint = "A token is one word of letters, digits and hyphens."
            raise KimplanError(f"what {variable} holds is no token", hint)
        return SecretStr(text)
    return None
