import Autodiff

/// What an expression evaluates to.
///
/// What is large stands elsewhere, since every step of the machine moves values.
enum Value: Sendable {
  /// A number or an array, as a node of the session's graph.
  case node(NodeID)
  case text(String)
  /// Several values at once, such as what `grad(y, [a, b])` answers.
  case list([Value])
  /// Entries of a node, where a derivative is taken with respect to them.
  case part(NodeID, of: NodeID)
  /// What `adam(lr=0.1)` gives.
  indirect case optimizer(OptimizerValue)
  /// What `load_csv` gives.
  indirect case table(ColumnTable)
  /// What `print` and the like give, and a local name that has not been assigned.
  case nothing

  var node: NodeID? {
    if case .node(let id) = self { id } else { nil }
  }

  /// The word for messages.
  var kind: String {
    switch self {
    case .node, .part: "number"
    case .text: "text"
    case .list: "list"
    case .optimizer: "an optimizer"
    case .table: "a table"
    case .nothing: "nothing"
    }
  }
}

/// What a name is bound to.
enum Binding: Sendable {
  case none
  /// `y = …`: an input or a node built from inputs.
  case value(Value)
  /// `param w = …`: an input that updates replace.
  case parameter(NodeID)
  /// `y := …`: the place of its formula in the session's list.
  case live(LiveFormula)
  case function(UserFunction)

  var node: NodeID? {
    switch self {
    case .value(.node(let id)), .parameter(let id): id
    case .none, .value, .live, .function: nil
    }
  }
}
