import Autodiff
import Syntax
import Tensors

/// A formula read off the graph.
extension ScriptWriter {
  /// What is yet to be written of a formula.
  private enum Piece {
    case text(String)
    /// A node that is to be an operand; `isLeft` and `precedence` tell which need brackets.
    case operand(NodeID, precedence: Operator.Precedence?, isLeft: Bool)
  }

  /// The computation of a node as text; nil where it has no words, or too many.
  ///
  /// Inputs and parts that are used several times and had a name get it back first.
  mutating func formula(of output: NodeID, keepsCalls: Bool) -> String? {
    guard let order = prepare(output, keepsCalls: keepsCalls) else { return nil }
    for (node, name) in order {
      guard alias(of: node) == nil else { continue }
      guard nameFormer(node, as: name) else { return nil }
    }
    var text = ""
    var pieces = [Piece.operand(output, precedence: nil, isLeft: true)]
    while let piece = pieces.popLast() {
      guard text.utf8.count < ScriptWriter.longestFormula else { return nil }
      switch piece {
      case .text(let words): text += words
      case .operand(let id, let precedence, let isLeft):
        if id != output, let name = alias(of: id) {
          text += name
        } else if !session.graph.isVariable(id) {
          text += bracketed(literal(session.graph.tensor(of: id)), precedence)
        } else {
          guard let parts = parts(of: id, keepsCalls: keepsCalls) else { return nil }
          let isBracketed = needsBrackets(id, in: precedence, isLeft: isLeft)
          if isBracketed { pieces.append(.text(")")) }
          pieces += parts.reversed()
          if isBracketed { pieces.append(.text("(")) }
        }
      }
    }
    return text
  }

  /// A number with a sign cannot stand behind another operator as it is.
  private func bracketed(_ number: String, _ precedence: Operator.Precedence?) -> String {
    precedence != nil && number.hasPrefix("-") ? "(\(number))" : number
  }

  /// The nodes below an output that need a name, in the order of the graph; nil where one has none.
  private func prepare(_ output: NodeID, keepsCalls: Bool) -> [(NodeID, NameID)]? {
    var uses: [NodeID: Int] = [:]
    var order: [NodeID] = []
    var stack = [output]
    while let id = stack.popLast() {
      if id != output {
        uses[id, default: 0] += 1
        if uses[id] != 1 { continue }
        order.append(id)
        guard order.count < ScriptWriter.largestFormula else { return nil }
        if alias(of: id) != nil { continue }
      }
      guard session.graph.isVariable(id) else { continue }
      if keepsCalls, let call = call(at: id) {
        stack += call.arguments
      } else {
        session.graph.forEachOperand(of: id) { stack.append($0) }
      }
    }
    var named: [(NodeID, NameID)] = []
    for id in order.sorted() where alias(of: id) == nil && session.graph.isVariable(id) {
      let isInput = session.graph.isInput(id)
      guard isInput || uses[id] != 1 else { continue }
      let tag = session.graph.tag(of: id)
      let name = tag == .none ? nil : NameID(index: Int(tag.rawValue))
      guard let name, !finished.contains(name), isBound(name) else {
        // An input without a name stays one where it is used once: value(3).
        if isInput, uses[id] != 1 { return nil }
        continue
      }
      named.append((id, name))
    }
    return named
  }

  private func isBound(_ name: NameID) -> Bool {
    if case .none = session.bindings[name.index] { return false }
    return true
  }

  /// The call that a node is the result of, if its function is still the one it was.
  private func call(at id: NodeID) -> CallRecord? {
    guard let call = session.calls[id], case .function = session.bindings[call.function.index]
    else { return nil }
    return call
  }

  /// How an application is written; nil for operations that have no words.
  private func parts(of id: NodeID, keepsCalls: Bool) -> [Piece]? {
    if keepsCalls, let call = call(at: id) {
      return list(call.arguments, "\(session.name(call.function))(", ")")
    }
    let row = session.graph.operation(of: id).row
    let operands = session.graph.operands(of: id)
    switch row.notation {
    case .leaf: return [.text("value(\(literal(session.graph.tensor(of: id))))")]
    case .infix(let sign):
      let precedence = precedence(of: sign)
      let turned = session.graph.attribute(of: id).turned
      return operand(operands[0], in: precedence, isLeft: true, isTurned: turned.0)
        + [.text(" \(sign) ")]
        + operand(operands[1], in: precedence, isLeft: false, isTurned: turned.1)
    case .prefix(let sign):
      return [.text(sign), .operand(operands[0], precedence: .power, isLeft: true)]
    case .suffix(let suffix):
      return [.operand(operands[0], precedence: .power, isLeft: true), .text(suffix)]
    case .brackets: return list(operands, "[", "]")
    case .subscripts:
      guard case .items(let items) = session.graph.attribute(of: id) else { return nil }
      let places = items.map(text).joined(separator: ", ")
      return [.operand(operands[0], precedence: .power, isLeft: true), .text("[\(places)]")]
    case .choice: return choice(operands)
    case .call:
      guard let name = row.callableNames.first else { return parts(ofSet: id, operands) }
      switch session.graph.attribute(of: id) {
      case .none: return list(operands, "\(name)(", ")")
      case .options: return call(name, row, operands, session.graph.optionTexts(of: id))
      case .turned, .shape, .items, .placement, .arrangement, .ties: return nil
      }
    }
  }

  /// A call with options, which stand behind the operands or before them.
  private func call(_ name: String, _ row: Primitive, _ operands: [NodeID], _ options: [String])
    -> [Piece]
  {
    let words = options.joined(separator: ", ")
    guard !words.isEmpty else { return list(operands, "\(name)(", ")") }
    if case .option? = row.arguments.first { return list(operands, "\(name)([\(words)], ", ")") }
    return list(operands, "\(name)(", ", \(words))")
  }

  /// A factor, with the sign of its transpose where it is read as that.
  private func operand(
    _ id: NodeID, in precedence: Operator.Precedence?, isLeft: Bool, isTurned: Bool
  ) -> [Piece] {
    isTurned
      ? [.operand(id, precedence: .power, isLeft: true), .text(".T")]
      : [.operand(id, precedence: precedence, isLeft: isLeft)]
  }

  /// `set(x, i, v)`, whose index is no operand.
  private func parts(ofSet id: NodeID, _ operands: [NodeID]) -> [Piece]? {
    guard session.graph.operation(of: id) == .set,
      case .items(let items) = session.graph.attribute(of: id), case .at(let index)? = items.first
    else { return nil }
    return [
      .text("set("), .operand(operands[0], precedence: nil, isLeft: true), .text(", \(index), "),
      .operand(operands[1], precedence: nil, isLeft: true), .text(")"),
    ]
  }

  /// `if c then a else 0` for a choice of which one side was computed.
  private func choice(_ operands: [NodeID]) -> [Piece] {
    let isTaken = session.graph.scalar(of: operands[0]) != 0
    let sides: [Piece] = operands.dropFirst().map { .operand($0, precedence: nil, isLeft: true) }
    let zero = Piece.text("0")
    let (first, second) =
      sides.count > 1 ? (sides[0], sides[1]) : isTaken ? (sides[0], zero) : (zero, sides[0])
    return [
      .text("(if "), .operand(operands[0], precedence: nil, isLeft: true), .text(" then "), first,
      .text(" else "), second, .text(")"),
    ]
  }

  private func list(_ operands: [NodeID], _ opener: String, _ closer: String) -> [Piece] {
    var pieces: [Piece] = [.text(opener)]
    for (place, operand) in operands.enumerated() {
      if place > 0 { pieces.append(.text(", ")) }
      pieces.append(.operand(operand, precedence: nil, isLeft: true))
    }
    return pieces + [.text(closer)]
  }

  private func text(_ item: IndexItem) -> String {
    switch item {
    case .at(let index): return "\(index)"
    case .slice(let start, let stop, let step):
      let range = "\(start.map(String.init) ?? ""):\(stop.map(String.init) ?? "")"
      return step == 1 ? range : "\(range):\(step)"
    }
  }

  private func precedence(of sign: String) -> Operator.Precedence? {
    Operator.rows(spelled: sign).first { $0.fixity == .infix }?.precedence
  }

  /// Whether an operand would be read otherwise without brackets.
  private func needsBrackets(
    _ id: NodeID, in outer: Operator.Precedence?, isLeft: Bool
  ) -> Bool {
    guard let outer else { return false }
    switch session.graph.operation(of: id).row.notation {
    case .prefix: return true
    case .infix(let sign):
      guard let inner = precedence(of: sign), outer == .sum || outer == .product else {
        return true
      }
      return inner < outer || inner == outer && !isLeft || inner < .sum
    case .call, .suffix, .subscripts, .choice, .brackets, .leaf: return false
    }
  }
}
