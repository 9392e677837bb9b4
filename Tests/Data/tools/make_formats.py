"""Writes `formats.txt`: numbers in formats as Python 3.11.7 writes them, one a line: the number, the
format, and what comes of it in bars, or `refused`."""

import os
import random

os.chdir(os.path.dirname(os.path.abspath(__file__)))
random.seed(3)
values = [
    0.0, -0.0, 1.0, -1.0, 2.5, -2.5, 0.1, 1234.5678, -1234567.891, 1e22, 1e-7, -0.004, 99.995, 1e100,
    1.5, 1e5, 123456.0, 1e6, float("inf"), float("-inf"), float("nan"),
]
with open("formats.txt", "w") as file:
    for _ in range(1500):
        text = random.choice([""] * 12 + ["<", ">", "^", "=", "*<", "*>", "x^", "0=", "_=", "-^"])
        text += random.choice(["", "", "", "+", "-", " "])
        text += random.choice([""] * 9 + ["z"]) + random.choice([""] * 9 + ["#"])
        text += random.choice(["", "", "0"]) + random.choice(["", "1", "3", "5", "8", "12", "20"])
        text += random.choice(["", "", "", ",", "_"])
        text += random.choice(["", "", ".0", ".1", ".2", ".3", ".6", ".17"])
        text += random.choice("fegFEG%fegdq")
        value = random.choice(values)
        # Numbers are whole where they have no fraction.
        number = int(value) if text[-1] == "d" and abs(value) < 1e300 and value == int(value) else value
        try:
            written = f"|{format(number, text)}|"
        except ValueError:
            written = "refused"
        file.write(f"{value!r}\t{text}\t{written}\n")
