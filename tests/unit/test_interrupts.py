from __future__ import annotations

import os
import signal
import sys
import threading
import weakref

import pytest

from kimplan.interrupts import Calls, Stopped, tidily

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")


@pytest.fixture(autouse=True)
def usual(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Ctrl-C do what it does where Python starts, whatever started the tests."""
    monkeypatch.setattr(sys, "unraisablehook", sys.__unraisablehook__)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def press(number: int = signal.SIGINT) -> None:
    os.kill(os.getpid(), number)


def test_ctrl_c_is_raised_and_the_handlers_are_as_they_were() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    with pytest.raises(KeyboardInterrupt), tidily():  # noqa: PT012
        assert signal.getsignal(signal.SIGTERM) is not before[1]
        press()
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_another_signal_is_told_from_it(number: signal.Signals) -> None:
    with pytest.raises(Stopped) as stop, tidily():
        press(number)
    assert stop.value.number == number


def test_nothing_is_raised_while_it_is_held() -> None:
    steps = []
    with pytest.raises(KeyboardInterrupt), tidily() as calls:  # noqa: PT012
        with calls.held():
            press()
            steps.append("made")
        steps.append("not reached")
    assert steps == ["made"]


def test_who_tidies_up_is_not_stopped_by_impatience() -> None:
    steps = []
    with pytest.raises(KeyboardInterrupt), tidily():  # noqa: PT012
        try:
            press()
        finally:
            press()
            press(signal.SIGTERM)
            steps.append("tidied")
    assert steps == ["tidied"]


def test_what_was_swallowed_is_raised_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    """Python can raise nothing where it calls us by itself, and would print a traceback."""

    class Thing:
        pass

    steps = []
    with pytest.raises(KeyboardInterrupt), tidily():  # noqa: PT012
        thing = Thing()
        kept = weakref.ref(thing, lambda _: press())
        del thing
        steps.append(kept())
    assert steps == [None]
    assert capsys.readouterr().err == ""


def test_one_within_another_is_the_same() -> None:
    with tidily() as outer:
        with tidily() as inner:
            assert inner is outer
        assert signal.getsignal(signal.SIGINT) == outer.hear


def test_the_handlers_of_another_program_stay() -> None:
    heard = []
    signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    with tidily():
        press()
    assert heard == [signal.SIGINT]


def test_what_is_switched_off_stays_so() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with tidily():
        press()


def test_a_thread_has_none() -> None:
    found: list[Calls] = []

    def work() -> None:
        with tidily() as calls:
            found.append(calls)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(found) == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
