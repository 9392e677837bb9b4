#!/usr/bin/env bash
# autograd 1.9.1: smooth functions that are written with a kink or a hole.
#
# Guess: the second derivative of abs(x)^2 at 0 is 2, or nan; numpy's own sinc, which is defined as 1
#        at 0, has the slope 0 there.
# Seen:  0 for abs(x)^2, without a warning, and nan for the slope of sinc; the gradient of std at
#        equal entries is nan as well, where that of var is 0.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check autograd==1.9.1 numpy==2.4.6

"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import math
import autograd
import autograd.numpy as np

square = float(autograd.hessian(lambda x: np.abs(x) ** 2)(0.0))
sinc = float(autograd.grad(np.sinc)(0.0))
std = autograd.grad(np.std)(np.ones(2)).tolist()
var = autograd.grad(np.var)(np.ones(2)).tolist()
print("abs(x)^2, second derivative at 0:", square)
print("sinc, slope at 0:", sinc)
print("std and var, gradients at [1, 1]:", std, var)
assert square == 0 and math.isnan(sinc), "the behaviour has changed"
assert all(map(math.isnan, std)) and var == [0, 0], "the behaviour has changed"
PYTHON
