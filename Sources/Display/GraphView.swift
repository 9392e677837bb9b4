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
      bytes.append(contentsOf: session.name(record.function).utf8)
      appendList(record.arguments, "(", ")", session, to: &bytes)
      return
    }
    let shown = analysis.operation(shownBy: id)
    let row = session.graph.operation(of: shown).row
    let operands = session.graph.shownOperands(of: shown) ?? session.graph.operands(of: shown)
    let attribute = session.graph.attribute(of: shown)
    if let placement = attribute.placement(of: row) {
      appendLabel(of: operands[0], session, to: &bytes)
      return bytes.append(contentsOf: placement.utf8)
    }
    switch row.notation {
    case .infix(let sign):
      let turned = session.graph.attribute(of: shown).turned
      appendOperand(operands[0], session, to: &bytes)
      bytes.append(contentsOf: "\(turned.0 ? ".T" : "") \(sign) ".utf8)
      appendOperand(operands[1], session, to: &bytes)
      if turned.1 { bytes.append(contentsOf: ".T".utf8) }
    case .prefix(let sign):
      bytes.append(contentsOf: sign.utf8)
      appendLabel(of: operands[0], session, to: &bytes)
    case .suffix(let sign):
      appendLabel(of: operands[0], session, to: &bytes)
      bytes.append(contentsOf: sign.utf8)
    case .subscripts:
      appendLabel(of: operands[0], session, to: &bytes)
      bytes.append(contentsOf: session.graph.attribute(of: shown).subscripts.utf8)
    case .brackets: appendList(operands, "[", "]", session, to: &bytes)
    case .choice:
      bytes.append(contentsOf: session.choice(of: shown, labels(of: operands, session)).utf8)
    case .call where row.meaning != nil:
      bytes.append(contentsOf: row.call(of: labels(of: operands, session)).utf8)
    case .call, .leaf:
      bytes.append(contentsOf: row.shownName.utf8)
      let subscripts = session.graph.attribute(of: shown).subscripts
      guard row.arity == 2, !subscripts.isEmpty else {
        let options = session.graph.optionTexts(of: shown).joined(separator: ", ")
        appendList(operands, "(", "", session, to: &bytes)
        if !options.isEmpty { bytes.append(contentsOf: (operands.isEmpty ? "" : ", ").utf8) }
        return bytes.append(contentsOf: "\(options))".utf8)
      }
      appendList([operands[0]], "(", "", session, to: &bytes)
      bytes.append(contentsOf: ", \(subscripts.dropFirst().dropLast())".utf8)
      appendList([operands[1]], ", ", ")", session, to: &bytes)
    }
  }

  private func labels(of operands: [NodeID], _ session: borrowing Session) -> [String] {
    operands.map { operand in
      var label: [UInt8] = []
      appendLabel(of: operand, session, to: &label)
      return String(decoding: label, as: UTF8.self)
    }
  }

  /// An operand of an infix sign; a negative number stands in brackets.
  private func appendOperand(
    _ id: NodeID, _ session: borrowing Session, to bytes: inout [UInt8]
  ) {
    let start = bytes.count
    appendLabel(of: id, session, to: &bytes)
    guard bytes[start] == UInt8(ascii: "-") else { return }
    bytes.insert(UInt8(ascii: "("), at: start)
    bytes.append(UInt8(ascii: ")"))
  }

  private func appendList(
    _ operands: [NodeID], _ open: String, _ close: String, _ session: borrowing Session,
    to bytes: inout [UInt8]
  ) {
    bytes.append(contentsOf: open.utf8)
    for (place, operand) in operands.enumerated() {
      if place > 0 { bytes.append(contentsOf: ", ".utf8) }
      if place == 6, operands.count > 8 {
        bytes.append(contentsOf: "…".utf8)
        break
      }
      appendLabel(of: operand, session, to: &bytes)
    }
    bytes.append(contentsOf: close.utf8)
  }
}

extension Attribute {
  /// ` at [0]`, ` rearranged`: where the operand is put, of rows that do nothing else.
  fileprivate func placement(of row: Primitive) -> String? {
    switch self {
    case .placement(let items, in: _): " at \(Attribute.items(items).subscripts)"
    case .arrangement where row.notation == .call: " rearranged"
    default: nil
    }
  }

  /// `[1, 2:3]`.
  var subscripts: String {
    if case .arrangement = self { return "[…]" }
    guard case .items(let items) = self else { return "" }
    let texts = items.map { item in
      switch item {
      case .at(let place): return String(place)
      case .slice(let start, let stop, let step):
        let bounds = "\(start.map(String.init) ?? ""):\(stop.map(String.init) ?? "")"
        return step == 1 ? bounds : "\(bounds):\(step)"
      }
    }
    return "[\(texts.joined(separator: ", "))]"
  }
}
