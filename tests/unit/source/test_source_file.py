from __future__ import annotations

import os
import socket
import tempfile
from pathlib import Path

import pytest
from conftest import write_file

from kimplan.source import Problem, read
from kimplan.source.file import MAX_BYTES

UTF8_HINT = (
    "Save the file as UTF-8: in Notepad, File > Save As > Encoding: UTF-8; a forge's web editor "
    "does so by itself."
)
OUTSIDE = Problem("KP001", "the file is a link that leaves the plan", "Put the file here.")
MISSING = Problem("KP001", "the file is missing", "Put it there; kimplan rule KP001 says more.")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
needs_no_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)


def read_in(root: Path, name: str) -> tuple[str | None, list[Problem]]:
    return read(str(root / name), str(root))


def not_a_file(kind: str) -> tuple[None, list[Problem]]:
    return None, [Problem("KP001", f"this is {kind}, not a file", "Move it out of the plan.")]


def not_utf8(message: str, line: int, column: int) -> tuple[None, list[Problem]]:
    return None, [Problem("KP002", message, UTF8_HINT, line, column)]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (b"a: b\n", "a: b\n"),
        (b"a: b\r\nc: d\r\n", "a: b\r\nc: d\r\n"),
        (b"a: b\rc: d\r", "a: b\rc: d\r"),
        ("a: é – 😀\n".encode(), "a: é – 😀\n"),
        (b"\xef\xbb\xbfa: b\n", "a: b\n"),
        (b"\xef\xbb\xbf", ""),
        (b"\x00", "\x00"),
        (b"x" * MAX_BYTES, "x" * MAX_BYTES),
    ],
)
def test_a_file_is_read_as_it_is_but_for_a_byte_order_mark(
    content: bytes, text: str, tmp_path: Path
) -> None:
    write_file(tmp_path / "a.yaml", content)
    assert read_in(tmp_path, "a.yaml") == (text, [])


@pytest.mark.parametrize(("extra", "size"), [(1, "262,145"), (1_000_000, "1,262,144")])
def test_a_file_that_is_too_large_is_not_read(extra: int, size: str, tmp_path: Path) -> None:
    write_file(tmp_path / "a.yaml", b"x" * (MAX_BYTES + extra))
    message = f"the file is too large: {size} bytes, at most 262,144 are read"
    hint = "A record is a few pages of text at most; keep documents elsewhere and link to them."
    assert read_in(tmp_path, "a.yaml") == (None, [Problem("KP006", message, hint)])


def test_a_file_of_many_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = write_file(tmp_path / "a.yaml", b"")
    try:
        os.truncate(path, 1 << 40)
    except OSError:
        pytest.skip("this file system has no sparse files")
    text, problems = read_in(tmp_path, "a.yaml")
    assert (text, [problem.code for problem in problems]) == (None, ["KP006"])


@pytest.mark.parametrize(
    ("content", "message", "line", "column"),
    [
        (
            b"ref: REC1\ntitle: the landlord\x92s plan\n",
            "the file is not UTF-8: byte 0x92, which is ’ in Windows-1252, the encoding of older "
            "Word and Excel",
            2,
            20,
        ),
        (
            b"title: \x93quoted\x94\n",
            "the file is not UTF-8: byte 0x93, which is “ in Windows-1252, the encoding of older "
            "Word and Excel",
            1,
            8,
        ),
        (
            b"title: caf\xe9\n",
            "the file is not UTF-8: byte 0xE9, which is é in Windows-1252, the encoding of older "
            "Word and Excel",
            1,
            11,
        ),
        (b"a: \x81\n", "the file is not UTF-8: byte 0x81", 1, 4),
        (b"\xef\xbb\xbfa: \x81\n", "the file is not UTF-8: byte 0x81", 1, 4),
        ("é: ".encode() + b"\x81\n", "the file is not UTF-8: byte 0x81", 1, 4),
        (b"a: b\r\nc: \x81\r\n", "the file is not UTF-8: byte 0x81", 2, 4),
        (b"a: b\rc: \x81\r", "the file is not UTF-8: byte 0x81", 2, 4),
        (
            b"a: \xed\xa0\x80\n",
            "the file is not UTF-8: byte 0xED, which is í in Windows-1252, the encoding of older "
            "Word and Excel",
            1,
            4,
        ),
        (
            b"a: \xc0\xaf\n",
            "the file is not UTF-8: byte 0xC0, which is À in Windows-1252, the encoding of older "
            "Word and Excel",
            1,
            4,
        ),
        (
            b"a: b\xc3",
            "the file is not UTF-8: byte 0xC3, which is Ã in Windows-1252, the encoding of older "
            "Word and Excel",
            1,
            5,
        ),
    ],
)
def test_a_byte_that_is_not_utf8_is_shown_with_its_place(
    content: bytes, message: str, line: int, column: int, tmp_path: Path
) -> None:
    write_file(tmp_path / "a.yaml", content)
    assert read_in(tmp_path, "a.yaml") == not_utf8(message, line, column)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_with_a_byte_order_mark_is_named(encoding: str, tmp_path: Path) -> None:
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    content = marks.get(encoding, b"") + "title: A\n".encode(encoding)
    write_file(tmp_path / "a.yaml", content)
    assert read_in(tmp_path, "a.yaml") == not_utf8("the file is not UTF-8 but UTF-16", 1, 1)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    assert read_in(tmp_path, "a.yaml") == not_a_file("a folder")


@needs_posix
def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    assert read_in(tmp_path, "a.yaml") == not_a_file("a pipe")


@needs_posix
def test_a_socket_is_not_a_file() -> None:
    # A socket's path may only be short, and pytest's folders are long.
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.join(folder, "a.yaml"))
        assert read_in(Path(folder), "a.yaml") == not_a_file("a socket")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert read_in(tmp_path, "a.yaml") == (None, [MISSING])


@needs_posix
@needs_no_root
def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    write_file(tmp_path / "a.yaml", "a: b\n").chmod(0)
    hint = "Ask whoever set up this folder for the right to read it."
    expected = Problem("KP001", "the file cannot be read: permission is denied", hint)
    assert read_in(tmp_path, "a.yaml") == (None, [expected])


@needs_posix
class TestLinks:
    def test_a_link_within_the_plan_is_followed(self, tmp_path: Path) -> None:
        write_file(tmp_path / "a.yaml", "a: b\n")
        (tmp_path / "b.yaml").symlink_to("a.yaml")
        (tmp_path / "c.yaml").symlink_to(tmp_path / "b.yaml")
        assert read_in(tmp_path, "b.yaml") == ("a: b\n", [])
        assert read_in(tmp_path, "c.yaml") == ("a: b\n", [])

    @pytest.mark.parametrize("target", ["../secret", "/dev/null", "/dev/zero", "/"])
    def test_a_link_that_leaves_the_plan_is_refused(self, target: str, tmp_path: Path) -> None:
        write_file(tmp_path / "secret", "a: b\n")
        plan = tmp_path / "plan"
        plan.mkdir()
        (plan / "a.yaml").symlink_to(target)
        assert read_in(plan, "a.yaml") == (None, [OUTSIDE])

    def test_a_link_to_a_folder_beside_the_plan_with_its_name_first_is_refused(
        self, tmp_path: Path
    ) -> None:
        for name in ("plan", "plan-private"):
            (tmp_path / name).mkdir()
        write_file(tmp_path / "plan-private" / "a.yaml", "a: b\n")
        (tmp_path / "plan" / "a.yaml").symlink_to("../plan-private/a.yaml")
        assert read_in(tmp_path / "plan", "a.yaml") == (None, [OUTSIDE])

    def test_a_link_by_way_of_another_that_leaves_the_plan_is_refused(self, tmp_path: Path) -> None:
        write_file(tmp_path / "secret", "a: b\n")
        plan = tmp_path / "plan"
        plan.mkdir()
        (plan / "b.yaml").symlink_to("../secret")
        (plan / "a.yaml").symlink_to("b.yaml")
        assert read_in(plan, "a.yaml") == (None, [OUTSIDE])

    def test_a_plan_that_is_itself_behind_a_link_can_be_read(self, tmp_path: Path) -> None:
        plan = tmp_path / "plan"
        plan.mkdir()
        write_file(plan / "a.yaml", "a: b\n")
        (plan / "b.yaml").symlink_to("a.yaml")
        (tmp_path / "link").symlink_to("plan")
        assert read_in(tmp_path / "link", "b.yaml") == ("a: b\n", [])

    def test_a_link_to_nothing_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").symlink_to("b.yaml")
        assert read_in(tmp_path, "a.yaml") == (None, [MISSING])

    def test_links_in_a_circle_are_told(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").symlink_to("b.yaml")
        (tmp_path / "b.yaml").symlink_to("a.yaml")
        text, problems = read_in(tmp_path, "a.yaml")
        assert text is None
        assert [(problem.code, problem.line, problem.column) for problem in problems] == [
            ("KP001", 1, 1)
        ]
        assert problems[0].message.startswith("the file cannot be read: ")

    def test_a_link_to_a_pipe_in_the_plan_is_not_opened(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "a.yaml").symlink_to("pipe")
        assert read_in(tmp_path, "a.yaml") == not_a_file("a pipe")

    def test_a_link_to_a_folder_of_the_plan_is_not_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        (tmp_path / "a.yaml").symlink_to("folder")
        assert read_in(tmp_path, "a.yaml") == not_a_file("a folder")

    @pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="this system cannot refuse a link")
    def test_a_file_that_becomes_a_link_before_it_is_opened_is_not_followed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        secret = write_file(tmp_path / "secret", "a: b\n")
        (tmp_path / "plan").mkdir()
        write_file(tmp_path / "plan" / "a.yaml", "a: b\n")
        opened = os.open

        def open_too_late(path: str, flags: int) -> int:
            os.remove(path)
            os.symlink(secret, path)
            return opened(path, flags)

        monkeypatch.setattr(os, "open", open_too_late)
        text, problems = read_in(tmp_path / "plan", "a.yaml")
        assert (text, [problem.code for problem in problems]) == (None, ["KP001"])


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="there is no /proc here")
def test_a_file_that_holds_more_than_its_size_says_is_read_whole() -> None:
    text, problems = read("/proc/self/status", "/proc")
    assert problems == []
    assert text is not None
    assert text.splitlines()[-1].startswith("nonvoluntary_ctxt_switches:")
