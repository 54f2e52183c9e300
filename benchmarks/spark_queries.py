"""Ask many plans the three questions of docs/export.md on Spark, in local mode, by hand.

The feed is what ``kimplan export ndjson --plans FOLDER --output all.ndjson`` writes. It needs Java
and ``pip install pyspark``, which neither kimplan nor its tests need:

    python3 benchmarks/spark_queries.py all.ndjson

The questions are read from the page, word for word; only the two views before them are Spark's own,
which says ``explode`` where DuckDB says ``unnest``. With DuckDB installed (extra ``outputs``) the
answers of both are held against each other, and the script ends with 1 where they differ.
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_PAGE = Path(__file__).resolve().parent.parent / "docs" / "export.md"
_SCHEMA = (
    "plan STRING, ref STRING, title STRING, owners ARRAY<STRING>, due_last_day DATE, "
    "days_left BIGINT, days_late BIGINT, actions ARRAY<STRUCT<title: STRING, "
    "owned_by: ARRAY<STRING>, due_last_day: DATE, days_left: BIGINT, days_late: BIGINT>>"
)
_PROMISES = """
SELECT plan, ref, title, due_last_day AS last_day, days_late, owners
FROM recommendations WHERE days_left IS NOT NULL
UNION ALL
SELECT plan, ref, act.title, act.due_last_day, act.days_late, act.owned_by
FROM (SELECT plan, ref, explode(actions) AS act FROM recommendations)
WHERE act.days_left IS NOT NULL
"""
_OWNED = "SELECT explode(owners) AS owner, plan, ref, title, last_day, days_late FROM promises"
_Ask = Callable[[str], list[tuple[Any, ...]]]


def on_spark(feed: Path) -> _Ask:
    session = importlib.import_module("pyspark.sql").SparkSession
    spark = (
        session.builder.master("local[*]")
        .appName("kimplan")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.read.schema(_SCHEMA).json(str(feed)).createOrReplaceTempView("recommendations")
    spark.sql(_PROMISES).createOrReplaceTempView("promises")
    spark.sql(_OWNED).createOrReplaceTempView("owned")
    return lambda query: [tuple(row) for row in spark.sql(query).collect()]


def on_duckdb(feed: Path, setting_up: str) -> _Ask | None:
    try:
        connection = importlib.import_module("duckdb").connect()
    except ImportError:
        return None
    connection.execute(setting_up.replace("'all.ndjson'", f"'{feed}'"))

    def ask(query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.execute(query).fetchall()]

    return ask


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("feed", type=Path)
    feed = parser.parse_args().feed
    setting_up, *queries = re.findall(r"```sql\n(.*?)```", _PAGE.read_text("utf-8"), re.DOTALL)
    other = on_duckdb(feed, setting_up)
    started = time.perf_counter()
    ask = on_spark(feed)
    print(f"Spark started in {time.perf_counter() - started:.1f} s")
    is_same = True
    for query in queries:
        started = time.perf_counter()
        found = ask(query)
        print(f"\n{query}{len(found):,} rows in {time.perf_counter() - started:.1f} s; the first:")
        for row in found[:5]:
            print(f"  {row}")
        if other is not None:
            agrees = found == other(query)
            is_same = is_same and agrees
            print("DuckDB says the same." if agrees else "DuckDB says otherwise.")
    sys.exit(0 if is_same else 1)


if __name__ == "__main__":
    main()
