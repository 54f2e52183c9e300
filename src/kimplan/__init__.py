"""kimplan keeps an action plan for the Housing Ombudsman's recommendations.

The version is a literal so that ``kimplan --version`` reads no package metadata.
"""

import os
import sys

__version__ = "0.1.0"


def end_at_once(*signal: object) -> None:
    """End the process as Ctrl-C ends a command, with 130, wherever it is and without a word."""
    os._exit(130)


def _heed_ctrl_c() -> None:
    """Have Ctrl-C end the command line from here on, while all the rest of it is being imported.

    A program that imports kimplan is left alone. What Python itself does before this module is
    reached is out of reach: it shows a traceback of its own then.
    """
    program, _, _ = sys.argv[0].replace("\\", "/").rpartition("/")[2].lower().partition(".")
    if program == "kimplan" or (program == "-m" and "kimplan" in sys.orig_argv):
        heed_ctrl_c()


def heed_ctrl_c() -> None:
    """Have Ctrl-C end this process at once, where it would raise KeyboardInterrupt."""
    # The module that `signal` is made of: it costs nothing to import.
    from _signal import (  # type: ignore[import-not-found]
        SIGINT,
        default_int_handler,
        getsignal,
        signal,
    )

    if getsignal(SIGINT) is default_int_handler:
        signal(SIGINT, end_at_once)


_heed_ctrl_c()
