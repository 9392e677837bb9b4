import Autodiff
import Interpreter
import Syntax
import Tensors

/// One record an expression: the value, then the partial with respect to every input in scope.
extension Renderer {
  mutating func renderRecord(
    _ derivation: Derivation, separator: UInt8, of session: inout Session
  ) throws(Diagnostic) {
    let inputs = session.inputsInScope()
    if headerNames == nil || headerNames?.count != inputs.count
      || zip(headerNames ?? [], inputs).contains(where: { $0 != $1.name })
    {
      headerNames = inputs.map(\.name)
      output.write("value")
      for input in inputs {
        output.bytes.append(separator)
        output.write(session.name(input.name))
      }
      output.endLine()
    }
    let partials = try session.partialsOfScope(of: derivation)
    writeField(session.graph, derivation, separator)
    for partial in partials {
      output.bytes.append(separator)
      switch partial {
      case .none: break
      case .scalar(let value):
        NumberFormat.append(value, digits: .shortest, to: &output.bytes)
      case .array(let tensor): writeArray(tensor, separator)
      }
    }
    output.endLine()
    guard session.isSuspicious(derivation.output, partials) || session.hasMarks(derivation.output)
    else { return }
    let analysis = try session.analyze(derivation, isUnfolded: true)
    for text in session.cornerNotes(of: analysis) { note(text) }
    for text in analysis.notes { note(text) }
  }

  private mutating func writeField(
    _ graph: borrowing Graph, _ derivation: Derivation, _ separator: UInt8
  ) {
    if graph.isScalar(derivation.output) {
      NumberFormat.append(graph.scalar(of: derivation.output), digits: .shortest, to: &output.bytes)
    } else {
      writeArray(graph.tensor(of: derivation.output), separator)
    }
  }

  /// An array as a nested list, quoted where its commas would part the fields.
  private mutating func writeArray(_ tensor: Tensor, _ separator: UInt8) {
    let isQuoted = separator == UInt8(ascii: ",")
    if isQuoted { output.bytes.append(UInt8(ascii: "\"")) }
    append(tensor, .shortest)
    if isQuoted { output.bytes.append(UInt8(ascii: "\"")) }
  }
}

extension Session {
  /// The corners of a graph of which no row is shown, each kind once: `kink [-1, 1] at abs(x)`.
  fileprivate func cornerNotes(of analysis: Analysis) -> [String] {
    var corners: [(mark: Mark, first: NodeID, count: Int)] = []
    for (place, marks) in analysis.marks.sorted(by: { $0.key < $1.key }) {
      // A vertical tangent has an infinite derivative, of which there is a note.
      for mark in marks where mark.isCorner && mark.kind != Mark.verticalTangent.kind {
        if let known = corners.firstIndex(where: { $0.mark == mark }) {
          corners[known].count += 1
        } else {
          corners.append((mark, analysis.order[place], 1))
        }
      }
    }
    return corners.map { corner in
      if case .inside = corner.mark { return corner.mark.text }
      return Mark.inside(corner.mark, at: describe(corner.first), count: corner.count).text
    }
  }

  /// Whether a value or a partial is such that something may have to be said.
  func isSuspicious(_ output: NodeID, _ partials: [Partial]) -> Bool {
    // A 0 may have been too small for a double.
    func isOdd(_ value: Double) -> Bool { !value.isFinite || value == 0 }
    guard graph.isScalar(output) else {
      return graph.tensor(of: output).elements.contains(where: isOdd)
        || partials.contains(where: isNotFinite)
    }
    return isOdd(graph.scalar(of: output)) || partials.contains(where: isNotFinite)
  }

  private func isNotFinite(_ partial: Partial) -> Bool {
    switch partial {
    case .none: false
    case .scalar(let value): !value.isFinite
    case .array(let tensor): tensor.elements.contains { !$0.isFinite }
    }
  }
}
