#!/usr/bin/env bash
# CasADi 3.8.2: two spellings of a length at the origin.
#
# Guess: hypot(x, y) and norm_2([x, y]) are the same function, so their squares have the same
#        gradient and the same Hessian at the origin.
# Seen:  norm_2^2 has the gradient [0, 0] and the right Hessian [[2, 0], [0, 2]]; of hypot^2 every
#        entry of both is nan. norm_1(x)^2, which has no second derivative there, gives 0.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check casadi==3.8.2

"$folder/venv/bin/python" - <<'PYTHON'
import math
import casadi

x = casadi.MX.sym("x", 2)


def both(expression):
    hessian, gradient = casadi.hessian(expression, x)
    function = casadi.Function("f", [x], [gradient, hessian])
    return [part.full().tolist() for part in function([0, 0])]


length = both(casadi.norm_2(x) ** 2)
hypot = both(casadi.hypot(x[0], x[1]) ** 2)
sizes = both(casadi.norm_1(x) ** 2)
print("norm_2^2:", length)
print("hypot^2: ", hypot)
print("norm_1^2:", sizes)
assert length == [[[0], [0]], [[2, 0], [0, 2]]], "the behaviour has changed"
assert all(math.isnan(v) for part in hypot for row in part for v in row), "the behaviour has changed"
assert sizes == [[[0], [0]], [[0, 0], [0, 0]]], "the behaviour has changed"
PYTHON
