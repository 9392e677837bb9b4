import Autodiff
import Syntax
import Tensors

/// A formula read off the graph.
extension ScriptWriter {
  /// What is yet to be written of a formula.
  private enum Piece {
    case text(String)
    case operand(NodeID, least: Strength)
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
    var pieces = [Piece.operand(output, least: .choice)]
    while let piece = pieces.popLast() {
      guard text.utf8.count < ScriptWriter.longestFormula else { return nil }
      switch piece {
      case .text(let words): text += words
      case .operand(let id, let least):
        if id != output, let name = alias(of: id) {
          text += name
        } else if !session.graph.isVariable(id) {
          let number = TypedText(nameOrNumber: literal(session.graph.tensor(of: id)))
          text += number.bracketed(below: least)
        } else {
          guard let (writing, operands) = writing(of: id, keepsCalls: keepsCalls) else {
            return nil
          }
          let isBracketed = writing.strength < least || writing.strength == .choice
          if isBracketed { pieces.append(.text(")")) }
          pieces += writing.pieces.reversed().map { piece in
            switch piece {
            case .words(let words): .text(words)
            case .operand(let place, let least): .operand(operands[place], least: least)
            }
          }
          if isBracketed { pieces.append(.text("(")) }
        }
      }
    }
    return text
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

  /// An application with its operands; nil for operations that cannot be typed.
  private func writing(of id: NodeID, keepsCalls: Bool) -> (Writing, [NodeID])? {
    if keepsCalls, let call = call(at: id) {
      let name = session.name(call.function)
      return (Writing("\(name)(", count: call.arguments.count, ")"), call.arguments)
    }
    if session.graph.isLeaf(id) {
      return (Writing([.words("value(\(literal(session.graph.tensor(of: id))))")]), [])
    }
    guard let writing = session.graph.writing(of: id, untaken: "0"), writing.isExact else {
      return nil
    }
    return (writing, session.graph.operands(of: id))
  }
}
