/// What is written here for the words and names of other languages.
package enum ForeignName {
  /// Where a name stands that nobody knows.
  package enum Place: Hashable, Sendable {
    /// Called with so many arguments.
    case call(Int)
    /// All of its statement, or the word that opens it with another operand behind.
    case statement
    case operand

    var isCall: Bool {
      if case .call = self { true } else { false }
    }
  }

  /// What to say of a name that nobody knows; capitals are looked past where nothing goes by them.
  package static func hint(on name: String, at place: Place) -> String? {
    if modules.contains(name) { return "no module stands in front: pi, sin(x)" }
    let lowercase = name.lowercased()
    for word in name == lowercase ? [name] : [name, lowercase] {
      if place == .statement, let sentence = words[word] { return sentence }
      if !place.isCall, let here = constants[word] { return "here that is \(here)" }
      if !place.isCall, units.contains(word) { return unitHint }
      if place == .operand || place == .statement && word.count == 1 { continue }
      if case .call(let count) = place, let here = all["\(word)/\(count)"] {
        return "here that is \(here)"
      }
      if let here = all[word] { return "here that is \(here)" }
      if word.count > 1, let sentence = words[word] { return sentence }
    }
    return nil
  }

  /// What holds the functions elsewhere; here they are simply there.
  package static let modules: Set<String> = [
    "F", "Math", "cmath", "flow", "jax", "jnp", "math", "nn", "np", "numpy", "oneflow", "optim",
    "scipy", "special", "stats", "sympy", "tf", "torch", "tinygrad",
  ]

  /// The words that end a list of params.
  static let linksOfTraining: Set<String> = [
    "over", "using", "batch", "every", "until", "with", "lr",
  ]

  /// What a parameter is called here, by its other name.
  package static let parameters: [String: String] = [
    "beta_1": "beta1", "beta_2": "beta2", "correction": "ddof", "dim": "axis", "dims": "axis",
    "epsilon": "eps", "keep_dims": "keepdims", "keepdim": "keepdims", "learning_rate": "lr",
    "max": "hi", "min": "lo", "step_size": "lr",
  ]

  /// What to write for an operator that is called by a word between `$a` and `$b`.
  static let operators: [String: String] = [
    "add": "$a + $b", "plus": "$a + $b", "minus": "$a - $b", "subtract": "$a - $b",
    "times": "$a * $b", "multiply": "$a * $b", "mul": "$a * $b", "x": "$a * $b",
    "divide": "$a / $b", "over": "$a / $b", "dividedby": "$a / $b", "per": "$a / $b",
    "div": "floor($a / $b)", "idiv": "floor($a / $b)", "quo": "trunc($a / $b)",
    "rem": "$a - $b*trunc($a / $b)", "modulo": "$a % $b",
    "pow": "$a ^ $b", "power": "$a ^ $b", "squared": "$a ^ 2", "cubed": "$a ^ 3",
    "percent": "$a / 100", "xor": "($a != 0) != ($b != 0)",
    "is": "$a == $b", "equals": "$a == $b", "eq": "$a == $b", "ne": "$a != $b",
    "lt": "$a < $b", "le": "$a <= $b", "gt": "$a > $b", "ge": "$a >= $b",
    "matmul": "$a @ $b", "dot": "$a @ $b",
    "ncr": "gamma($a + 1)/(gamma($b + 1)*gamma($a - $b + 1))",
    "choose": "gamma($a + 1)/(gamma($b + 1)*gamma($a - $b + 1))",
    "npr": "gamma($a + 1)/gamma($a - $b + 1)",
  ]

  /// What to say of a call of a function with another number of arguments than it takes here.
  package static let calls: [String: String] = [
    "round/2": "write round(x*100)/100 for two digits", "linspace/2": "write linspace(0, 1, 50)",
    "solve/1": "write inv(A)", "trunc/2": "write trunc(x*100)/100 for two digits",
    "atan/2": "write atan2(y, x)",
  ]

  /// What to write for methods of which the function of that name is no answer; the receiver stands
  /// for `$`.
  static let methods: [String: String] = [
    "detach": "value($)", "grad": "$.grad, after backward(loss), or grad(loss, $)", "item": "$",
    "numpy": "$", "step": "step($), where $ = sgd(lr=0.1)", "zero_": "zero_grad()",
    "zero_grad": "zero_grad()",
  ]

  /// What to write for `receiver.name(arguments)`.
  static func hint(onMethod name: String, of receiver: String, arguments: String) -> String {
    if let sentence = words[receiver] { return sentence }
    if ["T", "shape", "size"].contains(name), arguments.isEmpty {
      return "write \(receiver).\(name)"
    }
    let isModule = modules.contains(String(receiver.prefix { $0 != "." }))
    if !isModule, let here = methods[name] {
      return "here that is "
        + here.split(separator: "$", omittingEmptySubsequences: false).joined(separator: receiver)
    }
    if let here = all[name] { return "here that is \(here)" }
    return isModule
      ? "no module stands in front: \(name)(\(arguments))"
      : "the function stands in front: \(name)(\(receiver)\(arguments.isEmpty ? "" : ", \(arguments)"))"
  }

  /// What to write for a name that ends in a raised letter: `Aᵀ`, `xⁿ`.
  package static func hint(onRaisedLetter word: String) -> String? {
    guard let last = word.unicodeScalars.last, word.unicodeScalars.count > 1 else { return nil }
    let base = String(word.unicodeScalars.dropLast())
    if last == "ᵀ" { return "write \(base).T" }
    let raised: [Unicode.Scalar: String] = [
      "ⁿ": "n", "ˣ": "x", "ʸ": "y", "ᵏ": "k", "ⁱ": "i", "ʲ": "j", "ᵐ": "m", "ᵃ": "a", "ᵇ": "b",
      "ᵗ": "t", "ᵖ": "p",
    ]
    return raised[last].map { "write \(base)^\($0)" }
  }
}
