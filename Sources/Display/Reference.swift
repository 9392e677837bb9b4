import Autodiff
import Interpreter
import Tensors

/// The pages of the reference that are written from the tables.
///
/// A page is a function of the rows and nothing else; a test compares it with the file in `docs`.
package enum Reference {
  /// Every function and form, with its derivative and its example worked out.
  package static func functions() -> String {
    let rows = Primitive.all.filter { !$0.callableNames.isEmpty }
    var page = Page("Functions")
    page.add(
      """
      Every function of the language, in the order of the table that the program itself reads. The
      derivative is the formula that the sweeps evaluate: `where(c, a, b)` is `a` where `c` holds
      and `b` elsewhere, and ½ is a half between two variables; against a constant the constant
      has all of it. Examples are shown with six digits.

      The same facts are a question away in a session: `:help tanh`.
      """)
    page.add(rows.map { "[`\($0.usage)`](#\($0.anchor))" }.joined(separator: " · "))
    for row in rows { page.add(section(row)) }
    page.add("## Forms")
    page.add(
      """
      Forms are called like functions and work on the graph rather than on numbers. The examples
      are worked out with `x1 = 2` and `x2 = 3`.
      """)
    for form in Form.all { page.add(section(form)) }
    page.add("## Constants")
    var table = "| name | value | |\n|:--|--:|:--|\n"
    for constant in Builtin.constants {
      table += "| `\(constant.name)` | \(number(constant.value)) | \(constant.sentence) |\n"
    }
    page.add(table)
    return page.text
  }

  private static func section(_ row: Primitive) -> String {
    var text = "### `\(row.usage)`\n\n\(row.sentence)\n\n"
    let others = row.callableNames.dropFirst()
    if !others.isEmpty {
      text += "- also called \(others.map { "`\($0)`" }.joined(separator: ", "))\n"
    }
    return text + facts(of: row)
  }

  /// The derivative of a row, its corners, what it refuses, and its example, a line each.
  static func facts(of row: Primitive) -> String {
    var lines: [String] = []
    if let validity = row.validity { lines.append("nan except where `\(written(validity, row))`") }
    lines += derivatives(of: row)
    for option in row.options { lines.append("`\(option.name)`: \(option.sentence)") }
    for corner in row.corners {
      lines.append("where `\(written(corner.root, row))` is 0: \(corner.mark.text)")
    }
    if let refusal = row.refusal {
      lines.append("refused where `\(written(refusal.condition, row))`: \(refusal.message)")
    }
    return lines.map { "- \($0)\n" }.joined() + example(row.example)
  }

  private static func section(_ form: Form) -> String {
    let required = form.parameters.count - form.optional
    let parameters = form.parameters.enumerated().map { place, name in
      place < required ? name : "[\(name)]"
    }
    let usage = "\(form.name)(\(parameters.joined(separator: ", ")))"
    return "### `\(usage)`\n\n\(form.sentence)\n\n" + example(form.example)
  }

  /// What a row says of its derivative, one line for each parameter.
  private static func derivatives(of row: Primitive) -> [String] {
    switch row.rule {
    case .constant: return ["the derivative is 0 wherever there is one"]
    case .pullback: return ["the derivative is built as nodes, for arrays of any shape"]
    case .partials(let partials):
      let names = row.parameters.filter { $0 != "…" }
      return zip(names, partials).compactMap { name, partial in
        switch partial {
        case .none: nil
        case .formula(let formula): "∂/∂\(name) = `\(written(formula, row))`"
        case .gate(let formula):
          "∂/∂\(name) = `\(written(formula, row))`; where that is 0 nothing passes, not even a nan"
        }
      }
    }
  }

  private static func written(_ formula: Formula, _ row: Primitive) -> String {
    formula.text(parameters: row.parameters, result: row.usage, number: number)
  }

  /// A number with all its digits.
  private static func number(_ value: Double) -> String {
    var bytes: [UInt8] = []
    NumberFormat.append(value, digits: .shortest, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The line of an example with its value; only what gives none is left bare.
  private static func example(_ text: String) -> String {
    guard !text.isEmpty else { return "" }
    let answers = Session.answers(toExample: text, digits: .significant(6))
    return answers.isEmpty ? "- `\(text)`\n" : "- `\(text)` is \(answers.joined(separator: ", "))\n"
  }
}

/// A page as it grows, paragraph by paragraph.
struct Page {
  private(set) var text: String

  init(_ title: String) {
    text = """
      <!-- Written by the program from its tables: RECORD=1 swift test --filter DocsTests -->

      # \(title)

      """
  }

  mutating func add(_ paragraph: String) {
    text += "\n\(paragraph)"
    if !paragraph.hasSuffix("\n") { text += "\n" }
  }
}

extension Primitive {
  /// An application as a person would write it.
  fileprivate var usage: String {
    if callableNames.isEmpty, case .infix(let sign) = notation {
      return "(\(parameters[0]) \(sign) \(parameters[1]))"
    }
    return usage(calledAs: callableNames.first ?? name)
  }

  /// The place on the page that a heading makes.
  fileprivate var anchor: String {
    String(
      usage.lowercased().compactMap { character in
        if character == " " { return "-" }
        return character.isLetter || character.isNumber || character == "_" ? character : nil
      })
  }
}
