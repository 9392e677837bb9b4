import Autodiff
import Interpreter
import Syntax
import Tensors

/// Displays of one line, the spoken form of the table, and the table for a page.
extension Renderer {
  /// `48.9  ∂x1 = 3  ∂x2 = 6.3`.
  mutating func renderLine(_ view: GraphView, of session: inout Session) {
    view.appendValue(of: view.derivation.output, session, to: &output.bytes)
    for entry in gradient(view, of: &session) {
      output.write("  ∂\(entry.name) = ")
      append(entry.partial, to: &output.bytes)
    }
    let marks = view.analysis.marks.sorted { $0.key < $1.key }.flatMap(\.value)
    if !marks.isEmpty {
      output.write("  ")
      output.write(marks.map(\.text).joined(separator: ", "), .warning)
    }
    output.endLine()
  }

  /// `y = 48.9   ∂x1 = 3`, the echo of a definition.
  mutating func renderEcho(_ derivation: Derivation, of session: inout Session) {
    let analysis = session.analyze(derivation, isUnfolded: true)
    let view = GraphView(derivation, analysis, options.digits)
    output.write("\(session.title(of: derivation)) = ")
    view.appendValue(of: derivation.output, session, to: &output.bytes)
    let used =
      analysis.isDifferentiable
      ? view.gradientOfGraph(session).filter { $0.node != derivation.output } : []
    var columns = 20
    for (place, entry) in used.enumerated() {
      var bytes: [UInt8] = []
      append(entry.partial, to: &bytes)
      columns += bytes.count + entry.name.count + 7
      if columns > options.width ?? 100 {
        output.write("   and \(used.count - place) more")
        break
      }
      output.write("   ∂\(entry.name) = ")
      output.write(bytes[...])
    }
    output.endLine()
    for text in analysis.notes { note(text) }
  }

  /// Each row as words.
  mutating func renderPlain(_ view: GraphView, of session: inout Session) {
    for place in shownPlaces(view.count) {
      view.appendName(at: place, session, to: &output.bytes)
      if view.hasOperation(at: place, session) {
        output.write(" = ")
        view.appendOperation(at: place, session, to: &output.bytes)
      }
      output.write(": value ")
      view.appendValue(of: view.analysis.order[place], session, to: &output.bytes)
      if view.analysis.isDifferentiable {
        output.write(", derivative ")
        view.appendPartial(at: place, to: &output.bytes)
      }
      for mark in view.analysis.marks[place] ?? [] { output.write(", \(mark.text)") }
      output.endLine()
    }
    renderUnused(view, of: &session)
  }

  mutating func renderMarkdown(_ view: GraphView, of session: inout Session) {
    output.write("| # | node | value | ∂/∂node |\n|--:|:--|--:|--:|\n")
    for place in shownPlaces(view.count) {
      var node: [UInt8] = []
      view.appendName(at: place, session, to: &node)
      if view.hasOperation(at: place, session) {
        node.append(contentsOf: " = ".utf8)
        view.appendOperation(at: place, session, to: &node)
      }
      output.write("| \(place + 1) | `\(String(decoding: node, as: UTF8.self))` | ")
      view.appendValue(of: view.analysis.order[place], session, to: &output.bytes)
      output.write(" | ")
      view.appendPartial(at: place, to: &output.bytes)
      for mark in view.analysis.marks[place] ?? [] { output.write(" (\(mark.text))") }
      output.write(" |\n")
    }
    output.endLine()
  }

  private func append(_ partial: Partial, to bytes: inout [UInt8]) {
    switch partial {
    case .none: bytes.append(contentsOf: "-".utf8)
    case .scalar(let value): NumberFormat.append(value, digits: options.digits, to: &bytes)
    case .array(let tensor):
      if tensor.shape.count > 6 {
        bytes.append(contentsOf: tensor.shape.description.utf8)
      } else {
        NumberFormat.append(tensor, digits: options.digits, to: &bytes)
      }
    }
  }
}

/// The derivative with respect to one input.
struct GradientEntry {
  let name: String
  let node: NodeID
  let partial: Partial
}

extension GraphView {
  /// The inputs that the graph uses, in its order.
  func gradientOfGraph(_ session: borrowing Session) -> [GradientEntry] {
    var entries: [GradientEntry] = []
    for (place, id) in analysis.order.enumerated() where session.graph.isInput(id) {
      var bytes: [UInt8] = []
      appendLabel(of: id, session, to: &bytes)
      entries.append(
        GradientEntry(
          name: String(decoding: bytes, as: UTF8.self), node: id,
          partial: analysis.partials[place]))
    }
    return entries
  }
}

extension Renderer {
  /// The inputs of the graph, then those of the session that it does not use.
  func gradient(_ view: GraphView, of session: inout Session) -> [GradientEntry] {
    guard view.analysis.isDifferentiable else { return [] }
    var entries = view.gradientOfGraph(session)
    let used = Set(entries.map(\.node))
    let names = Set(entries.map(\.name))
    for input in session.inputsInScope() where !used.contains(input.node) {
      let name = session.name(input.name)
      guard !names.contains(name) else { continue }
      let shape = session.graph.shape(of: input.node)
      entries.append(
        GradientEntry(
          name: name, node: input.node,
          partial: shape.isScalar ? .scalar(0) : .array(Tensor(repeating: 0, shape: shape))))
    }
    return entries
  }
}
