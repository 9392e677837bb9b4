import Autodiff
import Optimization
import Syntax
import Tensors

/// Help on the rows of the function table.
extension Session {
  func describe(_ row: Primitive) -> [String] {
    let usage = usage(of: row)
    var lines = ["\(usage): \(row.sentence)"]
    if let validity = row.validity { lines.append("  defined     where \(text(validity, row))") }
    for (place, parameter) in row.parameters.enumerated() {
      guard case .partials = row.rule, parameter != "…",
        let formula = row.derivative(ofParameter: place)
      else { continue }
      lines.append("  \(padded("∂/∂\(parameter)", 10))  \(text(formula, row))")
    }
    for option in row.options { lines.append("  \(padded(option.name, 11)) \(option.sentence)") }
    if case .constant = row.rule { lines.append("  derivative  0 wherever there is one") }
    for corner in row.corners {
      lines.append("  corner      \(words(for: corner.mark)) where \(text(corner.root, row)) is 0")
    }
    if let refusal = row.refusal {
      lines.append("  refused     where \(text(refusal.condition, row)): \(refusal.message)")
    }
    return lines + example(row.example)
  }

  /// An optimizer with the numbers that can be chosen for it.
  func describe(_ row: Optimizer) -> [String] {
    let width = row.hyperparameters.map(\.name.count).max() ?? 0
    return ["\(row.usage): \(row.sentence)"]
      + row.hyperparameters.map { "  \(padded($0.name, width))  \($0.sentence)" }
      + ["  example     \(row.example)"]
  }

  /// The line of an example with what it gives.
  func example(_ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    let answers = Session.answers(toExample: text, digits: options.digits)
    let result = answers.isEmpty ? "" : " is \(answers.joined(separator: ", "))"
    return ["  example     \(text)\(result)"]
  }

  /// What an example comes to in a session of its own, in which x1 is 2 and x2 is 3.
  package static func answers(toExample example: String, digits: Digits) -> [String] {
    var options = Options()
    options.digits = digits
    options.files = .samples
    var session = Session(options: options)
    session.feed(Array("x1 = 2; x2 = 3\n\(example)\n".utf8), name: "example")
    var answers: [String] = []
    while let outcome = session.next() {
      switch outcome {
      case .result(let derivation): answers.append(session.text(.node(derivation.output)))
      case .failure(let fault): answers.append("an error: \(fault.diagnostic.message)")
      case .definition, .text, .note, .quit, .answer, .report, .setting, .load, .save: break
      }
    }
    return answers
  }

  private func text(_ formula: Formula, _ row: Primitive) -> String {
    formula.text(parameters: row.parameters, result: usage(of: row), number: number)
  }

  private func words(for mark: Mark) -> String {
    switch mark {
    case .kink(let range):
      "a kink, any slope from \(number(range.lowerBound)) to \(number(range.upperBound))"
    case .kinkOfUnknownSlope: "a kink"
    case .jump: "a jump"
    case .verticalTangent: "a vertical tangent"
    case .undefined: "no derivative"
    case .firstNotANumber: "nan"
    case .firstInfinite: "an infinity"
    case .entries(let mark, _, _), .inside(let mark, _, _): words(for: mark)
    }
  }
}
