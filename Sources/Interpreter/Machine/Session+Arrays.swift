import Autodiff
import Syntax
import Tensors

extension Session {
  /// As many as other array languages allow.
  static let mostAxes = 32

  /// `[a, b]`: of constants a constant, otherwise a node of its entries.
  mutating func makeArray(_ count: Int, _ code: Code, at span: Span) throws(Diagnostic) {
    guard count > 0 else { throw Diagnostic("an array needs at least one entry", at: span) }
    var entries: [NodeID] = []
    entries.reserveCapacity(count)
    for value in stack.suffix(count) {
      guard case .node(let id) = value else { throw .needsNumber(value.kind, at: span) }
      entries.append(id)
    }
    stack.removeLast(count)
    guard graph.shape(of: entries[0]).rank < Session.mostAxes else {
      throw .tooManyAxes(Session.mostAxes, at: span)
    }
    do throws(ShapeError) {
      let array =
        entries.contains(where: graph.isTracked)
        ? try graph.apply(.stack, entries)
        : graph.constant(try Tensor.stack(entries.map(graph.tensor(of:))))
      stack.append(.node(array))
    } catch {
      var place = span
      if case .raggedRow(let row, _, _) = error { place = self.span(ofRow: row, in: span, code) }
      throw .shape(error, [], at: place)
    }
  }

  /// Where a row of an array literal stands, counted from 1.
  private func span(ofRow row: Int, in span: Span, _ code: Code) -> Span {
    let inside = code.spans.filter { $0.start > span.start && $0.end < span.end }
    var rows: [Span] = []
    for part in inside.sorted(by: { ($0.start, $1.end) < ($1.start, $0.end) })
    where rows.last.map({ part.start >= $0.end }) ?? true {
      rows.append(part)
    }
    return rows.indices.contains(row - 1) ? rows[row - 1] : span
  }

  /// `a[i, j:k]`.
  mutating func index(_ patterns: [IndexPattern], at span: Span) throws(Diagnostic) {
    if let column = try columnIndex(at: span) { return stack.append(column) }
    var items: [IndexItem] = []
    var list: (places: [Int], item: Int)?
    // Where only entries are asked for, a program can follow the numbers that say which.
    let followed = graph.trace == nil ? nil : entryPlaces(patterns)
    for (number, pattern) in patterns.enumerated().reversed() {
      switch pattern {
      case .at:
        guard let places = try popIndexList(at: span) else {
          items.append(.at(try popIndex(isFollowed: followed != nil, at: span)))
          continue
        }
        guard list == nil else { throw .twoIndexLists(at: span) }
        list = (places, number)
        items.append(.all)
      case .slice(let hasStart, let hasStop, let hasStep):
        let step = hasStep ? try popIndex(at: span) : 1
        let stop = hasStop ? try popIndex(at: span) : nil
        let start = hasStart ? try popIndex(at: span) : nil
        guard step != 0 else { throw Diagnostic("a slice cannot have a step of 0", at: span) }
        items.append(.slice(start: start, stop: stop, step: step))
      }
    }
    if case .list(let values) = stack[stack.count - 1], items.count == 1,
      case .at(let place) = items[0]
    {
      graph.trace?.isVoid = true
      stack[stack.count - 1] = try entry(place, of: values, at: span)
      return
    }
    let base = try popNode(at: span)
    guard let list else {
      try push(.index, [base], .items(items.reversed()), at: span)
      if let followed, case .node(let entry)? = stack.last {
        graph.follow(entry, places: followed)
      }
      return
    }
    do throws(ShapeError) {
      let (shape, sources) = try graph.shape(of: base).sources(
        indexedBy: items.reversed(), with: list.places, inPlaceOf: list.item)
      let arrangement = Arrangement(shape: shape, sources: sources)
      stack.append(.node(try graph.apply(.take, [base], .arrangement(arrangement))))
    } catch {
      throw .shape(error, [shown(base)], at: span)
    }
  }

  /// The indices that an array on the stack lists; nil where a single number stands there.
  private mutating func popIndexList(at span: Span) throws(Diagnostic) -> [Int]? {
    guard case .node(let id)? = stack.last, !graph.isScalar(id) else { return nil }
    stack.removeLast()
    guard !graph.operation(of: id).row.isCondition else { throw .conditionAsIndex(at: span) }
    let tensor = graph.tensor(of: id)
    guard tensor.shape.rank == 1 else { throw .indexListShape("\(tensor.shape)", at: span) }
    var places: [Int] = []
    for element in tensor.elements {
      guard let place = Int(exactly: element) else {
        throw .needsCount(telling(element), "an index", at: span)
      }
      places.append(place)
    }
    return places
  }

  /// The single numbers on the stack that say which entry is asked for; nil where something else is.
  private func entryPlaces(_ patterns: [IndexPattern]) -> [NodeID?]? {
    let places = stack.suffix(patterns.count).map(\.node)
    guard patterns.allSatisfy(\.isOfEntry),
      places.allSatisfy({ $0.map { graph.isScalar($0) } ?? false })
    else { return nil }
    return places
  }

  /// One of several values, such as a block of a Hessian.
  private func entry(_ place: Int, of values: [Value], at span: Span) throws(Diagnostic) -> Value {
    guard -values.count..<values.count ~= place else {
      throw .shape(
        .indexOutOfRange(place, axis: 0, Shape([values.count])), ["the list"], at: span)
    }
    return values[place < 0 ? place + values.count : place]
  }

  /// `set(x, i, v)`.
  mutating func set(_ arguments: [Value], at span: Span) throws(Diagnostic) -> Value {
    stack.append(contentsOf: arguments)
    let value = try popNode(at: span)
    let item = IndexItem.at(try popIndex(at: span))
    let array = try popNode(at: span)
    try push(.set, [array, value], .items([item]), at: span)
    return stack.removeLast()
  }

  private mutating func popIndex(
    isFollowed: Bool = false, at span: Span
  ) throws(Diagnostic) -> Int {
    let id = try popNode(at: span)
    guard graph.isScalar(id), let index = graph.place(of: id, isFollowed: isFollowed) else {
      throw .needsCount(telling(id), "an index", at: span)
    }
    return index
  }

  /// `A.T`, `A.shape` and `A.size`.
  mutating func attribute(_ attribute: NameID, at span: Span) throws(Diagnostic) {
    if let column = try columnAttribute(name(attribute), at: span) { return stack.append(column) }
    let id = try popNode(at: span)
    switch name(attribute) {
    case "T": try push(.transpose, [id], at: span)
    case "shape":
      let dimensions = graph.shape(of: id).dimensions.map(Double.init)
      stack.append(
        .node(graph.constant(Tensor(shape: Shape([dimensions.count]), elements: dimensions))))
    case "size": stack.append(.node(graph.constant(Double(graph.shape(of: id).count))))
    case "grad": stack.append(try accumulatedGradient(of: id, at: span))
    default:
      var isFunction = false
      if attribute.index < builtins.count {
        switch builtins[attribute.index] {
        case .functions, .form: isFunction = true
        default: break
        }
      }
      throw .noSuchAttribute(
        name(attribute), call: isFunction ? "\(name(attribute))(\(phrase(id)))" : nil, at: span)
    }
  }
}

extension Diagnostic {
  static func twoIndexLists(at span: Span) -> Diagnostic {
    Diagnostic(
      "only one index can be a list", at: span, hint: "one after the other: X[rows, :][:, columns]")
  }

  static func indexListShape(_ shape: String, at span: Span) -> Diagnostic {
    Diagnostic("a list of indices has one axis, found shape \(shape)", at: span)
  }

  static func conditionAsIndex(at span: Span) -> Diagnostic {
    Diagnostic(
      "a condition holds 0 and 1, which are no places", at: span,
      hint: "where(c, a, b) chooses entry by entry")
  }
}
