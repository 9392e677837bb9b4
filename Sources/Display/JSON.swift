import Autodiff
import Interpreter
import Syntax
import Tensors

/// One object a line; the keys are documented and stay.
extension Renderer {
  mutating func renderJSON(_ view: GraphView, of session: inout Session) throws(Diagnostic) {
    let derivation = view.derivation
    key("statement", opens: "{")
    string(session.text(of: derivation))
    key("line")
    output.write(String(derivation.line))
    key("value")
    number(session.graph.tensor(of: derivation.output))
    key("shape")
    let dimensions = session.graph.shape(of: derivation.output).dimensions
    output.write("[\(dimensions.map(String.init).joined(separator: ", "))]")
    key("gradient")
    output.write("{")
    for (place, entry) in gradient(view, of: &session).enumerated() {
      if place > 0 { output.write(", ") }
      string(entry.name)
      output.write(": ")
      partial(entry.partial)
    }
    output.write("}")
    if options.showsNodes {
      key("nodes")
      try nodes(view, session)
    }
    key("notes")
    strings(view.analysis.notes)
    output.write("}\n")
  }

  private mutating func nodes(
    _ view: GraphView, _ session: borrowing Session
  ) throws(Diagnostic) {
    output.write("[")
    for (place, id) in view.analysis.order.enumerated() {
      try session.confirmInterest(in: view.derivation, at: place)
      if place > 0 { output.write(", ") }
      key("index", opens: "{")
      output.write(String(place + 1))
      key("name")
      var name: [UInt8] = []
      view.appendName(at: place, session, to: &name)
      string(String(decoding: name, as: UTF8.self))
      key("operation")
      string(session.graph.operation(of: id).row.operation)
      key("operands")
      let operands = session.graph.shownOperands(of: id) ?? session.graph.operands(of: id)
      let places = operands.map { String(view.place(of: $0) + 1) }
      output.write("[\(places.joined(separator: ", "))]")
      key("value")
      number(session.graph.tensor(of: id))
      key("partial")
      partial(view.analysis.partials[place])
      key("marks")
      marks(view.analysis.marks[place] ?? [])
      output.write("}")
    }
    output.write("]")
  }

  private mutating func marks(_ marks: [Mark]) {
    let texts = marks.map { "{\(members(of: $0))}" }
    output.write("[\(texts.joined(separator: ", "))]")
  }

  private func members(of mark: Mark) -> String {
    switch mark {
    case .kink(let range):
      let bounds = [range.lowerBound, range.upperBound].map { NumberFormat.text($0) }
      return "\"kind\": \"kink\", \"interval\": [\(bounds.joined(separator: ", "))]"
    case .entries(let mark, let count, let first):
      let indices = first.map(String.init).joined(separator: ", ")
      return "\(members(of: mark)), \"entries\": \(count), \"first\": [\(indices)]"
    case .inside(let mark, _, _): return members(of: mark)
    case .kinkOfUnknownSlope, .jump, .verticalTangent, .undefined, .firstNotANumber,
      .firstInfinite:
      return "\"kind\": \"\(mark.kind)\""
    }
  }

  mutating func renderJSON(_ report: Report) {
    key("statement", opens: "{")
    string(report.statement)
    key("line")
    output.write(String(report.line))
    key("failed")
    output.write(report.isFailure ? "true" : "false")
    if let status = report.status {
      key("status")
      string(status.rawValue)
    }
    key("report")
    output.write("[")
    for (place, part) in report.parts.enumerated() {
      if place > 0 { output.write(", ") }
      switch part {
      case .line(let line): string(line)
      case .table(let table): rows(of: table)
      }
    }
    output.write("]}\n")
  }

  /// A table as a list of objects, one a row, under the titles of its columns.
  private mutating func rows(of table: Report.Table) {
    output.write("[")
    for (place, row) in table.rows.enumerated() {
      if place > 0 { output.write(", ") }
      for (column, cell) in zip(table.columns, row).enumerated() {
        key(cell.0.title, opens: column == 0 ? "{" : ", ")
        switch cell.1 {
        case .text(let text), .verdict(let text, _): string(text)
        case .number(let value): NumberFormat.appendJSON(value, to: &output.bytes)
        case .empty: output.write("null")
        }
      }
      output.write("}")
    }
    output.write("]")
  }

  mutating func renderJSON(text: String) {
    key("text", opens: "{")
    string(text)
    output.write("}\n")
  }

  mutating func renderJSON(_ fault: Fault, line: Int, column: Int) {
    output.write("{")
    key("error", opens: "")
    key("message", opens: "{")
    string(fault.diagnostic.message)
    key("line")
    output.write(String(line))
    key("column")
    output.write(String(column))
    key("hint")
    if let hint = fault.diagnostic.hint { string(hint) } else { output.write("null") }
    output.write("}}\n")
  }

  private mutating func key(_ name: String, opens opening: String = ", ") {
    output.write("\(opening)\"\(name)\": ")
  }

  private mutating func number(_ tensor: Tensor) {
    NumberFormat.appendJSON(tensor, to: &output.bytes)
  }

  private mutating func partial(_ partial: Partial) {
    switch partial {
    case .none: output.write("null")
    case .scalar(let value): NumberFormat.appendJSON(value, to: &output.bytes)
    case .array(let tensor): number(tensor)
    }
  }

  private mutating func strings(_ texts: [String]) {
    output.write("[")
    for (place, text) in texts.enumerated() {
      if place > 0 { output.write(", ") }
      string(text)
    }
    output.write("]")
  }

  private mutating func string(_ text: String) {
    output.bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case 34, 92: output.bytes += [92, byte]
      case 10: output.write("\\n")
      case 13: output.write("\\r")
      case 9: output.write("\\t")
      case 0..<32, 127:
        let digits = String(byte, radix: 16)
        output.write("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: output.bytes.append(byte)
      }
    }
    output.bytes.append(UInt8(ascii: "\""))
  }
}
