"""``--install-completion`` and ``--show-completion``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from kimplan.characters import make_visible
from kimplan.cli.completion.scripts import SCRIPTS
from kimplan.cli.manner import manner
from kimplan.errors import KimplanError, OutputError

_NAMES = {"bash": "bash", "zsh": "zsh", "fish": "fish", "pwsh": "powershell"}
_MARK = "# kimplan: completion"
_MOST_PARENTS = 8


def show(shell: str) -> None:
    """Write the lines for a shell, or for the one that runs kimplan, to standard output.

    Raises KimplanError where no shell is known.
    """
    sys.stdout.write(SCRIPTS[shell or _shell()])


def install(shell: str) -> None:
    """Put the lines where a shell reads them, and say where that is.

    What is there of an earlier time is replaced. Raises KimplanError where no shell is known, and
    OutputError where a file cannot be written.
    """
    name = shell or _shell()
    script, startup, lines = _PLACES[name]()
    _write(script, SCRIPTS[name])
    if startup is not None:
        _add(startup, lines)
    if not manner.is_quiet:
        files = " and ".join(make_visible(str(file)) for file in (script, startup) if file)
        sys.stdout.write(f"Wrote {files}. Open a new {name} for the TAB key to know kimplan.\n")


def _bash() -> tuple[Path, Path | None, str]:
    script = _data() / "kimplan" / "completion.bash"
    return script, Path.home() / ".bashrc", f'[ -r "{script}" ] && . "{script}"'


def _zsh() -> tuple[Path, Path | None, str]:
    folder = _data() / "kimplan" / "zsh"
    startup = Path(os.environ.get("ZDOTDIR") or Path.home()) / ".zshrc"
    lines = f'fpath=("{folder}" $fpath)\nautoload -Uz compinit && compinit'
    return folder / "_kimplan", startup, lines


def _fish() -> tuple[Path, Path | None, str]:
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return config / "fish" / "completions" / "kimplan.fish", None, ""


def _powershell() -> tuple[Path, Path | None, str]:
    script = _data() / "kimplan" / "completion.ps1"
    return script, _profile(), f". '{script}'"


_PLACES = {"bash": _bash, "zsh": _zsh, "fish": _fish, "powershell": _powershell}


def _data() -> Path:
    """Return the folder for what programs keep for a user."""
    named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_DATA_HOME")
    return Path(named) if named else Path.home() / ".local" / "share"


def _profile() -> Path:
    """Return the file that PowerShell reads when it starts, as it says itself."""
    for program in ("pwsh", "powershell"):
        command = [program, "-NoProfile", "-Command", "$PROFILE"]
        try:
            done = subprocess.run(command, capture_output=True, timeout=30, check=True)  # noqa: S603
        except (OSError, subprocess.SubprocessError):
            continue
        if said := done.stdout.decode(errors="replace").strip():
            return Path(said)
    hint = "kimplan --show-completion powershell shows the lines, to be put into $PROFILE."
    raise KimplanError("there is no PowerShell to ask where its profile is", hint)


def _write(file: Path, text: str) -> None:
    from kimplan.files import write_whole
    from kimplan.reasons import why

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"cannot make the folder {file.parent}: {why(error)}") from None
    write_whole(file, lambda out: out.write(text.encode()))


def _add(startup: Path, lines: str) -> None:
    """Add `lines` to the end of a file that the shell reads, unless they are there."""
    try:
        before = startup.read_bytes() if startup.exists() else b""
        if lines.encode() in before:
            return
        startup.parent.mkdir(parents=True, exist_ok=True)
        gap = b"" if before.endswith(b"\n") or not before else b"\n"
        with startup.open("ab") as file:  # never rewritten: it is its owner's
            file.write(gap + f"{_MARK}\n{lines}\n".encode())
    except OSError as error:
        from kimplan.reasons import why

        hint = f"Put this into it by hand: {lines}"
        raise OutputError(f"cannot write {startup}: {why(error)}", hint) from None


def _shell() -> str:
    """Return the shell that runs kimplan; raise KimplanError where none is known."""
    found = next((name for name in map(_known, _parents()) if name), "")
    found = found or _known(os.environ.get("SHELL", ""))
    if not found and os.name == "nt":
        found = "powershell"
    if not found:
        hint = f"Name it: --show-completion {' or '.join(SCRIPTS)}."
        raise KimplanError("it cannot be told which shell this is", hint)
    return found


def _known(program: str) -> str:
    return _NAMES.get(os.path.basename(program).lstrip("-").strip(), "")


def _parents() -> list[str]:
    """Return the programs that started kimplan, the nearest first, where Linux tells."""
    found: list[str] = []
    process = os.getppid()
    while process > 1 and len(found) < _MOST_PARENTS:
        try:
            status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            break
        name, _, rest = status.partition("(")[2].rpartition(")")
        found.append(name)
        process = int(rest.split()[1])
    return found
