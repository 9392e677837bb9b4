import Autodiff
import Tensors

/// Entries of arrays in formulas: each is a variable of its own, `w[0]`.
extension Session {
  /// The named inputs that a formula may be differentiated by: numbers, and of arrays the entries
  /// that it uses.
  mutating func formulaTargets(of output: NodeID) -> [FormulaTarget] {
    let entries = entries(in: output)
    var targets: [FormulaTarget] = []
    for input in namedInputs(of: output) where !isFormer(input) {
      let used = entries.filter { $0.array == input }
      guard !graph.isScalar(input), !used.isEmpty else {
        targets.append(FormulaTarget(node: input, name: shown(input)))
        continue
      }
      for entry in used where !targets.contains(where: { $0.name == entry.name }) {
        targets.append(FormulaTarget(node: entry.node, name: entry.name))
      }
    }
    return targets
  }

  /// A node that is an entry of a named input.
  struct NamedEntry {
    let node: NodeID
    let array: NodeID
    let name: String
  }

  /// The entries of named inputs among the nodes that an output is built from, in their order.
  mutating func entries(in output: NodeID) -> [NamedEntry] {
    reach.collect(from: output, in: graph)
    return reach.inner.reversed().compactMap(namedEntry)
  }

  /// The entry that a node is, counted from the beginning of each axis; nil for any other node.
  func namedEntry(_ id: NodeID) -> NamedEntry? {
    guard graph.operation(of: id) == .index, graph.isScalar(id), graph.tag(of: id) == .none,
      case .items(let items) = graph.attribute(of: id)
    else { return nil }
    let array = graph.operands(of: id)[0]
    guard graph.isInput(array), graph.tag(of: array) != .none, !isFormer(array) else { return nil }
    var places: [String] = []
    for (item, size) in zip(items, graph.shape(of: array).dimensions) {
      guard case .at(let place) = item else { return nil }
      places.append(String(place < 0 ? place + size : place))
    }
    return NamedEntry(
      node: id, array: array, name: "\(shown(array))[\(places.joined(separator: ", "))]")
  }
}
