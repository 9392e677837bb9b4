#!/usr/bin/env bash
# pandas 3.1.1, Polars 2.1.0, pyarrow 26.0.1 and DuckDB 2.0.1 infer a column of identifiers such as
# 101E010031 as numbers: the E is read as an exponent, 101·10^10031 is beyond every double, and all
# the identifiers become the same infinity, without a warning or an error.
#
# Seen: ids 101E010031 and 102E010032 are [inf, inf] in each of the four.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1 duckdb==2.0.1
env/bin/python -W error - <<'PYTHON'
import math
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow.csv as csv

with open("ids.csv", "w") as file:
    file.write("id,v\n101E010031,1\n102E010032,2\n")
seen = {
    "pandas": pd.read_csv("ids.csv")["id"].tolist(),
    "polars": pl.read_csv("ids.csv")["id"].to_list(),
    "pyarrow": csv.read_csv("ids.csv")["id"].to_pylist(),
    "duckdb": [row[0] for row in duckdb.sql("SELECT id FROM 'ids.csv'").fetchall()],
}
print(seen)
sys.exit(any(ids != [math.inf, math.inf] for ids in seen.values()))
PYTHON
