"""How long a forge asks us to wait before we ask again.

https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from __future__ import annotations

import math
import re
from email.message import Message
from email.utils import parsedate_to_datetime

_A_MINUTE = 60.0  # what GitHub asks for where it names no time
_SECONDS = re.compile("[0-9]{1,12}")


def wait_for(status: int, headers: Message, message: str) -> float | None:
    """Return the seconds until the forge may be asked again, None where waiting does not help.

    What it does not say in a way that is understood is for ever.
    """
    retry, left = headers.get("Retry-After"), headers.get("X-RateLimit-Remaining")
    if status == 503:
        return None if retry is None else _seconds(retry)
    is_limit = status == 429 or "rate limit" in message.casefold()
    if status not in {403, 429} or not (is_limit or retry is not None or left == "0"):
        return None
    if retry is not None:
        return _seconds(retry)
    return _until_reset(headers) if left == "0" else _A_MINUTE


def _seconds(text: str) -> float:
    return float(text) if _SECONDS.fullmatch(text.strip()) else math.inf


def _until_reset(headers: Message) -> float:
    """Return the seconds between the server's own clock and the reset, so that ours is not asked.

    One more is added, for both count whole ones.
    """
    try:
        now = parsedate_to_datetime(headers.get("Date", "")).timestamp()
    except (ValueError, OverflowError):
        return math.inf
    return max(0.0, _seconds(headers.get("X-RateLimit-Reset", "")) - now + 1)
