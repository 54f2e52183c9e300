"""The ledger of what was sent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kimplan.errors import KimplanError, OutputError
from kimplan.mail.ledger import Ledger

LINE = '{"message_id": "<a@b>", "as_of": "2024-05-31"}\n'


def test_what_was_added_is_known_to_the_next(tmp_path: Path) -> None:
    path = tmp_path / "sent.jsonl"
    with Ledger(path) as ledger:
        assert "<a@b>" not in ledger
        ledger.add("<a@b>", "2024-05-31")
        assert "<a@b>" in ledger
    with Ledger(path) as ledger:
        assert "<a@b>" in ledger
        ledger.add("<c@d>", "2024-06-01")
    assert path.read_text() == LINE + '{"message_id": "<c@d>", "as_of": "2024-06-01"}\n'


@pytest.mark.parametrize("size", range(1, len(LINE) - 1))
def test_a_line_that_a_crash_cut_off_is_ended_and_does_not_count(tmp_path: Path, size: int) -> None:
    path = tmp_path / "sent.jsonl"
    path.write_text(LINE + LINE.replace("a@b", "c@d")[:size])
    for _ in range(2):
        with Ledger(path) as ledger:
            assert "<a@b>" in ledger
            assert "<c@d>" not in ledger
            ledger.add("<e@f>", "2024-06-01")
    with Ledger(path) as ledger:
        assert "<e@f>" in ledger


def test_a_line_that_lacks_only_its_end_counts(tmp_path: Path) -> None:
    path = tmp_path / "sent.jsonl"
    path.write_text(LINE + LINE.replace("a@b", "c@d").strip())
    with Ledger(path) as ledger:
        assert "<a@b>" in ledger
        assert "<c@d>" in ledger
        ledger.add("<e@f>", "2024-05-31")
    assert path.read_text() == "".join(LINE.replace("a@b", one) for one in ("a@b", "c@d", "e@f"))


@pytest.mark.parametrize(
    "text",
    ["Dear Sir,\n", "Dear Sir,", "{}\n", LINE + "[1]\n" + LINE, "\x00\n", "[" * 9_000 + "\n"],
)
def test_somebodys_file_is_no_ledger_and_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(text)
    with pytest.raises(OutputError, match="is no ledger of kimplan"):
        Ledger(path)
    assert path.read_text() == text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks and links")
def test_only_one_has_it_and_it_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "sent.jsonl"
    with Ledger(path), pytest.raises(KimplanError, match="another run is sending"):
        Ledger(path)
    with Ledger(path):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locks and links")
def test_links_folders_and_pipes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "sent.jsonl")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe", ".", "missing/sent.jsonl"):
        with pytest.raises(OutputError):
            Ledger(tmp_path / name)
