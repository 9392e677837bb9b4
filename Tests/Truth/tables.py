"""Prints the numbers in the tables of the kernels, in Sources/Autodiff/Kernels.

    python3 tables.py

Needs mpmath. Every number is computed with 60 digits and rounded once.
"""

from mpmath import cos, digamma, erfc, exp, factorial, findroot, log, mp, mpf, pi, polygamma, sqrt, zeta

mp.dps = 60


def split(value):
    """A number as the sum of two doubles."""
    high = float(value)
    return high, float(value - mpf(high))


def sigmoid(x):
    return 1 / (1 + exp(-x))


def silu_slope(x):
    return sigmoid(x) * (1 + x * sigmoid(-x))


def mish_slope(x):
    u = exp(x)
    return u * (4 * (x + 1) + 4 * u**2 + u**3 + u * (4 * x + 6)) / (2 * u + u**2 + 2) ** 2


def gelu_slope(x):
    return erfc(-x / sqrt(2)) / 2 + x * exp(-x * x / 2) / sqrt(2 * pi)


def taylor(function, center, count, radius):
    """Taylor coefficients by Cauchy's integral over a circle inside which nothing is singular."""
    points = 256
    values = [function(center + radius * mp.expjpi(mpf(2) * k / points)) for k in range(points)]
    return [
        mp.re(sum(v * mp.expjpi(-mpf(2) * k * j / points) for k, v in enumerate(values)))
        / points / radius**j
        for j in range(count)
    ]


def root_series(function, guess, reach=mpf("0.6"), radius=mpf("2.2")):
    """A root, and the series divided by the distance, to 2^-58 of its first coefficient."""
    root = findroot(function, guess)
    series = taylor(function, root, 41, radius)
    least = abs(series[1]) * mpf(2) ** -58
    last = max(k for k in range(1, 41) if abs(series[k]) * reach ** (k - 1) > least)
    return split(root), [float(c) for c in series[1:last + 1]]


def digamma_series():
    root = findroot(digamma, mpf("1.4616321449683623"))
    return split(root), [float(polygamma(k, root) / factorial(k)) for k in range(1, 7)]


def scaled_tail(t):
    """exp(x²)·erfc(x) / t for x = 4/t - 4."""
    x = 4 / t - 4
    if x < 50:
        return exp(x * x) * erfc(x) / t
    total, term, k = mpf(1), mpf(1), 0
    while True:
        k += 1
        following = term * -(2 * k - 1) / (2 * x * x)
        if abs(following) >= abs(term) or abs(following) < mpf(10) ** -50:
            return total / (x * sqrt(pi)) / t
        term = following
        total += term


def tail_rows(intervals=16, count=16):
    """For each sixteenth of 0 < t ≤ 1 the powers of the distance from its middle, -1 to 1."""
    for interval in range(intervals):
        middle, half = mpf(2 * interval + 1) / (2 * intervals), mpf(1) / (2 * intervals)
        angles = [pi * (k + mpf(1) / 2) / count for k in range(count)]
        values = [scaled_tail(middle + half * cos(a)) for a in angles]
        chebyshev = [
            2 / mpf(count) * sum(v * cos(j * a) for v, a in zip(values, angles)) for j in range(count)
        ]
        chebyshev[0] /= 2
        least = abs(chebyshev[0]) * mpf(2) ** -57
        degree = max(j for j in range(count) if abs(chebyshev[j]) > least)
        bases = [[mpf(1)], [mpf(0), mpf(1)]]
        while len(bases) <= degree:
            following = [mpf(0)] + [2 * c for c in bases[-1]]
            for k, c in enumerate(bases[-2]):
                following[k] -= c
            bases.append(following)
        powers = [mpf(0)] * (degree + 1)
        for coefficient, basis in zip(chebyshev, bases):
            for k, c in enumerate(basis):
                powers[k] += coefficient * c
        yield split(powers[0]), [float(c) for c in powers[1:]]


if __name__ == "__main__":
    print("silu", root_series(silu_slope, -1.278))
    print("gelu", root_series(gelu_slope, -0.75, radius=mpf("2.5")))
    print("mish", root_series(mish_slope, -1.19))
    print("digamma", digamma_series())
    print("zeta", [float(zeta(k) - 1) for k in range(2, 32)])
    for name, value in (("pi", pi), ("log 2", log(2)), ("1/e", exp(-1)), ("gamma", +mp.euler),
                        ("1 - gamma", 1 - mp.euler), ("log(2 pi)/2", log(2 * pi) / 2),
                        ("1/sqrt(2 pi)", 1 / sqrt(2 * pi))):
        print(name, split(+value))
    for row in tail_rows():
        print("tail", row)
