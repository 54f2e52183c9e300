"""The options that every command has, and those that stand before the command alone."""

from __future__ import annotations

COLOURS = ("auto", "always", "never")
SHELLS = ("bash", "zsh", "fish", "powershell")


class Shared:
    """An option of every command, which stands before it or after it.

    `opts` are its names, `metavar` what its value is called, empty where it takes none.
    """

    _flag_needs_value = False  # which click asks of an option
    __slots__ = ("about", "dest", "metavar", "opts")  # making a named tuple is dear to each start

    def __init__(self, dest: str, opts: tuple[str, ...], metavar: str, about: str) -> None:
        self.dest = dest
        self.opts = opts
        self.metavar = metavar
        self.about = about


SHARED = (
    Shared(
        "_color",
        ("--color",),
        "auto|always|never",
        "When to use colour. NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE are heard as well.",
    ),
    Shared("_quiet", ("-q", "--quiet"), "", "Say nothing but what was asked for, and errors."),
    Shared("_no_pager", ("--no-pager",), "", "Show a long answer at once, not page by page."),
)
PLAN = Shared(
    "plan",
    ("--plan",),
    "FOLDER",
    "The folder that holds plan.yaml, for any command; also in the variable KIMPLAN_PLAN.",
)
VERSION = Shared("version", ("-V", "--version"), "", "Show kimplan's version.")
INSTALL = Shared(
    "install",
    ("--install-completion",),
    "[SHELL]",
    f"Let the TAB key complete commands, refs and roles: {', '.join(SHELLS)}.",
)
SHOW = Shared(
    "show", ("--show-completion",), "[SHELL]", "Show the lines that do so, and change nothing."
)
OPTIONS = (PLAN, *SHARED, VERSION, INSTALL, SHOW)
