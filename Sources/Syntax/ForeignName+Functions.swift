extension ForeignName {
  /// What to write, by the other name; a test asks that it can be evaluated.
  ///
  /// A number behind a slash tells how many arguments the call must have. Names of one letter are
  /// looked up only where they are called.
  package static let all: [String: String] = [
    // Whole numbers and their remainders.
    "sgn": "sign(x)", "signum": "sign(x)", "int": "trunc(x)", "fix": "trunc(x)",
    "integer": "trunc(x)", "ceiling": "ceil(x)", "frac": "x - trunc(x)", "fract": "x - floor(x)",
    "div": "floor(x / y)", "idiv": "floor(x / y)", "quo": "trunc(x / y)",
    "quotient": "trunc(x / y)", "fmod": "x - y*trunc(x / y)", "rem": "x - y*trunc(x / y)",
    "remainder": "x - y*round(x / y)", "modulo": "x % y", "rint": "round(x)",
    "floor_divide": "floor(x / y)",
    // Powers, roots and logarithms.
    "square": "x^2", "sqr": "x^2", "cube": "x^3", "power": "x^y", "pow10": "10^x",
    "exp10": "10^x", "root": "x^(1/3), or cbrt(x)", "nthroot": "x^(1/3), or cbrt(x)",
    "surd": "x^(1/3), or cbrt(x)", "rsqrt": "1/sqrt(x)", "reciprocal": "1/x", "lg": "log10(x)",
    "ld": "log2(x)", "lb": "log2(x)", "logb": "log2(x)",
    "fabs": "abs(x)", "absolute": "abs(x)", "mag": "abs(x)",
    // Angles.
    "arccos": "acos(x)", "arcosh": "acosh(x)", "arccosh": "acosh(x)", "arcsin": "asin(x)",
    "arcsinh": "asinh(x)", "arctan": "atan(x)", "arctan2": "atan2(y, x)", "arctanh": "atanh(x)",
    "arctg": "atan(x)", "arsinh": "asinh(x)", "artanh": "atanh(x)", "cosec": "1/sin(x)",
    "cot": "1/tan(x)", "cotan": "1/tan(x)", "coth": "1/tanh(x)", "csc": "1/sin(x)",
    "csch": "1/sinh(x)", "ctg": "1/tan(x)", "sec": "1/cos(x)", "sech": "1/cosh(x)",
    "tg": "tan(x)", "sh": "sinh(x)", "ch": "cosh(x)", "th": "tanh(x)", "acot": "atan(1/x)",
    "arccot": "atan(1/x)", "deg2rad": "x*pi/180", "radians": "x*pi/180", "rad": "x*pi/180",
    "deg": "x*180/pi", "degrees": "x*180/pi", "rad2deg": "x*180/pi", "sind": "sin(x*pi/180)",
    "cosd": "cos(x*pi/180)", "tand": "tan(x*pi/180)", "asind": "asin(x)*180/pi",
    "acosd": "acos(x)*180/pi", "atand": "atan(x)*180/pi",
    // Counting and the functions around gamma.
    "factorial": "gamma(x + 1)", "fact": "gamma(x + 1)", "fac": "gamma(x + 1)",
    "comb": choice, "choose": choice, "binom": choice, "binomial": choice, "ncr": choice,
    "nchoosek": choice, "combin": choice, "perm": "gamma(x + 1)/gamma(x - y + 1)",
    "npr": "gamma(x + 1)/gamma(x - y + 1)", "permut": "gamma(x + 1)/gamma(x - y + 1)",
    "lfact": "lgamma(x + 1)", "gammaln": "lgamma(x)", "lngamma": "lgamma(x)",
    "loggamma": "lgamma(x)", "tgamma": "gamma(x)", "psi": "digamma(x)",
    "normcdf": "(1 + erf(x/sqrt(2)))/2", "pnorm": "(1 + erf(x/sqrt(2)))/2",
    "dnorm": "exp(-x^2/2)/sqrt(2*pi)", "normpdf": "exp(-x^2/2)/sqrt(2*pi)",
    // Truth.
    "if": "where(x > 0, x, y)", "iif": "where(x > 0, x, y)", "ifelse": "where(x > 0, x, y)",
    "select": "where(x > 0, x, y)", "cond": "where(x > 0, x, y)",
    "piecewise": "where(x > 0, x, y)", "xor": "(x != 0) != (y != 0)", "isnan": "x != x",
    "isinf": "abs(x) == inf", "isfinite": "abs(x) < inf", "isclose": "abs(x - y) < 1e-9",
    "allclose": "max(abs(v - w)) < 1e-9", "any": "max(v != 0)", "all": "min(v != 0)",
    "heaviside": "step(x)",
    // Arrays.
    "amax": "max(A)", "amin": "min(A)", "arange": "range(0, 4)", "array": "[1, 2]",
    "asarray": "[1, 2]", "list": "[1, 2]", "vector": "[1, 2]", "tensor": "[1, 2]",
    "matrix": "[[1, 2], [3, 4]]", "mat": "[[1, 2], [3, 4]]", "c": "[1, 2]",
    "concatenate": "concat(v, w)", "cat": "concat(v, w)", "append": "concat(v, w)",
    "expand_dims": "reshape(v, 2, 1)", "unsqueeze": "reshape(v, 2, 1)", "flip": "v[::-1]",
    "rev": "v[::-1]", "reverse": "v[::-1]", "fliplr": "A[:, ::-1]", "flipud": "A[::-1]",
    "hstack": "concat(v, w)", "horzcat": "concat(v, w)", "vertcat": "stack(v, w)",
    "vstack": "stack(v, w)", "cbind": "stack(v, w).T", "rbind": "stack(v, w)",
    "ones_like": "ones(2)", "zeros_like": "zeros(2)", "empty": "zeros(2)",
    "ravel": "flatten(A)", "squeeze": "reshape(A, 2, 2)",
    "swapaxes": "transpose(A, [1, 0])", "permute": "transpose(A, [1, 0])", "t": "A.T",
    "seq": "range(0, 4)", "iota": "range(4)", "colon": "range(0, 4)", "size": "A.size",
    "numel": "A.size", "nrow": "A.shape[0]", "ncol": "A.shape[1]", "length": "len(v)",
    "take": "v[0]", "nth": "v[0]", "first": "v[0]",
    "diff/1": "v[1:] - v[:-1]", "ptp": "max(v) - min(v)", "rms": "sqrt(mean(v^2))",
    "total": "sum(v)", "product": "prod(v)", "average": "mean(v)",
    "avg": "mean(v)", "stdev": "std(v, ddof=1)", "sd": "std(v, ddof=1)", "stddev": "std(v)",
    "variance": "var(v)", "sumsq": "sum(v^2)", "sumxmy2": "sum((v - w)^2)",
    "zscore": "(v - mean(v))/std(v)", "normalize": "v/norm(v)", "magnitude": "norm(v)",
    "cor": correlation, "corr": correlation, "correl": correlation,
    "cov": "mean((v - mean(v))*(w - mean(w)))", "randint": "floor(6*rand())",
    "randi": "floor(6*rand())", "random": "rand()", "runif": "rand(2)", "uniform": "rand(2)",
    "rnorm": "randn(2)", "normal": "randn(2)", "srand": "seed(1)", "set_seed": "seed(1)",
    "manual_seed": "seed(1)",
    // Matrices.
    "inner": "v @ w", "matmul": "A @ B", "mm": "A @ B", "bmm": "A @ B", "mmult": "A @ B",
    "einsum": "A @ B", "vdot": "v @ w", "sumproduct": "v @ w", "dotproduct": "v @ w",
    "slogdet": "logdet(A)", "inverse": "inv(A)", "minverse": "inv(A)", "pinv": "inv(A)",
    "mdeterm": "det(A)", "tr": "trace(A)", "mldivide": "solve(A, v)",
    "linsolve": "solve(A, v)", "chol": "cholesky(A)",
    // Networks and training.
    "Adagrad": "adagrad(lr=0.1)", "Adam": "adam(lr=0.1)", "AdamW": "adamw(lr=0.1)",
    "RMSprop": "rmsprop(lr=0.1)", "SGD": "sgd(lr=0.1)",
    "CrossEntropyLoss": "cross_entropy(A, labels)", "Linear": "A @ v", "MSELoss": "mse(v, w)",
    "L1Loss": "mae(v, w)", "BCELoss": "bce(p, y)", "NLLLoss": "nll(A, labels)",
    "BCEWithLogitsLoss": "bce_with_logits(x, y)", "binary_cross_entropy": "bce(p, y)",
    "binary_cross_entropy_with_logits": "bce_with_logits(x, y)", "l1_loss": "mae(v, w)",
    "mse_loss": "mse(v, w)", "nll_loss": "nll(A, labels)", "smooth_l1_loss": "huber(v, w)",
    "huber_loss": "huber(v, w)", "rmse": "sqrt(mse(v, w))", "sse": "sum((v - w)^2)",
    "logistic": "sigmoid(x)", "expit": "sigmoid(x)", "swish": "silu(x)",
    "hardtanh": "clamp(x, -1, 1)", "relu6": "clamp(x, 0, 6)", "logsigmoid": "log_sigmoid(x)",
    "clip": "clamp(x, 0, 1)", "maximum": "max(x, y)", "minimum": "min(x, y)",
    "fmax": "max(x, y)", "fmin": "min(x, y)", "stop_gradient": "stop(x)",
    "onehot": "one_hot(labels, 2)", "xlogy": "x*log(y)",
    // Derivatives.
    "derivative": slope, "gradient": slope, "deriv": slope,
    "differentiate": slope, "diff": slope, "nderiv": slope,
    "d": slope, "autodiff": "grad(x^2, x)", "value_and_grad": "grad(x^2, x)",
    "jacrev": "jacobian(v^2, v)", "jacfwd": "jacobian(v^2, v)", "hess": "hessian(x^2, x)",
    "laplacian": "trace(hessian(sum(v^2), v))", "subs": "x^2 at x = 2", "eval": "x^2 at x = 2",
    "evaluate": "x^2 at x = 2", "replaceall": "x^2 at x = 2",
    // Arithmetic in words.
    "times": "x*y", "mul": "x*y", "multiply": "x*y", "plus": "x + y", "minus": "x - y",
    "subtract": "x - y", "divide": "x/y", "neg": "-x", "negative": "-x",
    // The library of bc.
    "s": "sin(x)", "a": "atan(x)", "l": "log(x)", "c/1": "cos(x), or [x] for a list",
  ]

  /// What to write for a name that is not called; a test asks that it can be evaluated.
  package static let constants: [String: String] = [
    "False": "false", "True": "true", "infinity": "inf", "oo": "inf", "None": "nan",
    "null": "nan", "nil": "nan", "na": "nan", "undefined": "nan", "tau": "2*pi",
    "golden": "(1 + sqrt(5))/2", "eps": "2^-52", "E": "e", "deg": "pi/180",
    "degree": "pi/180", "degrees": "pi/180", "last": "ans", "end": "-1, as in v[-1]",
  ]

  private static let slope = "grad(x^2, x), or f'(x) for a function"
  private static let choice = "gamma(x + 1)/(gamma(y + 1)*gamma(x - y + 1))"
  private static let correlation =
    "mean((v - mean(v))*(w - mean(w)))/(std(v)*std(w))"
}
