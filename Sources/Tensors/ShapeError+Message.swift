extension ShapeError: CustomStringConvertible {
  /// The message without names.
  package var description: String { message([]) }

  /// What is wrong, the operands called by their names where names are given, in order.
  ///
  /// An empty name, or one missing at the end of the list, leaves the shape to stand for itself.
  package func message(_ operandNames: [String]) -> String {
    func name(_ place: Int) -> String? {
      guard operandNames.indices.contains(place), !operandNames[place].isEmpty else { return nil }
      return operandNames[place]
    }
    func operand(_ place: Int, _ shape: Shape) -> String {
      name(place).map { "\($0) \(shape)" } ?? "\(shape)"
    }

    switch self {
    case .doNotBroadcast(let shapes):
      let operands = shapes.indices.map { operand($0, shapes[$0]) }
      let lead = name(0) == nil ? "shapes " : ""
      return "\(lead)\(listed(operands)) do not broadcast"
        + firstClash(of: shapes) { sizes in Set(sizes).subtracting([1]).count > 1 }

    case .doesNotBroadcast(let shape, let target):
      let lead = name(0) == nil ? "shape " : ""
      let start = "\(lead)\(operand(0, shape)) does not broadcast to \(target)"
      guard shape.rank <= target.rank else { return start + ": it has more axes" }
      return start
        + firstClash(of: [shape, target]) { sizes in sizes[0] != 1 && sizes[0] != sizes[1] }

    case .innerSizesDiffer(let a, let b):
      return "\(operand(0, a)) @ \(operand(1, b)):"
        + " the inner sizes \(a.dimensions[a.rank - 1]) and \(b.dimensions[0]) differ"

    case .notMatrices(let a, let b):
      return "\(operand(0, a)) @ \(operand(1, b)): a matrix product takes vectors and matrices"
        + (a.isScalar || b.isScalar ? ", for a number use '*'" : "")

    case .indexOutOfRange(let index, let axis, let shape):
      let size = shape.dimensions[axis]
      let whose = name(0).map { " of \($0)," } ?? ""
      let range = size == 0 ? "it is empty" : "\(-size) ... \(size - 1)"
      return "index \(index) is out of range for axis \(axis)\(whose) of size \(size) (\(range))"

    case .tooManyIndices(let count, let shape):
      guard !shape.isScalar else { return "\(name(0) ?? "this") is a number and has no entries" }
      return "\(counted(count, "index", "indices")) for \(operand(0, shape)),"
        + " which has \(counted(shape.rank, "axis", "axes"))"

    case .zeroStep:
      return "the step of a slice is 0"

    case .axisOutOfRange(let axis, let shape):
      guard !shape.isScalar else { return "\(name(0) ?? "this") is a number and has no axes" }
      return "axis \(axis) is out of range for \(operand(0, shape))"
        + " (\(-shape.rank) ... \(shape.rank - 1))"

    case .axisGivenTwice(let axis, let shape):
      return "axis \(axis) of \(operand(0, shape)) is given twice"

    case .raggedRow(let row, let shape, let expected):
      return "row \(row) \(comparison(of: shape, with: expected))"

    case .doesNotFill(let shape, let target):
      return "\(operand(0, shape)) has \(counted(shape.count, "entry", "entries")),"
        + " \(target) takes \(target.count)"

    case .negativeSize(let sizes):
      return "size \(sizes.first { $0 < 0 } ?? 0) is negative"

    case .noEntries(let function, let shape):
      return "\(function) of \(operand(0, shape)): there are no entries"

    case .doNotJoin(let part, let shape, let first, let axis):
      return "part \(part) has shape \(shape), expected \(first) except along axis \(axis)"

    case .notAnOrder(let axes, let shape):
      return "[\(axes.map(String.init).joined(separator: ", "))] is not an order of the"
        + " \(counted(shape.rank, "axis", "axes")) of \(operand(0, shape))"

    case .wrongRank(let function, let takes, let shape):
      return "\(function) takes \(takes), found \(name(0).map { "\($0) of " } ?? "")shape \(shape)"

    case .notSquare(let function, let shape):
      return "\(function) takes a square matrix, found \(operand(0, shape))"

    case .rowsDiffer(let matrix, let right):
      let rows = counted(matrix.dimensions[0], "row", "rows")
      return "\(operand(0, matrix)) has \(rows), the right side \(operand(1, right)) does not"

    case .singular(let condition):
      let number = NumberFormat.text(condition, digits: .significant(3))
      return "\(name(0).map { "\($0) is" } ?? "the matrix is") singular to working precision"
        + " (condition number \(number))"

    case .notSymmetric(let row, let column, let upper, let lower):
      let numbers = [upper, lower].map { NumberFormat.text($0, digits: .significant(6)) }
      return "cholesky takes a symmetric matrix, found \(numbers[0]) at [\(row), \(column)]"
        + " and \(numbers[1]) at [\(column), \(row)]"

    case .notPositiveDefinite(let row, let pivot):
      let number = NumberFormat.text(pivot, digits: .significant(3))
      return "\(name(0).map { "\($0) is" } ?? "the matrix is") not positive definite:"
        + " pivot \(row) is \(number)"

    case .noClass(let entry, let count):
      let number = NumberFormat.text(entry, digits: .significant(6))
      return "label \(number) is none of the classes 0 ... \(count - 1)"

    case .outside(let expected, let number):
      return "\(expected), found \(NumberFormat.text(number, digits: .significant(6)))"

    case .endlessRange(let step):
      return "a range cannot have a step of \(NumberFormat.text(step, digits: .significant(6)))"

    case .noCount(let what, let number):
      let text = NumberFormat.text(number, digits: .significant(6))
      return "\(what) needs a whole number, found \(text)"

    case .cancelled: return "stopped"
    case .tooLarge(let shape):
      return "shape \(shape) takes \(gigabytes(shape.bytes)),"
        + " an array must stay below \(gigabytes(Shape.byteLimit))"
    }
  }
}

extension ShapeError {
  /// What to do about it, where that is one thing.
  package var hint: String? {
    guard case .outside(let expected, let number) = self, number == -1,
      expected.hasPrefix("a label")
    else { return nil }
    return "(y + 1)/2 makes 0 and 1 of labels that are -1 and 1"
  }
}

/// Names the axis nearest the end at which sizes clash: `: the last axis is 3 and 4`.
private func firstClash(of shapes: [Shape], where isClash: ([Int]) -> Bool) -> String {
  let ranks = shapes.map(\.rank)
  // Matching begins at the last axis, so only there do axes of different ranks meet.
  for fromEnd in 1...max(1, ranks.max() ?? 1) {
    let matched = shapes.filter { $0.rank >= fromEnd }
    let sizes = matched.map { $0.dimensions[$0.rank - fromEnd] }
    guard sizes.count > 1, isClash(sizes) else { continue }
    let place = Set(ranks).count == 1 ? ranks[0] - fromEnd : -fromEnd
    let axis = fromEnd == 1 ? "the last axis" : "axis \(place)"
    return ": \(axis) is \(listed(sizes.map(String.init)))"
  }
  return ""
}

/// What a row has and what it should have, in entries as long as both are flat.
private func comparison(of shape: Shape, with expected: Shape) -> String {
  switch (shape.rank, expected.rank) {
  case (0, 0): "is a number"
  case (0, 1): "is a number, expected \(counted(expected.count, "entry", "entries"))"
  case (1, 0): "has \(counted(shape.count, "entry", "entries")), expected a number"
  case (1, 1): "has \(counted(shape.count, "entry", "entries")), expected \(expected.count)"
  case (0, _): "is a number, expected shape \(expected)"
  case (_, 0): "has shape \(shape), expected a number"
  default: "has shape \(shape), expected \(expected)"
  }
}

/// A count with its noun: `1 entry`, `3 entries`.
private func counted(_ count: Int, _ one: String, _ many: String) -> String {
  "\(count) \(count == 1 ? one : many)"
}

/// Joined as a sentence does: `a and b`, `a, b and c`.
private func listed(_ items: [String]) -> String {
  guard let last = items.last, items.count > 1 else { return items.first ?? "" }
  return items.dropLast().joined(separator: ", ") + " and " + last
}

/// A number of bytes as `80 GB`.
private func gigabytes(_ bytes: Double) -> String {
  NumberFormat.text(bytes / 1e9, digits: .significant(3)) + " GB"
}
