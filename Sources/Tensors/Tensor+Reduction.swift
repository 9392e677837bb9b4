#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Tensor {
  /// Reduces each group of entries that differ only along the axes to one number.
  ///
  /// - Parameters:
  ///   - axes: the axes that go, all of them for `nil`, negative ones counted from the end.
  ///   - keepingDimensions: whether they stay with size 1.
  ///   - body: the number of a group, its entries in row-major order.
  /// - Returns: an array over the axes that stay.
  /// - Throws: `ShapeError` for axes that are not there.
  package func reduced(
    axes: [Int]?, keepingDimensions: Bool, _ body: (UnsafeBufferPointer<Double>) -> Double
  ) throws(ShapeError) -> Tensor {
    try reducingGroups(axes: axes, keepingDimensions: keepingDimensions) { entries, groups, size in
      entries.withUnsafeBufferPointer { entries in
        (0..<groups).map { group in
          body(UnsafeBufferPointer(rebasing: entries[group * size..<(group + 1) * size]))
        }
      }
    }
  }

  /// Reduces all groups together.
  ///
  /// The body gets them one behind the other: how many they are, and the size of each.
  func reducingGroups(
    axes: [Int]?, keepingDimensions: Bool,
    _ body: ([Double], _ groups: Int, _ size: Int) -> [Double]
  ) throws(ShapeError) -> Tensor {
    let marks = try shape.axisMarks(axes)
    let result = shape.reduced(over: marks, keepingDimensions: keepingDimensions)
    return Tensor(
      shape: result, elements: body(grouped(by: marks), result.count, groupSize(marks)))
  }

  /// Replaces each group of entries that differ only along the axes by as many others.
  ///
  /// - Parameters:
  ///   - axes: the axes along which a group lies, all of them for `nil`.
  ///   - body: reads a group and writes the one that takes its place.
  /// - Returns: an array of the same shape.
  /// - Throws: `ShapeError` for axes that are not there.
  package func mappingGroups(
    axes: [Int]?,
    _ body: (UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Void
  ) throws(ShapeError) -> Tensor {
    try mappingGroups(axes: axes) { entries, size in
      var result = entries
      entries.withUnsafeBufferPointer { entries in
        result.withUnsafeMutableBufferPointer { result in
          for start in stride(from: 0, to: entries.count, by: size) {
            body(
              UnsafeBufferPointer(rebasing: entries[start..<start + size]),
              UnsafeMutableBufferPointer(rebasing: result[start..<start + size]))
          }
        }
      }
      return result
    }
  }

  /// Replaces all groups together, which the body gets one behind the other.
  func mappingGroups(axes: [Int]?, _ body: ([Double], _ size: Int) -> [Double])
    throws(ShapeError) -> Tensor
  {
    let marks = try shape.axisMarks(axes)
    guard count > 0 else { return self }
    let result = body(grouped(by: marks), groupSize(marks))
    guard !isGrouped(marks) else { return Tensor(shape: shape, elements: result) }
    var elements = result
    View(shape).movingToTheEnd(marks).scatter(result, into: &elements)
    return Tensor(shape: shape, elements: elements)
  }

  /// Refuses to go on where a group has no entries, in the words of that function.
  package func requireEntries(_ function: String, axes: [Int]?) throws(ShapeError) {
    guard groupSize(try shape.axisMarks(axes)) > 0 else { throw .noEntries(function, shape) }
  }

  private func groupSize(_ marks: [Bool]) -> Int {
    Swift.zip(shape.dimensions, marks).reduce(1) { $1.1 ? $0 * $1.0 : $0 }
  }

  /// Whether the marked axes come last, so that a group's entries are neighbours.
  private func isGrouped(_ marks: [Bool]) -> Bool {
    let first = marks.firstIndex(of: true) ?? marks.count
    return marks[first...].allSatisfy { $0 }
  }

  private func grouped(by marks: [Bool]) -> [Double] {
    isGrouped(marks)
      ? elements : View(shape).movingToTheEnd(marks).gathered(from: elements)
  }
}

extension View {
  /// The view with the marked axes behind the others.
  fileprivate func movingToTheEnd(_ marks: [Bool]) -> View {
    let order = marks.indices.filter { !marks[$0] } + marks.indices.filter { marks[$0] }
    return permuted(order)
  }
}

/// What groups of numbers are reduced to, from first to last.
package enum Reduction {
  package static func product(_ group: UnsafeBufferPointer<Double>) -> Double {
    group.reduce(1, *)
  }

  /// The largest; nan when there is one, as in NumPy.
  package static func maximum(_ group: UnsafeBufferPointer<Double>) -> Double {
    group.reduce(-.infinity) { $0.isNaN || $0 >= $1 ? $0 : $1 }
  }

  /// The smallest; nan when there is one.
  package static func minimum(_ group: UnsafeBufferPointer<Double>) -> Double {
    group.reduce(.infinity) { $0.isNaN || $0 <= $1 ? $0 : $1 }
  }

  /// The place of the first largest, or of the first nan.
  package static func placeOfMaximum(_ group: UnsafeBufferPointer<Double>) -> Double {
    var best = 0
    for place in group.indices.dropFirst() where !group[best].isNaN {
      if group[place] > group[best] || group[place].isNaN { best = place }
    }
    return Double(best)
  }

  /// The place of the first smallest, or of the first nan.
  package static func placeOfMinimum(_ group: UnsafeBufferPointer<Double>) -> Double {
    var best = 0
    for place in group.indices.dropFirst() where !group[best].isNaN {
      if group[place] < group[best] || group[place].isNaN { best = place }
    }
    return Double(best)
  }

  /// The sum of squared distances from the mean.
  ///
  /// In two passes; the second takes away what rounding of the mean has added (Chan, Golub and
  /// LeVeque 1983, equation 1.7).
  package static func squaredDeviations(_ group: UnsafeBufferPointer<Double>) -> Double {
    let count = Double(group.count)
    let mean = CompensatedSum.of(group) / count
    var squares = CompensatedSum(0)
    var rest = CompensatedSum(0)
    for entry in group {
      let distance = entry - mean
      squares.add(distance * distance)
      rest.add(distance)
    }
    return squares.value - rest.value * rest.value / count
  }

  /// The Euclidean length, scaled where squares would overflow or vanish.
  package static func length(_ group: UnsafeBufferPointer<Double>) -> Double {
    let largest = group.reduce(0) { $0.isNaN || $0 >= abs($1) ? $0 : abs($1) }
    guard largest > 0, largest < .infinity else { return largest }
    let isPlain = largest < 1e150 && largest > 1e-140
    // A power of two scales without rounding.
    let scale = isPlain ? 1 : Double(sign: .plus, exponent: largest.exponent, significand: 1)
    var squares = CompensatedSum(0)
    for entry in group {
      let part = entry / scale
      squares.add(part * part)
    }
    return scale * squares.value.squareRoot()
  }
}
