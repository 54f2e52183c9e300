"""The files that come with kimplan for a new repository."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "files"
KIM = Path(__file__).parent / "kim"


def read_text(name: str) -> str:
    """Return the text of the shipped file `name`; its lines end with a line feed."""
    return _read(FOLDER / name)


def read_kim() -> dict[str, str]:
    """Return how each record of the shipped plan begins, up to its response, by its ref."""
    files = sorted(KIM.glob("REC*.yaml"), key=lambda file: int(file.stem.removeprefix("REC")))
    return {file.stem: _read(file) for file in files}


def read_kim_settings() -> tuple[str, str]:
    """Return the source report and the sections of the shipped plan, as ``plan.yaml`` has them."""
    return _read(KIM / "source.yaml"), _read(KIM / "sections.yaml")


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n")
