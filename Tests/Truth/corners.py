"""Writes second derivatives at and next to corners: corners.txt, a line for each expression.

    python3 corners.py

Needs mpmath. Expressions are drawn at random from smooth and kinked functions, with corners at the
point. The truth is that of numbers with 120 digits at points 1e-25 beside the corner: the gradient
and the Hessian on several sides. Where all sides agree there is a derivative, and that number stands
in the file; where they do not, "none".

A line holds the expression, the variables with their values, the value, the gradient and the rows of
the Hessian, all with 17 digits, separated by bars.
"""

import random
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 120
NEAR = mpf(10) ** -25
STEP = mpf(10) ** -38


# Functions: how they are written, and what they are

def clamp(u, lo, hi):
    return min(max(u, lo), hi)


def huber(u, delta):
    return u * u / 2 if abs(u) <= delta else delta * (abs(u) - delta / 2)


def softplus(u):
    return mp.log(1 + mp.exp(u))


def sigmoid(u):
    return 1 / (1 + mp.exp(-u))


SMOOTH = [
    ("sin({})", mp.sin), ("cos({})", mp.cos), ("exp({})", mp.exp), ("tanh({})", mp.tanh),
    ("atan({})", mp.atan), ("cosh({})", mp.cosh), ("sigmoid({})", sigmoid),
    ("softplus({})", softplus), ("({})^2", lambda u: u * u), ("({})^3", lambda u: u ** 3),
    ("1/(1 + ({})^2)", lambda u: 1 / (1 + u * u)), ("sqrt(1 + ({})^2)", lambda u: mp.sqrt(1 + u * u)),
    ("log(1 + ({})^2)", lambda u: mp.log(1 + u * u)), ("exp(-({})^2)", lambda u: mp.exp(-u * u)),
    ("asinh({})", mp.asinh), ("expm1({})", lambda u: mp.exp(u) - 1),
]
# Of a kinked argument these are smooth: they are even.
EVEN = [
    ("cosh({})", mp.cosh), ("cos({})", mp.cos), ("({})^2", lambda u: u * u),
    ("1/(1 + ({})^2)", lambda u: 1 / (1 + u * u)), ("exp(-({})^2)", lambda u: mp.exp(-u * u)),
    ("log(1 + ({})^2)", lambda u: mp.log(1 + u * u)), ("sqrt(1 + ({})^2)", lambda u: mp.sqrt(1 + u * u)),
    ("({})^4", lambda u: u ** 4), ("sin({})^2", lambda u: mp.sin(u) ** 2),
]
LENGTHS = [
    ("abs({})", abs), ("norm([{}, 0])", abs), ("hypot({}, 0)", abs), ("max({0}, -({0}))", abs),
    ("(relu({0}) + relu(-({0})))", abs), ("sqrt(({})^2)", None),
    ("where({0} > 0, {0}, -({0}))", abs), ("(if {0} < 0 then -({0}) else {0})", abs),
    ("std([{0}, -({0})])", abs),
]
LENGTHS = [pair for pair in LENGTHS if pair[1]]
KINKED = [
    ("abs({})", abs), ("relu({})", lambda u: max(u, 0)),
    ("leaky_relu({}, 0.25)", lambda u: u if u > 0 else u / 4),
    ("elu({}, 0.5)", lambda u: u if u > 0 else (mp.exp(u) - 1) / 2),
    ("max({}, 0)", lambda u: max(u, 0)), ("min({}, 0)", lambda u: min(u, 0)),
    ("clamp({}, 0, 1)", lambda u: clamp(u, 0, 1)), ("clamp({}, -1, 0)", lambda u: clamp(u, -1, 0)),
    ("max([{0}, -2*({0})])", lambda u: max(u, -2 * u)),
    ("where({0} >= 0, ({0})^2, {0})", lambda u: u * u if u >= 0 else u),
    ("where({0} > 0, ({0})^3, 0)", lambda u: u ** 3 if u > 0 else mpf(0)),
    ("where({0} > 0, ({0})^2, -({0})^2)", lambda u: u * u if u > 0 else -u * u),
    ("({0})*abs({0})", lambda u: u * abs(u)), ("relu({})^2", lambda u: max(u, 0) ** 2),
    ("relu({})^3", lambda u: max(u, 0) ** 3), ("abs({})^3", lambda u: abs(u) ** 3),
    ("huber({}, 0)", lambda u: huber(u, 1)), ("softsign({})", lambda u: u / (1 + abs(u))),
    ("mae({}, 0)", abs), ("softsign({})", lambda u: u / (1 + abs(u))),
]
PAIRS = [
    ("hypot({}, {})", mp.hypot), ("norm([{}, {}])", mp.hypot), ("max({}, {})", max),
    ("min({}, {})", min), ("max([{}, {}])", max),
    ("hypot({}, {})^2", lambda u, v: u * u + v * v), ("norm([{}, {}])^2", lambda u, v: u * u + v * v),
    ("norm([{}, {}])^4", lambda u, v: (u * u + v * v) ** 2),
    ("1/(1 + norm([{}, {}])^2)", lambda u, v: 1 / (1 + u * u + v * v)),
    ("exp(-hypot({}, {})^2)", lambda u, v: mp.exp(-u * u - v * v)),
    ("std([{}, {}])^2", lambda u, v: (u - v) ** 2 / 4),
    ("cosh(norm([{}, {}]))", lambda u, v: mp.cosh(mp.hypot(u, v))),
]
PLAIN = [
    ("({}) + ({})", lambda u, v: u + v), ("({}) - ({})", lambda u, v: u - v),
    ("({})*({})", lambda u, v: u * v), ("({})*({})", lambda u, v: u * v),
    ("({})/(1 + ({})^2)", lambda u, v: u / (1 + v * v)),
]


class Expression:
    def __init__(self, text, value):
        self.text, self.value = text, value

    def under(self, row):
        form, function = row
        return Expression(form.format(self.text), lambda *p: function(self.value(*p)))

    def beside(self, other, row):
        form, function = row
        return Expression(
            form.format(self.text, other.text),
            lambda *p: function(self.value(*p), other.value(*p)))


def zero_at(random, names, point):
    """An expression that is exactly 0 at the point."""
    def difference(place):
        c = point[place]
        text = names[place] if c == 0 else f"({names[place]} - {c})" if c > 0 else f"({names[place]} + {-c})"
        return Expression(text, lambda *p: p[place] - c)
    kind = random.randrange(6)
    u = difference(random.randrange(len(names)))
    if kind == 0:
        k = random.choice([2, -3, 0.5, -1])
        return Expression(f"({k})*{u.text}", lambda *p: mpf(k) * u.value(*p))
    if kind == 1:
        return u.under(random.choice([("sin({})", mp.sin), ("tanh({})", mp.tanh), ("expm1({})", lambda v: mp.exp(v) - 1)]))
    if kind == 2:
        v = difference(random.randrange(len(names)))
        return u.beside(v, random.choice([("({} + {})", lambda a, b: a + b), ("({} - 2*{})", lambda a, b: a - 2 * b)]))
    if kind == 3:
        k = random.choice([1, 2])
        return Expression(f"({u.text} + {k}*{u.text}^2)", lambda *p: u.value(*p) + k * u.value(*p) ** 2)
    return u


def draw(random, names, point):
    """A composition with a corner at the point."""
    u = zero_at(random, names, point)
    kind = random.randrange(10)
    if kind < 4:
        e = u.under(random.choice(LENGTHS)).under(random.choice(EVEN))
    elif kind < 7:
        e = u.under(random.choice(KINKED))
    elif kind < 9 or len(names) > 1:
        e = u.beside(zero_at(random, names, point), random.choice(PAIRS))
    else:
        e = u.under(random.choice(LENGTHS)).under(random.choice(LENGTHS)).under(random.choice(EVEN))
    for _ in range(random.randrange(3)):
        if random.random() < 0.5:
            e = e.under(random.choice(SMOOTH))
        else:
            other = Expression(names[-1], lambda *p: p[-1]).under(random.choice(SMOOTH))
            if random.random() < 0.3:
                other = zero_at(random, names, point).under(random.choice(KINKED))
            e = e.beside(other, random.choice(PLAIN))
    return e


# Truth

def derivatives(f, p):
    """Gradient and Hessian at a point beside which f is smooth, by central differences."""
    n = len(p)

    def at(*shifts):
        q = list(p)
        for place, shift in shifts:
            q[place] += shift * STEP
        return f(*q)
    middle = f(*p)
    gradient = [(at((i, 1)) - at((i, -1))) / (2 * STEP) for i in range(n)]
    hessian = [[None] * n for _ in range(n)]
    for i in range(n):
        hessian[i][i] = (at((i, 1)) - 2 * middle + at((i, -1))) / STEP ** 2
        for j in range(i):
            hessian[i][j] = hessian[j][i] = (
                at((i, 1), (j, 1)) - at((i, 1), (j, -1)) - at((i, -1), (j, 1)) + at((i, -1), (j, -1))
            ) / (4 * STEP ** 2)
    return gradient, hessian


def agreed(values, slack):
    least, most = min(values), max(values)
    if most - least > slack * (1 + abs(most)) or abs(most) > mpf(10) ** 9:
        return None
    return (least + most) / 2


def truth(f, point):
    """Value, gradient and Hessian; None for what does not exist."""
    n = len(point)
    p = [mpf(c) for c in point]
    value = f(*p)
    directions = [[1], [-1]] if n == 1 else [
        [mp.cos(a), mp.sin(a)] for a in (mpf(k) * 2 * mp.pi / 11 + mpf("0.1234") for k in range(11))]
    sides = []
    for d in directions:
        q = [c + NEAR * s for c, s in zip(p, d)]
        sides.append((f(*q),) + derivatives(f, q))
    slack = mpf(10) ** -12
    if agreed([s[0] for s in sides] + [value], slack) is None:
        return value, [None] * n, [[None] * n] * n
    gradient = [agreed([s[1][i] for s in sides], slack) for i in range(n)]
    hessian = [[agreed([s[2][i][j] for s in sides], slack) for j in range(n)] for i in range(n)]
    for i in range(n):
        if gradient[i] is None:
            hessian[i][i] = None
    return value, gradient, hessian


def written(x):
    if x is None:
        return "none"
    # What is left of the distance to the corner.
    return "0.0" if abs(x) < NEAR * 1000 else mp.nstr(x, 17, min_fixed=-5, max_fixed=5)


def main():
    source = random.Random(20260)
    lines = []
    for number in range(2000):
        names = ["x"] if number % 3 < 2 else ["a", "b"]
        point = [source.choice([0, 0, 1, -2, 0.5]) for _ in names]
        e = draw(source, names, point)
        at = list(point)
        # Every fifth is beside the corner, though two steps may cancel.
        if number % 5 == 4:
            at = [c + source.choice([1, -1]) * 2.0 ** -source.randrange(8, 24) for c in point]
        value, gradient, hessian = truth(e.value, at)
        values = ", ".join(f"{name} = {c!r}" for name, c in zip(names, at))
        lines.append(" | ".join(
            [e.text, values, written(value), ", ".join(map(written, gradient)),
             "; ".join(", ".join(map(written, row)) for row in hessian)]))
    Path(__file__).with_name("corners.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
