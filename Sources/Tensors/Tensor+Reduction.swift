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

  /// The means over the axes (all of them for `nil`), negative ones counted from the end.
  package func mean(axes: [Int]? = nil, keepingDimensions: Bool = false)
    throws(ShapeError) -> Tensor
  {
    let sums = try sum(axes: axes, keepingDimensions: keepingDimensions)
    let size = Double(count) / Double(max(sums.count, 1))
    let means = try Tensor.zip(sums, Tensor(scalar: size)) { $0 / $1 }
    guard means.elements.contains(where: { !$0.isFinite }) else { return means }
    let careful = try reduced(axes: axes, keepingDimensions: keepingDimensions, Reduction.mean)
    return try Tensor.zip(means, careful) { $0.isFinite ? $0 : $1 }
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

  /// The sum of squared distances from a mean, in a unit in which squares are ordinary numbers.
  package struct SquaredDeviations {
    /// The sum over the square of the unit.
    fileprivate var sum: Double
    /// A power of two.
    fileprivate var unit: Double

    /// The sum over a count; infinite or 0 only where that is no double.
    package func variance(count: Double) -> Double { sum / count * unit * unit }

    /// The square root of the sum over a count.
    package func deviation(count: Double) -> Double { unit * (sum / count).squareRoot() }
  }

  /// The sum of squared distances from the mean.
  ///
  /// In two passes; the second takes away what rounding of the mean has added (Chan, Golub and
  /// LeVeque 1983, equation 1.7). Distances whose squares would overflow or vanish are scaled.
  package static func squaredDeviations(
    _ group: UnsafeBufferPointer<Double>
  ) -> SquaredDeviations {
    let count = Double(group.count)
    let mean = mean(group)
    func squares(_ distance: (Double) -> Double) -> Double {
      var squares = CompensatedSum(0)
      var rest = CompensatedSum(0)
      for entry in group {
        let distance = distance(entry)
        squares.add(distance * distance)
        rest.add(distance)
      }
      return squares.value - rest.value * rest.value / count
    }
    let plain = squares { $0 - mean }
    if plain < 1e300, plain > 1e-280 { return SquaredDeviations(sum: plain, unit: 1) }
    // Halves of the numbers lie less than the largest double apart.
    let farthest = group.reduce(0) { max($0, abs($1 / 2 - mean / 2)) }
    guard farthest > 0, farthest < .infinity else { return SquaredDeviations(sum: plain, unit: 1) }
    let unit = Double(sign: .plus, exponent: farthest.exponent, significand: 1)
    return SquaredDeviations(sum: squares { 2 * (($0 / 2 - mean / 2) / unit) }, unit: unit)
  }

  /// The mean; of numbers whose sum overflows, too.
  package static func mean(_ group: UnsafeBufferPointer<Double>) -> Double {
    let count = Double(group.count)
    let sum = CompensatedSum.of(group)
    guard !sum.isFinite, group.allSatisfy(\.isFinite) else { return sum / count }
    let unit = Double(sign: .plus, exponent: count.exponent + 1, significand: 1)
    var parts = CompensatedSum(0)
    for entry in group { parts.add(entry / unit) }
    return parts.value / count * unit
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
