import Autodiff
import Interpreter
import Syntax
import Tensors

/// Displays of one line, the spoken form of the table, and the table for a page.
extension Renderer {
  /// `48.9  ∂x1 = 3  ∂x2 = 6.3`.
  mutating func renderLine(_ view: GraphView, of session: inout Session) {
    let value = wholeValue(of: view, session)
    var pieces = [(text: value, style: Output.Style.plain)]
    for entry in gradient(view, of: &session) {
      pieces.append(("∂\(entry.name) = \(text { append(entry.partial, to: &$0) })", .plain))
    }
    let marks = marks(of: view)
    if !marks.isEmpty { pieces.append((marks, .warning)) }
    output.writePieces(pieces, gap: 2, indent: 2)
  }

  /// The value that was asked for, whole unless it is very large.
  private func wholeValue(of view: GraphView, _ session: borrowing Session) -> String {
    let tensor = session.graph.tensor(of: view.derivation.output)
    guard tensor.shape.count > ArrayText.mostInCell, tensor.count <= ArrayText.mostWhole else {
      return text { view.appendValue(of: view.derivation.output, session, to: &$0) }
    }
    return ArrayText.whole(tensor, options.digits)
  }

  /// The marks of all rows: a line does not say which node bears one, so each kind is said once.
  private func marks(of view: GraphView, where isShown: (Mark) -> Bool = { _ in true }) -> String {
    var marks: [String] = []
    for mark in view.analysis.marks.sorted(by: { $0.key < $1.key }).flatMap(\.value)
    where isShown(mark) && !marks.contains(mark.text) { marks.append(mark.text) }
    return marks.joined(separator: ", ")
  }

  /// `y = 48.9   ∂x1 = 3`, the echo of a definition; on one line if its value allows.
  mutating func renderEcho(
    _ derivation: Derivation, of session: inout Session
  ) throws(Diagnostic) {
    let analysis = try session.analyze(derivation, isUnfolded: true)
    let view = GraphView(derivation, analysis, options.digits)
    let title = "\(session.title(of: derivation)) = "
    let marks = analysis.isDifferentiable ? marks(of: view, where: \.isCorner) : ""
    let line = summary(of: view, after: title, width: output.width, session)
    output.writeLines(marks.isEmpty ? line : "\(line)   \(marks)", indent: 2)
    for text in analysis.notes { note(text) }
  }

  /// A title with `48.9   ∂x1 = 3   ∂x2 = 6.3`, and as many of the inputs as there is room for.
  func summary(
    of view: GraphView, after title: String, width: Int?, _ session: borrowing Session
  ) -> String {
    let output = view.derivation.output
    var value = text { view.appendValue(of: output, session, to: &$0) }
    let room = width.map { $0 - displayWidth(of: title) } ?? .max
    if displayWidth(of: value) > room, !session.graph.isScalar(output) {
      value = ArrayText.fitting(
        session.graph.tensor(of: output), options.digits, to: room,
        mark: self.output.spelled(Glyph.ellipsis))
    }
    var line = title + value
    let used =
      view.analysis.isDifferentiable
      ? view.gradientOfGraph(session).filter { $0.node != output } : []
    for (place, entry) in used.enumerated() {
      let next = "   ∂\(entry.name) = \(text { append(entry.partial, to: &$0) })"
      let rest = "   and \(used.count - place) more"
      let behind = place + 1 < used.count ? displayWidth(of: rest) : 0
      if displayWidth(of: line) + displayWidth(of: next) + behind > width ?? 100 {
        return line + rest
      }
      line += next
    }
    return line
  }

  /// Each row as words.
  mutating func renderPlain(_ view: GraphView, of session: inout Session) throws(Diagnostic) {
    var before = -1
    for place in shownPlaces(view.count) {
      try session.confirmInterest(in: view.derivation, at: place)
      if place != before + 1 { hiddenRows(place - before - 1) }
      before = place
      var line = text { bytes in
        view.appendName(at: place, session, to: &bytes)
        if view.hasOperation(at: place, session) {
          bytes += " = ".utf8
          view.appendOperation(at: place, session, to: &bytes)
        }
        bytes += ": value ".utf8
        if place == view.count - 1 {
          bytes += wholeValue(of: view, session).utf8
        } else {
          view.appendValue(of: view.analysis.order[place], session, to: &bytes)
        }
        guard view.analysis.isDifferentiable else { return }
        let partial = text { view.appendPartial(at: place, session, to: &$0) }
        if !partial.isEmpty { bytes += ", derivative \(partial)".utf8 }
      }
      for mark in view.analysis.marks[place] ?? [] { line += ", \(mark.text)" }
      output.writeLines(line, indent: 2)
    }
    renderUnused(view, of: &session)
  }

  /// What is appended to bytes, as text.
  private func text(_ append: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    append(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  mutating func renderMarkdown(_ view: GraphView, of session: inout Session) throws(Diagnostic) {
    output.write("| # | node | value | ∂/∂node |\n|--:|:--|--:|--:|\n")
    for place in shownPlaces(view.count) {
      try session.confirmInterest(in: view.derivation, at: place)
      var node: [UInt8] = []
      view.appendName(at: place, session, to: &node)
      if view.hasOperation(at: place, session) {
        node.append(contentsOf: " = ".utf8)
        view.appendOperation(at: place, session, to: &node)
      }
      output.write("| \(place + 1) | `\(String(decoding: node, as: UTF8.self))` | ")
      if place == view.count - 1 {
        output.write(wholeValue(of: view, session))
      } else {
        view.appendValue(of: view.analysis.order[place], session, to: &output.bytes)
      }
      output.write(" | ")
      view.appendPartial(at: place, session, to: &output.bytes)
      for mark in view.analysis.marks[place] ?? [] { output.write(" (\(mark.text))") }
      output.write(" |\n")
    }
    output.endLine()
  }

  private func append(_ partial: Partial, to bytes: inout [UInt8]) {
    switch partial {
    case .none: bytes.append(contentsOf: "-".utf8)
    case .scalar(let value): NumberFormat.append(value + 0, digits: options.digits, to: &bytes)
    case .array(let tensor):
      bytes.append(contentsOf: ArrayText.cell(tensor, options.digits).utf8)
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
