"""Writes what is true of every function: values and first derivatives, one file for each function.

    python3 truth.py [NAME...]

Needs mpmath. The definitions are those of mathematics, not the forms that the program computes with.
A line holds the arguments, the value and the derivative by each argument. Arguments are exact
doubles in hexadecimal; a true number is the nearest double and, behind a colon, the rest of it. Where
the derivative is a choice, at kinks and jumps, the choice of docs/reference/language.md stands here.
"""

import math
import random
import sys
from pathlib import Path

from mpmath import mp, mpf

inf, nan = math.inf, math.nan


# What is written

def shortened(x):
    """A number to 24 bits, whose hexadecimal form is shorter."""
    mantissa, exponent = math.frexp(x)
    return math.ldexp(round(mantissa * 2.0**24), exponent - 24)


def hexadecimal(x):
    if math.isnan(x):
        return "nan"
    if math.isinf(x):
        return "inf" if x > 0 else "-inf"
    if x == 0:
        return "-0" if math.copysign(1, x) < 0 else "0"
    if x == int(x) and abs(x) < 1000:
        return str(int(x))
    mantissa, exponent = x.hex().split("p")
    return mantissa.rstrip("0").rstrip(".") + "p" + exponent


def true(value):
    """The nearest double and the rest."""
    if isinstance(value, (int, float)):
        return hexadecimal(float(value))
    high = float(value)
    if math.isinf(high) or high == 0:
        return hexadecimal(high)
    low = float(value - mpf(high))
    if abs(low) < 1e-30 * abs(high) or abs(high) < 1e-290:
        return hexadecimal(high)
    return hexadecimal(high) + ":" + hexadecimal(shortened(low))


def settled(function, arguments):
    """The value with as many digits as it takes for 40 of them to stand still."""
    before = None
    for digits in (60, 120, 400, 800, 1600):
        mp.dps = digits
        try:
            now = function(*[mpf(a) for a in arguments])
        except ZeroDivisionError:
            continue
        if isinstance(now, (int, float)):
            return now
        now = mp.re(now)
        if now == 0 and digits < 1600:
            # Perhaps all the digits have cancelled.
            continue
        if before is not None:
            mp.dps = 60
            if now == before or abs(now - before) <= mpf(10) ** -40 * abs(now):
                return +now
        before = now
    if abs(before) < mpf(10) ** -330:
        return 0.0
    raise ValueError(f"no stable digits at {arguments}")


# Where

def lin(a, b, n):
    return [numbers.uniform(a, b) for _ in range(n)]


def log(a, b, n):
    """Magnitudes from 10^a to 10^b."""
    return [10 ** numbers.uniform(a, b) for _ in range(n)]


def both(points):
    return points + [-p for p in points]


def near(root, widths=(1e-2, 1e-4, 1e-7, 1e-10)):
    """A root or edge, the doubles next to it, and points around it."""
    mp.dps = 60
    root = float(root)
    unit = abs(root) or 1.0
    return [root, math.nextafter(root, inf), math.nextafter(root, -inf)] + [
        root + s * w * unit for w in widths for s in (1, -1)]


def root(function, guess):
    mp.dps = 60
    return mp.findroot(function, guess)


def tails(reach=800.0):
    return both([1e-300, 1e-20, 1e-10, 1e-5, 1e-3, 0.1, 0.5, 1.0, 2.0, 5.0, 20.0, 36.0, 40.0, 100.0,
                 350.0, 700.0, 708.0, 740.0, reach])


def everywhere(n=60):
    return tails() + lin(-3, 3, 2 * n) + lin(-40, 40, n) + lin(-745, 745, n // 2)


def positive(n=60):
    return log(-300, 300, n) + lin(0, 3, n) + lin(0, 40, n) + [1e-300, 1e300, 800.0, 1.0, 2.0, 0.5]


def pairs(first, second):
    return list(zip(first, second))


def wide(n):
    """Numbers of either sign and any size."""
    return [s * m for s, m in zip(numbers.choices([1, -1], k=n), log(-300, 300, n))]


# What: name -> (function, derivatives, points, lines that are given)

TABLE = {}


def define(name, function, slopes, points, given=()):
    TABLE[name] = (function, slopes, points, given)


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def normal(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def real_power(x, y):
    return mp.power(x, y)


def tanh_softplus(x):
    u = mp.exp(x)
    return (u * u + 2 * u) / (u * u + 2 * u + 2)


def mish_slope(x):
    u = mp.exp(x)
    return tanh_softplus(x) + x * sigmoid(x) * (4 * (1 + u) ** 2 / (u * u + 2 * u + 2) ** 2)


def far(value, slope, other=None, other_slope=None):
    """What holds at ±1e300, where the exponential cannot be written down."""
    return [((1e300,), value, slope), ((-1e300,), value if other is None else other,
                                       slope if other_slope is None else other_slope)]


def elementary():
    one = mpf(1)
    define("sqrt", mp.sqrt, [lambda x: 1 / (2 * mp.sqrt(x))], positive,
           [((0.0,), 0, inf), ((-0.0,), 0, inf), ((-1.0,), nan, nan), ((inf,), inf, 0)])
    define("cbrt", lambda x: mp.sign(x) * mp.cbrt(abs(x)), [lambda x: 1 / (3 * mp.cbrt(abs(x)) ** 2)],
           lambda: positive() + [-p for p in positive()], [((0.0,), 0, inf)])
    define("exp", mp.exp, [mp.exp], everywhere, far(inf, inf, 0, 0))
    define("exp2", lambda x: mp.power(2, x), [lambda x: mp.power(2, x) * mp.log(2)],
           lambda: everywhere() + [1000.0, -1000.0, 1023.5], far(inf, inf, 0, 0))
    define("expm1", mp.expm1, [mp.exp], lambda: everywhere() + both(log(-300, 0, 30)),
           far(inf, inf, -1, 0))
    for name, base in (("log", None), ("log2", 2), ("log10", 10)):
        scale = (lambda b: lambda: mpf(1) if b is None else mp.log(b))(base)
        define(name, (lambda s: lambda x: mp.log(x) / s())(scale),
               [(lambda s: lambda x: 1 / (x * s()))(scale)], lambda: positive() + near(1.0),
               [((0.0,), -inf, inf), ((-1.0,), nan, nan), ((inf,), inf, 0)])
    define("log1p", mp.log1p, [lambda x: 1 / (1 + x)],
           lambda: both(log(-300, -0.01, 60)) + log(-1, 300, 60) + lin(-1, 3, 60)
           + [-1 + w for w in (1e-15, 1e-10, 1e-5)], [((-1.0,), -inf, inf), ((-2.0,), nan, nan)])
    define("_log_base", lambda x, b: mp.log(x) / mp.log(b),
           [lambda x, b: 1 / (x * mp.log(b)), lambda x, b: -mp.log(x) / (b * mp.log(b) ** 2)],
           lambda: pairs(log(-300, 300, 90), log(-8, 8, 90)) + pairs(lin(0, 4, 90), lin(0.1, 4, 90))
           + [(float(b) ** n, float(b)) for b in (2, 3, 5, 7, 10) for n in range(1, 13)]
           + pairs(near(8.0), [2.0] * 11) + pairs(near(1.0)[1:], [3.0] * 10),
           [((-1.0, 2.0), nan, nan, nan), ((1.0, 7.0), 0, settled(lambda b: 1 / mp.log(b), [7.0]), 0)])
    define("sin", mp.sin, [mp.cos], circular, [((inf,), nan, nan)])
    define("cos", mp.cos, [lambda x: -mp.sin(x)], circular, [((inf,), nan, nan)])
    define("tan", mp.tan, [lambda x: 1 / mp.cos(x) ** 2], circular)
    edges = [1 - w for w in (1e-16, 1e-12, 1e-8, 1e-4, 1e-2)]
    inside = lambda: lin(-1, 1, 200) + both(log(-300, 0, 40)) + both(edges)
    out = [((1.5,), nan, nan), ((-1.5,), nan, nan)]
    define("asin", mp.asin, [lambda x: 1 / mp.sqrt((1 - x) * (1 + x))], inside,
           out + [((1.0,), math.pi / 2, inf), ((-1.0,), -math.pi / 2, inf)])
    define("acos", mp.acos, [lambda x: -1 / mp.sqrt((1 - x) * (1 + x))], inside,
           out + [((1.0,), 0, -inf), ((-1.0,), math.pi, -inf)])
    define("atan", mp.atan, [lambda x: 1 / (1 + x * x)],
           lambda: both(log(-300, 150, 80)) + lin(-5, 5, 100) + both([800.0, 1e300]))
    define("atan2", mp.atan2, [lambda y, x: x / (x * x + y * y), lambda y, x: -y / (x * x + y * y)],
           lambda: pairs(lin(-3, 3, 100), lin(-3, 3, 100)) + [(1e-300, 1e-300), (-1e-300, 1e-300),
           (1e300, 2e300), (3e200, -4e200), (1e-300, 1.0), (1.0, 1e-300), (-2.0, -1e10)]
           + [(a * 10.0**k, b * 10.0**k) for k, a, b in zip(
               range(-290, 290, 9), lin(-3, 3, 65), lin(-3, 3, 65))])


def circular():
    quarter = [k * math.pi / 2 for k in range(-9, 10) if k]
    return (lin(-3, 3, 120) + lin(-100, 100, 80) + wide(60) + tails() + quarter
            + [math.nextafter(q, 0) for q in quarter] + [1e22, 1e300])


def hyperbolic():
    define("sinh", mp.sinh, [mp.cosh], everywhere, far(inf, inf, -inf, inf))
    define("cosh", mp.cosh, [mp.sinh], everywhere, far(inf, inf, inf, -inf))
    define("tanh", mp.tanh, [lambda x: 1 / mp.cosh(x) ** 2], everywhere, far(1, 0, -1, 0))
    define("asinh", mp.asinh, [lambda x: 1 / mp.sqrt(1 + x * x)],
           lambda: both(positive()))
    define("acosh", mp.acosh, [lambda x: 1 / mp.sqrt(x * x - 1)],
           lambda: [1 + p for p in log(-15, 3, 120)] + log(0.01, 300, 80) + lin(1, 4, 100),
           [((1.0,), 0, inf), ((0.5,), nan, nan), ((-3.0,), nan, nan)])
    define("atanh", mp.atanh, [lambda x: 1 / ((1 - x) * (1 + x))],
           lambda: lin(-1, 1, 200) + both(log(-300, 0, 40)) + both([1 - w for w in log(-16, -1, 30)]),
           [((1.0,), inf, inf), ((-1.0,), -inf, inf), ((2.0,), nan, nan)])
    define("hypot", lambda x, y: mp.sqrt(x * x + y * y),
           [lambda x, y: x / mp.sqrt(x * x + y * y), lambda x, y: y / mp.sqrt(x * x + y * y)],
           lambda: pairs(lin(-3, 3, 100), lin(-3, 3, 100)) + pairs(wide(60), wide(60))
           + [(3e200, 4e200), (3e-200, 4e-200), (1e-300, 1e-300), (1e300, 1e300), (1.0, 1e-300)],
           [((0.0, 0.0), 0, 0, 0)])


def activations():
    define("sigmoid", sigmoid, [lambda x: sigmoid(x) * sigmoid(-x)], everywhere, far(1, 0, 0, 0))
    define("log_sigmoid", lambda x: -mp.log1p(mp.exp(-x)), [lambda x: sigmoid(-x)], everywhere,
           far(0, 0, -1e300, 1))
    define("logit", lambda x: mp.log(x / (1 - x)), [lambda x: 1 / (x * (1 - x))],
           lambda: lin(0, 1, 150) + log(-300, 0, 60) + [1 - w for w in log(-15, -1, 40)]
           + near(0.5)[1:],
           [((0.5,), 0, 4), ((0.0,), -inf, inf), ((1.0,), inf, inf), ((2.0,), nan, nan),
            ((-1.0,), nan, nan)])
    define("softplus", lambda x: mp.log1p(mp.exp(x)), [sigmoid], everywhere, far(1e300, 1, 0, 0))
    define("softsign", lambda x: x / (1 + abs(x)), [lambda x: 1 / (1 + abs(x)) ** 2],
           lambda: both(positive()), [((0.0,), 0, 1)])
    define("relu", lambda x: x if x > 0 else 0, [lambda x: 1 if x > 0 else 0], everywhere,
           far(1e300, 1, 0, 0) + [((0.0,), 0, 0), ((-0.0,), 0, 0)])
    define("leaky_relu", lambda x, s: x if x > 0 else s * x,
           [lambda x, s: 1 if x > 0 else s, lambda x, s: 0 if x > 0 else x],
           lambda: pairs(everywhere(30), lin(0, 1, 200)), [((0.0, 0.01), 0, 0.01, 0)])
    define("elu", lambda x, a: x if x > 0 else a * mp.expm1(x),
           [lambda x, a: 1 if x > 0 else a * mp.exp(x), lambda x, a: 0 if x > 0 else mp.expm1(x)],
           lambda: pairs(everywhere(40), lin(0.1, 3, 300)) + pairs(both(log(-300, 0, 20)), [1.0] * 40),
           [((0.0, 1.0), 0, 1, 0), ((0.0, 2.0), 0, 2, 0), ((-1e300, 2.0), -2, 0, -1)])

    def selu_constants():
        # The fixed point of mean 0 and variance 1 (Klambauer and others 2017).
        alpha = -mp.sqrt(2 / mp.pi) / (mp.erfc(1 / mp.sqrt(2)) * mp.exp(mpf(1) / 2) - 1)
        scale = (1 - mp.erfc(1 / mp.sqrt(2)) * mp.sqrt(mp.e)) * mp.sqrt(2 * mp.pi) * (
            2 * mp.erfc(mp.sqrt(2)) * mp.e**2 + mp.pi * mp.erfc(1 / mp.sqrt(2)) ** 2 * mp.e
            - 2 * (2 + mp.pi) * mp.erfc(1 / mp.sqrt(2)) * mp.sqrt(mp.e) + mp.pi + 2
        ) ** (-mpf(1) / 2)
        return alpha, scale

    def selu(x):
        alpha, scale = selu_constants()
        return scale * (x if x > 0 else alpha * mp.expm1(x))

    def selu_slope(x):
        alpha, scale = selu_constants()
        return scale * (1 if x > 0 else alpha * mp.exp(x))

    define("selu", selu, [selu_slope], everywhere, [((0.0,), 0, 1.7580993408473766)])
    silu_slope = lambda x: sigmoid(x) * (1 + x * sigmoid(-x))
    define("silu", lambda x: x * sigmoid(x), [silu_slope],
           lambda: everywhere() + near(root(silu_slope, -1.278)), far(1e300, 1, -0.0, 0))
    define("mish", lambda x: x * tanh_softplus(x), [mish_slope],
           lambda: everywhere() + near(root(mish_slope, -1.19)), far(1e300, 1, -0.0, 0))
    gelu_slope = lambda x: normal(x) + x * density(x)
    define("gelu", lambda x: x * normal(x), [gelu_slope],
           lambda: everywhere() + near(root(gelu_slope, -0.75)) + lin(-38.5, 0, 60),
           far(1e300, 1, -0.0, 0))


def special():
    two = lambda: 2 / mp.sqrt(mp.pi)
    define("erf", mp.erf, [lambda x: two() * mp.exp(-x * x)],
           lambda: lin(-3, 3, 150) + lin(-27, 27, 60) + both(log(-300, 0, 30)) + both([100.0, 800.0]),
           far(1, 0, -1, 0))
    define("erfc", mp.erfc, [lambda x: -two() * mp.exp(-x * x)],
           lambda: lin(-6, 26.5, 200) + lin(-1, 1, 60) + [26.0, 27.0, 28.0, 100.0, 800.0, -800.0],
           far(0, 0, 2, 0))
    poles = [-k for k in range(1, 8)]
    around = [p + s * w for p in poles + [0] for w in (1e-2, 1e-5, 1e-9) for s in (1, -1)]
    gamma_points = lambda: (
        lin(0, 30, 80) + lin(-12, 0, 80) + lin(-178, 171.6, 100) + both(log(-300, 0, 30)) + around
        + [float(k) for k in range(1, 30)] + near(root(mp.digamma, 1.46)))
    define("gamma", mp.gamma, [lambda x: mp.gamma(x) * mp.digamma(x)], gamma_points,
           [((0.0,), inf, -inf), ((-0.0,), -inf, -inf), ((-1.0,), nan, nan), ((-5.0,), nan, nan),
            ((800.0,), inf, inf), ((1e300,), inf, inf), ((-1e300,), nan, nan)])

    def lgamma(x):
        if x > 0:
            return mp.loggamma(x)
        return mp.log(mp.pi / abs(mp.sinpi(x))) - mp.loggamma(1 - x)

    negative_roots = [root(lambda x: mp.log(abs(mp.gamma(x))), g) for g in (-2.457, -2.747, -3.143, -3.956)]
    away = [float(r) * (1 + s * w) for r in negative_roots for w in (1e-2, 1e-5, 1e-8) for s in (1, -1)]
    define("lgamma", lgamma, [mp.digamma],
           lambda: gamma_points() + log(2, 300, 60) + near(1.0)[1:] + near(2.0)[1:] + away
           + lin(0.5, 2.6, 100) + lin(-900, -20, 40) + [800.0, 1e300],
           [((-1.0,), inf, nan), ((0.0,), inf, -inf), ((-4.0,), inf, nan)])
    psi_roots = [root(mp.digamma, g) for g in (1.46, -0.504, -1.573, -2.61)]
    psi_points = lambda: (
        lin(0, 30, 100) + lin(-12, 0, 80) + log(-300, 300, 60) + around + lin(-900, 0, 40)
        + near(psi_roots[0])
        + [float(r) * (1 + s * w) for r in psi_roots[1:] for w in (1e-2, 1e-5, 1e-8) for s in (1, -1)])
    poly = lambda n, x: mp.polygamma(int(n), x)
    given = [((-1.0,), nan, nan), ((1e300,), settled(mp.log, [1e300]), 1e-300)]
    define("digamma", mp.digamma, [lambda x: poly(1, x)],
           lambda: [p for p in psi_points() if abs(p) > 1e-150 and abs(p) < 1e150], given)
    define("trigamma", lambda x: poly(1, x), [lambda x: poly(2, x)],
           lambda: [p for p in psi_points() if 1e-100 < abs(p) < 1e100], [((-1.0,), nan, nan)])
    define("polygamma", poly, [lambda n, x: 0, lambda n, x: poly(n + 1, x)],
           lambda: pairs(numbers.choices([0.0, 1.0, 2.0, 3.0, 4.0, 7.0], k=200),
                         lin(-10, 20, 140) + log(-10, 10, 60)),
           [((1.5, 2.0), nan, 0, nan), ((-1.0, 2.0), nan, 0, nan), ((2.0, -3.0), nan, 0, nan)])
    define("beta", mp.beta,
           [lambda a, b: mp.beta(a, b) * (mp.digamma(a) - mp.digamma(a + b)),
            lambda a, b: mp.beta(a, b) * (mp.digamma(b) - mp.digamma(a + b))],
           lambda: pairs(lin(0, 10, 100), lin(0, 10, 100)) + pairs(lin(0, 300, 60), lin(0, 300, 60))
           + pairs(log(-12, 12, 80), log(-12, 2, 80)),
           [((-1.5, 2.0), nan, nan, nan), ((0.0, 2.0), inf, -inf, nan)])
    log_beta = lambda a, b: mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    define("lbeta", log_beta,
           [lambda a, b: mp.digamma(a) - mp.digamma(a + b),
            lambda a, b: mp.digamma(b) - mp.digamma(a + b)],
           lambda: pairs(lin(0, 10, 100), lin(0, 10, 100)) + pairs(lin(0, 300, 60), lin(0, 300, 60))
           + pairs(log(-12, 12, 80), log(-12, 2, 80)) + pairs(log(2, 12, 40), log(2, 12, 40))
           + [(1e5, 2e5), (1.0, 2.0), (1e10, 1e10)],
           [((-1.5, 2.0), nan, nan, nan), ((0.0, 2.0), inf, -inf, 0)])
    sinc_slope = lambda x: (mp.cos(x) - mp.sin(x) / x) / x
    define("sinc", lambda x: mp.sin(x) / x, [sinc_slope],
           lambda: lin(-4, 4, 120) + lin(-60, 60, 120) + both(log(-300, 0, 40)) + wide(40)
           + near(root(sinc_slope, 4.49)) + near(root(sinc_slope, 7.7)) + both([800.0, 1e300]),
           [((0.0,), 1, 0)])
    define("xlogx", lambda x: x * mp.log(x), [lambda x: mp.log(x) + 1],
           lambda: positive() + near(mp.exp(-1)) + near(1.0)[1:],
           [((0.0,), 0, -inf), ((-1.0,), nan, nan), ((1.0,), 0, 1)])
    define("logaddexp", lambda x, y: mp.log(mp.exp(x) + mp.exp(y)),
           [lambda x, y: sigmoid(x - y), lambda x, y: sigmoid(y - x)],
           lambda: pairs(lin(-3, 3, 120), lin(-3, 3, 120)) + pairs(lin(-800, 800, 80), lin(-800, 800, 80))
           + [(800.0, 801.0), (-800.0, -801.0), (800.0, -800.0), (-800.1, -99.7), (0.0, 1e-300)],
           [((0.0, 0.0), settled(lambda: mp.log(2), []), 0.5, 0.5)])


def operators():
    define("power", real_power, [lambda x, y: y * real_power(x, y - 1),
                                 lambda x, y: real_power(x, y) * mp.log(x)],
           lambda: pairs(lin(0, 3, 150), lin(-4, 4, 150)) + pairs(log(-300, 300, 80), lin(-0.9, 0.9, 80))
           + pairs(log(-3, 3, 80), lin(-100, 100, 80))
           + [(2.0, float(k)) for k in range(-9, 10)] + [(1e300, 0.1), (1e-300, 0.1), (1e300, -0.3)],
           [((0.0, 0.0), 1, 0, nan), ((0.0, 1.0), 0, 1, 0), ((0.0, 2.0), 0, 0, 0),
            ((0.0, 0.5), 0, inf, 0), ((-2.0, 3.0), -8, 12, nan), ((-8.0, 0.5), nan, nan, nan)])
    define("mod", lambda x, y: x - y * mp.floor(x / y),
           [lambda x, y: 1, lambda x, y: -mp.floor(x / y)],
           lambda: pairs(lin(-30, 30, 100), both(lin(0.5, 7, 50))),
           [((6.0, 3.0), 0, 1, -2)])
    define("identity", lambda x: x, [lambda x: 1], everywhere, far(1e300, 1, -1e300, 1))
    define("stop", lambda x: x, [lambda x: 0], everywhere)
    define("where", lambda c, a, b: a if c else b,
           [lambda c, a, b: 0, lambda c, a, b: 1 if c else 0, lambda c, a, b: 0 if c else 1],
           lambda: [(float(k % 2), a, b) for k, (a, b) in enumerate(pairs(wide(40), wide(40)))])


def kinked():
    define("abs", abs, [mp.sign], lambda: [p for p in everywhere() if p], [((0.0,), 0, 0)])
    define("sign", mp.sign, [lambda x: 0], everywhere, [((0.0,), 0, 0)])
    define("step", lambda x: 1 if x > 0 else 0, [lambda x: 0], everywhere, [((0.0,), 0, 0)])
    for name, function in (("floor", mp.floor), ("ceil", mp.ceil), ("round", mp.nint),
                           ("trunc", lambda x: mp.sign(x) * mp.floor(abs(x)))):
        define(name, function, [lambda x: 0], lambda: lin(-30, 30, 80) + wide(40),
               [((2.5,), {"floor": 2, "ceil": 3, "round": 2, "trunc": 2}[name], 0)])
    define("max", max, [lambda x, y: 1 if x > y else 0, lambda x, y: 1 if y > x else 0],
           lambda: pairs(wide(60), wide(60)), [((7.0, 7.0), 7, 0.5, 0.5)])
    define("min", min, [lambda x, y: 1 if x < y else 0, lambda x, y: 1 if y < x else 0],
           lambda: pairs(wide(60), wide(60)), [((7.0, 7.0), 7, 0.5, 0.5)])
    define("clamp", lambda x, lo, hi: min(max(x, lo), hi),
           [lambda x, lo, hi: 1 if lo < x < hi else 0, lambda x, lo, hi: 1 if x < lo else 0,
            lambda x, lo, hi: 1 if x > hi else 0],
           lambda: [(x, -1.0, 2.0) for x in lin(-4, 4, 80)],
           [((-1.0, -1.0, 2.0), -1, 0.5, 0.5, 0), ((2.0, -1.0, 2.0), 2, 0.5, 0, 0.5)])


if __name__ == "__main__":
    numbers = random.Random(0)
    for family in (operators, elementary, hyperbolic, activations, special, kinked):
        family()
    wanted = sys.argv[1:] or sorted(TABLE)
    for name in wanted:
        function, slopes, points, given = TABLE[name]
        numbers = random.Random(name)
        lines = []
        for point in points():
            point = point if isinstance(point, tuple) else (point,)
            if math.inf in map(abs, point):
                continue
            truths = [settled(f, point) for f in [function] + slopes]
            lines.append(" ".join([hexadecimal(p) for p in point] + [true(t) for t in truths]))
        for point, *truths in given:
            lines.append(" ".join([hexadecimal(p) for p in point] + [true(t) for t in truths]))
        path = Path(__file__).with_name(name.lstrip("_") + ".txt")
        path.write_text("\n".join(lines) + "\n")
        print(name, len(lines))
