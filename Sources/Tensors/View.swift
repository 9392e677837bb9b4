import CArrayLoops

/// Where the elements of an array lie in memory: along each axis at a fixed distance.
///
/// Transposing and slicing change only the view; elements move once, when it is read.
struct View {
  /// The place of the first element.
  let offset: Int
  /// The size along each axis.
  let dimensions: [Int]
  /// The distance of neighbours along each axis.
  let strides: [Int]

  /// The view with the given layout.
  init(offset: Int, dimensions: [Int], strides: [Int]) {
    (self.offset, self.dimensions, self.strides) = (offset, dimensions, strides)
  }

  /// All of an array in row-major order.
  init(_ shape: Shape) {
    self.init(offset: 0, dimensions: shape.dimensions, strides: shape.rowMajorStrides)
  }

  /// The view with its axes in another order: the first is the one that `order` names first.
  func permuted(_ order: [Int]) -> View {
    View(
      offset: offset, dimensions: order.map { dimensions[$0] }, strides: order.map { strides[$0] })
  }

  /// The view with its axes in the opposite order.
  var transposed: View {
    View(offset: offset, dimensions: dimensions.reversed(), strides: strides.reversed())
  }

  /// Reads the elements that the view shows into an array of their own.
  func gathered(from elements: [Double]) -> [Double] {
    Walk(over: self).gathered(from: elements)
  }

  /// Writes a part's elements to where the view shows them.
  func scatter(_ part: [Double], into elements: inout [Double]) {
    let walk = Walk(over: self)
    var read = 0
    part.withUnsafeBufferPointer { part in
      elements.withUnsafeMutableBufferPointer { elements in
        walk.forEachRow { start, step, length in
          let (start, step) = (start[0], step[0])
          for i in 0..<length { elements[start + i * step] = part[read + i] }
          read += length
        }
      }
    }
  }
}

extension Walk {
  /// Reads the elements of the first array into one of their own.
  func gathered(from elements: [Double]) -> [Double] {
    elements.withUnsafeBufferPointer { elements in
      Array(unsafeUninitializedCapacity: self.count) { result, count in
        guard let source = elements.baseAddress, let target = result.baseAddress, self.count > 0
        else { return }
        if let (entries, times) = repetition {
          array_repeat(source + offset, entries, times, target)
          count = entries * times
          return
        }
        forEachRow { start, step, length in
          let (row, step, target) = (source + start[0], step[0], target + count)
          if step == 1 {
            target.initialize(from: row, count: length)
          } else {
            for i in 0..<length { target[i] = row[i * step] }
          }
          count += length
        }
      }
    }
  }
}
