import Autodiff
import Interpreter
import Syntax
import Tensors

/// The main display: one row a node, in topological order.
extension Renderer {
  mutating func renderTable(_ view: GraphView, of session: inout Session) throws(Diagnostic) {
    let shown = shownPlaces(view.count)
    let isASCII = output.isASCII
    var (names, operations) = (TableColumn(isASCII: isASCII), TableColumn(isASCII: isASCII))
    var (values, partials) = (TableColumn(isASCII: isASCII), TableColumn(isASCII: isASCII))
    for place in shown {
      try session.confirmInterest(in: view.derivation, at: place)
      view.appendName(at: place, session, to: &names.bytes)
      names.endCell()
      if view.hasOperation(at: place, session) {
        view.appendOperation(at: place, session, to: &operations.bytes)
      }
      operations.endCell()
      view.appendValue(of: view.analysis.order[place], session, to: &values.bytes)
      values.endCell()
      view.appendPartial(at: place, session, to: &partials.bytes)
      partials.endCell()
    }
    guard
      let layout = TableLayout(
        count: view.count, names: names, operations: operations, values: values,
        partials: view.analysis.isDifferentiable ? partials : nil, width: output.width)
    else { return try renderPlain(view, of: &session) }
    header(layout)
    for (row, place) in shown.enumerated() {
      try session.confirmInterest(in: view.derivation, at: row)
      if row > 0, place != shown[row - 1] + 1 { hiddenRows(place - shown[row - 1] - 1) }
      let number = String(place + 1)
      output.write(repeating: " ", count: layout.number - number.utf8.count)
      output.write(number, .faint)
      output.write("  ")
      writeNode(names, operations, row, layout)
      if values.width(row) <= layout.value {
        writeNumber(values, row, layout.value)
      } else {
        writeShortened(session.graph.tensor(of: view.analysis.order[place]), layout.value)
      }
      let marks = view.analysis.marks[place]
      if let partial = layout.partial, !partials[row].isEmpty || marks != nil {
        output.write("  ")
        if partials.width(row) <= partial {
          writeNumber(partials, row, partial)
        } else {
          writeShortened(view.analysis.partials[place].tensor, partial)
        }
      }
      if let marks { writeMarks(marks.map(\.text).joined(separator: ", "), layout) }
      output.endLine()
    }
    let last = values.count - 1
    if values.width(last) > layout.value
      || session.graph.shape(of: view.analysis.output).count > ArrayText.mostInCell
    {
      renderWhole(view, session)
    }
    renderUnused(view, of: &session)
  }

  /// The whole of what was asked for, where the last row had no room for it.
  mutating func renderWhole(_ view: GraphView, _ session: borrowing Session) {
    let tensor = session.graph.tensor(of: view.analysis.output)
    let title = session.title(of: view.derivation)
    guard tensor.count <= ArrayText.mostWhole else {
      let count = tensor.count
      return output.writeLines("\"print \(title)\" shows all \(count) entries", indent: 2, .faint)
    }
    for line in ArrayText.lines(tensor, after: title, options.digits, width: output.width) {
      output.writeLines(line, indent: 2)
    }
  }

  /// The rows that are shown: both ends when there are more than the limit.
  func shownPlaces(_ count: Int) -> [Int] {
    guard let limit = options.rowLimit, count > limit else { return Array(0..<count) }
    let head = limit / 2
    return Array(0..<head) + Array(count - (limit - head)..<count)
  }

  private mutating func header(_ layout: TableLayout) {
    output.write(repeating: " ", count: layout.number - 1)
    output.write("#  node", .faint)
    output.write(repeating: " ", count: layout.node - 4 + 2 + layout.value - 5)
    output.write("value", .faint)
    if let partial = layout.partial {
      output.write(repeating: " ", count: 2 + partial - 7)
      output.write("∂/∂node", .faint)
    }
    output.endLine()
  }

  mutating func hiddenRows(_ count: Int) {
    output.writeLines(
      "   … \(count) rows hidden; \":set rows all\" shows them", indent: 5, .faint)
  }

  /// A name, and what the node was made from; where that is too long, on lines of their own.
  private mutating func writeNode(
    _ names: TableColumn, _ operations: TableColumn, _ row: Int, _ layout: TableLayout
  ) {
    let hasOperation = !operations[row].isEmpty
    let name = hasOperation ? max(layout.name, names.width(row)) : names.width(row)
    let columns = hasOperation ? name + 3 + operations.width(row) : name
    if columns <= layout.node {
      output.write(verbatim: names[row])
      if hasOperation {
        output.write(repeating: " ", count: name - names.width(row))
        output.write(" = ")
        output.write(verbatim: operations[row])
      }
      output.write(repeating: " ", count: layout.node - columns + 2)
      return
    }
    let text = names.text(row) + (hasOperation ? " = \(operations.text(row))" : "")
    let (width, mark) = (output.width ?? .max, output.spelled(Glyph.ellipsis))
    // Even of the longest name there is no more than a few lines.
    let shown = width == .max ? text : Clipping.middle(of: text, to: 4 * width, mark: mark)
    let indent = layout.number + 2
    for part in Wrapping.lines(of: shown, width: width, from: indent, indent: indent + 2) {
      output.write(verbatim: part.utf8)
      output.endLine()
    }
    output.write(repeating: " ", count: indent + layout.node + 2)
  }

  private mutating func writeNumber(_ column: TableColumn, _ row: Int, _ width: Int) {
    output.write(repeating: " ", count: width - column.width(row))
    output.write(verbatim: column[row])
  }

  /// An array that has no room.
  private mutating func writeShortened(_ array: Tensor, _ width: Int) {
    let mark = output.spelled(Glyph.ellipsis)
    let text = output.spelled(ArrayText.fitting(array, options.digits, to: width, mark: mark))
    output.write(repeating: " ", count: width - displayWidth(of: text))
    output.write(verbatim: text.utf8)
  }

  /// Marks behind the numbers, or on a line of their own where the terminal ends before.
  private mutating func writeMarks(_ marks: String, _ layout: TableLayout) {
    let used = layout.number + 2 + layout.node + 2 + layout.value + 2 + (layout.partial ?? -2)
    guard let width = output.width, used + 2 + displayWidth(of: marks) > width else {
      output.write("  ")
      return output.write(marks, .warning)
    }
    let indent = layout.number + 4
    for line in Wrapping.lines(of: marks, width: width - indent, indent: 0) {
      output.endLine()
      output.write(repeating: " ", count: indent)
      output.write(line, .warning)
    }
  }

  /// Inputs of the session that the expression does not use: their derivative is 0, not missing.
  mutating func renderUnused(_ view: GraphView, of session: inout Session) {
    guard view.analysis.isDifferentiable, options.showsUnused else { return }
    let shown = Set(view.gradientOfGraph(session).map(\.name))
    let unused = session.inputsInScope().filter {
      !view.contains($0.node) && !view.analysis.hides($0.node)
    }
    .map { session.name($0.name) }.filter { !shown.contains($0) }
    guard !unused.isEmpty else { return }
    let names = unused.prefix(4).joined(separator: ", ")
    let rest = unused.count > 4 ? " and \(unused.count - 4) more" : ""
    output.writeLines("not used, ∂ = 0: \(names)\(rest)", indent: 2, .faint)
  }
}

extension Partial {
  /// The derivative as an array; one without entries where there is none.
  fileprivate var tensor: Tensor {
    switch self {
    case .none: Tensor(repeating: 0, shape: Shape([0]))
    case .scalar(let value): Tensor(scalar: value)
    case .array(let tensor): tensor
    }
  }
}

extension Session {
  /// The name an output is shown by.
  func title(of derivation: Derivation) -> String { derivation.title.map(name) ?? "ans" }
}
