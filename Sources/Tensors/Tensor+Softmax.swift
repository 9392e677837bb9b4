import CArrayLoops

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Tensor {
  /// exp(x) over its sum along the axes, the last one for `nil`.
  package func softmax(axes: [Int]?) throws(ShapeError) -> Tensor {
    try mappingGroups(axes: axes ?? lastAxis) { entries, size in
      var shares = entries
      _ = shares.shiftedByLargest(ofEach: size)
      shares.apply(array_exp)
      shares.combine(with: shares.sums(ofEach: size), eachFor: size, array_divide)
      return shares
    }
  }

  /// The logarithm of softmax, to its last digits also where that is near 1 or below all doubles.
  package func logSoftmax(axes: [Int]?) throws(ShapeError) -> Tensor {
    try mappingGroups(axes: axes ?? lastAxis) { entries, size in
      var logarithms = entries
      let places = logarithms.shiftedByLargest(ofEach: size)
      let rests = logarithms.logarithmsOfSums(ofEach: size, largestAt: places)
      logarithms.combine(with: rests, eachFor: size, array_subtract)
      return logarithms
    }
  }

  /// log Σ exp along the axes, shifted by the largest so that nothing overflows.
  package func logSumExp(axes: [Int]?, keepingDimensions: Bool) throws(ShapeError) -> Tensor {
    try reducingGroups(axes: axes, keepingDimensions: keepingDimensions) { entries, _, size in
      var shifted = entries
      let places = shifted.shiftedByLargest(ofEach: size)
      let rests = shifted.logarithmsOfSums(ofEach: size, largestAt: places)
      return Swift.zip(places, rests).map { place, rest in
        entries[place].isFinite ? entries[place] + rest : entries[place]
      }
    }
  }

  private var lastAxis: [Int] { shape.isScalar ? [] : [-1] }

  /// For each entry, which is the number of a class, a row with a 1 in its place.
  package func oneHot(classes: Int) throws(ShapeError) -> Tensor {
    let shape = try Shape(checking: self.shape.dimensions + [classes])
    var rows = [Double](repeating: 0, count: shape.count)
    for (row, entry) in elements.enumerated() {
      guard let label = Int(exactly: entry), 0..<classes ~= label else {
        throw .noClass(entry, count: classes)
      }
      rows[row * classes + label] = 1
    }
    return Tensor(shape: shape, elements: rows)
  }
}

/// What is done to groups of neighbours, `size` entries each.
extension [Double] {
  /// Takes the largest of each group from its entries.
  ///
  /// - Returns: where the largest entries stand.
  fileprivate mutating func shiftedByLargest(ofEach size: Int) -> [Int] {
    let places = withUnsafeBufferPointer { entries in
      stride(from: 0, to: count, by: size).map { start in
        var best = start
        for place in start..<start + size where !entries[best].isNaN {
          if entries[place] > entries[best] || entries[place].isNaN { best = place }
        }
        return best
      }
    }
    let largest = places.map { self[$0] }
    combine(with: largest, eachFor: size, array_subtract)
    // An infinite entry outweighs the finite ones; of two nobody can say which.
    for (place, entry) in Swift.zip(places, largest) where entry == .infinity { self[place] = 0 }
    return places
  }

  /// log Σ exp of groups that were shifted by their largest entries.
  ///
  /// The exponential of the largest is 1: log1p of the others keeps their digits where they are
  /// small.
  fileprivate func logarithmsOfSums(ofEach size: Int, largestAt places: [Int]) -> [Double] {
    var powers = self
    powers.apply(array_exp)
    for place in places { powers[place] = 0 }
    return powers.sums(ofEach: size).map { log1p($0) }
  }

  fileprivate mutating func apply(_ loop: UnaryLoop) {
    withUnsafeMutableBufferPointer { loop($0.baseAddress, $0.baseAddress, $0.count) }
  }

  /// Combines each group with a number of its own.
  fileprivate mutating func combine(with numbers: [Double], eachFor size: Int, _ loop: BinaryLoop) {
    withUnsafeMutableBufferPointer { entries in
      numbers.withUnsafeBufferPointer { numbers in
        let count = entries.count
        guard let entries = entries.baseAddress, let numbers = numbers.baseAddress else { return }
        for place in 0..<count / size {
          let group = entries + place * size
          loop(group, 1, numbers + place, 0, group, size)
        }
      }
    }
  }

  fileprivate func sums(ofEach size: Int) -> [Double] {
    withUnsafeBufferPointer { entries in
      [Double](unsafeUninitializedCapacity: count / size) { sums, groups in
        groups = count / size
        array_sum_rows(entries.baseAddress, groups, size, sums.baseAddress)
      }
    }
  }
}
