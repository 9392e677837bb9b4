import Autodiff
import Syntax

/// Where a value is kept from turn to turn: a name of the session, or a place on the stack.
enum Location: Equatable, Sendable {
  case name(NameID)
  case slot(Int)
}

/// What a name or a place on the stack holds, for comparison.
enum Contents: Sendable {
  case nothing
  case node(NodeID)
  case parameter(NodeID)
  case live(LiveFormula)
  case function(UserFunction)
  /// Something that is not compared.
  case unknown

  init(of place: Location, _ bindings: [Binding], _ stack: [Value]) {
    switch place {
    case .name(let name):
      switch bindings[name.index] {
      case .none: self = .nothing
      case .value(let value): self.init(value)
      case .parameter(let id): self = .parameter(id)
      case .live(let formula): self = .live(formula)
      case .function(let function): self = .function(function)
      }
    case .slot(let slot): self.init(stack[slot])
    }
  }

  private init(_ value: Value) {
    switch value {
    case .node(let id): self = .node(id)
    case .nothing: self = .nothing
    case .text, .list, .optimizer, .table, .part: self = .unknown
    }
  }

  var isUnknown: Bool { if case .unknown = self { true } else { false } }

  var node: NodeID? {
    switch self {
    case .node(let id), .parameter(let id): id
    case .nothing, .live, .function, .unknown: nil
    }
  }

  static func == (a: Contents, b: Contents) -> Bool {
    switch (a, b) {
    case (.nothing, .nothing): true
    case (.node(let a), .node(let b)), (.parameter(let a), .parameter(let b)): a == b
    case (.live(let a), .live(let b)): a === b
    case (.function(let a), .function(let b)): a === b
    default: false
    }
  }

  /// The leaf that is held, of the same kind before and after a turn; nil where it is none.
  static func leaves(
    _ before: Contents, _ after: Contents, in graph: Graph
  ) -> (from: NodeID, to: NodeID)? {
    switch (before, after) {
    case (.node(let from), .node(let to)), (.parameter(let from), .parameter(let to)):
      guard graph.isInput(from), graph.isInput(to), graph.shape(of: from) == graph.shape(of: to)
      else { return nil }
      return (from, to)
    default: return nil
    }
  }
}
