"""Findings that the tests of all formats share: ordinary ones, hostile ones, and any at all.

A code is never a text of a plan, so it is always one of ours.
"""

from __future__ import annotations

from hypothesis import strategies as st

from kimplan.diagnostic import Correction, Diagnostic, Location, Severity

ERROR = Diagnostic("KP301", Severity.ERROR, "A.", Location("plan/a b.yaml", 3, 7), "Mend it.")
WARNING = Diagnostic("KP999", Severity.WARNING, "B is 50% é", Location("plan/b.yaml", 2), "Look.")
INFO = Diagnostic("KP702", Severity.INFO, "C", Location("plan/a b.yaml"))

HOSTILE = (
    "::error::x",
    " \t::stop-commands::token",
    "\u00a0::warning::x",
    "%0A::stop-commands::token",
    "100%25",
    "one\ntwo\r\nthree",
    "a\n::add-mask::x",
    "\x1b[31mred\x1b[0m",
    "##[error]x",
    "###[add-mask]x",
    "##vso[task.setvariable variable=x]y",
    "#\x00#[error]x",
    "</failure>",
    "]]><x/>",
    "&amp;&#0;",
    "[[ATTACHMENT|/etc/passwd]]",
    "a|b||c\\|d\\\\|",
    "`code` ``code``",
    "`" * 100,
    "ends with a backslash\\",
    " ",
    "<img src=x onerror=alert(1)>",
    "<!-- --><script>",
    "@team @org/team",
    "#123 org/repo#4 https://example.org www.example.org a@example.org",
    "[text](https://example.org) ![image](https://example.org/x.png)",
    "[text](1) {0} {{1}} {",
    "*b* _i_ ~s~ $x$ :tada:",
    "\u202eevil\u2066",
    "\ud800",
    "\udfff\udc80",
    "nul\x00",
    "\x85\u2028\u2029\ufeff\ufffe\U0001fffe",
    "\"quoted\" 'x' \\ \\u0041",
    "😀é漢",
    "x" * 10_000,
    "",
)
ANY_TEXT = st.one_of(
    st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=40),
    st.text(alphabet="#[]:%\n\r|`\\@<>&(){}!0AD \t\u00a0\x85\ud800", max_size=30),
    st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join),
)
ANY_NUMBER = st.integers(1, 10**6)


def hostile(text: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    """Return a finding whose every text is `text`, but for the code."""
    lines = Correction(3, 3, (text, text))
    return Diagnostic("KP301", severity, text, Location(text, 3, 7), text, text, lines)


EVERY_HOSTILE = [hostile(text, severity) for severity in Severity for text in HOSTILE]
ANY_CORRECTION = st.builds(
    lambda first, many, lines: Correction(first, first - 1 + many, tuple(lines)),
    ANY_NUMBER,
    st.integers(0, 3),
    st.lists(ANY_TEXT, max_size=3),
)
ANY_FINDING = st.builds(
    Diagnostic,
    code=st.sampled_from(["KP301", "KP701", "KP702", "KP999"]),
    severity=st.sampled_from(Severity),
    message=ANY_TEXT,
    location=st.builds(Location, ANY_TEXT, ANY_NUMBER, ANY_NUMBER),
    hint=ANY_TEXT,
    excerpt=ANY_TEXT,
    correction=st.none() | ANY_CORRECTION,
)
ANY_FINDINGS = st.lists(ANY_FINDING, max_size=40)
