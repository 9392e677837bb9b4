"""Tables of the kernels: Taylor series at roots, and the scaled complementary error function.

Prints the Swift sources of the tables; every number is computed with 60 digits and rounded once.
"""
import sys
from mpmath import mp, mpf, mpc, exp, log, erfc, sqrt, pi, tanh, findroot, taylor, zeta, diff, bernoulli, factorial, cos, sin
mp.dps = 60

def split(v):
    hi = float(v)
    return hi, float(v - mpf(hi))

def sigmoid(x): return 1 / (1 + exp(-x))
def silu_slope(x): return sigmoid(x) * (1 + x * sigmoid(-x))
def mish_slope(x):
    e = exp(x)
    w = 4 * (x + 1) + 4 * e ** 2 + e ** 3 + e * (4 * x + 6)
    return e * w / (2 * e + e ** 2 + 2) ** 2
def gelu_slope(x): return erfc(-x / sqrt(2)) / 2 + x * exp(-x * x / 2) / sqrt(2 * pi)

def derivs_at(f, x0, n, r=mpf(1)):
    # Cauchy's integral on a circle: f is analytic there.
    m = 256
    vals = [f(x0 + r * mp.expjpi(mpf(2) * k / m)) for k in range(m)]
    out = []
    for j in range(n + 1):
        s = sum(v * mp.expjpi(-mpf(2) * k * j / m) for k, v in enumerate(vals)) / m
        out.append(mp.re(s) / r ** j)
    return out

def series(name, f, guess, radius, note):
    root = findroot(f, guess)
    hi, lo = split(root)
    cs = derivs_at(f, root, 40, mpf(2.2) if name != 'gelu' else mpf(2.5))
    # enough terms that the first one left out is below 2^-57 of the first
    n = max(k for k in range(1, 41) if abs(cs[k]) * mpf(radius) ** (k - 1) > abs(cs[1]) * mpf(2) ** -58)
    return root, hi, lo, [float(c) for c in cs[1:n + 1]]

if __name__ == '__main__':
    for name, f, g, r in [('silu', silu_slope, -1.278, .6), ('gelu', gelu_slope, -.75, .6), ('mish', mish_slope, -1.19, .6)]:
        root, hi, lo, cs = series(name, f, g, r, '')
        print(name, repr(hi), repr(lo), len(cs))
        print(cs)
    print('1/e', split(exp(-1)))
    print('ln2', split(log(2)))

def erfcx_table(intervals=16, bits=57):
    """erfcx(x)/t for t = 4/(4 + x), a polynomial in u = 2·intervals·t - odd for each interval."""
    def erfcx(x):
        x = mpf(x)
        if x > 50:
            s, term, k = mpf(1), mpf(1), 0
            while True:
                k += 1
                new = term * -(2 * k - 1) / (2 * x * x)
                if abs(new) >= abs(term) or abs(new) < mpf(10) ** -50: break
                term = new; s += term
            return s / (x * sqrt(pi))
        return exp(x * x) * erfc(x)
    def f(t): return erfcx(4 / t - 4) / t if t > 0 else 1 / (4 * sqrt(pi))
    rows = []
    for i in range(intervals):
        n = 16
        mid, half = mpf(2 * i + 1) / (2 * intervals), mpf(1) / (2 * intervals)
        nodes = [cos(pi * (mpf(k) + mpf(1) / 2) / n) for k in range(n)]
        vals = [f(mid + half * u) for u in nodes]
        cheb = [2 / mpf(n) * sum(v * cos(j * pi * (mpf(k) + mpf(1) / 2) / n) for k, v in enumerate(vals)) for j in range(n)]
        cheb[0] /= 2
        deg = max(j for j in range(n) if abs(cheb[j]) > abs(cheb[0]) * mpf(2) ** -bits)
        # to powers of u
        T = [[mpf(1)], [mpf(0), mpf(1)]]
        for j in range(2, deg + 1):
            a = [mpf(0)] + [2 * c for c in T[-1]]
            for k, c in enumerate(T[-2]): a[k] -= c
            T.append(a)
        poly = [mpf(0)] * (deg + 1)
        for j in range(deg + 1):
            for k, c in enumerate(T[j]): poly[k] += cheb[j] * c
        rows.append([float(c) for c in poly])
    return rows
