/// What is written here for functions and numbers that have other names in other languages.
package enum ForeignName {
  /// What to write, by the other name; a test asks that it can be evaluated.
  package static let all: [String: String] = [
    "False": "0", "True": "1", "amax": "max(A)", "amin": "min(A)", "arange": "range(0, 4)",
    "arccos": "acos(x)", "arcsin": "asin(x)", "arctan": "atan(x)", "arctan2": "atan2(y, x)",
    "average": "mean(v)", "binary_cross_entropy": "bce(p, y)", "clip": "clamp(x, 0, 1)",
    "concatenate": "concat(v, w)", "diff": "v[1:] - v[:-1]", "expand_dims": "reshape(v, 2, 1)",
    "fabs": "abs(x)", "flip": "v[::-1]", "hstack": "concat(v, w)", "inner": "v @ w",
    "l1_loss": "mae(v, w)", "matmul": "A @ B", "maximum": "max(x, y)", "minimum": "min(x, y)",
    "mse_loss": "mse(v, w)", "nll_loss": "nll(A, labels)", "ones_like": "ones(2)",
    "power": "x^y", "ravel": "flatten(A)", "slogdet": "logdet(A)",
    "smooth_l1_loss": "huber(v, w)", "square": "x^2", "squeeze": "reshape(A, 2, 2)",
    "swapaxes": "transpose(A, [1, 0])", "vdot": "v @ w", "vstack": "stack(v, w)",
    "zeros_like": "zeros(2)",
  ]
}
