"""Makes the files of this folder with the programs that people have them from, and `expected.txt`,
which says what those programs hold themselves.

Needs pandas, polars, duckdb, pyarrow, numpy and openpyxl; R and LibreOffice where they are installed.
The files at hand are of pandas 3.1.1, polars 2.1.0, duckdb 2.0.1, pyarrow 26.0.1, numpy 2.4.6, R 4.2.2
and LibreOffice 7.4.7.
"""

import datetime
import math
import os
import shutil
import subprocess
import tempfile

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv

HERE = os.path.dirname(os.path.abspath(__file__))
os.chdir(HERE)

# One table with what tables have: whole numbers, fractions, gaps, what is no number, texts that need
# quotes, days, truths.
COLUMNS = {
    "id": [1, 2, 3, 4],
    "größe": [0.1, -2.5e-300, 1e22, 123456.789],
    "x": [0.5, None, 1.5, -3.0],
    "y": [math.nan, math.inf, -math.inf, 0.0],
    "word": ['plain', 'with, comma', 'say "hi"', 'two\nlines'],
    "day": [datetime.date(2020, 1, 1 + n) for n in range(4)],
    "ok": [True, False, True, True],
}
NUMBERS = ["id", "größe", "x", "y", "ok"]
expected = []


def expect(file, options, columns):
    """What a file is to give with these options; where they are empty, just so."""
    parts = [file, options]
    for name, values in columns.items():
        words = ["nan" if v is None else repr(float(v)) for v in values]
        parts.append(f"{name}: {' '.join(words)}")
    expected.append(" | ".join(parts))


def quoted(names):
    return 'columns="' + ",".join(names) + '"'


def chosen(names):
    return {name: COLUMNS[name] for name in names}


# pandas
frame = pd.DataFrame(COLUMNS)
frame.to_csv("pandas-index.csv")
expect("pandas-index.csv", quoted(["c0"] + NUMBERS) + ", missing=nan", {"c0": range(4), **chosen(NUMBERS)})
frame[NUMBERS].to_csv("pandas.csv", index=False)
expect("pandas.csv", "missing=nan", chosen(NUMBERS))
frame[NUMBERS].fillna(7).to_csv("pandas-whole.csv", index=False)
expect("pandas-whole.csv", "", {k: [7 if v is None or v != v else v for v in COLUMNS[k]] for k in NUMBERS})
frame[["x"]].to_csv("pandas-one.csv", index=False)
expect("pandas-one.csv", "missing=nan", chosen(["x"]))
frame[["id", "x"]].to_csv("pandas-na.csv", index=False, na_rep="NA", sep="\t")
expect("pandas-na.csv", "missing=nan", chosen(["id", "x"]))
frame[["id", "größe", "x"]].to_csv("pandas-german.csv", index=False, sep=";", decimal=",", encoding="cp1252")
expect("pandas-german.csv", "missing=nan", chosen(["id", "größe", "x"]))
frame[["id", "größe"]].to_csv("pandas-utf16.csv", index=False, encoding="utf-16", sep="\t")
expect("pandas-utf16.csv", "", chosen(["id", "größe"]))
pd.DataFrame({2019: [1, 2], 2020: [3, 4], 2021: [5.5, 6]}).to_csv("pandas-years.csv", index=False)
expect("pandas-years.csv", "header=1", {"2019": [1, 2], "2020": [3, 4], "2021": [5.5, 6]})
days = frame.set_index("day")[["id", "größe"]]
days.to_csv("pandas-days.csv")
expect("pandas-days.csv", quoted(["id", "größe"]), chosen(["id", "größe"]))
pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"]).to_csv("pandas-twice.csv", index=False)
expect("pandas-twice.csv", "header=0, skip=1", {"c0": [1, 3], "c1": [2, 4]})
big = [2**53 + 1, 2**53 + 2, 5]
pd.DataFrame({"key": big, "v": [1, 2, 3]}).to_csv("pandas-big.csv", index=False)
expect("pandas-big.csv", "", {"key": big, "v": [1, 2, 3]})

# Polars
table = pl.DataFrame(COLUMNS, strict=False)
table.write_csv("polars.csv")
expect("polars.csv", quoted(NUMBERS) + ", missing=nan", chosen(NUMBERS))
table.select("x").write_csv("polars-one.csv")
expect("polars-one.csv", "missing=nan", chosen(["x"]))
table.select("id", "größe", "y", "ok").write_csv("polars-numbers.csv", include_bom=True)
expect("polars-numbers.csv", "", chosen(["id", "größe", "y", "ok"]))

# pyarrow
arrow = pa.table(COLUMNS)
pyarrow.csv.write_csv(arrow, "pyarrow.csv")
expect("pyarrow.csv", quoted(NUMBERS) + ", missing=nan", chosen(NUMBERS))
pyarrow.csv.write_csv(arrow.select(["x"]), "pyarrow-one.csv")
expect("pyarrow-one.csv", "missing=nan", chosen(["x"]))

# DuckDB
duckdb.sql("COPY arrow TO 'duckdb.csv'")
expect("duckdb.csv", quoted(NUMBERS) + ", missing=nan", chosen(NUMBERS))
duckdb.sql("COPY (SELECT x FROM arrow) TO 'duckdb-one.csv'")
expect("duckdb-one.csv", "missing=nan", chosen(["x"]))
duckdb.sql("COPY (SELECT id, \"größe\" FROM arrow) TO 'duckdb-plain.csv' (HEADER false, DELIMITER '|')")
expect("duckdb-plain.csv", "header=0", {"c0": COLUMNS["id"], "c1": COLUMNS["größe"]})

# NumPy
array = np.array([[0.1, 2], [-3e-5, np.inf], [np.nan, 7]])
both = {"c0": array[:, 0], "c1": array[:, 1]}
named = {"x": array[:, 0], "y in m": array[:, 1]}
np.savetxt("savetxt.txt", array)
expect("savetxt.txt", "header=0", both)
np.savetxt("savetxt-header.csv", array, delimiter=",", header="x,y in m")
expect("savetxt-header.csv", "", named)
np.savetxt("savetxt-blanks.txt", array, header="x y", fmt="%10.4g", footer="the end")
expect("savetxt-blanks.txt", "", {"x": array[:, 0], "y": array[:, 1]})
np.savetxt("savetxt-comment.csv", array, delimiter=",", header="a comment, of two lines\nand more", fmt="%.4g")
expect("savetxt-comment.csv", "header=0", both)
np.savetxt("savetxt-bare.csv", array, delimiter=";", header="x;y in m", comments="")
expect("savetxt-bare.csv", "", named)
np.savetxt("savetxt-one.txt", array[:, 1])
expect("savetxt-one.txt", "header=0", {"c0": array[:, 1]})
np.savetxt("savetxt-trailing.csv", array, delimiter=",", newline=",\n", header="x,y in m", comments="")
expect("savetxt-trailing.csv", "", named)

# R
if shutil.which("Rscript"):
    subprocess.run(["Rscript", "--vanilla", "make.R"], check=True)
    r = {"id": [1, 2, 3], "x": [0.5, None, -3e-20], "y": [math.inf, -math.inf, math.nan], "ok": [1, 0, None]}
    names = list(r)
    expect("r.csv", quoted(["c0"] + names) + ", missing=nan", {"c0": [1, 2, 3], **r})
    expect("r-bare.csv", quoted(names) + ", missing=nan", r)
    expect("r2.csv", quoted(names) + ", missing=nan", r)
    expect("r-table.txt", quoted(["c0"] + names) + ", missing=nan", {"c0": [1, 2, 3], **r})

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>PLACE</value></prop></item></oor:items>
"""

# LibreOffice: the same sheet, saved by a spreadsheet of three countries.
SHEET = {"n": [1, 2, 3], "wert": [0.5, 1234.5, -2], "anteil": [0.25, 0.5, 1], "ja": [1, 0, 1]}
if shutil.which("soffice"):
    from openpyxl import Workbook

    with tempfile.TemporaryDirectory() as folder:
        book = Workbook()
        sheet = book.active
        sheet.append(list(SHEET))
        for n, wert, anteil, ja in zip(*SHEET.values()):
            sheet.append([n, wert, anteil, bool(ja)])
        for row in sheet.iter_rows(min_row=2):
            row[1].number_format = "#,##0.00"
        book.save(f"{folder}/sheet.xlsx")
        for place in ["en-US", "de-DE", "fr-FR"]:
            # A spreadsheet shows numbers as its settings say: a profile for each country.
            profile = f"{folder}/{place}"
            os.makedirs(f"{profile}/user")
            with open(f"{profile}/user/registrymodifications.xcu", "w") as file:
                file.write(SETTINGS.replace("PLACE", place))
            for kind, separator in [("comma", 44), ("semicolon", 59)]:
                # Separator, quote, UTF-8, first line, no formats, no language, no forced quotes,
                # numbers as shown.
                token = f"{separator},34,76,1,,0,false,true"
                subprocess.run(
                    ["soffice", f"-env:UserInstallation=file://{profile}", "--headless",
                     "--convert-to", f"csv:Text - txt - csv (StarCalc):{token}", "--outdir", folder,
                     f"{folder}/sheet.xlsx"],
                    check=True, capture_output=True)
                shutil.move(f"{folder}/sheet.csv", f"calc-{place}-{kind}.csv")
                # Elsewhere truths are words of the country, and 0.5 in commas is "0,5".
                options = [] if place == "en-US" else [quoted(["n", "wert", "anteil"])]
                if place != "en-US" and kind == "comma":
                    options.insert(0, 'decimal=","')
                read = {k: v for k, v in SHEET.items() if k != "ja" or not options}
                expect(f"calc-{place}-{kind}.csv", ", ".join(options), read)

with open("expected.txt", "w") as file:
    file.write("\n".join(expected) + "\n")
