/// What is written here for the words and names of other languages.
package enum ForeignName {
  /// What to write, by the other name; a test asks that it can be evaluated.
  package static let all: [String: String] = [
    "Adagrad": "adagrad(lr=0.1)", "Adam": "adam(lr=0.1)", "AdamW": "adamw(lr=0.1)",
    "CrossEntropyLoss": "cross_entropy(A, labels)", "False": "false", "Linear": "A @ v",
    "MSELoss": "mse(v, w)", "RMSprop": "rmsprop(lr=0.1)", "SGD": "sgd(lr=0.1)", "True": "true",
    "amax": "max(A)", "amin": "min(A)",
    "arange": "range(0, 4)", "arccos": "acos(x)", "arcosh": "acosh(x)", "arcsin": "asin(x)",
    "arctan": "atan(x)", "arctan2": "atan2(y, x)", "arctg": "atan(x)", "array": "[1, 2]",
    "arsinh": "asinh(x)", "artanh": "atanh(x)", "average": "mean(v)",
    "binary_cross_entropy": "bce(p, y)", "clip": "clamp(x, 0, 1)", "concatenate": "concat(v, w)",
    "cosec": "1/sin(x)", "cot": "1/tan(x)", "ctg": "1/tan(x)", "derivative": "grad(x^2, x)",
    "diff": "v[1:] - v[:-1]", "expand_dims": "reshape(v, 2, 1)", "fabs": "abs(x)",
    "factorial": "gamma(x + 1)",
    "flip": "v[::-1]", "gradient": "grad(x^2, x)", "hstack": "concat(v, w)", "inner": "v @ w",
    "l1_loss": "mae(v, w)", "lg": "log10(x)", "matmul": "A @ B", "maximum": "max(x, y)",
    "minimum": "min(x, y)", "mse_loss": "mse(v, w)", "nll_loss": "nll(A, labels)",
    "ones_like": "ones(2)", "power": "x^y", "ravel": "flatten(A)", "sec": "1/cos(x)",
    "slogdet": "logdet(A)", "smooth_l1_loss": "huber(v, w)", "square": "x^2",
    "squeeze": "reshape(A, 2, 2)", "swapaxes": "transpose(A, [1, 0])", "tensor": "[1, 2]",
    "tg": "tan(x)", "vdot": "v @ w", "vstack": "stack(v, w)", "zeros_like": "zeros(2)",
  ]

  /// What to say to a statement that opens with a word, by the word.
  static let statements: [String: String] = [
    "const": "write a = 3", "def": "write f(x) = x^2",
    "elif": "write else if c { b }", "elseif": "write else if c { b }", "fn": "write f(x) = x^2",
    "from": "nothing has to be imported", "func": "write f(x) = x^2",
    "function": "write f(x) = x^2", "import": "nothing has to be imported",
    "lambda": "write f(x) = x^2", "let": "write a = 3", "var": "write a = 3",
  ]

  /// What holds the functions elsewhere; here they are simply there.
  package static let modules: Set<String> = [
    "F", "cmath", "flow", "jax", "jnp", "math", "nn", "np", "numpy", "oneflow", "optim", "scipy",
    "tf", "torch",
  ]

  /// What a parameter is called here, by its other name.
  package static let parameters: [String: String] = [
    "dim": "axis", "keepdim": "keepdims", "learning_rate": "lr",
  ]

  /// What to write for methods of which the function of that name is no answer; the receiver stands
  /// for `$`.
  static let methods: [String: String] = [
    "detach": "value($)", "grad": "$.grad, after backward(loss), or grad(loss, $)", "item": "$",
    "numpy": "$", "step": "step($), where $ = sgd(lr=0.1)", "zero_": "zero_grad()",
    "zero_grad": "zero_grad()",
  ]

  /// What to write for `receiver.name(`, with what follows the receiver as an argument.
  static func hint(onMethod name: String, of receiver: String, arguments: String) -> String {
    if let here = all[name] { return "here that is \(here)" }
    if let here = methods[name] {
      return "here that is "
        + here.split(separator: "$", omittingEmptySubsequences: false)
        .joined(separator: receiver)
    }
    let isModule = modules.contains(String(receiver.prefix { $0 != "." }))
    return isModule
      ? "no module stands in front: \(name)(…)"
      : "the function stands in front: \(name)(\(receiver)\(arguments))"
  }
}
