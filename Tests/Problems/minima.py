"""Prints the minima of minima.txt, others.txt and kinks.txt that have no closed form.

Needs NumPy, SciPy and mpmath. Sums of squares are minimized by SciPy's least_squares from the
starts of Moré, Garbow and Hillstrom; smooth losses by Newton's method in 30 digits; functions with
kinks as linear programs, or with their pieces as constraints (SLSQP).
"""

import mpmath as mp
import numpy as np
from scipy.optimize import least_squares, linprog, minimize

N = np.arange


def squares(name, residuals, *starts):
    """The minimum of a sum of squares, from each of some starts."""
    found = []
    for start in starts:
        x = np.asarray(start, float)
        for _ in range(3):
            x = least_squares(
                residuals, x, x_scale="jac", jac="3-point", ftol=3e-16, xtol=3e-16, gtol=3e-16,
                max_nfev=20000,
            ).x
        found.append(float(np.sum(np.asarray(residuals(x)) ** 2)))
    print(name, *(f"{value:.13g}" for value in found))


def polynomials(count):
    """The residuals of Watson's function."""
    t = (N(29) + 1) / 29
    j = N(count)
    slopes = j * t[:, None] ** np.maximum(j - 1, 0)
    powers = t[:, None] ** j
    return lambda x: np.r_[slopes @ x - (powers @ x) ** 2 - 1, x[0], x[1] - x[0] ** 2 - 1]


def penalty2(n):
    i = N(2, n + 1)
    s = 1e-5**0.5

    def residuals(x):
        return np.r_[
            x[0] - 0.2,
            s * (np.exp(x[1:] / 10) + np.exp(x[:-1] / 10) - np.exp(i / 10) - np.exp((i - 1) / 10)),
            s * (np.exp(x[1:] / 10) - np.exp(-0.1)),
            np.sum((n - N(n)) * x**2) - 1,
        ]

    return residuals


def chebyquad(n):
    k = N(1, n + 1)[:, None]
    means = np.where(k % 2 == 0, -1 / (k**2 - 1.0), 0)[:, 0]

    def residuals(x):
        T = [np.ones_like(x), 2 * x - 1]
        for _ in range(n - 1):
            T.append(2 * (2 * x - 1) * T[-1] - T[-2])
        return np.array([np.mean(T[i]) for i in range(1, n + 1)]) - means

    return residuals


def sums_of_squares():
    i = N(1, 11)
    squares(
        "Freudenstein and Roth",
        lambda x: [-13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1], -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]],
        [0.5, -2])
    squares("Jennrich and Sampson", lambda x: 2 + 2 * i - np.exp(i * x[0]) - np.exp(i * x[1]), [0.26, 0.25])
    u = N(1, 16)
    v = 16 - u
    w = np.minimum(u, v)
    y = np.array([0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39])
    squares("Bard", lambda x: y - x[0] - u / (v * x[1] + w * x[2]), [1, 1, 1])
    g = np.array([0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989])
    g = np.r_[g, g[-2::-1]]
    t = (8 - N(1, 16)) / 2
    squares("Gaussian", lambda x: x[0] * np.exp(-x[1] * (t - x[2]) ** 2 / 2) - g, [0.4, 1, 0])
    m = np.array([34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872])
    a = 45 + 5 * N(1, 17)
    squares("Meyer", lambda x: x[0] * np.exp(x[1] / (a + x[2])) - m, [0.0056, 6180, 345])
    k = np.array([0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246])
    h = np.array([4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625])
    squares(
        "Kowalik and Osborne", lambda x: k - x[0] * (h**2 + h * x[1]) / (h**2 + h * x[2] + x[3]),
        [0.25, 0.39, 0.415, 0.39])
    b = N(1, 21) / 5
    squares(
        "Brown and Dennis",
        lambda x: (x[0] + b * x[1] - np.exp(b)) ** 2 + (x[2] + x[3] * np.sin(b) - np.cos(b)) ** 2, [25, 5, -5, -1])
    o = np.array([
        0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628,
        0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420,
        0.414, 0.411, 0.406])
    c = 10 * N(33)
    squares(
        "Osborne 1", lambda x: o - x[0] - x[1] * np.exp(-c * x[3]) - x[2] * np.exp(-c * x[4]),
        [0.5, 1.5, -1, 0.01, 0.02])
    squares("Watson, 6", polynomials(6), np.zeros(6))
    squares("Watson, 9", polynomials(9), np.zeros(9))
    for n in (4, 10):
        squares(f"Penalty I, {n}", lambda x: np.r_[1e-5**0.5 * (x - 1), np.sum(x**2) - 0.25], N(1, n + 1))
        squares(f"Penalty II, {n}", penalty2(n), 0.5 * np.ones(n))
    squares(
        "Trigonometric",
        lambda x: 10 - np.sum(np.cos(x)) + N(1, 11) * (1 - np.cos(x)) - np.sin(x), 0.1 * np.ones(10))
    squares("Chebyquad, 8", chebyquad(8), N(1, 9) / 9)
    tens = [N(1, 11) / 11] + [np.sort(np.random.default_rng(s).uniform(size=10)) for s in range(4)]
    squares("Chebyquad, 10", chebyquad(10), *tens)


def newton(name, f, start):
    """The minimum of a smooth function, in 30 digits."""
    mp.mp.dps = 30
    x = mp.matrix(start)
    count = len(start)

    def order(*places):
        return tuple(places.count(place) for place in range(count))

    for _ in range(40):
        slopes = mp.matrix([mp.diff(f, tuple(x), order(i)) for i in range(count)])
        bends = mp.matrix(count, count)
        for i in range(count):
            for j in range(count):
                bends[i, j] = mp.diff(f, tuple(x), order(i, j))
        step = mp.lu_solve(bends, -slopes)
        x += step
        if mp.norm(step) < mp.mpf(10) ** -16:
            break
    print(name, mp.nstr(f(*x), 17))


def smooth():
    mpf = mp.mpf
    print("Hilbert", mp.nstr(-sum(mpf(1) / (i + j + 1) for i in range(8) for j in range(8)) / 2, 17))
    rates = [mpf("0.5"), mpf(1), mpf(3)]
    print("Exponentials less a line", mp.nstr(sum(r - r * mp.log(r) for r in rates), 17))
    y = [mpf(v) for v in "1.2 3.4 2.2 5.1 4.4 0.3".split()]
    mean = sum(y) / 6
    variance = sum((v - mean) ** 2 for v in y) / 6
    print("A normal distribution", mp.nstr(3 + 3 * mp.log(variance), 17))
    places = [mpf(v) for v in "-1.2 0.1 0.4 0.9 1.3 8".split()]
    newton("Cauchy's location", lambda x: sum(mp.log(1 + (v - x) ** 2) for v in places), [0.54])
    hours = [mpf(v) for v in "0.5 0.75 1 1.25 1.5 1.75 1.75 2 2.25 2.5 2.75 3 3.25 3.5 4 4.25 4.5 4.75 5 5.5".split()]
    passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1]

    def logistic(a, b, c):
        scores = [a + b * t + c * t * t for t in hours]
        loss = sum(mp.log(1 + mp.exp(s)) - p * s for s, p in zip(scores, passed))
        return loss + mpf("0.005") * (a * a + b * b + c * c)

    newton("Logistic regression", logistic, [-3.2, 0.9, 0.1])
    counts = [1, 3, 2, 4, 7, 9, 16, 25]
    newton(
        "Poisson regression",
        lambda a, b: sum(mp.exp(a + b * t) - n * (a + b * t) for t, n in enumerate(counts)), [0.15, 0.43])
    # The slope and the sign of each residual beyond 1 are known at the end: a linear system.
    u, y = N(8.0), np.array([1, 3.2, 4.9, 7.1, 30, 10.8, 13.1, 2])

    def huber(x):
        r = np.abs(x[0] + x[1] * u - y)
        return np.mean(np.where(r <= 1, r * r / 2, r - 0.5))

    ends = [minimize(huber, s, method="Nelder-Mead", options={"xatol": 1e-12, "fatol": 1e-15, "maxiter": 5000}) for s in ([1.3, 1.9], [1, 2])]
    print("Huber's line", min(end.fun for end in ends))


def greatest(name, pieces, start):
    """The minimum of the greatest of some pieces, which are constraints."""
    best = np.inf
    for seed in range(20):
        shift = np.random.default_rng(seed).normal(size=len(start)) if seed else 0
        x = np.asarray(start, float) + shift
        rules = [{"type": "ineq", "fun": lambda z, f=f: z[-1] - f(z[:-1])} for f in pieces]
        end = minimize(
            lambda z: z[-1], np.r_[x, max(f(x) for f in pieces)], constraints=rules, method="SLSQP",
            options={"ftol": 1e-16, "maxiter": 2000})
        best = min(best, max(f(end.x[:-1]) for f in pieces))
    print(name, f"{best:.13g}")


def kinks():
    greatest(
        "CB2",
        [lambda x: x[0] ** 2 + x[1] ** 4, lambda x: (2 - x[0]) ** 2 + (2 - x[1]) ** 2, lambda x: 2 * np.exp(x[1] - x[0])],
        [1, -0.1])
    p = np.array(
        [[0, 0, 0, 0, 0], [2, 1, 1, 1, 3], [1, 2, 1, 1, 2], [1, 4, 1, 2, 2], [3, 2, 1, 0, 1], [0, 2, 1, 0, 1],
         [1, 1, 1, 1, 1], [1, 0, 1, 2, 1], [0, 0, 2, 1, 0], [1, 1, 2, 0, 0]], float)
    w = [1, 5, 10, 2, 4, 3, 1.7, 2.5, 6, 3.5]
    greatest("Shor", [lambda x, i=i: w[i] * np.sum((p[i] - x) ** 2) for i in range(10)], [0, 0, 0, 0, 1])
    u, y = N(9.0), np.array([1.1, 2.9, 5.2, 6.8, 9.1, 30, 13.2, 14.9, 17])
    for name, q, factor in (("A line by absolute values", 0.5, 2), ("A quantile line", 0.9, 1)):
        design = np.c_[np.ones(9), u]
        end = linprog(
            np.r_[0, 0, q * np.ones(9), (1 - q) * np.ones(9)] / 9, A_eq=np.c_[design, np.eye(9), -np.eye(9)],
            b_eq=y, bounds=[(None, None)] * 2 + [(0, None)] * 18, method="highs")
        print(name, factor * end.fun)
    # The median of four points, of which one lies within the triangle of the others, is that one.
    print("A geometric median", 2 * np.sqrt(10) + np.sqrt(2))
    A = np.array([[1, 0.5, 0.2, 0], [0.3, 1, -0.2, 0.4], [0, 0.1, 1, 0.6], [0.7, 0, 0.3, 1], [0.2, -0.5, 0.4, 0.9]])
    b = np.array([1, 2, -0.5, 0.3, -1])
    end = minimize(
        lambda z: np.sum((A @ (z[:4] - z[4:]) - b) ** 2) / 2 + 0.6 * z.sum(), np.ones(8), bounds=[(0, None)] * 8,
        method="L-BFGS-B", options={"ftol": 1e-16, "gtol": 1e-12})
    x = end.x[:4] - end.x[4:]
    S = np.abs(x) > 1e-6
    x = np.linalg.solve(A[:, S].T @ A[:, S], A[:, S].T @ b - 0.6 * np.sign(x[S]))
    print("Lasso", np.sum((A[:, S] @ x - b) ** 2) / 2 + 0.6 * np.abs(x).sum())
    t = N(21) / 10 - 1
    V = np.c_[np.ones(21), t, t * t, t**3]
    end = linprog(
        [0, 0, 0, 0, 1], A_ub=np.r_[np.c_[V, -np.ones(21)], np.c_[-V, -np.ones(21)]], b_ub=np.r_[np.exp(t), -np.exp(t)],
        bounds=[(None, None)] * 5, method="highs")
    print("A polynomial for exp", end.fun)
    u = np.array([[1, 2], [2, 1], [2, 3.5], [3, 3], [4, 2], [1, 4], [2.5, 2.2], [3, 1]])
    y = np.array([1, 1, -1, -1, -1, -1, 1, 1])
    end = minimize(
        lambda z: z[3:].sum() / 8 + 0.01 * (z[0] ** 2 + z[1] ** 2), np.r_[0, 0, 0, np.ones(8)],
        constraints=[{"type": "ineq", "fun": lambda z: z[3:] - 1 + y * (u @ z[:2] + z[2])}],
        bounds=[(None, None)] * 3 + [(0, None)] * 8, method="SLSQP", options={"ftol": 1e-15, "maxiter": 1000})
    print("Hinges", f"{end.fun:.13g}")


sums_of_squares()
smooth()
kinks()
