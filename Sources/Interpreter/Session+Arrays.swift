import Autodiff
import Syntax
import Tensors

extension Session {
  /// `[a, b]`: of constants a constant, otherwise a node of its entries.
  mutating func makeArray(_ count: Int, at span: Span) throws(Diagnostic) {
    guard count > 0 else { throw Diagnostic("an array needs at least one entry", at: span) }
    var entries: [NodeID] = []
    entries.reserveCapacity(count)
    for value in stack.suffix(count) {
      guard case .node(let id) = value else { throw .needsNumber(value.kind, at: span) }
      entries.append(id)
    }
    stack.removeLast(count)
    guard !entries.contains(where: graph.isVariable) else {
      return try push(.stack, entries, at: span)
    }
    do throws(ShapeError) {
      stack.append(.node(graph.constant(try Tensor.stack(entries.map(graph.tensor(of:))))))
    } catch {
      throw .shape(error, [], at: span)
    }
  }

  /// `a[i, j:k]`.
  mutating func index(_ patterns: [IndexPattern], at span: Span) throws(Diagnostic) {
    var items: [IndexItem] = []
    for pattern in patterns.reversed() {
      switch pattern {
      case .at: items.append(.at(try popIndex(at: span)))
      case .slice(let hasStart, let hasStop, let hasStep):
        let step = hasStep ? try popIndex(at: span) : 1
        let stop = hasStop ? try popIndex(at: span) : nil
        let start = hasStart ? try popIndex(at: span) : nil
        guard step != 0 else { throw Diagnostic("a slice cannot have a step of 0", at: span) }
        items.append(.slice(start: start, stop: stop, step: step))
      }
    }
    let base = try popNode(at: span)
    try push(.index, [base], .items(items.reversed()), at: span)
  }

  private mutating func popIndex(at span: Span) throws(Diagnostic) -> Int {
    let id = try popNode(at: span)
    let value = graph.scalar(of: id)
    guard graph.isScalar(id), let index = Int(exactly: value) else {
      throw .needsCount(valueText(id), "an index", at: span)
    }
    return index
  }

  /// `A.T` and `A.shape`.
  mutating func attribute(_ attribute: NameID, at span: Span) throws(Diagnostic) {
    let id = try popNode(at: span)
    switch name(attribute) {
    case "T": try push(.transpose, [id], at: span)
    case "shape":
      let dimensions = graph.shape(of: id).dimensions.map(Double.init)
      stack.append(
        .node(graph.constant(Tensor(shape: Shape([dimensions.count]), elements: dimensions))))
    default: throw .noSuchAttribute(name(attribute), at: span)
    }
  }
}
