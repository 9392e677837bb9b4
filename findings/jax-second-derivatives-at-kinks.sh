#!/usr/bin/env bash
# JAX 0.10.2: second derivatives, where a function with a kink is squared and so is smooth.
#
# Guess: hypot(x, y)^2 is x^2 + y^2, so its Hessian at the origin is nan, or [[2, 0], [0, 2]].
# Seen:  [[0.5, 0.5], [0.5, 0.5]], without a nan or a warning: at the origin the rule takes the
#        slope of the larger argument, and splits ties in two.
#        |x|^2 gives 2 and max(x, -x)^2 gives 0, though both are x^2; norm(x)^2 gives nan.
#        The slope of logaddexp(x, x) at inf is 2; logaddexp(x, x) = x + log 2 has slope 1.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check jax==0.10.2 jaxlib==0.10.2

JAX_PLATFORMS=cpu "$folder/venv/bin/python" - <<'PYTHON'
import math
import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
origin = jnp.zeros(2)
found = {
    "hypot(x, y)^2": jax.hessian(lambda p: jnp.hypot(p[0], p[1]) ** 2)(origin).tolist(),
    "|x|^2": float(jax.hessian(lambda x: jnp.abs(x) ** 2)(0.0)),
    "max(x, -x)^2": float(jax.hessian(lambda x: jnp.maximum(x, -x) ** 2)(0.0)),
    "logaddexp(x, x) at inf": float(jax.grad(lambda x: jnp.logaddexp(x, x))(jnp.inf)),
}
norm = jax.hessian(lambda p: jnp.linalg.norm(p) ** 2)(origin)
expected = {
    "hypot(x, y)^2": [[0.5, 0.5], [0.5, 0.5]],
    "|x|^2": 2.0,
    "max(x, -x)^2": 0.0,
    "logaddexp(x, x) at inf": 2.0,
}
for name, value in found.items():
    print(f"{name}: {value}")
print(f"norm(x)^2: {norm.tolist()}")
assert found == expected, "the behaviour has changed"
assert all(math.isnan(entry) for row in norm.tolist() for entry in row), "the behaviour has changed"
PYTHON
