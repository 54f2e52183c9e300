"""What docs/export.md says of the tables and of their mark."""

from __future__ import annotations

import re
from collections.abc import Callable

from conftest import AS_OF, REPOSITORY, Golden
from hypothesis import given
from hypothesis import strategies as st

from kimplan.answers.tables.formula_mark import marked
from kimplan.answers.tables.named import TABLES
from kimplan.answers.tables.table import Field, Kind
from kimplan.export.delimited import SEPARATOR

PAGE = REPOSITORY / "docs" / "export.md"
TEXT = PAGE.read_text(encoding="utf-8")
KINDS = {
    Kind.WORDS: "words", Kind.PROSE: "text", Kind.NUMBER: "number", Kind.DAY: "day",
    Kind.PROMISE: "date", Kind.SWITCH: "yes or no", Kind.NAMES: "names", Kind.LINK: "link",
}  # fmt: skip


def row(field: Field) -> str:
    return f"| `{field.key}` | {KINDS[field.kind]} | {field.about} |"


def test_the_tables_are_those_of_the_columns(golden: Golden) -> None:
    """``--update-golden`` writes them anew."""
    block = r"(<!-- kimplan export csv --table (\w+) -->\n).*?<!-- end -->\n"

    def table(found: re.Match[str]) -> str:
        rows = "\n".join(map(row, TABLES[found[2]]([], AS_OF).fields))
        head = "| column | kind | what stands in it |\n| --- | --- | --- |"
        return f"{found[1]}\n{head}\n{rows}\n\n<!-- end -->\n"

    assert [name for _, name in re.findall(block, TEXT, re.DOTALL)] == list(TABLES)
    golden(PAGE, re.sub(block, table, TEXT, flags=re.DOTALL))


def test_every_kind_is_explained() -> None:
    assert [kind for kind in KINDS.values() if f"\n| {kind} | " not in TEXT] == []
    assert SEPARATOR == "; "


def _unmark() -> Callable[[str], str]:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)

    def run(cell: str) -> str:
        names = {"re": re, "cell": cell}
        exec(code, names)
        return str(names["cell"])

    return run


UNMARK = _unmark()


@given(st.text("=+-@ '\"\t\r\n＝－a\u200b“", max_size=6) | st.text())
def test_the_rule_as_it_is_written_takes_the_mark_away(text: str) -> None:
    assert UNMARK(marked(text)) == text
