#!/usr/bin/env bash
# pyarrow 26.0.1 (Python 3.11): a table of one column, written by pyarrow.csv.write_csv and read back
# by pyarrow.csv.read_csv, comes back with fewer rows and without its nan.
#
# A null is written as an empty line. read_csv takes an empty line for no row (ParseOptions has
# ignore_empty_lines=True), so the null and its row are gone: 3 rows become 2. A nan is written as
# `nan`, which is among the words that read_csv takes for null by default, so it comes back as null.
#
# Seen: [1.5, nan, None] is read back as [1.5, None].
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet pyarrow==26.0.1
env/bin/python - <<'PYTHON'
import math
import sys

import pyarrow as pa
import pyarrow.csv as csv

table = pa.table({"x": [1.5, math.nan, None]})
csv.write_csv(table, "x.csv")
text = open("x.csv").read()
back = csv.read_csv("x.csv")["x"].to_pylist()
print(repr(text), back)
sys.exit(not (text == '"x"\n1.5\nnan\n\n' and back == [1.5, None]))
PYTHON
