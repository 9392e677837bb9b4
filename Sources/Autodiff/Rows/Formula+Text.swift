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
    piece(parameters.map { Piece($0) }, result: result, number: number).text
  }

  private typealias Piece = TypedText

  private func piece(_ parameters: [Piece], result: String, number: (Double) -> String) -> Piece {
    var stack: [Piece] = []
    for term in terms {
      switch term {
      case .argument(let index): stack.append(parameters[index])
      case .tieShare: stack.append(Piece("½"))
      case .result: stack.append(Piece(result))
      case .constant(let value): stack.append(Piece(number(value), strength: value < 0 ? 4 : 9))
      case .apply(let name, let count):
        let arguments = Array(stack.suffix(count))
        stack.removeLast(count)
        let row = Primitive.row(name).row
        // Two forms of the same, each good at its place, are shown once.
        if name == "where", arguments[1].text == arguments[2].text {
          stack.append(arguments[1])
          continue
        }
        // A row that nobody can call is shown as what it stands for; that names other rows only.
        stack.append(
          row.meaning?.piece(arguments, result: "", number: number)
            ?? Self.application(of: row, to: arguments))
      }
    }
    return stack[0]
  }

  /// Comparisons have 1: they bind looser than sums and tighter than `and`.
  private static let strengths = [
    "or": -1, "and": 0, "+": 2, "-": 2, "*": 3, "/": 3, "%": 3, "@": 3, "^": 6,
  ]

  /// An application with its operands, which get brackets where it binds more strongly.
  static func application(of row: Primitive, to arguments: [TypedText]) -> TypedText {
    func bracketed(_ argument: TypedText, below strength: Int) -> String {
      argument.strength < strength ? "(\(argument.text))" : argument.text
    }
    switch row.notation {
    case .infix(let sign):
      let strength = strengths[sign] ?? 1
      let isRightBinding = sign == "^"
      let left = bracketed(arguments[0], below: isRightBinding ? strength + 1 : strength)
      let right = bracketed(
        arguments[1], below: isRightBinding || sign == "+" || sign == "*" ? strength : strength + 1)
      return TypedText("\(left) \(sign) \(right)", strength: strength)
    case .prefix(let sign): return TypedText("\(sign)\(bracketed(arguments[0], below: 4))", strength: 4)
    case .call, .suffix, .subscripts, .brackets, .choice, .leaf:
      return TypedText("\(row.name)(\(arguments.map(\.text).joined(separator: ", ")))")
    }
  }

  /// The formula with what rows stand for in place of rows that nobody can call.
  package var spelledOut: Formula {
    var stack: [[Term]] = []
    for term in terms {
      guard case .apply(let name, let count) = term else {
        stack.append([term])
        continue
      }
      let operands = Array(stack.suffix(count))
      stack.removeLast(count)
      guard let meaning = Primitive.row(name).row.meaning else {
        stack.append(operands.flatMap { $0 } + [term])
        continue
      }
      stack.append(
        meaning.terms.flatMap { piece in
          if case .argument(let place) = piece { operands[place] } else { [piece] }
        })
    }
    return Formula(stack[0])
  }
}
