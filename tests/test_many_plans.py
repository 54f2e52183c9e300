"""1,600 plans in one feed, asked the questions of docs/export.md by DuckDB, held against truth."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import AS_OF, REPOSITORY, run_cli
from many_plans import Open, oldest, open_by_owner, overdue_by_plan, write_many
from needed import needed

duckdb = needed("duckdb")
NUMBER = 1_600
PAGE = (REPOSITORY / "docs" / "export.md").read_text(encoding="utf-8")
SETTING_UP, OVERDUE, OLDEST, BY_OWNER = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Open], Path]:
    """What the plans promise, and the folder with their feed."""
    folder = tmp_path_factory.mktemp("many")
    promised = write_many(folder / "plans", NUMBER)
    feed = ["--plans", "plans", "--as-of", str(AS_OF), "--output", "all.ndjson"]
    ran = run_cli(["export", "ndjson", *feed], folder)
    assert (ran.code, ran.stderr) == (0, "")
    assert ran.stdout == f"Wrote all.ndjson: {3 * NUMBER:,} recommendations.\n"
    return promised, folder


@pytest.fixture(scope="module")
def database(told: tuple[list[Open], Path]) -> Any:
    """A database that was set up as the page says, in the folder of the feed."""
    here = Path.cwd()
    os.chdir(told[1])
    try:
        connection = duckdb.connect()
        connection.execute(SETTING_UP)
    finally:
        os.chdir(here)
    return connection


def test_nothing_is_lost(database: Any, told: tuple[list[Open], Path]) -> None:
    def one(query: str) -> Any:
        return database.execute(query).fetchone()[0]

    assert one("SELECT count(*) FROM recommendations") == 3 * NUMBER
    assert one("SELECT count(DISTINCT plan) FROM recommendations") == NUMBER
    assert one("SELECT count(*) FROM promises") == len(told[0])
    found = database.execute("SELECT plan, ref, title, last_day, owners FROM promises").fetchall()
    assert sorted((*row[:4], tuple(row[4])) for row in found) == sorted(map(tuple, told[0]))


def test_what_is_overdue_by_plan(database: Any, told: tuple[list[Open], Path]) -> None:
    found = database.execute(OVERDUE).fetchall()
    assert len(found) > NUMBER // 2
    assert found == overdue_by_plan(told[0])


def test_the_oldest_promises(database: Any, told: tuple[list[Open], Path]) -> None:
    assert database.execute(OLDEST).fetchall() == oldest(told[0])


def test_what_is_open_by_owner(database: Any, told: tuple[list[Open], Path]) -> None:
    found = database.execute(BY_OWNER).fetchall()
    assert found == open_by_owner(told[0])
    assert 'Chief, and "more"' in {owner for owner, _, _ in found}
