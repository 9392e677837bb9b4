import Autodiff
import Syntax
import Tensors

/// Help from the tables.
extension Session {
  func help(_ argument: Argument) throws(Diagnostic) -> [String] {
    let topic = argument.text
    if topic.isEmpty { return overview() }
    let rows = Primitive.all.filter { $0.callableNames.contains(topic) }
    if !rows.isEmpty { return rows.flatMap(describe) }
    if let form = Form.all.first(where: { $0.name == topic }) {
      return ["\(form.usage): \(form.sentence)", "  example     \(form.example)"]
    }
    if let lesson = Lesson.all.first(where: { $0.name == topic }) {
      return ["\(lesson.usage): \(lesson.sentence)", "  example     \(lesson.example)"]
    }
    let word = topic.hasPrefix(":") ? String(topic.dropFirst()) : topic
    if let command = Command.all.first(where: { $0.name == word }) {
      return ["\(command.usage): \(command.sentence)", "  example     \(command.example)"]
    }
    if let setting = settings.row(named: topic) { return facts(about: setting) }
    let signs = Operator.rows(spelled: topic)
    if !signs.isEmpty { return signs.map { "\($0.spelling): \($0.summary)" } }
    if let constant = Builtin.constants.first(where: { $0.name == topic }) {
      return ["\(constant.name) = \(constant.value): \(constant.sentence)"]
    }
    if let id = parser.names.find(topic), id.index < bindings.count,
      let node = bindings[id.index].node
    {
      return ["\(topic) = \(valueText(node))"]
    }
    let known =
      knownNames + Lesson.all.map(\.name) + Command.all.map(\.name) + settings.rows.map(\.name)
    let hint = nearest(to: topic, among: known).map { "did you mean \'\($0)\'?" }
    throw .noHelp(topic, at: argument.span, hint: hint ?? ":help lists all")
  }

  private func overview() -> [String] {
    let functions = Primitive.all.filter(\.isFunction).map(\.name) + Form.all.map(\.name)
    var lines = [
      "type an expression to see its value and every partial derivative:",
      "  x1 = 2; x2 = 3",
      "  x1*x2 + x2*4.3 + 30",
      "bind names:  x = 2   y = x^2 (as it is now)   y := x^2 (follows x)   f(x) = x^2",
      "derivatives:  grad(y, x)   f'(x)   other points: y at x = 5",
      "-2^2 is -4, 2^3^2 is 512, a/b/c is (a/b)/c",
      "functions:",
    ]
    var line = " "
    for name in functions {
      if line.count + name.count > 76 {
        lines.append(line)
        line = " "
      }
      line += " \(name)"
    }
    lines.append(line)
    lines.append("statements that teach:")
    lines += Lesson.all.map { lesson in
      let padding = String(repeating: " ", count: max(2, 18 - lesson.usage.count))
      return "  \(lesson.usage)\(padding)\(lesson.sentence)"
    }
    lines.append("commands:")
    lines += Command.all.map { command in
      let padding = String(repeating: " ", count: max(2, 18 - command.usage.count))
      return "  \(command.usage)\(padding)\(command.sentence)"
    }
    return lines
  }

  private func describe(_ row: Primitive) -> [String] {
    let usage = usage(of: row)
    var lines = ["\(usage): \(row.sentence)"]
    if let validity = row.validity {
      let text = validity.text(parameters: row.parameters, result: usage, number: number)
      lines.append("  defined     where \(text)")
    }
    for (place, parameter) in row.parameters.enumerated() {
      guard case .partials = row.rule, parameter != "…",
        let formula = row.derivative(ofParameter: place)
      else { continue }
      let text = formula.text(parameters: row.parameters, result: usage, number: number)
      let padding = String(repeating: " ", count: max(1, 9 - parameter.count))
      lines.append("  ∂/∂\(parameter)\(padding)\(text)")
    }
    if case .constant = row.rule { lines.append("  derivative  0 wherever there is one") }
    lines.append("  example     \(row.example)")
    return lines
  }
}
