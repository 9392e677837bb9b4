"""Writes reference.txt: values, gradients and Hessians of test functions for optimization.

Needs SymPy. The functions are from J. J. Moré, B. S. Garbow and K. E. Hillstrom, "Testing
unconstrained optimization software", ACM Transactions on Mathematical Software 7 (1981), with the
numbers of their problems in brackets; starts and data are theirs. Derivatives are symbolic, and
evaluated with 50 digits.
"""

from pathlib import Path

from sympy import Rational, atan, exp, pi, sqrt, symbols, Symbol, diff

R = Rational


def number(text):
    return R(text)


def squares(parts):
    return sum(part**2 for part in parts)


a, b, c, d = symbols("a b c d", real=True)

BARD = "0.14 0.18 0.22 0.25 0.29 0.32 0.35 0.39 0.37 0.58 0.73 0.96 1.34 2.10 4.39".split()
GAUSS = "0.0009 0.0044 0.0175 0.0540 0.1295 0.2420 0.3521 0.3989".split()
GAUSS = GAUSS + GAUSS[-2::-1]
KOWALIK_Y = "0.1957 0.1947 0.1735 0.1600 0.0844 0.0627 0.0456 0.0342 0.0323 0.0235 0.0246".split()
KOWALIK_U = "4 2 1 0.5 0.25 0.167 0.125 0.1 0.0833 0.0714 0.0625".split()

# Helical valley: a turn left of the axis counts ½ more; the start lies there.
turn = atan(b / a) / (2 * pi) + R(1, 2)

problems = {
    # (1)
    "rosenbrock": ([a, b], "-1.2 1", squares([10 * (b - a**2), 1 - a])),
    # (2)
    "freudenstein_roth": (
        [a, b],
        "0.5 -2",
        squares([-13 + a + ((5 - b) * b - 2) * b, -29 + a + ((b + 1) * b - 14) * b]),
    ),
    # (3)
    "powell_badly_scaled": (
        [a, b],
        "0 1",
        squares([10**4 * a * b - 1, exp(-a) + exp(-b) - R("1.0001")]),
    ),
    # (4)
    "brown_badly_scaled": (
        [a, b],
        "1 1",
        squares([a - 10**6, b - R("2e-6"), a * b - 2]),
    ),
    # (5)
    "beale": (
        [a, b],
        "1 1",
        squares(R(y) - a * (1 - b**i) for i, y in ((1, "1.5"), (2, "2.25"), (3, "2.625"))),
    ),
    # (6)
    "jennrich_sampson": (
        [a, b],
        "0.3 0.4",
        squares(2 + 2 * i - (exp(i * a) + exp(i * b)) for i in range(1, 11)),
    ),
    # (7)
    "helical_valley": (
        [a, b, c],
        "-1 0 0",
        squares([10 * (c - 10 * turn), 10 * (sqrt(a**2 + b**2) - 1), c]),
    ),
    # (8)
    "bard": (
        [a, b, c],
        "1 1 1",
        squares(
            R(y) - (a + R(i) / (b * (16 - i) + c * min(i, 16 - i)))
            for i, y in enumerate(BARD, 1)
        ),
    ),
    # (9)
    "gaussian": (
        [a, b, c],
        "0.4 1 0",
        squares(
            a * exp(-b * (R(8 - i, 2) - c) ** 2 / 2) - R(y) for i, y in enumerate(GAUSS, 1)
        ),
    ),
    # (12)
    "box": (
        [a, b, c],
        "0 10 20",
        squares(
            exp(-t * a) - exp(-t * b) - c * (exp(-t) - exp(-10 * t))
            for t in (R(i, 10) for i in range(1, 11))
        ),
    ),
    # (13)
    "powell_singular": (
        [a, b, c, d],
        "3 -1 0 1",
        (a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4,
    ),
    # (14)
    "wood": (
        [a, b, c, d],
        "-3 -1 -3 -1",
        100 * (b - a**2) ** 2
        + (1 - a) ** 2
        + 90 * (d - c**2) ** 2
        + (1 - c) ** 2
        + 10 * (b + d - 2) ** 2
        + R(1, 10) * (b - d) ** 2,
    ),
    # (15)
    "kowalik_osborne": (
        [a, b, c, d],
        "0.25 0.39 0.415 0.39",
        squares(
            R(y) - a * (R(u) ** 2 + R(u) * b) / (R(u) ** 2 + R(u) * c + d)
            for y, u in zip(KOWALIK_Y, KOWALIK_U)
        ),
    ),
    # (16)
    "brown_dennis": (
        [a, b, c, d],
        "25 5 -5 -1",
        None,
    ),
}


def brown_dennis():
    from sympy import cos, sin

    return squares(
        (a + t * b - exp(t)) ** 2 + (c + d * sin(t) - cos(t)) ** 2
        for t in (R(i, 5) for i in range(1, 21))
    )


lines = ["# name, then value, gradient and Hessian row by row; written by reference.py"]
for name, (variables, start, function) in problems.items():
    if function is None:
        function = brown_dennis()
    point = dict(zip(variables, map(number, start.split())))
    gradient = [diff(function, x) for x in variables]
    hessian = [diff(slope, x) for slope in gradient for x in variables]
    numbers = [float(e.subs(point).evalf(50)) for e in [function, *gradient, *hessian]]
    lines.append(" ".join([name, *map(repr, numbers)]))

Path(__file__).with_name("reference.txt").write_text("\n".join(lines) + "\n")
