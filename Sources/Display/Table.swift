import Autodiff
import Interpreter
import Syntax

/// The main display: one row a node, in topological order.
extension Renderer {
  /// The cells of a table in one store, so that a million rows need no million strings.
  private struct Cells {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    var widest = 0

    mutating func endCell() {
      let start = ends.last ?? 0
      widest = max(widest, displayWidth(ofUTF8: bytes[start...]))
      ends.append(bytes.count)
    }

    subscript(place: Int) -> ArraySlice<UInt8> {
      bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]]
    }
  }

  mutating func renderTable(_ view: GraphView, of session: inout Session) {
    let shown = shownPlaces(view.count)
    var (names, operations, values, partials) = (Cells(), Cells(), Cells(), Cells())
    var nameWidth = 0
    for place in shown {
      view.appendName(at: place, session, to: &names.bytes)
      names.endCell()
      if view.hasOperation(at: place, session) {
        nameWidth = max(nameWidth, displayWidth(ofUTF8: names[names.ends.count - 1]))
        view.appendOperation(at: place, session, to: &operations.bytes)
      }
      operations.endCell()
      view.appendValue(of: view.analysis.order[place], session, to: &values.bytes)
      values.endCell()
      view.appendPartial(at: place, to: &partials.bytes)
      partials.endCell()
    }
    nameWidth = min(nameWidth, 24)
    let numberWidth = String(view.count).utf8.count + 1
    let hasPartials = view.analysis.isDifferentiable
    let valueWidth = max(5, values.widest)
    let partialWidth = hasPartials ? max(7, partials.widest) : 0
    var nodeWidth = max(
      4, names.widest, operations.widest == 0 ? 0 : nameWidth + 3 + operations.widest)
    if let width = options.width {
      let rest = width - numberWidth - valueWidth - partialWidth - (hasPartials ? 6 : 4)
      nodeWidth = max(8, min(nodeWidth, rest))
    }
    header(numberWidth, nodeWidth, valueWidth, hasPartials ? partialWidth : nil)
    for (row, place) in shown.enumerated() {
      if row > 0, place != shown[row - 1] + 1 { hiddenRows(place - shown[row - 1] - 1) }
      let number = String(place + 1)
      output.write(repeating: " ", count: numberWidth - number.utf8.count)
      output.write(number, .faint)
      output.write("  ")
      var node = Array(names[row])
      if !operations[row].isEmpty {
        let missing = nameWidth - displayWidth(ofUTF8: node[...])
        node.append(contentsOf: repeatElement(32, count: max(0, missing)))
        node.append(contentsOf: " = ".utf8)
        node.append(contentsOf: operations[row])
      }
      writeCell(clipped(node, to: nodeWidth)[...], width: nodeWidth, isRight: false)
      output.write("  ")
      writeCell(values[row], width: valueWidth, isRight: true)
      if hasPartials, !partials[row].isEmpty || view.analysis.marks[place] != nil {
        output.write("  ")
        writeCell(partials[row], width: partialWidth, isRight: true)
      }
      if let marks = view.analysis.marks[place] {
        output.write("  ")
        output.write(marks.map(\.text).joined(separator: ", "), .warning)
      }
      output.endLine()
    }
    renderUnused(view, of: &session)
  }

  /// The rows that are shown: both ends when there are more than the limit.
  func shownPlaces(_ count: Int) -> [Int] {
    guard let limit = options.rowLimit, count > limit else { return Array(0..<count) }
    let head = limit / 2
    return Array(0..<head) + Array(count - (limit - head)..<count)
  }

  private mutating func header(_ number: Int, _ node: Int, _ value: Int, _ partial: Int?) {
    output.write(repeating: " ", count: number - 1)
    output.write("#  node", .faint)
    output.write(repeating: " ", count: node - 4 + 2 + value - 5)
    output.write("value", .faint)
    if let partial {
      output.write(repeating: " ", count: 2 + partial - 7)
      output.write("∂/∂node", .faint)
    }
    output.endLine()
  }

  private mutating func hiddenRows(_ count: Int) {
    output.write("   … \(count) rows hidden; \":set rows all\" shows them", .faint)
    output.endLine()
  }

  private mutating func writeCell(_ bytes: ArraySlice<UInt8>, width: Int, isRight: Bool) {
    let missing = width - displayWidth(ofUTF8: bytes)
    if isRight { output.write(repeating: " ", count: missing) }
    output.write(bytes)
    if !isRight { output.write(repeating: " ", count: missing) }
  }

  /// Inputs of the session that the expression does not use: their derivative is 0, not missing.
  mutating func renderUnused(_ view: GraphView, of session: inout Session) {
    guard view.analysis.isDifferentiable else { return }
    let used = Set(view.analysis.order)
    let shown = Set(view.gradientOfGraph(session).map(\.name))
    let unused = session.inputsInScope().filter { !used.contains($0.node) }
      .map { session.name($0.name) }.filter { !shown.contains($0) }
    guard !unused.isEmpty else { return }
    let names = unused.prefix(4).joined(separator: ", ")
    let rest = unused.count > 4 ? " and \(unused.count - 4) more" : ""
    output.write("not used, ∂ = 0: \(names)\(rest)", .faint)
    output.endLine()
  }
}

extension Session {
  /// The name an output is shown by.
  func title(of derivation: Derivation) -> String { derivation.title.map(name) ?? "ans" }
}

/// Text cut to a number of columns, with a mark where something is missing.
func clipped(_ bytes: [UInt8], to width: Int) -> [UInt8] {
  guard displayWidth(ofUTF8: bytes[...]) > width else { return bytes }
  var kept = ""
  var columns = 0
  for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
    let next = displayWidth(of: scalar)
    if columns + next > width - 1 { break }
    columns += next
    kept.unicodeScalars.append(scalar)
  }
  return Array((kept + "…").utf8)
}

/// The columns that UTF-8 text takes on a terminal.
func displayWidth(ofUTF8 bytes: ArraySlice<UInt8>) -> Int {
  if bytes.allSatisfy({ $0 < 0x80 }) { return bytes.count }
  return String(decoding: bytes, as: UTF8.self).unicodeScalars.reduce(0) {
    $0 + displayWidth(of: $1)
  }
}
