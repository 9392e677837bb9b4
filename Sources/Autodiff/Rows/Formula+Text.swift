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
    text(parameters.map { TypedText($0) }, result: result, number: number).text
  }

  /// The formula with texts for its arguments.
  func text(_ arguments: [TypedText], result: String, number: (Double) -> String) -> TypedText {
    var stack: [TypedText] = []
    for term in terms {
      switch term {
      case .argument(let index): stack.append(arguments[index])
      case .tieShare: stack.append(TypedText("½"))
      case .result: stack.append(TypedText(result))
      case .constant(let value): stack.append(Self.plain(TypedText(nameOrNumber: number(value))))
      case .apply(let name, let count):
        let operands = Array(stack.suffix(count))
        stack.removeLast(count)
        let row = Primitive.row(name).row
        // Two forms of the same, each good at its place, are shown once.
        if name == "where", operands[1].text == operands[2].text {
          stack.append(operands[1])
          continue
        }
        // A row that nobody can call is shown as what it stands for; that names other rows only.
        let written =
          row.meaning?.text(operands, result: "", number: number)
          ?? row.writing(count: count, calledAs: row.name)?.text(operands)
        stack.append(Self.plain(written ?? TypedText(row.name)))
      }
    }
    return stack[0]
  }

  /// A text in which a sign binds as it does in mathematics: `-2 * x`, `x >= -1`.
  private static func plain(_ text: TypedText) -> TypedText {
    text.strength == .sign ? TypedText(text.text, strength: .product) : text
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
