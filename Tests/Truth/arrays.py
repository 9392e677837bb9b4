"""Writes arrays.nabla: expressions over arrays with their values and gradients, as assertions.

    python3 arrays.py > arrays.nabla

Needs NumPy and mpmath. Values are computed from the definitions in 60 digits, on NumPy's arrays of
mpmath's numbers; gradients are central differences of those with a step of 1e-20, which leaves
more than 35 right digits. Nothing here knows a derivative rule.
"""

import random

import numpy as np
from mpmath import mp, mpf

mp.dps = 60
STEP = mpf(10) ** -20

exp, log, tanh, sin, cos, sqrt = (
    np.vectorize(f, otypes=[object]) for f in (mp.exp, mp.log, mp.tanh, mp.sin, mp.cos, mp.sqrt))
sigmoid = np.vectorize(lambda x: 1 / (1 + mp.exp(-x)), otypes=[object])
erf = np.vectorize(mp.erf, otypes=[object])
relu = np.vectorize(lambda x: max(x, mpf(0)), otypes=[object])
absolute = np.vectorize(abs, otypes=[object])


def total(x, axis=None, keepdims=False):
    return np.sum(x, axis=axis, keepdims=keepdims)


def mean(x, axis=None, keepdims=False):
    sums = np.sum(x, axis=axis, keepdims=keepdims)
    return sums / mpf(x.size // max(np.size(sums), 1))


def var(x, axis=None, ddof=0, keepdims=False):
    square = (x - mean(x, axis, True)) ** 2
    sums = np.sum(square, axis=axis, keepdims=keepdims)
    return sums / mpf(x.size // max(np.size(sums), 1) - ddof)


def std(x, axis=None, ddof=0, keepdims=False):
    return sqrt(var(x, axis, ddof, keepdims))


def norm(x, axis=None, keepdims=False):
    return sqrt(np.sum(x * x, axis=axis, keepdims=keepdims))


def lse(x, axis=None, keepdims=False):
    return log(np.sum(exp(x), axis=axis, keepdims=keepdims))


def softmax(x, axis=-1):
    return exp(x) / np.sum(exp(x), axis=axis, keepdims=True)


def matrix(x):
    return mp.matrix([[x[i, j] for j in range(x.shape[1])] for i in range(x.shape[0])])


def array(m, shape):
    return np.array([m[i] for i in range(len(m))], dtype=object).reshape(shape)


def inv(x):
    m = matrix(x) ** -1
    return np.array([[m[i, j] for j in range(m.cols)] for i in range(m.rows)], dtype=object)


def det(x):
    """Laplace's expansion: no pivots, no quotients."""
    if x.shape[0] == 1:
        return x[0, 0]
    minors = [np.delete(np.delete(x, 0, 0), j, 1) for j in range(x.shape[0])]
    return sum((-1) ** j * x[0, j] * det(minors[j]) for j in range(x.shape[0]))


def cholesky(x):
    m = mp.cholesky(matrix(x))
    return np.array([[m[i, j] for j in range(m.cols)] for i in range(m.rows)], dtype=object)


def one_hot(labels, classes):
    return np.array([[mpf(int(c == k)) for c in range(classes)] for k in labels], dtype=object)


def cross_entropy(z, y):
    return -np.sum(y * log(softmax(z)), axis=-1)


def huber(p, y, delta):
    d = absolute(p - y)
    return np.array([x * x / 2 if x < delta else delta * (x - mpf(delta) / 2) for x in d.flat],
                    dtype=object).reshape(d.shape)


def bce(p, y):
    return -(y * log(p) + (1 - y) * log(1 - p))


# (what is typed, what it means, the sizes of the inputs in the order of their names)
CASES = []


def case(text, meaning, spread=1.5, **shapes):
    CASES.append((text, meaning, spread, shapes))


A23, A33, A234 = (2, 3), (3, 3), (2, 3, 2)
for axis in (None, 0, 1, -1, (0, 1)):
    typed = "" if axis is None else f", axis={list(axis) if isinstance(axis, tuple) else axis}"
    for keeps in (False, True):
        kept = ", keepdims=1" if keeps else ""
        for name, function in (("sum", total), ("mean", mean), ("var", var), ("std", std),
                               ("norm", norm), ("logsumexp", lse)):
            if keeps and name in ("mean", "norm"):
                continue
            case(f"sum(sin({name}(x{typed}{kept})) * w)",
                 lambda x, w, f=function, a=axis, k=keeps: total(sin(f(x, axis=a, keepdims=k)) * w),
                 x=A23, w=())
    for name, function in (("prod", np.prod), ("max", np.max), ("min", np.min)):
        case(f"sum({name}(x{typed})^2 * w)",
             lambda x, w, f=function, a=axis: total(f(x, axis=a) ** 2 * w), x=A23, w=())
for axis in (0, 2, (0, 2), (-1, 1)):
    typed = list(axis) if isinstance(axis, tuple) else axis
    for name, function in (("sum", total), ("var", var), ("prod", np.prod), ("max", np.max),
                           ("logsumexp", lse)):
        case(f"sum({name}(x, axis={typed})^2)",
             lambda x, f=function, a=axis: total(f(x, axis=a) ** 2), x=A234)
for ddof in (1, 2):
    case(f"var(x, ddof={ddof}) + std(x[0], ddof=1)",
         lambda x, d=ddof: var(x, ddof=d) + std(x[0], ddof=1), x=A23)
for axis in (None, 0, 1):
    typed = "" if axis is None else f", axis={axis}"
    case(f"sum(cumsum(x{typed})^3)", lambda x, a=axis: total(np.cumsum(x, axis=a) ** 3), x=A23)

# products, transposes, broadcasting
case("sum(tanh(A @ B) @ v)", lambda A, B, v: total(tanh(A @ B) @ v), A=A23, B=(3, 4), v=(4,))
case("sum((A @ B @ C)^2)", lambda A, B, C: total((A @ B @ C) ** 2), A=A23, B=(3, 4), C=(4, 2))
case("sum(A.T @ A * B)", lambda A, B: total(A.T @ A * B), A=A23, B=A33)
case("x @ A @ x", lambda x, A: x @ A @ x, x=(3,), A=A33)
case("sum(sin(x) + y * cos(x))", lambda x, y: total(sin(x) + y * cos(x)), x=(2, 1), y=(3,))
case("sum((x - y)^2 / (1 + z^2))", lambda x, y, z: total((x - y) ** 2 / (1 + z ** 2)),
     x=(2, 1, 3), y=(4, 1), z=())
case("sum(exp(x) * y - x / (3 + y))", lambda x, y: total(exp(x) * y - x / (3 + y)), x=A23, y=(3,))
case("dot(x, y)^2 + norm(x) * norm(y)", lambda x, y: (x @ y) ** 2 + norm(x) * norm(y), x=(4,), y=(4,))
case("sum(outer(x, y) @ A)", lambda x, y, A: total(np.outer(x, y) @ A), x=(2,), y=(3,), A=(3, 2))
case("trace(A @ B)", lambda A, B: np.trace(A @ B), A=A23, B=(3, 2))
case("sum(diag(x) @ A * 2 + diag(A, 1)[0])",
     lambda x, A: total(np.diag(x) @ A * 2 + np.diag(A, 1)[0]), x=(3,), A=A33)
case("sum(reshape(x, 3, 2) @ A + transpose(x))",
     lambda x, A: total(x.reshape(3, 2) @ A + x.T), x=A23, A=(2, 2))
case("sum(transpose(x, [2, 0, 1])[0]^2 * A)",
     lambda x, A: total(np.transpose(x, (2, 0, 1))[0] ** 2 * A), x=A234, A=A23)
case("sum(concat(x, y^2) * w)", lambda x, y, w: total(np.concatenate([x, y ** 2]) * w), x=(2,), y=(3,), w=(5,))
case("sum(concat(A, B, axis=1)^3)", lambda A, B: total(np.concatenate([A, B], axis=1) ** 3), A=(2, 1), B=A23)
case("sum(stack(x, y, axis=1) @ A)", lambda x, y, A: total(np.stack([x, y], axis=1) @ A), x=(3,), y=(3,), A=(2, 2))
case("sum(flatten(A)[1::2]^2 * A[0, ::-1])",
     lambda A: total(A.flatten()[1::2] ** 2 * A[0, ::-1]), A=A23)
case("sum(full([2, 3], s) * A + linspace(s, t, 3))",
     lambda s, t, A: total(s * A + np.array([s, (s + t) / 2, t])), s=(), t=(), A=A23)
case("sum((A - mean(A, axis=0)) / std(A, axis=0) * B)",
     lambda A, B: total((A - mean(A, 0)) / std(A, 0) * B), A=(4, 2), B=(4, 2))

# softmax and its kin
for axis in (-1, 0):
    typed = "" if axis == -1 else ", axis=0"
    case(f"sum(softmax(x{typed}) * w)", lambda x, w, a=axis: total(softmax(x, a) * w), x=A23, w=A23)
    case(f"sum(log_softmax(x{typed}) * w)",
         lambda x, w, a=axis: total(log(softmax(x, a)) * w), x=A23, w=A23)
    case(f"sum(log_softmax(x{typed})^2 * softmax(x{typed}))",
         lambda x, a=axis: total(log(softmax(x, a)) ** 2 * softmax(x, a)), x=A23)
for reduction in ("mean", "sum", "none"):
    typed = "" if reduction == "mean" else f', reduction="{reduction}"'
    gather = {"mean": mean, "sum": total, "none": lambda l: total(l ** 2)}[reduction]
    def wrap(text, reduction=reduction):
        return f"sum({text}^2)" if reduction == "none" else text
    case(wrap(f"cross_entropy(z, [2, 0]{typed})"),
         lambda z, g=gather: g(cross_entropy(z, one_hot([2, 0], 3))), z=A23)
    case(wrap(f"cross_entropy(z, softmax(y){typed})"),
         lambda z, y, g=gather: g(cross_entropy(z, softmax(y))), z=A23, y=A23)
    case(wrap(f"cross_entropy(z, y{typed})"),
         lambda z, y, g=gather: g(cross_entropy(z, y)), z=A23, y=A23)
    case(wrap(f"nll(log_softmax(z), [1, 2]{typed})"),
         lambda z, g=gather: g(cross_entropy(z, one_hot([1, 2], 3))), z=A23)
    case(wrap(f"mse(p, y{typed})"), lambda p, y, g=gather: g((p - y) ** 2), p=A23, y=A23)
    case(wrap(f"mae(p, y{typed})"), lambda p, y, g=gather: g(absolute(p - y)), p=A23, y=A23)
    case(wrap(f"huber(p, y, delta=0.5{typed})"),
         lambda p, y, g=gather: g(huber(p, y, mpf("0.5"))), p=A23, y=A23)
    case(wrap(f"huber(p, y{typed})"), lambda p, y, g=gather: g(huber(p, y, mpf(1))), p=(4,), y=(4,))
    case(wrap(f"bce(sigmoid(p), sigmoid(y){typed})"),
         lambda p, y, g=gather: g(bce(sigmoid(p), sigmoid(y))), p=A23, y=A23)
    case(wrap(f"bce_with_logits(z, sigmoid(y){typed})"),
         lambda z, y, g=gather: g(bce(sigmoid(z), sigmoid(y))), z=A23, y=A23)

# small networks
case("mse(W2 @ tanh(W1 @ x + b1) + b2, y)",
     lambda x, y, W1, b1, W2, b2: mean((W2 @ tanh(W1 @ x + b1) + b2 - y) ** 2),
     x=(3,), y=(2,), W1=(4, 3), b1=(4,), W2=(2, 4), b2=(2,))
case("cross_entropy(tanh(X @ W1 + b1) @ W2 + b2, [0, 2, 1])",
     lambda X, W1, b1, W2, b2: mean(cross_entropy(tanh(X @ W1 + b1) @ W2 + b2, one_hot([0, 2, 1], 3))),
     X=(3, 2), W1=(2, 4), b1=(4,), W2=(4, 3), b2=(3,))
case("mean(sigmoid(relu(X @ W + b) @ v)^2)",
     lambda X, W, b, v: mean(sigmoid(relu(X @ W + b) @ v) ** 2), X=(3, 2), W=(2, 4), b=(4,), v=(4,))
for keeps in (0, 1):
    case(f"sum(g * (x - mean(x, axis=-1, keepdims=1)) / sqrt(var(x, axis=-1, keepdims=1) + 1e-5) + b + {keeps})",
         lambda x, g, b, k=keeps: total(
             g * (x - mean(x, -1, True)) / sqrt(var(x, -1, 0, True) + mpf(1e-5)) + b + k),
         x=(2, 4), g=(4,), b=(4,))
case("sum(softmax(Q @ K.T / sqrt(2)) @ V * w)",
     lambda Q, K, V, w: total(softmax(Q @ K.T / mp.sqrt(2)) @ V * w), Q=A23, K=(4, 3), V=(4, 2), w=(2, 2))
case("-sum(softmax(x) * log_softmax(x))", lambda x: -total(softmax(x) * log(softmax(x))), x=(5,))

# linear algebra
for size in (1, 2, 3, 4):
    square = (size, size)
    case("sum(solve(A, b) * w)", lambda A, b, w: total(inv(A) @ b * w), 3, A=square, b=(size,), w=(size,))
    case("sum(solve(A, B)^2)", lambda A, B: total((inv(A) @ B) ** 2), 3, A=square, B=(size, 2))
    case("sum(inv(A) * W)", lambda A, W: total(inv(A) * W), 3, A=square, W=square)
    case("det(A)", lambda A: det(A), 3, A=square)
    case("logdet(A @ A.T + eye(%d))" % size,
         lambda A, n=size: mp.log(det(A @ A.T + np.eye(n, dtype=object))), A=square)
    case("sum(cholesky(A @ A.T + eye(%d)) * W)" % size,
         lambda A, W, n=size: total(cholesky(A @ A.T + np.eye(n, dtype=object)) * W), A=square, W=square)
case("0.5 * (y @ solve(K @ K.T + eye(3), y) + logdet(K @ K.T + eye(3)))",
     lambda y, K: (y @ inv(K @ K.T + np.eye(3, dtype=object)) @ y
                   + mp.log(det(K @ K.T + np.eye(3, dtype=object)))) / 2, y=(3,), K=A33)


def text(x):
    return repr(float(x)) if np.ndim(x) == 0 else "[" + ", ".join(text(part) for part in x) + "]"


def scalar(x):
    return x.item() if isinstance(x, np.ndarray) else x


def main():
    source = random.Random(20)
    print("# Written by arrays.py: values and gradients to 1e-12, from the definitions in 60 digits.")
    for typed, meaning, spread, shapes in CASES:
        inputs = {}
        for name, shape in shapes.items():
            flat = [mpf(round(source.uniform(-spread, spread), 3)) for _ in range(int(np.prod(shape)))]
            if typed.startswith(("sum(solve", "sum(inv", "det")) and name == "A":
                # Away from singular: errors there grow with the condition number.
                flat = [v + (4 if k % (shape[0] + 1) == 0 else 0) for k, v in enumerate(flat)]
            inputs[name] = np.array(flat, dtype=object).reshape(shape) if shape else flat[0]
        print()
        for name, value in inputs.items():
            print(f"{name} = {text(value)}")
        print(f"f = {typed}")
        print(f"assert_close(f, {text(scalar(meaning(**inputs)))}, 1e-12)")
        for name, value in inputs.items():
            flat = np.array(value, dtype=object).reshape(-1)
            slopes = []
            for place in range(flat.size):
                ends = []
                for sign in (1, -1):
                    moved = flat.copy()
                    moved[place] += sign * STEP
                    moved = moved.reshape(np.shape(value)) if np.shape(value) else moved[0]
                    ends.append(scalar(meaning(**{**inputs, name: moved})))
                slopes.append((ends[0] - ends[1]) / (2 * STEP))
            gradient = np.array(slopes, dtype=object).reshape(np.shape(value))
            print(f"assert_close(grad(f, {name}), {text(gradient if np.shape(value) else slopes[0])}, 1e-12)")


main()
