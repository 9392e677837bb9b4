#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Tensor {
  /// exp(x) over its sum along the axes, the last one for `nil`.
  package func softmax(axes: [Int]?) throws(ShapeError) -> Tensor {
    try mappingGroups(axes: axes ?? lastAxis) { group, result in
      let largest = Reduction.maximum(group)
      var sum = CompensatedSum(0)
      for place in group.indices {
        result[place] = exp(group[place] - largest)
        sum.add(result[place])
      }
      let total = sum.value
      for place in result.indices { result[place] /= total }
    }
  }

  /// The logarithm of softmax, to its last digits also where that is near 1 or below all doubles.
  package func logSoftmax(axes: [Int]?) throws(ShapeError) -> Tensor {
    try mappingGroups(axes: axes ?? lastAxis) { group, result in
      let largest = Reduction.maximum(group)
      var rest = CompensatedSum(0)
      var isTaken = false
      for entry in group {
        if entry == largest, !isTaken { isTaken = true } else { rest.add(exp(entry - largest)) }
      }
      // The largest is taken away first: the sum of the others may be far below its last digit.
      let logarithm = log1p(rest.value)
      for place in group.indices { result[place] = group[place] - largest - logarithm }
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
