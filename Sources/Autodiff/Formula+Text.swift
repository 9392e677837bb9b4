extension Formula {
  /// The formula as a person would type it, with the names given for the arguments.
  ///
  /// - Parameters:
  ///   - parameters: one name for each argument.
  ///   - result: what to call the function's own value, such as `tanh(x)`.
  ///   - number: how a constant is written.
  /// - Returns: the text, with brackets only where they change the meaning.
  package func text(
    parameters: [String], result: String, number: (Double) -> String
  ) -> String {
    // The binding strength of each piece tells where brackets are needed.
    var stack: [(text: String, strength: Int)] = []
    for term in terms {
      switch term {
      case .argument(let index): stack.append((parameters[index], 9))
      case .tieShare: stack.append(("½", 9))
      case .result: stack.append((result, 9))
      case .constant(let value): stack.append((number(value), value < 0 ? 4 : 9))
      case .apply(let name, let count):
        let arguments = Array(stack.suffix(count))
        stack.removeLast(count)
        stack.append(Self.application(of: Primitive.row(name).row, to: arguments))
      }
    }
    return stack[0].text
  }

  /// Comparisons have 1: they bind looser than sums and tighter than `and`.
  private static let strengths = [
    "or": -1, "and": 0, "+": 2, "-": 2, "*": 3, "/": 3, "%": 3, "@": 3, "^": 6,
  ]

  private static func application(
    of row: Primitive, to arguments: [(text: String, strength: Int)]
  ) -> (text: String, strength: Int) {
    func bracketed(_ argument: (text: String, strength: Int), below strength: Int) -> String {
      argument.strength < strength ? "(\(argument.text))" : argument.text
    }
    switch row.notation {
    case .infix(let sign):
      let strength = strengths[sign] ?? 1
      let isRightBinding = sign == "^"
      let left = bracketed(arguments[0], below: isRightBinding ? strength + 1 : strength)
      let right = bracketed(
        arguments[1], below: isRightBinding || sign == "+" || sign == "*" ? strength : strength + 1)
      return ("\(left) \(sign) \(right)", strength)
    case .prefix(let sign): return ("\(sign)\(bracketed(arguments[0], below: 4))", 4)
    case .call, .suffix, .subscripts, .brackets, .choice, .leaf:
      return ("\(row.name)(\(arguments.map(\.text).joined(separator: ", ")))", 9)
    }
  }
}
