import Autodiff
import Interpreter
import Syntax
import Tensors

/// The words of a graph's rows: what each is called and what it does.
struct GraphView {
  let derivation: Derivation
  let analysis: Analysis
  let digits: Digits
  /// Whether numbers as they were typed have a derivative.
  let showsLiterals: Bool
  /// Places among the rows.
  private let places: NodeNumbers

  init(
    _ derivation: Derivation, _ analysis: Analysis, _ digits: Digits, showsLiterals: Bool = true
  ) {
    (self.derivation, self.analysis, self.digits) = (derivation, analysis, digits)
    self.showsLiterals = showsLiterals
    places = NodeNumbers(analysis.order.enumerated().map { ($1, $0) })
  }

  var count: Int { analysis.order.count }

  func place(of id: NodeID) -> Int { places[id] ?? 0 }

  func contains(_ id: NodeID) -> Bool { places[id] != nil }

  /// The name of a row: the last one bears the expression's.
  func appendName(at place: Int, _ session: borrowing Session, to bytes: inout [UInt8]) {
    let id = analysis.order[place]
    if place == count - 1 {
      let title = derivation.title.map { session.name($0) } ?? "ans"
      bytes.append(contentsOf: title.utf8)
      return
    }
    appendLabel(of: id, session, to: &bytes)
  }

  /// What other rows call a node.
  func appendLabel(of id: NodeID, _ session: borrowing Session, to bytes: inout [UInt8]) {
    let id = analysis.shown(id)
    switch analysis.label(of: id, in: session) {
    case .name(let name): bytes.append(contentsOf: session.name(name).utf8)
    case .version(let name, let version):
      bytes.append(contentsOf: session.name(name).utf8)
      bytes.append(UInt8(ascii: "@"))
      bytes.append(contentsOf: String(version).utf8)
    case .number: appendValue(of: id, session, to: &bytes)
    case .place:
      bytes.append(UInt8(ascii: "v"))
      bytes.append(contentsOf: String(place(of: id) + 1).utf8)
    }
  }

  /// A number, or an array's shape and, when it has few entries, the entries.
  func appendValue(of id: NodeID, _ session: borrowing Session, to bytes: inout [UInt8]) {
    if session.graph.isScalar(id) {
      NumberFormat.append(session.graph.scalar(of: id), digits: digits, to: &bytes)
    } else {
      append(session.graph.tensor(of: id), to: &bytes)
    }
  }

  func appendPartial(
    at place: Int, _ session: borrowing Session, to bytes: inout [UInt8]
  ) {
    guard showsLiterals || !isLiteral(at: place, session) else { return }
    switch analysis.partials[place] {
    case .none: break
    // A derivative of 0 comes from no side.
    case .scalar(let value): NumberFormat.append(value + 0, digits: digits, to: &bytes)
    case .array(let tensor): append(tensor, to: &bytes)
    }
  }

  private func isLiteral(at place: Int, _ session: borrowing Session) -> Bool {
    guard place < count - 1 else { return false }
    if case .number = analysis.label(of: analysis.order[place], in: session) { return true }
    return false
  }

  private func append(_ tensor: Tensor, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: ArrayText.cell(tensor, digits).utf8)
  }

  /// Whether a row says what it was made from.
  func hasOperation(at place: Int, _ session: borrowing Session) -> Bool {
    !session.graph.isLeaf(analysis.order[place]) || place == count - 1 && isAlias(session)
  }

  /// Whether the output is a node that other names or tables know under another name.
  private func isAlias(_ session: borrowing Session) -> Bool {
    guard let output = analysis.order.last else { return false }
    if analysis.isPassedOn(output) { return true }
    guard case .name(let name) = analysis.label(of: output, in: session) else {
      return session.graph.isLeaf(output)
    }
    return name != derivation.title
      && (session.graph.isLeaf(output) || session.stands(name, for: output))
  }

  /// `x1 * x2`, `sin(v3)`, `f(x, w)`.
  func appendOperation(at place: Int, _ session: borrowing Session, to bytes: inout [UInt8]) {
    let id = analysis.order[place]
    if session.graph.isLeaf(id) || place == count - 1 && isAlias(session) {
      if case .place = analysis.label(of: id, in: session) {
        appendValue(of: id, session, to: &bytes)
      } else {
        appendLabel(of: id, session, to: &bytes)
      }
      return
    }
    if let record = analysis.calls[id] {
      let writing = Writing(
        "\(session.name(record.function))(", count: record.arguments.count, ")")
      return append(writing.shortened, record.arguments, session, to: &bytes)
    }
    let shown = analysis.operation(shownBy: id)
    let graph = session.graph
    let row = graph.operation(of: shown).row
    let operands = graph.shownOperands(of: shown) ?? graph.operands(of: shown)
    if row.isShownAsMeaning {
      let labels = operands.map { TypedText(nameOrNumber: label(of: $0, session)) }
      bytes.append(contentsOf: (graph.text(of: shown, operands: labels)?.text ?? "").utf8)
    } else if let writing = graph.writing(of: shown) {
      append(writing.shortened, operands, session, to: &bytes)
    }
  }

  private func append(
    _ writing: Writing, _ operands: [NodeID], _ session: borrowing Session, to bytes: inout [UInt8]
  ) {
    for piece in writing.pieces {
      switch piece {
      case .words(let words): bytes.append(contentsOf: words.utf8)
      case .operand(let place, let least):
        let start = bytes.count
        appendLabel(of: operands[place], session, to: &bytes)
        guard least > .sign, bytes[start] == UInt8(ascii: "-") else { continue }
        bytes.insert(UInt8(ascii: "("), at: start)
        bytes.append(UInt8(ascii: ")"))
      }
    }
  }

  private func label(of id: NodeID, _ session: borrowing Session) -> String {
    var label: [UInt8] = []
    appendLabel(of: id, session, to: &label)
    return String(decoding: label, as: UTF8.self)
  }
}
