"""Which addresses mail can be sent to."""

from __future__ import annotations

import pytest

from kimplan.errors import KimplanError
from kimplan.mail.address import fault, read_sender, with_name


@pytest.mark.parametrize(
    "address", ["ann@homes.example", "a.b+c@x.org", "o'neill@x-y.co.uk", "a@localhost"]
)
def test_an_address_that_can_be_used(address: str) -> None:
    assert fault(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "", " ", "ann", "@homes.example", "ann@", "ann@homes..example", "ann@-homes.example",
        "a b@homes.example", "ann@homes.example\n", "ann@homes.example\r\nBcc: eve@evil.example",
        "ann@homes.example, eve@evil.example", "Ann <ann@homes.example>", "<ann@homes.example>",
        "ann@@homes.example", ".ann@homes.example", '"a b"@homes.example', "ann@[127.0.0.1]",
        "änn@homes.example", "ann@hömes.example", "ann\u202e@homes.example",
        f"{'a' * 65}@homes.example", f"ann@{'a.' * 130}example", "ann@homes.example\x00",
        "=?utf-8?q?=0d=0aBcc:x?=@homes.example",
    ],
)  # fmt: skip
def test_an_address_that_cannot(address: str) -> None:
    assert fault(address)
    assert fault(address).isprintable()


def test_a_sender_may_have_a_name() -> None:
    assert str(read_sender(" Plan, the <plan@homes.example> ")) == (
        '"Plan, the" <plan@homes.example>'
    )
    assert str(read_sender("plan@homes.example")) == "plan@homes.example"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plan",
        "a@b.example, c@d.example",
        "P <a@b.example>\nBcc: e@f.example",
        "P <a@b",
        "a@b c",
    ],
)
def test_a_sender_that_is_none(text: str) -> None:
    with pytest.raises(KimplanError, match="the sender cannot be used"):
        read_sender(text)


def test_a_hostile_name_stays_a_name() -> None:
    name = 'A\r\nBcc: eve@evil.example" <x@y.example>\x1b[31m'
    found = with_name(name, "ann@homes.example")
    assert found.addr_spec == "ann@homes.example"
    assert str(found).isprintable()


@pytest.mark.parametrize("letter", ["x", '"', "ŵ"])
def test_a_long_name_is_cut_before_a_header_would_be_broken_inside_of_it(letter: str) -> None:
    found = with_name(letter * 300, "ann@homes.example")
    assert 30 < len(found.display_name) <= 70
