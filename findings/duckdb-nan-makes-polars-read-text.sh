#!/usr/bin/env bash
# DuckDB 2.0.1 and pyarrow 26.0.1 write a nan as `nan`; Polars 2.1.0 reads a column with that word as
# text, not as numbers. `NaN`, which Polars writes itself, is a number to all of them.
#
# One nan in a file of numbers therefore changes the type of the column on the way from one to the
# other: DOUBLE becomes String. `inf` and `-inf` are read as numbers.
#
# Seen: the file holds 1.5, nan, inf; Polars has ["1.5", "nan", "inf"].
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet duckdb==2.0.1 polars==2.1.0 pyarrow==26.0.1
env/bin/python - <<'PYTHON'
import math
import sys

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.csv as csv

table = pa.table({"x": [1.5, math.nan, math.inf], "n": [1, 2, 3]})
duckdb.from_arrow(table).write_csv("duckdb.csv")
csv.write_csv(table, "arrow.csv")
seen = []
for file in ["duckdb.csv", "arrow.csv"]:
    column = pl.read_csv(file)["x"]
    print(file, column.dtype, column.to_list())
    seen.append(column.dtype == pl.String and column.to_list()[1] == "nan")
open("written.csv", "w").write("x,n\n1.5,1\nNaN,2\ninf,3\n")
column = pl.read_csv("written.csv")["x"]
print("NaN:", column.dtype, column.to_list())
seen.append(column.dtype == pl.Float64 and math.isnan(column[1]))
sys.exit(not all(seen))
PYTHON
