"""Writes programs.nabla: programs over arrays as a user of NumPy writes them, as assertions.

    python3 programs.py > programs.nabla

Needs JAX, which gives the values, the gradients and the products of second derivatives with a
vector, in doubles. A program is grown at random: operations are applied to inputs and to what came
of them so far, and the last ones are added up to one number. Nothing is compiled by jit: of one
of these programs the compiled gradient was wrong, with JAX 0.10.2 on a CPU.
"""

import random

import jax
import jax.nn as nn
import jax.numpy as jnp
import numpy as np
from jax.scipy.special import erf, logsumexp

jax.config.update("jax_enable_x64", True)
PROGRAMS = 60

UNARY = {
    "exp": jnp.exp, "sin": jnp.sin, "tanh": jnp.tanh, "sigmoid": nn.sigmoid, "relu": nn.relu,
    "softplus": nn.softplus, "abs": jnp.abs, "sqrt": jnp.sqrt, "log": jnp.log, "erf": erf,
    "atan": jnp.arctan, "silu": nn.silu, "gelu": lambda x: nn.gelu(x, approximate=False),
    "elu": nn.elu, "leaky_relu": nn.leaky_relu, "expm1": jnp.expm1, "log1p": jnp.log1p}
BINARY = {"+": jnp.add, "-": jnp.subtract, "*": jnp.multiply, "/": jnp.divide, "@": jnp.matmul}
PAIRS = {"max": jnp.maximum, "min": jnp.minimum, "hypot": jnp.hypot, "logaddexp": jnp.logaddexp,
         "atan2": jnp.arctan2}


def norm(x, axis=None, keepdims=False):
    return jnp.sqrt(jnp.sum(x * x, axis=axis, keepdims=keepdims))


REDUCTIONS = {"sum": jnp.sum, "mean": jnp.mean, "prod": jnp.prod, "var": jnp.var, "std": jnp.std,
              "max": jnp.max, "min": jnp.min, "norm": norm, "logsumexp": logsumexp}


def huber(p, y, delta):
    size = jnp.abs(p - y)
    return jnp.where(size <= delta, size**2 / 2, delta * (size - delta / 2))


class Node:
    """What is typed, and the function of the inputs that it means."""

    def __init__(self, text, meaning, inputs):
        self.text, self.meaning = text, meaning
        self.value = np.asarray(meaning(inputs))

    @property
    def shape(self):
        return self.value.shape


class Program:
    def __init__(self, source):
        self.source = source
        n, m, k = source.sample([1, 2, 3, 4, 5], 3)
        shapes = source.choice([
            [(n, m), (m, k), (k,)], [(n, m), (m,), ()], [(n, 1), (m,), (n, m)],
            [(n, n), (n,), (n, m)], [(n, m, k), (k,), (m, k)], [(n, n), (n, n), (n,)]])
        self.inputs = {}
        for name, shape in zip("ABv", shapes):
            numbers = [round(source.uniform(-1.6, 1.6), 3) for _ in range(int(np.prod(shape)))]
            self.inputs[name] = jnp.asarray(np.array(numbers).reshape(shape))
        self.pool = [self.node(name, lambda e, n=name: e[n]) for name in self.inputs]
        self.made = []

    def node(self, text, meaning):
        return Node(text, meaning, self.inputs)

    def call(self, name, function, *operands, options="", **given):
        text = f"{name}({', '.join(x.text for x in operands)}{options})"
        return self.node(text, lambda e: function(*[x.meaning(e) for x in operands], **given))

    def infix(self, sign, a, b):
        return self.node(f"({a.text} {sign} {b.text})",
                         lambda e: BINARY[sign](a.meaning(e), b.meaning(e)))

    def axis(self, rank):
        """One axis, several or none, from either end, as options and as arguments."""
        choices = [None] + list(range(-rank, rank))
        if rank > 1:
            choices.append(tuple(self.source.sample(range(rank), 2)))
        axis = self.source.choice(choices)
        keeps = self.source.random() < 0.4
        typed = "" if axis is None else f", axis={list(axis) if isinstance(axis, tuple) else axis}"
        return typed + ", keepdims=1" * keeps, {"axis": axis, "keepdims": keeps}

    def grow(self):
        """One more operation; None where it does not fit what was picked."""
        pick = self.source.choice
        kind = pick(["unary", "infix", "infix", "pair", "reduce", "reduce", "product", "product",
                     "shape", "index", "join", "system", "softmax", "cumsum", "where", "loss"])
        candidates = self.pool + self.made[-3:] * 2
        a, b = pick(candidates), pick(candidates)
        rank = len(a.shape)
        if kind == "unary":
            name = pick(list(UNARY))
            return self.call(name, UNARY[name], a)
        if kind == "infix":
            return self.infix(pick("+-*"), a, b)
        if kind == "pair":
            name = pick(list(PAIRS))
            return self.call(name, PAIRS[name], a, b)
        if kind == "reduce":
            name = pick(list(REDUCTIONS))
            options, given = self.axis(rank)
            return self.call(name, REDUCTIONS[name], a, options=options, **given)
        if kind == "product":
            if 1 <= rank <= 2 and 1 <= len(b.shape) <= 2:
                turned = self.node(f"{b.text}.T", lambda e: b.meaning(e).T)
                for right in (b, turned):
                    if a.shape[-1] == right.shape[0]:
                        return self.infix("@", a, right)
            return None
        if kind == "where":
            return self.node(
                f"where({a.text} > 0.1, {a.text}, {b.text})",
                lambda e: jnp.where(a.meaning(e) > 0.1, a.meaning(e), b.meaning(e)))
        if rank == 0:
            return None
        if kind == "shape":
            name, function = pick([("flatten", jnp.ravel), ("transpose", jnp.transpose)])
            return self.call(name, function, a)
        if kind == "index":
            place, step = pick(range(-a.shape[0], a.shape[0])), pick([1, 2, -1])
            if pick([True, False]):
                return self.node(f"{a.text}[{place}]", lambda e: a.meaning(e)[place])
            return self.node(f"{a.text}[::{step}]", lambda e: a.meaning(e)[::step])
        if kind == "join":
            axis = pick(range(-rank, rank))
            name, function = pick([("concat", jnp.concatenate), ("stack", jnp.stack)])
            same = [x for x in candidates if x.shape == a.shape]
            return self.call(name, lambda x, y: function([x, y], axis=axis), a, pick(same),
                             options=f", axis={axis}")
        if kind == "cumsum":
            axis = pick(range(-rank, rank))
            return self.call("cumsum", jnp.cumsum, a, options=f", axis={axis}", axis=axis)
        if kind == "softmax":
            axis = pick(range(-rank, rank))
            name, function = pick([("softmax", nn.softmax), ("log_softmax", nn.log_softmax)])
            return self.call(name, function, a, options=f", axis={axis}", axis=axis)
        if kind == "loss":
            same = pick([x for x in candidates if x.shape == a.shape])
            if rank == 2 and pick([True, False]):
                labels = [pick(range(a.shape[1])) for _ in range(a.shape[0])]
                one_hot = nn.one_hot(jnp.array(labels), a.shape[1], dtype=float)
                return self.call(
                    "cross_entropy",
                    lambda z: -jnp.mean(jnp.sum(one_hot * nn.log_softmax(z), axis=-1)), a,
                    options=f", {labels}")
            name, function = pick([
                ("mse", lambda p, y: jnp.mean((p - y) ** 2)),
                ("huber", lambda p, y: jnp.mean(huber(p, y, 1.0)))])
            return self.call(name, function, a, same)
        if rank != 2:
            return None
        size = a.shape[0]
        square = self.node(
            f"({a.text} @ {a.text}.T + eye({size}))",
            lambda e: a.meaning(e) @ a.meaning(e).T + jnp.eye(size))
        name, function = pick([
            ("inv", jnp.linalg.inv), ("det", jnp.linalg.det), ("cholesky", jnp.linalg.cholesky),
            ("logdet", lambda x: jnp.linalg.slogdet(x)[1]), ("solve", jnp.linalg.solve)])
        return self.call(name, function, square, *[a] * (name == "solve"))

    def run(self):
        """Grows the program; its text and meaning, or None where it came to nothing."""
        for _ in range(200):
            try:
                node = self.grow()
            except (TypeError, ValueError):
                continue
            if node is None or node.value.size > 40 or len(node.text) > 200:
                continue
            if np.all(np.isfinite(node.value)) and np.max(np.abs(node.value)) < 100:
                self.made.append(node)
            if len(self.made) == 6:
                break
        parts = self.made[-2:]
        text = " + ".join(f"sum({part.text})" for part in parts)
        return text, lambda e: sum(jnp.sum(part.meaning(e)) for part in parts)


def text(x):
    x = np.asarray(x)
    return repr(float(x)) if x.ndim == 0 else "[" + ", ".join(text(part) for part in x) + "]"


def assertion(question, truth):
    return f"assert_close({question}, {text(truth)}, 1e-10)"


def main():
    source = random.Random(5)
    print("# Written by programs.py: values, gradients and second derivatives of random programs.")
    written = 0
    while written < PROGRAMS:
        program = Program(source)
        typed, meaning = program.run()
        value, gradient = jax.value_and_grad(meaning)(program.inputs)
        name = source.choice(list(program.inputs))
        point = program.inputs[name]
        direction = jnp.asarray(np.array(source.choices([-1.0, 0.5, 2.0], k=point.size))
                                .reshape(point.shape))

        def slope(x):
            return jax.grad(lambda y: meaning({**program.inputs, name: y}))(x)

        product = jax.jvp(slope, (point,), (direction,))[1]
        numbers = np.concatenate([np.ravel(x) for x in [value, product, *gradient.values()]])
        if not np.all(np.isfinite(numbers)) or np.max(np.abs(numbers)) > 1e3:
            continue
        written += 1
        print()
        for key, x in program.inputs.items():
            print(f"{key} = {text(x)}")
        print(f"y = {typed}")
        print(assertion("y", value))
        for key, x in gradient.items():
            print(assertion(f"grad(y, {key})", x))
        print(assertion(f"hvp(y, {name}, {text(direction)})", product))


main()
